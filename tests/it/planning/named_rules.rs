//! Rules that a policy adds reach the builder and the checker alike: named rules of eligibility, area by heads,
//! conditions of a subsidy.

use zhuchao::domain::area::Share;
use zhuchao::domain::plan::{PLAN_FORMAT, Plan, Proof, Waiting};
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::reason::{Unmet, WhyNot};
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::{check, files};

use super::run::built;
use crate::support::world::World;

const RULE: &str = "[[eligibility.rule]]\nid = \"E-RD\"\nlabel_zh = \"研发\"\nlabel_en = \"R&D\"\n\
    condition = \"rd_share >= 300 and age_months >= 12\"\nbasis = \"test\"\n\
    evidence = \"synthetic\"\n\n[[area_step]]\nheadcount_from = 8";

fn city(rd_share: Option<i64>) -> Snapshot {
    World::city()
        .policy("[[area_step]]\nheadcount_from = 8", RULE)
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .firm_with("F1", 20, |f| {
            f.rd_share = rd_share.and_then(|bp| Share::new(bp).ok());
            f.founded = chrono::NaiveDate::from_ymd_opt(1960, 1, 1);
        })
        .wants("F1", 100, 300)
        .freeze()
}

fn unmet(snapshot: &Snapshot) -> Vec<Unmet> {
    built(snapshot).cases[0].unmet.clone()
}

/// A plan in which the only firm waits, not being eligible.
fn waiting(snapshot: &Snapshot, unmet: Vec<Unmet>) -> Plan {
    Plan {
        format: PLAN_FORMAT.to_owned(),
        snapshot: files::snapshot_digest(snapshot),
        parent: None,
        seed: 1,
        engine: "by hand".to_owned(),
        policy: "TEST 1".to_owned(),
        awards: Vec::new(),
        waiting: vec![Waiting {
            application: snapshot.applications[0].id.clone(),
            why: WhyNot::NotEligible { unmet },
        }],
        proof: Proof {
            value: Points::ZERO,
            upper_bound: None,
            status: "feasible".to_owned(),
        },
    }
}

#[test]
fn a_named_rule_leaves_out_who_does_not_meet_it_or_is_not_known_to() {
    assert!(unmet(&city(Some(300))).is_empty());
    for share in [Some(299), None] {
        let snapshot = city(share);
        let unmet = unmet(&snapshot);
        assert_eq!(unmet[0].rule, "E-RD");
        assert!(built(&snapshot).instance.agents().is_empty());
        let plan = waiting(&snapshot, unmet);
        assert_eq!(
            check::check(&snapshot, &plan),
            vec![],
            "the checker says the same"
        );
        assert!(!check::check(&snapshot, &waiting(&snapshot, Vec::new())).is_empty());
    }
}

#[test]
fn area_by_heads_limits_the_options() {
    let rule = "[[area_per_head]]\nuse = \"rd_office\"\nm2_per_head = 10\nbasis = \"test\"\n\
                evidence = \"synthetic\"\n\n[area]";
    let world = |narrow: bool| {
        let world = World::city().site("S1", "440305", 0);
        let world = if narrow {
            world.policy("[area]", rule)
        } else {
            world
        };
        world
            .unit("A1", "S1/A/1", 300)
            .firm("F1", 20)
            .wants("F1", 100, 300)
            .freeze()
    };
    assert_eq!(built(&world(false)).cases[0].options.len(), 1);
    assert!(
        built(&world(true)).cases[0].options.is_empty(),
        "20 heads give 200 m2"
    );
}

#[test]
fn a_condition_and_a_cohort_decide_the_subsidy_of_an_option() {
    let aid = |more: &str| {
        let rule = format!("share_bp = 5000\n{more}");
        let snapshot = World::city()
            .policy("share_bp = 5000", &rule)
            .site("S1", "440305", 0)
            .unit("A1", "S1/A/1", 300)
            .quota("440305", 1_000_000, QuotaMode::Hard)
            .firm("F1", 20)
            .wants_with("F1", 100, 300, |a| a.wants_subsidy = true)
            .freeze();
        let cases = built(&snapshot).cases;
        let options = cases[0].options.iter();
        options
            .filter_map(|o| o.subsidy.as_ref())
            .map(|s| s.computed.0)
            .max()
    };
    let plain = aid("").expect("the rule gives half of the rent");
    assert_eq!(aid("condition = \"has carrier\""), None);
    assert_eq!(aid("condition = \"headcount >= 20\""), Some(plain));
    let cohort = "cohorts = [{ from_year = 2026, until_year = 2026, share_bp = 2500 }]";
    assert_eq!(aid(cohort), Some(plain / 2));
    let double = "multipliers = [{ condition = \"headcount >= 20\", factor_bp = 20000 }]";
    assert_eq!(aid(double), Some(plain * 2));
    assert_eq!(aid("area_min_m2 = 301"), None);
}
