//! Rows of the table of clusters (C..) and fields (K..). The fields that suit a cluster are named
//! by the Chinese names (or keys) of field rows of the same file.

use std::collections::HashMap;

use crate::domain::fault::{Fault, Place};
use crate::domain::ids::ClusterId;
use crate::domain::place::Cluster;

use super::cell::shown;
use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::located::located;
use super::outside::Context;
use super::report::Batch;
use super::row::{Row, has_twins};
use super::words::RowKind;

/// Gathers clusters and fields.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    rows: Vec<(Cluster, Vec<String>, u64)>,
    seen: Seen,
    field_names: Seen,
}

/// Whether the key is that of a field.
pub(super) fn is_field(id: &ClusterId) -> bool {
    id.as_str().starts_with('K')
}

fn cluster(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Cluster> {
    let kind = row.needed_word::<RowKind>("row_kind");
    let id = row.needed::<ClusterId>("id");
    if let (Some(kind), Some(id)) = (kind, &id) {
        let letter = if kind == RowKind::Field { 'K' } else { 'C' };
        if !id.as_str().starts_with(letter) {
            row.fault(
                "id",
                codes::BAD_WORD,
                format!("the key {id} does not begin with {letter}"),
                "keys of clusters begin with C, keys of fields with K",
            );
        }
    }
    let name_zh = row.needed_text("name_zh");
    let district = row.district("district_code", ctx);
    row.district("zone_code", ctx);
    let located = located(row, ctx, district.as_ref());
    let evidence = row.needed_word("evidence");
    Some(Cluster {
        id: id?,
        name_zh: name_zh?,
        name_en: row.text("name_en"),
        district,
        located,
        fields: Vec::new(),
        evidence: evidence?,
    })
}

impl Gather for Clusters {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("id") {
            self.seen.once(&key, "id", row.line, row.found);
        }
        let wanted = row.parts("suggested_fields");
        let Some(cluster) = cluster(row, ctx) else {
            return;
        };
        if is_field(&cluster.id) {
            let name = cluster.name_zh.as_str();
            self.field_names.once(name, "name_zh", row.line, row.found);
        }
        self.rows.push((cluster, wanted, row.line));
    }

    fn finish(self: Box<Self>, _: &Context<'_>, found: &mut Found) -> Batch {
        let mut names: HashMap<String, ClusterId> = HashMap::new();
        for (field, _, _) in self.rows.iter().filter(|r| is_field(&r.0.id)) {
            names.insert(field.id.as_str().to_owned(), field.id.clone());
            names.insert(field.name_zh.trim().to_owned(), field.id.clone());
        }
        let mut clusters = Vec::new();
        for (mut cluster, wanted, line) in self.rows {
            for name in wanted {
                match names.get(&name) {
                    Some(id) => cluster.fields.push(id.clone()),
                    None => found.fault(no_field(&name, line)),
                }
            }
            if has_twins(&cluster.fields) {
                found.fault(listed_twice(line));
            }
            clusters.push(cluster);
        }
        Batch::Clusters(clusters)
    }
}

fn listed_twice(line: u64) -> Fault {
    let cause = "suggested_fields names the same field twice";
    Fault::new(codes::LISTED_TWICE, cause, "name each once")
        .at(Place::cell(line, "suggested_fields"))
}

fn no_field(name: &str, line: u64) -> Fault {
    let cause = format!("no row of this file is the field {}", shown(name));
    Fault::new(
        codes::UNKNOWN_REFERENCE,
        cause,
        "use the name_zh of a field row",
    )
    .at(Place::cell(line, "suggested_fields"))
}
