//! Supervision in the API.

pub mod draws;
pub mod findings;
pub mod sanctions;
pub mod statements;
pub mod visits;

use serde::Deserialize;

use crate::domain::fault::Fault;
use crate::web::api::stated::Page;

/// Which page of a list, and which rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    after: Option<String>,
    limit: Option<u32>,
    stage: Option<String>,
    contract: Option<String>,
}

/// Query parameters of a list of one contract or all.
pub const ROWS: &[(&str, &str)] = &[
    ("after", "only keys after this one"),
    ("limit", "at most so many rows, 1 to 200; 50 unless given"),
    ("stage", "only rows at this stage"),
    ("contract", "only rows of this contract"),
];

impl Rows {
    fn page(&self) -> Page {
        Page {
            after: self.after.clone(),
            limit: self.limit,
            stage: self.stage.clone(),
            round: None,
        }
    }

    fn contract<K: std::str::FromStr<Err = Fault>>(&self) -> Result<Option<K>, Fault> {
        self.contract.as_deref().map(str::parse).transpose()
    }
}
