//! Cases (申请件): an application on its way from the first draft to the verdict.
//! The application itself (`application`) is what is asked for; the case is where it stands.
//!
//! Not here: who may move it (`acts`), whether it qualifies (policy).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::housing::Households;
use super::ids::{ApplicationId, FirmId, RoundId, SiteId, StationId};
use super::money::Rate;
use super::place::DistrictCode;
use super::signature::Signature;
use super::space::{Technical, Use};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseStage {
    /// 草稿: the firm's preparer writes.
    Draft,
    /// 待授权: waits for the firm's approver.
    Prepared,
    /// 已提交.
    Submitted,
    /// 退回补正: the firm supplements until the deadline.
    Returned,
    /// 已受理.
    Accepted,
    /// 审核通过: goes into the snapshot.
    Verified,
    /// 不予通过.
    Rejected,
    /// 已撤回.
    Withdrawn,
}

impl CaseStage {
    /// Every stage.
    pub const ALL: [CaseStage; 8] = [
        CaseStage::Draft,
        CaseStage::Prepared,
        CaseStage::Submitted,
        CaseStage::Returned,
        CaseStage::Accepted,
        CaseStage::Verified,
        CaseStage::Rejected,
        CaseStage::Withdrawn,
    ];

    /// The stages that may follow. Rejected and verified cases are opened again only by an upheld
    /// objection (`Accepted`).
    pub fn next(self) -> &'static [CaseStage] {
        use CaseStage::{
            Accepted, Draft, Prepared, Rejected, Returned, Submitted, Verified, Withdrawn,
        };
        match self {
            Draft => &[Prepared, Withdrawn],
            Prepared => &[Draft, Submitted, Withdrawn],
            Submitted => &[Returned, Accepted, Rejected, Withdrawn],
            Returned => &[Submitted, Rejected, Withdrawn],
            Accepted => &[Returned, Verified, Rejected, Withdrawn],
            Verified => &[Accepted, Rejected, Withdrawn],
            Rejected => &[Accepted],
            Withdrawn => &[],
        }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            CaseStage::Draft => "draft",
            CaseStage::Prepared => "prepared",
            CaseStage::Submitted => "submitted",
            CaseStage::Returned => "returned",
            CaseStage::Accepted => "accepted",
            CaseStage::Verified => "verified",
            CaseStage::Rejected => "rejected",
            CaseStage::Withdrawn => "withdrawn",
        }
    }

    /// True while the firm may change what it asks for.
    pub fn is_editable(self) -> bool {
        matches!(self, CaseStage::Draft | CaseStage::Returned)
    }
}

/// What a firm has filled in so far; everything may still be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Draft {
    /// Use wanted.
    #[serde(rename = "use")]
    pub use_: Option<Use>,
    /// Smallest acceptable area.
    pub area_min: Option<Area>,
    /// Largest area wanted.
    pub area_max: Option<Area>,
    /// Earliest start.
    pub start_from: Option<NaiveDate>,
    /// Latest start.
    pub start_until: Option<NaiveDate>,
    /// Highest rent per m2 and month.
    pub rent_cap: Option<Rate>,
    /// Technical needs.
    pub needs: Technical,
    /// Ranked wishes.
    pub site_wishes: Vec<SiteId>,
    /// Acceptable districts; empty = all.
    pub districts: Vec<DistrictCode>,
    /// Stations to be near.
    pub anchors: Vec<StationId>,
    /// Longest acceptable minutes to the nearest anchor.
    pub max_minutes: Option<u32>,
    /// Households to be housed.
    pub households: Vec<Households>,
    /// Asks for rent subsidy.
    pub wants_subsidy: bool,
}

/// A file that proves something, by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// Our own name: the SHA-256 of the bytes.
    pub digest: String,
    /// What it proves: a key of the policy's list of evidence.
    pub kind: String,
    /// Media type, found by its first bytes.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// Name given by the firm, for people only.
    pub label: String,
    /// Who filed it, when.
    pub filed: Signature,
}

/// What a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The same credit code has another case in the round.
    Duplicate(ApplicationId),
    /// A firm with the same controller, with the share in basis points, has a case in the round.
    Related(ApplicationId, u32),
}

impl Flag {
    /// The other application.
    pub fn other(&self) -> &ApplicationId {
        match self {
            Flag::Duplicate(other) | Flag::Related(other, _) => other,
        }
    }
}

/// A person looked at a flag and found no objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clearance {
    /// The flag.
    pub flag: Flag,
    /// Who, when, note.
    pub signed: Signature,
}

/// One remark or verdict of an officer, kept in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The stage that it led to.
    pub stage: CaseStage,
    /// Reason from the policy's list, when the act asks for one.
    pub reason: Option<String>,
    /// Who, when, note for the firm.
    pub signed: Signature,
    /// Note for officers alone; a firm never sees it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub internal: String,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Key: that of its application.
    pub id: ApplicationId,
    /// Who asks.
    pub firm: FirmId,
    /// In which round.
    pub round: RoundId,
    /// District that reviews: that of the firm.
    pub district: DistrictCode,
    /// Where it stands.
    pub stage: CaseStage,
    /// What is filled in.
    pub draft: Draft,
    /// What proves it.
    pub evidence: Vec<EvidenceFile>,
    /// What a person must look at.
    pub flags: Vec<Flag>,
    /// Prepared by.
    pub prepared: Option<Signature>,
    /// Submitted by (approver of the firm, or the officer who typed a paper form in).
    pub submitted: Option<Signature>,
    /// Typed in from paper or a bulk file.
    pub by_officer: bool,
    /// Last day for the supplement, while returned.
    pub supplement_until: Option<NaiveDate>,
    /// Remarks and verdicts in order.
    pub remarks: Vec<Remark>,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// Day on which a paper form was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<NaiveDate>,
    /// Accounts of officers who typed something of it in, sorted; they do not verify it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typed_by: Vec<String>,
    /// Flags that a person cleared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Clearance>,
}

impl Case {
    /// True once officers may see it: a firm's draft is its own until it is submitted.
    pub fn is_open(&self) -> bool {
        self.by_officer || self.submitted.is_some()
    }

    /// True while another case in the round can be its duplicate.
    pub fn is_live(&self) -> bool {
        self.is_open() && !matches!(self.stage, CaseStage::Rejected | CaseStage::Withdrawn)
    }

    /// The flags that nobody has cleared.
    pub fn open_flags(&self) -> Vec<&Flag> {
        let cleared = |flag: &&Flag| self.cleared.iter().any(|c| c.flag == **flag);
        self.flags.iter().filter(|f| !cleared(f)).collect()
    }

    /// `none`, `open` or `cleared`: how its flags stand.
    pub fn flagged(&self) -> &'static str {
        match (self.flags.is_empty(), self.open_flags().is_empty()) {
            (true, _) => "none",
            (_, true) => "cleared",
            _ => "open",
        }
    }
}
