//! Draws of spot checks (双随机抽查): announced, frozen, drawn. Contracts are drawn by weight, and for each
//! of them two officers.
//!
//! Not here: the method (`acts::supervision::lottery`), where weights come from (`acts`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};
use super::ids::{ContractId, DrawId};
use super::place::DistrictCode;
use super::signature::Signature;

/// The list of a draw cannot be drawn from.
pub const BAD_LIST: Code = Code("DM282");

/// Heaviest weight of a contract.
pub const WEIGHT_MAX: u64 = 1_000_000;
/// Longest list.
pub const ENTRIES_MAX: usize = 200_000;
/// Officers of each visit.
pub const INSPECTORS: usize = 2;

/// Where a draw stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawStage {
    /// It is published how the value will be obtained.
    Announced,
    /// The list is frozen; the value is not known yet.
    Frozen,
    /// Drawn.
    Drawn,
}

impl DrawStage {
    /// Every stage.
    pub const ALL: [DrawStage; 3] = [DrawStage::Announced, DrawStage::Frozen, DrawStage::Drawn];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            DrawStage::Announced => "announced",
            DrawStage::Frozen => "frozen",
            DrawStage::Drawn => "drawn",
        }
    }
}

/// A contract on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Which.
    pub contract: ContractId,
    /// Its weight, 1 to [`WEIGHT_MAX`].
    pub weight: u64,
    /// Numbers of the officers that may inspect it, ascending, from 0.
    pub officers: Vec<u32>,
}

/// A frozen list: all that the outcome depends on besides the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The contracts, by key.
    pub entries: Vec<Entry>,
    /// How many officers there are.
    pub officers: u32,
    /// How many contracts are drawn.
    pub count: u32,
}

impl List {
    /// DM282 unless it can be drawn from.
    pub fn prove(&self) -> Result<(), Fault> {
        let rising = |pair: &[Entry]| pair[0].contract < pair[1].contract;
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        let wrong = if self.entries.is_empty() || self.entries.len() > ENTRIES_MAX {
            Some("it has no entries, or too many")
        } else if !self.entries.windows(2).all(rising) {
            Some("its entries are not in the order of their keys, or one stands there twice")
        } else if count == 0 || count > self.entries.len() {
            Some("it draws none, or more than there are")
        } else if !self.entries.iter().all(|e| self.holds(e)) {
            Some("an entry has a weight out of range, or too few officers")
        } else {
            None
        };
        match wrong {
            Some(cause) => Err(Fault::new(
                BAD_LIST,
                cause,
                "give the list as this program froze it",
            )),
            None => Ok(()),
        }
    }

    fn holds(&self, entry: &Entry) -> bool {
        (1..=WEIGHT_MAX).contains(&entry.weight)
            && entry.officers.len() >= INSPECTORS
            && entry.officers.windows(2).all(|pair| pair[0] < pair[1])
            && entry.officers.iter().all(|o| *o < self.officers)
    }
}

/// A drawn contract with the numbers of its officers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// Which.
    pub contract: ContractId,
    /// Its officers.
    pub officers: Vec<u32>,
}

/// Why a contract weighs what it weighs; for officers alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// 1 and what conditions of the policy add.
    pub base: u64,
    /// Overdue statements.
    pub overdue: u64,
    /// Performance terms not met.
    pub kpis_missed: u64,
    /// Earlier findings that were not dismissed.
    pub findings: u64,
    /// Whole millions of yuan of subsidy awarded.
    pub subsidy_millions: u64,
}

/// What was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The list.
    pub list: List,
    /// Its digest.
    pub digest: String,
    /// Accounts of the officers, by number.
    pub officers: Vec<String>,
    /// Why each entry weighs what it weighs, in the order of the entries.
    pub risks: Vec<Risk>,
    /// Version of the policy whose rate and weights count.
    pub policy: String,
    /// Frozen by.
    pub signed: Signature,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The announced value.
    pub value: String,
    /// The seed that follows.
    pub seed: String,
    /// What was drawn, in the order of drawing.
    pub picks: Vec<Pick>,
    /// Drawn by.
    pub signed: Signature,
}

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Key.
    pub id: DrawId,
    /// Of which district; `None` = of the city.
    pub district: Option<DistrictCode>,
    /// Title.
    pub title: String,
    /// How the value will be obtained, in words that leave no choice.
    pub method: String,
    /// First day on which the value can be known; the list is frozen before it.
    pub known_from: NaiveDate,
    /// Announced by.
    pub announced: Signature,
    /// What was frozen.
    pub frozen: Option<Frozen>,
    /// What was drawn.
    pub outcome: Option<Outcome>,
}

impl Draw {
    /// Where it stands.
    pub fn stage(&self) -> DrawStage {
        match (&self.frozen, &self.outcome) {
            (_, Some(_)) => DrawStage::Drawn,
            (Some(_), None) => DrawStage::Frozen,
            (None, None) => DrawStage::Announced,
        }
    }
}
