//! Applications (申请): what a firm asks for in a round.
//!
//! Not here: whether it qualifies (policy), what it gets (planning).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::evidence::Provenance;
use super::fault::{Code, Fault};
use super::housing::Households;
use super::ids::{ApplicationId, FirmId, RoundId, SiteId, StationId};
use super::money::Rate;
use super::place::DistrictCode;
use super::space::{Technical, Use};

/// An application contradicts itself: area or dates out of order, a wish or household kind twice.
pub const BAD_APPLICATION: Code = Code("DM180");

/// An application for space, apartments and subsidy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Key.
    pub id: ApplicationId,
    /// Who asks.
    pub firm: FirmId,
    /// In which round.
    pub round: RoundId,
    /// Use wanted.
    #[serde(rename = "use")]
    pub use_: Use,
    /// Smallest acceptable area.
    pub area_min: Area,
    /// Largest area wanted.
    pub area_max: Area,
    /// Earliest start.
    pub start_from: NaiveDate,
    /// Latest start.
    pub start_until: NaiveDate,
    /// Highest rent per m2 and month; `None` = no cap.
    pub rent_cap: Option<Rate>,
    /// Technical needs: each stated value is a minimum the unit must state and reach.
    pub needs: Technical,
    /// Ranked wishes, the first is the dearest. A wish is not a condition.
    pub site_wishes: Vec<SiteId>,
    /// Acceptable districts; empty = all.
    pub districts: Vec<DistrictCode>,
    /// Metro stations that the firm wants to be near (staff, clients, laboratories).
    pub anchors: Vec<StationId>,
    /// Longest acceptable door-to-door minutes to the nearest anchor; `None` = no limit.
    pub max_minutes: Option<u32>,
    /// Households to be housed, each kind at most once.
    pub households: Vec<Households>,
    /// Asks for rent subsidy.
    pub wants_subsidy: bool,
    /// Source and marks.
    pub provenance: Provenance,
}

impl Application {
    /// The laws an application must keep by itself.
    pub fn proved(self) -> Result<Application, Fault> {
        let bad = |why: &str| {
            Err(Fault::new(
                BAD_APPLICATION,
                format!("application {}: {why}", self.id),
                "correct the row of the application",
            ))
        };
        if self.area_min <= Area::ZERO || self.area_max < self.area_min {
            return bad("the areas wanted are not 0 < smallest <= largest");
        }
        if self.start_until < self.start_from {
            return bad("the latest start is before the earliest");
        }
        let twice = |mut keys: Vec<String>| {
            keys.sort_unstable();
            keys.windows(2).any(|w| w[0] == w[1])
        };
        if twice(self.site_wishes.iter().map(ToString::to_string).collect()) {
            return bad("a site is wished for twice");
        }
        if twice(
            self.households
                .iter()
                .map(|h| format!("{:?}", h.kind))
                .collect(),
        ) {
            return bad("a kind of household is named twice");
        }
        if self.households.iter().any(|h| h.count == 0) {
            return bad("a kind of household has the count 0");
        }
        Ok(self)
    }
}
