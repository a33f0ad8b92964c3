//! A pin that keeps an award whole: its apartments and its subsidy stay, and it gets nothing more.

use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::plan::Plan;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::{Pin, Snapshot};
use zhuchao::planning::check;
use zhuchao::planning::check::codes::PIN_NOT_KEPT;
use zhuchao::planning::{order, retold};

use super::run::{award, award_mut, built, planned};
use crate::support::world::{World, households, key};

fn city() -> Snapshot {
    World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/2", 300)
        .apartments("P1", 100, None, (Layout::Studio, 3))
        .quota("440305", 120_000, QuotaMode::Hard)
        .firm_with("F1", 40, |f| f.fields = vec![key("K1")])
        .wants_with("F1", 200, 400, |a| {
            a.wants_subsidy = true;
            a.households = vec![households(HouseholdKind::Single, 2)];
        })
        .firm("F2", 40)
        .wants_with("F2", 200, 400, |a| {
            a.wants_subsidy = true;
            a.households = vec![households(HouseholdKind::Single, 3)];
        })
        .freeze()
}

/// The city with the award of a firm kept, and only the firms named.
fn keeping(plan: &Plan, firm: &str, only: &[&str]) -> Snapshot {
    let mut snapshot = city();
    let is_in = |key: &str| only.iter().any(|f| key.ends_with(f));
    snapshot.applications.retain(|a| is_in(a.id.as_str()));
    snapshot.firms.retain(|f| is_in(f.id.as_str()));
    snapshot.pins = vec![Pin::whole(award(plan, firm))];
    order::sorted(&snapshot).into_owned()
}

#[test]
fn an_award_that_is_kept_stays_as_it_is_whatever_else_is_free() {
    let first = planned(&city());
    for firm in ["F1", "F2"] {
        // Alone in the city it could have all three apartments and the whole quota.
        let snapshot = keeping(&first, firm, &[firm]);
        let again = planned(&snapshot);
        assert_eq!(award(&again, firm), award(&first, firm));
        let both = planned(&keeping(&first, firm, &["F1", "F2"]));
        assert_eq!(award(&both, firm), award(&first, firm));
        assert_eq!(
            both.proof.value, first.proof.value,
            "the rest is planned as well as before"
        );
    }
}

#[test]
fn a_plan_that_changes_what_is_kept_is_refused() {
    let first = planned(&city());
    let snapshot = keeping(&first, "F1", &["F1", "F2"]);
    let plan = planned(&snapshot);
    assert!(!award(&plan, "F1").apartments.is_empty());
    let codes = |plan: &Plan| -> Vec<_> {
        check::check(&snapshot, plan)
            .into_iter()
            .map(|f| f.code)
            .collect()
    };
    let mut fewer = plan.clone();
    award_mut(&mut fewer, "F1").apartments[0].count -= 1;
    assert!(codes(&fewer).contains(&PIN_NOT_KEPT));
    let mut without = plan.clone();
    let mine = award_mut(&mut without, "F1");
    mine.subsidy = match mine.subsidy.take() {
        Some(_) => None,
        None => award(&plan, "F2").subsidy.clone(),
    };
    assert!(codes(&without).contains(&PIN_NOT_KEPT));
}

#[test]
fn a_kept_plan_is_retold_in_numbers() {
    let first = planned(&city());
    let snapshot = keeping(&first, "F1", &["F1", "F2"]);
    let plan = planned(&snapshot);
    let built = built(&snapshot);
    let outcome = retold::outcome(&snapshot, &built, &plan);
    let report = zhuchao::solve::verify::verify(&built.instance, &outcome);
    assert!(report.ok(), "{:?}", report.findings);
}
