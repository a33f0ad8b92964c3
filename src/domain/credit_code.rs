//! Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters of an alphabet of 31
//! without I, O, S, V, Z; the last is a check character: with weights `3^(i-1) mod 31` over the
//! first 17, `C18 = (31 - sum mod 31) mod 31`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// A unified social credit code has the wrong length, a wrong character or a wrong check character.
pub const BAD_CREDIT_CODE: Code = Code("DM150");

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A unified social credit code whose check character is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// The check character of the first 17 characters; `None` when they are not of the alphabet.
pub fn check_character(first17: &str) -> Option<char> {
    let mut sum = 0usize;
    let mut weight = 1usize;
    let mut count = 0;
    for c in first17.chars() {
        sum += ALPHABET.find(c)? * weight;
        weight = weight * 3 % 31;
        count += 1;
    }
    if count != 17 {
        return None;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

impl CreditCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CreditCode {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let bad = |why: &str| {
            let shown: String = text.chars().take(24).collect();
            Fault::new(
                BAD_CREDIT_CODE,
                format!("{shown:?} is not a unified social credit code: {why}"),
                "compare with the business licence",
            )
        };
        if text.chars().count() != 18 || !text.is_ascii() {
            return Err(bad("it must have 18 characters"));
        }
        let (head, last) = text.split_at(17);
        let expected =
            check_character(head).ok_or_else(|| bad("it holds a character that is not allowed"))?;
        if !last.starts_with(expected) {
            return Err(bad("its check character does not match"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for CreditCode {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        text.parse()
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.0
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
