//! Reasons of those who wait, each proved: not eligible exactly when a rule is not met, nothing fits
//! exactly when there is no lawful bundle, priced out only when every lawful bundle is blocked.
//!
//! A list of options may be cut at [`LONGEST_LIST`]; beyond it a free bundle is no contradiction.
//!
//! Not here: who should have been placed instead (the value and the bound say how good the plan is).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::{Plan, Waiting};
use crate::domain::quota::QuotaMode;
use crate::domain::reason::{HardRule, LeftOut, Scarce, WhyNot};
use crate::domain::space::Division;

use super::hard::Ways;
use super::law::{Asker, Law};
use super::money;
use super::possible::{self, Need};
use super::wrong;

/// The reason "not eligible" is wrong, or its rules are.
pub const WHY_NOT_ELIGIBLE: Code = Code("CK160");
/// The reason "nothing fits" is wrong, or its counts are.
pub const WHY_NOTHING_FITS: Code = Code("CK161");
/// The reason "priced out" is wrong, or a resource that it names is not missing.
pub const WHY_PRICED_OUT: Code = Code("CK162");
/// An application waits, though a lawful bundle is free.
pub const LEFT_FREE: Code = Code("CK163");

/// A list of options as long as this may have been cut.
const LONGEST_LIST: u64 = 200;

/// What is wrong with the reasons.
pub fn faults(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut let_out: BTreeMap<&str, i64> = BTreeMap::new();
    for grant in plan.awards.iter().flat_map(|a| &a.units) {
        let sum = let_out.entry(grant.unit.as_str()).or_default();
        *sum = sum.saturating_add(grant.area.0);
    }
    let reserves = law.policy.reserves.iter();
    let taken = Taken {
        law,
        let_out,
        reserves: reserves
            .map(|r| (r.small_headcount_below, money::reserve_left(law, plan, r)))
            .collect(),
    };
    plan.waiting
        .iter()
        .filter_map(|w| law.asker(w.application.as_str()).map(|a| (w, a)))
        .flat_map(|(waiting, asker)| taken.why(waiting, &asker))
        .collect()
}

struct Taken<'a> {
    law: &'a Law<'a>,
    let_out: BTreeMap<&'a str, i64>,
    /// From how many heads a firm is not small, and what is left to those firms.
    reserves: Vec<(u32, i128)>,
}

impl Taken<'_> {
    fn why(&self, waiting: &Waiting, asker: &Asker) -> Vec<Fault> {
        let key = waiting.application.as_str();
        let fault = |code, cause: &str| vec![wrong(code, key, cause.to_owned())];
        if let WhyNot::NotEligible { unmet } = &waiting.why {
            let right = !unmet.is_empty() && *unmet == asker.unmet;
            let cause = "the rules that are not met are others";
            return if right {
                Vec::new()
            } else {
                fault(WHY_NOT_ELIGIBLE, cause)
            };
        }
        if !asker.unmet.is_empty() {
            return fault(
                WHY_NOT_ELIGIBLE,
                "the application is not eligible, which is the reason",
            );
        }
        let bundles = possible::bundles(self.law, asker);
        match &waiting.why {
            WhyNot::NotEligible { .. } => Vec::new(),
            WhyNot::NothingFits { .. } if !bundles.is_empty() => {
                fault(WHY_NOTHING_FITS, "something fits")
            }
            WhyNot::NothingFits { left_out } if *left_out != self.recount(asker) => fault(
                WHY_NOTHING_FITS,
                "the units left out by each rule are counted wrongly",
            ),
            WhyNot::NothingFits { .. } => Vec::new(),
            WhyNot::PricedOut { .. } if bundles.is_empty() => {
                fault(WHY_PRICED_OUT, "nothing fits, which is the reason")
            }
            WhyNot::PricedOut { options, scarce } => {
                self.priced_out(asker, &bundles, *options, scarce)
            }
        }
    }

    fn priced_out(
        &self,
        asker: &Asker,
        bundles: &[Need],
        options: u64,
        scarce: &[Scarce],
    ) -> Vec<Fault> {
        let key = asker.application.id.as_str();
        let mut faults = Vec::new();
        let free = bundles.iter().find(|b| self.is_free(asker, b));
        if let Some((n, _)) = free
            .and_then(|b| b.first())
            .filter(|_| options < LONGEST_LIST)
        {
            let cause = format!(
                "unit {} and what belongs to it is free",
                self.law.unit(*n).id
            );
            faults.push(wrong(LEFT_FREE, key, cause));
        }
        if options == 0 || scarce.is_empty() {
            let cause = "no option or no scarce resource is named".to_owned();
            faults.push(wrong(WHY_PRICED_OUT, key, cause));
        }
        for s in scarce {
            let counted = (1..=options).contains(&s.options);
            if !counted || !self.is_scarce(asker, bundles, &s.resource) {
                let cause = format!("{} is not missing to {} options", s.resource, s.options);
                faults.push(wrong(WHY_PRICED_OUT, key, cause));
            }
        }
        faults
    }

    fn is_free(&self, asker: &Asker, bundle: &Need) -> bool {
        let room = |(n, area): &(usize, i64)| {
            let unit = self.law.unit(*n);
            let held = self.let_out.get(unit.id.as_str()).copied().unwrap_or(0);
            unit.area.0.saturating_sub(held) >= *area
        };
        let area: i128 = bundle.iter().map(|(_, area)| i128::from(*area)).sum();
        let mut reserves = self.reserves.iter();
        bundle.iter().all(room)
            && reserves.all(|(small, left)| asker.firm.headcount < *small || *left >= area)
    }

    /// Whether a named resource can be missing to the asker.
    fn is_scarce(&self, asker: &Asker, bundles: &[Need], resource: &str) -> bool {
        let Some((kind, name)) = resource.split_once(':') else {
            return false;
        };
        match kind {
            "unit" => {
                let mut units = bundles.iter().flatten();
                self.let_out.get(name).is_some_and(|held| *held > 0)
                    && units.any(|(n, _)| self.law.unit(*n).id.as_str() == name)
            }
            "quota" => {
                let year = self.law.snapshot.round.subsidy_year.to_string();
                let (district, of_year) = name.split_once(':').unwrap_or((name, ""));
                let quota = self.law.quota(district).filter(|_| of_year == year);
                asker.application.wants_subsidy && quota.is_some_and(|q| q.mode == QuotaMode::Hard)
            }
            "reserve" => {
                let mut reserves = self.law.policy.reserves.iter();
                let reserve = reserves.find(|r| r.id == name);
                reserve.is_some_and(|r| asker.firm.headcount >= r.small_headcount_below)
            }
            _ => false,
        }
    }

    /// Units by the law that leaves them out, counted again.
    fn recount(&self, asker: &Asker) -> LeftOut {
        let ways = Ways::of(self.law, asker);
        let mut left_out = LeftOut::new();
        for n in 0..self.law.stock.units.len() {
            let lot = self.law.together(n);
            let area = self.law.area_of(lot.iter().copied());
            let part = matches!(self.law.unit(n).division, Division::Divisible { .. })
                && lot.len() == 1
                && !self.law.floor_of(n).1.one_tenant;
            let by_area = match () {
                () if area > i128::from(asker.most.0) && part => HardRule::SmallestLot,
                () if area > i128::from(asker.most.0) => HardRule::TooLarge,
                () if area < i128::from(asker.least.0) => HardRule::TooSmall,
                () => HardRule::Available,
            };
            let rule = ways.in_lot(n, lot).unwrap_or(by_area);
            *left_out.entry(rule).or_default() += 1;
        }
        left_out
    }
}
