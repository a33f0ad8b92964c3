//! Labels and headings of the pages in both languages: `words.tsv` and `words/*.tsv`, one key per line.
//!
//! Not here: terms of the nouns (`acts::words`).

use std::collections::BTreeMap;

use crate::acts::words::Lang;

const TABLES: &[&str] = &[
    include_str!("words.tsv"),
    include_str!("words/frame.tsv"),
    include_str!("words/around.tsv"),
    include_str!("words/public.tsv"),
    include_str!("words/people.tsv"),
    include_str!("words/firm.tsv"),
    include_str!("words/office.tsv"),
    include_str!("words/money.tsv"),
    include_str!("words/supervision.tsv"),
    include_str!("words/plans.tsv"),
    include_str!("words/questions.tsv"),
    include_str!("words/bureau.tsv"),
    include_str!("words/map.tsv"),
    include_str!("words/pictures.tsv"),
    include_str!("words/tables.tsv"),
    include_str!("words/record.tsv"),
    include_str!("words/manual.tsv"),
];

/// The catalogue.
#[derive(Debug, Clone)]
pub struct Words(BTreeMap<&'static str, (&'static str, &'static str)>);

impl Default for Words {
    fn default() -> Words {
        Words::new()
    }
}

impl Words {
    /// Reads the table: key, Chinese, English, separated by tabs; a line that is not so is left out.
    pub fn new() -> Words {
        let lines = TABLES.iter().flat_map(|table| table.lines());
        let lines = lines.filter(|line| !line.starts_with('#'));
        let cells = lines.filter_map(|line| {
            let mut cells = line.split('\t');
            match (cells.next(), cells.next(), cells.next(), cells.next()) {
                (Some(key), Some(zh), Some(en), None) => Some((key, (zh, en))),
                _ => None,
            }
        });
        Words(cells.collect())
    }

    /// The words of a key; the key itself when there is none, so that a page never fails for it.
    pub fn get<'a>(&'a self, key: &'a str, lang: Lang) -> &'a str {
        match (self.0.get(key), lang) {
            (Some((zh, _)), Lang::Zh) => zh,
            (Some((_, en)), Lang::En) => en,
            (None, _) => key,
        }
    }

    /// The words of a key, if there are any.
    pub fn find(&self, key: &str, lang: Lang) -> Option<&str> {
        let (zh, en) = self.0.get(key)?;
        Some(match lang {
            Lang::Zh => zh,
            Lang::En => en,
        })
    }

    /// All keys with both texts.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().map(|(key, (zh, en))| (*key, *zh, *en))
    }

    /// Lines of the table that are not three cells, for the test.
    pub fn bad_lines() -> Vec<&'static str> {
        (TABLES.iter().flat_map(|table| table.lines()))
            .filter(|line| !line.starts_with('#') && line.split('\t').count() != 3)
            .collect()
    }
}
