//! Contracts: the list, one with its terms, signing that of an accepted offer, giving one up, ending one for a
//! breach.
//!
//! Not here: renewals and performance (supervision), money paid.

use actix_web::{HttpResponse, web};

use super::awards::{area, held, rent};
use super::{form, of, page, say};
use crate::acts::powers::contracts as power;
use crate::acts::powers::money::{ORDER_CLAW_BACK, PREPARE_CLAIM};
use crate::acts::powers::supervision::ENTER_VISIT;
use crate::acts::rounds::contracts::{self, Terms};
use crate::acts::rounds::{contract_end, offers};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, OfferId};
use crate::domain::offer::{Breach, Contract, ContractStage, Kpi};
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
    page("/contracts", of(&power::SEE_CONTRACT), "contracts", |r| {
        r.to(list)
    }),
    page(
        "/contracts/{id}",
        of(&power::SEE_CONTRACT),
        "one contract",
        |r| r.to(one),
    ),
    page(
        "/offers/{id}/sign",
        of(&power::SIGN_CONTRACT),
        "before signing",
        |r| r.to(ask_sign),
    ),
    form(
        "/offers/{id}/sign",
        of(&power::SIGN_CONTRACT),
        "sign a contract",
        |r| r.to(sign),
    ),
    page(
        "/contracts/{id}/exit",
        of(&power::EXIT_CONTRACT),
        "before giving up",
        |r| r.to(ask_exit),
    ),
    form(
        "/contracts/{id}/exit",
        of(&power::EXIT_CONTRACT),
        "give a contract up",
        |r| r.to(exit),
    ),
    page(
        "/contracts/{id}/terminate",
        of(&power::TERMINATE_CONTRACT),
        "before terminating",
        |r| r.to(ask_terminate),
    ),
    form(
        "/contracts/{id}/terminate",
        of(&power::TERMINATE_CONTRACT),
        "end a contract for a breach",
        |r| r.to(terminate),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let sites = lookup::sites(desk)?;
    let found = contracts::list(desk, None, None, (None, 5000))?;
    let lines = found.iter().map(|c| Line {
        key: c.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/contracts/{}", &[&c.id])),
                c.number.clone(),
            )
            .under(say::firm(ctx, &firms, c.firm.as_str())),
            say::state(ctx, "contract", c.stage.name()),
            Cell::text(say::named(ctx, &sites, c.award.site.as_str())),
            Cell::area(area(&c.award)),
            Cell::money(rent(&c.award)),
            Cell::day(c.holds.from()),
            c.holds.until().map_or_else(Cell::none, Cell::day),
        ],
    });
    let heads = [
        ("number", ctx.t("contract.number")),
        ("stage", ctx.t("state")),
        ("site", ctx.t("site")),
        ("area", ctx.t("vac.area")),
        ("rent", ctx.t("rent.monthly")),
        ("from", ctx.t("contract.from")),
        ("until", ctx.t("contract.until")),
    ];
    let table = Table::of(ctx, ctx.t("nav.contracts"), &heads, lines.collect())
        .empty(ctx.t("contract.none"));
    Ok(Sheet::new("contracts", ctx.t("nav.contracts")).with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ContractId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn head(ctx: &Ctx, contract: &Contract) -> Sheet {
    Sheet::new("contracts", contract.number.clone())
        .under(ctx.plain("/contracts"), ctx.t("nav.contracts"))
        .state(
            contract.stage.name(),
            say::word(ctx, "contract", contract.stage.name()),
        )
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ContractId) -> Result<Sheet, Faults> {
    let contract = contracts::one(desk, id)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut sheet = head(ctx, &contract).lead(say::firm(ctx, &firms, contract.firm.as_str()));
    if contract.stage == ContractStage::InForce {
        for (verb, power) in [
            ("exit", &power::EXIT_CONTRACT),
            ("terminate", &power::TERMINATE_CONTRACT),
        ] {
            if ctx.can(power) {
                sheet = sheet.button(
                    ctx.plain(&path_to("/contracts/{}/{}", &[&id, &verb])),
                    ctx.t(&format!("contract.{verb}")),
                    "",
                );
            }
        }
    }
    if contract.award.subsidy.is_some() && ctx.can(&PREPARE_CLAIM) {
        let path = path_to("/contracts/{}/claim", &[&id]);
        sheet = sheet.button(ctx.plain(&path), ctx.t("claim.prepare"), "primary");
    }
    if ctx.can(&ENTER_VISIT) {
        let path = path_to("/contracts/{}/visit", &[&id]);
        sheet = sheet.button(ctx.plain(&path), ctx.t("visit.enter"), "");
    }
    if ctx.can(&ORDER_CLAW_BACK) {
        let path = path_to("/contracts/{}/claw-back", &[&id]);
        sheet = sheet.button(ctx.plain(&path), ctx.t("claw_back.order"), "");
    }
    let mut pairs = held(desk, ctx, &contract.award)?;
    pairs.push((
        ctx.t("contract.free").to_owned(),
        Cell::count(i64::from(contract.free_months)),
    ));
    pairs.extend(contract.decision.as_ref().map(|d| {
        let body = if ctx.zh() { &d.body_zh } else { &d.body_en };
        let cell = Cell::text(body.clone()).under(d.number.clone());
        (ctx.t("contract.decided_by").to_owned(), cell)
    }));
    let kpis = contract.kpis.iter().map(|k| Line {
        key: k.name.clone(),
        cells: vec![
            Cell::text(say::known(ctx, "figure", &k.name)),
            Cell::text(k.year.to_string()),
            Cell::count(k.least),
            Cell::maybe(k.reported),
        ],
    });
    let heads = [
        ("kpi", ctx.t("contract.kpi")),
        ("year", ctx.t("contract.year")),
        ("least", ctx.t("contract.least")),
        ("reported", ctx.t("contract.reported")),
    ];
    let kpis = Table::plain(ctx, ctx.t("contract.kpis"), &heads, kpis.collect());
    let mut events = vec![say::event(ctx, ctx.t("contract.signed"), &contract.signed)];
    events.extend(
        contract
            .ended
            .as_ref()
            .map(|s| say::event(ctx, say::word(ctx, "contract", contract.stage.name()), s)),
    );
    if desk.person().role.is_firm() {
        events.iter_mut().for_each(|e| e.who.clear());
    }
    if let Some(b) = &contract.agreement.breach {
        let text = format!(
            "{} · {} · {} {}",
            b.number,
            b.clause,
            ctx.t("contract.claw_back"),
            b.claw_back_from
        );
        sheet = sheet.with("breach", "", Part::Note("warn", text));
    }
    Ok(sheet
        .half("held", ctx.t("offer.held"), Part::Pairs(pairs))
        .half("kpis", ctx.t("contract.kpis"), Part::Table(kpis))
        .half(
            "clauses",
            ctx.t("contract.clauses"),
            Part::Text(contract.agreement.clauses.clone()),
        )
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events)?),
        ))
}

async fn ask_sign(ctx: Ctx, caller: Caller, id: web::Path<OfferId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| signing(desk, ctx, &id))
        .await
}

fn signing(desk: &Desk, ctx: &Ctx, id: &OfferId) -> Result<Sheet, Faults> {
    use chrono::Datelike;
    let offer = offers::one(desk, id)?;
    let path = path_to("/offers/{}", &[&id]);
    let form = Form::new(
        "sign",
        ctx.plain(&format!("{path}/sign")),
        ctx.t("contract.sign"),
    )
    .says(ctx.t("contract.sign.means"))
    .hidden("tag", &crate::acts::act::tag(&offer)?)
    .group(
        "",
        "",
        vec![
            Field::line("number", ctx.t("contract.number")).needed(),
            Field::line("decision", ctx.t("contract.decision"))
                .hint(ctx.t("contract.decision.hint")),
            Field::words("clauses", ctx.t("contract.clauses"))
                .hint(ctx.t("contract.clauses.hint"))
                .value(ctx.t("contract.clauses.usual"))
                .needed(),
        ],
    )
    .group(
        ctx.t("contract.kpis"),
        ctx.t("contract.kpis.hint"),
        vec![
            Field::line("kpi", ctx.t("contract.kpi"))
                .value("headcount")
                .needed(),
            Field::number("year", ctx.t("contract.year"))
                .value(offer.award.lease.from().year() + 1)
                .needed(),
            Field::number("least", ctx.t("contract.least")).needed(),
        ],
    )
    .cancel(ctx.plain(&path));
    Ok(Sheet::new("offers", ctx.t("contract.sign"))
        .under(ctx.plain("/offers"), ctx.t("nav.offers"))
        .under(ctx.plain(&path), offer.award.site.to_string())
        .with("sign", "", Part::Form(form))
        .with(
            "held",
            ctx.t("offer.held"),
            Part::Pairs(held(desk, ctx, &offer.award)?),
        ))
}

async fn sign(ctx: Ctx, caller: Caller, id: web::Path<OfferId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let clauses = sent
                    .get("clauses")
                    .lines()
                    .map(str::trim)
                    .filter(|l| !l.is_empty());
                let terms = Terms {
                    number: sent.get("number").to_owned(),
                    kpis: vec![Kpi {
                        name: sent.get("kpi").to_owned(),
                        year: sent.need("year")?,
                        least: sent.need("least")?,
                        reported: None,
                    }],
                    clauses: clauses.map(str::to_owned).collect(),
                    decision: sent.get("decision").to_owned(),
                };
                let contract = contracts::sign_offer(desk, &id, &terms)?;
                Went::to(path_to("/contracts/{}", &[&contract.id]), "contract_signed")
            },
            move |desk, ctx| signing(desk, ctx, &his),
        )
        .await
}

fn ending(desk: &Desk, ctx: &Ctx, id: &ContractId, verb: &'static str) -> Result<Sheet, Faults> {
    let contract = contracts::one(desk, id)?;
    let path = path_to("/contracts/{}", &[&id]);
    let mut fields = vec![
        Field::day("day", ctx.t("contract.day"))
            .hint(ctx.t("contract.day.hint"))
            .needed(),
    ];
    if verb == "terminate" {
        fields.push(Field::line("number", ctx.t("notice.number")).needed());
        fields.push(Field::line("clause", ctx.t("contract.clause")).needed());
        fields.push(Field::day("claw_back_from", ctx.t("contract.claw_back")).needed());
    }
    fields.push(Field::words("reason", ctx.t("reason")).needed());
    let words = ctx.t(&format!("contract.{verb}")).to_owned();
    let form = Form::new(verb, ctx.plain(&format!("{path}/{verb}")), &words)
        .says(ctx.t(&format!("contract.{verb}.means")))
        .danger()
        .hidden("tag", &crate::acts::act::tag(&contract)?)
        .group("", "", fields)
        .cancel(ctx.plain(&path));
    Ok(head(ctx, &contract).with("act", words, Part::Form(form)))
}

async fn ask_exit(ctx: Ctx, caller: Caller, id: web::Path<ContractId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| ending(desk, ctx, &id, "exit"))
        .await
}

async fn exit(ctx: Ctx, caller: Caller, id: web::Path<ContractId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                contract_end::exit(desk, &id, sent.need("day")?, sent.get("reason"))?;
                Went::to(path_to("/contracts/{}", &[&id]), "contract_exited")
            },
            move |desk, ctx| ending(desk, ctx, &his, "exit"),
        )
        .await
}

async fn ask_terminate(ctx: Ctx, caller: Caller, id: web::Path<ContractId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| ending(desk, ctx, &id, "terminate"))
        .await
}

async fn terminate(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<ContractId>,
    sent: Fields,
) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let breach = Breach {
                    number: sent.get("number").to_owned(),
                    clause: sent.get("clause").to_owned(),
                    claw_back_from: sent.need("claw_back_from")?,
                };
                let day = (sent.need("day")?, sent.get("reason"));
                contract_end::terminate(desk, &id, day, &breach)?;
                Went::to(path_to("/contracts/{}", &[&id]), "contract_terminated")
            },
            move |desk, ctx| ending(desk, ctx, &his, "terminate"),
        )
        .await
}
