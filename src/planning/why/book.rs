//! Sentences in both languages as data: `data/reasons.tsv`, one a row: key, Chinese, English, with
//! `{holes}` for what a case fills in.
//!
//! Not here: which sentence is said when (`tell`).

use serde::Serialize;

const TABLE: &str = include_str!("../../../data/reasons.tsv");

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same in both languages: a key, a number.
    pub fn same(text: impl ToString) -> Text {
        let text = text.to_string();
        Text {
            zh: text.clone(),
            en: text,
        }
    }

    /// Both in a row.
    pub fn of(zh: &str, en: &str) -> Text {
        Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    /// Several in one clause, joined as each language does.
    pub fn list(all: &[Text]) -> Text {
        let zh: Vec<&str> = all.iter().map(|t| t.zh.as_str()).collect();
        let en: Vec<&str> = all.iter().map(|t| t.en.as_str()).collect();
        Text {
            zh: zh.join("、"),
            en: en.join(", "),
        }
    }

    /// One behind the other.
    #[must_use]
    pub fn then(mut self, next: &Text) -> Text {
        self.zh.push_str(&next.zh);
        self.en.push_str(&next.en);
        self
    }
}

/// The sentence of a key with its holes filled. A key that is not in the table gives itself.
pub fn say(key: &str, holes: &[(&str, Text)]) -> Text {
    let mut rows = TABLE.lines().map(|l| l.split('\t'));
    let found = rows.find_map(|mut row| {
        (row.next() == Some(key)).then(|| (row.next().unwrap_or(key), row.next().unwrap_or(key)))
    });
    let (zh, en) = found.unwrap_or((key, key));
    let mut text = Text::of(zh, en);
    for (hole, with) in holes {
        let hole = format!("{{{hole}}}");
        text.zh = text.zh.replace(&hole, &with.zh);
        text.en = text.en.replace(&hole, &with.en);
    }
    text
}

/// All rows of the table: key, Chinese, English.
pub fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().map(|line| {
        let mut row = line.split('\t');
        let mut next = || row.next().unwrap_or_default();
        (next(), next(), next())
    })
}
