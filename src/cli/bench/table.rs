//! The table of the solver's benchmark: rows and their profile over time, as text, markdown, CSV and
//! JSON.
//!
//! Not here: what stands in a row (`row`), layout (`grid`).

use std::fmt;

use serde::Serialize;

use super::grid;
use super::row::{HEAD, MOMENTS, Row, gap};

/// All rows.
#[derive(Debug, Serialize)]
pub struct Table {
    /// Threads of each run.
    pub threads: u32,
    /// The rows, in the order of the runs.
    pub rows: Vec<Row>,
    #[serde(skip)]
    markdown: bool,
}

impl Table {
    /// No rows yet.
    pub fn new(threads: u32, markdown: bool) -> Table {
        Table {
            threads,
            rows: Vec::new(),
            markdown,
        }
    }

    fn profiles(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut head = vec!["name".to_owned()];
        let many = self.rows.iter().map(|r| r.profile.len()).max();
        for at in MOMENTS.iter().take(many.unwrap_or(0)) {
            head.extend([
                format!("value {at} s"),
                format!("bound {at} s"),
                format!("gap % {at} s"),
            ]);
        }
        let whole = |x: Option<f64>| grid::or_dash(x.map(|x| format!("{x:.0}")));
        let row = |row: &Row| {
            let mut cells = vec![row.name.clone()];
            for m in &row.profile {
                let gap = gap(m.value, m.bound).map(|g| format!("{g:.3}"));
                cells.extend([whole(m.value), whole(m.bound), grid::or_dash(gap)]);
            }
            cells
        };
        (head, self.rows.iter().map(row).collect())
    }

    /// The rows as CSV, profile included.
    pub fn csv(&self) -> String {
        let (profile, cells) = self.profiles();
        let head = HEAD.iter().map(|h| (*h).to_owned());
        let head = head.chain(profile.into_iter().skip(1)).collect();
        let rows = self.rows.iter().zip(cells);
        let rows = rows.map(|(row, cells)| [row.cells(), cells[1..].to_vec()].concat());
        grid::csv(&head, &rows.collect::<Vec<_>>())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head: Vec<String> = HEAD.iter().map(|h| (*h).to_owned()).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(Row::cells).collect();
        let (over_time, profiles) = self.profiles();
        writeln!(f, "{} threads\n", self.threads)?;
        writeln!(f, "{}", grid::text(&head, &rows, self.markdown))?;
        write!(f, "{}", grid::text(&over_time, &profiles, self.markdown))
    }
}
