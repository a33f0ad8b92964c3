//! How bodies, paths and queries are read: limits, and a problem for what cannot be read.
//!
//! Not here: what they mean.

use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError};
use actix_web::web;
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

/// The bytes of a file, at most so many; WB107 beyond, before they are kept.
pub async fn file(payload: web::Payload, most: usize) -> Result<Vec<u8>, Fault> {
    match payload.to_bytes_limited(most).await {
        Ok(Ok(bytes)) => Ok(bytes.to_vec()),
        Ok(Err(_)) => Err(refused("the body cannot be read".to_owned())),
        Err(_) => {
            let cause = format!("the body is larger than {most} bytes");
            Err(Fault::new(TOO_LARGE, cause, "send a smaller file"))
        }
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

/// WB105: it cannot be read.
pub(super) fn refused(cause: String) -> Fault {
    Fault::new(
        UNREADABLE,
        cause,
        "see /api/v1/openapi.json for what is wanted",
    )
}
