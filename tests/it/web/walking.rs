//! How tests walk through pages: a page in both languages, a form with the version it carries, where it leads.

use actix_web::http::Method;

use crate::support::client::{Answer, Ask};
use crate::support::town::Town;

/// A form that is sent by somebody.
pub async fn form(town: &Town, who: &str, path: &str, body: &str) -> Answer {
    let ask = Ask::get(path).by(Method::POST).sending(body.as_bytes());
    ask.as_(who)
        .header("content-type", "application/x-www-form-urlencoded")
        .of(town)
        .await
}

pub async fn get(town: &Town, who: &str, path: &str) -> Answer {
    let ask = Ask::get(path);
    if who.is_empty() {
        ask.of(town).await
    } else {
        ask.as_(who).of(town).await
    }
}

/// A page in both languages, with words for all that it says; gives the Chinese one.
pub async fn whole(town: &Town, who: &str, path: &str) -> Answer {
    let mark = if path.contains('?') { '&' } else { '?' };
    for query in ["", "lang=en"] {
        let path = match query {
            "" => path.to_owned(),
            query => format!("{path}{mark}{query}"),
        };
        let page = get(town, who, &path).await;
        assert_eq!(page.status, 200, "{path} as {who}: {}", page.text);
        assert_eq!(bare_keys(&page.text), Vec::<&str>::new(), "{path}");
    }
    get(town, who, path).await
}

/// Keys of words that show on a page because there are no words for them.
pub fn bare_keys(text: &str) -> Vec<&str> {
    let kinds = [
        "nav.",
        "role.",
        "does.",
        "step.",
        "case.",
        "flag.",
        "verb.",
        "profile.",
        "offer.",
        "round.",
        "objection.",
        "contract.",
        "account.",
        "task.",
        "outcome.",
        "verdict.",
        "done.",
        "wizard.",
        "quota.",
        "claim.",
        "change.",
        "entry.",
        "money_account.",
        "settlement.",
        "batch.",
        "claw_back.",
        "statement.",
        "figure.",
        "term_outcome.",
        "draw.",
        "risk.",
        "visit.",
        "finding.",
        "finding_kind.",
        "measure.",
        "sanction.",
        "proposal.",
        "bank.",
        "desk.",
        "board.",
        "tried.",
        "move.",
        "price.",
        "override.",
        "why.",
        "demand.",
        "compare.",
        "token.",
        "retention.",
    ];
    let shown = text.split('>').filter_map(|part| part.split('<').next());
    shown
        .flat_map(|shown| shown.split_whitespace())
        .filter(|word| {
            kinds
                .iter()
                .any(|k| word.starts_with(k) && word.len() > k.len())
        })
        .collect()
}

/// The version that a form carries.
pub fn tag_of(text: &str) -> String {
    let value = text
        .split("name=\"tag\" value=\"")
        .nth(1)
        .unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

/// A form is sent and done; gives where it leads.
pub async fn done(town: &Town, who: &str, path: &str, body: &str) -> String {
    let page = whole(town, who, path).await;
    assert_eq!(page.status, 200, "before {path} as {who}: {}", page.text);
    assert!(
        page.text.contains("class=\"consequence\""),
        "{path} says what will happen"
    );
    let body = format!("of=act&tag={}&{body}", tag_of(&page.text));
    let answer = form(town, who, path, &body).await;
    assert_eq!(answer.status, 303, "{path} as {who}: {}", answer.text);
    let to = answer.header("location");
    to.split('?').next().unwrap_or_default().to_owned()
}

/// The address of a link of a page that begins so.
pub fn link(page: &Answer, begins: &str) -> String {
    let links = page.text.split("href=\"").skip(1);
    let mut links = links.filter_map(|l| l.split('"').next());
    let found = links.find(|l| l.starts_with(begins) && l.len() > begins.len());
    let found = found.unwrap_or_else(|| panic!("no link {begins}: {}", page.text));
    found.split('?').next().unwrap_or_default().to_owned()
}
