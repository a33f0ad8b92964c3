//! Narrowing a table: to rows that hold some words, and to rows that stand somewhere. It is in the address, as order
//! and columns are. Pages whose lists have filters of their own do not show it.
//!
//! Not here: tables (`table`).

use super::form::Hidden;
use super::table::{Line, kept};
use crate::web::context::Ctx;

/// Fewer rows than this are seen at a glance.
const WORTH: usize = 6;

/// What the rows of a table may be narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// The words that are looked for.
    pub find: String,
    /// States: class, word, whether it is taken. None where rows have no states, or all the same.
    pub states: Vec<(String, String, bool)>,
    /// What is kept of the address.
    pub keep: Vec<Hidden>,
    /// Address of all rows; empty when all are shown.
    pub clear: String,
}

/// Leaves the rows that the address asks for; gives what they may be narrowed to, where that is worth it.
pub fn narrowed(ctx: &Ctx, lines: &mut Vec<Line>) -> Option<Narrow> {
    let (find, state) = (ctx.value("find").trim(), ctx.value("is"));
    let used = !find.is_empty() || !state.is_empty();
    if lines.len() < WORTH && !used {
        return None;
    }
    let states = states(lines, state);
    let wanted = find.to_lowercase();
    lines.retain(|line| {
        let stands = |line: &Line| line.cells.iter().any(|c| c.state.as_deref() == Some(state));
        (wanted.is_empty() || holds(line, &wanted)) && (state.is_empty() || stands(line))
    });
    Some(Narrow {
        find: find.to_owned(),
        states,
        keep: kept(ctx, &["find", "is", "page"]),
        clear: if used {
            ctx.without(&["find", "is"])
        } else {
            String::new()
        },
    })
}

/// The states of the first column that has any, in order of appearance.
fn states(lines: &[Line], taken: &str) -> Vec<(String, String, bool)> {
    let mut found: Vec<(String, String, bool)> = Vec::new();
    for line in lines {
        let Some(cell) = line.cells.iter().find(|c| c.state.is_some()) else {
            continue;
        };
        let class = cell.state.as_deref().unwrap_or_default();
        if !found.iter().any(|(known, _, _)| known == class) {
            found.push((class.to_owned(), cell.text.clone(), class == taken));
        }
    }
    if found.len() < 2 {
        found.clear();
    }
    found
}

fn holds(line: &Line, wanted: &str) -> bool {
    let texts = line.cells.iter().flat_map(|c| [&c.text, &c.under]);
    let mut texts = texts.chain([&line.key]);
    texts.any(|text| text.to_lowercase().contains(wanted))
}
