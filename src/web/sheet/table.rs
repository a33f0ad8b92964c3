//! Tables: filtered by the caller, put in order, cut into pages, with the columns that are wanted. All
//! of it is in the address, so that a view can be kept and sent.
//!
//! Not here: cells (`cell`), which rows there are.

use super::cell::Cell;
use super::form::Hidden;
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

/// An act on many rows at once.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// Where the form goes.
    pub action: String,
    /// Name, words of each button.
    pub acts: Vec<(&'static str, String)>,
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
    /// What the form of columns keeps of the address.
    pub keep: Vec<Hidden>,
}

impl Table {
    /// A table as the address wants it.
    pub fn of(ctx: &Ctx, caption: &str, heads: &[(&'static str, &str)], lines: Vec<Line>) -> Table {
        let mut table = Table::plain(ctx, caption, heads, lines);
        table.whole = true;
        table.keep = kept(ctx, &["col", "page"]);
        table.sort(ctx);
        table.choose(ctx);
        table.cut(ctx);
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
            keep: Vec::new(),
        }
    }

    /// The same, saying something else when it is empty.
    #[must_use]
    pub fn empty(mut self, words: &str) -> Table {
        words.clone_into(&mut self.empty);
        self
    }

    /// The same with acts on many rows.
    #[must_use]
    pub fn bulk(mut self, bulk: Bulk) -> Table {
        self.bulk = Some(bulk);
        self
    }

    fn sort(&mut self, ctx: &Ctx) {
        let asked = ctx.value("sort");
        let (down, by) = asked
            .strip_prefix('-')
            .map_or((false, asked), |by| (true, by));
        if let Some(n) = self.columns.iter().position(|c| c.key == by) {
            let none = Cell::none();
            let cell = |l: &Line| l.cells.get(n).unwrap_or(&none).order.clone();
            self.lines.sort_by(|a, b| cell(a).compare(&cell(b), down));
        }
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
        self.pages = self.lines.len().div_ceil(PAGE).max(1);
        self.page = ctx.value("page").parse().unwrap_or(1).clamp(1, self.pages);
        let page = |n: usize| ctx.with("page", &n.to_string());
        if self.page > 1 {
            self.previous = page(self.page - 1);
        }
        if self.page < self.pages {
            self.next = page(self.page + 1);
        }
        let lines = std::mem::take(&mut self.lines);
        self.lines = lines
            .into_iter()
            .skip((self.page - 1) * PAGE)
            .take(PAGE)
            .collect();
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

/// What a form that is sent by GET must keep of the address, but for these keys.
pub fn kept(ctx: &Ctx, but: &[&str]) -> Vec<Hidden> {
    let pairs = ctx
        .pairs()
        .filter(|(k, v)| !but.contains(k) && !v.is_empty());
    pairs.map(|(k, v)| Hidden::new(k, v)).collect()
}
