//! Policy documents: the stored versions and those that are proposed, one with its rules, what the lint finds odd
//! about it, what changes against another, and what it would have done to a past round.
//!
//! Not here: proposing and releasing a version (`policy_acts`).

use actix_web::{HttpResponse, web};

use super::policy_acts::{PROPOSE, REFUSE, RELEASE};
use super::told::filter;
use super::verbs::{self, before, upon};
use super::{of, page, say};
use crate::acts::policy::{self, Change, Document, Effect, Finding, RuleChange, Severity};
use crate::acts::powers::policies::SEE_POLICY;
use crate::acts::{Desk, lookup, policy_drafts};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::policy_draft::DraftStage;
use crate::domain::signature::Signature;
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
        of(&SEE_POLICY),
        "stored versions of the policy",
        |r| r.to(list),
    ),
    before(&PROPOSE),
    upon(&PROPOSE),
    before(&RELEASE),
    upon(&RELEASE),
    before(&REFUSE),
    upon(&REFUSE),
    page(
        "/policies/{version}",
        of(&SEE_POLICY),
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
    let sheet = Sheet::new("policies", ctx.t("nav.policies")).lead(ctx.t("policy.lead"));
    let sheet = verbs::buttons(sheet, ctx, &verbs::keys(&[]), &[&PROPOSE]);
    Ok(sheet.with("list", "", Part::Table(table)).with(
        "proposed",
        ctx.t("policy.proposals"),
        Part::Table(proposals(desk, ctx)?),
    ))
}

/// Most proposals on the page; older ones are in the list of the API.
const MOST: u32 = 1000;

/// What was proposed, and what became of it.
fn proposals(desk: &Desk, ctx: &Ctx) -> Result<Table, Faults> {
    let found = policy_drafts::list(desk, None, (None, MOST))?;
    let people = lookup::people(desk)?;
    let lines = found.iter().map(|d| {
        let by = |s: &Signature| Cell::moment(ctx, &s.at).under(say::person(&people, &s.by));
        Line {
            key: d.version.clone(),
            cells: vec![
                Cell::link(
                    ctx.plain(&path_to("/policies/{}", &[&d.version])),
                    d.version.clone(),
                )
                .under(d.proposed.reason.clone()),
                say::state(ctx, "policy_draft", d.stage.name()),
                by(&d.proposed),
                d.decided.as_ref().map_or_else(Cell::none, by),
            ],
        }
    });
    let heads = [
        ("version", ctx.t("policy.version")),
        ("state", ctx.t("state")),
        ("proposed", ctx.t("policy.proposed")),
        ("decided", ctx.t("policy.decided")),
    ];
    Ok(
        Table::plain(ctx, ctx.t("policy.proposals"), &heads, lines.collect())
            .empty(ctx.t("policy.no_proposal")),
    )
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
    let found = policy::odd(desk, &document)?;
    let others = policy::versions(desk)?;
    let others = others.iter().filter(|v| v.version != version);
    let others = others.map(|v| (v.version.clone(), v.version.clone()));
    let others = say::or_none(ctx, "board.choose", others.collect());
    let against = Field::one("against", ctx.t("policy.against"), others);
    let sheet = Sheet::new("policies", version)
        .under(ctx.plain("/policies"), ctx.t("nav.policies"))
        .lead(name)
        .half("against", "", asking(ctx, against, "plan.compare"));
    let sheet = match ctx.value("against") {
        "" => sheet,
        other => {
            let before = policy::stored(desk, other)?;
            let changes = policy::diff(&before, &document);
            let heading = format!("{} {other}", ctx.t("policy.changes"));
            sheet.with("changes", heading, Part::Table(changed(ctx, &changes)))
        }
    };
    let sheet = waiting(desk, ctx, sheet, &document)?;
    let sheet = tried(desk, ctx, sheet, version)?;
    Ok(sheet
        .with("lint", ctx.t("policy.lint"), Part::Table(lint(ctx, &found)))
        .with(
            "rules",
            ctx.t("policy.rules"),
            Part::Table(rules(ctx, &document)),
        ))
}

/// The acts on a version that waits for its release, and in whose place it would count.
fn waiting(desk: &Desk, ctx: &Ctx, mut sheet: Sheet, document: &Document) -> Result<Sheet, Faults> {
    let version = document.policy.meta.version.as_str();
    let drafts = policy_drafts::list(desk, Some(DraftStage::Proposed), (None, MOST))?;
    if !drafts.iter().any(|d| d.version == version) {
        return Ok(sheet);
    }
    let stage = DraftStage::Proposed.name();
    sheet = sheet.state(stage, say::word(ctx, "policy_draft", stage));
    let replaces = policy::replaced(desk, document)?;
    if !replaces.is_empty() {
        let text = format!("{} {}", ctx.t("policy.replaces"), replaces.join(", "));
        sheet = sheet.with("replaces", "", Part::Note("info", text));
    }
    let keys = verbs::keys(&[("version", version)]);
    Ok(verbs::buttons(sheet, ctx, &keys, &[&RELEASE, &REFUSE]))
}

/// What the version would have done to a past round, once one is chosen.
fn tried(desk: &Desk, ctx: &Ctx, sheet: Sheet, version: &str) -> Result<Sheet, Faults> {
    let rounds = lookup::rounds(desk)?;
    let names = rounds.iter().map(|r| {
        let name = if ctx.zh() { &r.name_zh } else { &r.name_en };
        (r.id.to_string(), name.clone())
    });
    let choices = say::or_none(ctx, "board.choose", names.collect());
    let round = Field::one("round", ctx.t("policy.try"), choices);
    let sheet = sheet.half("try", "", asking(ctx, round, "board.go"));
    let Ok(round) = ctx.value("round").parse::<RoundId>() else {
        return Ok(sheet);
    };
    let effect = policy_drafts::simulate(desk, version, &round)?;
    Ok(sheet.with(
        "effect",
        ctx.t("policy.effect"),
        Part::Table(effects(ctx, &effect)),
    ))
}

fn effects(ctx: &Ctx, effect: &Effect) -> Table {
    let row = |key: &str, before: String, after: String| Line {
        key: key.to_owned(),
        cells: vec![
            Cell::text(ctx.t(&format!("effect.{key}"))),
            Cell::text(before),
            Cell::text(after),
        ],
    };
    let (eligible, claimed) = (&effect.eligible, &effect.claimed);
    let mut lines = vec![
        row(
            "version",
            effect.policy.before.clone(),
            effect.policy.after.clone(),
        ),
        row(
            "eligible",
            eligible.before.to_string(),
            eligible.after.to_string(),
        ),
        row(
            "claimed",
            ctx.yuan(&claimed.before),
            ctx.yuan(&claimed.after),
        ),
    ];
    lines.extend(
        effect
            .applicants
            .iter()
            .filter(|a| a.unmet.differs())
            .map(|a| {
                let rules = |unmet: &Vec<String>| match unmet.is_empty() {
                    true => ctx.t("effect.met").to_owned(),
                    false => unmet.join(", "),
                };
                Line {
                    key: a.application.clone(),
                    cells: vec![
                        Cell::key(a.application.clone()),
                        Cell::text(rules(&a.unmet.before)),
                        Cell::text(rules(&a.unmet.after)),
                    ],
                }
            }),
    );
    let heads = [
        ("what", ctx.t("effect.what")),
        ("before", ctx.t("effect.before")),
        ("after", ctx.t("effect.after")),
    ];
    Table::plain(ctx, ctx.t("policy.effect"), &heads, lines)
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

/// A filter whose button says what it does.
fn asking(ctx: &Ctx, field: Field, words: &str) -> Part {
    match filter(ctx, vec![field]) {
        Part::Filter(mut form) => {
            ctx.t(words).clone_into(&mut form.submit);
            Part::Filter(form)
        }
        other => other,
    }
}

fn rules(ctx: &Ctx, document: &Document) -> Table {
    let lines = document.rules.iter().map(|r| {
        let values = r.values.iter().map(|(k, v)| format!("{k} = {v}"));
        Line {
            key: r.name(),
            cells: vec![
                Cell::text(r.name()),
                Cell::long(values.collect::<Vec<_>>().join("; ")),
                Cell::long(say::half(ctx, &r.basis)).under(r.basis_until.clone()),
                Cell::text(say::known(ctx, "founded", &r.evidence)),
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
