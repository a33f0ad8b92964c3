//! The board: everything the pages and the API show of one plan, in both languages.
//! Plain values; money, areas and points stay integers with their units of `domain`.
//!
//! Not here: how it is computed (the other files of this folder), how it looks (`web`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::acts::words::Text;
use crate::domain::area::Area;
use crate::domain::firm::Credential;
use crate::domain::ids::{ApplicationId, FirmId, RoundId, SiteId};
use crate::domain::money::{Fen, Rate};
use crate::domain::place::DistrictCode;
use crate::domain::points::Points;
use crate::domain::quota::QuotaMode;
use crate::domain::reason::HardRule;

use super::ground::GroundView;
use super::inventory::SiteRow;

/// Format name of the board in the API.
pub const BOARD_FORMAT: &str = "zhuchao-board/1";

/// What a reader must be told about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Invented by a generator.
    Synthetic,
    /// The row or some of its cells are assumed.
    Assumed,
    /// The rent is assumed.
    AssumedRent,
    /// The number of apartments is assumed.
    AssumedCount,
    /// The position is a stand-in.
    RoughPosition,
}

/// One plan, ready to be read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    /// Always [`BOARD_FORMAT`].
    pub format: &'static str,
    /// The round.
    pub round: RoundHead,
    /// True when any part of the snapshot was invented.
    pub synthetic: bool,
    /// When the snapshot was frozen.
    pub frozen_at: DateTime<Utc>,
    /// First day of the leases.
    pub start: NaiveDate,
    /// Term in months.
    pub lease_months: u32,
    /// Budget year of the subsidy.
    pub subsidy_year: i32,
    /// How good the plan is, and of what.
    pub proof: ProofLine,
    /// Header figures.
    pub figures: Figures,
    /// Districts by code.
    pub districts: Vec<DistrictRow>,
    /// All applications by key, placed or waiting.
    pub rows: Vec<Row>,
    /// All sites by key.
    pub sites: Vec<SiteRow>,
    /// Outlines, lines, stations, clusters; served by the map, not in the board of the API.
    #[serde(skip)]
    pub ground: GroundView,
}

/// Names of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundHead {
    /// Key.
    pub id: RoundId,
    /// Name.
    pub name: Text,
}

/// The proof line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofLine {
    /// Total points.
    pub value: Points,
    /// Proven upper bound.
    pub bound: Option<Points>,
    /// Gap in parts per million of the value.
    pub gap_ppm: Option<i64>,
    /// `optimal` or `feasible`.
    pub status: String,
    /// Digest of the snapshot.
    pub snapshot: String,
    /// Digest of the plan.
    pub plan: String,
    /// Seed of the run.
    pub seed: u64,
    /// What made it.
    pub engine: String,
    /// Version of the policy.
    pub policy: String,
}

/// Header figures. Sums saturate; the checker of plans proves that they do not reach 64 bits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Applications.
    pub applications: usize,
    /// Placed.
    pub placed: usize,
    /// Waiting, not eligible.
    pub not_eligible: usize,
    /// Waiting, nothing fits.
    pub nothing_fits: usize,
    /// Waiting, priced out.
    pub priced_out: usize,
    /// Area let by this plan.
    pub area_let: Area,
    /// Area of the inventory.
    pub area_offered: Area,
    /// Monthly rent of all awards.
    pub monthly_rent: Fen,
    /// Subsidy awarded.
    pub subsidy: Fen,
    /// Sum of the quotas of the subsidy year.
    pub quota: Fen,
    /// Apartments let by this plan.
    pub apartments_let: u64,
    /// Apartments of the inventory.
    pub apartments_offered: u64,
    /// Households of all applications.
    pub households: u64,
}

/// One district: subsidy against quota, space let.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistrictRow {
    /// Code.
    pub code: DistrictCode,
    /// Name.
    pub name: Text,
    /// Firms placed there.
    pub placed: usize,
    /// Area let there.
    pub area_let: Area,
    /// Area of the inventory there.
    pub area_offered: Area,
    /// Quota of the subsidy year, if one is set.
    pub quota: Option<Fen>,
    /// What happens above it.
    pub mode: Option<QuotaMode>,
    /// The quota is assumed or synthetic.
    pub quota_marked: bool,
    /// Subsidy before a cut.
    pub computed: Fen,
    /// Subsidy awarded.
    pub awarded: Fen,
}

/// One application with its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The application.
    pub application: ApplicationId,
    /// Who asks.
    pub firm: FirmView,
    /// What is asked.
    pub ask: Ask,
    /// What came of it.
    pub outcome: Outcome,
    /// What a reader must be told.
    pub marks: Vec<Mark>,
}

/// What came of an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Outcome {
    /// Placed.
    Placed(Box<Placement>),
    /// Waiting, with exactly one reason.
    Waiting(Reason),
}

/// A firm as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirmView {
    /// Key.
    pub id: FirmId,
    /// Name, with its mark as delivered.
    pub name: Text,
    /// Industry code.
    pub industry: String,
    /// District of registration, when the firm is known.
    pub district: Option<DistrictCode>,
    /// Name of that district.
    pub district_name: Text,
    /// Insured employees.
    pub headcount: u32,
    /// Credentials.
    pub credentials: Vec<Credential>,
    /// Fields.
    pub fields: Vec<Text>,
}

/// What is asked, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// Use.
    #[serde(rename = "use")]
    pub use_: Text,
    /// Smallest area.
    pub area_min: Area,
    /// Largest area.
    pub area_max: Area,
    /// Earliest start.
    pub start_from: NaiveDate,
    /// Latest start.
    pub start_until: NaiveDate,
    /// Highest rate of rent.
    pub rent_cap: Option<Rate>,
    /// Technical needs in words.
    pub needs: Vec<Text>,
    /// Ranked site wishes.
    pub wishes: Vec<Link>,
    /// Acceptable districts; empty = all.
    pub districts: Vec<Text>,
    /// Codes of the same.
    pub district_codes: Vec<DistrictCode>,
    /// Anchor stations.
    pub anchors: Vec<Text>,
    /// Longest minutes.
    pub max_minutes: Option<u32>,
    /// Households by kind.
    pub households: Vec<(Text, u32)>,
    /// Asks for subsidy.
    pub wants_subsidy: bool,
}

/// A site by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Key.
    pub id: SiteId,
    /// Name.
    pub name: Text,
}

/// What a placed application gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// Site.
    pub site: Link,
    /// District of the site, when the site is known.
    pub district: Option<DistrictCode>,
    /// Name of the district.
    pub district_name: Text,
    /// Rank of the site among the wishes, from 1.
    pub wish: Option<usize>,
    /// Units.
    pub units: Vec<LetUnit>,
    /// Area of all.
    pub area: Area,
    /// Rent per month of all.
    pub monthly_rent: Fen,
    /// First day.
    pub from: NaiveDate,
    /// First day after.
    pub until: Option<NaiveDate>,
    /// Subsidy.
    pub subsidy: Option<Subsidy>,
    /// Apartments.
    pub apartments: Vec<LetApartment>,
    /// Door-to-door minutes to the nearest anchor.
    pub minutes: Option<u32>,
    /// Parts of the score, the apartments among them.
    pub score: Vec<Part>,
    /// Worth: sum of the parts.
    pub worth: Points,
}

/// A unit, or a part of one, that is let.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetUnit {
    /// Key.
    pub unit: String,
    /// Building, floor and room.
    pub place: Text,
    /// Area let.
    pub area: Area,
    /// Area of the whole unit.
    pub whole: Area,
    /// Rent per month.
    pub monthly_rent: Fen,
}

/// Subsidy as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subsidy {
    /// Paying district.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Rule.
    pub rule: String,
    /// Before a cut.
    pub computed: Fen,
    /// Awarded.
    pub awarded: Fen,
}

/// Apartments let.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetApartment {
    /// Housing site.
    pub site: Link,
    /// Layout.
    pub layout: Text,
    /// For whom.
    pub household: Text,
    /// How many.
    pub count: u32,
    /// Points of all of them.
    pub points: Points,
}

/// A part of the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Name of the weight.
    pub name: String,
    /// Term.
    pub label: Text,
    /// Points.
    pub points: Points,
}

/// Why an application waits, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Which of the three.
    pub kind: ReasonKind,
    /// One sentence.
    pub sentence: Text,
    /// All there is to say, one line each.
    pub details: Vec<Detail>,
}

/// The three reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Options exist, others use what they need.
    PricedOut,
    /// No option passes the hard rules.
    NothingFits,
    /// Rules of eligibility are not met.
    NotEligible,
}

/// One line of a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The line.
    pub text: Text,
    /// How many units or options; `None` for a rule of eligibility.
    pub count: Option<u64>,
    /// The hard rule, for `nothing_fits`.
    pub rule: Option<HardRule>,
    /// Basis of the rule, for `not_eligible`.
    pub basis: Option<String>,
    /// Applications that hold the resource, for `priced_out`.
    pub holders: Vec<ApplicationId>,
    /// The site of the resource, for `priced_out`.
    pub site: Option<SiteId>,
}
