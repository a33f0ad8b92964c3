//! How bodies, paths and queries are read: limits, and a problem for what cannot be read.
//!
//! Not here: what they mean.

use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError};
use actix_web::web::{JsonConfig, PathConfig, QueryConfig};

use super::caller::unreadable;
use crate::domain::fault::{Code, Fault};

/// The body, path or query cannot be read.
pub const UNREADABLE: Code = Code("WB105");
/// The body is not of the media type that is wanted.
pub const WRONG_MEDIA: Code = Code("WB106");
/// The body is too large.
pub const TOO_LARGE: Code = Code("WB107");

/// Largest JSON body in bytes.
const JSON_MAX: usize = 256 * 1024;

/// How JSON is read.
pub fn json() -> JsonConfig {
    JsonConfig::default()
        .limit(JSON_MAX)
        .error_handler(|error, _| unreadable(json_fault(&error)))
}

fn json_fault(error: &JsonPayloadError) -> Fault {
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Fault::new(
                TOO_LARGE,
                format!("the body is larger than {JSON_MAX} bytes"),
                "send less at once",
            )
        }
        JsonPayloadError::ContentType => Fault::new(
            WRONG_MEDIA,
            "the body is not JSON",
            "send Content-Type: application/json",
        ),
        JsonPayloadError::Deserialize(e) => refused(format!("the body: {e}")),
        _ => refused("the body cannot be read".to_owned()),
    }
}

/// How paths are read.
pub fn path() -> PathConfig {
    PathConfig::default().error_handler(|error, _| {
        let cause = match &error {
            PathError::Deserialize(e) => format!("the address: {e}"),
            _ => "the address cannot be read".to_owned(),
        };
        unreadable(refused(cause))
    })
}

/// How queries are read.
pub fn query() -> QueryConfig {
    QueryConfig::default().error_handler(|error, _| {
        let cause = match &error {
            QueryPayloadError::Deserialize(e) => format!("the query: {e}"),
            _ => "the query cannot be read".to_owned(),
        };
        unreadable(refused(cause))
    })
}

fn refused(cause: String) -> Fault {
    Fault::new(
        UNREADABLE,
        cause,
        "see /api/v1/openapi.json for what is wanted",
    )
}
