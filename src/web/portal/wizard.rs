//! The application, filled in step by step: space, place, technical needs, housing and subsidy. Each step is saved
//! upon the version that was read; beside it stands what the rules say of what is typed, also before it is saved.
//!
//! Not here: the list of applications (`cases`), evidence (`files`).

use actix_web::{HttpResponse, web};

use super::fit::fits;
use super::wizard_steps::{changed, housing, place, space, technical};
use super::{form, of, page, say};
use crate::acts::cases::precheck::{self, Told};
use crate::acts::cases::view::{self, Seen};
use crate::acts::cases::{begin, draft, profile};
use crate::acts::powers::cases::{BEGIN_CASE, SAVE_DRAFT};
use crate::acts::{Desk, lookup};
use crate::domain::case::Draft;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, RoundId};
use crate::domain::procedure::Step;
use crate::domain::profile::FirmFacts;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::steps::stages;
use crate::web::sheet::{Card, Fits, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/cases/new",
        of(&BEGIN_CASE),
        "rounds that one can apply in",
        |r| r.to(new),
    ),
    form("/cases/new", of(&BEGIN_CASE), "begin an application", |r| {
        r.to(begin_one)
    }),
    page(
        "/cases/{id}/draft",
        of(&SAVE_DRAFT),
        "a step of an application",
        |r| r.to(show),
    ),
    form(
        "/cases/{id}/draft",
        of(&SAVE_DRAFT),
        "save a step of an application",
        |r| r.to(save),
    ),
    form(
        "/cases/{id}/draft/check",
        of(&SAVE_DRAFT),
        "what the rules say of what is typed",
        |r| r.to(check),
    ),
];

/// The steps.
const STEPS: [&str; 4] = ["space", "place", "technical", "housing"];

async fn new(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, rounds).await
}

fn rounds(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut cards = Vec::new();
    let mut open = Vec::new();
    for round in lookup::rounds(desk)? {
        let seen = crate::acts::rounds::view::show(desk, &round.id)?;
        let guide = seen
            .procedure
            .guide
            .as_ref()
            .filter(|_| seen.procedure.step == Step::Guided);
        let Some(guide) = guide.filter(|g| g.opens_at <= desk.now() && desk.now() < g.closes_at)
        else {
            continue;
        };
        let name = super::notices::name(ctx, &seen);
        open.push((round.id.to_string(), name.clone()));
        cards.push(Card {
            title: name,
            text: format!("{} {}", ctx.t("case.until"), ctx.clock(&guide.closes_at)),
            href: ctx.plain(&path_to("/notices/{}", &[&round.id])),
            label: ctx.t("start.notice").to_owned(),
            post: String::new(),
        });
    }
    let sheet = Sheet::new("cases", ctx.t("case.new"))
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .lead(ctx.t("case.new.lead"));
    if open.is_empty() {
        return Ok(sheet.with(
            "none",
            "",
            Part::Note("info", ctx.t("case.no_round").to_owned()),
        ));
    }
    let form = Form::new("new", ctx.plain("/cases/new"), ctx.t("case.begin")).group(
        "",
        "",
        vec![Field::one("round", ctx.t("term.round"), open).needed()],
    );
    Ok(sheet
        .with("rounds", "", Part::Cards(cards))
        .with("begin", "", Part::Form(form)))
}

async fn begin_one(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let round: RoundId = sent.need("round")?;
        let case = begin::begin(desk, &round)?;
        Went::to(path_to("/cases/{}/draft", &[&case.id]), "case_begun")
    };
    caller.does(ctx, sent, work, rounds).await
}

async fn show(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

/// The number of the step that the address names.
fn step(ctx: &Ctx) -> usize {
    STEPS
        .iter()
        .position(|s| *s == ctx.value("step"))
        .unwrap_or(0)
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let at = step(ctx);
    let labels = STEPS.map(|s| (ctx.t(&format!("wizard.{s}")).to_owned(), String::new()));
    let words = [
        ctx.t("step.is_done"),
        ctx.t("step.is_now"),
        ctx.t("step.is_next"),
    ];
    let path = path_to("/cases/{}/draft", &[&id]);
    let mut steps = stages(labels.to_vec(), at, words);
    for (stage, step) in steps
        .iter_mut()
        .zip(STEPS)
        .filter(|(s, _)| s.state != "now")
    {
        stage.href = ctx.plain(&format!("{path}?step={step}"));
    }
    let mut form = Form::new(
        "draft",
        ctx.plain(&format!("{path}?step={}", STEPS[at])),
        ctx.t("wizard.next"),
    )
    .hidden("tag", &seen.tag)
    .also("stay", "yes", ctx.t("wizard.save"))
    .cancel(ctx.plain(&path_to("/cases/{}", &[&id])));
    form.live = ctx.plain(&format!("{path}/check?step={}", STEPS[at]));
    let draft = &seen.case.draft;
    form = match at {
        0 => space(ctx, form, draft),
        1 => place(desk, ctx, form, draft)?,
        2 => technical(ctx, form, draft),
        _ => housing(ctx, form, draft),
    };
    let mut sheet = Sheet::new("cases", ctx.t("wizard.title"))
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .under(
            ctx.plain(&path_to("/cases/{}", &[&id])),
            say::applicant(ctx, &seen),
        )
        .state(
            seen.case.stage.name(),
            say::word(ctx, "case", seen.case.stage.name()),
        )
        .button(
            ctx.plain(&path_to("/cases/{}/units", &[&id])),
            ctx.t("fit.title"),
            "",
        )
        .with("steps", "", Part::Steps(steps));
    if STEPS[at] == "place" {
        let src = ctx.plain("/cases/places");
        sheet = sheet.with("pick", ctx.t("picker.title"), Part::Picker(src));
    }
    sheet = sheet.half("form", "", Part::Form(form));
    sheet.sections.push(live(desk, ctx, &seen, draft));
    Ok(sheet)
}

async fn save(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<ApplicationId>,
    sent: Fields,
) -> HttpResponse {
    let (at, his) = (step(&ctx), id.clone());
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let before = view::show(desk, &id)?;
                draft::save(desk, &id, &changed(at, before.case.draft, sent)?)?;
                let next = match (sent.ticked("stay"), STEPS.get(at + 1)) {
                    (true, _) => path_to("/cases/{}/draft?step={}", &[&id, &STEPS[at]]),
                    (false, Some(next)) => path_to("/cases/{}/draft?step={}", &[&id, &next]),
                    (false, None) => path_to("/cases/{}/files", &[&id]),
                };
                Went::to(next, "draft_saved")
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}

async fn check(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<ApplicationId>,
    sent: Fields,
) -> HttpResponse {
    let at = step(&ctx);
    caller
        .see(ctx, move |desk, ctx| {
            let seen = view::show(desk, &id)?;
            let typed = changed(at, seen.case.draft.clone(), &sent);
            let draft = typed.unwrap_or_else(|_| seen.case.draft.clone());
            let mut sheet = Sheet::new("cases", ctx.t("wizard.title"));
            sheet.sections.push(live(desk, ctx, &seen, &draft));
            Ok(sheet)
        })
        .await
}

/// What the rules say of a draft, by the facts of the firm as they are.
fn live(desk: &Desk, ctx: &Ctx, seen: &Seen, draft: &Draft) -> crate::web::sheet::Section {
    let part = match learned(desk, ctx, seen, draft) {
        Ok((learned, fits)) => {
            let mut rules = say::rules(ctx, &learned.verdicts);
            let (class, word) = say::verdict(ctx, &learned.verdicts);
            let fit = match learned.units_fit {
                Some(n) => format!("{n}{}", if learned.at_least { "+" } else { "" }),
                None => "—".to_owned(),
            };
            let detail = format!(
                "{} {} m² · {} {fit}",
                ctx.t("precheck.area"),
                ctx.area(&learned.area_cap),
                ctx.t("precheck.fit")
            );
            rules.insert(
                0,
                crate::web::sheet::Rule {
                    outcome: class,
                    word: say::word(ctx, "outcome", class),
                    label: word,
                    detail,
                    clause: say::half(ctx, &learned.cap_basis).to_owned(),
                },
            );
            Part::Live(rules, Some(fits))
        }
        Err(faults) => {
            let mut lines = vec![ctx.t("wizard.not_yet").to_owned()];
            lines.extend(say::missing(ctx, &faults));
            Part::Text(lines)
        }
    };
    crate::web::sheet::Section {
        key: "live",
        heading: ctx.t("wizard.live").to_owned(),
        half: true,
        part,
    }
}

fn learned(
    desk: &Desk,
    ctx: &Ctx,
    seen: &Seen,
    draft: &Draft,
) -> Result<(precheck::Learned, Fits), Faults> {
    let told = told(desk, seen, draft)?;
    let learned = precheck::check(desk, &told)?;
    Ok((learned, fits(desk, ctx, &seen.case, &told)?))
}

/// What the pre-check is told of a case: the facts that its firm declared last.
pub fn told(desk: &Desk, seen: &Seen, draft: &Draft) -> Result<Told, Faults> {
    let firm = profile::show(desk, &seen.case.firm)?;
    let facts = firm
        .profile
        .as_ref()
        .map_or_else(|| FirmFacts::of(&firm.firm), |p| p.facts.clone());
    let held = seen
        .case
        .evidence
        .iter()
        .chain(firm.profile.iter().flat_map(|p| &p.evidence));
    Ok(Told {
        round: Some(seen.case.round.clone()),
        facts,
        district: firm.firm.district.clone(),
        want: draft.clone(),
        held: held.map(|f| f.kind.clone()).collect(),
    })
}
