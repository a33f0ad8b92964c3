//! What a scenario with a parent plan costs, once its run is over: points lost, who moves, or the conflict.
//!
//! Not here: running it (`scenarios`).

use crate::acts::Desk;
use crate::acts::scenarios::price::{self, Price};
use crate::domain::scenario::Scenario;
use crate::web::context::Ctx;
use crate::web::sheet::{Part, Sheet};

/// The same sheet with the price; unchanged for a scenario without a parent or whose run is not over.
pub fn priced(desk: &Desk, ctx: &Ctx, sheet: Sheet, scenario: &Scenario) -> Sheet {
    if scenario.parent.is_none() || scenario.task.is_none() {
        return sheet;
    }
    match price::price(desk, &scenario.id) {
        Ok(price) => told(ctx, sheet, &price),
        Err(_) => sheet,
    }
}

fn told(ctx: &Ctx, sheet: Sheet, price: &Price) -> Sheet {
    if let Some(conflict) = &price.conflict {
        let text = format!("{} {} {}", conflict.code, conflict.cause, conflict.action);
        return sheet.with("price", ctx.t("price.title"), Part::Note("warn", text));
    }
    let points = |p: Option<crate::domain::points::Points>| {
        p.map_or_else(|| "—".to_owned(), |p| ctx.points(&p))
    };
    let figure = |words: &str, value: String, foot: &str| {
        [
            ctx.t(words).to_owned(),
            value,
            String::new(),
            foot.to_owned(),
        ]
    };
    let sure = match price.exact {
        true => ctx.t("price.exact"),
        false => ctx.t("price.found"),
    };
    let figures = vec![
        figure("price.old", ctx.points(&price.old_value), ""),
        figure("price.new", points(price.new_value), ""),
        figure("price.lost", points(price.lost), sure),
    ];
    let moves = match price.moves.is_empty() {
        true => vec![ctx.t("tried.nobody").to_owned()],
        false => price.moves.clone(),
    };
    sheet
        .with("price", ctx.t("price.title"), Part::Figures(figures))
        .with("who", ctx.t("tried.moves"), Part::Text(moves))
}
