//! What would become of a plan: possible or not, the change of points with its proof, who moves, the quotas.
//!
//! Not here: how it is found (`acts::allocation`).

use crate::acts::allocation::Tried;
use crate::acts::lookup::Named;
use crate::acts::words::Text;
use crate::domain::points::Points;
use crate::web::context::Ctx;
use crate::web::portal::say;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Points with their sign.
pub fn signed(ctx: &Ctx, points: Points) -> String {
    match points.0 {
        n if n > 0 => format!("+{}", ctx.points(&points)),
        n if n < 0 => format!("−{}", ctx.points(&Points(n.saturating_abs()))),
        _ => "0".to_owned(),
    }
}

/// The change of points in words: exact, a range, or one end of it.
pub fn change(ctx: &Ctx, tried: &Tried) -> String {
    match tried.change {
        (Some(low), Some(high)) if low == high => {
            format!("{} {}", ctx.t("tried.exact"), signed(ctx, low))
        }
        (Some(low), Some(high)) => format!(
            "{} {} … {}",
            ctx.t("tried.range"),
            signed(ctx, low),
            signed(ctx, high)
        ),
        (Some(low), None) => format!("{} {}", ctx.t("tried.reached"), signed(ctx, low)),
        (None, Some(high)) => format!("{} {}", ctx.t("tried.at_most"), signed(ctx, high)),
        (None, None) => String::new(),
    }
}

/// The same sheet with the answer.
pub fn told(sheet: Sheet, ctx: &Ctx, tried: &Tried, districts: &[Named]) -> Sheet {
    let kind = match tried.possible.as_str() {
        "yes" => "good",
        "no" => "warn",
        _ => "info",
    };
    let word = match tried.hopeless {
        true => ctx.t("tried.hopeless").to_owned(),
        false => say::word(ctx, "tried", &tried.possible),
    };
    let text = format!("{word} {}", change(ctx, tried));
    let sheet = sheet.with("answer", "", Part::Note(kind, text.trim_end().to_owned()));
    if tried.possible != "yes" {
        return sheet;
    }
    sheet
        .with(
            "moves",
            ctx.t("tried.moves"),
            Part::Table(moves(ctx, tried)),
        )
        .half(
            "quotas",
            ctx.t("tried.quotas"),
            Part::Table(quotas(ctx, tried, districts)),
        )
}

fn moves(ctx: &Ctx, tried: &Tried) -> Table {
    let space = |text: &Text| match ctx.say(text) {
        "" => Cell::none(),
        words => Cell::long(words),
    };
    let lines = tried.moves.iter().map(|m| Line {
        key: m.application.to_string(),
        cells: vec![
            Cell::text(ctx.name(&m.firm)).under(m.application.to_string()),
            say::state(ctx, "move", &m.kind),
            space(&m.named.0),
            space(&m.named.1),
            Cell::figure(signed(ctx, m.points), m.points.0),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("kind", ctx.t("tried.change")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
        ("points", ctx.t("points")),
    ];
    Table::plain(ctx, ctx.t("tried.moves"), &heads, lines.collect()).empty(ctx.t("tried.nobody"))
}

fn quotas(ctx: &Ctx, tried: &Tried, districts: &[Named]) -> Table {
    let lines = tried.quotas.iter().map(|q| Line {
        key: q.district.clone(),
        cells: vec![
            Cell::text(say::named(ctx, districts, &q.district)),
            Cell::money(q.before),
            Cell::money(q.after),
        ],
    });
    let heads = [
        ("district", ctx.t("district")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
    ];
    Table::plain(ctx, ctx.t("tried.quotas"), &heads, lines.collect()).empty(ctx.t("tried.no_quota"))
}
