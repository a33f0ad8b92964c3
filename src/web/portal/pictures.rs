//! Pictures of a published allocation: what is asked against what there is, rents on the ground, and how evenly space
//! and subsidy are spread. Figures of many; no firm is named.
//!
//! Not here: how pictures are drawn (`sheet::chart`), the page (`statistics`).

use std::collections::BTreeMap;

use crate::acts::view::board::{Board, Row};
use crate::domain::place::DistrictCode;
use crate::web::context::Ctx;
use crate::web::format::{grouped, per_mille};
use crate::web::list::placement;
use crate::web::sheet::chart::{Bar, Chart, Curve, Dot, Ground};

/// Classes of area in whole square metres: from, below.
const AREAS: [(i64, i64); 6] = [
    (0, 200),
    (200, 500),
    (500, 1000),
    (1000, 2000),
    (2000, 5000),
    (5000, i64::MAX),
];

/// Where an application would go: the district of its first wish, else the one of the firm.
fn home<'b>(board: &'b Board, row: &'b Row) -> Option<&'b DistrictCode> {
    let wish = row.ask.wishes.first();
    let site = wish.and_then(|w| board.sites.iter().find(|s| s.id == w.id));
    site.map(|s| &s.district).or(row.firm.district.as_ref())
}

fn pair(label: String, (asked, offered): (i64, i64)) -> Bar {
    let words = |n: i64| grouped(&n.to_string());
    Bar {
        label,
        value: asked,
        limit: offered,
        text: format!("{}|{}", words(asked), words(offered)),
    }
}

/// Least area asked for against all space, by district, in square metres.
pub fn districts(ctx: &Ctx, board: &Board) -> Chart {
    let mut asked: BTreeMap<&DistrictCode, i64> = BTreeMap::new();
    for row in &board.rows {
        if let Some(code) = home(board, row) {
            *asked.entry(code).or_default() += row.ask.area_min.0 / 100;
        }
    }
    let bars = board.districts.iter().filter_map(|d| {
        let both = (
            asked.get(&d.code).copied().unwrap_or(0),
            d.area_offered.0 / 100,
        );
        (both != (0, 0)).then(|| pair(ctx.say(&d.name).to_owned(), both))
    });
    Chart::pairs(
        ctx.t("pic.districts"),
        ctx.t("pic.districts.text"),
        [ctx.t("district"), ctx.t("pic.asked"), ctx.t("pic.offered")],
        bars.collect(),
    )
}

/// Applications by the least area they ask for against units by their area.
pub fn areas(ctx: &Ctx, board: &Board) -> Chart {
    let within = |(from, below): (i64, i64), area: i64| area >= from && area < below;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let bars = AREAS.into_iter().map(|class| {
        let asked = board
            .rows
            .iter()
            .filter(|r| within(class, r.ask.area_min.0 / 100));
        let units = board.sites.iter().flat_map(|s| &s.units);
        let offered = units.filter(|u| within(class, u.area.0 / 100));
        let label = match class {
            (from, i64::MAX) => format!("≥ {from} m²"),
            (from, below) => format!("{from} – {below} m²"),
        };
        pair(label, (count(asked.count()), count(offered.count())))
    });
    Chart::pairs(
        ctx.t("pic.areas"),
        ctx.t("pic.areas.text"),
        [ctx.t("area"), ctx.t("pic.asking"), ctx.t("units")],
        bars.collect(),
    )
}

/// Mean rents of the sites on the ground, in five classes with as many sites each.
pub fn rents(ctx: &Ctx, board: &Board) -> Chart {
    let mut known: Vec<(i64, Dot)> = board
        .sites
        .iter()
        .filter_map(|site| {
            let at = site.located.as_ref()?.position;
            let rents = || {
                site.units
                    .iter()
                    .filter_map(|u| u.rent.as_ref().map(|r| r.fen()))
            };
            let mean =
                rents().sum::<i64>() / i64::try_from(rents().count()).ok().filter(|n| *n > 0)?;
            let dot = Dot {
                label: ctx.say(&site.name).to_owned(),
                at: (at.lon(), at.lat()),
                class: 0,
                text: yuan(mean),
            };
            Some((mean, dot))
        })
        .collect();
    known.sort_by_key(|(rent, _)| *rent);
    let (count, rents) = (
        known.len(),
        known.iter().map(|(r, _)| *r).collect::<Vec<_>>(),
    );
    let class = |n: usize| n * 5 / count.max(1);
    let classes = (0..5).filter_map(|c| {
        let mine: Vec<i64> = (0..count)
            .filter(|n| class(*n) == c)
            .map(|n| rents[n])
            .collect();
        Some(format!(
            "{} – {}",
            yuan(*mine.first()?),
            yuan(*mine.last()?)
        ))
    });
    let classes = classes.collect();
    let dots = known.into_iter().enumerate().map(|(n, (_, dot))| Dot {
        class: class(n),
        ..dot
    });
    let outlines = board.ground.outlines.iter().flat_map(|o| &o.polygons);
    let rings = outlines.filter_map(|rings| rings.first().cloned());
    let ground = Ground::new(rings.collect(), dots.collect(), classes);
    Chart::ground(
        ctx.t("pic.rents"),
        ctx.t("pic.rents.text"),
        [ctx.t("site"), ctx.t("vac.rent"), ""],
        ground,
    )
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// How evenly area and subsidy are spread over the firms placed: the Lorenz curves, with the Gini coefficients.
pub fn spread(ctx: &Ctx, board: &Board) -> Chart {
    let placed = || board.rows.iter().filter_map(placement);
    let area: Vec<i64> = placed().map(|p| p.area.0).collect();
    let subsidy = placed().map(|p| p.subsidy.as_ref().map_or(0, |s| s.awarded.0));
    let subsidy: Vec<i64> = subsidy.collect();
    let curve = |word: &str, class, values: &[i64]| {
        let points = lorenz(values);
        Curve {
            label: format!("{} · {} {}", ctx.t(word), ctx.t("pic.gini"), gini(values)),
            class,
            said: said(&points),
            points,
        }
    };
    let curves = vec![
        Curve {
            label: ctx.t("pic.even").to_owned(),
            class: "even",
            said: said(&[(0, 0), (100, 100)]),
            points: vec![(0, 0), (100, 100)],
        },
        curve("area", "value", &area),
        curve("subsidy", "bound", &subsidy),
    ];
    Chart::curves(
        ctx.t("pic.spread"),
        ctx.t("pic.spread.text"),
        [ctx.t("pic.share_firms"), ctx.t("pic.share_held"), ""],
        curves,
    )
    .between(["0 %", "100 %", "", "100 %"].map(str::to_owned))
}

fn said(points: &[(i64, i64)]) -> Vec<(String, String)> {
    let words = |(across, up): &(i64, i64)| (format!("{across} %"), format!("{up} %"));
    points.iter().map(words).collect()
}

/// Points of a Lorenz curve at every tenth of those who hold something or nothing, in per cent of each.
fn lorenz(values: &[i64]) -> Vec<(i64, i64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let all: i64 = sorted.iter().sum();
    (0..=10_usize)
        .map(|tenth| {
            let some: i64 = sorted.iter().take(sorted.len() * tenth / 10).sum();
            let across = i64::try_from(tenth * 10).unwrap_or(100);
            (across, (per_mille(some, all.max(1)) + 5) / 10)
        })
        .collect()
}

/// The Gini coefficient with two decimals: 0 when all hold the same.
pub fn gini(values: &[i64]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let count = i128::try_from(sorted.len()).unwrap_or(0);
    let all: i128 = sorted.iter().map(|v| i128::from(*v)).sum();
    if count == 0 || all <= 0 {
        return "0.00".to_owned();
    }
    let ranked: i128 = (1..)
        .zip(&sorted)
        .map(|(n, v): (i128, &i64)| n * i128::from(*v))
        .sum();
    // 2 sum(i x) / (n sum x) - (n + 1) / n, in hundredths, rounded.
    let over = 2 * ranked - (count + 1) * all;
    let hundredths = (over * 200 / (count * all) + 1) / 2;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
