//! Industry codes of GB/T 4754-2017: two digits (division), three (group) or four (class).
//! Section M (科学研究和技术服务业) is divisions 73 to 75.
//!
//! Not here: which codes policy supports.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// An industry code is not two to four digits.
pub const BAD_INDUSTRY: Code = Code("DM151");

/// A GB/T 4754-2017 code of a division, group or class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IndustryCode(String);

impl IndustryCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the code lies under `prefix` (`745` lies under `74`).
    pub fn is_under(&self, prefix: &str) -> bool {
        self.0.starts_with(prefix)
    }

    /// True for section M: divisions 73, 74 and 75.
    pub fn is_section_m(&self) -> bool {
        ["73", "74", "75"].iter().any(|p| self.is_under(p))
    }
}

impl FromStr for IndustryCode {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if !digits || !(2..=4).contains(&text.len()) {
            let shown: String = text.chars().take(16).collect();
            return Err(Fault::new(
                BAD_INDUSTRY,
                format!("{shown:?} is not a GB/T 4754 code"),
                "write two to four digits, for example 7452",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for IndustryCode {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        text.parse()
    }
}

impl From<IndustryCode> for String {
    fn from(code: IndustryCode) -> String {
        code.0
    }
}

impl fmt::Display for IndustryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
