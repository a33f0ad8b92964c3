//! The demonstration policy, a firm, an application, and small changes of each.

use chrono::NaiveDate;
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::fault::Fault;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::period::Period;
use zhuchao::domain::space::{Technical, Use};
use zhuchao::policy::{self, Policy};

/// The demonstration document.
pub const DOCUMENT: &str = include_str!("../../../data/policy/default.toml");

/// The demonstration policy.
pub fn policy() -> Policy {
    policy::read(DOCUMENT).expect("the demonstration policy is lawful")
}

/// The document with one text replaced, which must occur.
pub fn changed(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "the document has no {from:?}");
    DOCUMENT.replacen(from, to, 1)
}

/// The codes of all faults of a document, sorted; empty when it is lawful.
pub fn codes(text: &str) -> Vec<&'static str> {
    let faults = policy::read(text).err().map(|f| f.0).unwrap_or_default();
    let mut codes: Vec<_> = faults.iter().map(|f| f.code.0).collect();
    codes.sort_unstable();
    codes
}

/// A key, a code, an amount: whatever reads from text.
pub fn read<T: std::str::FromStr<Err = Fault>>(text: &str) -> T {
    text.parse().expect("the test gives a lawful text")
}

/// A day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the test names a day")
}

/// A lease of whole months.
pub fn lease(from: NaiveDate, months: u32) -> Period {
    Period::months(from, months).expect("in the calendar")
}

/// A firm of section M with 30 heads and no credential, seated in Nanshan.
pub fn firm() -> Firm {
    Firm {
        id: read("F1"),
        credit_code: read("914403001922038216"),
        name_zh: "测试".to_owned(),
        name_en: String::new(),
        industry: read("7320"),
        district: read("440305"),
        headcount: 30,
        revenue: None,
        rd_share: None,
        founded: None,
        credentials: Vec::new(),
        fields: Vec::new(),
        provenance: Provenance::of(Evidence::Synthetic),
    }
}

/// An application of that firm for 200 to 300 m2.
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
        site_wishes: Vec::new(),
        districts: Vec::new(),
        anchors: Vec::new(),
        max_minutes: None,
        households: Vec::new(),
        wants_subsidy: true,
        provenance: Provenance::of(Evidence::Synthetic),
    }
}
