//! The profile of one's firm: what is verified, what is declared, what proves it. Declared once, used by every
//! application.
//!
//! Not here: verifying it (`profiles`).

use actix_web::HttpResponse;

use super::precheck::{facts, share};
use super::{choices, form, of, page, say};
use crate::acts::cases::evidence::Sent;
use crate::acts::cases::profile::{self, Declared, Seen};
use crate::acts::cases::profile_files;
use crate::acts::powers::cases::DECLARE_PROFILE;
use crate::acts::{Desk, lookup, refuse, words};
use crate::domain::area::Share;
use crate::domain::fault::Faults;
use crate::domain::ids::FirmId;
use crate::domain::profile::{Controller, FirmFacts, Profile};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/profile",
        of(&DECLARE_PROFILE),
        "profile of one's firm",
        |r| r.to(show),
    ),
    form(
        "/profile",
        of(&DECLARE_PROFILE),
        "declare the facts of one's firm",
        |r| r.to(declare),
    ),
    form(
        "/profile/files",
        of(&DECLARE_PROFILE),
        "file evidence once for all",
        |r| r.to(file),
    ),
];

/// How many controllers the form takes.
const CONTROLLERS: usize = 3;

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn mine(desk: &Desk) -> Result<FirmId, Faults> {
    let firm = desk.person().firm().cloned();
    Ok(firm.ok_or_else(|| refuse::not_yours(DECLARE_PROFILE.act))?)
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let seen = profile::show(desk, &mine(desk)?)?;
    let fields = lookup::fields(desk)?;
    let known = FirmFacts::of(&seen.firm);
    let mut sheet = Sheet::new("profile", ctx.t("nav.profile")).lead(seen.firm.name_zh.clone());
    if let Some(p) = &seen.profile {
        let stage = p.stage.name();
        sheet = sheet.state(stage, say::word(ctx, "profile", stage));
        if let Some(verdict) = p.verdict.as_ref().filter(|v| !v.reason.is_empty()) {
            sheet = sheet.with("verdict", "", Part::Note("info", verdict.reason.clone()));
        }
    }
    let declared = seen.profile.as_ref().map_or(&known, |p| &p.facts);
    let form = declaration(ctx, &seen, declared, &say::choices(ctx, &fields));
    let kinds = say::choices(ctx, &lookup::evidence_kinds(desk, None)?);
    let upload = Form::new("file", ctx.plain("/profile/files"), ctx.t("file.add"))
        .files()
        .group(
            "",
            ctx.t("file.hint"),
            vec![
                Field::one("kind", ctx.t("file.kind"), kinds.clone()).needed(),
                Field::line("label", ctx.t("file.label")).hint(ctx.t("file.label.hint")),
                Field::file("file", ctx.t("file")).wide().needed(),
            ],
        );
    sheet = sheet
        .half(
            "known",
            ctx.t("profile.known"),
            Part::Pairs(pairs(ctx, &known, seen.firm.credit_code.as_str())),
        )
        .half(
            "files",
            ctx.t("profile.files"),
            Part::Table(files(ctx, seen.profile.as_ref(), &kinds)),
        )
        .with("declare", ctx.t("profile.declare"), Part::Form(form));
    if seen.profile.is_some() {
        sheet = sheet.with("upload", ctx.t("file.add"), Part::Form(upload));
    }
    Ok(sheet)
}

/// The facts of a firm as names and values.
pub fn pairs(ctx: &Ctx, facts: &FirmFacts, code: &str) -> Vec<(String, Cell)> {
    let credentials = facts
        .credentials
        .iter()
        .map(|c| ctx.say(&words::credential(*c)).to_owned());
    let share = facts
        .rd_share
        .map(|s| format!("{}.{:02} %", s.bp() / 100, s.bp() % 100));
    vec![
        (
            ctx.t("firm.name").to_owned(),
            Cell::text(facts.name_zh.clone()).under(facts.name_en.clone()),
        ),
        (ctx.t("credit_code").to_owned(), Cell::key(code)),
        (
            ctx.t("industry").to_owned(),
            Cell::text(facts.industry.to_string()),
        ),
        (
            ctx.t("headcount").to_owned(),
            Cell::count(i64::from(facts.headcount)),
        ),
        (
            ctx.t("revenue").to_owned(),
            facts.revenue.map_or_else(Cell::none, Cell::money),
        ),
        (
            ctx.t("rd_share").to_owned(),
            Cell::text(share.unwrap_or_default()),
        ),
        (
            ctx.t("founded").to_owned(),
            facts.founded.map_or_else(Cell::none, Cell::day),
        ),
        (
            ctx.t("credentials").to_owned(),
            Cell::text(credentials.collect::<Vec<_>>().join(ctx.t("comma"))),
        ),
    ]
}

fn files(ctx: &Ctx, profile: Option<&Profile>, kinds: &[(String, String)]) -> Table {
    let files = profile.into_iter().flat_map(|p| &p.evidence);
    let kind = |key: &str| {
        let found = kinds.iter().find(|(k, _)| k == key);
        found.map_or_else(|| key.to_owned(), |(_, label)| label.clone())
    };
    let lines = files.map(|f| Line {
        key: f.digest.clone(),
        cells: vec![
            Cell::text(f.label.clone()).under(ctx.short(&f.digest)),
            Cell::text(kind(&f.kind)),
            Cell::moment(ctx, &f.filed.at),
        ],
    });
    let heads = [
        ("file", ctx.t("file")),
        ("kind", ctx.t("file.kind")),
        ("at", ctx.t("file.at")),
    ];
    Table::plain(ctx, ctx.t("profile.files"), &heads, lines.collect()).empty(ctx.t("evidence.none"))
}

fn declaration(ctx: &Ctx, seen: &Seen, facts: &FirmFacts, fields: &[(String, String)]) -> Form {
    let percent = |s: Share| format!("{}.{:02}", s.bp() / 100, s.bp() % 100);
    let controllers = seen
        .profile
        .as_ref()
        .map(|p| p.controllers.as_slice())
        .unwrap_or_default();
    let mut holders = Vec::new();
    for n in 0..CONTROLLERS {
        let known = controllers.get(n);
        let label = |key: &str| format!("{} {}", ctx.t(key), n + 1);
        holders.push(
            Field::line(&format!("holder{n}"), &label("holder.name")).maybe(known.map(|c| &c.name)),
        );
        holders.push(
            Field::number(&format!("share{n}"), &label("holder.share"))
                .maybe(known.map(|c| percent(c.share))),
        );
    }
    let mut form = Form::new("profile", ctx.plain("/profile"), ctx.t("profile.send"))
        .says(ctx.t("profile.means"))
        .group(
            ctx.t("profile.facts"),
            "",
            vec![
                Field::line("name_zh", ctx.t("profile.name_zh"))
                    .value(&facts.name_zh)
                    .needed(),
                Field::line("name_en", ctx.t("profile.name_en")).value(&facts.name_en),
                Field::line("industry", ctx.t("industry"))
                    .value(&facts.industry)
                    .hint(ctx.t("industry.hint"))
                    .needed(),
                Field::number("headcount", ctx.t("headcount"))
                    .value(facts.headcount)
                    .hint(ctx.t("headcount.hint"))
                    .needed(),
                Field::number("revenue", ctx.t("revenue")).maybe(facts.revenue.map(|r| r.yuan())),
                Field::number("rd_share", ctx.t("rd_share")).maybe(facts.rd_share.map(percent)),
                Field::day("founded", ctx.t("founded")).maybe(facts.founded),
                Field::many(
                    "credentials",
                    ctx.t("credentials"),
                    choices::credentials(ctx),
                )
                .chosen(facts.credentials.iter().map(choices::name)),
                Field::many("fields", ctx.t("fields"), fields.to_vec())
                    .chosen(facts.fields.iter().map(ToString::to_string)),
            ],
        )
        .group(
            ctx.t("profile.holders"),
            ctx.t("profile.holders.hint"),
            holders,
        );
    if let Some(tag) = &seen.tag {
        form = form.hidden("tag", tag);
    }
    form
}

fn declared(sent: &Fields, before: &[Controller]) -> Result<Declared, Faults> {
    let mut controllers = Vec::new();
    for n in 0..CONTROLLERS {
        let name = sent.get(&format!("holder{n}")).to_owned();
        if name.is_empty() {
            continue;
        }
        // A code that was declared before stays with its name.
        let known = before.iter().find(|c| c.name == name);
        let share = share(sent, &format!("share{n}"))?;
        controllers.push(Controller {
            code_digest: known.and_then(|c| c.code_digest.clone()),
            share: share.ok_or_else(|| bad(&format!("share{n}")))?,
            name,
        });
    }
    Ok(Declared {
        facts: facts(sent)?,
        controllers,
    })
}

async fn declare(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let firm = mine(desk)?;
        let before = profile::show(desk, &firm)?.profile;
        let before = before.map(|p| p.controllers).unwrap_or_default();
        profile::declare(desk, &firm, &declared(sent, &before)?)?;
        Went::to("/profile", "profile_declared")
    };
    caller.does(ctx, sent, work, sheet).await
}

async fn file(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let (name, bytes) = sent.file.as_ref().ok_or_else(|| bad("file"))?;
        let label = if sent.get("label").is_empty() {
            name.as_str()
        } else {
            sent.get("label")
        };
        profile_files::file(
            desk,
            &mine(desk)?,
            &Sent {
                kind: sent.get("kind"),
                label,
                bytes,
            },
        )?;
        Went::to("/profile", "file_filed")
    };
    caller.does(ctx, sent, work, sheet).await
}
