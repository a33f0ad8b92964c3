//! Who could complain about whom, in words.
//!
//! Not here: the report (`planning::fair::report`).

use crate::planning::fair::report::{Complaint, Envy};
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// The report, the first `most` pairs each in a sentence, the others counted.
pub fn report(names: &Names<'_>, answer: &Envy, most: usize) -> Vec<Text> {
    let Some(first) = answer.pairs.first() else {
        return vec![say("envy.none", &[])];
    };
    let pairs = answer.pairs.len();
    let mut told = vec![
        say("envy.head", &[("n", Text::same(pairs))]),
        say(&format!("envy.rule.{}", first.rule), &[]),
    ];
    let shown = answer.pairs.iter().take(most);
    told.extend(shown.map(|pair| complaint(names, pair)));
    if pairs > most {
        told.push(say("envy.rest", &[("n", Text::same(pairs - most))]));
    }
    told
}

fn complaint(names: &Names<'_>, pair: &Complaint) -> Text {
    let space = pair.option.trim_end_matches("|subsidy");
    let holes = [
        ("envious", Text::same(&pair.envious)),
        ("priority", Text::same(pair.priority)),
        ("envied", Text::same(&pair.envied)),
        ("lower", Text::same(pair.lower)),
        ("space", names.space(space)),
        ("more", Text::same(pair.more)),
    ];
    say("envy.pair", &holes)
}
