//! Reasons: the hard rules of letting, and why an application is where it is.
//! A wrong reason is worse than none: each is computed from the law it names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The hard rules in the order in which they are tried; the first one broken is the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HardRule {
    /// The district is not among the acceptable ones.
    District,
    /// The use differs.
    Use,
    /// Not available for the whole term within the window of starts.
    Available,
    /// The longest lease of the unit is shorter than the term of the round.
    LeaseTerm,
    /// Floor load too small or not stated.
    FloorLoad,
    /// Clear height too small or not stated.
    ClearHeight,
    /// Power too small or not stated.
    Power,
    /// No gas, or not stated.
    Gas,
    /// No clean water, or not stated.
    CleanWater,
    /// Hazard class not allowed, or not stated.
    Hazard,
    /// The rent is not known.
    RentUnknown,
    /// The rent exceeds the cap of the application.
    RentCap,
    /// No position is known, though minutes are limited.
    NoPosition,
    /// Too many minutes to every anchor.
    Minutes,
    /// Too small, also together with its neighbours.
    TooSmall,
    /// Larger than the firm wants or is entitled to, and not divisible to fit.
    TooLarge,
    /// The smallest lot exceeds what the firm wants or is entitled to.
    SmallestLot,
}

/// How many units each hard rule left out; the sum is the number of units.
pub type LeftOut = BTreeMap<HardRule, u64>;

/// A rule of eligibility that is not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// Short name of the rule, for example `industry`.
    pub rule: String,
    /// The clause or basis.
    pub basis: String,
    /// What the rule asks and what the firm has.
    pub cause: String,
}

/// What made the options of a firm too dear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scarce {
    /// The resource, for example `unit:N1-001`, `quota:440305:2026`, `reserve:small_firms`.
    pub resource: String,
    /// How many of the firm's options need it and found it taken.
    pub options: u64,
}

/// Why an application is not placed: exactly one of three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum WhyNot {
    /// Rules of eligibility that are not met.
    NotEligible {
        /// All of them.
        unmet: Vec<Unmet>,
    },
    /// No option passes the hard rules.
    NothingFits {
        /// Units by the first hard rule they break.
        left_out: LeftOut,
    },
    /// Options exist, and others use what they need to more points.
    PricedOut {
        /// How many options there were.
        options: u64,
        /// The resources that were missing, most often missing first.
        scarce: Vec<Scarce>,
    },
}
