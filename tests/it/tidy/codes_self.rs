//! The checks of fault codes, on bad examples.

use super::codes::{constants, declared, misdeclared, uncatalogued, untested};
use super::source::Source;

fn src(path: &str, text: &str) -> Vec<Source> {
    vec![Source::new(path, text)]
}

fn one() -> Vec<Source> {
    src(
        "src/policy/x.rs",
        "pub const A: Code =\n    Code(\"PO901\");\n// Code(\"PO902\")\n",
    )
}

#[test]
fn a_code_is_found_where_it_is_declared() {
    let all = declared(&one());
    let place = ("src/policy/x.rs".to_owned(), 2);
    assert_eq!(
        all.into_iter().collect::<Vec<_>>(),
        [("PO901".to_owned(), vec![place])]
    );
}

#[test]
fn a_wrong_declaration_is_found() {
    let wrong = |text: &str| misdeclared(&declared(&src("src/policy/x.rs", text))).len();
    assert_eq!(wrong("Code(\"PO901\")"), 0);
    assert_eq!(wrong("Code(\"PO901\")\nCode(\"PO901\")"), 1);
    assert_eq!(wrong("Code(\"DM901\")"), 1);
    assert_eq!(wrong("Code(\"PO9\")"), 1);
    assert_eq!(wrong("Code(\"PO9A1\")"), 1);
}

#[test]
fn a_catalogue_that_does_not_agree_is_found() {
    let all = declared(&one());
    let header = "code,meaning_en,meaning_zh,action_en,action_zh\n";
    let wrong = |rows: &str| {
        let file = src("data/faults/x.csv", &format!("{header}{rows}"));
        uncatalogued(&all, &file).len()
    };
    assert_eq!(wrong("PO901,a,b,c,d\n"), 0);
    assert_eq!(wrong(""), 1);
    assert_eq!(wrong("PO901,a,b,c,d\nPO901,a,b,c,d\n"), 1);
    assert_eq!(wrong("PO901,a,b,c,d\nPO903,a,b,c,d\n"), 1);
    assert_eq!(wrong("PO901,a,,c,d\n"), 2);
    let bare = src("data/faults/x.csv", "code,meaning\nPO901,a\n");
    assert!(!uncatalogued(&all, &bare).is_empty());
}

#[test]
fn a_code_without_a_test_is_found() {
    let missing = |sources: Vec<Source>, test: &str| {
        let tests = src("tests/it/x.rs", test);
        untested(&declared(&sources), &constants(&sources), &tests).len()
    };
    assert_eq!(missing(one(), "\"PO900\""), 1);
    assert_eq!(missing(one(), "\"PO901\""), 0);
    assert_eq!(missing(one(), "use A; // not B"), 0);
    assert_eq!(missing(one(), "// A\nAB"), 1);
    let two = "const A: Code = Code(\"PO901\");\nconst A: Code = Code(\"PO903\");";
    assert_eq!(missing(src("src/policy/x.rs", two), "use A;"), 2);
}
