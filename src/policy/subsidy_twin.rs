//! The tables `[[subsidy]]` of the document and their way to typed rules.
//!
//! Not here: what a rule means (`subsidy_rule`, `subsidy`).

use chrono::NaiveDate;
use serde::Deserialize;

use super::condition::Condition;
use super::gather::{Exact, Gather, spot};
use super::subsidy_laws::BAD_SUBSIDY_RULE;
use super::subsidy_rule::{Band, Cohort, Guide, Multiplier, Scale, Status, SubsidyRule};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::firm::Credential;
use crate::domain::money::{Fen, Rate};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    ShareOfRent,
    YuanPerM2,
    Bands,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Twin {
    id: String,
    label_zh: String,
    label_en: String,
    district: String,
    kind: Kind,
    share_bp: Option<i64>,
    rate_yuan_m2_month: Option<Exact>,
    bands: Option<Vec<BandTwin>>,
    area_min_m2: Option<Exact>,
    area_cap_m2: Option<Exact>,
    year_cap_yuan: Option<Exact>,
    total_cap_yuan: Option<Exact>,
    appraised_share_bp: Option<i64>,
    #[serde(default)]
    cohorts: Vec<CohortTwin>,
    #[serde(default)]
    multipliers: Vec<MultiplierTwin>,
    stack_group: Option<String>,
    condition: Option<Condition>,
    months: u32,
    guide_rent_yuan_m2_month: Option<Exact>,
    guide_factor_bp: Option<u32>,
    #[serde(default)]
    credentials_any: Vec<Credential>,
    #[serde(default)]
    industry_prefixes: Vec<String>,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
    status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CohortTwin {
    from_year: i32,
    until_year: i32,
    share_bp: Option<i64>,
    rate_yuan_m2_month: Option<Exact>,
    bands: Option<Vec<BandTwin>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MultiplierTwin {
    condition: Condition,
    factor_bp: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandTwin {
    from_m2: Exact,
    to_m2: Option<Exact>,
    share_bp: i64,
}

/// Takes the tables `[[subsidy]]`; a rule with a fault is left out and its faults are noted.
pub(super) fn rows(doc: &mut Gather) -> Vec<SubsidyRule> {
    let twins: Vec<Twin> = doc.rows("subsidy");
    twins
        .into_iter()
        .filter_map(|twin| rule(doc, twin))
        .collect()
}

/// Every value is tried before the first failure ends the rule.
fn rule(doc: &mut Gather, twin: Twin) -> Option<SubsidyRule> {
    let subject = format!("subsidy {}", twin.id);
    let district = doc.keep(&subject, "district", twin.district.parse());
    let rate = (twin.share_bp, &twin.rate_yuan_m2_month, &twin.bands);
    let scale = scale(doc, &subject, twin.kind, rate);
    let cohorts = cohorts(doc, &subject, &twin);
    let area_min = optional::<Area>(doc, &subject, "area_min_m2", twin.area_min_m2);
    let total_cap = optional::<Fen>(doc, &subject, "total_cap_yuan", twin.total_cap_yuan);
    let appraised_share = match twin.appraised_share_bp.map(Share::new) {
        None => Some(None),
        Some(share) => doc.keep(&subject, "appraised_share_bp", share).map(Some),
    };
    let area_cap = optional::<Area>(doc, &subject, "area_cap_m2", twin.area_cap_m2);
    let year_cap = optional::<Fen>(doc, &subject, "year_cap_yuan", twin.year_cap_yuan);
    let rent = twin.guide_rent_yuan_m2_month;
    let rent = optional::<Rate>(doc, &subject, "guide_rent_yuan_m2_month", rent);
    let guide = guide(doc, &subject, rent?, twin.guide_factor_bp);
    Some(SubsidyRule {
        id: twin.id,
        label_zh: twin.label_zh,
        label_en: twin.label_en,
        district: district?,
        scale: scale?,
        area_min: area_min?,
        total_cap: total_cap?,
        appraised_share: appraised_share?,
        cohorts: cohorts?,
        multipliers: (twin.multipliers.into_iter())
            .map(|m| Multiplier {
                condition: m.condition,
                factor_bp: m.factor_bp,
            })
            .collect(),
        stack_group: twin.stack_group,
        condition: twin.condition,
        area_cap: area_cap?,
        year_cap: year_cap?,
        months: twin.months,
        guide: guide?,
        credentials_any: twin.credentials_any,
        industry_prefixes: twin.industry_prefixes,
        basis: twin.basis,
        evidence: twin.evidence,
        basis_until: twin.basis_until,
        status: twin.status,
    })
}

/// `Some(None)` when the key is not given, `None` when its value is at fault.
fn optional<T: std::str::FromStr<Err = Fault>>(
    doc: &mut Gather,
    subject: &str,
    key: &str,
    value: Option<Exact>,
) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(exact) => doc.keep(subject, key, exact.0.parse()).map(Some),
    }
}

fn guide(
    doc: &mut Gather,
    subject: &str,
    rent: Option<Rate>,
    factor_bp: Option<u32>,
) -> Option<Option<Guide>> {
    match (rent, factor_bp) {
        (None, None) => Some(None),
        (Some(rent), Some(factor_bp)) => Some(Some(Guide { rent, factor_bp })),
        _ => {
            unsuited(
                doc,
                subject,
                "guide_factor_bp",
                "half of the guide price is missing",
            );
            None
        }
    }
}

/// Share, flat rate and bands as written.
type Rates<'a> = (Option<i64>, &'a Option<Exact>, &'a Option<Vec<BandTwin>>);

fn cohorts(doc: &mut Gather, subject: &str, twin: &Twin) -> Option<Vec<Cohort>> {
    let all: Vec<Option<Cohort>> = (twin.cohorts.iter())
        .map(|c| {
            let rate = (c.share_bp, &c.rate_yuan_m2_month, &c.bands);
            Some(Cohort {
                from_year: c.from_year,
                until_year: c.until_year,
                scale: scale(doc, subject, twin.kind, rate)?,
            })
        })
        .collect();
    all.into_iter().collect()
}

/// The rate of the kind, when exactly its own keys are given.
fn scale(doc: &mut Gather, subject: &str, kind: Kind, rate: Rates<'_>) -> Option<Scale> {
    match (kind, rate.0, rate.1, rate.2) {
        (Kind::ShareOfRent, Some(bp), None, None) => doc
            .keep(subject, "share_bp", Share::new(bp))
            .map(Scale::ShareOfRent),
        (Kind::YuanPerM2, None, Some(rate), None) => doc
            .keep(subject, "rate_yuan_m2_month", rate.0.parse())
            .map(Scale::YuanPerM2),
        (Kind::Bands, None, None, Some(twins)) => bands(doc, subject, twins).map(Scale::Bands),
        _ => {
            let why = "share_of_rent takes share_bp, yuan_per_m2 takes rate_yuan_m2_month, \
                       bands takes bands, and none takes another's";
            unsuited(doc, subject, "kind", why);
            None
        }
    }
}

fn bands(doc: &mut Gather, subject: &str, twins: &[BandTwin]) -> Option<Vec<Band>> {
    let all: Vec<Option<Band>> = twins
        .iter()
        .map(|twin| {
            let from = doc.keep(subject, "bands.from_m2", twin.from_m2.0.parse());
            let to = optional(doc, subject, "bands.to_m2", twin.to_m2.clone());
            let share = doc.keep(subject, "bands.share_bp", Share::new(twin.share_bp));
            Some(Band {
                from: from?,
                to: to?,
                share: share?,
            })
        })
        .collect();
    all.into_iter().collect()
}

fn unsuited(doc: &mut Gather, subject: &str, key: &str, why: &str) {
    let fault = Fault::new(BAD_SUBSIDY_RULE, why, "give exactly the keys of the kind");
    doc.faults.push(fault.at(spot(subject, key)));
}
