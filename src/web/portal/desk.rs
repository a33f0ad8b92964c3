//! The desk: what waits for whoever is signed in, by role.
//!
//! Not here: doing it.

use actix_web::HttpResponse;

use super::{of, page, say};
use crate::acts::cases::view::{self, Wanted};
use crate::acts::powers::cases::SEE_CASE;
use crate::acts::powers::offers::SEE_OFFER;
use crate::acts::powers::people::SEE_SESSIONS;
use crate::acts::powers::tasks::{SEE_SCENARIO, SEE_TASK};
use crate::acts::rounds::offers;
use crate::acts::{Desk, lookup, tasks};
use crate::domain::case::CaseStage;
use crate::domain::fault::Faults;
use crate::domain::offer::OfferStage;
use crate::domain::task::TaskState;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::{Card, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page("/desk", of(&SEE_SESSIONS), "what waits", |r| {
    r.to(show)
})];

/// Most rows that are counted.
const MOST: u32 = 5000;

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut sheet =
        Sheet::new("desk", ctx.role_word()).lead(say::word(ctx, "does", desk.person().role.name()));
    if ctx.can(&SEE_CASE) {
        sheet = sheet.with(
            "cases",
            ctx.t("nav.cases"),
            Part::Figures(cases(desk, ctx)?),
        );
    }
    let mut cards = rounds(desk, ctx)?;
    if ctx.can(&SEE_OFFER) {
        cards.extend(open_offers(desk, ctx)?);
    }
    if ctx.can(&SEE_TASK) {
        cards.extend(running(desk, ctx)?);
    }
    let waits = super::waits::cards(desk, ctx)?;
    if !waits.is_empty() {
        sheet = sheet.with("waits", ctx.t("desk.waits"), Part::Cards(waits));
    }
    Ok(sheet.with("now", ctx.t("desk.now"), Part::Cards(cards)))
}

/// How many cases stand where.
fn cases(desk: &Desk, ctx: &Ctx) -> Result<Vec<[String; 4]>, Faults> {
    let all = view::list(
        desk,
        &Wanted {
            limit: MOST,
            ..Wanted::default()
        },
    )?;
    let shown = match desk.person().role.is_firm() {
        true => [
            CaseStage::Draft,
            CaseStage::Prepared,
            CaseStage::Submitted,
            CaseStage::Returned,
            CaseStage::Verified,
        ],
        false => [
            CaseStage::Submitted,
            CaseStage::Accepted,
            CaseStage::Returned,
            CaseStage::Verified,
            CaseStage::Rejected,
        ],
    };
    let figure = |stage: CaseStage| {
        let count = all.iter().filter(|c| c.stage == stage).count();
        [
            say::word(ctx, "case", stage.name()),
            count.to_string(),
            String::new(),
            String::new(),
        ]
    };
    Ok(shown.map(figure).to_vec())
}

fn rounds(desk: &Desk, ctx: &Ctx) -> Result<Vec<Card>, Faults> {
    let mut cards = Vec::new();
    for round in lookup::rounds(desk)?.into_iter().take(4) {
        let seen = crate::acts::rounds::view::show(desk, &round.id)?;
        let next: Vec<&str> = seen.next.iter().map(|n| n.verb).collect();
        let mut text = say::word(ctx, "step", seen.procedure.step.name());
        let words = next
            .iter()
            .map(|verb| ctx.t(&format!("round.{verb}")).to_owned());
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            text = format!(
                "{text} · {}{}{}",
                ctx.t("desk.may"),
                ctx.t("colon"),
                words.join(ctx.t("comma"))
            );
        }
        let inside = ctx.can(&SEE_SCENARIO);
        let path = if inside {
            path_to("/rounds/{}", &[&round.id])
        } else {
            path_to("/notices/{}", &[&round.id])
        };
        cards.push(Card {
            title: super::notices::name(ctx, &seen),
            text,
            href: ctx.plain(&path),
            label: ctx.t("start.open").to_owned(),
            post: String::new(),
        });
    }
    Ok(cards)
}

fn card(ctx: &Ctx, title: String, text: String, path: &str) -> Card {
    Card {
        title,
        text,
        href: ctx.plain(path),
        label: ctx.t("start.open").to_owned(),
        post: String::new(),
    }
}

fn open_offers(desk: &Desk, ctx: &Ctx) -> Result<Vec<Card>, Faults> {
    let open = offers::list(desk, None, Some(OfferStage::Open), (None, MOST))?;
    let last = open.iter().map(|o| o.expires_on).min();
    Ok(last
        .into_iter()
        .map(|day| {
            let text = format!(
                "{} {} · {} {day}",
                open.len(),
                ctx.t("offer.wait"),
                ctx.t("offer.until")
            );
            card(ctx, ctx.t("nav.offers").to_owned(), text, "/offers")
        })
        .collect())
}

fn running(desk: &Desk, ctx: &Ctx) -> Result<Vec<Card>, Faults> {
    let mut cards = Vec::new();
    for state in [TaskState::Running, TaskState::Queued] {
        let wanted = tasks::Filters {
            state: Some(state),
            limit: 20,
            ..tasks::Filters::default()
        };
        cards.extend(tasks::list(desk, &wanted)?.iter().map(|t| {
            let text = format!("{} · {}", t.work.round(), ctx.clock(&t.asked.at));
            card(
                ctx,
                format!(
                    "{} · {}",
                    ctx.t("nav.tasks"),
                    say::word(ctx, "task", state.name())
                ),
                text,
                &path_to("/tasks/{}", &[&t.id]),
            )
        }));
    }
    Ok(cards)
}
