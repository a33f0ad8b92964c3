//! Answers of the API: JSON with its tag, or a problem (RFC 9457) with code, cause, action, place.
//!
//! Not here: which act is asked.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION, RETRY_AFTER};
use serde::Serialize;
use serde_json::{Value, json};

use super::refusal;
use crate::domain::fault::{Fault, Faults};

/// What went well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: u16,
    body: Value,
    tag: Option<String>,
    location: Option<String>,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// WB104 when the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Result<Reply, Faults> {
        let body = serde_json::to_value(body).map_err(|_| refusal::stopped())?;
        Ok(Reply {
            status: 200,
            body,
            tag: None,
            location: None,
        })
    }

    /// 201 with the address of what came into being.
    ///
    /// # Errors
    /// WB104 when the body cannot be written as JSON.
    pub fn created(body: &impl Serialize, location: String) -> Result<Reply, Faults> {
        let ok = Reply::ok(body)?;
        Ok(Reply {
            status: 201,
            location: Some(location),
            ..ok
        })
    }

    /// 202 with the address at which the progress can be followed.
    ///
    /// # Errors
    /// WB104 when the body cannot be written as JSON.
    pub fn accepted(body: &impl Serialize, location: String) -> Result<Reply, Faults> {
        let created = Reply::created(body, location)?;
        Ok(Reply {
            status: 202,
            ..created
        })
    }

    /// The same answer with the tag of the noun (see `acts::act::tag`).
    #[must_use]
    pub fn tagged(mut self, tag: String) -> Reply {
        self.tag = Some(tag);
        self
    }

    /// The answer as HTTP; 304 when the caller holds it already.
    pub fn send(self, base: &str, held: Option<&str>) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let tag = self.tag.map(|tag| format!("\"{tag}\""));
        let same = |tag: &String| held.is_some_and(|h| h.split(',').any(|one| one.trim() == tag));
        if status == StatusCode::OK && tag.as_ref().is_some_and(same) {
            return HttpResponse::NotModified()
                .insert_header((ETAG, tag.unwrap_or_default()))
                .finish();
        }
        let mut answer = HttpResponse::build(status);
        answer.insert_header(("cache-control", "no-store"));
        if let Some(tag) = tag {
            answer.insert_header((ETAG, tag));
        }
        if let Some(path) = self.location {
            answer.insert_header((LOCATION, format!("{base}{path}")));
        }
        answer.json(self.body)
    }
}

/// Status of a fault, by its code.
pub fn status(fault: &Fault) -> StatusCode {
    match fault.code.0 {
        "AC010" => StatusCode::UNAUTHORIZED,
        "AC011" | "AC012" | "AC209" | "AC216" | "AC217" | "WB110" | "WB111" | "WB160" => {
            StatusCode::FORBIDDEN
        }
        // Wrong words at the door, or a step that is over.
        "AC203" | "AC206" | "AC224" => StatusCode::UNAUTHORIZED,
        "AC204" | "AC205" => StatusCode::TOO_MANY_REQUESTS,
        "AC212" | "WB133" => StatusCode::SERVICE_UNAVAILABLE,
        "AC213" | "AC214" | "AC215" | "AC226" => StatusCode::INTERNAL_SERVER_ERROR,
        "AC220" | "AC282" | "AC221" | "AC222" | "AC223" => StatusCode::CONFLICT,
        "AC013" | "WB101" | "WB103" | "ST101" => StatusCode::NOT_FOUND,
        "WB102" => StatusCode::METHOD_NOT_ALLOWED,
        "WB105" | "WB130" => StatusCode::BAD_REQUEST,
        "WB140" | "WB150" => StatusCode::UNPROCESSABLE_ENTITY,
        "WB106" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "WB107" | "AC246" | "IN171" => StatusCode::PAYLOAD_TOO_LARGE,
        "WB108" | "AC344" => StatusCode::TOO_MANY_REQUESTS,
        "AC346" | "AC347" | "AC348" => StatusCode::CONFLICT,
        "AC014" | "AC017" | "AC024" | "AC502" | "AC504" | "AC505" => StatusCode::CONFLICT,
        "WB131" | "WB132" => StatusCode::UNPROCESSABLE_ENTITY,
        "AC015" => StatusCode::PRECONDITION_FAILED,
        "AC240" => StatusCode::PRECONDITION_REQUIRED,
        "AC019" | "AC510" | "WB104" => StatusCode::INTERNAL_SERVER_ERROR,
        code => by_room(code),
    }
}

/// What the acts, the laws and the rules refuse is the caller's to correct; what the store refuses
/// is a conflict with others, or ours.
fn by_room(code: &str) -> StatusCode {
    match (code.get(..2), code.get(2..)) {
        // Taken, missing parent, immutable, over-let, in part.
        (Some("ST"), Some("102" | "103" | "104" | "105" | "106" | "107" | "108" | "109")) => {
            StatusCode::CONFLICT
        }
        (Some("ST"), Some("110" | "111")) => StatusCode::SERVICE_UNAVAILABLE,
        (Some("AC" | "DM" | "PO" | "IN" | "PL" | "CK" | "SV" | "AT"), _) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Seconds after which it is worth trying again, at most.
fn retry_after(fault: &Fault) -> &'static str {
    match fault.code.0 {
        "AC204" => "900",
        "AC205" => "60",
        _ => "1",
    }
}

/// The problem that tells faults. What is wrong inside goes to the log, not to the caller.
pub fn problem(faults: &Faults) -> HttpResponse {
    let first = faults.0.first().cloned().unwrap_or_else(refusal::stopped);
    let status = status(&first);
    let inner = status == StatusCode::INTERNAL_SERVER_ERROR;
    if inner {
        tracing::error!(code = first.code.0, fault = %first, "request failed");
    }
    let shown: Vec<Fault> = match inner {
        true => vec![refusal::stopped()],
        false => faults.0.iter().take(100).cloned().collect(),
    };
    let head = shown.first().cloned().unwrap_or_else(refusal::stopped);
    let mut answer = HttpResponse::build(status);
    answer
        .content_type("application/problem+json")
        .insert_header(("cache-control", "no-store"));
    if matches!(status.as_u16(), 429 | 503) {
        answer.insert_header((RETRY_AFTER, retry_after(&first)));
    }
    if status == StatusCode::UNAUTHORIZED {
        answer.insert_header(("www-authenticate", "Bearer"));
    }
    answer.json(json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "code": first.code.0,
        "cause": head.cause,
        "action": head.action,
        "place": head.place,
        "faults": shown,
    }))
}
