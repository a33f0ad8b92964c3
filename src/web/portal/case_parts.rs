//! Parts of the page of an application: what it asks for, its evidence, flags and history.
//!
//! Not here: the page itself (`cases`).

use super::say;
use crate::acts::{Desk, lookup, words};
use crate::domain::case::{Case, Draft, Flag};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::steps::Event;
use crate::web::sheet::table::{Line, Table};

/// The end of a long key, enough to tell two apart.
pub fn short(id: &ApplicationId) -> String {
    let key = id.as_str();
    match key.len() > 14 && key.is_ascii() {
        true => format!("A…{}", &key[key.len() - 8..]),
        false => key.to_owned(),
    }
}

/// How the flags of a case stand.
pub fn flags(ctx: &Ctx, case: &Case) -> Cell {
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

/// The evidence of a case.
pub fn evidence(desk: &Desk, ctx: &Ctx, case: &Case) -> Result<Table, Faults> {
    let kinds = lookup::evidence_kinds(desk, Some(&case.round))?;
    let lines = case.evidence.iter().map(|e| Line {
        key: e.digest.clone(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/cases/{}/files/{}", &[&case.id, &e.digest])),
                e.label.clone(),
            )
            .under(ctx.short(&e.digest)),
            Cell::text(say::named(ctx, &kinds, &e.kind)),
            Cell::figure(
                format!("{} KB", e.size.div_ceil(1024)),
                i64::try_from(e.size).unwrap_or(0),
            ),
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
        needs
            .floor_load_kg_m2
            .map(|v| format!("{} {v}", ctx.t("vac.load"))),
        needs
            .clear_height_mm
            .map(|v| format!("{} {v}", ctx.t("field.clear_height_mm"))),
        needs.power_a.map(|v| format!("{} {v}", ctx.t("vac.power"))),
        needs
            .gas
            .filter(|g| *g)
            .map(|_| ctx.t("field.gas").to_owned()),
        needs
            .clean_water
            .filter(|g| *g)
            .map(|_| ctx.t("field.clean_water").to_owned()),
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
    let anchors = draft
        .anchors
        .iter()
        .map(|s| say::named(ctx, &stations, s.as_str()));
    let mut near: Vec<String> = anchors.collect();
    near.extend(draft.max_minutes.map(|m| format!("≤ {m} {}", ctx.t("min"))));
    Ok(vec![
        (
            ctx.t("case.want").to_owned(),
            Cell::text(wanted(ctx, draft)),
        ),
        (ctx.t("start").to_owned(), Cell::text(start)),
        (
            ctx.t("rent.cap").to_owned(),
            draft.rent_cap.map_or_else(Cell::none, |r| {
                Cell::text(format!("{r} {}", ctx.t("yuan.m2")))
            }),
        ),
        (
            ctx.t("wishes").to_owned(),
            join(
                draft
                    .site_wishes
                    .iter()
                    .map(|s| say::named(ctx, &sites, s.as_str()))
                    .collect(),
            ),
        ),
        (
            ctx.t("districts.ok").to_owned(),
            join(
                draft
                    .districts
                    .iter()
                    .map(|d| say::named(ctx, &districts, d.as_str()))
                    .collect(),
            ),
        ),
        (ctx.t("anchors").to_owned(), join(near)),
        (ctx.t("needs").to_owned(), join(technical)),
        (ctx.t("households").to_owned(), join(homes.collect())),
        (
            ctx.t("subsidy").to_owned(),
            Cell::text(ctx.t(if draft.wants_subsidy { "yes" } else { "no" })),
        ),
    ])
}

/// The flags of a case, each with what became of it.
pub fn flag_table(ctx: &Ctx, case: &Case) -> Table {
    let lines = case.flags.iter().map(|flag| {
        let cleared = case.cleared.iter().find(|c| c.flag == *flag);
        let word = match flag {
            Flag::Duplicate(_) => ctx.t("flag.duplicate").to_owned(),
            Flag::Related(_, bp) => {
                format!("{} {}.{:02} %", ctx.t("flag.related"), bp / 100, bp % 100)
            }
        };
        let other = flag.other();
        Line {
            key: other.to_string(),
            cells: vec![
                Cell::link(ctx.plain(&path_to("/cases/{}", &[&other])), short(other)),
                Cell::text(word),
                match cleared {
                    Some(c) => say::state(ctx, "flag", "cleared").under(c.signed.reason.clone()),
                    None => say::state(ctx, "flag", "open"),
                },
            ],
        }
    });
    let heads = [
        ("other", ctx.t("flag.other")),
        ("kind", ctx.t("flag.kind")),
        ("state", ctx.t("state")),
    ];
    Table::plain(ctx, ctx.t("case.flags"), &heads, lines.collect())
}

/// What happened to a case.
pub fn events(ctx: &Ctx, case: &Case) -> Vec<Event> {
    let mut all = vec![Event {
        at: ctx.clock(&case.begun_at),
        what: ctx.t("case.begun").to_owned(),
        who: String::new(),
        note: String::new(),
    }];
    let own = [
        (&case.prepared, "case.written"),
        (&case.submitted, "case.submitted_at"),
    ];
    all.extend(
        own.into_iter()
            .filter_map(|(signed, word)| signed.as_ref().map(|s| say::event(ctx, ctx.t(word), s))),
    );
    all.extend(case.remarks.iter().map(|r| {
        let mut event = say::event(ctx, say::word(ctx, "case", r.stage.name()), &r.signed);
        if !r.internal.is_empty() {
            event.note = format!(
                "{}\n{}{}{}",
                event.note,
                ctx.t("review.internal"),
                ctx.t("colon"),
                r.internal
            );
        }
        event
    }));
    all.sort_by(|a, b| a.at.cmp(&b.at));
    all
}
