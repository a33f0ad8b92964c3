//! The shape of the numbers: sizes, laws of letting that bite, options per firm, scarcity.

use std::collections::{BTreeMap, BTreeSet};

use zhuchao::domain::industry::IndustryCode;
use zhuchao::domain::money::Fen;
use zhuchao::domain::space::Division;
use zhuchao::planning::build;

use super::city;

#[test]
fn sizes_follow_the_number_of_firms() {
    for (firms, floors, projects) in [(1, 1, 1), (20, 14, 1), (21, 15, 2), (1_000, 700, 50)] {
        let city = city(firms, 9);
        assert_eq!(city.firms.len(), usize::try_from(firms).expect("small"));
        assert_eq!(city.applications.len(), city.firms.len());
        assert_eq!(city.inventory.floors.len(), floors);
        assert_eq!(city.inventory.projects.len(), projects);
        assert_eq!(city.quotas.len(), city.ground.districts.len());
    }
}

#[test]
fn floors_are_contiguous_whole_divisible_and_grouped() {
    let stock = city(1_000, 2).inventory;
    let divisible = stock
        .units
        .iter()
        .filter(|u| u.division != Division::Whole)
        .count();
    let one_tenant = stock.floors.iter().filter(|f| f.one_tenant).count();
    let groups: BTreeSet<_> = stock
        .units
        .iter()
        .filter_map(|u| u.group.as_ref())
        .collect();
    assert!(
        (250..450).contains(&divisible),
        "{divisible} divisible units"
    );
    assert!(
        (120..400).contains(&one_tenant),
        "{one_tenant} whole floors"
    );
    assert!(groups.len() > 8, "{} groups", groups.len());
    let mut levels: BTreeMap<&str, Vec<i32>> = BTreeMap::new();
    for floor in &stock.floors {
        levels
            .entry(floor.building.as_str())
            .or_default()
            .push(floor.level);
    }
    let runs = levels
        .values()
        .filter(|l| l.windows(2).any(|w| w[1] == w[0] + 1))
        .count();
    assert!(
        runs * 10 > levels.len() * 8,
        "{runs} of {} buildings have a run",
        levels.len()
    );
}

#[test]
fn a_firm_has_about_thirty_to_forty_options_at_every_size() {
    for firms in [200, 1_000] {
        let built = build::build(&city(firms, 4)).expect("an instance can be made");
        assert!(
            built.cases.iter().all(|c| c.unmet.is_empty()),
            "every firm is eligible"
        );
        let mut options: Vec<usize> = built.cases.iter().map(|c| c.options.len()).collect();
        options.sort_unstable();
        let mean = options.iter().sum::<usize>() / options.len();
        let median = options[options.len() / 2];
        assert!((27..=42).contains(&mean), "{firms} firms: mean {mean}");
        assert!(
            (25..=42).contains(&median),
            "{firms} firms: median {median}"
        );
        let without = options.iter().filter(|n| **n == 0).count();
        assert!(
            without * 15 < options.len(),
            "{firms} firms: {without} without an option"
        );
    }
}

#[test]
fn space_and_apartments_are_short_and_the_trades_are_of_section_m() {
    let city = city(1_000, 6);
    let offered: i64 = city.inventory.units.iter().map(|u| u.area.0).sum();
    let wanted: i64 = city.applications.iter().map(|a| a.area_max.0).sum();
    assert!(wanted > offered, "{wanted} wanted, {offered} offered");
    assert!(
        city.firms
            .iter()
            .map(|f| &f.industry)
            .all(IndustryCode::is_section_m)
    );
    let small = city.firms.iter().filter(|f| f.headcount < 50).count();
    let large = city.firms.iter().filter(|f| f.headcount >= 300).count();
    assert!(
        small > 450 && large > 15,
        "{small} small, {large} large: a heavy tail"
    );
}

#[test]
fn wishes_concentrate_on_a_few_parks() {
    let city = city(2_000, 1);
    let mut firsts: BTreeMap<&str, usize> = BTreeMap::new();
    for application in &city.applications {
        let first = application.site_wishes.first().expect("every firm wishes");
        *firsts.entry(first.as_str()).or_default() += 1;
    }
    let mut counts: Vec<usize> = firsts.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top: usize = counts.iter().take(counts.len() / 5).sum();
    assert!(
        top * 2 > 2_000,
        "the first fifth of the parks has {top} of 2000 first wishes"
    );
}

#[test]
fn quotas_pay_more_in_ample_districts_than_in_tight_ones() {
    let city = city(1_000, 1);
    let paying = city
        .quotas
        .iter()
        .filter(|q| q.amount > Fen(10_000_000))
        .count();
    assert!(
        paying >= 6,
        "{paying} districts have more than the least quota"
    );
    assert!(
        city.quotas
            .iter()
            .all(|q| q.year == city.round.subsidy_year)
    );
    let modes: BTreeSet<String> = city
        .quotas
        .iter()
        .map(|q| format!("{:?}", q.mode))
        .collect();
    assert_eq!(modes.len(), 2, "both modes occur");
}
