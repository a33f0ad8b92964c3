//! A notice as a file of a word processor: by the template that is built in (`data/templates/notice`), or by one that the
//! bureau brought.
//!
//! Not here: the marks of a template (`marks`), its file (`package`), versions of templates (`templates`).

use super::Notice;
use super::package::Package;
use crate::domain::fault::Fault;

pub use super::package::{BAD_FIELDS, NO_TEMPLATE, NOT_PACKED};

const DOCUMENT: &str = include_str!("../../../data/templates/notice/document.xml");
const TYPES: &str = include_str!("../../../data/templates/notice/content_types.xml");
const RELATIONS: &str = include_str!("../../../data/templates/notice/rels.xml");

/// Media type of the file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The template that is built in.
pub fn built_in() -> Package {
    Package::of(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", DOCUMENT),
    ])
}

/// The notice as a file by the template that is built in. The same notice gives the same bytes.
///
/// # Errors
/// AC510 when it cannot be packed.
pub fn written(notice: &Notice) -> Result<Vec<u8>, Fault> {
    built_in().filled(notice)
}
