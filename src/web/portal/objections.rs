//! Objections: the list, entering one while a plan is publicised, and the reply.
//!
//! Not here: what an upheld one does (`acts::rounds::uphold`).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};

use super::{form, of, page, say};
use crate::acts::powers::rounds as power;
use crate::acts::rounds::objections::{self, NewObjection};
use crate::acts::rounds::{uphold, view};
use crate::acts::words::Text;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::{ObjectionId, RoundId};
use crate::domain::objection::{Objection, ObjectionStage, Objector};
use crate::domain::procedure::Step;
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
    page(
        "/objections",
        of(&power::SEE_OBJECTION),
        "objections",
        |r| r.to(list),
    ),
    page(
        "/objections/new",
        of(&power::OBJECT),
        "before objecting",
        |r| r.to(ask),
    ),
    form(
        "/objections/new",
        of(&power::OBJECT),
        "object to an award",
        |r| r.to(object),
    ),
    page(
        "/objections/{id}",
        of(&power::SEE_OBJECTION),
        "one objection",
        |r| r.to(one),
    ),
    form(
        "/objections/{id}",
        of(&power::REPLY_OBJECTION),
        "reply to an objection",
        |r| r.to(reply),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk)?;
    let mut lines = Vec::new();
    let mut open = false;
    for round in lookup::rounds(desk)? {
        open |= view::show(desk, &round.id)?.procedure.step == Step::Publicised;
        let found = objections::list(desk, &round.id, None, (None, 5000))?;
        lines.extend(found.iter().map(|o| line(ctx, &firms, o)));
    }
    let heads = [
        ("against", ctx.t("objection.against")),
        ("stage", ctx.t("state")),
        ("by", ctx.t("objection.by")),
        ("grounds", ctx.t("objection.grounds")),
        ("due", ctx.t("objection.due")),
        ("at", ctx.t("objection.at")),
    ];
    let table =
        Table::of(ctx, ctx.t("nav.objections"), &heads, lines).empty(ctx.t("objection.none"));
    let mut sheet = Sheet::new("objections", ctx.t("nav.objections"));
    if open && ctx.can(&power::OBJECT) {
        sheet = sheet.button(
            ctx.plain("/objections/new"),
            ctx.t("round.object"),
            "primary",
        );
    }
    Ok(sheet.with("list", "", Part::Table(table)))
}

/// Who objects: a firm by its name, as far as the reader may know it.
fn by(ctx: &Ctx, firms: &BTreeMap<String, Text>, objection: &Objection) -> Cell {
    match &objection.objector {
        Objector::Firm { firm } => {
            let name = say::firm(ctx, firms, firm.as_str());
            let known = name != firm.as_str();
            Cell::text(name).under(if known {
                firm.to_string()
            } else {
                String::new()
            })
        }
        Objector::Person { name, .. } => Cell::text(name.clone()),
        Objector::Anonymous {} => Cell::text(ctx.t("objection.anonymous")),
    }
}

fn line(ctx: &Ctx, firms: &BTreeMap<String, Text>, o: &Objection) -> Line {
    let grounds: String = o.grounds.chars().take(60).collect();
    Line {
        key: o.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/objections/{}", &[&o.id])),
                super::case_parts::short(&o.application),
            )
            .under(o.round.to_string()),
            say::state(ctx, "objection", o.stage.name()),
            by(ctx, firms, o),
            Cell::long(grounds),
            Cell::day(o.due),
            Cell::moment(ctx, &o.entered.at),
        ],
    }
}

async fn ask(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, new).await
}

fn new(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut rounds = Vec::new();
    for round in lookup::rounds(desk)? {
        let seen = view::show(desk, &round.id)?;
        if seen.procedure.step == Step::Publicised {
            rounds.push((round.id.to_string(), super::notices::name(ctx, &seen)));
        }
    }
    let sheet = Sheet::new("objections", ctx.t("round.object"))
        .under(ctx.plain("/objections"), ctx.t("nav.objections"))
        .lead(ctx.t("objection.lead"));
    if rounds.is_empty() {
        return Ok(sheet.with(
            "none",
            "",
            Part::Note("info", ctx.t("objection.no_round").to_owned()),
        ));
    }
    let mut fields = vec![
        Field::one("round", ctx.t("term.round"), rounds).needed(),
        Field::line("application", ctx.t("objection.against"))
            .value(ctx.value("application"))
            .hint(ctx.t("objection.against.hint"))
            .needed(),
    ];
    if !desk.person().role.is_firm() {
        fields
            .push(Field::line("firm", ctx.t("objection.firm")).hint(ctx.t("objection.firm.hint")));
        fields.push(Field::line("name", ctx.t("objection.person")));
        fields.push(Field::line("contact", ctx.t("objection.contact")));
    }
    fields.push(Field::words("grounds", ctx.t("objection.grounds")).needed());
    let form = Form::new(
        "object",
        ctx.plain("/objections/new"),
        ctx.t("round.object"),
    )
    .says(ctx.t("objection.means"))
    .group("", "", fields)
    .cancel(ctx.plain("/objections"));
    Ok(sheet.with("object", "", Part::Form(form)))
}

async fn object(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let firm = sent.maybe("firm")?.map(|firm| Objector::Firm { firm });
        let person = Some(sent.get("name"))
            .filter(|n| !n.is_empty())
            .map(|name| Objector::Person {
                name: name.to_owned(),
                contact: sent.get("contact").to_owned(),
            });
        let new = NewObjection {
            application: sent.need("application")?,
            objector: firm.or(person),
            grounds: sent.get("grounds").to_owned(),
        };
        let round: RoundId = sent.need("round")?;
        let entered = objections::object(desk, &round, &new)?;
        Went::to(path_to("/objections/{}", &[&entered.id]), "objected")
    };
    caller.does(ctx, sent, work, new).await
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ObjectionId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ObjectionId) -> Result<Sheet, Faults> {
    let o = objections::one(desk, id)?;
    let firms = lookup::firms(desk)?;
    let mut events = vec![say::event(ctx, ctx.t("objection.entered"), &o.entered)];
    events.extend(
        o.replied
            .as_ref()
            .map(|s| say::event(ctx, say::word(ctx, "objection", o.stage.name()), s)),
    );
    if desk.person().role.is_firm() {
        events.iter_mut().for_each(|e| e.who.clear());
    }
    let pairs = vec![
        (
            ctx.t("objection.against").to_owned(),
            Cell::link(
                ctx.plain(&path_to(
                    "/application/{}?round={}",
                    &[&o.application, &o.round],
                )),
                o.application.to_string(),
            ),
        ),
        (ctx.t("objection.by").to_owned(), by(ctx, &firms, &o)),
        (
            ctx.t("objection.grounds").to_owned(),
            Cell::text(o.grounds.clone()),
        ),
        (ctx.t("objection.due").to_owned(), Cell::day(o.due)),
    ];
    let mut sheet = Sheet::new(
        "objections",
        format!("{} {}", ctx.t("objection.title"), ctx.clock(&o.entered.at)),
    )
    .under(ctx.plain("/objections"), ctx.t("nav.objections"))
    .state(o.stage.name(), say::word(ctx, "objection", o.stage.name()))
    .half("facts", ctx.t("facts"), Part::Pairs(pairs))
    .half(
        "events",
        ctx.t("case.history"),
        Part::Events(say::people(desk, events)?),
    );
    if o.stage == ObjectionStage::Open && ctx.can(&power::REPLY_OBJECTION) {
        let form = Form::new(
            "reply",
            ctx.plain(&path_to("/objections/{}", &[&id])),
            ctx.t("objection.dismiss"),
        )
        .says(ctx.t("objection.reply.means"))
        .hidden("tag", &crate::acts::act::tag(&o)?)
        .group(
            "",
            "",
            vec![Field::words("reason", ctx.t("reason")).needed()],
        )
        .also("uphold", "yes", ctx.t("objection.uphold"))
        .cancel(ctx.plain("/objections"));
        sheet = sheet.with("reply", ctx.t("objection.reply"), Part::Form(form));
    }
    Ok(sheet)
}

async fn reply(ctx: Ctx, caller: Caller, id: web::Path<ObjectionId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let done = match sent.ticked("uphold") {
                    true => {
                        uphold::uphold(desk, &id, sent.get("reason")).map(|_| "objection_upheld")
                    }
                    false => objections::dismiss(desk, &id, sent.get("reason"))
                        .map(|_| "objection_dismissed"),
                };
                Went::to(path_to("/objections/{}", &[&id]), done?)
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}
