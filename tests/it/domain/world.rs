//! Lawful nouns to start from, and the code of a refusal.

use chrono::NaiveDate;
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::fault::Fault;
use zhuchao::domain::money::Fen;
use zhuchao::domain::quota::{Item, Quota, QuotaMode};
use zhuchao::domain::space::{Division, Fitout, Raised, Technical, Unit, Use};

/// The code of a refusal, or `accepted`.
pub fn code<T>(result: Result<T, Fault>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(fault) => fault.code.0,
    }
}

/// A day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the test names a day")
}

/// A key, a code, an amount: whatever reads from text.
pub fn read<T: std::str::FromStr<Err = Fault>>(text: &str) -> T {
    text.parse().expect("the test gives a lawful text")
}

/// A lawful whole unit of 300 m2.
pub fn unit() -> Unit {
    Unit {
        id: read("U1"),
        floor: read("S1/A/3"),
        room: String::new(),
        use_: Use::RdOffice,
        area: Area::metres(300),
        division: Division::Whole,
        group: None,
        raised: Raised::Unknown,
        fitout: Fitout::Unknown,
        technical: Technical::default(),
        rent: None,
        lease_months: None,
        rent_rule: None,
        rent_free_months: 0,
        available: Vec::new(),
        provenance: Provenance::of(Evidence::Synthetic),
    }
}

/// A lawful application for 200 to 300 m2.
pub fn application() -> Application {
    Application {
        id: read("AP1"),
        firm: read("F1"),
        round: read("R1"),
        use_: Use::RdOffice,
        area_min: Area::metres(200),
        area_max: Area::metres(300),
        start_from: day(2026, 3, 1),
        start_until: day(2026, 6, 1),
        rent_cap: None,
        needs: Technical::default(),
        site_wishes: vec![read("S1"), read("S2")],
        districts: Vec::new(),
        anchors: Vec::new(),
        max_minutes: None,
        households: Vec::new(),
        wants_subsidy: true,
        provenance: Provenance::of(Evidence::Synthetic),
    }
}

/// A lawful quota.
pub fn quota() -> Quota {
    Quota {
        district: read("440305"),
        year: 2026,
        item: Item::RentSubsidy,
        amount: Fen(100),
        mode: QuotaMode::Hard,
        provenance: Provenance::of(Evidence::Synthetic),
    }
}
