//! The notice of a round as it is printed: document number, text, results with their digests, space for date and
//! seal; as a page, as a file of a word processor, and before it is published.
//!
//! Not here: the page of the round (`notices`).

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{of, page};
use crate::acts::Desk;
use crate::acts::papers::press::PDF;
use crate::acts::papers::{self, Notice, docx, templates};
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
use crate::web::refusal::{missing, refused, stopped};
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
        "/notices/{id}/pdf",
        Who::Public,
        "the notice of a round as PDF, where the program has a press",
        |r| r.to(pdf),
    ),
    page(
        "/rounds/{id}/preview",
        of(&PUBLICISE_PLAN),
        "the notice of a result before it is published",
        |r| r.to(before),
    ),
    page(
        "/rounds/{id}/preview/docx",
        of(&PUBLICISE_PLAN),
        "the same as a file of a word processor",
        |r| r.to(draft),
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
    pdf: String,
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
                pdf: match ctx.press() {
                    Some(_) => ctx.plain(&path_to("/notices/{}/pdf", &[&id])),
                    None => String::new(),
                },
                draft: false,
            };
            paper.drawn()
        })
        .await
}

async fn before(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    caller
        .html(ctx, move |desk, ctx| {
            let paper = Paper {
                c: ctx,
                here: "rounds",
                n: drafted(desk, ctx, &id)?,
                back: ctx.plain(&path_to("/rounds/{}", &[&id])),
                file: ctx.plain(&path_to("/rounds/{}/preview/docx", &[&id])),
                pdf: String::new(),
                draft: true,
            };
            paper.drawn()
        })
        .await
}

/// The notice as it would be published.
fn drafted(desk: &Desk, ctx: &Ctx, id: &RoundId) -> Result<Notice, Faults> {
    let board = papers::preview(desk, id)?;
    let seen = view::show(desk, id)?;
    let mut n = head(ctx, &seen, "notice.of_result");
    ctx.t("notice.draft.number").clone_into(&mut n.number);
    n.text = vec![ctx.t("notice.draft.text").to_owned()];
    ctx.t("notice.draft.day").clone_into(&mut n.day);
    Ok(with(ctx, n, &board))
}

async fn draft(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let name = format!("draft-{}.docx", crate::web::format::encoded(id.as_str()));
    let made = web::block(move || templates::written(&desk, &drafted(&desk, &his, &id)?)).await;
    sent(
        &ctx,
        (docx::DOCX, &name),
        made.unwrap_or_else(|_| Err(stopped().into())),
    )
}

async fn file(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let name = format!("{}.docx", crate::web::format::encoded(id.as_str()));
    let made = web::block(move || templates::written(&desk, &published(&desk, &his, &id)?)).await;
    sent(
        &ctx,
        (docx::DOCX, &name),
        made.unwrap_or_else(|_| Err(stopped().into())),
    )
}

async fn pdf(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let name = format!("{}.pdf", crate::web::format::encoded(id.as_str()));
    let made = web::block(move || {
        let press = his.press().ok_or_else(|| missing("such file"))?;
        Ok(press.printed(&published(&desk, &his, &id)?)?)
    })
    .await;
    sent(
        &ctx,
        (PDF, &name),
        made.unwrap_or_else(|_| Err(stopped().into())),
    )
}

/// A file to be kept.
fn sent(
    ctx: &Ctx,
    (media, name): (&'static str, &str),
    made: Result<Vec<u8>, Faults>,
) -> HttpResponse {
    match made {
        Ok(bytes) => HttpResponse::Ok()
            .content_type(media)
            .insert_header(("cache-control", "no-cache"))
            .insert_header((
                "content-disposition",
                format!("attachment; filename*=UTF-8''notice-{name}"),
            ))
            .body(bytes),
        Err(faults) => refused(ctx, &faults),
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

/// A notice of nothing, by which a template is looked at.
pub fn sample(ctx: &Ctx) -> Notice {
    let row = |n: usize| {
        let of = |key: &str| format!("{} {n}", ctx.t(key));
        [
            n.to_string(),
            of("template.sample.firm"),
            of("template.sample.site"),
            "120.00".to_owned(),
            "2".to_owned(),
            "36,000.00".to_owned(),
        ]
    };
    Notice {
        number: ctx.t("notice.draft.number").to_owned(),
        title: ctx.t("template.sample.title").to_owned(),
        text: vec![ctx.t("notice.draft.text").to_owned()],
        heads: heads(ctx),
        rows: (1..=3).map(row).collect(),
        checks: vec![format!("{} ……", ctx.t("digest.plan"))],
        office: ctx.t("notice.office").to_owned(),
        seal: ctx.t("notice.seal").to_owned(),
        day: ctx.t("notice.draft.day").to_owned(),
    }
}

fn heads(ctx: &Ctx) -> [String; 6] {
    let heads = [
        "notice.n",
        "firm",
        "site",
        "vac.area",
        "apartments",
        "notice.subsidy",
    ];
    heads.map(|key| ctx.t(key).to_owned())
}

/// The notice with the awards of a board and how they are checked.
fn with(ctx: &Ctx, mut n: Notice, board: &Board) -> Notice {
    n.heads = heads(ctx);
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
