//! The words of columns with a fixed choice: one list for reading and writing. When a meaning has
//! two words, the first is written.

use crate::domain::evidence::Evidence;
use crate::domain::firm::Credential;
use crate::domain::housing::{HouseholdKind, Layout};
use crate::domain::place::{Datum, Precision};
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::space::{Fitout, Hazard, Raised, SiteKind, Use};

/// A choice among words.
pub trait Word: Copy + PartialEq + 'static {
    /// The words and what they mean.
    const WORDS: &'static [(&'static str, Self)];

    /// The meaning of a word.
    fn read(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(w, _)| *w == word)
            .map(|(_, v)| *v)
    }

    /// The word for a meaning.
    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, v)| *v == self)
            .map_or("", |(w, _)| *w)
    }
}

impl Word for bool {
    const WORDS: &'static [(&'static str, bool)] = &[
        ("true", true),
        ("false", false),
        ("是", true),
        ("否", false),
        ("1", true),
        ("0", false),
    ];
}

impl Word for SiteKind {
    const WORDS: &'static [(&'static str, SiteKind)] =
        &[("space", SiteKind::Space), ("housing", SiteKind::Housing)];
}

impl Word for Datum {
    const WORDS: &'static [(&'static str, Datum)] = &[
        ("wgs84", Datum::Wgs84),
        ("cgcs2000", Datum::Cgcs2000),
        ("gcj02", Datum::Gcj02),
        ("bd09", Datum::Bd09),
    ];
}

/// `none` says that no point is known.
impl Word for Option<Precision> {
    const WORDS: &'static [(&'static str, Option<Precision>)] = &[
        ("surveyed", Some(Precision::Surveyed)),
        ("station", Some(Precision::Station)),
        ("district", Some(Precision::District)),
        ("none", None),
    ];
}

impl Word for Evidence {
    const WORDS: &'static [(&'static str, Evidence)] = &[
        ("published", Evidence::Published),
        ("secondary", Evidence::Secondary),
        ("derived", Evidence::Derived),
        ("assumption", Evidence::Assumption),
        ("synthetic", Evidence::Synthetic),
    ];
}

impl Word for Use {
    const WORDS: &'static [(&'static str, Use)] = &[
        ("rd_office", Use::RdOffice),
        ("office", Use::Office),
        ("laboratory", Use::Laboratory),
        ("factory", Use::Factory),
    ];
}

impl Word for Raised {
    const WORDS: &'static [(&'static str, Raised)] = &[
        ("ancillary", Raised::Ancillary),
        ("plot_ratio", Raised::PlotRatio),
        ("renovation", Raised::Renovation),
        ("buy_back", Raised::BuyBack),
        ("cooperative", Raised::Cooperative),
        ("unknown", Raised::Unknown),
    ];
}

impl Word for Fitout {
    const WORDS: &'static [(&'static str, Fitout)] = &[
        ("bare_shell", Fitout::BareShell),
        ("simple", Fitout::Simple),
        ("full", Fitout::Full),
        ("unknown", Fitout::Unknown),
    ];
}

impl Word for Hazard {
    const WORDS: &'static [(&'static str, Hazard)] = &[
        ("none", Hazard::None),
        ("c", Hazard::C),
        ("b", Hazard::B),
        ("a", Hazard::A),
    ];
}

impl Word for Layout {
    const WORDS: &'static [(&'static str, Layout)] = &[
        ("dorm_bed", Layout::DormBed),
        ("studio", Layout::Studio),
        ("one_bed", Layout::OneBed),
        ("two_bed", Layout::TwoBed),
        ("three_bed", Layout::ThreeBed),
        ("four_bed", Layout::FourBed),
    ];
}

impl Word for Credential {
    const WORDS: &'static [(&'static str, Credential)] = &[
        ("above_scale", Credential::AboveScale),
        ("high_tech", Credential::HighTech),
        ("specialised", Credential::Specialised),
        ("tech_sme", Credential::TechSme),
        ("national_lab", Credential::NationalLab),
        ("academician", Credential::Academician),
        ("carrier", Credential::Carrier),
    ];
}

impl Word for HouseholdKind {
    const WORDS: &'static [(&'static str, HouseholdKind)] = &[
        ("single", HouseholdKind::Single),
        ("couple", HouseholdKind::Couple),
        ("family", HouseholdKind::Family),
        ("large", HouseholdKind::Large),
    ];
}

impl Word for Item {
    const WORDS: &'static [(&'static str, Item)] = &[("rent_subsidy", Item::RentSubsidy)];
}

impl Word for QuotaMode {
    const WORDS: &'static [(&'static str, QuotaMode)] = &[
        ("hard", QuotaMode::Hard),
        ("prorata", QuotaMode::ProRata),
        ("pro_rata", QuotaMode::ProRata),
    ];
}

/// Whether a row of the cluster table is a cluster (C..) or a field (K..).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A cluster.
    Cluster,
    /// A field.
    Field,
}

impl Word for RowKind {
    const WORDS: &'static [(&'static str, RowKind)] =
        &[("cluster", RowKind::Cluster), ("field", RowKind::Field)];
}
