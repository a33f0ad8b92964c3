//! Links of a page: to others in the same language and round, to itself with another query, to assets.
//!
//! Not here: what a request says (`context`).

use super::context::Ctx;
use super::{assets, format};
use crate::acts::words::Lang;

impl Ctx {
    /// Link to a path, in the same language and round.
    pub fn url(&self, path: &str) -> String {
        let mut keep = Vec::new();
        if self.lang == Lang::En {
            keep.push(("lang", "en"));
        }
        let round = self.value("round");
        if !round.is_empty() {
            keep.push(("round", round));
        }
        self.joined(path, &keep)
    }

    /// Link to a path in the same language, without the round.
    pub fn plain(&self, path: &str) -> String {
        match self.lang {
            Lang::En => self.joined(path, &[("lang", "en")]),
            Lang::Zh => self.joined(path, &[]),
        }
    }

    /// Link to a path in the same language, with what was done.
    pub fn told(&self, path: &str, done: &str) -> String {
        let (path, at) = path.split_once('#').unwrap_or((path, ""));
        let mut pairs = Vec::new();
        if self.lang == Lang::En {
            pairs.push(("lang", "en"));
        }
        if !done.is_empty() {
            pairs.push(("done", done));
        }
        let link = self.joined(path, &pairs);
        match at {
            "" => link,
            at => format!("{link}#{at}"),
        }
    }

    /// Where the page stands, without its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address of the page itself, to come back to after a sign-in.
    pub fn here(&self) -> String {
        let pairs: Vec<(&str, &str)> = self.pairs().collect();
        self.joined(&self.path, &pairs)
    }

    /// Link to the sign-in that comes back here.
    pub fn sign_in_and_back(&self) -> String {
        let pairs: Vec<(&str, &str)> = self.pairs().filter(|(k, _)| *k != "lang").collect();
        let query: Vec<String> = (pairs.iter())
            .map(|(k, v)| format!("{}={}", format::encoded(k), format::encoded(v)))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let back = format!("{}{mark}{}", self.path, query.join("&"));
        let lang = if self.zh() { "" } else { "en" };
        let pairs = [("lang", lang), ("next", back.as_str())];
        let pairs: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, v)| !v.is_empty()).collect();
        self.joined("/sign-in", &pairs)
    }

    /// Link to a noun: `/site/` and its key.
    pub fn link(&self, path: &str, key: &str) -> String {
        self.url(&format!("{path}{}", format::encoded(key)))
    }

    /// The same page with one query value changed; an empty value drops the key, and the page number falls away.
    pub fn with(&self, key: &str, value: &str) -> String {
        let mut pairs: Vec<(&str, &str)> = (self.query.iter())
            .filter(|(k, v)| k != key && k != "page" && k != "done" && !v.is_empty())
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        if !value.is_empty() {
            pairs.push((key, value));
        }
        self.joined(&self.path, &pairs)
    }

    /// The same page in the other language.
    pub fn other_language(&self) -> String {
        match self.lang {
            Lang::Zh => self.with("lang", "en"),
            Lang::En => self.with("lang", ""),
        }
    }

    fn joined(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let query: Vec<String> = (pairs.iter())
            .map(|(k, v)| format!("{}={}", format::encoded(k), format::encoded(v)))
            .collect();
        let mark = match (query.is_empty(), path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        format!("{}{path}{mark}{}", self.state.base(), query.join("&"))
    }

    /// Address of an asset with its hash.
    pub fn asset(&self, name: &str) -> String {
        let hash = assets::hash(name).unwrap_or_else(|| "0".to_owned());
        format!("{}/assets/{hash}/{name}", self.state.base())
    }

    /// A path without any query.
    pub fn bare(&self, path: &str) -> String {
        format!("{}{path}", self.state.base())
    }

    /// True when rows are filtered.
    pub fn filtered(&self) -> bool {
        ["q", "district", "state"]
            .iter()
            .any(|key| !self.value(key).is_empty())
    }
}
