//! Which chapter of the manual a page has: its own where it has work of its own to explain, else that of its entry of
//! the navigation.
//!
//! Not here: the chapters (`words/manual.tsv`), their pages (`manual`).

use crate::web::nav;

/// A chapter beside those of the navigation: key, group, the paths of its pages (`*` stands for a key); the first
/// path without a key is where its page is.
type Chapter = (&'static str, &'static str, &'static [&'static str]);

/// The chapters, the nearer paths first.
pub const OWN: &[Chapter] = &[
    ("start", "public", &["/"]),
    ("site", "public", &["/vacancies/site/*", "/site/*"]),
    ("inventory", "public", &["/inventory"]),
    ("result", "public", &["/application/*"]),
    (
        "paper",
        "public",
        &["/notices/*/print", "/rounds/*/preview"],
    ),
    ("docs", "public", &["/api/docs"]),
    ("sign_in", "own", &["/sign-in", "/sign-out"]),
    ("register", "own", &["/register"]),
    ("set_up", "own", &["/set-up"]),
    ("account", "own", &["/account"]),
    ("manual", "own", &["/manual", "/manual/*"]),
    ("many", "cases", &["/many/*/*"]),
    ("wizard", "cases", &["/cases/new", "/cases/*/draft"]),
    ("evidence", "cases", &["/cases/*/files"]),
    ("fit", "cases", &["/cases/*/units"]),
    ("why", "cases", &["/cases/*/why"]),
    ("judging", "cases", &["/cases/*/*"]),
    ("guide", "letting", &["/rounds/*/guide"]),
    ("round_steps", "letting", &["/rounds/*/*"]),
    ("compare", "letting", &["/plans/compare"]),
    ("board", "letting", &["/plans/*/board", "/plans/*/override"]),
    ("why_not", "letting", &["/plans/*/why/*"]),
    ("worth", "letting", &["/plans/*/money"]),
    ("conflict", "letting", &["/plans/*/conflict"]),
    ("frontier", "letting", &["/plans/*/frontier"]),
    ("fairness", "letting", &["/plans/*/fairness"]),
    ("freed", "letting", &["/plans/*/freed"]),
    ("object", "letting", &["/objections/new"]),
    ("signing", "letting", &["/offers/*/sign"]),
    (
        "claiming",
        "money",
        &["/contracts/*/claim", "/claims/*/revise"],
    ),
    (
        "quota_change",
        "money",
        &["/quotas/propose", "/quotas/*/*/*", "/quotas/*/*/*/*/*"],
    ),
    ("visiting", "supervision", &["/contracts/*/visit"]),
    ("stating", "supervision", &["/contracts/*/statements/*"]),
    ("import", "office", &["/tables/*"]),
];

/// Paths under another entry of the navigation than their first word says.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/contracts/*/claw-back", "claw_backs"),
    ("/claw-back-proposals", "sanctions"),
    ("/bans", "sanctions"),
    ("/suspensions", "sanctions"),
];

/// The chapter of a page.
pub fn of(path: &str) -> Option<&'static str> {
    let path = path.trim_end_matches('/');
    let path = if path.is_empty() { "/" } else { path };
    let own = |(_, _, paths): &&Chapter| paths.iter().any(|p| matches(p, path, false));
    let elsewhere = |(p, _): &&(&str, &str)| matches(p, path, true);
    (OWN.iter().find(own).map(|(key, _, _)| *key))
        .or_else(|| ELSEWHERE.iter().find(elsewhere).map(|(_, key)| *key))
        .or_else(|| {
            let all = nav::paths().filter(|(_, p)| matches(p, path, true));
            all.max_by_key(|(_, p)| p.len()).map(|(key, _)| key)
        })
}

/// Where the page of a chapter is, when it needs no key.
pub fn place(key: &str) -> Option<&'static str> {
    let own = OWN.iter().find(|(k, _, _)| *k == key);
    let own = own.and_then(|(_, _, paths)| paths.iter().find(|p| !p.contains('*')));
    own.copied().or_else(|| nav::path(key))
}

/// True when a path is of a pattern, or begins with it.
fn matches(pattern: &str, path: &str, begins: bool) -> bool {
    let mut steps = path.split('/');
    let all = pattern.split('/').all(|one| {
        let step = steps.next();
        step.is_some_and(|step| one == step || (one == "*" && !step.is_empty()))
    });
    all && (begins || steps.next().is_none())
}
