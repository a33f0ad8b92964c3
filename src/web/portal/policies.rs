//! Policy documents: the stored versions, one with its rules, what the lint finds odd about it, and what changes
//! against another.
//!
//! Not here: publishing a version (the command line), what a change would have done (`policy simulate`).

use actix_web::{HttpResponse, web};

use super::told::filter;
use super::{of, page, say};
use crate::acts::Desk;
use crate::acts::policy::{self, Change, Document, Finding, RuleChange, Severity};
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/policies",
        of(&SEE_SCENARIO),
        "stored versions of the policy",
        |r| r.to(list),
    ),
    page(
        "/policies/{version}",
        of(&SEE_SCENARIO),
        "a version, examined and compared",
        |r| r.to(one),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let found = policy::versions(desk)?;
    let lines = found.iter().map(|v| Line {
        key: v.version.clone(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/policies/{}", &[&v.version])),
                v.version.clone(),
            )
            .under(ctx.say(&v.name).to_owned()),
            match v.in_force {
                true => Cell::state("done", ctx.t("policy.in_force")),
                false => Cell::none(),
            },
            Cell::day(v.from),
            v.until.map_or_else(Cell::none, Cell::day),
            Cell::moment(ctx, &v.stored),
        ],
    });
    let heads = [
        ("version", ctx.t("policy.version")),
        ("state", ctx.t("state")),
        ("from", ctx.t("sanction.from")),
        ("until", ctx.t("sanction.until")),
        ("stored", ctx.t("policy.stored")),
    ];
    let table = Table::of(ctx, ctx.t("nav.policies"), &heads, lines.collect());
    Ok(Sheet::new("policies", ctx.t("nav.policies"))
        .lead(ctx.t("policy.lead"))
        .with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, version: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &version))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, version: &str) -> Result<Sheet, Faults> {
    let document = policy::stored(desk, version)?;
    let meta = &document.policy.meta;
    let name = match ctx.zh() {
        true => meta.name_zh.clone(),
        false => meta.name_en.clone(),
    };
    let found = policy::lint(&document);
    let others = policy::versions(desk)?;
    let others = others.iter().filter(|v| v.version != version);
    let others = others.map(|v| (v.version.clone(), v.version.clone()));
    let others = say::or_none(ctx, "board.choose", others.collect());
    let against = Field::one("against", ctx.t("policy.against"), others);
    let sheet = Sheet::new("policies", version)
        .under(ctx.plain("/policies"), ctx.t("nav.policies"))
        .lead(name)
        .with("against", "", filter(ctx, vec![against]));
    let sheet = match ctx.value("against") {
        "" => sheet,
        other => {
            let before = policy::stored(desk, other)?;
            let changes = policy::diff(&before, &document);
            let heading = format!("{} {other}", ctx.t("policy.changes"));
            sheet.with("changes", heading, Part::Table(changed(ctx, &changes)))
        }
    };
    Ok(sheet
        .with("lint", ctx.t("policy.lint"), Part::Table(lint(ctx, &found)))
        .with(
            "rules",
            ctx.t("policy.rules"),
            Part::Table(rules(ctx, &document)),
        ))
}

fn lint(ctx: &Ctx, found: &[Finding]) -> Table {
    let text = |zh: &str, en: &str| match ctx.zh() {
        true => zh.to_owned(),
        false => en.to_owned(),
    };
    let lines = found.iter().enumerate().map(|(n, f)| {
        let name = match f.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let cases = f.example.iter().flatten();
        let cases: Vec<String> = cases.map(|c| text(&c.zh, &c.en)).collect();
        Line {
            key: n.to_string(),
            cells: vec![
                Cell::text(text(&f.text.zh, &f.text.en)).under(cases.join(" · ")),
                say::state(ctx, "severity", name),
                Cell::long(f.rules.join(ctx.t("comma"))),
            ],
        }
    });
    let heads = [
        ("text", ctx.t("policy.finding")),
        ("severity", ctx.t("policy.severity")),
        ("rules", ctx.t("policy.of_rules")),
    ];
    Table::of(ctx, ctx.t("policy.lint"), &heads, lines.collect()).empty(ctx.t("policy.sound"))
}

fn changed(ctx: &Ctx, changes: &[RuleChange]) -> Table {
    let lines = changes.iter().map(|c| {
        let name = match c.change {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed => "changed",
        };
        let value = |v: &policy::ValueChange| {
            let side = |t: &Option<String>| t.clone().unwrap_or_else(|| "—".to_owned());
            format!("{}: {} → {}", v.key, side(&v.before), side(&v.after))
        };
        let values: Vec<String> = c.values.iter().map(value).collect();
        let rule = format!("{} {}", c.section, c.id);
        Line {
            key: rule.clone(),
            cells: vec![
                Cell::text(rule.trim_end()),
                say::state(ctx, "rule_change", name),
                Cell::long(values.join("; ")),
            ],
        }
    });
    let heads = [
        ("rule", ctx.t("rule")),
        ("change", ctx.t("tried.change")),
        ("values", ctx.t("policy.values")),
    ];
    Table::plain(ctx, ctx.t("policy.changes"), &heads, lines.collect())
        .empty(ctx.t("policy.no_change"))
}

fn rules(ctx: &Ctx, document: &Document) -> Table {
    let lines = document.rules.iter().map(|r| {
        let values = r.values.iter().map(|(k, v)| format!("{k} = {v}"));
        Line {
            key: r.name(),
            cells: vec![
                Cell::text(r.name()),
                Cell::long(values.collect::<Vec<_>>().join("; ")),
                Cell::long(r.basis.clone()).under(r.basis_until.clone()),
                Cell::text(r.evidence.clone()),
            ],
        }
    });
    let heads = [
        ("rule", ctx.t("rule")),
        ("values", ctx.t("policy.values")),
        ("basis", ctx.t("basis")),
        ("evidence", ctx.t("source")),
    ];
    Table::of(ctx, ctx.t("policy.rules"), &heads, lines.collect())
}
