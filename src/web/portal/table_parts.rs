//! Parts of the pages of tables: counts, differences cell by cell, faults with their cells.
//!
//! Not here: the pages (`tables`).

use crate::acts::books::changes::Change;
use crate::acts::books::take::{Look, Taken};
use crate::acts::imports::ToldImport;
use crate::domain::fault::Faults;
use crate::web::context::Ctx;
use crate::web::fault_words;
use crate::web::sheet::Part;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};

/// How many rows are new, changed, as they were.
pub fn counts(ctx: &Ctx, taken: &Taken) -> String {
    format!(
        "{} {} · {} {} · {} {}",
        taken.inserted,
        ctx.t("table.new"),
        taken.updated,
        ctx.t("table.changed"),
        taken.unchanged,
        ctx.t("table.same")
    )
}

/// An import that was made: when, by whom, how many rows, and whether it stands.
pub fn import(ctx: &Ctx, import: &ToldImport) -> Vec<(String, Cell)> {
    let count = |n: u64| Cell::count(i64::try_from(n).unwrap_or(i64::MAX));
    let mut pairs = vec![
        (ctx.t("table.at").to_owned(), Cell::moment(ctx, &import.at)),
        (ctx.t("table.by").to_owned(), Cell::key(import.by.clone())),
        (ctx.t("table.new").to_owned(), count(import.inserted)),
        (ctx.t("table.changed").to_owned(), count(import.updated)),
    ];
    if let Some(undone) = &import.undone {
        let when = Cell::moment(ctx, &undone.at).under(undone.reason.clone());
        pairs.push((ctx.t("table.undone").to_owned(), when));
    }
    pairs
}

/// The differences, row by row.
pub fn changes(ctx: &Ctx, taken: &Taken) -> Table {
    let line = |c: &Change| {
        let cells = c.cells.iter().map(|cell| match c.new {
            true => format!("{} {}", cell.column, cell.to),
            false => format!(
                "{}{}{} → {}",
                cell.column,
                ctx.t("colon"),
                blank(&cell.from),
                blank(&cell.to)
            ),
        });
        let (class, word) = match c.new {
            true => ("open", "table.new"),
            false => ("pending", "table.changed"),
        };
        Line {
            key: c.key.clone(),
            cells: vec![
                Cell::key(c.key.clone()),
                Cell::state(class, ctx.t(word)),
                Cell::text(cells.collect::<Vec<_>>().join("; ")),
            ],
        }
    };
    let heads = [
        ("key", ctx.t("table.key")),
        ("what", ctx.t("state")),
        ("cells", ctx.t("table.cells")),
    ];
    let lines = taken.changes.iter().map(line).collect();
    Table::of(ctx, ctx.t("table.differences"), &heads, lines).empty(ctx.t("table.no_change"))
}

fn blank(cell: &str) -> &str {
    if cell.is_empty() { "∅" } else { cell }
}

/// The faults, each with its row and column.
pub fn faults(ctx: &Ctx, faults: &Faults) -> Table {
    let said = fault_words::said(ctx, faults);
    let line = |(fault, said): (&crate::domain::fault::Fault, &fault_words::Said)| Line {
        key: String::new(),
        cells: vec![
            Cell::text(said.line()).under(said.cause.clone()),
            Cell::maybe(fault.place.row.and_then(|r| i64::try_from(r).ok())),
            Cell::text(fault.place.column.clone().unwrap_or_default()),
            Cell::key(fault.code.0),
        ],
    };
    let lines = faults.0.iter().zip(&said).map(line).collect();
    let heads = [
        ("what", ctx.t("table.wrong")),
        ("row", ctx.t("table.row")),
        ("column", ctx.t("table.column")),
        ("code", ctx.t("table.code")),
    ];
    Table::plain(ctx, ctx.t("table.faults"), &heads, lines)
}

/// Something that a person should look at.
pub fn look(ctx: &Ctx, look: &Look) -> Part {
    let row = look
        .row
        .map(|r| format!("{} {r}{}", ctx.t("table.row"), ctx.t("colon")));
    let text = format!("{}{} ({})", row.unwrap_or_default(), look.cause, look.code);
    Part::Note("info", text)
}
