//! Words that may not stand in the code: placeholders, debugging, panics on the way, sleeping tests.

use super::finding::{Finding, assert_none};
use super::scan::lines_with;
use super::source::{Source, rust, rust_under};

/// Forbidden everywhere, with what to do.
const NOWHERE: [(&str, &str); 5] = [
    ("todo!(", "do it, or leave it out and say so in the issue"),
    (
        "unimplemented!(",
        "do it, or leave it out and say so in the issue",
    ),
    ("dbg!(", "remove it"),
    ("#[ignore", "make the test run or remove it"),
    ("#[allow(", "use #[expect(.., reason = \"..\")]"),
];

/// Forbidden in `src`.
const NOT_IN_SRC: [(&str, &str); 3] = [
    (
        ".unwrap()",
        "return a fault, or .expect(\"reason that is true\")",
    ),
    (
        "println!(",
        "return the value to the door; only cli and main print",
    ),
    ("eprintln!(", "use tracing; only cli and main print"),
];

/// Rooms that talk to a terminal.
const PRINTERS: [&str; 2] = ["cli", "main"];

fn breaches(source: &Source) -> Vec<Finding> {
    let mut words = NOWHERE.to_vec();
    if let Some(room) = source.room() {
        words.extend(NOT_IN_SRC);
        words.retain(|(word, _)| !(word.ends_with("println!(") && PRINTERS.contains(&room)));
    }
    let mut found = Vec::new();
    for (word, advice) in words {
        for line in lines_with(&source.code, word) {
            let say = format!("`{word}` may not stand here: {advice}");
            found.push(Finding::new(&source.path, line, say));
        }
    }
    found
}

#[test]
fn no_placeholder_and_no_unwrap() {
    let mut all = rust();
    all.extend(rust_under("tests"));
    let found: Vec<Finding> = all.iter().flat_map(breaches).collect();
    assert_none(&found);
}

#[test]
fn a_forbidden_word_is_found_with_its_line() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text));
    assert_eq!(found("src/web/x.rs", "\nlet x = y.unwrap();")[0].line, 2);
    assert_eq!(
        found("src/web/x.rs", "todo!() dbg!(1) unimplemented!()").len(),
        3
    );
    assert_eq!(found("tests/it/x.rs", "#[ignore]\n#[test]").len(), 1);
    assert_eq!(found("src/store/x.rs", "println!()").len(), 1);
    assert_eq!(found("src/cli/x.rs", "println!()").len(), 0);
    assert_eq!(
        found("src/web/x.rs", "// todo!()\nlet x = \"dbg!(\";").len(),
        0
    );
}
