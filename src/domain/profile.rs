//! Profiles (企业档案): what a firm declares of itself once, for all its applications. The declared facts
//! become those of the firm when its district has verified them; until then they are a declaration.
//! Controllers (实际控制人) stay in the profile: they are not part of the firm that snapshots publish.
//!
//! Not here: who declares and verifies (`acts`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::area::Share;
use super::case::EvidenceFile;
use super::fault::{Code, Fault, Faults, Place};
use super::firm::{Credential, Firm};
use super::ids::{ClusterId, FirmId};
use super::industry::IndustryCode;
use super::money::Fen;
use super::personal::{self, Mask};
use super::place::DistrictCode;
use super::signature::Signature;

/// A declared fact of a firm cannot be: empty name, negative revenue, a list with something twice.
pub const BAD_FACTS: Code = Code("DM222");
/// A controller has neither name nor code, or the shares of all exceed the whole.
pub const BAD_CONTROLLER: Code = Code("DM223");

/// Most controllers that a firm declares.
const CONTROLLERS_MAX: usize = 20;
/// Longest name in characters.
const NAME_MAX: usize = 200;

/// Who controls a firm, with the share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Name; may be empty where a code is given. Personal: shown whole to the firm and its district.
    pub name: String,
    /// Digest of the code of the person or firm; the code itself is nowhere stored.
    pub code_digest: Option<String>,
    /// Share held, directly and through others.
    pub share: Share,
}

impl Controller {
    /// The words by which the same controller is found in another firm. A name alone may be another
    /// person's, which is why a flag is for a person to look at.
    pub fn marks(&self) -> Vec<String> {
        let code = self.code_digest.iter().map(|d| format!("code:{d}"));
        let name = Some(self.name.trim()).filter(|n| !n.is_empty());
        code.chain(name.map(|n| format!("name:{n}"))).collect()
    }

    /// True when the two are one and the same as far as is known: equal codes, or equal names where
    /// one of them has no code.
    pub fn is_same(&self, other: &Controller) -> bool {
        match (&self.code_digest, &other.code_digest) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => !self.name.trim().is_empty() && self.name.trim() == other.name.trim(),
        }
    }

    /// The same for eyes that may not see the person: the first character of the name, no code.
    #[must_use]
    pub fn masked(&self) -> Controller {
        Controller {
            name: personal::mask(Mask::Name, &self.name),
            code_digest: None,
            share: self.share,
        }
    }
}

/// What a firm declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmFacts {
    /// Chinese name.
    pub name_zh: String,
    /// English name; may be empty.
    pub name_en: String,
    /// Main industry.
    pub industry: IndustryCode,
    /// Mean number of insured employees of the last three months.
    pub headcount: u32,
    /// Revenue of the last year.
    pub revenue: Option<Fen>,
    /// Share of R&D in revenue.
    pub rd_share: Option<Share>,
    /// Day of foundation.
    pub founded: Option<NaiveDate>,
    /// Credentials.
    pub credentials: Vec<Credential>,
    /// Fields it works in.
    pub fields: Vec<ClusterId>,
}

impl FirmFacts {
    /// The facts as a firm has them.
    pub fn of(firm: &Firm) -> FirmFacts {
        FirmFacts {
            name_zh: firm.name_zh.clone(),
            name_en: firm.name_en.clone(),
            industry: firm.industry.clone(),
            headcount: firm.headcount,
            revenue: firm.revenue,
            rd_share: firm.rd_share,
            founded: firm.founded,
            credentials: firm.credentials.clone(),
            fields: firm.fields.clone(),
        }
    }

    /// The firm with these facts.
    pub fn applied(&self, firm: &Firm) -> Firm {
        Firm {
            name_zh: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            industry: self.industry.clone(),
            headcount: self.headcount,
            revenue: self.revenue,
            rd_share: self.rd_share,
            founded: self.founded,
            credentials: self.credentials.clone(),
            fields: self.fields.clone(),
            ..firm.clone()
        }
    }

    /// The facts with sorted lists; DM222 by field, all at once. `today` bounds the foundation.
    pub fn proved(mut self, today: NaiveDate) -> Result<FirmFacts, Faults> {
        let mut faults = Vec::new();
        let mut tell = |field: &str, cause: &str| faults.push(fault(BAD_FACTS, field, cause));
        let long = |name: &str| name.chars().count() > NAME_MAX;
        if self.name_zh.trim().is_empty() || long(&self.name_zh) {
            tell("name_zh", "the name is empty or too long");
        }
        if long(&self.name_en) {
            tell("name_en", "the name is too long");
        }
        if self.revenue.is_some_and(|r| r < Fen::ZERO) {
            tell("revenue", "it is negative");
        }
        if self.founded.is_some_and(|day| day > today) {
            tell("founded", "the day is in the future");
        }
        self.credentials.sort_unstable();
        self.fields.sort_unstable();
        if self.credentials.windows(2).any(|w| w[0] == w[1]) {
            tell("credentials", "one is named twice");
        }
        if self.fields.windows(2).any(|w| w[0] == w[1]) {
            tell("fields", "one is named twice");
        }
        Faults(faults).or(self)
    }
}

/// Controllers that can be: named, and together at most the whole. DM223.
pub fn controllers_proved(all: &[Controller]) -> Result<(), Faults> {
    let mut faults = Vec::new();
    if all.len() > CONTROLLERS_MAX {
        faults.push(fault(
            BAD_CONTROLLER,
            "controllers",
            "there are more than 20",
        ));
    }
    let nameless = |c: &Controller| c.name.trim().is_empty() && c.code_digest.is_none();
    if all.iter().any(nameless) {
        let cause = "a controller has neither name nor code";
        faults.push(fault(BAD_CONTROLLER, "controllers", cause));
    }
    if all.iter().any(|c| c.name.chars().count() > NAME_MAX) {
        faults.push(fault(BAD_CONTROLLER, "controllers", "a name is too long"));
    }
    if all.iter().map(|c| c.share.bp()).sum::<i64>() > Share::ALL.bp() {
        let cause = "the shares of all controllers exceed 10000 basis points";
        faults.push(fault(BAD_CONTROLLER, "controllers", cause));
    }
    Faults(faults).or(())
}

fn fault(code: Code, field: &str, cause: &str) -> Fault {
    let place = Place {
        column: Some(field.to_owned()),
        ..Place::default()
    };
    Fault::new(code, cause, "correct the field").at(place)
}

/// The largest share that one controller holds in both; `None` without a common controller.
pub fn common_share(mine: &[Controller], theirs: &[Controller]) -> Option<Share> {
    let pairs = mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    let shared = pairs.filter(|(a, b)| a.is_same(b));
    let least = shared.map(|(a, b)| {
        if a.share.bp() < b.share.bp() {
            a.share
        } else {
            b.share
        }
    });
    least.max_by_key(|share| share.bp())
}

/// Where the declared facts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileStage {
    /// 已申报: waits for the district.
    Declared,
    /// 已核实: the facts are those of the firm.
    Verified,
    /// 未通过: the firm may declare again.
    Refused,
}

impl ProfileStage {
    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            ProfileStage::Declared => "declared",
            ProfileStage::Verified => "verified",
            ProfileStage::Refused => "refused",
        }
    }
}

/// The profile of a firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Key: that of its firm.
    pub firm: FirmId,
    /// District of the firm, which verifies.
    pub district: DistrictCode,
    /// Where the declared facts stand.
    pub stage: ProfileStage,
    /// What was declared last.
    pub facts: FirmFacts,
    /// Who controls the firm.
    pub controllers: Vec<Controller>,
    /// What proves it.
    pub evidence: Vec<EvidenceFile>,
    /// Declared by.
    pub declared: Signature,
    /// Verified or refused by, with the note for the firm.
    pub verdict: Option<Signature>,
}
