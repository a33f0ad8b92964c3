//! The notice of a round as it is printed: document number, text, results with their digests, space for date and
//! seal; as a page, as a file of a word processor, and before it is published.
//!
//! Not here: the page of the round (`notices`).

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{of, page};
use crate::acts::Desk;
use crate::acts::papers::{self, Notice, docx};
use crate::acts::powers::rounds::PUBLICISE_PLAN;
use crate::acts::rounds::view::{self, Seen};
use crate::acts::view::board::{Board, Placement, Row};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::Step;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::list;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/notices/{id}/print",
        Who::Public,
        "the notice of a round, to be printed",
        |r| r.to(show),
    ),
    page(
        "/notices/{id}/docx",
        Who::Public,
        "the notice of a round as a file of a word processor",
        |r| r.to(file),
    ),
    page(
        "/rounds/{id}/preview",
        of(&PUBLICISE_PLAN),
        "the notice of a result before it is published",
        |r| r.to(before),
    ),
];

#[derive(Template)]
#[template(path = "notice.html")]
struct Paper<'a> {
    c: &'a Ctx,
    here: &'static str,
    n: Notice,
    back: String,
    file: String,
    draft: bool,
}

impl Paper<'_> {
    fn drawn(&self) -> Result<String, Faults> {
        self.render().map_err(|_| stopped().into())
    }
}

async fn show(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    caller
        .html(ctx, move |desk, ctx| {
            let paper = Paper {
                c: ctx,
                here: "notices",
                n: published(desk, ctx, &id)?,
                back: ctx.plain(&path_to("/notices/{}", &[&id])),
                file: ctx.plain(&path_to("/notices/{}/docx", &[&id])),
                draft: false,
            };
            paper.drawn()
        })
        .await
}

async fn before(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    caller
        .html(ctx, move |desk, ctx| {
            let board = papers::preview(desk, &id)?;
            let seen = view::show(desk, &id)?;
            let mut n = head(ctx, &seen, "notice.of_result");
            ctx.t("notice.draft.number").clone_into(&mut n.number);
            n.text = vec![ctx.t("notice.draft.text").to_owned()];
            ctx.t("notice.draft.day").clone_into(&mut n.day);
            let paper = Paper {
                c: ctx,
                here: "rounds",
                n: with(ctx, n, &board),
                back: ctx.plain(&path_to("/rounds/{}", &[&id])),
                file: String::new(),
                draft: true,
            };
            paper.drawn()
        })
        .await
}

async fn file(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let name = crate::web::format::encoded(id.as_str());
    let made = web::block(move || Ok(docx::written(&published(&desk, &his, &id)?)?)).await;
    match made.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(bytes) => HttpResponse::Ok()
            .content_type(docx::DOCX)
            .insert_header(("cache-control", "no-cache"))
            .insert_header((
                "content-disposition",
                format!("attachment; filename*=UTF-8''notice-{name}.docx"),
            ))
            .body(bytes),
        Err(faults) => refused(&ctx, &faults),
    }
}

/// The notice that is published last: the guide, or the result.
fn published(desk: &Desk, ctx: &Ctx, id: &RoundId) -> Result<Notice, Faults> {
    let seen = view::show(desk, id)?;
    let now = &seen.procedure;
    if let Some(p) = &now.publicity {
        let mut n = head(ctx, &seen, "notice.of_result");
        n.number.clone_from(&p.number);
        n.day = p.from.to_string();
        let period = format!("{} – {}", p.from, p.until);
        n.text = vec![format!(
            "{} {period}{}",
            ctx.t("notice.result.text"),
            ctx.t("notice.result.end")
        )];
        let shown = matches!(now.step, Step::Publicised | Step::Confirmed | Step::Closed);
        let board = match shown {
            true => ctx.source().latest(Some(id))?,
            false => None,
        };
        return Ok(match board {
            Some(board) => with(ctx, n, &board),
            None => n,
        });
    }
    let mut n = head(ctx, &seen, "notice.of_guide");
    if let Some(guide) = &now.guide {
        n.number.clone_from(&guide.number);
        n.day = ctx.clock(&guide.published.at);
        n.text = guide.text.lines().map(str::to_owned).collect();
    }
    Ok(n)
}

fn head(ctx: &Ctx, seen: &Seen, about: &str) -> Notice {
    Notice {
        title: format!("{}{}", super::notices::name(ctx, seen), ctx.t(about)),
        office: ctx.t("notice.office").to_owned(),
        seal: ctx.t("notice.seal").to_owned(),
        ..Notice::default()
    }
}

/// The notice with the awards of a board and how they are checked.
fn with(ctx: &Ctx, mut n: Notice, board: &Board) -> Notice {
    let heads = [
        "notice.n",
        "firm",
        "site",
        "vac.area",
        "apartments",
        "notice.subsidy",
    ];
    n.heads = heads.map(|key| ctx.t(key).to_owned());
    let placed = board
        .rows
        .iter()
        .filter_map(|r| Some((r, list::placement(r)?)));
    n.rows = (1..)
        .zip(placed)
        .map(|(at, (row, p))| award(ctx, at, row, p))
        .collect();
    n.checks = vec![
        format!("{} {}", ctx.t("digest.plan"), board.proof.plan),
        format!("{} {}", ctx.t("digest.snapshot"), board.proof.snapshot),
        format!(
            "{} zhuchao check plan.json snapshot.json.gz",
            ctx.t("notice.check")
        ),
    ];
    n
}

fn award(ctx: &Ctx, at: usize, row: &Row, p: &Placement) -> [String; 6] {
    let homes = p
        .apartments
        .iter()
        .fold(0_u32, |n, a| n.saturating_add(a.count));
    [
        at.to_string(),
        ctx.say(&row.firm.name).to_owned(),
        ctx.say(&p.site.name).to_owned(),
        ctx.area(&p.area),
        homes.to_string(),
        p.subsidy
            .as_ref()
            .map_or_else(|| "—".to_owned(), |s| ctx.yuan(&s.awarded)),
    ]
}
