//! Style, scripts and pictures, inside the binary. The address carries the hash of the content, so
//! a browser may keep it for ever.
//!
//! Not here: templates (compiled by askama).

use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::Embed;

use super::refusal;

#[derive(Embed)]
#[folder = "src/web/assets"]
struct Assets;

/// First 12 hex digits of the SHA-256 of an asset; `None` when there is no such asset.
pub fn hash(name: &str) -> Option<String> {
    Assets::get(name).map(|file| short(&file.metadata.sha256_hash()))
}

/// The bytes of an asset.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    Assets::get(name).map(|file| file.data.into_owned())
}

/// The names of all assets.
pub fn names() -> Vec<String> {
    Assets::iter().map(|name| name.to_string()).collect()
}

fn short(hash: &[u8; 32]) -> String {
    hash.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}

/// `GET /assets/{hash}/{name}`. Pictures named by a style sheet carry the hash of the sheet: they
/// are served too, but kept for an hour only.
pub async fn show(request: HttpRequest, path: web::Path<(String, String)>) -> HttpResponse {
    let (asked, name) = path.into_inner();
    let Some(file) = Assets::get(&name) else {
        return refusal::unlisted(request).await;
    };
    let known = short(&file.metadata.sha256_hash());
    let keep = match asked == known {
        true => "public, max-age=31536000, immutable",
        false => "public, max-age=3600",
    };
    let tag = format!("\"{known}\"");
    let same = super::api::is_same(&request, &tag);
    let mut answer = match same {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    answer
        .insert_header(("cache-control", keep))
        .insert_header(("etag", tag));
    match same {
        true => answer.finish(),
        false => answer
            .content_type(kind(&name))
            .body(file.data.into_owned()),
    }
}
