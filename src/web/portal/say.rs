//! Words that many pages use: states, signatures, verdicts, names.
//!
//! Not here: the words themselves (`words`).

use std::collections::BTreeMap;

use crate::acts::Desk;
use crate::acts::cases::view::Seen;
use crate::acts::cases::{Outcome, Verdict};
use crate::acts::lookup::{self, Named};
use crate::acts::words::Text;
use crate::domain::fault::Faults;
use crate::domain::signature::Signature;
use crate::web::context::Ctx;
use crate::web::fault_words::{self, Said};
use crate::web::sheet::Rule;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::steps::Event;

/// The word of a state of a kind of thing, for example `case`, `draft`.
pub fn word(ctx: &Ctx, kind: &str, name: &str) -> String {
    ctx.t(&format!("{kind}.{name}")).to_owned()
}

/// The word of a name that need not have one; the name itself then.
pub fn known(ctx: &Ctx, kind: &str, name: &str) -> String {
    let key = format!("{kind}.{name}");
    match ctx.t(&key) {
        words if words == key => name.to_owned(),
        words => words.to_owned(),
    }
}

/// A state as a cell.
pub fn state(ctx: &Ctx, kind: &str, name: &str) -> Cell {
    Cell::state(name, word(ctx, kind, name))
}

/// The name of a key among names; the key itself when it has none.
pub fn named(ctx: &Ctx, names: &[Named], key: &str) -> String {
    let found = names.iter().find(|n| n.key == key);
    found.map_or_else(|| key.to_owned(), |n| ctx.say(&n.name).to_owned())
}

/// The name of a firm; its key where the reader may not know more.
pub fn firm(ctx: &Ctx, names: &BTreeMap<String, Text>, key: &str) -> String {
    names
        .get(key)
        .map_or_else(|| key.to_owned(), |n| ctx.name(n).to_owned())
}

/// The name of the firm of a case.
pub fn applicant(ctx: &Ctx, seen: &Seen) -> String {
    let name = Text::names(&seen.firm_name, &seen.firm_name_en);
    ctx.say(&name).to_owned()
}

/// Choices of names, by key.
pub fn choices(ctx: &Ctx, names: &[Named]) -> Vec<(String, String)> {
    let choice = |n: &Named| (n.key.clone(), ctx.say(&n.name).to_owned());
    names.iter().map(choice).collect()
}

/// The same with a first choice that is none.
pub fn or_none(
    ctx: &Ctx,
    words: &str,
    mut choices: Vec<(String, String)>,
) -> Vec<(String, String)> {
    choices.insert(0, (String::new(), ctx.t(words).to_owned()));
    choices
}

/// A signature as an event.
pub fn event(ctx: &Ctx, what: impl Into<String>, signed: &Signature) -> Event {
    Event {
        at: ctx.clock(&signed.at),
        what: what.into(),
        who: signed.by.clone(),
        note: signed.reason.clone(),
    }
}

/// The login of an account where the reader may know it; else the end of its key.
pub fn person(names: &BTreeMap<String, String>, key: &str) -> String {
    let end = || match key.len() > 14 && key.is_ascii() {
        true => format!("U…{}", &key[key.len() - 6..]),
        false => key.to_owned(),
    };
    names.get(key).cloned().unwrap_or_else(end)
}

/// Events with people by their logins, as far as the reader may know them.
pub fn people(desk: &Desk, mut events: Vec<Event>) -> Result<Vec<Event>, Faults> {
    let names = lookup::people(desk)?;
    for event in &mut events {
        event.who = person(&names, &event.who);
    }
    Ok(events)
}

/// Rules with their outcome; what is not met stands first.
pub fn rules(ctx: &Ctx, verdicts: &[Verdict]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = verdicts.iter().map(|v| rule(ctx, v)).collect();
    rules.sort_by_key(|r| match r.outcome {
        "not_met" => 0,
        "needs_evidence" => 1,
        _ => 2,
    });
    rules
}

fn rule(ctx: &Ctx, v: &Verdict) -> Rule {
    let outcome = match v.outcome {
        Outcome::Met => "met",
        Outcome::NotMet => "not_met",
        Outcome::NeedsEvidence => "needs_evidence",
    };
    let text = |zh: &str, en: &str| {
        if ctx.zh() {
            zh.to_owned()
        } else {
            en.to_owned()
        }
    };
    let detail = text(&v.detail.zh, &v.detail.en);
    // A condition in its notation is small print: the label says it in words.
    let (detail, asked) = match detail.starts_with(["要求：", "asked is: "][usize::from(!ctx.zh())])
    {
        true => (String::new(), detail),
        false => (detail, String::new()),
    };
    let clause = [v.clause.as_str(), half(ctx, &v.basis), asked.as_str()];
    let clause: Vec<&str> = clause.into_iter().filter(|c| !c.is_empty()).collect();
    Rule {
        outcome,
        word: word(ctx, "outcome", outcome),
        label: text(&v.label.zh, &v.label.en),
        detail,
        clause: clause.join(" · "),
    }
}

/// The half of a basis in the language of the page: it is one text for both, the Chinese in front.
pub fn half<'a>(ctx: &Ctx, basis: &'a str) -> &'a str {
    // Behind a Chinese bracket no space is written.
    let cut = basis.find(" / ").or_else(|| basis.find("）/ "));
    let Some((zh, en)) = cut.and_then(|at| basis[at..].find("/ ").map(|n| basis.split_at(at + n)))
    else {
        return basis;
    };
    match ctx.zh() {
        true => zh.trim_end(),
        false => en.trim_start_matches("/ "),
    }
}

/// Whether all is met, for the head of a page: class and word.
pub fn verdict(ctx: &Ctx, verdicts: &[Verdict]) -> (&'static str, String) {
    let any = |o: Outcome| verdicts.iter().any(|v| v.outcome == o);
    let name = match (any(Outcome::NotMet), any(Outcome::NeedsEvidence)) {
        (true, _) => "not_met",
        (_, true) => "needs_evidence",
        _ => "met",
    };
    (name, word(ctx, "verdict", name))
}

/// What is wrong with fields, each with the words of its field.
pub fn missing(ctx: &Ctx, faults: &Faults) -> Vec<String> {
    let line = |said: Said| {
        let key = format!("field.{}", said.field);
        match ctx.t(&key) {
            words if words == key => said.line(),
            words => format!("{words}{}{}", ctx.t("colon"), said.line()),
        }
    };
    fault_words::said(ctx, faults)
        .into_iter()
        .map(line)
        .collect()
}
