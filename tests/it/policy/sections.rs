//! Rent, score card, housing terms, process, optimizer, area per head: what each section says, what it refuses,
//! and what its absence means.

use zhuchao::domain::area::{Area, Share};
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::housing::HouseholdKind;
use zhuchao::domain::ids::ApplicationId;
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::points::Points;
use zhuchao::domain::space::{Fitout, Use};
use zhuchao::policy::condition::Facts;
use zhuchao::policy::optimizer::Mode;
use zhuchao::policy::process::NO_PROCESS;
use zhuchao::policy::rent::NO_RENT_RULE;
use zhuchao::policy::score_card::{Filled, order};
use zhuchao::policy::{self, Policy, entitlement};

use super::world::{DOCUMENT, changed, codes, day, firm, policy, read};
use crate::support::world::POLICY;

fn facts(firm: &Firm) -> Facts<'_> {
    Facts::of_firm(firm, day(2026, 2, 6))
}

#[test]
fn an_old_document_reads_and_its_absent_sections_mean_what_they_say() {
    let old: Policy = policy::read(POLICY).expect("lawful");
    assert!(old.rent.is_none() && old.score_card.is_none() && old.optimizer.is_none());
    assert!(old.quotas.is_empty() && old.eligibility.rules.is_empty());
    assert_eq!(old.process().expect_err("absent").code, NO_PROCESS);
    assert_eq!(old.housing.firm_quota(&facts(&firm())), None);
    assert_eq!(old.housing.cash_of(HouseholdKind::Single), None);
    let market = Rate::new(5_000).expect("a rate");
    assert_eq!(old.housing.rent_of(market), Ok(market));
}

#[test]
fn the_rent_is_reference_times_grade_times_share() {
    let rent = policy().rent.expect("there is one");
    let mut firm = firm();
    let quote = rent.quote("SZ-RD", "A", &facts(&firm)).expect("a quote");
    // 72.60 x 1.1 x 0.7 = 55.902, rounded down to a fen.
    assert_eq!((quote.rate.fen(), quote.tier.as_str()), (5_590, "other"));
    firm.credentials = vec![Credential::Specialised, Credential::Carrier];
    let quote = rent.quote("SZ-RD", "B", &facts(&firm)).expect("a quote");
    assert_eq!((quote.rate.fen(), quote.tier.as_str()), (2_178, "carrier"));
    let refused = rent
        .quote("MOON", "A", &facts(&firm))
        .expect_err("no such area");
    assert_eq!(refused.code, NO_RENT_RULE);
    assert_eq!(
        rent.quote("SZ-RD", "Z", &facts(&firm))
            .expect_err("no grade")
            .code,
        NO_RENT_RULE
    );
    assert_eq!(rent.free_months(Fitout::BareShell), 3);
    assert_eq!(rent.free_months(Fitout::Unknown), 0);
    let bad = changed("coefficient_bp = 11000", "coefficient_bp = 0");
    assert_eq!(codes(&bad), ["PO103"]);
    let bad = changed("fitout = \"simple\"", "fitout = \"bare_shell\"");
    assert_eq!(codes(&bad), ["PO103"]);
}

fn card(key: &str, change: impl FnOnce(&mut Firm), held: &[&str]) -> Filled {
    let card = policy().score_card.expect("there is one");
    let mut firm = firm();
    change(&mut firm);
    let id: ApplicationId = read(key);
    card.fill(&id, &facts(&firm), held).expect("small")
}

const PAPERS: [&str; 3] = [
    "financial_audit",
    "credential_certificate",
    "social_insurance",
];

#[test]
fn a_card_gives_the_first_step_that_holds_and_nothing_without_evidence() {
    let good = |f: &mut Firm| {
        f.rd_share = Share::new(1_000).ok();
        f.credentials = vec![Credential::HighTech];
    };
    let full = card("AP1", good, &PAPERS);
    let points: Vec<i64> = full.marks.iter().map(|m| m.points.0).collect();
    assert_eq!(points, [25_000, 0, 20_000, 10_000]);
    assert_eq!(
        (full.total, full.ranked, full.queue),
        (Points(55_000), true, 1)
    );
    assert!(full.marks[1].needs_evidence, "the revenue is not known");
    let bare = card("AP1", good, &[]);
    assert_eq!((bare.total, bare.ranked), (Points::ZERO, false));
    assert!(bare.marks[0].needs_evidence);
}

#[test]
fn queues_come_before_points_and_ties_are_broken_in_order() {
    let first = card(
        "AP9",
        |f| f.credentials = vec![Credential::Specialised],
        &[],
    );
    let rich = card("AP1", |f| f.rd_share = Share::new(2_000).ok(), &PAPERS);
    let more = card("AP2", |f| f.rd_share = Share::new(3_000).ok(), &PAPERS);
    let same = card("AP3", |f| f.rd_share = Share::new(3_000).ok(), &PAPERS);
    assert_eq!(rich.total, more.total);
    let mut all = [&rich, &same, &more, &first];
    all.sort_by(|a, b| order(a, b));
    let keys: Vec<&str> = all.iter().map(|f| f.application.as_str()).collect();
    assert_eq!(keys, ["AP9", "AP2", "AP3", "AP1"]);
    let heavy = changed("weight_bp = 10000 ", "weight_bp = 15001 ");
    let heavy = policy::read(&heavy)
        .expect("lawful")
        .score_card
        .expect("a card");
    let firm = firm();
    let filled = heavy
        .fill(&read("AP1"), &facts(&firm), &PAPERS)
        .expect("small");
    assert_eq!(filled.marks[3].points, Points(15_001));
    assert_eq!(heavy.most(), Points(30_000 + 20_000 + 30_000 + 30_002));
    assert_eq!(
        codes(&changed("weight_bp = 10000 ", "weight_bp = 0 ")),
        ["PO103"]
    );
    let bad = changed("points = 30000 }", "points = -1 }");
    assert_eq!(codes(&bad), ["PO132"]);
}

#[test]
fn housing_has_a_quota_a_rent_and_money_in_its_place() {
    let housing = policy().housing;
    let mut firm = firm();
    assert_eq!(housing.firm_quota(&facts(&firm)), Some(6));
    firm.rd_share = Share::new(1_000).ok();
    firm.credentials = vec![Credential::Academician];
    assert_eq!(
        housing.firm_quota(&facts(&firm)),
        Some(10),
        "35 for a hundred heads"
    );
    firm.headcount = 1;
    assert_eq!(housing.firm_quota(&facts(&firm)), Some(1));
    firm.headcount = u32::MAX;
    assert_eq!(housing.firm_quota(&facts(&firm)), Some(60));
    let market = Rate::new(5_001).expect("a rate");
    assert_eq!(housing.rent_of(market).map(|r| r.fen()), Ok(3_000));
    assert_eq!(housing.cash_of(HouseholdKind::Family), Some(Fen(160_000)));
    assert_eq!(codes(&changed("least = 1\n", "least = 61\n")), ["PO103"]);
}

#[test]
fn the_process_names_its_periods_routes_and_reasons() {
    let policy = policy();
    let process = policy.process().expect("there is one");
    assert_eq!(process.publicity_working_days, 5);
    assert_eq!(process.window_calendar_days, 11);
    assert_eq!(process.related_firm_share.bp(), 3_000);
    let route = |m2: &str| process.route(read::<Area>(m2)).map(|r| r.id.as_str());
    assert_eq!(route("5000"), Some("street"));
    assert_eq!(route("5000.01"), Some("department"));
    let reasons: Vec<&str> = process
        .reject_reasons
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    assert!(reasons.contains(&"duplicate"));
    let mut firm = firm();
    assert_eq!(process.risk_weight(&facts(&firm)), 1);
    firm.headcount = 9;
    firm.founded = Some(day(2025, 1, 1));
    assert_eq!(process.risk_weight(&facts(&firm)), 4);
    let none = changed(
        "[process.publicity]\nworking_days = 5",
        "[process.publicity]\nworking_days = 0",
    );
    assert_eq!(codes(&none), ["PO103"]);
    let bad = changed("area_below_m2 = \"5000.01\"", "area_below_m2 = 0");
    assert_eq!(codes(&bad), ["PO103"]);
}

#[test]
fn a_cap_on_envy_goes_with_its_mode() {
    assert_eq!(policy().optimizer.map(|o| o.mode), Some(Mode::Optimum));
    assert_eq!(
        codes(&changed("mode = \"optimum\"", "mode = \"envy_cap\"")),
        ["PO103"]
    );
    let capped = changed(
        "mode = \"optimum\"",
        "mode = \"envy_cap\"\nenvy_pairs_max = 3",
    );
    assert!(codes(&capped).is_empty());
    assert_eq!(
        codes(&changed("move_price = 5000", "move_price = -1")),
        ["PO103"]
    );
}

#[test]
fn area_by_heads_and_the_cap_of_one_firm_bind_where_they_are_less() {
    let text = changed("m2_per_head = 32", "m2_per_head = \"10.50\"");
    let narrow = policy::read(&text).expect("lawful");
    let of = |p: &Policy, use_| entitlement::of(p, &firm(), use_).area_max;
    assert_eq!(of(&policy(), Use::RdOffice), Area::metres(800));
    assert_eq!(of(&narrow, Use::RdOffice), Area::metres(315));
    assert_eq!(of(&narrow, Use::Laboratory), Area::metres(800));
    let text = changed("firm_cap_m2 = 10000", "firm_cap_m2 = 300");
    assert_eq!(
        of(&policy::read(&text).expect("lawful"), Use::Laboratory),
        Area::metres(300)
    );
    assert_eq!(
        codes(&changed("m2_per_head = 32", "m2_per_head = 0")),
        ["PO115"]
    );
    let twice = DOCUMENT.replacen("use = \"office\"", "use = \"rd_office\"", 1);
    assert_eq!(codes(&twice), ["PO115"]);
}
