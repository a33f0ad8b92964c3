//! Claims: months and caps that are left, cohorts, multipliers, stacking, appraised rent, other aid; and the
//! settlement of a quota.

use proptest::prelude::*;
use zhuchao::domain::area::Area;
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::money::Fen;
use zhuchao::domain::place::DistrictCode;
use zhuchao::policy::claim::{Claim, Entitled, Limit, evaluate};
use zhuchao::policy::quota::{QUOTA_HARD, Settlement, settle};
use zhuchao::policy::{self, Policy, subsidy};

use super::world::{changed, codes, day, firm, lease, policy, read};

fn yuan(yuan: i64) -> Fen {
    Fen(yuan * 100)
}

/// Twelve months of 1,000 m2 at 60 yuan, nothing paid before.
fn year<'a>(firm: &'a Firm, district: &'a DistrictCode) -> Claim<'a> {
    Claim {
        firm,
        district,
        entered: day(2026, 1, 1),
        area: Area::metres(1_000),
        area_before: Area::ZERO,
        monthly_rent: yuan(60_000),
        months: 12,
        rent_paid: yuan(720_000),
        appraised: None,
        months_before: 0,
        paid_this_year: Fen::ZERO,
        paid_in_all: Fen::ZERO,
        other_aid: Fen::ZERO,
    }
}

fn given(policy: &Policy, district: &str, change: impl FnOnce(&mut Claim<'_>)) -> Entitled {
    let (firm, district) = (firm(), read::<DistrictCode>(district));
    let mut claim = year(&firm, &district);
    change(&mut claim);
    let given = evaluate(policy, &claim).expect("a lawful claim");
    given.expect("a rule covers the firm")
}

/// 福田 with a plain rule: half of the rent, at most 500,000 yuan a year, 1,000 m2, 36 months.
fn with(more: &str) -> Policy {
    let text = changed(
        "year_cap_yuan = 500000",
        &format!("year_cap_yuan = 500000\n{more}"),
    );
    policy::read(&text).expect("lawful")
}

#[test]
fn a_plain_claim_gives_the_share_of_the_rent() {
    let all = given(&policy(), "440304", |_| ());
    assert_eq!(all.amount, yuan(360_000));
    assert_eq!((all.months, all.months_left), (12, 24));
    assert_eq!(all.year_left, Some(yuan(140_000)));
    assert_eq!(
        (all.total_left, all.limits.as_slice()),
        (None, [].as_slice())
    );
}

#[test]
fn months_and_caps_that_are_used_up_limit_the_claim() {
    let few = given(&policy(), "440304", |c| c.months_before = 30);
    assert_eq!((few.months, few.months_left), (6, 0));
    assert_eq!(
        (few.amount, few.limits.as_slice()),
        (yuan(180_000), [Limit::Months].as_slice())
    );
    let none = given(&policy(), "440304", |c| c.months_before = 99);
    assert_eq!((none.months, none.amount), (0, Fen::ZERO));
    let late = given(&policy(), "440304", |c| c.paid_this_year = yuan(400_000));
    assert_eq!(
        (late.amount, late.year_left),
        (yuan(100_000), Some(Fen::ZERO))
    );
    assert_eq!(late.limits, [Limit::YearCap]);
    let total = with("total_cap_yuan = 600000");
    let all = given(&total, "440304", |c| c.paid_in_all = yuan(550_000));
    assert_eq!(
        (all.amount, all.total_left),
        (yuan(50_000), Some(Fen::ZERO))
    );
}

#[test]
fn the_aid_is_never_more_than_the_rent_that_was_paid() {
    let all = given(&policy(), "440304", |c| c.rent_paid = yuan(1_234));
    assert_eq!(
        (all.amount, all.limits.as_slice()),
        (yuan(1_234), [Limit::RentPaid].as_slice())
    );
}

#[test]
fn a_share_of_the_appraised_rent_needs_an_appraisal() {
    let rule = with("appraised_share_bp = 5000");
    let all = given(&rule, "440304", |c| c.appraised = Some(yuan(40_000)));
    assert_eq!(
        (all.amount, all.limits.as_slice()),
        (yuan(240_000), [Limit::Appraised].as_slice())
    );
    let (firm, district) = (firm(), read::<DistrictCode>("440304"));
    let refused = evaluate(&rule, &year(&firm, &district)).expect_err("no appraisal");
    assert_eq!(refused.code.0, "PO103");
}

#[test]
fn the_year_of_entry_decides_the_rate() {
    let cohorts = "cohorts = [{ from_year = 2021, until_year = 2022, share_bp = 4000 }, \
                   { from_year = 2023, until_year = 2023, share_bp = 1000 }]";
    let rule = with(cohorts);
    let of = |year: i32| given(&rule, "440304", |c| c.entered = day(year, 6, 1)).amount;
    assert_eq!(of(2021), yuan(288_000));
    assert_eq!(of(2023), yuan(72_000));
    assert_eq!(
        of(2026),
        yuan(360_000),
        "a year that no cohort names has the rule's own rate"
    );
    let overlap = cohorts.replace("from_year = 2023", "from_year = 2022");
    let text = changed("year_cap_yuan = 500000", &overlap);
    assert_eq!(codes(&text), ["PO116"]);
}

#[test]
fn a_multiplier_raises_the_aid_up_to_the_rent() {
    let rule = with("multipliers = [{ condition = \"headcount >= 30\", factor_bp = 12000 }]");
    let all = given(&rule, "440304", |_| ());
    assert_eq!(all.amount, yuan(432_000));
    let much = with("multipliers = [{ condition = \"headcount >= 30\", factor_bp = 90000 }]");
    let all = given(&much, "440304", |c| c.months = 6);
    assert_eq!(all.uncapped, yuan(360_000), "six months of the whole rent");
}

#[test]
fn rules_of_a_group_add_up_and_others_do_not() {
    let group = |text: &str| text.replace("id = \"BA-1\"", "id = \"BA-1\"\nstack_group = \"BA\"");
    let both = group(super::world::DOCUMENT)
        .replace("id = \"BA-2\"", "id = \"BA-2\"\nstack_group = \"BA\"");
    let stacked = policy::read(&both).expect("lawful");
    let (mut firm, district) = (firm(), read::<DistrictCode>("440306"));
    firm.credentials = vec![Credential::HighTech];
    let amount = |p: &Policy, firm: &Firm| {
        let all = evaluate(p, &year(firm, &district))
            .expect("lawful")
            .expect("covered");
        (all.rule, all.amount)
    };
    assert_eq!(amount(&policy(), &firm), ("BA-1".to_owned(), yuan(200_000)));
    assert_eq!(
        amount(&stacked, &firm),
        ("BA-1+BA-2".to_owned(), yuan(300_000))
    );
    // A plan sees the same.
    let rent = yuan(60_000);
    let lease = lease(day(2026, 1, 1), 36);
    let area = Area::metres(1_000);
    let plan = subsidy::computed(&stacked, &firm, &district, area, rent, 0, &lease, 2026);
    let plan = plan.expect("lawful").expect("covered");
    assert_eq!(
        (plan.rule.as_str(), plan.amount),
        ("BA-1+BA-2", yuan(300_000))
    );
    firm.credentials.clear();
    assert_eq!(amount(&stacked, &firm), ("BA-2".to_owned(), yuan(100_000)));
}

#[test]
fn the_caps_of_a_group_add_up_whichever_rule_was_paid_before() {
    let text = super::world::DOCUMENT
        .replace("id = \"BA-1\"", "id = \"BA-1\"\nstack_group = \"BA\"")
        .replace("id = \"BA-2\"", "id = \"BA-2\"\nstack_group = \"BA\"");
    let stacked = policy::read(&text).expect("lawful");
    let (mut firm, district) = (firm(), read::<DistrictCode>("440306"));
    firm.credentials = vec![Credential::HighTech];
    // Half a year gives 180,000 and, capped, 100,000 yuan; the other half what is left of 300,000.
    let half = Claim {
        months: 6,
        rent_paid: yuan(360_000),
        ..year(&firm, &district)
    };
    let first = evaluate(&stacked, &half).expect("lawful").expect("covered");
    assert_eq!(
        (first.amount, first.year_left),
        (yuan(280_000), Some(yuan(20_000)))
    );
    let second = Claim {
        months_before: 6,
        paid_this_year: first.amount,
        paid_in_all: first.amount,
        ..half
    };
    let second = evaluate(&stacked, &second)
        .expect("lawful")
        .expect("covered");
    assert_eq!(
        (second.amount, second.year_left),
        (yuan(20_000), Some(Fen::ZERO))
    );
    assert_eq!((second.months, second.months_left), (6, 24));
    let uneven = text.replacen("year_cap_yuan = 100000", "", 1);
    assert_eq!(codes(&uneven), ["PO118"]);
}

#[test]
fn other_aid_leaves_the_difference_or_nothing() {
    let all = given(&policy(), "440304", |c| c.other_aid = yuan(300_000));
    assert_eq!(
        (all.amount, all.limits.as_slice()),
        (yuan(60_000), [Limit::OtherAid].as_slice())
    );
    let text = changed("mode = \"difference\"", "mode = \"exclude\"");
    let exclude = policy::read(&text).expect("lawful");
    let none = given(&exclude, "440304", |c| c.other_aid = Fen(1));
    assert_eq!(none.amount, Fen::ZERO);
    assert_eq!(given(&exclude, "440304", |_| ()).amount, yuan(360_000));
}

#[test]
fn conditions_and_least_areas_bar_a_rule() {
    let large = with("area_min_m2 = 1001");
    assert_eq!(given(&large, "440304", |_| ()).amount, Fen::ZERO);
    let condition = with("condition = \"rd_share >= 300\"");
    let (firm, district) = (firm(), read::<DistrictCode>("440304"));
    assert_eq!(evaluate(&condition, &year(&firm, &district)), Ok(None));
}

#[test]
fn a_claim_without_area_or_with_a_negative_amount_is_refused() {
    let (firm, district) = (firm(), read::<DistrictCode>("440304"));
    let mut claim = year(&firm, &district);
    claim.other_aid = Fen(-1);
    let refused = evaluate(&policy(), &claim).expect_err("negative");
    assert_eq!(refused.code.0, "PO161");
    claim.other_aid = Fen::ZERO;
    claim.monthly_rent = Fen(i64::MAX);
    claim.rent_paid = Fen(i64::MAX);
    claim.months = u32::MAX;
    assert!(evaluate(&policy(), &claim).is_err_and(|f| f.code.0 == "DM110"));
}

#[test]
fn a_quota_is_cut_ranked_or_hard() {
    let claims = [yuan(50), yuan(40), yuan(30), yuan(10)];
    let cut = settle(Settlement::ProRata, yuan(65), &claims).expect("lawful");
    assert_eq!(cut, [yuan(25), yuan(20), yuan(15), yuan(5)]);
    let ranked = settle(Settlement::Ranked, yuan(100), &claims).expect("lawful");
    assert_eq!(
        ranked,
        [yuan(50), yuan(40), Fen::ZERO, Fen::ZERO],
        "nobody is jumped"
    );
    let hard = settle(Settlement::Hard, yuan(129), &claims).expect_err("too much");
    assert_eq!(hard.code, QUOTA_HARD);
    assert_eq!(
        settle(Settlement::Hard, yuan(130), &claims).expect("fits"),
        claims
    );
}

fn full() -> Policy {
    let text = changed(
        "year_cap_yuan = 500000",
        "year_cap_yuan = 500000\ntotal_cap_yuan = 800000\narea_min_m2 = 50\n\
         multipliers = [{ condition = \"headcount >= 30\", factor_bp = 13000 }]",
    );
    policy::read(&text).expect("lawful")
}

proptest! {
    /// Never above the rent paid, the months, the caps; with other aid never above the larger of the two.
    #[test]
    fn a_claim_keeps_every_limit(
        area in 1..500_000_i64, rate in 0..30_000_i64, months in 0..40_u32, before in 0..50_u32,
        paid in 0..100_000_000_i64, year_paid in 0..60_000_000_i64, other in 0..80_000_000_i64,
        code in prop::sample::select(vec!["440304", "440305", "440306", "440310", "440311"]),
    ) {
        let (policy, firm, district) = (full(), firm(), read::<DistrictCode>(code));
        let claim = Claim {
            area: Area(area),
            monthly_rent: Fen(rate * area / 100),
            months,
            rent_paid: Fen(paid),
            months_before: before,
            paid_this_year: Fen(year_paid),
            paid_in_all: Fen(year_paid),
            other_aid: Fen(other),
            ..year(&firm, &district)
        };
        let all = evaluate(&policy, &claim).expect("small").expect("covered");
        prop_assert!(all.amount >= Fen::ZERO && all.amount <= all.uncapped);
        prop_assert!(all.amount.0 <= paid);
        prop_assert!(all.months <= months && all.months + all.months_left <= 36);
        let alone = Claim { other_aid: Fen::ZERO, ..claim };
        let alone = evaluate(&policy, &alone).expect("small").expect("covered");
        if all.amount > Fen::ZERO {
            prop_assert!(all.amount.0 + other <= alone.amount.0.max(other));
        }
        for rule in policy.subsidy.iter().filter(|r| r.id == all.rule) {
            let cap = rule.year_cap.map_or(i64::MAX, |c| c.0.saturating_sub(year_paid).max(0));
            let total = rule.total_cap.map_or(i64::MAX, |c| c.0.saturating_sub(year_paid).max(0));
            prop_assert!(all.amount.0 <= cap.min(total));
        }
    }

    /// What a plan expects keeps the same limits, with cohorts, multipliers and a total cap.
    #[test]
    fn the_aid_of_a_plan_stays_within_rent_and_caps(
        area in 1..500_000_i64, rate in 0..30_000_i64, free in 0..14_u32, months in 1..70_u32,
        year in 2025..2033_i32,
    ) {
        let (policy, firm, district) = (full(), firm(), read::<DistrictCode>("440304"));
        let (rent, lease) = (Fen(rate * area / 100), lease(day(2026, 3, 1), months));
        let all = subsidy::computed(&policy, &firm, &district, Area(area), rent, free, &lease, year);
        let amount = all.expect("small").map_or(0, |c| c.amount.0);
        let paid = policy::window::months_in_year(&lease, free, 36, year);
        prop_assert!(amount <= rent.0 * i64::from(paid));
        prop_assert!(amount <= 50_000_000);
        prop_assert!(area >= 5_000 || amount == 0);
    }

    #[test]
    fn a_ranked_quota_is_never_exceeded_and_never_jumps(
        quota in 0..1_000_i64, claims in prop::collection::vec(0..300_i64, 0..20),
    ) {
        let claims: Vec<Fen> = claims.into_iter().map(Fen).collect();
        let awards = settle(Settlement::Ranked, Fen(quota), &claims).expect("small");
        let sum: i64 = awards.iter().map(|a| a.0).sum();
        prop_assert!(sum <= quota);
        let cut = awards.iter().zip(&claims).position(|(a, c)| a != c);
        let behind = cut.map_or(&[][..], |at| &awards[at..]);
        prop_assert!(behind.iter().all(|a| *a == Fen::ZERO));
    }
}
