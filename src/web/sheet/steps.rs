//! Steps of a procedure and what happened, in order.
//!
//! Not here: which steps there are.

/// A step.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What it is called.
    pub label: String,
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// The state in words, for those who cannot see it.
    pub word: String,
    /// When, or what it waits for.
    pub note: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: String,
    /// What.
    pub what: String,
    /// Who; empty where the reader may not know.
    pub who: String,
    /// What was said.
    pub note: String,
}

/// Stages of a way, where `now` is the number of the one that it stands at.
pub fn stages(labels: Vec<(String, String)>, now: usize, words: [&str; 3]) -> Vec<Stage> {
    let state = |n: usize| match n.cmp(&now) {
        std::cmp::Ordering::Less => ("done", words[0]),
        std::cmp::Ordering::Equal => ("now", words[1]),
        std::cmp::Ordering::Greater => ("next", words[2]),
    };
    let stage = |(n, (label, note)): (usize, (String, String))| {
        let (state, word) = state(n);
        Stage {
            label,
            state,
            word: word.to_owned(),
            note,
            href: String::new(),
        }
    };
    labels.into_iter().enumerate().map(stage).collect()
}
