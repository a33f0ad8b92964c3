//! What faults mean, in the language of the page: the catalogue of `data/faults`, one row a code. The cause
//! that a fault itself tells is English; it stands beside the catalogue's words on English pages.
//!
//! Not here: status codes (`reply`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::context::Ctx;
use crate::domain::fault::{Fault, Faults};

const TABLES: [&str; 13] = [
    include_str!("../../data/faults/acts.csv"),
    include_str!("../../data/faults/atlas.csv"),
    include_str!("../../data/faults/check.csv"),
    include_str!("../../data/faults/cli.csv"),
    include_str!("../../data/faults/config.csv"),
    include_str!("../../data/faults/domain.csv"),
    include_str!("../../data/faults/generate.csv"),
    include_str!("../../data/faults/intake.csv"),
    include_str!("../../data/faults/planning.csv"),
    include_str!("../../data/faults/policy.csv"),
    include_str!("../../data/faults/solve.csv"),
    include_str!("../../data/faults/store.csv"),
    include_str!("../../data/faults/web.csv"),
];

/// A row: meaning in English and Chinese, action in English and Chinese.
type Row = [String; 4];

static CATALOGUE: LazyLock<BTreeMap<String, Row>> = LazyLock::new(|| {
    let lines = TABLES.iter().flat_map(|t| t.lines().skip(1));
    lines.filter_map(row).collect()
});

/// One line of the catalogue; it has no line breaks within cells.
fn row(line: &str) -> Option<(String, Row)> {
    let mut cells = Vec::new();
    let (mut cell, mut quoted) = (String::new(), false);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    let [code, rest @ ..]: [String; 5] = cells.try_into().ok()?;
    Some((code, rest))
}

/// A fault in words.
#[derive(Debug, Clone)]
pub struct Said {
    /// Code.
    pub code: &'static str,
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub action: String,
    /// What the fault itself says; empty on Chinese pages.
    pub cause: String,
    /// Name of the field; may be empty.
    pub field: String,
}

impl Said {
    /// All of it in one line.
    pub fn line(&self) -> String {
        let end = |text: &str| match text.ends_with(['.', '。', '!', '?']) {
            true => String::new(),
            false if text.is_ascii() => ".".to_owned(),
            false => "。".to_owned(),
        };
        let gap = if self.meaning.is_ascii() { " " } else { "" };
        let (meaning, action) = (&self.meaning, &self.action);
        format!("{meaning}{}{gap}{action}{}", end(meaning), end(action))
    }
}

/// A fault in the language of the page.
pub fn one(ctx: &Ctx, fault: &Fault) -> Said {
    let known = CATALOGUE.get(fault.code.0);
    let (meaning, action) = match (known, ctx.zh()) {
        (Some([_, meaning, _, action]), true) => (meaning.clone(), action.clone()),
        (Some([meaning, _, action, _]), false) => (meaning.clone(), action.clone()),
        (None, _) => (fault.cause.clone(), fault.action.clone()),
    };
    Said {
        code: fault.code.0,
        meaning,
        action,
        cause: if ctx.zh() {
            String::new()
        } else {
            fault.cause.clone()
        },
        field: fault.place.column.clone().unwrap_or_default(),
    }
}

/// Faults in the language of the page.
pub fn said(ctx: &Ctx, faults: &Faults) -> Vec<Said> {
    faults.0.iter().take(50).map(|f| one(ctx, f)).collect()
}
