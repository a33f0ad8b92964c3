//! The tables of importable nouns: the columns that the importer reads, with headings, kinds and who
//! may touch them.
//!
//! Not here: what the columns mean (`intake`).

use super::{Access, Column, Kind};
use crate::intake::choices::{self, Shape};
use crate::intake::columns as read;
use crate::intake::headings;
use crate::intake::{self};

/// The columns of a noun, in the order in which they are written.
pub fn columns(noun: intake::Kind) -> Vec<Column> {
    let column = |name: &'static str| {
        let (zh, en) = headings::of(name);
        Column {
            key: name,
            zh,
            en,
            kind: kind(&choices::shape(noun, name)),
            access: access(noun, name),
        }
    };
    read::of(noun).iter().map(|c| column(c.name)).collect()
}

fn kind(shape: &Shape) -> Kind {
    match shape {
        Shape::Text | Shape::Choice(_) | Shape::Reference(_) => Kind::Text,
        Shape::Number(0) => Kind::Integer,
        Shape::Number(places) => Kind::Decimal(*places),
        Shape::Day => Kind::Day,
    }
}

fn access(noun: intake::Kind, name: &str) -> Access {
    if choices::keys(noun).contains(&name) {
        Access::Locked
    } else if choices::context(noun).contains(&name) {
        Access::Context
    } else {
        Access::Editable
    }
}
