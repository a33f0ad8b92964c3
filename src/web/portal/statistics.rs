//! Statistics for everybody: what was asked for and given, by district, with pictures.
//!
//! Not here: how the figures come about (`acts::view`).

use actix_web::HttpResponse;

use super::{page, pictures};
use crate::acts::view::board::Board;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::{Ctx, board as fetch};
use crate::web::refusal::refuse;
use crate::web::routes::{Route, Who};
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/statistics",
    Who::Public,
    "figures of the allocation",
    |r| r.to(show),
)];

async fn show(ctx: Ctx, caller: Option<Caller>) -> HttpResponse {
    let board = match fetch(&ctx).await {
        Ok(Some(board)) => board,
        Ok(None) => return crate::web::pages::empty(&ctx, "statistics"),
        Err(fault) => return refuse(&ctx, &fault),
    };
    let Some(caller) = caller else {
        return crate::web::pages::bare(&ctx);
    };
    caller
        .see(ctx, move |_, ctx| Ok::<_, Faults>(sheet(ctx, &board)))
        .await
}

fn sheet(ctx: &Ctx, board: &Board) -> Sheet {
    let f = &board.figures;
    let figures = vec![
        [
            ctx.t("fig.placed").to_owned(),
            f.placed.to_string(),
            format!("/ {}", f.applications),
            format!("{} {}", ctx.t("fig.waiting"), board.waiting()),
        ],
        [
            ctx.t("fig.area").to_owned(),
            ctx.area(&f.area_let),
            "m²".to_owned(),
            ctx.share(&f.area_let.0, &f.area_offered.0),
        ],
        [
            ctx.t("fig.rent").to_owned(),
            ctx.yuan(&f.monthly_rent),
            ctx.t("yuan.month").to_owned(),
            ctx.t("fig.rent.foot").to_owned(),
        ],
        [
            ctx.t("fig.subsidy").to_owned(),
            ctx.yuan(&f.subsidy),
            ctx.t("yuan").to_owned(),
            ctx.share(&f.subsidy.0, &f.quota.0),
        ],
        [
            ctx.t("fig.apartments").to_owned(),
            f.apartments_let.to_string(),
            format!("/ {}", f.apartments_offered),
            String::new(),
        ],
    ];
    Sheet::new("statistics", ctx.t("nav.statistics"))
        .lead(ctx.say(&board.round.name))
        .with("figures", "", Part::Figures(figures))
        .half(
            "subsidy",
            ctx.t("stat.subsidy"),
            Part::Chart(subsidy(ctx, board)),
        )
        .half("area", ctx.t("stat.area"), Part::Chart(area(ctx, board)))
        .half(
            "minutes",
            ctx.t("stat.minutes"),
            Part::Chart(minutes(ctx, board)),
        )
        .half("sizes", ctx.t("stat.sizes"), Part::Chart(sizes(ctx, board)))
        .half(
            "demand",
            ctx.t("pic.districts"),
            Part::Chart(pictures::districts(ctx, board)),
        )
        .half(
            "sizes-demand",
            ctx.t("pic.areas"),
            Part::Chart(pictures::areas(ctx, board)),
        )
        .half(
            "spread",
            ctx.t("pic.spread"),
            Part::Chart(pictures::spread(ctx, board)),
        )
        .half(
            "rents",
            ctx.t("pic.rents"),
            Part::Chart(pictures::rents(ctx, board)),
        )
}

fn subsidy(ctx: &Ctx, board: &Board) -> Chart {
    let bars = board.districts.iter().filter_map(|d| {
        let quota = d.quota?;
        Some(Bar {
            label: ctx.say(&d.name).to_owned(),
            value: d.awarded.0,
            limit: quota.0,
            text: format!(
                "{} / {} · {}",
                ctx.yuan(&d.awarded),
                ctx.yuan(&quota),
                ctx.share(&d.awarded.0, &quota.0)
            ),
        })
    });
    Chart::bars(
        ctx.t("stat.subsidy"),
        ctx.t("stat.subsidy.text"),
        [ctx.t("district"), ctx.t("district.used"), ""],
        bars.collect(),
    )
}

fn area(ctx: &Ctx, board: &Board) -> Chart {
    let bars = board
        .districts
        .iter()
        .filter(|d| d.area_offered.0 > 0)
        .map(|d| Bar {
            label: ctx.say(&d.name).to_owned(),
            value: d.area_let.0,
            limit: d.area_offered.0,
            text: format!("{} / {}", ctx.area(&d.area_let), ctx.area(&d.area_offered)),
        });
    Chart::bars(
        ctx.t("stat.area"),
        ctx.t("stat.area.text"),
        [ctx.t("district"), ctx.t("district.let"), ""],
        bars.collect(),
    )
}

fn counted(
    ctx: &Ctx,
    title: &str,
    text: &str,
    head: &str,
    classes: &[(i64, i64, String)],
    values: &[i64],
) -> Chart {
    let bars = classes.iter().map(|(from, until, label)| {
        let count = values
            .iter()
            .filter(|v| **v >= *from && **v < *until)
            .count();
        let count = i64::try_from(count).unwrap_or(0);
        Bar {
            label: label.clone(),
            value: count,
            limit: 0,
            text: count.to_string(),
        }
    });
    Chart::bars(title, text, [head, ctx.t("stat.firms"), ""], bars.collect())
}

fn minutes(ctx: &Ctx, board: &Board) -> Chart {
    let placed = board.rows.iter().filter_map(crate::web::list::placement);
    let values: Vec<i64> = placed.filter_map(|p| p.minutes).map(i64::from).collect();
    let classes: Vec<(i64, i64, String)> = [
        (0, 15),
        (15, 30),
        (30, 45),
        (45, 60),
        (60, 90),
        (90, 10_000),
    ]
    .into_iter()
    .map(|(a, b)| {
        (
            a,
            b,
            if b > 1000 {
                format!("≥ {a}")
            } else {
                format!("{a} – {b}")
            },
        )
    })
    .collect();
    counted(
        ctx,
        ctx.t("stat.minutes"),
        ctx.t("stat.minutes.text"),
        ctx.t("minutes"),
        &classes,
        &values,
    )
}

fn sizes(ctx: &Ctx, board: &Board) -> Chart {
    let placed = board.rows.iter().filter_map(crate::web::list::placement);
    let values: Vec<i64> = placed.map(|p| p.area.0 / 100).collect();
    let classes: Vec<(i64, i64, String)> = [
        (0, 200),
        (200, 500),
        (500, 1000),
        (1000, 2000),
        (2000, 5000),
        (5000, 10_000_000),
    ]
    .into_iter()
    .map(|(a, b)| {
        (
            a,
            b,
            if b > 5000 {
                format!("≥ {a} m²")
            } else {
                format!("{a} – {b} m²")
            },
        )
    })
    .collect();
    counted(
        ctx,
        ctx.t("stat.sizes"),
        ctx.t("stat.sizes.text"),
        ctx.t("area"),
        &classes,
        &values,
    )
}
