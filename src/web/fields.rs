//! Reading what a form sent: urlencoded, or multipart with one file.
//!
//! Not here: what the fields mean (`portal`).

use std::future::Future;
use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_core::Stream;

use super::body::{TOO_LARGE, UNREADABLE};
use super::context::Ctx;
use super::refusal;
use super::sheet::form::Fields;
use crate::domain::fault::{Fault, Faults};

/// Largest form without a file, in bytes.
pub const FORM_MAX: usize = 128 * 1024;
/// Largest form with a file: that of evidence, and its fields.
const FILE_MAX: usize = crate::acts::cases::file_kind::FILE_MAX + 64 * 1024;
/// Most fields.
const COUNT_MAX: usize = 2000;

/// The body, when the door read it already.
#[derive(Clone)]
pub struct Held(pub Bytes);

type Reading = Pin<Box<dyn Future<Output = Result<Fields, actix_web::Error>>>>;

impl FromRequest for Fields {
    type Error = actix_web::Error;
    type Future = Reading;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let read = match kind(&request) {
                Kind::Pairs => pairs(&request, payload).await,
                Kind::Parts => parts(Multipart::new(request.headers(), payload)).await,
                Kind::Other => Err(unreadable()),
            };
            read.map_err(|fault| told(&request, fault))
        })
    }
}

enum Kind {
    Pairs,
    Parts,
    Other,
}

fn kind(request: &HttpRequest) -> Kind {
    let value = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    match value.unwrap_or_default() {
        v if v.starts_with("application/x-www-form-urlencoded") => Kind::Pairs,
        v if v.starts_with("multipart/form-data") => Kind::Parts,
        // A bare POST of a button without fields.
        "" => Kind::Pairs,
        _ => Kind::Other,
    }
}

/// True when the body is small pairs that the door may read for the token.
pub fn is_pairs(request: &HttpRequest) -> bool {
    matches!(kind(request), Kind::Pairs)
}

async fn pairs(request: &HttpRequest, payload: Payload) -> Result<Fields, Fault> {
    let held = request.extensions().get::<Held>().cloned();
    let bytes = match held {
        Some(Held(bytes)) => bytes,
        None => whole(request, payload).await?,
    };
    decoded(&bytes)
}

/// The body, at most so large.
pub async fn whole(request: &HttpRequest, mut payload: Payload) -> Result<Bytes, Fault> {
    let body = web::Payload::from_request(request, &mut payload).await;
    let body = body.map_err(|_| unreadable())?;
    match body.to_bytes_limited(FORM_MAX).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(unreadable()),
        Err(_) => Err(large()),
    }
}

/// Pairs of a urlencoded body.
pub fn decoded(bytes: &[u8]) -> Result<Fields, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
    let read = web::Query::<Vec<(String, String)>>::from_query(text);
    let pairs = read.map_err(|_| unreadable())?.into_inner();
    match pairs.len() > COUNT_MAX {
        true => Err(large()),
        false => Ok(Fields::of(pairs)),
    }
}

async fn parts(mut form: Multipart) -> Result<Fields, Fault> {
    let (mut pairs, mut file, mut size) = (Vec::new(), None, 0);
    while let Some(part) = next(&mut form).await {
        let mut part = part.map_err(|_| unreadable())?;
        let disposition = part.content_disposition();
        let name = disposition
            .and_then(|d| d.get_name())
            .unwrap_or_default()
            .to_owned();
        let label = disposition
            .and_then(|d| d.get_filename())
            .map(str::to_owned);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = next(&mut part).await {
            let chunk = chunk.map_err(|_| unreadable())?;
            size += chunk.len();
            if size > FILE_MAX || pairs.len() > COUNT_MAX {
                return Err(large());
            }
            bytes.extend_from_slice(&chunk);
        }
        match label {
            Some(label) => file = Some((label, bytes.to_vec())),
            None => {
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?;
                pairs.push((name, text));
            }
        }
    }
    let mut fields = Fields::of(pairs);
    fields.file = file.filter(|(label, bytes)| !label.is_empty() || !bytes.is_empty());
    Ok(fields)
}

/// The next of a stream.
async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

fn unreadable() -> Fault {
    Fault::new(
        UNREADABLE,
        "the form cannot be read",
        "load the page again and send it once more",
    )
}

fn large() -> Fault {
    Fault::new(TOO_LARGE, "the form is too large", "send a smaller file")
}

fn told(request: &HttpRequest, fault: Fault) -> actix_web::Error {
    let cause = fault.cause.clone();
    let answer = match Ctx::of(request) {
        Some(ctx) => refusal::refused(&ctx, &Faults::from(fault)),
        None => super::reply::problem(&fault.into()),
    };
    actix_web::error::InternalError::from_response(cause, answer).into()
}
