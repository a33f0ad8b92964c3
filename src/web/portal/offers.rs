//! Offers: the list, one with what it holds, and answering it. The waiting list with places.
//!
//! Not here: what an offer costs the quota (`acts`), contracts (`contracts`).

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};

use super::awards::{self, area, held, rent};
use super::many;
use super::many_acts::ACCEPT_OFFERS;
use super::told::filter;
use super::vacancy_site::stacks;
use super::{form, of, page, say};
use crate::acts::powers::offers as power;
use crate::acts::rounds::{homes, offers};
use crate::acts::vacancies::Vacancy;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::OfferId;
use crate::domain::offer::{Offer, OfferStage};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/offers", of(&power::SEE_OFFER), "offers", |r| r.to(list)),
    page("/offers/{id}", of(&power::SEE_OFFER), "one offer", |r| {
        r.to(one)
    }),
    page(
        "/offers/{id}/accept",
        of(&power::ACCEPT_OFFER),
        "before accepting",
        |r| r.to(ask_accept),
    ),
    form(
        "/offers/{id}/accept",
        of(&power::ACCEPT_OFFER),
        "accept an offer",
        |r| r.to(accept),
    ),
    page(
        "/offers/{id}/decline",
        of(&power::DECLINE_OFFER),
        "before declining",
        |r| r.to(ask_decline),
    ),
    form(
        "/offers/{id}/decline",
        of(&power::DECLINE_OFFER),
        "decline an offer",
        |r| r.to(decline),
    ),
    page(
        "/offers/{id}/revoke",
        of(&power::REVOKE_OFFER),
        "before revoking",
        |r| r.to(ask_revoke),
    ),
    form(
        "/offers/{id}/revoke",
        of(&power::REVOKE_OFFER),
        "revoke an offer",
        |r| r.to(revoke),
    ),
];

const STAGES: [OfferStage; 6] = [
    OfferStage::Open,
    OfferStage::Accepted,
    OfferStage::Signed,
    OfferStage::Declined,
    OfferStage::Expired,
    OfferStage::Revoked,
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let sites = lookup::sites(desk)?;
    let stage = STAGES.into_iter().find(|s| s.name() == ctx.value("stage"));
    let found = offers::list(desk, None, stage, (None, 5000))?;
    let lines = found.iter().map(|o| Line {
        key: o.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/offers/{}", &[&o.id])),
                say::firm(ctx, &firms, o.firm.as_str()),
            )
            .under(o.round.to_string()),
            say::state(ctx, "offer", o.stage.name()),
            Cell::text(say::named(ctx, &sites, o.award.site.as_str())),
            Cell::area(area(&o.award)),
            Cell::money(rent(&o.award)),
            Cell::day(o.expires_on),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("site", ctx.t("site")),
        ("area", ctx.t("vac.area")),
        ("rent", ctx.t("rent.monthly")),
        ("until", ctx.t("offer.until")),
    ];
    let states = STAGES.map(|s| (s.name().to_owned(), say::word(ctx, "offer", s.name())));
    let mut table =
        Table::of(ctx, ctx.t("nav.offers"), &heads, lines.collect()).empty(ctx.t("offer.none"));
    let open = found.iter().filter(|o| o.stage == OfferStage::Open);
    table.bulk = many::bulk(ctx, &[&ACCEPT_OFFERS], open.map(|o| o.id.to_string()));
    Ok(Sheet::new("offers", ctx.t("nav.offers"))
        .with(
            "filter",
            "",
            filter(
                ctx,
                vec![Field::one(
                    "stage",
                    ctx.t("state"),
                    say::or_none(ctx, "all", states.to_vec()),
                )],
            ),
        )
        .with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &OfferId) -> Result<Sheet, Faults> {
    let offer = offers::one(desk, id)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut sheet = Sheet::new("offers", say::firm(ctx, &firms, offer.firm.as_str()))
        .under(ctx.plain("/offers"), ctx.t("nav.offers"))
        .state(
            offer.stage.name(),
            say::word(ctx, "offer", offer.stage.name()),
        )
        .lead(format!(
            "{} · {} {}",
            offer.round,
            ctx.t("offer.until"),
            offer.expires_on
        ));
    let path = path_to("/offers/{}", &[&id]);
    if offer.stage == OfferStage::Open {
        for (verb, power, kind) in [
            ("accept", &power::ACCEPT_OFFER, "primary"),
            ("decline", &power::DECLINE_OFFER, ""),
        ] {
            if ctx.can(power) {
                sheet = sheet.button(
                    ctx.plain(&format!("{path}/{verb}")),
                    ctx.t(&format!("offer.{verb}")),
                    kind,
                );
            }
        }
    }
    if matches!(offer.stage, OfferStage::Open | OfferStage::Accepted)
        && ctx.can(&power::REVOKE_OFFER)
    {
        sheet = sheet.button(
            ctx.plain(&format!("{path}/revoke")),
            ctx.t("offer.revoke"),
            "danger",
        );
    }
    if offer.stage == OfferStage::Accepted
        && ctx.can(&crate::acts::powers::contracts::SIGN_CONTRACT)
    {
        sheet = sheet.button(
            ctx.plain(&format!("{path}/sign")),
            ctx.t("contract.sign"),
            "primary",
        );
    }
    sheet = sheet.button(
        ctx.plain(&path_to(
            "/application/{}?round={}",
            &[&offer.application, &offer.round],
        )),
        ctx.t("offer.why"),
        "",
    );
    let mut events = vec![say::event(ctx, ctx.t("offer.made"), &offer.made)];
    events.extend(
        offer
            .answered
            .as_ref()
            .map(|s| say::event(ctx, say::word(ctx, "offer", offer.stage.name()), s)),
    );
    if desk.person().role.is_firm() {
        events.iter_mut().for_each(|e| e.who.clear());
    }
    let units = ctx.shelf().all(desk)?;
    let chosen = offer.award.units.iter().map(|u| u.unit.as_str()).collect();
    let map = Part::Map(
        ctx.plain(&format!("{path}/map")),
        ctx.plain("/vacancies/site/KEY"),
    );
    sheet = sheet
        .half(
            "held",
            ctx.t("offer.held"),
            Part::Pairs(held(desk, ctx, &offer.award)?),
        )
        .half("place", ctx.t("offer.place"), map);
    let all = homes::of_offer(desk, id)?;
    if !all.is_empty() {
        let table = awards::homes(ctx, &all);
        sheet = sheet.with("homes", ctx.t("apartments"), Part::Table(table));
    }
    for stack in stacks(ctx, &same_buildings(&units, &chosen), &chosen) {
        sheet = sheet.with("stack", ctx.t("vac.stack"), Part::Stack(stack));
    }
    Ok(sheet.half(
        "events",
        ctx.t("case.history"),
        Part::Events(say::people(desk, events)?),
    ))
}

/// All units of the buildings in which some of them are.
fn same_buildings<'v>(all: &'v [Vacancy], chosen: &BTreeSet<&str>) -> Vec<&'v Vacancy> {
    let mine = |v: &&Vacancy| chosen.contains(v.unit.id.as_str());
    let place = |v: &'v Vacancy| (v.site.as_str(), v.building.as_str());
    let places: BTreeSet<_> = all.iter().filter(mine).map(place).collect();
    all.iter().filter(|v| places.contains(&place(v))).collect()
}

fn asked(desk: &Desk, ctx: &Ctx, id: &OfferId, verb: &'static str) -> Result<Sheet, Faults> {
    let offer = offers::one(desk, id)?;
    let path = path_to("/offers/{}", &[&id]);
    let words = ctx.t(&format!("offer.{verb}")).to_owned();
    let mut form = Form::new(verb, ctx.plain(&format!("{path}/{verb}")), &words)
        .says(ctx.t(&format!("offer.{verb}.means")))
        .hidden("tag", &crate::acts::act::tag(&offer)?)
        .cancel(ctx.plain(&path));
    if verb != "accept" {
        form = form.danger().group(
            "",
            "",
            vec![Field::words("reason", ctx.t("reason")).needed()],
        );
    }
    Ok(Sheet::new("offers", words)
        .under(ctx.plain("/offers"), ctx.t("nav.offers"))
        .under(ctx.plain(&path), offer.award.site.to_string())
        .with("act", "", Part::Form(form))
        .with(
            "held",
            ctx.t("offer.held"),
            Part::Pairs(held(desk, ctx, &offer.award)?),
        ))
}

async fn ask_accept(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| asked(desk, ctx, &id, "accept"))
        .await
}

async fn ask_decline(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| asked(desk, ctx, &id, "decline"))
        .await
}

async fn ask_revoke(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| asked(desk, ctx, &id, "revoke"))
        .await
}

/// Does an act on an offer; what was given back is offered to the next in line at once.
async fn done(
    (ctx, caller, id, sent): (Ctx, Caller, web::Path<OfferId>, Fields),
    (verb, said): (&'static str, &'static str),
    act: fn(&Desk, &OfferId, &Fields) -> Result<Offer, Faults>,
) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let offer = act(desk, &id, sent)?;
                if verb != "accept" {
                    offers::succeed(desk, &offer.round);
                }
                Went::to(path_to("/offers/{}", &[&id]), said)
            },
            move |desk, ctx| asked(desk, ctx, &his, verb),
        )
        .await
}

async fn accept(ctx: Ctx, caller: Caller, id: web::Path<OfferId>, sent: Fields) -> HttpResponse {
    done(
        (ctx, caller, id, sent),
        ("accept", "offer_accepted"),
        |d, id, _| offers::accept(d, id),
    )
    .await
}

async fn decline(ctx: Ctx, caller: Caller, id: web::Path<OfferId>, sent: Fields) -> HttpResponse {
    done(
        (ctx, caller, id, sent),
        ("decline", "offer_declined"),
        |d, id, f| offers::decline(d, id, f.get("reason")),
    )
    .await
}

async fn revoke(ctx: Ctx, caller: Caller, id: web::Path<OfferId>, sent: Fields) -> HttpResponse {
    done(
        (ctx, caller, id, sent),
        ("revoke", "offer_revoked"),
        |d, id, f| offers::revoke(d, id, f.get("reason")),
    )
    .await
}
