//! The certificate of one application: exactly one of four, checked by the law it names.
//!
//! Not here: words (`tell`), solving again (`foil`).

use serde::Serialize;

use super::placed::{Placed, placed};
use super::priced::{Named, Priced, at_least, displaced, priced};
use super::relax::{Way, ways};
use super::viewer::{Crowd, Viewer, crowd};
use crate::domain::application::Application;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ApplicationId;
use crate::domain::points::Points;
use crate::domain::reason::LeftOut;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::unknown;
use crate::planning::build::Case;
use crate::planning::facts::Facts;
use crate::policy::eligibility::{self, Verdict};
use crate::solve::quote::Quote;

/// Why an application is where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Certificate {
    /// Rules of eligibility that are not met, each with its clause and what the firm has.
    NotEligible {
        /// All of them.
        unmet: Vec<Verdict>,
    },
    /// No option passes the hard rules.
    NothingFits {
        /// Units by the first hard rule they break; the sum is the number of units.
        left_out: LeftOut,
        /// The smallest changes of the application that open an option.
        ways: Vec<Way>,
    },
    /// Options exist, and what they need is worth more to others.
    PricedOut(PricedOut),
    /// It has a place.
    Placed(Box<Placed>),
}

/// Options that others outbid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricedOut {
    /// The options with their prices, the least missed first.
    pub options: Vec<Priced>,
    /// By how much the best was missed.
    pub missed: Points,
    /// What made the best dear: the dearest of what it uses.
    pub dear: Option<Named>,
    /// Proven: placing this firm costs all others together at least so many points net.
    pub at_least: Points,
    /// Who would have to give way for the best; `None` when nobody's giving way would be enough.
    pub displaced: Option<Crowd>,
}

/// The certificate of an application, and for whom it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The application.
    pub application: ApplicationId,
    /// The certificate.
    pub certificate: Certificate,
}

/// What certificates are made from.
pub struct Office<'a> {
    /// Facts of the snapshot.
    pub facts: &'a Facts<'a>,
    /// The plan in numbers.
    pub footing: &'a Footing<'a>,
    quote: Quote<'a>,
}

impl<'a> Office<'a> {
    /// The office of a plan. PL202 when its prices cannot be counted with.
    pub fn of(facts: &'a Facts<'a>, footing: &'a Footing<'a>) -> Result<Office<'a>, Fault> {
        let quote = footing.quote()?;
        Ok(Office {
            facts,
            footing,
            quote,
        })
    }

    /// The quote at the prices of the plan.
    pub fn quote(&self) -> &Quote<'a> {
        &self.quote
    }

    /// The certificate of an application as a viewer may read it. PL201; the caller has asked whether
    /// the viewer may read about this application at all.
    pub fn sheet(&self, application: &ApplicationId, viewer: &Viewer) -> Result<Sheet, Faults> {
        let case = self.footing.case(application.as_str())?;
        Ok(Sheet {
            application: application.clone(),
            certificate: self.certificate(case, viewer)?,
        })
    }

    fn certificate(&self, case: &Case, viewer: &Viewer) -> Result<Certificate, Fault> {
        if !case.unmet.is_empty() {
            let unmet = self.unmet(case)?;
            return Ok(Certificate::NotEligible { unmet });
        }
        if case.options.is_empty() {
            return Ok(Certificate::NothingFits {
                left_out: case.left_out.clone(),
                ways: self.ways(case)?,
            });
        }
        if let Some(placed) = placed(self.facts, self.footing, viewer, case) {
            return Ok(Certificate::Placed(Box::new(placed)));
        }
        self.priced_out(case, viewer).map(Certificate::PricedOut)
    }

    fn application(&self, case: &Case) -> Result<&'a Application, Fault> {
        let applications = &self.footing.snapshot.applications;
        let place = applications.binary_search_by(|a| a.id.cmp(&case.application));
        let found = place.ok().and_then(|n| applications.get(n));
        found.ok_or_else(|| unknown("application", case.application.as_str()))
    }

    /// The rules that the plan found not met, with clause, and the documents that would prove them.
    fn unmet(&self, case: &Case) -> Result<Vec<Verdict>, Fault> {
        let application = self.application(case)?;
        let firm = self.facts.firm(application)?;
        let day = self.footing.snapshot.round.cut_off_day();
        let policy = &self.facts.policy;
        let mut all = eligibility::evaluate(policy, firm, application, &[], day);
        all.retain(|v| case.unmet.iter().any(|u| u.rule == v.rule));
        Ok(all)
    }

    fn ways(&self, case: &Case) -> Result<Vec<Way>, Fault> {
        let application = self.application(case)?;
        ways(self.facts, &self.footing.built.resources, application)
    }

    fn priced_out(&self, case: &Case, viewer: &Viewer) -> Result<PricedOut, Fault> {
        let footing = self.footing;
        let key = case.application.as_str();
        let (n, _) = footing
            .agent(case)
            .ok_or_else(|| unknown("application", key))?;
        let options = priced(footing, &self.quote, case);
        let best = options.first();
        let place = best.and_then(|b| case.options.iter().position(|o| o.id == b.option));
        let out = place.and_then(|o| displaced(footing, n, o));
        let out = out.map(|agents| {
            let cases = agents.iter().filter_map(|a| footing.case_of(*a));
            crowd(footing.snapshot, viewer, cases.map(|c| &c.application))
        });
        Ok(PricedOut {
            missed: best.map_or(Points::ZERO, |b| b.missed),
            dear: best
                .and_then(|b| b.parts.first())
                .map(|p| p.resource.clone()),
            at_least: at_least(footing, &self.quote, n),
            displaced: out,
            options,
        })
    }
}
