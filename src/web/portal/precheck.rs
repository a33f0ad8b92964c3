//! The self-check of eligibility for everybody: facts and wishes in, rules with their outcome out. Nothing is
//! stored; what was typed comes back in the form.
//!
//! Not here: the rules (`acts::cases::precheck`).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::{choices, form, page, say};
use crate::acts::cases::precheck::{self, Learned, Told};
use crate::acts::{Desk, lookup};
use crate::domain::area::Share;
use crate::domain::case::Draft;
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::profile::FirmFacts;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};
use crate::web::screen;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/precheck", Who::Public, "self-check of eligibility", |r| {
        r.to(show)
    }),
    form(
        "/precheck",
        Who::Public,
        "self-check of eligibility, answered",
        |r| r.to(check),
    ),
];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    Ok(Sheet::new("precheck", ctx.t("nav.precheck"))
        .lead(ctx.t("precheck.lead"))
        .with("ask", "", Part::Form(asked(desk, ctx)?)))
}

fn asked(desk: &Desk, ctx: &Ctx) -> Result<Form, Faults> {
    let rounds = lookup::rounds(desk)?;
    let rounds = rounds.into_iter().map(|r| {
        let name = if ctx.zh() { r.name_zh } else { r.name_en };
        (r.id.to_string(), name)
    });
    let rounds = say::or_none(ctx, "precheck.any_round", rounds.collect());
    let districts = say::choices(ctx, &lookup::districts(desk)?);
    let kinds = say::choices(ctx, &lookup::evidence_kinds(desk, None)?);
    Ok(
        Form::new("precheck", ctx.plain("/precheck"), ctx.t("precheck.check"))
            .group(
                ctx.t("precheck.firm"),
                "",
                vec![
                    Field::line("industry", ctx.t("industry"))
                        .hint(ctx.t("industry.hint"))
                        .value("7320")
                        .needed(),
                    Field::one("district", ctx.t("seat"), districts.clone()).needed(),
                    Field::number("headcount", ctx.t("headcount"))
                        .hint(ctx.t("headcount.hint"))
                        .needed(),
                    Field::number("revenue", ctx.t("revenue")).hint(ctx.t("revenue.hint")),
                    Field::number("rd_share", ctx.t("rd_share")).hint(ctx.t("rd_share.hint")),
                    Field::day("founded", ctx.t("founded")),
                    Field::many(
                        "credentials",
                        ctx.t("credentials"),
                        choices::credentials(ctx),
                    ),
                ],
            )
            .group(
                ctx.t("precheck.want"),
                "",
                vec![
                    Field::one("round", ctx.t("term.round"), rounds),
                    Field::one("use", ctx.t("use"), choices::uses(ctx)).needed(),
                    Field::number("area_min", ctx.t("area_min")).needed(),
                    Field::number("area_max", ctx.t("area_max")),
                    Field::number("rent_cap", ctx.t("rent.cap")).hint(ctx.t("yuan.m2")),
                    Field::many("districts", ctx.t("districts.ok"), districts),
                ],
            )
            .group(
                ctx.t("precheck.evidence"),
                ctx.t("precheck.evidence.hint"),
                vec![Field::many("held", ctx.t("evidence.kinds"), kinds)],
            ),
    )
}

/// Per cent as a share; WB140.
pub fn share(sent: &Fields, name: &str) -> Result<Option<Share>, Faults> {
    let text = sent.get(name);
    if text.is_empty() {
        return Ok(None);
    }
    let bp = text
        .parse::<crate::domain::area::Area>()
        .map_err(|_| bad(name))?;
    Ok(Some(Share::new(bp.0)?))
}

/// Yuan with at most two decimals; WB140.
pub fn yuan(sent: &Fields, name: &str) -> Result<Option<Fen>, Faults> {
    Ok(sent.maybe::<Fen>(name)?)
}

/// The facts of a firm as a form sends them.
pub fn facts(sent: &Fields) -> Result<FirmFacts, Faults> {
    let credential = |c: String| choices::noun("credentials", &c);
    Ok(FirmFacts {
        name_zh: sent.get("name_zh").to_owned(),
        name_en: sent.get("name_en").to_owned(),
        industry: sent.need("industry")?,
        headcount: sent.need("headcount")?,
        revenue: yuan(sent, "revenue")?,
        rd_share: share(sent, "rd_share")?,
        founded: sent.maybe("founded")?,
        credentials: sent
            .all("credentials")
            .into_iter()
            .map(credential)
            .collect::<Result<_, _>>()?,
        fields: sent.list("fields")?,
    })
}

fn told(sent: &Fields) -> Result<Told, Faults> {
    let mut facts = facts(sent)?;
    // The check asks for no name, and the facts need one.
    "-".clone_into(&mut facts.name_zh);
    Ok(Told {
        round: sent.maybe("round")?,
        facts,
        district: sent.need("district")?,
        want: Draft {
            use_: Some(choices::noun("use", sent.get("use"))?),
            area_min: Some(sent.need("area_min")?),
            area_max: sent.maybe("area_max")?,
            rent_cap: sent.maybe("rent_cap")?,
            districts: sent.list("districts")?,
            ..Draft::default()
        },
        held: sent.all("held"),
    })
}

async fn check(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || {
        let learned = told(&sent).and_then(|told| precheck::check(&desk, &told));
        let sheet = sheet(&desk, &his)?;
        let (status, sheet) = match learned {
            Ok(learned) => (StatusCode::OK, answered(&his, sheet, &sent, &learned)),
            Err(faults) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                sheet.again(&his, &sent, &faults),
            ),
        };
        Ok::<_, Faults>((status, screen::drawn(&sheet, &his)?))
    })
    .await;
    match made {
        Ok(Ok((status, body))) => screen::page(&ctx, status, body),
        Ok(Err(faults)) => refused(&ctx, &faults),
        Err(_) => refused(&ctx, &stopped().into()),
    }
}

/// The answer above the form, which keeps what was typed.
fn answered(ctx: &Ctx, sheet: Sheet, sent: &Fields, learned: &Learned) -> Sheet {
    let (class, word) = say::verdict(ctx, &learned.verdicts);
    let form = sheet.again(ctx, sent, &Faults(Vec::new()));
    let mut figures = vec![
        [
            ctx.t("precheck.area").to_owned(),
            ctx.area(&learned.area_cap),
            "m²".to_owned(),
            learned.cap_basis.clone(),
        ],
        [
            ctx.t("precheck.units").to_owned(),
            learned.units_cap.to_string(),
            String::new(),
            String::new(),
        ],
    ];
    if let Some(fit) = learned.units_fit {
        let more = if learned.at_least { "+" } else { "" };
        figures.push([
            ctx.t("precheck.fit").to_owned(),
            format!("{fit}{more}"),
            ctx.t("units").to_owned(),
            ctx.t("precheck.fit.foot").to_owned(),
        ]);
    }
    let mut answer = Sheet::new("precheck", ctx.t("nav.precheck"))
        .state(class, word)
        .lead(format!("{} {}", ctx.t("policy"), learned.policy))
        .with("figures", "", Part::Figures(figures))
        .with(
            "rules",
            ctx.t("rules"),
            Part::Rules(say::rules(ctx, &learned.verdicts)),
        );
    answer.sections.extend(form.sections);
    answer
}
