//! Findings (检查发现问题): what is wrong, what the firm says of it, what is decided, whether it is mended.
//!
//! Not here: what decisions bring into being (`sanction`), who may decide (`acts`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{ContractId, FindingId, FirmId, VisitId};
use super::place::DistrictCode;
use super::signature::Signature;

/// Kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// 擅自转租、分租.
    Sublet,
    /// 空置.
    Idle,
    /// 擅自改变用途.
    OtherUse,
    /// 虚报材料或台账.
    FalseStatement,
    /// 未达到监管协议约定.
    TermMissed,
    /// 拖欠租金.
    RentArrears,
    /// 迁出注册或纳税关系.
    MovedOut,
    /// 人才公寓由不符合条件者居住.
    ApartmentMisused,
    /// 其他.
    Other,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [FindingKind; 9] = [
        FindingKind::Sublet,
        FindingKind::Idle,
        FindingKind::OtherUse,
        FindingKind::FalseStatement,
        FindingKind::TermMissed,
        FindingKind::RentArrears,
        FindingKind::MovedOut,
        FindingKind::ApartmentMisused,
        FindingKind::Other,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Sublet => "sublet",
            FindingKind::Idle => "idle",
            FindingKind::OtherUse => "other_use",
            FindingKind::FalseStatement => "false_statement",
            FindingKind::TermMissed => "term_missed",
            FindingKind::RentArrears => "rent_arrears",
            FindingKind::MovedOut => "moved_out",
            FindingKind::ApartmentMisused => "apartment_misused",
            FindingKind::Other => "other",
        }
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingStage {
    /// Waits for the firm's reply.
    Open,
    /// The firm replied.
    Replied,
    /// Not upheld.
    Dismissed,
    /// Measures are decided and not all carried out.
    Decided,
    /// The firm says that it has mended it.
    Mended,
    /// Nothing remains to be done.
    Closed,
}

impl FindingStage {
    /// Every stage.
    pub const ALL: [FindingStage; 6] = [
        FindingStage::Open,
        FindingStage::Replied,
        FindingStage::Dismissed,
        FindingStage::Decided,
        FindingStage::Mended,
        FindingStage::Closed,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            FindingStage::Open => "open",
            FindingStage::Replied => "replied",
            FindingStage::Dismissed => "dismissed",
            FindingStage::Decided => "decided",
            FindingStage::Mended => "mended",
            FindingStage::Closed => "closed",
        }
    }
}

/// A measure (处理措施).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Measure {
    /// 警告.
    Warn,
    /// 限期整改.
    Rectify {
        /// Last day.
        by: NaiveDate,
    },
    /// 暂停补贴.
    Suspend {
        /// First day.
        from: NaiveDate,
        /// Last day; `None` = until lifted.
        until: Option<NaiveDate>,
    },
    /// 解除合同; carried out by the act that ends the contract with its notice.
    Terminate,
    /// 追缴建议: aid for days from this one on is to be ordered back.
    ClawBack {
        /// First day.
        from: NaiveDate,
    },
    /// 禁止申请.
    Ban {
        /// Last day; `None` = as long as the policy says.
        until: Option<NaiveDate>,
    },
}

impl Measure {
    /// The name in files.
    pub fn name(&self) -> &'static str {
        match self {
            Measure::Warn => "warn",
            Measure::Rectify { .. } => "rectify",
            Measure::Suspend { .. } => "suspend",
            Measure::Terminate => "terminate",
            Measure::ClawBack { .. } => "claw_back",
            Measure::Ban { .. } => "ban",
        }
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Key: visit and number.
    pub id: FindingId,
    /// Of which visit.
    pub visit: VisitId,
    /// About which contract.
    pub contract: ContractId,
    /// Of which firm.
    pub firm: FirmId,
    /// District of the space.
    pub district: DistrictCode,
    /// Kind.
    pub kind: FindingKind,
    /// Clause that is broken.
    pub clause: String,
    /// What is wrong.
    pub text: String,
    /// Accounts of the inspectors: they do not decide.
    pub inspectors: Vec<String>,
    /// Entered by.
    pub entered: Signature,
    /// Last day for the reply.
    pub reply_due: NaiveDate,
    /// Where it stands.
    pub stage: FindingStage,
    /// The firm's reply.
    pub reply: Option<Signature>,
    /// Measures; none when it is dismissed.
    pub measures: Vec<Measure>,
    /// Decided by, with the reason.
    pub decided: Option<Signature>,
    /// The firm says that it has mended it, and how.
    pub mended: Option<Signature>,
    /// Closed by, with what was seen.
    pub closed: Option<Signature>,
}

impl Finding {
    /// The day by which it is to be mended, when that was decided.
    pub fn rectify_by(&self) -> Option<NaiveDate> {
        self.measures.iter().find_map(|m| match m {
            Measure::Rectify { by } => Some(*by),
            _ => None,
        })
    }

    /// True when a termination was decided.
    pub fn terminates(&self) -> bool {
        self.measures.contains(&Measure::Terminate)
    }
}
