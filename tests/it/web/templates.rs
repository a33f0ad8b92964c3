//! The templates and words as files: nothing inline, every word there in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zhuchao::acts::rounds::moves::MOVES;
use zhuchao::acts::words::Lang;
use zhuchao::domain::case::CaseStage;
use zhuchao::domain::claim::ClaimStage;
use zhuchao::domain::people::Role;
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
        // What makes htmx build functions of texts: code in attributes, and filters of triggers.
        let words = ["js:", "hx-vals", "hx-vars", "hx-live"];
        for bad in words {
            assert!(!text.contains(bad), "{path}: {bad}");
        }
        let mut triggers = text.split("hx-trigger=").skip(1);
        let filtered = triggers.any(|t| t.split('"').nth(1).is_some_and(|v| v.contains('[')));
        assert!(!filtered, "{path}: a trigger has a filter");
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

/// The pages of the portals.
fn portal() -> Vec<(String, String)> {
    let rooms = [
        "portal",
        "portal/money",
        "portal/plans",
        "portal/supervision",
    ];
    rooms.map(|room| texts(room, "rs")).concat()
}

fn keys_used() -> BTreeSet<String> {
    let sources = [
        texts("templates", "html"),
        texts("", "rs"),
        texts("pages", "rs"),
        portal(),
        texts("sheet", "rs"),
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

/// Beginnings of keys that are put together from names of the trade.
const MADE: [&str; 76] = [
    "kind.",
    "manual.",
    "chapter.",
    "effect.",
    "doors.",
    "claim.",
    "phase.",
    "state.",
    "term.",
    "means.",
    "nav.",
    "role.",
    "does.",
    "step.",
    "policy_draft.",
    "effect.",
    "act.",
    "done.",
    "case.",
    "flag.",
    "field.",
    "wizard.",
    "verb.",
    "profile.",
    "offer.",
    "objection.",
    "contract.",
    "account.",
    "session.",
    "round.",
    "task.",
    "outcome.",
    "verdict.",
    "start.",
    "path.",
    "sign.",
    "error.",
    "review.",
    "scenario.",
    "compare.",
    "quota.",
    "plan.",
    "vac.",
    "notice.",
    "notices.",
    "stat.",
    "precheck.",
    "change.",
    "entry.",
    "money_account.",
    "settlement.",
    "batch.",
    "claw_back.",
    "statement.",
    "figure.",
    "term_outcome.",
    "draw.",
    "finding.",
    "finding_kind.",
    "measure.",
    "sanction.",
    "proposal.",
    "tried.",
    "move.",
    "demand.",
    "severity.",
    "rule_change.",
    "retention.",
    "group.",
    "ask.",
    "lead.",
    "fair.mode.",
    "template.field.",
    "founded.",
    "subject.",
    "place.",
];

#[test]
fn names_of_the_trade_have_words() {
    let words = Words::new();
    let known = |kind: &str, name: &str| {
        let key = format!("{kind}.{name}");
        assert!(words.find(&key, Lang::Zh).is_some(), "{key} has no words");
    };
    for role in Role::ALL {
        known("role", role.name());
        known("does", role.name());
    }
    for stage in CaseStage::ALL {
        known("case", stage.name());
    }
    let steps = [
        "preparing",
        "guided",
        "frozen",
        "chosen",
        "approved",
        "publicised",
        "confirmed",
        "closed",
    ];
    steps.into_iter().for_each(|s| known("step", s));
    for step in MOVES {
        known("round", step.verb);
    }
    for state in ["queued", "running", "done", "failed", "cancelled"] {
        known("task", state);
    }
    for state in [
        "open", "accepted", "declined", "expired", "revoked", "signed",
    ] {
        known("offer", state);
    }
    for stage in ClaimStage::ALL {
        known("claim", stage.name());
    }
    for said in told() {
        known("done", &said);
    }
}

/// Every key that a page says when something was done.
fn told() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, text) in portal() {
        for part in text.split("Went::to(").skip(1) {
            let call: String = part.chars().take_while(|c| *c != '\n').collect();
            let last = call.rsplit('"').nth(1).unwrap_or_default();
            let word = |c: char| c.is_ascii_lowercase() || c == '_';
            if !last.is_empty() && last.chars().all(word) {
                keys.insert(last.to_owned());
            }
        }
    }
    assert!(keys.len() > 10, "the scan sees the pages: {keys:?}");
    keys
}

#[test]
fn what_is_said_to_be_done_is_said_by_a_page() {
    let all: String = portal().into_iter().map(|(_, text)| text).collect();
    for (key, _, _) in Words::new().all() {
        if let Some(name) = key.strip_prefix("done.") {
            assert!(
                all.contains(&format!("\"{name}\"")),
                "{key} is said nowhere"
            );
        }
    }
}

#[test]
fn every_key_of_the_table_is_used() {
    let all: String = [
        texts("templates", "html"),
        texts("", "rs"),
        texts("pages", "rs"),
        portal(),
        texts("sheet", "rs"),
    ]
    .concat()
    .into_iter()
    .map(|(_, text)| text)
    .collect();
    for (key, _, _) in Words::new().all() {
        let made = MADE.iter().any(|p| key.starts_with(p));
        // What an act means is found by the key of its words.
        let key = key.strip_suffix(".means").unwrap_or(key);
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
