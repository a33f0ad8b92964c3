//! The subsidy formula on worked examples, counted by hand.

use zhuchao::domain::area::Area;
use zhuchao::domain::fault::Fault;
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::policy::Policy;
use zhuchao::policy::subsidy::{Computed, computed};

use super::world::{changed, day, firm, lease, policy, read};

/// Subsidy of 2026 for a lease of five years from 1 March with three free months: 7 months.
fn seven_months(
    policy: &Policy,
    firm: &Firm,
    district: &str,
    area: &str,
    rate: &str,
) -> Result<Option<Computed>, Fault> {
    let area: Area = read(area);
    let rent = read::<Rate>(rate).monthly(area)?;
    let lease = lease(day(2026, 3, 1), 60);
    computed(policy, firm, &read(district), area, rent, 3, &lease, 2026)
}

fn paid(district: &str, area: &str, rate: &str) -> Option<(String, i64)> {
    let answer = seven_months(&policy(), &firm(), district, area, rate);
    answer.expect("small").map(|c| (c.rule, c.amount.0))
}

fn some(rule: &str, fen: i64) -> Option<(String, i64)> {
    Some((rule.to_owned(), fen))
}

#[test]
fn a_share_of_the_rent_up_to_the_area_cap() {
    // 500 m2 x 60 yuan = 30000 yuan; 30 % = 9000; 7 months = 63000 yuan.
    assert_eq!(paid("440305", "500", "60"), some("NS-1", 6_300_000));
    // 罗湖: 1000 of 1200 m2 count; 1200 x 20 = 24000, 20000 of it; 30 % = 6000; x 7.
    assert_eq!(paid("440303", "1200", "20"), some("LH-1", 4_200_000));
}

#[test]
fn the_year_cap_ends_it() {
    // 2000 m2 x 100 = 200000; 30 % x 7 = 420000, cap 300000.
    assert_eq!(paid("440305", "2000", "100"), some("NS-1", 30_000_000));
}

#[test]
fn rent_above_the_guide_price_is_not_aided() {
    // 龙华: guide 47.70 x 100 % x 100 m2 = 4770 below the rent of 6000; 50 % = 2385; x 7.
    assert_eq!(paid("440309", "100", "60"), some("LHX-1", 1_669_500));
    // Below the guide price the rent itself counts: 4000 x 50 % x 7.
    assert_eq!(paid("440309", "100", "40"), some("LHX-1", 1_400_000));
}

#[test]
fn bands_are_marginal() {
    // 坪山: 1500 m2 x 30 = 45000, below 130 % of the guide; 1000 m2 at 90 % = 27000,
    // 500 m2 at 50 % = 7500; 34500 x 7 = 241500 yuan.
    assert_eq!(paid("440310", "1500", "30"), some("PS-1", 24_150_000));
    // Above 5000 m2 nothing is added: 27000 + 60000 = 87000 x 7 for 5000 m2 and for 6000 m2.
    assert_eq!(paid("440310", "5000", "30"), some("PS-1", 60_900_000));
    assert_eq!(paid("440310", "6000", "30"), some("PS-1", 60_900_000));
    // Guide 37.09 x 1.3 = 48.217 yuan: 100 m2 give 4821.70, 90 % = 4339.53; x 7.
    assert_eq!(paid("440310", "100", "80"), some("PS-1", 3_037_671));
}

#[test]
fn a_flat_rate_never_exceeds_the_rent() {
    assert_eq!(paid("440311", "1500", "50"), some("GM-1", 14_000_000));
    // Rent of 12 yuan, rate of 20: the rent counts.
    assert_eq!(paid("440311", "100", "12"), some("GM-1", 840_000));
}

#[test]
fn conditions_decide_which_rule_covers_and_the_largest_counts() {
    assert_eq!(paid("440306", "1000", "60"), some("BA-2", 10_000_000));
    let mut rich = firm();
    rich.credentials = vec![Credential::HighTech];
    let amount = |firm: &Firm, district| {
        let answer = seven_months(&policy(), firm, district, "1000", "60").expect("small");
        answer.map(|c| (c.rule, c.amount.0))
    };
    assert_eq!(amount(&rich, "440306"), some("BA-1", 20_000_000));
    assert_eq!(paid("440307", "100", "60"), some("LG-2", 1_260_000));
    let mut tester = firm();
    tester.industry = read("7452");
    assert_eq!(amount(&tester, "440307"), some("LG-1", 21_000_000));
}

#[test]
fn equal_amounts_go_to_the_smaller_id() {
    // Both caps equal: BA-1 and BA-2 give the same to a high-tech firm.
    let text = changed("year_cap_yuan = 100000\n", "year_cap_yuan = 200000\n");
    let policy = zhuchao::policy::read(&text).expect("lawful");
    let mut rich = firm();
    rich.credentials = vec![Credential::HighTech];
    let answer = seven_months(&policy, &rich, "440306", "1000", "60").expect("small");
    assert_eq!(answer.map(|c| c.rule), Some("BA-1".to_owned()));
}

#[test]
fn where_nothing_is_payable_there_is_no_grant() {
    assert_eq!(paid("4403X2", "100", "60"), None);
    assert_eq!(paid("440305", "100", "0"), None);
    let lease = lease(day(2026, 3, 1), 60);
    let late = computed(
        &policy(),
        &firm(),
        &read("440305"),
        Area(100),
        Fen(100),
        12,
        &lease,
        2026,
    );
    assert_eq!(late, Ok(None));
}

#[test]
fn what_is_not_a_tenancy_is_refused_and_overflow_is_a_fault() {
    let lease = lease(day(2026, 3, 1), 60);
    let code = |district: &str, area, rent| {
        let answer = computed(
            &policy(),
            &firm(),
            &read(district),
            Area(area),
            Fen(rent),
            0,
            &lease,
            2026,
        );
        answer.err().map(|f| f.code.0)
    };
    assert_eq!(code("440305", 0, 100), Some("PO161"));
    assert_eq!(code("440305", 100, -1), Some("PO161"));
    assert_eq!(code("440306", 100, i64::MAX), Some("DM110"));
    assert_eq!(code("440310", i64::MAX, i64::MAX), Some("DM110"));
}
