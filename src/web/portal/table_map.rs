//! A file that was tried, on the map: the picture with its legend, the table beside it, and the features of the map that
//! can be moved.
//!
//! Not here: where the differences lie (`acts::books::spots`), the pages (`tables`).

use serde_json::{Value, json};

use super::vacancy_map::{collection, layers};
use crate::acts::books::spots::{self, Fate, Spot};
use crate::acts::books::take::Taken;
use crate::acts::{Desk, places};
use crate::domain::fault::Faults;
use crate::domain::place::Position;
use crate::web::api::map::{feature, point};
use crate::web::context::Ctx;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::spots::{Mark, Spots};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Fates that a legend names, those that matter most first.
const FATES: [Fate; 4] = [Fate::New, Fate::Changed, Fate::Gone, Fate::Kept];

/// The same sheet with the map of a file; a kind without places, or a file without differences, has none.
pub fn shown(
    desk: &Desk,
    ctx: &Ctx,
    sheet: Sheet,
    (taken, src): (&Taken, String),
) -> Result<Sheet, Faults> {
    let Some(all) = spots::spots(desk, taken)? else {
        return Ok(sheet);
    };
    if taken.changes.is_empty() {
        return Ok(sheet);
    }
    if all.iter().all(|s| s.fate == Fate::Kept) {
        let text = ctx.t("spot.nothing").to_owned();
        return Ok(sheet.with("map", "", Part::Note("info", text)));
    }
    let ground = places::ground(desk)?;
    let outlines = ground.outlines.iter().flat_map(|o| &o.polygons);
    let rings = outlines
        .filter_map(|rings| rings.first().cloned())
        .collect();
    let marks = all.iter().map(|s| mark(ctx, s)).collect();
    let title = ctx.t("spot.title");
    let picture = Spots::new((src, title), rings, marks, legend(ctx, &all));
    let more = match taken.more_changes {
        0 => ctx.t("spot.no_removal").to_owned(),
        _ => format!("{} {}", ctx.t("spot.no_removal"), ctx.t("spot.more")),
    };
    Ok(sheet
        .half("map", title, Part::Spots(picture))
        .half("places", ctx.t("spot.table"), Part::Table(table(ctx, &all)))
        .with("removal", "", Part::Note("info", more)))
}

fn legend(ctx: &Ctx, all: &[Spot]) -> Vec<(&'static str, String)> {
    let there = FATES
        .into_iter()
        .filter(|f| all.iter().any(|s| s.fate == *f));
    there.map(|f| (f.name(), word(ctx, f))).collect()
}

fn word(ctx: &Ctx, fate: Fate) -> String {
    ctx.t(match fate {
        Fate::New => "spot.new",
        Fate::Changed => "spot.changed",
        Fate::Gone => "spot.gone",
        Fate::Kept => "spot.kept",
    })
    .to_owned()
}

/// What becomes of a place, in words.
fn said(ctx: &Ctx, spot: &Spot) -> String {
    let word = word(ctx, spot.fate);
    if spot.keys.is_empty() {
        return word;
    }
    let mut keys = spot.keys.join(ctx.t("comma"));
    if spot.rows > spot.keys.len() {
        keys.push('…');
    }
    format!("{word} {} {}: {keys}", spot.rows, ctx.t("spot.rows"))
}

fn degrees(at: &Position) -> (f64, f64) {
    (at.lon(), at.lat())
}

fn mark(ctx: &Ctx, spot: &Spot) -> Mark {
    Mark {
        kind: spot.fate.name(),
        label: ctx.say(&spot.name).to_owned(),
        text: said(ctx, spot),
        at: degrees(&spot.at),
        from: spot.from.as_ref().map(degrees),
    }
}

/// The places that differ, as a table.
fn table(ctx: &Ctx, all: &[Spot]) -> Table {
    let lines = all.iter().filter(|s| s.fate != Fate::Kept).map(|s| {
        let class = match s.fate {
            Fate::New => "met",
            Fate::Gone => "not_met",
            _ => "pending",
        };
        let at = format!("{:.5}, {:.5}", s.at.lon(), s.at.lat());
        Line {
            key: s.key.clone(),
            cells: vec![
                Cell::text(ctx.say(&s.name)).under(s.key.clone()),
                Cell::state(class, word(ctx, s.fate)),
                Cell::count(i64::try_from(s.rows).unwrap_or(i64::MAX)),
                Cell::text(at),
            ],
        }
    });
    let heads = [
        ("place", ctx.t("site")),
        ("what", ctx.t("state")),
        ("rows", ctx.t("spot.rows")),
        ("at", ctx.t("spot.at")),
    ];
    Table::plain(ctx, ctx.t("spot.table"), &heads, lines.collect())
}

/// The features of the map that can be moved.
pub fn features(desk: &Desk, ctx: &Ctx, taken: &Taken) -> Result<Value, Faults> {
    let all = spots::spots(desk, taken)?.unwrap_or_default();
    let mut features = layers(&places::ground(desk)?);
    let ways = all.iter().filter_map(|s| Some((s.from.as_ref()?, &s.at)));
    features.extend(ways.map(|(from, to)| {
        let line = json!([[from.lon(), from.lat()], [to.lon(), to.lat()]]);
        feature(
            json!({ "type": "LineString", "coordinates": line }),
            json!({ "layer": "way" }),
        )
    }));
    features.extend(all.iter().map(|s| {
        feature(
            point(&s.at),
            json!({
                "layer": "site", "id": s.key, "name": s.name, "mark": s.fate.name(), "said": said(ctx, s),
            }),
        )
    }));
    Ok(collection(features))
}
