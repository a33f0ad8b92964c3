//! Visits: the list, one with its findings, entering one by one of its two officers.
//!
//! Not here: what becomes of findings (`findings`).

use actix_web::{HttpResponse, web};

use super::{MOST, contract, events, findings, firm};
use crate::acts::powers::supervision as power;
use crate::acts::supervision::visits::{self, NewFinding, NewVisit};
use crate::acts::supervision::{draws, findings as found_acts, officers};
use crate::acts::{Desk, lookup};
use crate::domain::draw::DrawStage;
use crate::domain::fault::Faults;
use crate::domain::finding::FindingKind;
use crate::domain::ids::{ContractId, VisitId};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{Keys, Stand, Verb, before, upon};
use crate::web::portal::{choices, of, page, say};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Findings that the form takes at once; more are entered with another visit.
const ROOM: usize = 3;

/// Entering a visit.
pub const ENTER: Verb = Verb {
    path: "/contracts/{id}/visit",
    power: &power::ENTER_VISIT,
    words: "visit.enter",
    danger: false,
    stands: entering,
    act: |desk, keys, sent| {
        let contract: ContractId = keys.read("id")?;
        let new = NewVisit {
            draw: sent.maybe("draw")?,
            on: sent.need("on")?,
            colleague: sent.get("colleague").to_owned(),
            seen: sent.get("seen").to_owned(),
            findings: found(sent)?,
        };
        let (visit, _) = visits::enter(desk, &contract, &new)?;
        Went::to(path_to("/visits/{}", &[&visit.id]), "visit_entered")
    },
};

/// Acts on visits.
pub const VERBS: &[Verb] = &[ENTER];

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/visits", of(&power::SEE_VISIT), "visits", |r| r.to(list)),
    page("/visits/{id}", of(&power::SEE_VISIT), "one visit", |r| {
        r.to(one)
    }),
    before(&ENTER),
    upon(&ENTER),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut found = visits::list(desk, None, (None, MOST))?;
    found.sort_by_key(|v| std::cmp::Reverse(v.on));
    let lines = found.iter().map(|v| Line {
        key: v.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/visits/{}", &[&v.id])),
                v.on.to_string(),
            ),
            Cell::text(say::firm(ctx, &firms, v.firm.as_str())),
            contract(ctx, v.contract.as_str()),
            match &v.draw {
                Some(draw) => Cell::link(
                    ctx.plain(&path_to("/draws/{}", &[&draw])),
                    ctx.t("visit.by_draw"),
                ),
                None => Cell::text(ctx.t("visit.by_cause")),
            },
            Cell::count(i64::from(v.findings)),
        ],
    });
    let heads = [
        ("on", ctx.t("visit.on")),
        ("firm", ctx.t("firm")),
        ("contract", ctx.t("claim.contract")),
        ("why", ctx.t("visit.why")),
        ("findings", ctx.t("nav.findings")),
    ];
    let table = Table::of(ctx, ctx.t("nav.visits"), &heads, lines.collect());
    Ok(Sheet::new("visits", ctx.t("nav.visits"))
        .lead(ctx.t("visit.lead"))
        .with("list", "", Part::Table(table.empty(ctx.t("visit.none")))))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<VisitId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &VisitId) -> Result<Sheet, Faults> {
    let visit = visits::one(desk, id)?;
    let people = lookup::people(desk)?;
    let names = visit.inspectors.iter();
    let names: Vec<String> = names.map(|i| say::person(&people, i)).collect();
    let pairs = vec![
        (ctx.t("visit.on").to_owned(), Cell::day(visit.on)),
        (
            ctx.t("claim.contract").to_owned(),
            contract(ctx, visit.contract.as_str()),
        ),
        (
            ctx.t("draw.officers").to_owned(),
            Cell::text(names.join(ctx.t("comma"))),
        ),
        (
            ctx.t("visit.seen").to_owned(),
            Cell::text(visit.seen.clone()),
        ),
    ];
    let mut all = found_acts::list(desk, Some(&visit.contract), None, (None, MOST))?;
    all.retain(|f| f.visit == visit.id);
    let marks = [("visit.entered", Some(&visit.entered))];
    Ok(Sheet::new("visits", firm(desk, ctx, visit.firm.as_str()))
        .under(ctx.plain("/visits"), ctx.t("nav.visits"))
        .lead(visit.on.to_string())
        .half("facts", ctx.t("facts"), Part::Pairs(pairs))
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events(ctx, &marks))?),
        )
        .with(
            "findings",
            ctx.t("nav.findings"),
            Part::Table(findings::table(desk, ctx, &all)),
        ))
}

fn entering(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let contract = crate::acts::rounds::contracts::one(desk, &keys.read("id")?)?;
    let mut held = draws::list(desk, (None, MOST))?;
    held.retain(|d| {
        let picks = d.outcome.iter().flat_map(|o| &o.picks);
        d.stage() == DrawStage::Drawn && picks.into_iter().any(|p| p.contract == contract.id)
    });
    let drawn = held.iter().map(|d| (d.id.to_string(), d.title.clone()));
    let drawn = say::or_none(ctx, "visit.by_cause", drawn.collect());
    let colleagues = officers::colleagues(desk)?;
    let mut stand = Stand::under("visits", "/visits", ctx.t("nav.visits"))
        .at(
            path_to("/contracts/{}", &[&contract.id]),
            contract.number.clone(),
        )
        .asks(vec![
            Field::one("draw", ctx.t("visit.why"), drawn).value(ctx.value("draw")),
            Field::day("on", ctx.t("visit.on"))
                .value(crate::acts::rounds::today(desk))
                .needed(),
            Field::one("colleague", ctx.t("visit.colleague"), colleagues).needed(),
            Field::words("seen", ctx.t("visit.seen")).needed(),
        ]);
    for n in 0..ROOM {
        let legend = format!("{} {}", ctx.t("finding.one"), n + 1);
        let kinds = say::or_none(ctx, "finding.no", kinds(ctx));
        let fields = vec![
            Field::one(&format!("kind{n}"), ctx.t("finding.kind"), kinds),
            Field::line(&format!("clause{n}"), ctx.t("finding.clause")),
            Field::words(&format!("text{n}"), ctx.t("finding.text")),
        ];
        stand = stand.group(&legend, "", fields);
    }
    Ok(stand)
}

/// Kinds of findings.
fn kinds(ctx: &Ctx) -> Vec<(String, String)> {
    let kind = |k: FindingKind| {
        let word = say::word(ctx, "finding_kind", k.name());
        (k.name().to_owned(), word)
    };
    FindingKind::ALL.map(kind).to_vec()
}

fn found(sent: &Fields) -> Result<Vec<NewFinding>, Faults> {
    let mut all = Vec::new();
    for n in 0..ROOM {
        let kind = format!("kind{n}");
        if sent.get(&kind).is_empty() {
            continue;
        }
        all.push(NewFinding {
            kind: choices::noun(&kind, sent.get(&kind))?,
            clause: sent.get(&format!("clause{n}")).to_owned(),
            text: sent.get(&format!("text{n}")).to_owned(),
        });
    }
    Ok(all)
}
