//! A certificate in words for officials and firms, in Chinese and English.
//!
//! Not here: the sentences (`data/reasons.tsv`), the reasons themselves (`certificate`).

use super::book::{Text, say};
use super::certificate::{Certificate, PricedOut, Sheet};
use super::name::Names;
use super::placed::{Better, FirstWish, Placed};
use super::relax::Way;
use super::viewer::Crowd;
use crate::domain::application::Application;
use crate::domain::points::Points;
use crate::domain::reason::LeftOut;
use crate::policy::eligibility::Verdict;

/// The sentences of a certificate, the most important first.
pub fn tell(names: &Names<'_>, application: &Application, sheet: &Sheet) -> Vec<Text> {
    match &sheet.certificate {
        Certificate::NotEligible { unmet } => ineligible(unmet),
        Certificate::NothingFits { left_out, ways } => nothing(names, application, left_out, ways),
        Certificate::PricedOut(out) => priced(names, out),
        Certificate::Placed(placed) => placed_text(names, placed),
    }
}

fn ineligible(unmet: &[Verdict]) -> Vec<Text> {
    let mut told = vec![say("ineligible", &[("n", Text::same(unmet.len()))])];
    for verdict in unmet {
        let label = Text::of(&verdict.label.zh, &verdict.label.en);
        let detail = Text::of(&verdict.detail.zh, &verdict.detail.en);
        let basis = match verdict.clause.is_empty() {
            true => verdict.basis.clone(),
            false => format!("{} {}", verdict.basis, verdict.clause),
        };
        let holes = [
            ("label", label),
            ("detail", detail),
            ("basis", Text::same(basis)),
        ];
        told.push(say("ineligible.rule", &holes));
    }
    told
}

fn nothing(names: &Names<'_>, a: &Application, left_out: &LeftOut, ways: &[Way]) -> Vec<Text> {
    let units: u64 = left_out.values().sum();
    let mut told = vec![say("nothing", &[("units", Text::same(units))])];
    let mut counted: Vec<_> = left_out.iter().collect();
    counted.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
    for (rule, count) in counted {
        let holes = [("count", Text::same(count)), ("rule", names.rule(*rule))];
        told.push(say("nothing.rule", &holes));
    }
    for way in ways {
        let asks: Vec<Text> = way.asks.iter().map(|ask| names.ask(a, ask)).collect();
        let holes = [
            ("asks", Text::list(&asks)),
            ("options", Text::same(way.options)),
        ];
        told.push(say("nothing.way", &holes));
    }
    if ways.is_empty() {
        told.push(say("nothing.noway", &[]));
    }
    told
}

fn priced(names: &Names<'_>, out: &PricedOut) -> Vec<Text> {
    let mut told = vec![say("priced", &[("options", Text::same(out.options.len()))])];
    let Some(best) = out.options.first() else {
        return told;
    };
    let homes = match best.apartments {
        Points::ZERO => Text::default(),
        points => say("priced.homes", &[("points", Text::same(points))]),
    };
    let lacking: Vec<Text> = best.lacking.iter().map(|r| names.resource(r)).collect();
    let holes = [
        ("space", names.space(&best.option)),
        ("worth", Text::same(best.worth)),
        ("homes", homes),
        ("price", Text::same(best.price)),
        ("missed", Text::same(best.missed)),
        ("lacking", Text::list(&lacking)),
    ];
    let missed = best.missed > Points::ZERO;
    told.push(say(
        if missed {
            "priced.best"
        } else {
            "priced.contested"
        },
        &holes,
    ));
    if let Some(part) = best.parts.first().filter(|_| missed) {
        let holes = [
            ("resource", names.resource(&part.resource)),
            ("price", Text::same(part.price)),
        ];
        told.push(say("priced.dear", &holes));
    }
    if out.at_least > Points::ZERO {
        told.push(say(
            "priced.cost",
            &[("at_least", Text::same(out.at_least))],
        ));
    }
    told.push(displaced(out.displaced.as_ref()));
    told
}

fn displaced(crowd: Option<&Crowd>) -> Text {
    match crowd {
        None => say("displaced.never", &[]),
        Some(crowd) if crowd.count == 0 => say("displaced.none", &[]),
        Some(crowd) => {
            let holes = [("count", Text::same(crowd.count)), ("who", who(crowd))];
            say("displaced", &holes)
        }
    }
}

/// Named firms by application, the others by size.
fn who(crowd: &Crowd) -> Text {
    let mut all: Vec<Text> = crowd.named.iter().map(Text::same).collect();
    for (size, n) in &crowd.others {
        let key = format!("who.size.{}", size.name());
        all.push(say(&key, &[("n", Text::same(n))]));
    }
    Text::list(&all)
}

fn placed_text(names: &Names<'_>, placed: &Placed) -> Vec<Text> {
    let part = |p: &crate::domain::plan::ScorePart| {
        names
            .part(&p.name)
            .then(&Text::same(format!(" {}", p.points)))
    };
    let parts: Vec<Text> = placed.score.iter().map(part).collect();
    let worth = Points(
        placed
            .score
            .iter()
            .fold(0, |sum, p| sum.saturating_add(p.points.0)),
    );
    let holes = [
        ("space", names.space(&placed.option)),
        ("worth", Text::same(worth)),
        ("parts", Text::list(&parts)),
    ];
    let mut told = vec![say("placed", &holes)];
    if placed.asked > 0 {
        let holes = [
            ("asked", Text::same(placed.asked)),
            ("granted", Text::same(placed.granted)),
            ("points", Text::same(placed.apartments)),
        ];
        told.push(say("placed.homes", &holes));
    }
    told.extend(wish(names, &placed.first_wish));
    match &placed.best {
        None => told.push(say("placed.top", &[])),
        Some(best) => {
            let holes = [
                ("n", Text::same(placed.better)),
                ("space", names.space(&best.option)),
                ("points", Text::same(best.more)),
                ("lacking", lacking(names, best)),
            ];
            told.push(say("placed.best", &holes));
            told.push(displaced(best.displaced.as_ref()));
        }
    }
    told
}

fn lacking(names: &Names<'_>, better: &Better) -> Text {
    let all: Vec<Text> = better.lacking.iter().map(|r| names.resource(r)).collect();
    Text::list(&all)
}

fn wish(names: &Names<'_>, wish: &FirstWish) -> Vec<Text> {
    match wish {
        FirstWish::NoneNamed => vec![say("placed.wish.none", &[])],
        FirstWish::Met => vec![say("placed.wish.met", &[])],
        FirstWish::NothingFits { site, left_out } => {
            let rules: Vec<Text> = left_out.keys().map(|r| names.rule(*r)).collect();
            let holes = [("site", names.site(site)), ("rules", Text::list(&rules))];
            vec![say("placed.wish.nothing", &holes)]
        }
        FirstWish::Option(there) => {
            let more = there.points > Points::ZERO;
            let key = if more {
                "placed.wish.more"
            } else {
                "placed.wish.less"
            };
            let holes = [
                ("site", names.site(&there.site)),
                ("space", names.space(&there.option.option)),
                ("points", Text::same(Points(there.points.0.abs()))),
                ("lacking", lacking(names, &there.option)),
            ];
            let mut told = vec![say(key, &holes)];
            if more {
                told.push(displaced(there.option.displaced.as_ref()));
            }
            told
        }
    }
}
