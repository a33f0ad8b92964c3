//! Finding words and paths in stripped code.

/// A path such as `crate::domain::fault`, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Line, counting from 1.
    pub line: usize,
    /// The names; for a group each member gives one path.
    pub names: Vec<String>,
}

/// Every path in the code, groups in braces unfolded: `a::{b, c::d}` gives `a::b` and `a::c::d`.
pub fn paths(code: &str) -> Vec<Path> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let continues = at > 0 && matches!(tokens[at - 1].1.as_str(), "::" | ".");
        if is_name(&tokens[at].1) && !continues {
            at = follow(&tokens, at, &[], &mut found).max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}

/// Lines on which `word` stands as a whole: no name character on either side of it.
pub fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let in_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let whole = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let starts = word.starts_with(|c: char| c.is_alphanumeric());
            let ends = word.ends_with(|c: char| c.is_alphanumeric());
            let joined_before = starts && in_name(line[..at].chars().next_back());
            let joined_after = ends && in_name(line[at + word.len()..].chars().next());
            !joined_before && !joined_after
        })
    };
    (1..)
        .zip(code.lines())
        .filter(|(_, l)| whole(l))
        .map(|(n, _)| n)
        .collect()
}

type Token = (usize, String);

fn tokens(code: &str) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    for (line, text) in (1..).zip(code.lines()) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let in_name = |c: char| c.is_alphanumeric() || c == '_';
            let size = if in_name(first) {
                rest.find(|c: char| !in_name(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                all.push((line, rest[..size].to_owned()));
            }
            rest = &rest[size..];
        }
    }
    all
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Follows one path from `at`, below `before`; returns where it ends.
fn follow(tokens: &[Token], at: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.1.as_str());
    let mut names = before.to_vec();
    let mut i = at;
    while is_name(text(i)) {
        names.push(text(i).to_owned());
        if text(i + 1) != "::" {
            i += 1;
            break;
        }
        i += 2;
    }
    if text(i) == "{" && i > 0 && text(i - 1) == "::" {
        return group(tokens, i + 1, &names, found);
    }
    let line = tokens.get(at).map_or(0, |t| t.0);
    found.push(Path { line, names });
    i
}

/// Follows the members of a group up to its closing brace.
fn group(tokens: &[Token], from: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    let mut i = from;
    while let Some((line, text)) = tokens.get(i) {
        match text.as_str() {
            "}" => return i + 1,
            t if is_name(t) => i = follow(tokens, i, before, found).max(i + 1),
            "*" => {
                let names = before.to_vec();
                found.push(Path { line: *line, names });
                i += 1;
            }
            _ => i += 1,
        }
    }
    i
}

#[test]
fn groups_unfold_and_methods_are_not_paths() {
    let code = "use crate::{a::{B, c::*}, d};\nlet x = y.crate_::z; e::f(g)";
    let all: Vec<String> = paths(code).iter().map(|p| p.names.join("::")).collect();
    for expected in ["crate::a::B", "crate::a::c", "crate::d", "e::f"] {
        assert!(
            all.iter().any(|p| p == expected),
            "{expected} not in {all:?}"
        );
    }
    assert!(
        !all.iter()
            .any(|p| p.starts_with("z") || p.starts_with("crate_"))
    );
}

#[test]
fn words_are_whole() {
    assert_eq!(lines_with("a.unwrap()\nb.unwrap_or()\n", ".unwrap()"), [1]);
    assert_eq!(lines_with("todo!()\nmytodo!()\n", "todo!("), [1]);
}
