//! Corruptions of a good plan, each refused with its code: rent, subsidy, reserve, apartments, points.

use zhuchao::domain::housing::HouseholdKind;
use zhuchao::domain::money::Fen;
use zhuchao::domain::plan::Plan;
use zhuchao::domain::points::Points;
use zhuchao::domain::snapshot::Snapshot;

use super::city;
use super::run::{award_mut, codes, planned};
use crate::support::world::{World, key};

fn of(snapshot: &Snapshot, plan: &Plan) -> Vec<&'static str> {
    codes(snapshot, plan).into_iter().map(|c| c.0).collect()
}

fn after(change: impl FnOnce(&mut Plan)) -> Vec<&'static str> {
    let snapshot = city::snapshot();
    let mut plan = planned(&snapshot);
    change(&mut plan);
    of(&snapshot, &plan)
}

fn assert_has(codes: &[&str], code: &str) {
    assert!(codes.contains(&code), "{code} is not among {codes:?}");
}

/// The first award whose subsidy comes from a district.
fn paid<'a>(plan: &'a mut Plan, district: &str) -> &'a mut zhuchao::domain::plan::SubsidyGrant {
    let grants = plan.awards.iter_mut().filter_map(|a| a.subsidy.as_mut());
    grants
        .into_iter()
        .find(|s| s.district.as_str() == district)
        .expect("a subsidy")
}

#[test]
fn rent_to_the_fen() {
    assert_has(
        &after(|p| award_mut(p, "F1").units[0].monthly_rent.0 += 1),
        "CK130",
    );
}

#[test]
fn subsidy_to_the_fen() {
    assert_has(&after(|p| paid(p, "440305").computed.0 += 1), "CK131");
    assert_has(
        &after(|p| paid(p, "440305").rule = "RATA-1".to_owned()),
        "CK131",
    );
    assert_has(&after(|p| paid(p, "440305").year = 2027), "CK131");
    assert_has(&after(|p| paid(p, "440305").awarded.0 -= 1), "CK132");
    assert_has(&after(|p| paid(p, "440310").awarded.0 -= 1), "CK132");
    assert_has(&after(|p| paid(p, "440310").awarded.0 += 1), "CK133");
    // A pro-rata claim cannot be kept back.
    let kept_back = |p: &mut Plan| {
        let holder = p.awards.iter_mut().find(|a| {
            a.subsidy
                .as_ref()
                .is_some_and(|s| s.district.as_str() == "440310")
        });
        holder.expect("a subsidy").subsidy = None;
    };
    assert_has(&after(kept_back), "CK131");
}

#[test]
fn a_quota_is_never_exceeded() {
    let snapshot = city::snapshot();
    let plan = planned(&snapshot);
    let mut poor = snapshot;
    for quota in &mut poor.quotas {
        quota.amount = Fen(1);
    }
    assert_has(&of(&poor, &plan), "CK133");
}

#[test]
fn a_reserve_is_kept() {
    let world = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 500)
        .unit("A2", "S1/B/1", 500)
        .firm("F1", 150)
        .wants("F1", 400, 500)
        .policy("share_bp = 1000\nsmall", "share_bp = 4000\nsmall");
    let snapshot = world.freeze();
    let plan = planned(&snapshot);
    let mut strict = snapshot;
    strict.policy = strict
        .policy
        .replace("share_bp = 4000\nsmall", "share_bp = 6000\nsmall");
    assert_has(&of(&strict, &plan), "CK134");
}

#[test]
fn apartments() {
    let first = |p: &mut Plan, f: &dyn Fn(&mut zhuchao::domain::plan::ApartmentGrant)| {
        let mut grants = p.awards.iter_mut().flat_map(|a| &mut a.apartments);
        f(grants
            .find(|g| g.apartment.as_str() == "P1-T")
            .expect("a grant"));
    };
    let change = |f: &dyn Fn(&mut zhuchao::domain::plan::ApartmentGrant)| after(|p| first(p, f));
    assert_has(&change(&|g| g.apartment = key("nowhere")), "CK140");
    assert_has(&change(&|g| g.count = 0), "CK140");
    assert_has(&change(&|g| g.household = HouseholdKind::Family), "CK141");
    assert_has(&change(&|g| g.apartment = key("P3-T")), "CK142");
    assert_has(&change(&|g| g.count = 6), "CK143");
    assert_has(&change(&|g| g.count = 50), "CK144");
    assert_has(&change(&|g| g.points = Points(1)), "CK145");
}

/// Value and bound are lowered with the apartments, so that only the free apartments tell.
#[test]
fn an_optimal_plan_withholds_no_apartment() {
    let found = after(|p| {
        let award = p.awards.iter_mut().find(|a| !a.apartments.is_empty());
        let taken: i64 = award
            .map(|a| std::mem::take(&mut a.apartments))
            .unwrap_or_default()
            .iter()
            .map(|g| g.points.0)
            .sum();
        p.proof.value.0 -= taken;
        p.proof.upper_bound = Some(p.proof.value);
    });
    assert_has(&found, "CK146");
    let honest = after(|p| {
        let award = p.awards.iter_mut().find(|a| !a.apartments.is_empty());
        let grants = award
            .map(|a| std::mem::take(&mut a.apartments))
            .unwrap_or_default();
        p.proof.value.0 -= grants.iter().map(|g| g.points.0).sum::<i64>();
        p.proof.status = "feasible".to_owned();
    });
    assert!(honest.is_empty(), "{honest:?}");
}

#[test]
fn points() {
    assert_has(
        &after(|p| award_mut(p, "F1").score[0].points.0 += 1),
        "CK150",
    );
    assert_has(
        &after(|p| drop(award_mut(p, "F1").score.remove(0))),
        "CK150",
    );
    assert_has(
        &after(|p| award_mut(p, "F1").score[0].name = "friendship".to_owned()),
        "CK150",
    );
    assert_has(&after(|p| p.proof.value.0 -= 1), "CK151");
    assert_has(&after(|p| p.proof.upper_bound = Some(Points(1))), "CK152");
    assert_eq!(after(|p| p.proof.status = "best".to_owned()), ["CK153"]);
    assert_eq!(after(|p| p.proof.upper_bound = None), ["CK153"]);
    let open = |p: &mut Plan| p.proof.upper_bound = Some(Points(p.proof.value.0 + 1));
    assert_eq!(after(open), ["CK153"]);
    assert_eq!(after(|p| award_mut(p, "F2").minutes = Some(1)), ["CK154"]);
}
