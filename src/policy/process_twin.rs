//! The section `[process]` as the document writes it: each period a table of its own with its basis.
//!
//! Not here: what a period means (`process`).

use chrono::NaiveDate;
use serde::Deserialize;

use super::process::{
    FINDING_REPLY_DAYS, ObjectionForm, Process, RecordWeights, RejectReason, Risk, Route,
    STATEMENT_DAYS,
};
use crate::domain::area::Share;
use crate::domain::evidence::Evidence;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct Calendar {
    calendar_days: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct Working {
    working_days: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct Objection {
    form: ObjectionForm,
    answer_working_days: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct SpotCheck {
    rate_bp: Share,
    per_year: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct RelatedFirms {
    share_bp: Share,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct Ban {
    months: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "asked for here, shown by `document`")]
struct RecordWeight {
    overdue_statement: u32,
    term_missed: u32,
    finding: u32,
    subsidy_million: u32,
    basis: String,
    evidence: Evidence,
    basis_until: Option<NaiveDate>,
}

/// The section.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Twin {
    window: Calendar,
    supplement: Working,
    publicity: Working,
    objection: Objection,
    offer: Working,
    contract: Working,
    spot_check: SpotCheck,
    related_firms: RelatedFirms,
    ban: Ban,
    statement: Option<Calendar>,
    finding_reply: Option<Working>,
    record_weight: Option<RecordWeight>,
    #[serde(rename = "risk", default)]
    risks: Vec<Risk>,
    #[serde(rename = "route", default)]
    routes: Vec<Route>,
    #[serde(rename = "reject_reason", default)]
    reject_reasons: Vec<RejectReason>,
}

impl From<Twin> for Process {
    fn from(twin: Twin) -> Process {
        Process {
            window_calendar_days: twin.window.calendar_days,
            supplement_working_days: twin.supplement.working_days,
            publicity_working_days: twin.publicity.working_days,
            objection_form: twin.objection.form,
            objection_answer_working_days: twin.objection.answer_working_days,
            offer_working_days: twin.offer.working_days,
            contract_working_days: twin.contract.working_days,
            spot_check_rate: twin.spot_check.rate_bp,
            spot_checks_per_year: twin.spot_check.per_year,
            related_firm_share: twin.related_firms.share_bp,
            ban_months: twin.ban.months,
            statement_calendar_days: twin.statement.map_or(STATEMENT_DAYS, |s| s.calendar_days),
            finding_reply_working_days: (twin.finding_reply)
                .map_or(FINDING_REPLY_DAYS, |r| r.working_days),
            record_weights: twin.record_weight.map_or_else(RecordWeights::default, |w| {
                RecordWeights {
                    overdue_statement: w.overdue_statement,
                    term_missed: w.term_missed,
                    finding: w.finding,
                    subsidy_million: w.subsidy_million,
                }
            }),
            risks: twin.risks,
            routes: twin.routes,
            reject_reasons: twin.reject_reasons,
        }
    }
}
