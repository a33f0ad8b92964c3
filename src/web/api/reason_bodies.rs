//! The bodies of questions about plans and their twins in the acts.
//!
//! Not here: routes and handlers (`reasons`).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::acts::reasons::{Demand, Event, More, Said, Text};
use crate::domain::fault::Fault;
use crate::domain::money::Fen;

/// Seconds of a run that was given no limit.
const SECONDS: u32 = 10;

/// What somebody demands of a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "demand", deny_unknown_fields)]
pub enum DemandAsked {
    /// This firm gets this unit, whole or a part of it.
    Give {
        /// Application.
        application: String,
        /// Unit.
        unit: String,
    },
    /// This firm is in this district.
    District {
        /// Application.
        application: String,
        /// District.
        district: String,
    },
    /// This firm gets a place.
    Place {
        /// Application.
        application: String,
    },
    /// This firm keeps the units that the plan gives it.
    Keep {
        /// Application.
        application: String,
    },
}

impl DemandAsked {
    fn read(self) -> Result<Demand, Fault> {
        Ok(match self {
            DemandAsked::Give { application, unit } => Demand::Give {
                application: application.parse()?,
                unit: unit.parse()?,
            },
            DemandAsked::District {
                application,
                district,
            } => Demand::District {
                application: application.parse()?,
                district: district.parse()?,
            },
            DemandAsked::Place { application } => Demand::Place {
                application: application.parse()?,
            },
            DemandAsked::Keep { application } => Demand::Keep {
                application: application.parse()?,
            },
        })
    }
}

/// Reads all, or the first fault.
fn all(demands: Vec<DemandAsked>) -> Result<Vec<Demand>, Fault> {
    demands.into_iter().map(DemandAsked::read).collect()
}

/// Demands on a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoilAsked {
    /// All of them together.
    demands: Vec<DemandAsked>,
    /// True for the quick answer: a guarantee from the prices, and the firms around.
    #[serde(default)]
    pub quick: bool,
    /// Most seconds of one run, 1 to 60; 10 unless given, 1 for the quick answer.
    seconds: Option<u32>,
}

impl FoilAsked {
    /// The demands and the seconds.
    pub fn read(self) -> Result<(Vec<Demand>, u32), Fault> {
        let usual = if self.quick { 1 } else { SECONDS };
        Ok((all(self.demands)?, self.seconds.unwrap_or(usual)))
    }
}

/// A unit that is given back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FreedAsked {
    /// Unit.
    pub unit: String,
    /// Applications for which others may move; 5 unless given.
    most: Option<u32>,
    /// True to solve each again with a bound.
    #[serde(default)]
    pub exact: bool,
    /// Most seconds of one run, 1 to 60; 1 unless given.
    seconds: Option<u32>,
}

impl FreedAsked {
    /// How many, and the seconds of each.
    pub fn limits(&self) -> (usize, u32) {
        let most = self.most.unwrap_or(5).min(200);
        (
            usize::try_from(most).unwrap_or(200),
            self.seconds.unwrap_or(1),
        )
    }
}

/// More quota of a district.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreQuota {
    /// District.
    district: String,
    /// Fen more.
    amount: i64,
}

/// More apartments of a type.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreApartments {
    /// Type.
    apartment: String,
    /// How many more.
    count: u32,
}

/// More of something, each by itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreAsked {
    /// More quota.
    #[serde(default)]
    quotas: Vec<MoreQuota>,
    /// More apartments.
    #[serde(default)]
    apartments: Vec<MoreApartments>,
    /// How many are solved again, the most promising first; 5 unless given.
    most: Option<u32>,
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl MoreAsked {
    /// All of it, how many are solved again, and the seconds of each.
    pub fn read(self) -> Result<(Vec<More>, usize, u32), Fault> {
        let mut more = Vec::new();
        for quota in self.quotas {
            more.push(More::Quota {
                district: quota.district.parse()?,
                amount: Fen(quota.amount),
            });
        }
        for homes in self.apartments {
            more.push(More::Apartments {
                apartment: homes.apartment.parse()?,
                count: homes.count,
            });
        }
        let most = usize::try_from(self.most.unwrap_or(5).min(50)).unwrap_or(50);
        Ok((more, most, self.seconds.unwrap_or(SECONDS)))
    }
}

/// A second building like one of the inventory.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TwinAsked {
    /// Building.
    pub building: String,
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl TwinAsked {
    /// The seconds.
    pub fn seconds(&self) -> u32 {
        self.seconds.unwrap_or(SECONDS)
    }
}

/// Demands that may conflict.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictAsked {
    /// All of them.
    demands: Vec<DemandAsked>,
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl ConflictAsked {
    /// The demands and the seconds.
    pub fn read(self) -> Result<(Vec<Demand>, u32), Fault> {
        Ok((all(self.demands)?, self.seconds.unwrap_or(SECONDS)))
    }
}

/// Something that changed after the plan was made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "event", deny_unknown_fields)]
pub enum EventAsked {
    /// A firm withdraws, or an objection against its award is upheld.
    Withdrawn {
        /// Application.
        application: String,
    },
    /// A unit is lost.
    Lost {
        /// Unit.
        unit: String,
    },
    /// A hard quota is cut.
    Cut {
        /// District.
        district: String,
        /// Fen left.
        amount: i64,
    },
    /// Something must hold from now on.
    Must {
        /// What.
        demand: DemandAsked,
    },
}

impl EventAsked {
    fn read(self) -> Result<Event, Fault> {
        Ok(match self {
            EventAsked::Withdrawn { application } => Event::Withdrawn {
                application: application.parse()?,
            },
            EventAsked::Lost { unit } => Event::Lost {
                unit: unit.parse()?,
            },
            EventAsked::Cut { district, amount } => Event::Cut {
                district: district.parse()?,
                amount: Fen(amount),
            },
            EventAsked::Must { demand } => Event::Must {
                demand: demand.read()?,
            },
        })
    }
}

/// Changes after a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrontierAsked {
    /// All of them together.
    events: Vec<EventAsked>,
    /// Points of the frontier, 2 to 7; 5 unless given.
    points: Option<u32>,
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl FrontierAsked {
    /// The events, the points, the seconds.
    pub fn read(self) -> Result<(Vec<Event>, usize, u32), Fault> {
        let events: Result<Vec<Event>, Fault> =
            self.events.into_iter().map(EventAsked::read).collect();
        let points = usize::try_from(self.points.unwrap_or(5)).unwrap_or(7);
        Ok((events?, points, self.seconds.unwrap_or(SECONDS)))
    }
}

/// Money against points.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyAsked {
    /// Shares of today's quotas in basis points.
    pub shares_bp: Vec<u32>,
    /// Steps above the quota of each district in basis points.
    pub steps_bp: Vec<u32>,
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl MoneyAsked {
    /// The seconds; at most 12 shares and 6 steps are looked at.
    pub fn limits(&mut self) -> u32 {
        self.shares_bp.truncate(12);
        self.steps_bp.truncate(6);
        self.seconds.unwrap_or(SECONDS)
    }
}

/// How long a run may take.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FairnessAsked {
    /// Most seconds of one run, 1 to 60; 10 unless given.
    seconds: Option<u32>,
}

impl FairnessAsked {
    /// The seconds.
    pub fn seconds(&self) -> u32 {
        self.seconds.unwrap_or(SECONDS)
    }
}

/// The certificate of an application.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateView {
    /// Application.
    application: String,
    /// `not_eligible`, `nothing_fits`, `priced_out` or `placed`, with what belongs to it; points are
    /// milli-points, areas 0.01 m2, money fen.
    #[schema(value_type = Object)]
    certificate: Value,
    /// In words, Chinese and English, the most important first.
    sentences: Vec<Sentence>,
}

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sentence {
    /// Chinese.
    zh: String,
    /// English.
    en: String,
}

impl From<Text> for Sentence {
    fn from(text: Text) -> Sentence {
        Sentence {
            zh: text.zh,
            en: text.en,
        }
    }
}

impl From<crate::acts::reasons::certificate::Told> for CertificateView {
    fn from(told: crate::acts::reasons::certificate::Told) -> CertificateView {
        let sentences = told.sentences.into_iter();
        CertificateView {
            application: told.sheet.application.to_string(),
            certificate: serde_json::to_value(&told.sheet.certificate).unwrap_or_default(),
            sentences: sentences.map(Sentence::from).collect(),
        }
    }
}

/// The answer to a question. A change of points is a range: `low` is reached by a plan that was found,
/// no plan does better than `high`; equal ends are exact. Points are milli-points.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionAnswer {
    /// The answer; its members are named in data/README.md.
    #[schema(value_type = Object)]
    answer: Value,
    /// In words, Chinese and English, the most important first.
    sentences: Vec<Sentence>,
}

impl<T: Serialize> From<Said<T>> for QuestionAnswer {
    fn from(said: Said<T>) -> QuestionAnswer {
        QuestionAnswer {
            answer: serde_json::to_value(&said.answer).unwrap_or_default(),
            sentences: said.sentences.into_iter().map(Sentence::from).collect(),
        }
    }
}
