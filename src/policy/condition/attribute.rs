//! The closed list of attributes that a condition may ask for, with type and unit.
//!
//! Not here: where a value comes from (`facts`).

use crate::domain::firm::Credential;

/// Attributes that are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Number {
    /// Mean number of insured employees of the last three months (heads).
    Headcount,
    /// Revenue of the last year (whole yuan).
    Revenue,
    /// Share of R&D in revenue (basis points).
    RdShare,
    /// Full months since the day of foundation.
    AgeMonths,
    /// Smallest area that the application accepts (m2).
    AreaMin,
    /// Largest area that the application wants (m2).
    AreaMax,
    /// Households of the application.
    Households,
}

impl Number {
    /// All, in the order of the manual.
    pub const ALL: [Number; 7] = [
        Number::Headcount,
        Number::Revenue,
        Number::RdShare,
        Number::AgeMonths,
        Number::AreaMin,
        Number::AreaMax,
        Number::Households,
    ];

    /// The name in a condition.
    pub fn name(self) -> &'static str {
        match self {
            Number::Headcount => "headcount",
            Number::Revenue => "revenue",
            Number::RdShare => "rd_share",
            Number::AgeMonths => "age_months",
            Number::AreaMin => "area_min",
            Number::AreaMax => "area_max",
            Number::Households => "households",
        }
    }

    /// The unit, for people.
    pub fn unit(self) -> &'static str {
        match self {
            Number::Headcount => "heads",
            Number::Revenue => "yuan",
            Number::RdShare => "bp",
            Number::AgeMonths => "months",
            Number::AreaMin | Number::AreaMax => "m2",
            Number::Households => "households",
        }
    }

    /// How many of the stored unit (fen, 0.01 m2) make one unit of the condition.
    pub fn scale(self) -> i64 {
        match self {
            Number::Revenue | Number::AreaMin | Number::AreaMax => 100,
            _ => 1,
        }
    }

    /// Asks for a fact of the application.
    pub fn is_of_application(self) -> bool {
        matches!(self, Number::AreaMin | Number::AreaMax | Number::Households)
    }
}

/// Attributes that are texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Text {
    /// GB/T 4754 code of the main industry.
    Industry,
    /// Code of the district of registration.
    Seat,
    /// Use that the application asks for.
    Use,
}

impl Text {
    /// All, in the order of the manual.
    pub const ALL: [Text; 3] = [Text::Industry, Text::Seat, Text::Use];

    /// The name in a condition.
    pub fn name(self) -> &'static str {
        match self {
            Text::Industry => "industry",
            Text::Seat => "seat",
            Text::Use => "use",
        }
    }

    /// Asks for a fact of the application.
    pub fn is_of_application(self) -> bool {
        self == Text::Use
    }
}

/// Credentials by their name in a condition.
pub const CREDENTIALS: [(&str, Credential); 7] = [
    ("above_scale", Credential::AboveScale),
    ("high_tech", Credential::HighTech),
    ("specialised", Credential::Specialised),
    ("tech_sme", Credential::TechSme),
    ("national_lab", Credential::NationalLab),
    ("academician", Credential::Academician),
    ("carrier", Credential::Carrier),
];

/// The name of a credential in a condition.
pub(super) fn credential_name(credential: Credential) -> &'static str {
    let found = CREDENTIALS.iter().find(|(_, c)| *c == credential);
    found.map_or("", |(name, _)| name)
}
