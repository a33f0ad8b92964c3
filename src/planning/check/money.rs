//! Rents to the fen, and reserves: firms that are not small share what is not reserved.
//!
//! Not here: subsidy.

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::{Award, Plan};
use crate::policy::reserve::Reserve;

use super::law::Law;
use super::{wrong, wrong_plan};

/// A monthly rent is not rate x area, half a fen rounded up.
pub const RENT_WRONG: Code = Code("CK130");
/// Firms that are not small take more than a reserve leaves them.
pub const RESERVE_EXCEEDED: Code = Code("CK134");

/// Wrong rents of an award.
pub fn rents(law: &Law, award: &Award, units: &[usize]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let asker = law.asked_by(award.application.as_str());
    for (grant, n) in award.units.iter().zip(units) {
        let unit = law.unit(*n);
        let rate = asker.and_then(|(firm, wish)| law.rent(unit, firm, wish));
        let rent = rate.and_then(|r| r.monthly(grant.area).ok());
        if rent != Some(grant.monthly_rent) {
            let due = rent.map_or("not known".to_owned(), |r| format!("{r} yuan"));
            let cause = format!(
                "the rent of unit {} is {due}, not {}",
                unit.id, grant.monthly_rent
            );
            faults.push(wrong(RENT_WRONG, award.application.as_str(), cause));
        }
    }
    faults
}

/// What a reserve leaves to firms that are not small, less what they take in the plan, in 0.01 m2.
pub fn reserve_left(law: &Law, plan: &Plan, reserve: &Reserve) -> i128 {
    let whole = law.area_of(0..law.stock.units.len());
    let open = whole * i128::from(10_000 - reserve.share.bp()) / 10_000;
    let big = plan.awards.iter().filter(|award| {
        let firm = law.firm_of(award.application.as_str());
        firm.is_some_and(|f| f.headcount >= reserve.small_headcount_below)
    });
    let taken: i128 = big
        .flat_map(|a| &a.units)
        .map(|g| i128::from(g.area.0))
        .sum();
    open - taken
}

/// Reserves that are exceeded.
pub fn reserves(law: &Law, plan: &Plan) -> Vec<Fault> {
    let over = law.policy.reserves.iter().filter_map(|reserve| {
        let left = reserve_left(law, plan, reserve);
        let cause = format!(
            "firms that are not small exceed the reserve {} by {}",
            reserve.id, -left
        );
        (left < 0).then(|| wrong_plan(RESERVE_EXCEEDED, cause))
    });
    over.collect()
}
