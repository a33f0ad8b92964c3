//! Quotas of rent subsidy with what stands in their accounts, and the burn-down of one, month by month, with the price
//! of one more yuan.
//!
//! Not here: acts on them (`quota_form`).

use actix_web::{HttpResponse, web};
use chrono::Datelike;

use super::batches;
use super::quota_form::{CHANGE, CLOSE, NEW, REFUSE, RELEASE, SETTLE};
use super::quota_if;
use super::quota_tables::{entries, history};
use crate::acts::money::burn_down;
use crate::acts::money::quotas::{self, QuotaNow};
use crate::acts::powers::money::SEE_QUOTA;
use crate::acts::{Desk, lookup, words};
use crate::domain::fault::Faults;
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::domain::quota::Item;
use crate::domain::quota_change::{ChangeStage, QuotaChange};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Keys, Verb, before, upon};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Button, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/quotas", of(&SEE_QUOTA), "quotas of rent subsidy", |r| {
        r.to(list)
    }),
    page(
        "/quotas/{district}/{year}",
        of(&SEE_QUOTA),
        "burn-down of a quota",
        |r| r.to(one),
    ),
    before(&NEW),
    upon(&NEW),
    before(&CHANGE),
    upon(&CHANGE),
    before(&RELEASE),
    upon(&RELEASE),
    before(&REFUSE),
    upon(&REFUSE),
    before(&SETTLE),
    upon(&SETTLE),
    before(&CLOSE),
    upon(&CLOSE),
];

/// Acts on quotas.
pub const VERBS: &[Verb] = &[NEW, CHANGE, RELEASE, REFUSE, SETTLE, CLOSE];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

/// What is bound, owed or paid of a quota.
fn used(now: &QuotaNow) -> Fen {
    Fen(now.quota.amount.0.saturating_sub(now.balance.free.0))
}

fn bar(ctx: &Ctx, label: String, now: &QuotaNow) -> Bar {
    let (used, all) = (used(now), now.quota.amount);
    Bar {
        label,
        value: used.0,
        limit: all.0,
        text: format!(
            "{} / {} · {}",
            ctx.yuan(&used),
            ctx.yuan(&all),
            ctx.share(&used.0, &all.0)
        ),
    }
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let found = quotas::list(desk, (None, 1000))?;
    let name = |q: &QuotaNow| say::named(ctx, &districts, q.quota.district.as_str());
    let lines = found.iter().map(|q| Line {
        key: format!("{}/{}", q.quota.district, q.quota.year),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to(
                    "/quotas/{}/{}",
                    &[&q.quota.district, &q.quota.year],
                )),
                name(q),
            )
            .under(q.quota.year.to_string()),
            Cell::money(q.quota.amount),
            Cell::money(q.balance.committed),
            Cell::money(q.balance.payable),
            Cell::money(q.balance.paid),
            Cell::money(q.balance.free),
            Cell::text(ctx.say(&words::quota_mode(q.quota.mode))),
            Cell::text(ctx.say(&words::evidence(q.quota.provenance.evidence))),
        ],
    });
    let heads = [
        ("district", ctx.t("district")),
        ("amount", ctx.t("quota.amount")),
        ("committed", ctx.t("quota.committed")),
        ("payable", ctx.t("quota.payable")),
        ("paid", ctx.t("quota.paid")),
        ("left", ctx.t("quota.left")),
        ("mode", ctx.t("quota.mode")),
        ("evidence", ctx.t("source")),
    ];
    let table = Table::of(ctx, ctx.t("nav.quotas"), &heads, lines.collect());
    let bars = found.iter().map(|q| bar(ctx, name(q), q)).collect();
    let heads = [ctx.t("district"), ctx.t("district.used"), ""];
    let chart = Chart::bars(ctx.t("nav.quotas"), ctx.t("quota.text"), heads, bars);
    let sheet = verbs::buttons(
        Sheet::new("quotas", ctx.t("nav.quotas")),
        ctx,
        &verbs::keys(&[]),
        &[&NEW],
    );
    let sheet = proposed(desk, ctx, sheet)?;
    Ok(sheet.with("table", "", Part::Table(table)).with(
        "chart",
        ctx.t("quota.use"),
        Part::Chart(chart),
    ))
}

/// The first quotas of years that are proposed and not yet released, for the district's officers.
fn proposed(desk: &Desk, ctx: &Ctx, mut sheet: Sheet) -> Result<Sheet, Faults> {
    let Ok(district) = super::own_district(desk) else {
        return Ok(sheet);
    };
    let this = desk.now().year();
    for year in this - 1..=this + 2 {
        let key = QuotaKey {
            district: district.clone(),
            year,
            item: Item::RentSubsidy,
        };
        let changes = quotas::history(desk, &key)?;
        let open = changes.iter().find(|c| c.stage == ChangeStage::Proposed);
        if let Some(open) = open {
            let text = format!(
                "{} · {year} · {}",
                ctx.t("quota.waits"),
                ctx.money(&open.amount)
            );
            let see = crate::web::portal::told::button(ctx, &super::path_of(&key), "quota.see");
            sheet = sheet.with("waits", "", Part::Note("info", text)).with(
                "see",
                "",
                Part::Buttons(vec![see]),
            );
        }
    }
    Ok(sheet)
}

async fn one(ctx: Ctx, caller: Caller, path: web::Path<(String, i32)>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, (&path.0, path.1)))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, (district, year): (&str, i32)) -> Result<Sheet, Faults> {
    let year = year.to_string();
    let keys = verbs::keys(&[("district", district), ("year", &year)]);
    let key = super::quota(&keys)?;
    let changes = quotas::history(desk, &key)?;
    let districts = lookup::districts(desk)?;
    let title = format!("{} {year}", say::named(ctx, &districts, district));
    let sheet = Sheet::new("quotas", title).under(ctx.plain("/quotas"), ctx.t("nav.quotas"));
    let now = match quotas::one(desk, &key) {
        // Proposed, and nothing released yet.
        Err(_) if !changes.is_empty() => {
            let sheet = waiting(sheet, ctx, &changes);
            let table = Part::Table(history(desk, ctx, &changes)?);
            return Ok(sheet.with("changes", ctx.t("quota.changes"), table));
        }
        now => now?,
    };
    let sheet = sheet.lead(ctx.say(&words::quota_mode(now.quota.mode)));
    let mine = [&CHANGE, &SETTLE, &batches::MAKE, &CLOSE];
    let sheet = waiting(verbs::buttons(sheet, ctx, &keys, &mine), ctx, &changes);
    let sheet = sheet.with("now", "", Part::Figures(figures(ctx, &now)));
    let (chart, months) = burn(desk, ctx, &key, &now)?;
    let changes = history(desk, ctx, &changes)?;
    let entries = entries(desk, ctx, &key)?;
    let drawn = !chart.bars.is_empty();
    let sheet = match drawn {
        true => sheet.half("burn", ctx.t("quota.burn"), Part::Chart(chart)),
        false => sheet,
    };
    let (heading, months) = (ctx.t("quota.months"), Part::Table(months));
    let sheet = match drawn {
        true => sheet.half("months", heading, months),
        false => sheet.with("months", heading, months),
    };
    let sheet = quota_if::with(desk, ctx, sheet, (&key, &now))?;
    Ok(sheet
        .with("changes", ctx.t("quota.changes"), Part::Table(changes))
        .with("entries", ctx.t("quota.entries"), Part::Table(entries)))
}

/// What a quota is, what stands in its accounts, and what is left.
fn figures(ctx: &Ctx, now: &QuotaNow) -> Vec<[String; 4]> {
    let (all, balance) = (now.quota.amount, &now.balance);
    let one = |words: &str, amount: Fen| {
        let share = match words {
            "quota.amount" => String::new(),
            _ => ctx.share(&amount.0, &all.0),
        };
        [
            ctx.t(words).to_owned(),
            ctx.yuan(&amount),
            String::new(),
            share,
        ]
    };
    vec![
        one("quota.amount", all),
        one("quota.committed", balance.committed),
        one("quota.payable", balance.payable),
        one("quota.paid", balance.paid),
        one("quota.left", balance.free),
    ]
}

/// The same sheet with what is proposed and waits, if anything does.
fn waiting(sheet: Sheet, ctx: &Ctx, changes: &[QuotaChange]) -> Sheet {
    match changes.iter().find(|c| c.stage == ChangeStage::Proposed) {
        Some(open) => waits(sheet, ctx, open),
        None => sheet,
    }
}

/// What is proposed and waits for another officer.
fn waits(mut sheet: Sheet, ctx: &Ctx, open: &QuotaChange) -> Sheet {
    let text = format!(
        "{}{}{} · {}",
        ctx.t("quota.waits"),
        ctx.t("colon"),
        ctx.money(&open.amount),
        open.basis
    );
    sheet = sheet.with("waits", "", Part::Note("info", text));
    let year = open.year.to_string();
    let keys: Keys = verbs::keys(&[
        ("district", open.district.as_str()),
        ("year", &year),
        ("change", open.id.as_str()),
    ]);
    let mine = [&RELEASE, &REFUSE].into_iter().filter(|v| ctx.can(v.power));
    let buttons: Vec<Button> = mine
        .map(|v| Button {
            href: ctx.plain(&keys.filled(v.path)),
            label: ctx.t(v.words).to_owned(),
            kind: if v.danger { "danger" } else { "primary" },
        })
        .collect();
    match buttons.is_empty() {
        true => sheet,
        false => sheet.with("decide", "", Part::Buttons(buttons)),
    }
}

/// Heads of the columns of a balance.
fn heads(ctx: &Ctx) -> [(&'static str, &str); 5] {
    [
        ("month", ctx.t("quota.month")),
        ("committed", ctx.t("quota.committed")),
        ("payable", ctx.t("quota.payable")),
        ("paid", ctx.t("quota.paid")),
        ("left", ctx.t("quota.left")),
    ]
}

fn burn(desk: &Desk, ctx: &Ctx, key: &QuotaKey, now: &QuotaNow) -> Result<(Chart, Table), Faults> {
    let months = burn_down::series(desk, key)?;
    let lines = months.iter().map(|m| Line {
        key: m.month.clone(),
        cells: vec![
            Cell::text(m.month.clone()),
            Cell::money(m.balance.committed),
            Cell::money(m.balance.payable),
            Cell::money(m.balance.paid),
            Cell::money(m.balance.free),
        ],
    });
    let bars = months.iter().map(|m| Bar {
        label: m.month.clone(),
        value: m.balance.free.0,
        limit: now.quota.amount.0,
        text: ctx.yuan(&m.balance.free),
    });
    let chart = Chart::bars(
        ctx.t("quota.burn"),
        ctx.t("quota.burn.text"),
        [ctx.t("quota.month"), ctx.t("quota.left"), ""],
        bars.collect(),
    );
    let table = Table::plain(ctx, ctx.t("quota.months"), &heads(ctx), lines.collect());
    Ok((chart, table.empty(ctx.t("quota.none"))))
}
