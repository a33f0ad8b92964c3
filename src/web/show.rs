//! Small helpers of the templates over one request: numbers, states, reasons.
//!
//! Not here: links (`context`), how numbers are cut (`format`).

use chrono::{DateTime, FixedOffset, Utc};

use super::context::Ctx;
use super::{format, list};
use crate::acts::view::board::{Board, DistrictRow, Placement, Reason, ReasonKind, Row};
use crate::domain::area::Area;
use crate::domain::money::{Fen, Rate};
use crate::domain::points::Points;
use crate::domain::quota::QuotaMode;

impl Ctx {
    /// Money with its unit.
    pub fn money(&self, amount: &Fen) -> String {
        let number = format::yuan(*amount);
        match self.zh() {
            true => format!("{number} 元"),
            false => format!("CNY {number}"),
        }
    }

    /// Money without a unit.
    pub fn yuan(&self, amount: &Fen) -> String {
        format::yuan(*amount)
    }

    /// A rate of rent without a unit.
    pub fn rate(&self, rate: &Rate) -> String {
        rate.to_string()
    }

    /// An area without a unit.
    pub fn area(&self, area: &Area) -> String {
        format::metres(*area)
    }

    /// Points with one decimal.
    pub fn points(&self, points: &Points) -> String {
        format::points(*points)
    }

    /// A gap in per cent.
    pub fn gap(&self, ppm: &i64) -> String {
        format::percent_of_ppm(*ppm)
    }

    /// A part of a whole in per cent.
    pub fn share(&self, part: &i64, all: &i64) -> String {
        format::percent(*part, *all)
    }

    /// Length of a bar of 1000 for a part of a whole.
    pub fn bar(&self, part: &i64, all: &i64) -> i64 {
        format::per_mille(*part, *all).min(1000)
    }

    /// A count as a signed number.
    pub fn int(&self, count: &u64) -> i64 {
        i64::try_from(*count).unwrap_or(i64::MAX)
    }

    /// A moment in Beijing time, which is what people here read.
    pub fn moment(&self, moment: &DateTime<Utc>) -> String {
        match FixedOffset::east_opt(8 * 3600) {
            Some(beijing) => moment
                .with_timezone(&beijing)
                .format("%Y-%m-%d %H:%M (UTC+8)")
                .to_string(),
            None => moment.to_rfc3339(),
        }
    }

    /// A moment in Beijing time, short.
    pub fn clock(&self, moment: &DateTime<Utc>) -> String {
        match FixedOffset::east_opt(8 * 3600) {
            Some(beijing) => (moment.with_timezone(&beijing))
                .format("%Y-%m-%d %H:%M")
                .to_string(),
            None => moment.to_rfc3339(),
        }
    }

    /// The first 12 digits of a digest.
    pub fn short(&self, digest: &str) -> String {
        digest.chars().take(12).collect()
    }

    /// Term of a state; the empty state means all.
    pub fn state(&self, state: &str) -> String {
        match state {
            "" => self.t("all").to_owned(),
            state => self.t(&format!("state.{state}")).to_owned(),
        }
    }

    /// State of a row, which is also its class in the style sheet.
    pub fn class(&self, row: &Row) -> &'static str {
        list::state(row)
    }

    /// Apartments of a placement summed by layout.
    pub fn layouts(&self, placement: &Placement) -> Vec<(String, u32)> {
        let mut all: Vec<(String, u32)> = Vec::new();
        for apartment in &placement.apartments {
            let name = self.say(&apartment.layout);
            match all.iter_mut().find(|(known, _)| known == name) {
                Some((_, count)) => *count = count.saturating_add(apartment.count),
                None => all.push((name.to_owned(), apartment.count)),
            }
        }
        all
    }

    /// What the counts of a reason count.
    pub fn unit_of(&self, why: &Reason) -> &str {
        match why.kind {
            ReasonKind::PricedOut => self.t("why.options"),
            _ => self.t("why.units"),
        }
    }

    /// Caption of the table of a reason.
    pub fn why_caption(&self, why: &Reason) -> &str {
        self.t(match why.kind {
            ReasonKind::PricedOut => "why.priced_out.caption",
            ReasonKind::NothingFits => "why.nothing_fits.caption",
            ReasonKind::NotEligible => "why.not_eligible.caption",
        })
    }

    /// Head of the first column of the table of a reason.
    pub fn why_head(&self, why: &Reason) -> &str {
        self.t(match why.kind {
            ReasonKind::PricedOut => "why.resource",
            ReasonKind::NothingFits => "why.hard_rule",
            ReasonKind::NotEligible => "rule",
        })
    }

    /// Head of the last column of the table of a reason.
    pub fn why_last(&self, why: &Reason) -> &str {
        self.t(match why.kind {
            ReasonKind::PricedOut => "holder",
            ReasonKind::NothingFits => "",
            ReasonKind::NotEligible => "basis",
        })
    }

    /// What would change the outcome.
    pub fn why_hint(&self, why: &Reason) -> &str {
        self.t(match why.kind {
            ReasonKind::PricedOut => "why.priced_out.hint",
            ReasonKind::NothingFits => "why.nothing_fits.hint",
            ReasonKind::NotEligible => "why.not_eligible.hint",
        })
    }
}

impl Board {
    /// Applications that wait.
    pub fn waiting(&self) -> usize {
        self.figures
            .applications
            .saturating_sub(self.figures.placed)
    }
}

impl DistrictRow {
    /// True when awards above the quota are cut pro rata.
    pub fn is_cut(&self) -> bool {
        self.mode == Some(QuotaMode::ProRata)
    }
}
