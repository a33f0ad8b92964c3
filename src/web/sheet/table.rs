//! Tables: filtered by the caller, put in order, cut into pages, with the columns that are wanted. All
//! of it is in the address, so that a view can be kept and sent.
//!
//! Not here: cells (`cell`), which rows there are.

use std::collections::BTreeSet;

use super::cell::{Cell, Order};
use super::form::Hidden;
use super::narrow::{Narrow, narrowed};
use crate::web::context::Ctx;

/// Rows of a page.
pub const PAGE: usize = 25;

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Key, in addresses.
    pub key: &'static str,
    /// Heading.
    pub label: String,
    /// True for numbers.
    pub number: bool,
    /// Shown.
    pub shown: bool,
    /// Value of `aria-sort`.
    pub sorted: &'static str,
    /// Address of the other order; empty where there is none.
    pub sort: String,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Line {
    /// Key of the thing.
    pub key: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// More rows than are worth being put into words before it is known which of them are shown.
pub struct Many<'a> {
    /// How many.
    pub count: usize,
    /// By what a row is put in order in a column.
    pub order: &'a dyn Fn(usize, &str) -> Order,
    /// A row.
    pub line: &'a dyn Fn(usize) -> Option<Line>,
}

/// An act on many rows at once.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// Where each goes, and its words.
    pub acts: Vec<[String; 2]>,
    /// Keys of the rows that can be ticked.
    pub keys: BTreeSet<String>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it lists, for those who cannot see it.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of this page.
    pub lines: Vec<Line>,
    /// How many rows there are.
    pub found: usize,
    /// This page, from 1.
    pub page: usize,
    /// Number of pages.
    pub pages: usize,
    /// Address of the page before; empty when there is none.
    pub previous: String,
    /// Address of the next page.
    pub next: String,
    /// What stands in an empty table.
    pub empty: String,
    /// Acts on many rows.
    pub bulk: Option<Bulk>,
    /// True when its rows can be put in order and its columns chosen.
    pub whole: bool,
    /// To what its rows may be narrowed.
    pub narrow: Option<Narrow>,
    /// What the form of columns keeps of the address.
    pub keep: Vec<Hidden>,
}

impl Table {
    /// A table as the address wants it.
    pub fn of(
        ctx: &Ctx,
        caption: &str,
        heads: &[(&'static str, &str)],
        mut lines: Vec<Line>,
    ) -> Table {
        let narrow = narrowed(ctx, &mut lines);
        let mut table = Table::plain(ctx, caption, heads, lines);
        (table.whole, table.narrow) = (true, narrow);
        table.keep = kept(ctx, &["col", "page"]);
        table.sort(ctx);
        table.choose(ctx);
        table.cut(ctx);
        table
    }

    /// A table as the address wants it, of which only the rows of its page are put into words.
    pub fn many(
        ctx: &Ctx,
        caption: &str,
        heads: &[(&'static str, &str)],
        many: &Many<'_>,
    ) -> Table {
        let (down, by) = asked(ctx);
        let mut rows: Vec<usize> = (0..many.count).collect();
        if heads.iter().any(|(key, _)| *key == by) {
            let orders: Vec<Order> = rows.iter().map(|n| (many.order)(*n, by)).collect();
            rows.sort_by(|a, b| orders[*a].compare(&orders[*b], down));
        }
        let pages = many.count.div_ceil(PAGE).max(1);
        let page = page_of(ctx, pages);
        let shown = rows.into_iter().skip((page - 1) * PAGE).take(PAGE);
        let lines = shown.filter_map(many.line).collect();
        let mut table = Table::plain(ctx, caption, heads, lines);
        table.whole = true;
        table.found = many.count;
        table.keep = kept(ctx, &["col", "page"]);
        table.mark(ctx);
        table.choose(ctx);
        table.turn(ctx, page, pages);
        table
    }

    /// A short table, whole, in the order given.
    pub fn plain(
        ctx: &Ctx,
        caption: &str,
        heads: &[(&'static str, &str)],
        lines: Vec<Line>,
    ) -> Table {
        let columns = heads.iter().enumerate().map(|(n, (key, label))| Column {
            key,
            label: (*label).to_owned(),
            number: lines
                .iter()
                .any(|l| l.cells.get(n).is_some_and(|c| c.number)),
            shown: true,
            sorted: "none",
            sort: String::new(),
        });
        Table {
            caption: caption.to_owned(),
            columns: columns.collect(),
            found: lines.len(),
            lines,
            page: 1,
            pages: 1,
            previous: String::new(),
            next: String::new(),
            empty: ctx.t("table.empty").to_owned(),
            bulk: None,
            whole: false,
            narrow: None,
            keep: Vec::new(),
        }
    }

    /// The same, saying something else when it is empty.
    #[must_use]
    pub fn empty(mut self, words: &str) -> Table {
        words.clone_into(&mut self.empty);
        self
    }

    /// True when a row can be ticked.
    pub fn ticks(&self, line: &Line) -> bool {
        self.bulk
            .as_ref()
            .is_some_and(|b| b.keys.contains(&line.key))
    }

    fn sort(&mut self, ctx: &Ctx) {
        let (down, by) = asked(ctx);
        if let Some(n) = self.columns.iter().position(|c| c.key == by) {
            let none = Cell::none();
            let cell = |l: &Line| l.cells.get(n).unwrap_or(&none).order.clone();
            self.lines.sort_by(|a, b| cell(a).compare(&cell(b), down));
        }
        self.mark(ctx);
    }

    /// Marks the column that the rows are in the order of, and gives each its other order.
    fn mark(&mut self, ctx: &Ctx) {
        let (down, by) = asked(ctx);
        for column in &mut self.columns {
            let mine = column.key == by;
            column.sorted = match (mine, down) {
                (false, _) => "none",
                (true, false) => "ascending",
                (true, true) => "descending",
            };
            let other = match (mine && !down) || (!mine && column.number) {
                true => format!("-{}", column.key),
                false => column.key.to_owned(),
            };
            column.sort = ctx.with("sort", &other);
        }
    }

    fn choose(&mut self, ctx: &Ctx) {
        let wanted = ctx.values("col");
        if wanted
            .iter()
            .any(|w| self.columns.iter().any(|c| c.key == *w))
        {
            for (n, column) in self.columns.iter_mut().enumerate() {
                // The first names the row.
                column.shown = n == 0 || wanted.contains(&column.key);
            }
        }
    }

    fn cut(&mut self, ctx: &Ctx) {
        let pages = self.lines.len().div_ceil(PAGE).max(1);
        self.turn(ctx, page_of(ctx, pages), pages);
        let lines = std::mem::take(&mut self.lines);
        self.lines = lines
            .into_iter()
            .skip((self.page - 1) * PAGE)
            .take(PAGE)
            .collect();
    }

    /// Names the pages before and after.
    fn turn(&mut self, ctx: &Ctx, at: usize, pages: usize) {
        (self.page, self.pages) = (at, pages);
        let page = |n: usize| ctx.with("page", &n.to_string());
        if at > 1 {
            self.previous = page(at - 1);
        }
        if at < pages {
            self.next = page(at + 1);
        }
    }

    /// Cells of a row that are shown, with their columns.
    pub fn cells<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        let pairs = self.columns.iter().zip(&line.cells);
        pairs.filter(|(column, _)| column.shown)
    }

    /// Columns that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| c.shown)
    }

    /// How many cells a row spans.
    pub fn width(&self) -> usize {
        self.shown().count() + usize::from(self.bulk.is_some())
    }
}

/// The order that the address asks for: down, by which column.
fn asked(ctx: &Ctx) -> (bool, &str) {
    let asked = ctx.value("sort");
    asked
        .strip_prefix('-')
        .map_or((false, asked), |by| (true, by))
}

fn page_of(ctx: &Ctx, pages: usize) -> usize {
    ctx.value("page").parse().unwrap_or(1).clamp(1, pages)
}

/// What a form that is sent by GET must keep of the address, but for these keys.
pub fn kept(ctx: &Ctx, but: &[&str]) -> Vec<Hidden> {
    let pairs = ctx
        .pairs()
        .filter(|(k, v)| !but.contains(k) && !v.is_empty());
    pairs.map(|(k, v)| Hidden::new(k, v)).collect()
}
