//! Deciding whether a condition can hold: a finite set of models stands for all facts, because a
//! condition sees a number only through its limits and a text only through its lists. Where there
//! would be too many models, nothing is claimed.
//!
//! Facts count as known here. Laws between attributes (area_min <= area_max) are not used, so
//! "sometimes" may still be never.
//!
//! Not here: what a finding means (`lint`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Expr, Number, Source, Text, Truth};
use crate::domain::firm::Credential;

/// Most models that are tried.
const MODELS_MAX: usize = 60_000;

/// Whether a condition holds for some facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// For all.
    Always,
    /// For some, or not decided.
    Sometimes,
    /// For none.
    Never,
}

/// Facts that stand for all facts which the conditions cannot tell apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// Numbers in their stored unit.
    pub numbers: BTreeMap<Number, i64>,
    texts: BTreeMap<Text, String>,
    credentials: BTreeMap<Credential, bool>,
    fields: BTreeMap<String, bool>,
    wants_subsidy: Option<bool>,
}

impl Source for Model {
    fn number(&self, attribute: Number) -> Option<i64> {
        self.numbers.get(&attribute).copied()
    }

    fn text(&self, attribute: Text) -> Option<&str> {
        self.texts.get(&attribute).map(String::as_str)
    }

    fn has(&self, credential: Credential) -> Option<bool> {
        self.credentials.get(&credential).copied()
    }

    fn works_in(&self, field: &str) -> Option<bool> {
        self.fields.get(field).copied()
    }

    fn wants_subsidy(&self) -> Option<bool> {
        self.wants_subsidy
    }
}

/// Whether a condition holds always, never or sometimes.
pub fn decide(condition: &Condition) -> Verdict {
    let Some(models) = models(&[condition]) else {
        return Verdict::Sometimes;
    };
    let met = models
        .iter()
        .filter(|m| condition.of(*m) == Truth::Yes)
        .count();
    match met {
        0 => Verdict::Never,
        n if n == models.len() => Verdict::Always,
        _ => Verdict::Sometimes,
    }
}

/// True when whoever meets all of `premises` surely meets `conclusion`; `false` also when that is
/// not decided.
pub fn implies(premises: &[&Condition], conclusion: &Condition) -> bool {
    let all: Vec<&Condition> = premises.iter().copied().chain([conclusion]).collect();
    let holds = |m: &Model| {
        premises.iter().any(|p| p.of(m) != Truth::Yes) || conclusion.of(m) == Truth::Yes
    };
    models(&all).is_some_and(|models| models.iter().all(holds))
}

/// Models that stand for all facts as far as these conditions can tell; `None` = too many.
pub fn models(conditions: &[&Condition]) -> Option<Vec<Model>> {
    let mut marks = Marks::default();
    for condition in conditions {
        condition.0.visit(&mut |test| marks.note(test));
    }
    let mut models = vec![Model::default()];
    for (number, limits) in &marks.numbers {
        let values = around(*number, limits);
        models = product(models, &values, |m, v| {
            m.numbers.insert(*number, *v);
        })?;
    }
    for (text, words) in &marks.texts {
        let values = samples(words);
        models = product(models, &values, |m, v| {
            m.texts.insert(*text, v.clone());
        })?;
    }
    for credential in &marks.credentials {
        models = product(models, &[false, true], |m, v| {
            m.credentials.insert(*credential, *v);
        })?;
    }
    for field in &marks.fields {
        models = product(models, &[false, true], |m, v| {
            m.fields.insert(field.clone(), *v);
        })?;
    }
    if marks.wants_subsidy {
        models = product(models, &[false, true], |m, v| m.wants_subsidy = Some(*v))?;
    }
    Some(models)
}

/// What conditions can tell apart.
#[derive(Default)]
struct Marks {
    numbers: BTreeMap<Number, BTreeSet<i64>>,
    texts: BTreeMap<Text, BTreeSet<String>>,
    credentials: BTreeSet<Credential>,
    fields: BTreeSet<String>,
    wants_subsidy: bool,
}

impl Marks {
    fn note(&mut self, test: &Expr) {
        match test {
            Expr::Compare(number, _, limit) => {
                let stored = limit.saturating_mul(number.scale());
                self.numbers.entry(*number).or_default().insert(stored);
            }
            Expr::StartsWith(text, all) | Expr::OneOf(text, all) => {
                let words = self.texts.entry(*text).or_default();
                words.extend(all.iter().cloned());
            }
            Expr::Has(credential) => {
                self.credentials.insert(*credential);
            }
            Expr::WorksIn(all) => self.fields.extend(all.iter().cloned()),
            Expr::WantsSubsidy => self.wants_subsidy = true,
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) => {}
        }
    }
}

/// One value below, at and above each limit. No number is negative; a share is at most all.
fn around(number: Number, limits: &BTreeSet<i64>) -> Vec<i64> {
    let top = if number == Number::RdShare {
        10_000
    } else {
        i64::MAX
    };
    let mut values: BTreeSet<i64> = BTreeSet::from([0]);
    for limit in limits {
        values.extend([limit - 1, *limit, limit.saturating_add(1)]);
    }
    values
        .into_iter()
        .filter(|v| (0..=top).contains(v))
        .collect()
}

/// Each word itself, a text that only begins with it, and one that begins with none. `~` stands
/// in no word.
fn samples(words: &BTreeSet<String>) -> Vec<String> {
    let begun = words.iter().map(|w| format!("{w}~"));
    words
        .iter()
        .cloned()
        .chain(begun)
        .chain(["~".to_owned()])
        .collect()
}

fn product<V>(
    models: Vec<Model>,
    values: &[V],
    set: impl Fn(&mut Model, &V),
) -> Option<Vec<Model>> {
    if models.len().saturating_mul(values.len()) > MODELS_MAX {
        return None;
    }
    let mut all = Vec::with_capacity(models.len() * values.len());
    for model in models {
        for value in values {
            let mut next = model.clone();
            set(&mut next, value);
            all.push(next);
        }
    }
    Some(all)
}
