//! Firms (企业) and their credentials.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::area::Share;
use super::credit_code::CreditCode;
use super::evidence::Provenance;
use super::ids::{ClusterId, FirmId};
use super::industry::IndustryCode;
use super::money::Fen;
use super::place::DistrictCode;

/// A credential that policy may reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// 规上.
    AboveScale,
    /// 高新技术企业.
    HighTech,
    /// 专精特新.
    Specialised,
    /// 科技型中小企业.
    TechSme,
    /// 国家实验室等.
    NationalLab,
    /// 院士工作站.
    Academician,
    /// 创新载体.
    Carrier,
}

/// A firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firm {
    /// Key.
    pub id: FirmId,
    /// Unified social credit code.
    pub credit_code: CreditCode,
    /// Chinese name.
    pub name_zh: String,
    /// English name; may be empty.
    pub name_en: String,
    /// Main industry.
    pub industry: IndustryCode,
    /// District of registration.
    pub district: DistrictCode,
    /// Mean number of insured employees of the last three months.
    pub headcount: u32,
    /// Revenue of the last year.
    pub revenue: Option<Fen>,
    /// Share of R&D in revenue.
    pub rd_share: Option<Share>,
    /// Day of foundation.
    pub founded: Option<NaiveDate>,
    /// Credentials, sorted, none twice.
    pub credentials: Vec<Credential>,
    /// Fields it works in (K..), sorted, none twice.
    pub fields: Vec<ClusterId>,
    /// Source and marks.
    pub provenance: Provenance,
}
