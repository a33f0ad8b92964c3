//! What another policy would have done to a past round, without the solver: eligibility and area of every
//! applicant, the subsidy of every award of a plan, and the cut of every district, before and after.
//!
//! Awards keep their space: whether another plan would have been found is for the optimizer. The subsidy is
//! computed where the firm asked for it and the district has a quota, as for a plan; the ratio is that of
//! the quota over all computed aid, whatever the mode of the quota.
//!
//! Not here: reading files (cli).

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Applicant, DistrictEffect, Effect, Pair};
use super::{Policy, eligibility, entitlement, subsidy};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::money::Fen;
use crate::domain::plan::{Award, Plan};
use crate::domain::quota::Item;
use crate::domain::snapshot::Snapshot;

/// A plan or snapshot names something that is not in the snapshot.
pub const UNKNOWN_NOUN: Code = Code("PO180");

/// The effect of `after` on a round. PO180 when the files do not belong together.
pub fn simulate(
    snapshot: &Snapshot,
    plan: Option<&Plan>,
    after: &Policy,
) -> Result<Effect, Faults> {
    let before = super::read(&snapshot.policy)?;
    let world = World::of(snapshot, &before, after);
    let awards: BTreeMap<&str, &Award> = (plan.iter().flat_map(|p| &p.awards))
        .map(|a| (a.application.as_str(), a))
        .collect();
    let mut sums: BTreeMap<String, Pair<Fen>> = BTreeMap::new();
    let mut applicants = Vec::new();
    for application in &snapshot.applications {
        let award = awards.get(application.id.as_str()).copied();
        applicants.push(world.applicant(application, award, &mut sums)?);
    }
    let known: BTreeSet<&str> = snapshot
        .applications
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    if let Some(stray) = awards.keys().find(|key| !known.contains(*key)) {
        return Err(unknown("application", stray).into());
    }
    world.effect(applicants, sums, plan.is_some())
}

struct World<'a> {
    snapshot: &'a Snapshot,
    before: &'a Policy,
    after: &'a Policy,
    firms: BTreeMap<&'a str, &'a Firm>,
    districts: BTreeMap<&'a str, &'a crate::domain::place::DistrictCode>,
    free_months: BTreeMap<&'a str, u32>,
}

impl<'a> World<'a> {
    fn of(snapshot: &'a Snapshot, before: &'a Policy, after: &'a Policy) -> World<'a> {
        let stock = &snapshot.inventory;
        World {
            snapshot,
            before,
            after,
            firms: snapshot.firms.iter().map(|f| (f.id.as_str(), f)).collect(),
            districts: (stock.sites.iter())
                .map(|s| (s.id.as_str(), &s.district))
                .collect(),
            free_months: (stock.units.iter())
                .map(|u| (u.id.as_str(), u.rent_free_months))
                .collect(),
        }
    }

    fn both<T>(&self, of: impl Fn(&Policy) -> Result<T, Fault>) -> Result<Pair<T>, Fault> {
        Ok(Pair {
            before: of(self.before)?,
            after: of(self.after)?,
        })
    }

    fn applicant(
        &self,
        application: &Application,
        award: Option<&Award>,
        sums: &mut BTreeMap<String, Pair<Fen>>,
    ) -> Result<Applicant, Fault> {
        let key = application.firm.as_str();
        let firm = *self.firms.get(key).ok_or_else(|| unknown("firm", key))?;
        let day = self.snapshot.round.cut_off_day();
        let unmet = self.both(|p| {
            let unmet = eligibility::unmet(p, firm, application, day);
            Ok(unmet.into_iter().map(|u| u.rule).collect())
        })?;
        let subsidy = match award {
            Some(award) => Some(self.award(application, firm, award, sums)?),
            None => None,
        };
        Ok(Applicant {
            application: application.id.to_string(),
            firm: key.to_owned(),
            unmet,
            area_max: self.both(|p| Ok(entitlement::of(p, firm, application.use_).area_max))?,
            subsidy,
        })
    }

    /// The aid of an award by both policies, also added to the sums of its district.
    fn award(
        &self,
        application: &Application,
        firm: &Firm,
        award: &Award,
        sums: &mut BTreeMap<String, Pair<Fen>>,
    ) -> Result<Pair<Fen>, Fault> {
        let none = Pair::of(Fen::ZERO);
        let site = award.site.as_str();
        let district = *self
            .districts
            .get(site)
            .ok_or_else(|| unknown("site", site))?;
        if !application.wants_subsidy || self.quota(district.as_str()).is_none() {
            return Ok(none);
        }
        let area = Area::sum(award.units.iter().map(|g| g.area))?;
        let rent = Fen::sum(award.units.iter().map(|g| g.monthly_rent))?;
        let mut free = 0;
        for grant in &award.units {
            let unit = grant.unit.as_str();
            let months = self.free_months.get(unit);
            free = free.max(*months.ok_or_else(|| unknown("unit", unit))?);
        }
        let year = self.snapshot.round.subsidy_year;
        let pair = self.both(|policy| {
            let lease = &award.lease;
            let aid = subsidy::computed(policy, firm, district, area, rent, free, lease, year)?;
            Ok(aid.map_or(Fen::ZERO, |c| c.amount))
        })?;
        let sum = sums.entry(district.to_string()).or_insert(none);
        sum.before = sum.before.plus(pair.before)?;
        sum.after = sum.after.plus(pair.after)?;
        Ok(pair)
    }

    fn quota(&self, district: &str) -> Option<Fen> {
        let year = self.snapshot.round.subsidy_year;
        let of = |q: &&crate::domain::quota::Quota| {
            q.district.as_str() == district && q.year == year && q.item == Item::RentSubsidy
        };
        self.snapshot.quotas.iter().find(of).map(|q| q.amount)
    }

    fn effect(
        &self,
        applicants: Vec<Applicant>,
        sums: BTreeMap<String, Pair<Fen>>,
        planned: bool,
    ) -> Result<Effect, Faults> {
        let year = self.snapshot.round.subsidy_year;
        let quotas = || (self.snapshot.quotas.iter()).filter(|q| q.year == year);
        let mut districts = Vec::new();
        if planned {
            for quota in quotas() {
                let claimed = sums.get(quota.district.as_str()).copied();
                let claimed = claimed.unwrap_or(Pair::of(Fen::ZERO));
                districts.push(DistrictEffect {
                    district: quota.district.to_string(),
                    quota: quota.amount,
                    ratio_ppm: Pair {
                        before: ratio_ppm(quota.amount, claimed.before),
                        after: ratio_ppm(quota.amount, claimed.after),
                    },
                    claimed,
                });
            }
        }
        let eligible = |empty: fn(&Pair<bool>) -> bool| {
            let all = applicants.iter();
            all.filter(|a| empty(&a.unmet.empty())).count()
        };
        Ok(Effect {
            policy: Pair {
                before: self.before.meta.version.clone(),
                after: self.after.meta.version.clone(),
            },
            round: self.snapshot.round.id.to_string(),
            synthetic: self.snapshot.synthetic,
            eligible: Pair {
                before: eligible(|e| e.before),
                after: eligible(|e| e.after),
            },
            area_max: areas(&applicants),
            quota: Fen::sum(quotas().map(|q| q.amount))?,
            claimed: Pair {
                before: Fen::sum(sums.values().map(|p| p.before))?,
                after: Fen::sum(sums.values().map(|p| p.after))?,
            },
            applicants,
            districts,
        })
    }
}

fn areas(applicants: &[Applicant]) -> Pair<i128> {
    let mut sum = Pair::of(0);
    for applicant in applicants {
        let eligible = applicant.unmet.empty();
        if eligible.before {
            sum.before += i128::from(applicant.area_max.before.0);
        }
        if eligible.after {
            sum.after += i128::from(applicant.area_max.after.0);
        }
    }
    sum
}

/// `quota / claimed` in parts per million, rounded down, at most a million.
fn ratio_ppm(quota: Fen, claimed: Fen) -> i64 {
    if claimed <= quota || claimed <= Fen::ZERO {
        return 1_000_000;
    }
    let exact = i128::from(quota.0.max(0)) * 1_000_000 / i128::from(claimed.0);
    i64::try_from(exact).unwrap_or(1_000_000)
}

fn unknown(what: &str, key: &str) -> Fault {
    let cause = format!("the snapshot has no {what} {key}");
    let action = "give the snapshot that the plan was made for";
    Fault::new(UNKNOWN_NOUN, cause, action)
}
