//! Rust text without comments and without the contents of literals, every line in its place, so
//! that a word in a comment or in a message is not taken for code.

/// Blanks comments, strings and characters; line ends stay.
pub fn strip(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < all.len() {
        let end = literal_end(&all, at);
        if end > at {
            out.extend(
                all[at..end]
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            at = end;
        } else {
            out.push(all[at]);
            at += 1;
        }
    }
    out
}

/// Where a comment or literal that begins at `at` ends; `at` itself when none begins there.
fn literal_end(all: &[char], at: usize) -> usize {
    let next = |n: usize| all.get(at + n).copied().unwrap_or('\0');
    match (all[at], next(1)) {
        ('/', '/') => (at..all.len())
            .find(|i| all[*i] == '\n')
            .unwrap_or(all.len()),
        ('/', '*') => block_end(all, at),
        ('"', _) => quoted_end(all, at + 1, '"'),
        ('r', '"' | '#') if !joins(all, at) => raw_end(all, at),
        ('\'', '\\') => quoted_end(all, at + 1, '\''),
        // A character, not a lifetime: the quote closes after one.
        ('\'', _) if next(2) == '\'' => at + 3,
        _ => at,
    }
}

/// True when the character at `at` continues a name (other than the byte mark `b`).
fn joins(all: &[char], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).and_then(|i| all.get(i)).copied();
    let in_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let byte_mark = before(1) == Some('b') && !in_name(before(2));
    in_name(before(1)) && !byte_mark
}

fn block_end(all: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut i = at;
    while i + 1 < all.len() {
        match (all[i], all[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    all.len()
}

fn quoted_end(all: &[char], from: usize, quote: char) -> usize {
    let mut i = from;
    while i < all.len() {
        match all[i] {
            '\\' => i += 2,
            c if c == quote => return i + 1,
            _ => i += 1,
        }
    }
    all.len()
}

/// `r"..."` and `r#"..."#`; `at` itself for a raw name such as `r#type`.
fn raw_end(all: &[char], at: usize) -> usize {
    let hashes = all[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if all.get(open) != Some(&'"') {
        return at;
    }
    let closes = |i: &usize| {
        all[*i] == '"' && all[*i + 1..].iter().take_while(|c| **c == '#').count() >= hashes
    };
    (open + 1..all.len())
        .find(closes)
        .map_or(all.len(), |i| i + 1 + hashes)
}

#[test]
fn comments_and_literals_are_blanked_and_lines_stay() {
    let text = "a(\"x // y\"); // b\n/* c /* d */\n e */ f('\"', 'g', r#\"h\"i\"#, b\"j\\\"k\");\nfn l<'m>(n: &'m str)\n";
    let code = strip(text);
    assert_eq!(code.lines().count(), text.lines().count());
    let kept: String = code.chars().filter(|c| c.is_alphabetic()).collect();
    assert_eq!(kept, "afbfnlmnmstr");
}

#[test]
fn raw_names_and_names_that_end_in_r_are_kept() {
    assert_eq!(strip("r#type + var\"x\""), "r#type + var   ");
}
