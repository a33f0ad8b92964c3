//! What every handler and template has at hand: language, round, links, words, numbers.
//!
//! Not here: what is shown.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::caller::Caller;
use super::drawer::Drawer;
use super::links::{form_of, path_to};
use super::portal::chapters;
pub use super::state::State;
use super::{assets, format};
use crate::acts::books::fence::Fence;
use crate::acts::papers::press::Press;
use crate::acts::vacancies::Shelf;
use crate::acts::view::board::Board;
use crate::acts::view::source::BoardSource;
use crate::acts::words::{Lang, Text};
use crate::domain::fault::Fault;
use crate::domain::ids::RoundId;
use crate::domain::people::{Actor, Role};

/// One request: its language, round, path and query.
#[derive(Clone)]
pub struct Ctx {
    state: State,
    /// Language of the answer.
    pub lang: Lang,
    /// The round asked for; `Err` when it is not a key.
    round: Result<Option<RoundId>, Fault>,
    path: String,
    query: Vec<(String, String)>,
    viewer: Option<Actor>,
    csrf: Option<String>,
    /// Where the form stood that was sent; empty for what was only read.
    form: String,
}

/// Longest query that is read; the rest is of no use to any page.
const QUERY_MAX: usize = 2048;

impl Ctx {
    /// Reads a request. `None` only when the application holds no state.
    pub fn of(request: &HttpRequest) -> Option<Ctx> {
        let state = request.app_data::<web::Data<State>>()?.as_ref().clone();
        let text = request.query_string();
        let text = if text.len() > QUERY_MAX { "" } else { text };
        let query = web::Query::<Vec<(String, String)>>::from_query(text)
            .map(web::Query::into_inner)
            .unwrap_or_default();
        let value = |key: &str| {
            query
                .iter()
                .find(|(k, _)| k == key)
                .map(|(_, v)| v.as_str())
        };
        let lang = match value("lang") {
            Some("en") => Lang::En,
            _ => Lang::Zh,
        };
        let round = match value("round") {
            None | Some("") => Ok(None),
            Some(key) => key.parse().map(Some),
        };
        // As sent, still percent-encoded; one slash in front, or a link to it could name a host.
        let path = request.path().strip_prefix(state.base()).unwrap_or("/");
        let path = format!("/{}", path.trim_start_matches('/'));
        let form = form_of(request, state.base()).unwrap_or_default();
        let caller = request.extensions().get::<Caller>().cloned();
        let viewer = caller.as_ref().map(|c| c.desk().person().clone());
        Some(Ctx {
            state,
            lang,
            round,
            path,
            query,
            viewer: viewer.filter(|actor| actor.role != Role::Public),
            csrf: caller.and_then(|c| c.csrf()),
            form,
        })
    }

    /// The round asked for.
    ///
    /// # Errors
    /// DM101 when it is not a key.
    pub fn round(&self) -> Result<Option<RoundId>, Fault> {
        self.round.clone()
    }

    /// The source.
    pub fn source(&self) -> Arc<dyn BoardSource> {
        self.state.source()
    }

    /// True where people sign in.
    pub fn has_office(&self) -> bool {
        self.state.office().is_some()
    }

    /// Vacancies, kept between requests.
    pub fn shelf(&self) -> &Shelf {
        &self.state.shelf
    }

    /// Where workbooks are read.
    pub fn fence(&self) -> &Fence {
        self.state.fence()
    }

    /// How many workbooks are being read.
    pub fn readers(&self) -> &Arc<AtomicUsize> {
        self.state.readers()
    }

    /// The press for notices as PDF, if there is one.
    pub fn press(&self) -> Option<Arc<Press>> {
        self.state.press()
    }

    /// Files that somebody looked at.
    pub fn drawer(&self) -> &Drawer {
        self.state.drawer()
    }

    /// True under `/api/`: refusals are JSON.
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }

    /// Value of a query key; empty when there is none.
    pub fn value(&self, key: &str) -> &str {
        let hit = self.query.iter().find(|(k, _)| k == key);
        hit.map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// All values of a query key that are not empty.
    pub fn values(&self, key: &str) -> Vec<&str> {
        let mine = self.query.iter().filter(|(k, v)| k == key && !v.is_empty());
        mine.map(|(_, v)| v.as_str()).collect()
    }

    /// All pairs of the query.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let kept = self.query.iter().filter(|(k, _)| k != "done");
        kept.map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// Who is signed in.
    pub fn viewer(&self) -> Option<&Actor> {
        self.viewer.as_ref()
    }

    /// True when somebody is signed in.
    pub fn signed_in(&self) -> bool {
        self.viewer.is_some()
    }

    /// The key of who is signed in, which tells what was typed by one person from what was typed by another.
    pub fn who(&self) -> &str {
        self.viewer.as_ref().map_or("", |a| a.id.as_str())
    }

    /// The token against forged requests, for forms.
    pub fn csrf(&self) -> Option<&str> {
        self.csrf.as_deref()
    }

    /// True in the home of a demonstration.
    pub fn is_demo(&self) -> bool {
        self.state.is_demo()
    }

    /// What the footer says of who runs the pages: words and text, in order.
    pub fn footer(&self) -> Vec<(&str, &str)> {
        let footer = &self.state.footer;
        let all = [
            ("footer.organiser", &footer.organiser),
            ("footer.contact", &footer.contact),
            ("footer.icp", &footer.icp),
            ("footer.police", &footer.police),
            ("footer.site_code", &footer.site_code),
        ];
        let said = all.into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(key, text)| (self.t(key), text.as_str()))
            .collect()
    }

    /// What was done before this page, in words.
    pub fn done(&self) -> Option<&str> {
        let key = format!("done.{}", self.value("done"));
        self.state.words.find(&key, self.lang)
    }

    /// Words of a key.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.state.words.get(key, self.lang)
    }

    /// The chapter of the manual for an entry of the navigation, if there is one.
    pub fn chapter(&self, key: &str) -> Option<&str> {
        let key = format!("manual.{key}");
        self.state.words.find(&key, self.lang)
    }

    /// Where the manual says what this page is for; empty where it says nothing.
    pub fn help(&self) -> String {
        match chapters::of(&self.path).filter(|key| self.chapter(key).is_some()) {
            Some(key) => self.plain(&path_to("/manual/{}", &[&key])),
            None => String::new(),
        }
    }

    /// A text in the language of the answer.
    pub fn say<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.lang)
    }

    /// A name without its mark in brackets: the badge beside it says the same.
    pub fn name<'a>(&self, text: &'a Text) -> &'a str {
        let name = self.say(text);
        let bare = name
            .strip_prefix("（模拟）")
            .or_else(|| name.strip_prefix("(synthetic)"));
        bare.unwrap_or(name).trim_start()
    }

    /// Value of the `lang` attribute.
    pub fn tag(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// True in Chinese.
    pub fn zh(&self) -> bool {
        self.lang == Lang::Zh
    }

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
        if !self.form.is_empty() {
            return self.sign_in_and_to(&self.form);
        }
        let pairs: Vec<(&str, &str)> = self.pairs().filter(|(k, _)| *k != "lang").collect();
        let query: Vec<String> = (pairs.iter())
            .map(|(k, v)| format!("{}={}", format::encoded(k), format::encoded(v)))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let back = format!("{}{mark}{}", self.path, query.join("&"));
        self.sign_in_and_to(&back)
    }

    fn sign_in_and_to(&self, back: &str) -> String {
        let lang = if self.zh() { "" } else { "en" };
        let pairs = [("lang", lang), ("next", back)];
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

    /// The same page without some query values.
    pub fn without(&self, keys: &[&str]) -> String {
        let kept = self
            .pairs()
            .filter(|(k, v)| !keys.contains(k) && *k != "page" && !v.is_empty());
        self.joined(&self.path, &kept.collect::<Vec<_>>())
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
        format!("{}{path}{mark}{}", self.state.base, query.join("&"))
    }

    /// Address of an asset with its hash.
    pub fn asset(&self, name: &str) -> String {
        let hash = assets::hash(name).unwrap_or_else(|| "0".to_owned());
        format!("{}/assets/{hash}/{name}", self.state.base)
    }

    /// A path without any query.
    pub fn bare(&self, path: &str) -> String {
        format!("{}{path}", self.state.base)
    }

    /// True when rows are filtered.
    pub fn filtered(&self) -> bool {
        ["q", "district", "state"]
            .iter()
            .any(|key| !self.value(key).is_empty())
    }
}

impl FromRequest for Ctx {
    type Error = actix_web::Error;
    type Future = Ready<Result<Ctx, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ctx = Ctx::of(request);
        ready(ctx.ok_or_else(|| actix_web::error::ErrorInternalServerError("no state")))
    }
}

/// The board asked for, fetched off the event loop.
///
/// # Errors
/// Faults of the source; DM101 when the round is not a key.
pub async fn board(ctx: &Ctx) -> Result<Option<Arc<Board>>, Fault> {
    let round = ctx.round()?;
    let source = ctx.source();
    let found = web::block(move || source.latest(round.as_ref())).await;
    found.unwrap_or_else(|_| Err(super::refusal::stopped()))
}
