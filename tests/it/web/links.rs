//! Links: keys hold slashes, hash signs and letters of any script, and every link of every page leads to its page.

use std::collections::{BTreeSet, VecDeque};

use zhuchao::domain::round::{Round, RoundState};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, StoreError};
use zhuchao::web::format::encoded;
use zhuchao::web::links::{decoded, path_to};

use super::walking::{form, get, tag_of};
use crate::acts::cases::world;
use crate::acts::procedure::go;
use crate::support::client::Answer;
use crate::support::town::{Town, towns};
use crate::support::world::key;

const SITE: &str = "园区/东#1";
const UNIT: &str = "单元/A#3:甲";
const FIRM: &str = "F/1#x";
const ROUND: &str = "R/2026#一批";

/// A town whose site, unit, firm and round have such keys. The round is another than R1.
fn odd() -> Town {
    let world = world()
        .site(SITE, "440305", 200)
        .unit(UNIT, &format!("{SITE}/甲栋/3"), 350)
        .firm(FIRM, 40);
    let town = towns(&world).remove(0);
    go(&town, zhuchao::domain::procedure::Step::Guided);
    let round = town.desk.store().read(|tx| store::need::<Round>(tx, "R1"));
    let other = Round {
        id: key(ROUND),
        name_zh: "第一批".to_owned(),
        state: RoundState::Open,
        ..round.expect("the round")
    };
    let put = town.desk.store().write(|tx| {
        store::upsert_many(tx, &[other])?;
        let entry = Entry {
            at: town.desk.now(),
            actor: "operator".to_owned(),
            act: "open another round".to_owned(),
            subject: ROUND.to_owned(),
            before: None,
            after: None,
        };
        journal::append(tx, &entry).map(drop)?;
        Ok::<_, StoreError>(())
    });
    put.expect("stored");
    town
}

#[test]
fn a_key_is_encoded_in_a_path_and_read_again() {
    for text in [SITE, UNIT, FIRM, ROUND, "a b?c%d&e=f", "100%"] {
        let path = path_to("/a/{}/b?c={}", &[&text, &text]);
        assert_eq!(path.matches('/').count(), 3, "{path}");
        assert!(!path.contains(['#', ' ', '园']), "{path}");
        let key = path.split('/').nth(2).unwrap_or_default();
        assert_eq!(decoded(key), text);
    }
    assert_eq!(path_to("/a/{}/{}", &[&1, &"x"]), "/a/1/x");
    assert_eq!(decoded("100%"), "100%", "what is no code stays");
    assert_eq!(decoded("%2"), "%2");
}

/// In-site links of a page, without what comes after `#`.
fn links(text: &str) -> Vec<String> {
    let parts = text.split("href=\"").skip(1);
    let all = parts.filter_map(|p| p.split('"').next());
    let all = all.map(|l| l.replace("&#38;", "&").replace("&amp;", "&"));
    let all = all.filter_map(|l| l.split('#').next().map(str::to_owned));
    all.filter(|l| l.starts_with('/')).collect()
}

/// Everything but the language and what was done.
fn plain(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let kept = query.split('&').filter(|p| {
        !p.is_empty()
            && !["lang=", "done=", "sort=", "page=", "col="]
                .iter()
                .any(|k| p.starts_with(k))
    });
    let kept: Vec<&str> = kept.collect();
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", kept.join("&")),
    }
}

/// True for an address that leads nowhere: no such page, no such thing, a key that cannot be read, an answer that failed.
/// That something asks for a sign-in, or has no plan to show yet, is an answer.
fn is_dead(page: &Answer, link: &str) -> bool {
    // The comparison asks for two plans; where there is none it says so.
    let of_a_plan = ["/files/", "/api/", "/results", "/plans/compare"]
        .iter()
        .any(|p| link.starts_with(p));
    let lost = ["WB101", "WB105", "AC013", "DM101"];
    let lost = lost.iter().any(|code| page.text.contains(code));
    page.status >= 500 || (page.status >= 400 && lost && !of_a_plan)
}

/// Asks every page that links lead to from some pages; gives how many, and those that did not answer.
async fn crawled(town: &Town, who: &str, from: &[String]) -> (BTreeSet<String>, Vec<String>) {
    let mut waiting: VecDeque<(String, String)> =
        from.iter().map(|f| (f.clone(), String::new())).collect();
    let (mut seen, mut dead) = (BTreeSet::new(), Vec::new());
    while let Some((link, by)) = waiting.pop_front() {
        if link.starts_with("/assets/") || !seen.insert(link.clone()) || seen.len() > 260 {
            continue;
        }
        let page = get(town, who, &link).await;
        if is_dead(&page, &link) {
            dead.push(format!("{link} from {by}: {}", page.status));
        }
        if page.header("content-type").starts_with("text/html") {
            waiting.extend(links(&page.text).iter().map(|l| (plain(l), link.clone())));
        }
    }
    (seen, dead)
}

#[actix_web::test]
async fn every_link_leads_somewhere_whatever_the_keys_are() {
    let town = odd();
    let round = path_to("/rounds/{}", &[&ROUND]);
    let site = path_to("/vacancies/site/{}", &[&SITE]);
    let from = |more: &[String]| [vec!["/".to_owned(), "/desk".to_owned()], more.to_vec()].concat();
    let public = vec![
        "/".to_owned(),
        site.clone(),
        path_to("/notices/{}", &[&ROUND]),
    ];
    for (who, from, must) in [
        ("", public, vec![site.clone()]),
        (
            "bureau_planner",
            from(&[round.clone(), "/tables".to_owned()]),
            vec![round.clone(), format!("{round}/guide")],
        ),
        (
            "district_reviewer.440305",
            from(&[]),
            vec!["/review".to_owned()],
        ),
        (
            "firm_preparer.F/1#x",
            from(&["/cases/new".to_owned()]),
            vec!["/profile".to_owned()],
        ),
        ("audit_admin", from(&[]), vec!["/journal".to_owned()]),
    ] {
        let (seen, dead) = crawled(&town, who, &from).await;
        assert_eq!(dead, Vec::<String>::new(), "as {who}");
        for page in must {
            assert!(
                seen.contains(&page),
                "{who} does not come to {page}: {seen:?}"
            );
        }
    }
}

#[actix_web::test]
async fn acts_are_done_on_things_with_such_keys() {
    let town = odd();
    let round = path_to("/rounds/{}", &[&ROUND]);
    let guide = get(&town, "bureau_planner", &format!("{round}/guide")).await;
    assert_eq!(guide.status, 200, "{}", guide.text);
    assert!(
        guide.text.contains(&format!("action=\"{round}/guide\"")),
        "{}",
        guide.text
    );
    let body = format!(
        "of=guide&tag={}&number=G-2&text=x&policy=test&opens_at=2026-01-06T09:00&closes_at=2026-01-20T18:00",
        tag_of(&guide.text)
    );
    let sent = form(&town, "bureau_planner", &format!("{round}/guide"), &body).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(
        sent.header("location")
            .starts_with(&format!("{round}?done=")),
        "{}",
        sent.header("location")
    );
    town.at("2026-01-07T10:00:00+08:00");
    let who = "firm_preparer.F/1#x";
    let begun = form(
        &town,
        who,
        "/cases/new",
        &format!("of=new&round={}", encoded(ROUND)),
    )
    .await;
    assert_eq!(begun.status, 303, "{}", begun.text);
    let draft = begun
        .header("location")
        .split('?')
        .next()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(get(&town, who, &draft).await.status, 200);
    let profile = path_to("/profiles/{}", &[&FIRM]);
    assert_eq!(
        get(&town, "district_reviewer.440305", &profile)
            .await
            .status,
        200
    );
    let unit = get(&town, "", &path_to("/vacancies/site/{}", &[&SITE])).await;
    assert!(
        unit.text.contains("甲栋") && unit.text.contains("350 m²"),
        "{}",
        unit.text
    );
}

/// A path that is put together by hand, so that a key in it is not encoded.
fn by_hand(text: &str) -> bool {
    text.split("format!(").skip(1).any(|rest| {
        let literal = rest.trim_start().strip_prefix("\"/").unwrap_or_default();
        let literal = literal.split('"').next().unwrap_or_default();
        literal.starts_with(|c: char| c.is_ascii_lowercase()) && literal.contains('{')
    })
}

#[test]
fn no_path_is_put_together_by_hand() {
    assert!(by_hand("x(format!(\"/cases/{id}\"))") && by_hand("format!(\n  \"/a/{}\", b)"));
    assert!(!by_hand("format!(\"/ {}\", n)") && !by_hand("format!(\"{path}/a\")"));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut folders = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && by_hand(&std::fs::read_to_string(&path).expect("a text"))
            {
                found.push(path.display().to_string());
            }
        }
    }
    assert_eq!(found, Vec::<String>::new(), "use links::path_to");
}
