//! Cells that spreadsheets would run as formulas: refused at import, escaped at export, so that
//! import after export gives the same text.
//!
//! Rule: a cell is *live* when it begins with `= + - @` TAB or CR and is not a plain number.
//! Export puts one `'` before a live text and before a text of `'`s followed by such a character;
//! import takes one `'` away from the latter.

const LIVE: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether the text is `[-]digits[.digits]`.
pub fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part)
}

/// Whether a spreadsheet would take the cell for a formula.
pub fn is_live(text: &str) -> bool {
    text.starts_with(LIVE) && !is_plain_number(text)
}

fn is_quoted_live(text: &str) -> bool {
    text.starts_with('\'') && text.trim_start_matches('\'').starts_with(LIVE)
}

/// The text as written into a cell.
pub fn escape(text: &str) -> String {
    if is_live(text) || is_quoted_live(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text meant by a cell.
pub fn unescape(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_quoted_live(cell) => rest,
        _ => cell,
    }
}

/// At most 60 characters of a value, for messages.
pub fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
