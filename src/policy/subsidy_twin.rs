//! The tables `[[subsidy]]` of the document and their way to typed rules.
//!
//! Not here: what a rule means (`subsidy_rule`, `subsidy`).

use serde::Deserialize;

use super::gather::{Exact, Gather, spot};
use super::subsidy_rule::{BAD_SUBSIDY_RULE, Band, Guide, Scale, Status, SubsidyRule};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::Fault;
use crate::domain::firm::Credential;
use crate::domain::money::{Fen, Rate};

#[derive(Deserialize)]
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
    area_cap_m2: Option<Exact>,
    year_cap_yuan: Option<Exact>,
    months: u32,
    guide_rent_yuan_m2_month: Option<Exact>,
    guide_factor_bp: Option<u32>,
    #[serde(default)]
    credentials_any: Vec<Credential>,
    #[serde(default)]
    industry_prefixes: Vec<String>,
    basis: String,
    evidence: Evidence,
    status: Status,
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
    let scale = scale(doc, &subject, &twin);
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
        area_cap: area_cap?,
        year_cap: year_cap?,
        months: twin.months,
        guide: guide?,
        credentials_any: twin.credentials_any,
        industry_prefixes: twin.industry_prefixes,
        basis: twin.basis,
        evidence: twin.evidence,
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

/// The rate of the kind, when exactly its own keys are given.
fn scale(doc: &mut Gather, subject: &str, twin: &Twin) -> Option<Scale> {
    match (
        &twin.kind,
        twin.share_bp,
        &twin.rate_yuan_m2_month,
        &twin.bands,
    ) {
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
