//! Where a round stands, as the API shows it.
//!
//! Not here: the routes (`procedure`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::stated::Signed;
use crate::domain::procedure::{Choice, Guide, Procedure, Publicity};

/// A guide.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuideShown {
    number: String,
    text: String,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    policy: String,
    /// Why the window is shorter than the policy asks; empty where it is not.
    short_window: String,
    published: Signed,
}

impl From<&Guide> for GuideShown {
    fn from(g: &Guide) -> GuideShown {
        GuideShown {
            number: g.number.clone(),
            text: g.text.clone(),
            opens_at: g.opens_at,
            closes_at: g.closes_at,
            policy: g.policy.clone(),
            short_window: g.short_window.clone(),
            published: Signed::from(&g.published),
        }
    }
}

/// The choice of a plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoiceShown {
    plan: String,
    chosen: Signed,
    approved: Option<Signed>,
}

impl From<&Choice> for ChoiceShown {
    fn from(c: &Choice) -> ChoiceShown {
        ChoiceShown {
            plan: c.plan.clone(),
            chosen: Signed::from(&c.chosen),
            approved: c.approved.as_ref().map(Signed::from),
        }
    }
}

/// A publicity period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicityShown {
    number: String,
    /// Day of publication; not counted.
    from: NaiveDate,
    /// Last working day of the period.
    until: NaiveDate,
}

impl From<&Publicity> for PublicityShown {
    fn from(p: &Publicity) -> PublicityShown {
        PublicityShown {
            number: p.number.clone(),
            from: p.from,
            until: p.until,
        }
    }
}

/// Where a round stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureShown {
    round: String,
    step: String,
    guide: Option<GuideShown>,
    /// Digest of the snapshot in force.
    snapshot: Option<String>,
    choice: Option<ChoiceShown>,
    publicity: Option<PublicityShown>,
    confirmed: Option<Signed>,
}

impl From<&Procedure> for ProcedureShown {
    fn from(p: &Procedure) -> ProcedureShown {
        ProcedureShown {
            round: p.round.to_string(),
            step: p.step.name().to_owned(),
            guide: p.guide.as_ref().map(GuideShown::from),
            snapshot: p.snapshot.clone(),
            choice: p.choice.as_ref().map(ChoiceShown::from),
            publicity: p.publicity.as_ref().map(PublicityShown::from),
            confirmed: p.confirmed.as_ref().map(Signed::from),
        }
    }
}
