//! The words of a condition with the column of each.
//!
//! Not here: what the words mean together (`parse`).

use super::{Op, bad};
use crate::domain::fault::Fault;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or keyword.
    Word(String),
    /// A whole number.
    Whole(i64),
    /// A text in double quotes.
    Quoted(String),
    /// A comparison.
    Sign(Op),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    ListOpen,
    /// `]`
    ListClose,
    /// `,`
    Comma,
}

/// All words with their columns, counted in characters from 1.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (token, length) = token(chars.get(at..).unwrap_or_default(), at + 1)?;
        all.push((at + 1, token));
        at += length;
    }
    Ok(all)
}

/// The first word of a rest that begins at `column`, and its length.
fn token(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let first = rest.first().copied().unwrap_or(' ');
    let second = rest.get(1).copied();
    let single = match first {
        '(' => Some(Token::Open),
        ')' => Some(Token::Close),
        '[' => Some(Token::ListOpen),
        ']' => Some(Token::ListClose),
        ',' => Some(Token::Comma),
        _ => None,
    };
    if let Some(token) = single {
        return Ok((token, 1));
    }
    let sign = match (first, second) {
        ('=', Some('=')) => Some((Op::Equal, 2)),
        ('!', Some('=')) => Some((Op::Unequal, 2)),
        ('<', Some('=')) => Some((Op::AtMost, 2)),
        ('>', Some('=')) => Some((Op::AtLeast, 2)),
        ('<', _) => Some((Op::Below, 1)),
        ('>', _) => Some((Op::Above, 1)),
        _ => None,
    };
    if let Some((op, length)) = sign {
        return Ok((Token::Sign(op), length));
    }
    match first {
        '"' => quoted(rest, column),
        c if c.is_ascii_digit() => whole(rest, column),
        c if c.is_ascii_lowercase() => Ok(word(rest)),
        c => Err(bad(column, &format!("{c:?} cannot stand here"))),
    }
}

fn word(rest: &[char]) -> (Token, usize) {
    let is_part = |c: &&char| c.is_ascii_lowercase() || c.is_ascii_digit() || **c == '_';
    let text: String = rest.iter().take_while(is_part).collect();
    let length = text.len();
    (Token::Word(text), length)
}

fn whole(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let text: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    let number = text.parse().ok().filter(|n| *n <= super::parse::NUMBER_MAX);
    let number = number.ok_or_else(|| bad(column, "the number is too large"))?;
    Ok((Token::Whole(number), text.len()))
}

/// A text: letters, digits, `-`, `_` and `.`; there are no escapes, so none is needed.
fn quoted(rest: &[char], column: usize) -> Result<(Token, usize), Fault> {
    let body = rest.get(1..).unwrap_or_default();
    let text: String = body.iter().take_while(|c| **c != '"').collect();
    let length = text.chars().count();
    if body.get(length).is_none() {
        return Err(bad(column, "the text has no closing quote"));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if text.is_empty() || !text.chars().all(is_plain) {
        let cause = "a text is one or more letters, digits, '-', '_' or '.'";
        return Err(bad(column, cause));
    }
    Ok((Token::Quoted(text), length + 2))
}
