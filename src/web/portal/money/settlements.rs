//! Settlements of a year: the sheets of the district, one with every claim and its cut, approving and refusing it,
//! the sheet as a file.
//!
//! Not here: making one (`quota_form`), how it is computed (`policy::sheet`).

use actix_web::{HttpResponse, web};

use super::{MOST, path_of};
use crate::acts::act::tag;
use crate::acts::money::{settle, sheet_file};
use crate::acts::powers::money as power;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::SettlementId;
use crate::domain::settlement::{Settlement, SettlementStage};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Keys, Stand, Verb, before, upon};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

const APPROVE: Verb = Verb {
    path: "/settlements/{id}/approve",
    power: &power::APPROVE_SETTLEMENT,
    words: "settlement.approve",
    danger: false,
    stands,
    act: |desk, keys, _| {
        let id: SettlementId = keys.read("id")?;
        settle::approve(desk, &id)?;
        Went::to(path_to("/settlements/{}", &[&id]), "settlement_approved")
    },
};

const REFUSE: Verb = Verb {
    path: "/settlements/{id}/refuse",
    power: &power::REFUSE_SETTLEMENT,
    words: "settlement.refuse",
    danger: true,
    stands: |desk, ctx, keys| {
        let why = Field::words("reason", ctx.t("reason")).needed();
        Ok(stands(desk, ctx, keys)?.asks(vec![why]))
    },
    act: |desk, keys, sent| {
        let id: SettlementId = keys.read("id")?;
        settle::refuse(desk, &id, sent.get("reason"))?;
        Went::to(path_to("/settlements/{}", &[&id]), "settlement_refused")
    },
};

/// Acts on settlements.
pub const VERBS: &[Verb] = &[APPROVE, REFUSE];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/settlements",
        of(&power::SEE_SETTLEMENT),
        "settlements of years",
        |r| r.to(list),
    ),
    page(
        "/settlements/{id}",
        of(&power::SEE_SETTLEMENT),
        "one settlement with its sheet",
        |r| r.to(one),
    ),
    page(
        "/settlements/{id}/sheet.csv",
        of(&power::SEE_SETTLEMENT),
        "the sheet of a settlement as a file",
        |r| r.to(csv),
    ),
    before(&APPROVE),
    upon(&APPROVE),
    before(&REFUSE),
    upon(&REFUSE),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

/// District and year.
fn title(ctx: &Ctx, districts: &[lookup::Named], one: &Settlement) -> String {
    let name = say::named(ctx, districts, one.district.as_str());
    format!("{name} {}", one.year)
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let people = lookup::people(desk)?;
    let mut found = settle::list(desk, (None, MOST))?;
    found.reverse();
    let lines = found.iter().map(|s| Line {
        key: s.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/settlements/{}", &[&s.id])),
                title(ctx, &districts, s),
            ),
            say::state(ctx, "settlement", s.stage.name()),
            Cell::count(i64::try_from(s.sheet.rows.len()).unwrap_or(i64::MAX)),
            Cell::money(s.sheet.computed),
            Cell::money(s.sheet.pool),
            Cell::money(s.sheet.awarded),
            Cell::text(ratio(ctx, s)),
            Cell::moment(ctx, &s.proposed.at).under(say::person(&people, &s.proposed.by)),
        ],
    });
    let heads = [
        ("quota", ctx.t("settlement.of")),
        ("stage", ctx.t("state")),
        ("claims", ctx.t("nav.claims")),
        ("computed", ctx.t("settlement.computed")),
        ("pool", ctx.t("settlement.pool")),
        ("awarded", ctx.t("claim.awarded")),
        ("ratio", ctx.t("settlement.ratio")),
        ("made", ctx.t("settlement.made")),
    ];
    let table = Table::of(ctx, ctx.t("nav.settlements"), &heads, lines.collect());
    let table = table.empty(ctx.t("settlement.none"));
    Ok(Sheet::new("settlements", ctx.t("nav.settlements"))
        .lead(ctx.t("settlement.lead"))
        .with("list", "", Part::Table(table)))
}

/// The uniform ratio in per cent.
fn ratio(ctx: &Ctx, one: &Settlement) -> String {
    match one.sheet.den {
        0 => ctx.share(&1, &1),
        den => ctx.share(&one.sheet.num, &den),
    }
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<SettlementId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &SettlementId) -> Result<Sheet, Faults> {
    let found = settle::one(desk, id)?;
    let districts = lookup::districts(desk)?;
    let mut sheet = Sheet::new("settlements", title(ctx, &districts, &found))
        .under(ctx.plain("/settlements"), ctx.t("nav.settlements"))
        .state(
            found.stage.name(),
            say::word(ctx, "settlement", found.stage.name()),
        );
    if found.stage == SettlementStage::Proposed {
        let keys = verbs::keys(&[("id", id.as_str())]);
        sheet = verbs::buttons(sheet, ctx, &keys, &[&APPROVE, &REFUSE]);
    }
    let mut events = vec![say::event(ctx, ctx.t("settlement.made"), &found.proposed)];
    let decided = found.decided.as_ref();
    let word = say::word(ctx, "settlement", found.stage.name());
    events.extend(decided.map(|s| say::event(ctx, word, s)));
    Ok(sheet
        .button(
            ctx.plain(&path_to("/settlements/{}/sheet.csv", &[&id])),
            ctx.t("settlement.file"),
            "",
        )
        .button(
            ctx.plain(&path_of(&found.quota())),
            ctx.t("settlement.quota"),
            "",
        )
        .with("figures", "", Part::Figures(figures(ctx, &found)))
        .with(
            "rows",
            ctx.t("settlement.rows"),
            Part::Table(rows(desk, ctx, &found)),
        )
        .half(
            "cuts",
            ctx.t("settlement.cuts"),
            Part::Chart(cuts(desk, ctx, &found)),
        )
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events)?),
        ))
}

fn figures(ctx: &Ctx, found: &Settlement) -> Vec<[String; 4]> {
    let sheet = &found.sheet;
    let figure = |words: &str, value: String, foot: String| {
        [ctx.t(words).to_owned(), value, String::new(), foot]
    };
    let whole = match found.whole_year {
        true => ctx.t("settlement.whole_year"),
        false => ctx.t("quota.free_only"),
    };
    let exact = format!("{} / {}", sheet.num, sheet.den);
    vec![
        figure(
            "settlement.computed",
            ctx.yuan(&sheet.computed),
            String::new(),
        ),
        figure("settlement.pool", ctx.yuan(&sheet.pool), whole.to_owned()),
        figure("settlement.ratio", ratio(ctx, found), exact),
        figure("claim.awarded", ctx.yuan(&sheet.awarded), String::new()),
    ]
}

/// Each claim with every step of its cut.
fn rows(desk: &Desk, ctx: &Ctx, found: &Settlement) -> Table {
    let firms = lookup::firms(desk).unwrap_or_default();
    let rank = |r: Option<u32>| Cell::maybe(r.map(i64::from));
    let lines = found.sheet.rows.iter().map(|r| Line {
        key: r.claim.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/claims/{}", &[&r.claim])),
                say::firm(ctx, &firms, r.firm.as_str()),
            ),
            rank(r.rank),
            Cell::money(r.computed),
            Cell::money(r.floor),
            Cell::figure(r.remainder.to_string(), r.remainder),
            rank(r.remainder_rank),
            Cell::money(r.cut),
            Cell::money(r.awarded),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("rank", ctx.t("settlement.rank")),
        ("computed", ctx.t("settlement.asks")),
        ("floor", ctx.t("settlement.floor")),
        ("remainder", ctx.t("settlement.remainder")),
        ("order", ctx.t("settlement.order")),
        ("cut", ctx.t("settlement.cut")),
        ("awarded", ctx.t("claim.awarded")),
    ];
    Table::of(ctx, ctx.t("settlement.rows"), &heads, lines.collect())
}

/// What each claim is awarded of what it asks for.
fn cuts(desk: &Desk, ctx: &Ctx, found: &Settlement) -> Chart {
    let firms = lookup::firms(desk).unwrap_or_default();
    let bars = found.sheet.rows.iter().take(30).map(|r| Bar {
        label: say::firm(ctx, &firms, r.firm.as_str()),
        value: r.awarded.0,
        limit: r.computed.0,
        text: format!("{} / {}", ctx.yuan(&r.awarded), ctx.yuan(&r.computed)),
    });
    Chart::bars(
        ctx.t("settlement.cuts"),
        ctx.t("settlement.cuts.text"),
        [ctx.t("firm"), ctx.t("claim.awarded"), ""],
        bars.collect(),
    )
}

fn stands(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let found = settle::one(desk, &keys.read("id")?)?;
    let districts = lookup::districts(desk)?;
    let path = path_to("/settlements/{}", &[&found.id]);
    Ok(
        Stand::under("settlements", "/settlements", ctx.t("nav.settlements"))
            .at(path, title(ctx, &districts, &found))
            .state(
                found.stage.name(),
                say::word(ctx, "settlement", found.stage.name()),
            )
            .tag(tag(&found)?)
            .about("figures", "", Part::Figures(figures(ctx, &found)))
            .about(
                "rows",
                ctx.t("settlement.rows"),
                Part::Table(rows(desk, ctx, &found)),
            ),
    )
}

async fn csv(ctx: Ctx, caller: Caller, id: web::Path<SettlementId>) -> HttpResponse {
    let kind = ("text/csv; charset=utf-8", "settlement.csv");
    caller
        .file(ctx, kind, move |desk| sheet_file::csv(desk, &id))
        .await
}
