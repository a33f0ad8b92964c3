//! The templates and words as files: nothing inline, every word there in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zhuchao::web::words::Words;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/web")
        .join(name)
}

fn texts(name: &str, ending: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let entries = fs::read_dir(folder(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == ending) {
            let text = fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{fault}"));
            out.push((path.display().to_string(), text));
        }
    }
    assert!(!out.is_empty(), "{name} holds .{ending} files");
    out
}

/// What an inline script, style or handler looks like; every hit with its line.
fn inline(text: &str) -> Vec<String> {
    let mut hits = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let low = line.to_lowercase();
        let script = low.match_indices("<script").any(|(at, _)| {
            let tag: String = low[at..].chars().take_while(|c| *c != '>').collect();
            !tag.contains("src=")
        });
        let handler = low.split([' ', '\n']).any(|word| {
            word.starts_with("on")
                && word
                    .split_once('=')
                    .is_some_and(|(name, _)| name.chars().all(char::is_alphabetic))
        });
        let style = low.contains("<style") || low.contains(" style=");
        let code = low.contains("javascript:") || low.contains("hx-on") || low.contains("|safe");
        if script || handler || style || code {
            hits.push(format!("{}: {line}", n + 1));
        }
    }
    hits
}

#[test]
fn the_scan_finds_what_it_looks_for() {
    for bad in [
        "<script>x</script>",
        "<a onclick=\"x\">",
        "<p style=\"x\">",
        "<style>",
        "{{ x|safe }}",
        "href=\"javascript:x\"",
    ] {
        assert_eq!(inline(bad).len(), 1, "{bad}");
    }
    let fine = inline("<script defer src=\"/a.js\"></script>");
    assert_eq!(fine, Vec::<String>::new());
}

#[test]
fn templates_hold_nothing_inline() {
    for (path, text) in texts("templates", "html") {
        assert_eq!(inline(&text), Vec::<String>::new(), "{path}");
    }
    for (path, text) in texts("assets", "js") {
        for bad in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "new Function",
            "document.write",
        ] {
            assert!(!text.contains(bad), "{path}: {bad}");
        }
    }
}

fn keys_used() -> BTreeSet<String> {
    let sources = [
        texts("templates", "html"),
        texts("", "rs"),
        texts("pages", "rs"),
    ]
    .concat();
    let mut used = BTreeSet::new();
    for (_, text) in sources {
        for (at, _) in text.match_indices(".t(\"") {
            let key: String = text[at + 4..].chars().take_while(|c| *c != '"').collect();
            used.insert(key);
        }
    }
    used
}

#[test]
fn every_key_used_is_in_the_table_and_every_line_is_whole() {
    let words = Words::new();
    let known: BTreeSet<String> = words.all().map(|(key, _, _)| key.to_owned()).collect();
    let used = keys_used();
    assert!(used.len() > 100, "the scan sees the templates");
    let missing: Vec<&String> = used.difference(&known).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(Words::bad_lines(), Vec::<&str>::new());
}

#[test]
fn every_key_of_the_table_is_used() {
    let all: String = [
        texts("templates", "html"),
        texts("", "rs"),
        texts("pages", "rs"),
    ]
    .concat()
    .into_iter()
    .map(|(_, text)| text)
    .collect();
    for (key, _, _) in Words::new().all() {
        let made = ["state.", "term.", "means."]
            .iter()
            .any(|p| key.starts_with(p));
        assert!(
            made || all.contains(&format!("\"{key}\"")),
            "{key} is never used"
        );
    }
}

#[test]
fn both_languages_have_every_word() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (key, zh, en) in Words::new().all() {
        assert!(!zh.is_empty() && !en.is_empty(), "{key}");
        assert!(!chinese(en), "{key}: Chinese in the English text");
        let plain = ["colon", "comma"].contains(&key);
        assert!(
            plain || chinese(zh),
            "{key}: no Chinese in the Chinese text"
        );
    }
}
