//! Which passwords are good enough: length, classes (profile `mlps` only), none that is common, none
//! that is mostly words of this context or walks over the keyboard (ASVS 5.0 6.2.1, 6.2.4, 6.2.11).
//!
//! Not here: hashing (`hash`), former passwords (`secrets`).

use std::collections::HashSet;

use super::refuse;
use crate::domain::credential::PasswordPolicy;
use crate::domain::fault::{Fault, Faults};

/// Source and licence: data/NOTICE.
const COMMON: &str = include_str!("../../../data/passwords_common.txt");

/// Longest password in characters.
const LONGEST: usize = 128;
/// What must be left without words of the context and walks.
const LEFT: usize = 8;
/// Shortest run that counts as a walk.
const WALK: usize = 4;

const ROWS: [&str; 5] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
];

/// Words of this program and its city.
const CONTEXT: [&str; 6] = ["zhuchao", "筑巢", "shenzhen", "深圳", "admin", "password"];

/// The rules for new passwords.
pub struct Rules {
    policy: PasswordPolicy,
    common: HashSet<&'static str>,
}

impl Rules {
    /// The rules of a policy.
    pub fn new(policy: PasswordPolicy) -> Rules {
        let common = COMMON.lines().filter(|line| !line.starts_with('#'));
        Rules {
            policy,
            common: common.collect(),
        }
    }

    /// True when passwords and idle accounts end (profile `mlps`).
    pub fn expires(&self) -> bool {
        self.policy == PasswordPolicy::Mlps
    }

    /// Whether a new password may be taken by somebody whose names are given.
    ///
    /// # Errors
    /// AC207 for each reason.
    pub fn check(&self, password: &str, names: &[&str]) -> Result<(), Faults> {
        let mut faults = Vec::new();
        faults.extend(self.length(password));
        faults.extend(self.classes(password));
        faults.extend(self.common(password));
        faults.extend(context(password, names));
        Faults(faults).or(())
    }

    fn length(&self, password: &str) -> Option<Fault> {
        let least = match self.policy {
            PasswordPolicy::Mlps => 10,
            PasswordPolicy::Asvs => 8,
        };
        let count = password.chars().count();
        if (least..=LONGEST).contains(&count) {
            return None;
        }
        let action = format!("use {least} to {LONGEST} characters");
        Some(refuse::weak(
            "the password is too short or too long",
            &action,
        ))
    }

    fn classes(&self, password: &str) -> Option<Fault> {
        let of = |class: fn(&char) -> bool| u32::from(password.chars().any(|c| class(&c)));
        let count = of(|c| c.is_lowercase())
            + of(|c| c.is_uppercase())
            + of(|c| c.is_numeric())
            + of(|c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric());
        if self.policy == PasswordPolicy::Asvs || count >= 3 {
            return None;
        }
        Some(refuse::weak(
            "the password has fewer than three classes of characters",
            "mix small letters, capitals, digits and signs",
        ))
    }

    /// Common as it is, or as a word made longer with digits and signs.
    fn common(&self, password: &str) -> Option<Fault> {
        let low = password.to_lowercase();
        let stem = low.trim_matches(|c: char| !c.is_alphabetic());
        let is = |word: &str| self.common.contains(word);
        if !is(&low) && !is(stem) {
            return None;
        }
        Some(refuse::weak(
            "the password is among the most common, or such a word made longer",
            "choose another",
        ))
    }
}

fn context(password: &str, names: &[&str]) -> Option<Fault> {
    let low = password.to_lowercase();
    let names = names.iter().map(|n| n.to_lowercase());
    let words = names
        .flat_map(|n| parts(&n))
        .chain(CONTEXT.map(str::to_owned));
    let bare = words.fold(low, |text, word| text.replace(&word, ""));
    if without_walks(&bare) >= LEFT {
        return None;
    }
    Some(refuse::weak(
        "the password is mostly your name, your firm's, this program's, or a walk over the keyboard",
        "choose something that others do not think of",
    ))
}

/// A name and its words of three characters and more.
fn parts(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let mut all: Vec<String> = words.chain([name]).map(str::to_owned).collect();
    all.retain(|w| w.chars().count() >= 3 || (w.chars().count() == 2 && !w.is_ascii()));
    all.sort_by_key(|w| std::cmp::Reverse(w.len()));
    all
}

/// How many characters are left without walks and repeats.
fn without_walks(text: &str) -> usize {
    let all: Vec<char> = text.chars().collect();
    let (mut at, mut left) = (0, 0);
    while at < all.len() {
        let run = run(&all[at..]);
        if run < WALK {
            left += 1;
            at += 1;
        } else {
            at += run;
        }
    }
    left
}

/// How long the walk is that begins here: the same sign again, or neighbours in one direction.
fn run(all: &[char]) -> usize {
    let steps =
        |next: fn(char, char) -> bool| 1 + all.windows(2).take_while(|w| next(w[0], w[1])).count();
    let same = steps(|a, b| a == b);
    let up = steps(follows);
    let down = steps(|a, b| follows(b, a));
    same.max(up).max(down)
}

/// True when `b` stands right of `a` on the keyboard, in the alphabet or among the digits.
fn follows(a: char, b: char) -> bool {
    ROWS.iter().any(|row| {
        let mut pairs = row.chars().zip(row.chars().skip(1));
        pairs.any(|pair| pair == (a, b))
    })
}
