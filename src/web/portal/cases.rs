//! Applications: the list of those that the reader may see, and one with its rules, evidence and history beside
//! each other. What may be done with it stands as buttons.
//!
//! Not here: doing it (`case_acts`), filling it in (`wizard`).

use actix_web::{HttpResponse, web};

use super::case_acts::open_verbs;
use super::told::{filter, holds, passes};
use super::{of, page, say};
use crate::acts::cases::view::{self, Seen, Wanted};
use crate::acts::powers::cases::{BEGIN_CASE, SEE_CASE};
use crate::acts::{Desk, lookup, words};
use crate::domain::case::{Case, CaseStage, Draft, Flag};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::steps::{Event, stages};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/cases", of(&SEE_CASE), "applications", |r| r.to(list)),
    page("/cases/{id}", of(&SEE_CASE), "one application", |r| r.to(one)),
];

/// Most rows that are read for a list.
const MOST: u32 = 5000;

/// The usual way of a case.
const WAY: [CaseStage; 5] = [
    CaseStage::Draft,
    CaseStage::Prepared,
    CaseStage::Submitted,
    CaseStage::Accepted,
    CaseStage::Verified,
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let cases = view::list(desk, &Wanted { limit: MOST, ..Wanted::default() })?;
    let table = table(desk, ctx, &cases)?.empty(ctx.t(match ctx.can(&BEGIN_CASE) {
        true => "case.none_yet",
        false => "case.none",
    }));
    let mut sheet = Sheet::new("cases", ctx.t("nav.cases"));
    if ctx.can(&BEGIN_CASE) {
        sheet = sheet.button(ctx.plain("/cases/new"), ctx.t("case.new"), "primary");
    }
    let states = CaseStage::ALL.map(|s| (s.name().to_owned(), say::word(ctx, "case", s.name())));
    let fields = vec![
        Field::one("stage", ctx.t("state"), say::or_none(ctx, "all", states.to_vec())),
        Field::line("q", ctx.t("find")),
    ];
    Ok(sheet
        .with("filter", "", filter(ctx, fields))
        .with("list", "", Part::Table(table)))
}

/// A table of cases, as the address wants it.
pub fn table(desk: &Desk, ctx: &Ctx, cases: &[Case]) -> Result<Table, Faults> {
    let firms = lookup::firms(desk)?;
    let districts = lookup::districts(desk)?;
    let mut lines = Vec::new();
    for case in cases {
        let name = say::firm(ctx, &firms, case.firm.as_str());
        if !passes(ctx, "stage", case.stage.name()) || !holds(ctx, &[&name, case.id.as_str()]) {
            continue;
        }
        let last = case.remarks.last().map(|r| &r.signed).or(case.submitted.as_ref());
        lines.push(Line {
            key: case.id.to_string(),
            cells: vec![
                Cell::link(ctx.plain(&format!("/cases/{}", case.id)), name).under(short(&case.id)),
                say::state(ctx, "case", case.stage.name()),
                Cell::text(case.round.to_string()),
                Cell::text(say::named(ctx, &districts, case.district.as_str())),
                Cell::text(wanted(ctx, &case.draft)),
                flags(ctx, case),
                last.map_or_else(|| Cell::moment(ctx, &case.begun_at), |s| Cell::moment(ctx, &s.at)),
            ],
        });
    }
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("round", ctx.t("term.round")),
        ("district", ctx.t("district")),
        ("want", ctx.t("case.want")),
        ("flags", ctx.t("case.flags")),
        ("at", ctx.t("case.changed")),
    ];
    Ok(Table::of(ctx, ctx.t("nav.cases"), &heads, lines))
}

/// The end of a long key, enough to tell two apart.
pub fn short(id: &ApplicationId) -> String {
    let key = id.as_str();
    match key.len() > 14 && key.is_ascii() {
        true => format!("A…{}", &key[key.len() - 8..]),
        false => key.to_owned(),
    }
}

fn flags(ctx: &Ctx, case: &Case) -> Cell {
    match case.flagged() {
        "none" => Cell::none(),
        state => say::state(ctx, "flag", state),
    }
}

/// What is wanted in one line.
pub fn wanted(ctx: &Ctx, draft: &Draft) -> String {
    let use_ = draft.use_.map(|u| ctx.say(&words::use_of(u)).to_owned());
    let area = match (draft.area_min, draft.area_max) {
        (Some(a), Some(b)) => Some(format!("{} – {} m²", ctx.area(&a), ctx.area(&b))),
        (Some(a), None) => Some(format!("≥ {} m²", ctx.area(&a))),
        _ => None,
    };
    use_.into_iter().chain(area).collect::<Vec<_>>().join(" · ")
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller.see(ctx, move |desk, ctx| sheet(desk, ctx, &id)).await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let case = &seen.case;
    let mut sheet = Sheet::new("cases", seen.firm_name.clone())
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .state(case.stage.name(), say::word(ctx, "case", case.stage.name()))
        .lead(format!("{} · {}", short(&case.id), case.round));
    for verb in open_verbs(ctx, case) {
        let kind = if verb.danger { "" } else { "primary" };
        let path = format!("/cases/{id}/{}", verb.name);
        sheet = sheet.button(ctx.plain(&path), ctx.t(&format!("verb.{}", verb.name)), kind);
    }
    if case.stage.is_editable() && ctx.can(&crate::acts::powers::cases::SAVE_DRAFT) {
        sheet = sheet.button(ctx.plain(&format!("/cases/{id}/draft")), ctx.t("case.edit"), "primary");
    }
    if let Some(day) = case.supplement_until {
        let text = format!("{} {day}", ctx.t("case.supplement"));
        sheet = sheet.with("supplement", "", Part::Note("warn", text));
    }
    sheet = sheet.with("way", "", Part::Steps(way(ctx, case)));
    sheet = judged(ctx, sheet, &seen);
    sheet = sheet
        .half("evidence", ctx.t("evidence.kinds"), Part::Table(evidence(desk, ctx, case)?))
        .half("asks", ctx.t("app.asks"), Part::Pairs(asks(desk, ctx, &case.draft)?));
    if !case.flags.is_empty() {
        sheet = sheet.half("flags", ctx.t("case.flags"), Part::Table(flag_table(ctx, case)));
    }
    Ok(sheet.half("events", ctx.t("case.history"), Part::Events(say::people(desk, events(ctx, case))?)))
}

/// The rules, or what keeps the draft from being an application.
fn judged(ctx: &Ctx, sheet: Sheet, seen: &Seen) -> Sheet {
    if seen.verdicts.is_empty() {
        let lines = say::missing(ctx, &Faults(seen.faults.clone()));
        let heading = ctx.t("case.missing");
        return sheet.half("rules", heading, Part::Text(lines));
    }
    let (_, word) = say::verdict(ctx, &seen.verdicts);
    let heading = format!("{} · {word}", ctx.t("rules"));
    sheet.half("rules", heading, Part::Rules(say::rules(ctx, &seen.verdicts)))
}

fn way(ctx: &Ctx, case: &Case) -> Vec<crate::web::sheet::steps::Stage> {
    let like = match case.stage {
        CaseStage::Returned => CaseStage::Submitted,
        CaseStage::Rejected | CaseStage::Withdrawn => CaseStage::Submitted,
        other => other,
    };
    let now = WAY.iter().position(|s| *s == like).unwrap_or(0);
    let labels = WAY.iter().map(|s| {
        let name = if *s == like { case.stage.name() } else { s.name() };
        (say::word(ctx, "case", name), String::new())
    });
    let words = [ctx.t("step.is_done"), ctx.t("step.is_now"), ctx.t("step.is_next")];
    stages(labels.collect(), now, words)
}

/// The evidence of a case.
pub fn evidence(desk: &Desk, ctx: &Ctx, case: &Case) -> Result<Table, Faults> {
    let kinds = lookup::evidence_kinds(desk, Some(&case.round))?;
    let lines = case.evidence.iter().map(|e| Line {
        key: e.digest.clone(),
        cells: vec![
            Cell::link(
                ctx.plain(&format!("/cases/{}/files/{}", case.id, e.digest)),
                e.label.clone(),
            )
            .under(ctx.short(&e.digest)),
            Cell::text(say::named(ctx, &kinds, &e.kind)),
            Cell::figure(format!("{} KB", e.size.div_ceil(1024)), i64::try_from(e.size).unwrap_or(0)),
            Cell::moment(ctx, &e.filed.at),
        ],
    });
    let heads = [
        ("file", ctx.t("file")),
        ("kind", ctx.t("file.kind")),
        ("size", ctx.t("file.size")),
        ("at", ctx.t("file.at")),
    ];
    let table = Table::plain(ctx, ctx.t("evidence.kinds"), &heads, lines.collect());
    Ok(table.empty(ctx.t("evidence.none")))
}

/// What a draft asks for.
pub fn asks(desk: &Desk, ctx: &Ctx, draft: &Draft) -> Result<Vec<(String, Cell)>, Faults> {
    let (sites, districts) = (lookup::sites(desk)?, lookup::districts(desk)?);
    let stations = lookup::stations(desk)?;
    let join = |all: Vec<String>| Cell::text(all.join(ctx.t("comma")));
    let needs = &draft.needs;
    let technical: Vec<String> = [
        needs.floor_load_kg_m2.map(|v| format!("{} {v}", ctx.t("vac.load"))),
        needs.clear_height_mm.map(|v| format!("{} {v}", ctx.t("field.clear_height_mm"))),
        needs.power_a.map(|v| format!("{} {v}", ctx.t("vac.power"))),
        needs.gas.filter(|g| *g).map(|_| ctx.t("field.gas").to_owned()),
        needs.clean_water.filter(|g| *g).map(|_| ctx.t("field.clean_water").to_owned()),
        needs.hazard.map(|h| ctx.say(&words::hazard(h)).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let homes = draft.households.iter();
    let homes = homes.map(|h| format!("{} × {}", ctx.say(&words::household(h.kind)), h.count));
    let start = match (draft.start_from, draft.start_until) {
        (Some(a), Some(b)) => format!("{a} – {b}"),
        (Some(a), None) => a.to_string(),
        _ => String::new(),
    };
    let anchors = draft.anchors.iter().map(|s| say::named(ctx, &stations, s.as_str()));
    let mut near: Vec<String> = anchors.collect();
    near.extend(draft.max_minutes.map(|m| format!("≤ {m} {}", ctx.t("min"))));
    Ok(vec![
        (ctx.t("case.want").to_owned(), Cell::text(wanted(ctx, draft))),
        (ctx.t("start").to_owned(), Cell::text(start)),
        (ctx.t("rent.cap").to_owned(), draft.rent_cap.map_or_else(Cell::none, |r| Cell::text(format!("{r} {}", ctx.t("yuan.m2"))))),
        (ctx.t("wishes").to_owned(), join(draft.site_wishes.iter().map(|s| say::named(ctx, &sites, s.as_str())).collect())),
        (ctx.t("districts.ok").to_owned(), join(draft.districts.iter().map(|d| say::named(ctx, &districts, d.as_str())).collect())),
        (ctx.t("anchors").to_owned(), join(near)),
        (ctx.t("needs").to_owned(), join(technical)),
        (ctx.t("households").to_owned(), join(homes.collect())),
        (ctx.t("subsidy").to_owned(), Cell::text(ctx.t(if draft.wants_subsidy { "yes" } else { "no" }))),
    ])
}

fn flag_table(ctx: &Ctx, case: &Case) -> Table {
    let lines = case.flags.iter().map(|flag| {
        let cleared = case.cleared.iter().find(|c| c.flag == *flag);
        let word = match flag {
            Flag::Duplicate(_) => ctx.t("flag.duplicate").to_owned(),
            Flag::Related(_, bp) => format!("{} {}.{:02} %", ctx.t("flag.related"), bp / 100, bp % 100),
        };
        let other = flag.other();
        Line {
            key: other.to_string(),
            cells: vec![
                Cell::link(ctx.plain(&format!("/cases/{other}")), short(other)),
                Cell::text(word),
                match cleared {
                    Some(c) => say::state(ctx, "flag", "cleared").under(c.signed.reason.clone()),
                    None => say::state(ctx, "flag", "open"),
                },
            ],
        }
    });
    let heads = [("other", ctx.t("flag.other")), ("kind", ctx.t("flag.kind")), ("state", ctx.t("state"))];
    Table::plain(ctx, ctx.t("case.flags"), &heads, lines.collect())
}

fn events(ctx: &Ctx, case: &Case) -> Vec<Event> {
    let mut all = vec![Event {
        at: ctx.clock(&case.begun_at),
        what: ctx.t("case.begun").to_owned(),
        who: String::new(),
        note: String::new(),
    }];
    let own = [(&case.prepared, "case.written"), (&case.submitted, "case.submitted_at")];
    all.extend(own.into_iter().filter_map(|(signed, word)| {
        signed.as_ref().map(|s| say::event(ctx, ctx.t(word), s))
    }));
    all.extend(case.remarks.iter().map(|r| {
        let mut event = say::event(ctx, say::word(ctx, "case", r.stage.name()), &r.signed);
        if !r.internal.is_empty() {
            event.note = format!("{}\n{}{}{}", event.note, ctx.t("review.internal"), ctx.t("colon"), r.internal);
        }
        event
    }));
    all.sort_by(|a, b| a.at.cmp(&b.at));
    all
}
