//! Which demands cannot all hold: demands are gathered, and the answer is the smallest set that conflicts, with the
//! least that would have to give.
//!
//! Not here: how it is found (`acts::reasons`), how demands are gathered (`asked`).

use actix_web::{HttpResponse, web};

use super::asked::{self, Gather};
use super::{begun, seconds};
use crate::acts::Desk;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::reasons::told::{self, Clash};
use crate::acts::reasons::{Conflict, Found, questions};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/{digest}/conflict",
    of(&QUESTION_PLAN),
    "which demands on a plan cannot all hold",
    |r| r.to(show),
)];

const KINDS: [&str; 4] = ["place", "give", "district", "keep"];

async fn show(ctx: Ctx, caller: Caller, digest: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &digest))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, digest: &str) -> Result<Sheet, Faults> {
    let subjects = told::subjects(desk, digest)?;
    let codes = asked::codes(ctx, asked::added(ctx));
    let sheet = begun(ctx, (digest, &subjects.round), "conflict");
    let gather = Gather {
        path: path_to("/plans/{}/conflict", &[&digest]),
        subjects: &subjects,
        kinds: &KINDS,
        fields: vec![
            asked::applicants(ctx, &subjects),
            asked::rooms(ctx, &subjects),
            asked::districts(ctx, &subjects),
        ],
        go: "clash.go",
    };
    let sheet = gather.shown(ctx, sheet, &codes);
    if codes.is_empty() || !asked::goes(ctx) {
        return Ok(sheet);
    }
    let demands: Result<Vec<_>, Faults> = codes.iter().map(|c| asked::demand(c)).collect();
    let found =
        demands.and_then(|demands| questions::conflict(desk, digest, &demands, seconds(ctx)));
    match found.map(|said| said.answer) {
        Ok(Found::None) => Ok(answer(ctx, sheet, "good", "clash.none")),
        Ok(Found::Open) => Ok(answer(ctx, sheet, "info", "clash.open")),
        Ok(Found::Conflict(found)) => {
            let words = told::clash(desk, digest, &found)?;
            Ok(conflict(ctx, sheet, &found, &words))
        }
        Err(faults) => {
            let text = say::missing(ctx, &faults).join(" ");
            Ok(sheet.with("answer", "", Part::Note("warn", text)))
        }
    }
}

fn answer(ctx: &Ctx, sheet: Sheet, kind: &'static str, words: &str) -> Sheet {
    sheet.with("answer", "", Part::Note(kind, ctx.t(words).to_owned()))
}

fn conflict(ctx: &Ctx, sheet: Sheet, found: &Conflict, words: &Clash) -> Sheet {
    let alone = found.pieces.len() == 1;
    let sure = match (alone, found.smallest, found.irreducible) {
        (true, _, _) => "clash.alone",
        (_, true, _) => "clash.smallest",
        (_, _, true) => "clash.irreducible",
        _ => "clash.some",
    };
    let sheet = answer(ctx, sheet, "warn", sure);
    let pieces = (1..).zip(&words.pieces).map(|(n, (whose, text))| Line {
        key: n.to_string(),
        cells: vec![
            Cell::count(n),
            Cell::long(ctx.say(text)),
            whose
                .as_ref()
                .map_or_else(Cell::none, |w| Cell::text(ctx.name(w))),
        ],
    });
    let heads = [
        ("n", ctx.t("clash.n")),
        ("what", ctx.t("clash.what")),
        ("firm", ctx.t("firm")),
    ];
    let set = Table::plain(ctx, ctx.t("clash.set"), &heads, pieces.collect());
    let ways = words.ways.iter().map(|(gives, enough)| Line {
        key: String::new(),
        cells: vec![
            Cell::long(ctx.say(gives)),
            match enough {
                true => Cell::state("met", ctx.t("clash.enough")),
                false => Cell::state("pending", ctx.t("clash.not_enough")),
            },
        ],
    });
    let heads = [
        ("gives", ctx.t("clash.gives")),
        ("enough", ctx.t("clash.then")),
    ];
    let ways =
        Table::plain(ctx, ctx.t("clash.ways"), &heads, ways.collect()).empty(ctx.t("clash.no_way"));
    sheet
        .half("set", ctx.t("clash.set"), Part::Table(set))
        .half("ways", ctx.t("clash.ways"), Part::Table(ways))
}
