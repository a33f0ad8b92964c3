//! `/about`: terms, marks, sources, licences, how to check the proof oneself.

use actix_web::HttpResponse;
use askama::Template;

use super::super::context::Ctx;

/// Terms of the glossary, keys `term.*` and `means.*` of the words.
const TERMS: &[&str] = &[
    "round",
    "snapshot",
    "plan",
    "site",
    "unit",
    "application",
    "quota",
    "value",
    "bound",
    "gap",
    "placed",
    "priced_out",
    "nothing_fits",
    "not_eligible",
    "cluster",
    "minutes",
];

#[derive(Template)]
#[template(path = "about.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    terms: Vec<(String, String)>,
    licence: String,
}

/// The page.
pub async fn show(ctx: Ctx) -> HttpResponse {
    let word = |kind: &str, term: &str| ctx.t(&format!("{kind}.{term}")).to_owned();
    let terms = TERMS
        .iter()
        .map(|t| (word("term", t), word("means", t)))
        .collect();
    let licence = super::super::assets::bytes("vendor/leaflet/LICENSE").unwrap_or_default();
    let page = Page {
        c: &ctx,
        here: "about",
        terms,
        licence: String::from_utf8_lossy(&licence).into_owned(),
    };
    super::send(&ctx, &page)
}
