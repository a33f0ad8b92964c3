//! Rows of the tables of the map: districts, metro stations, metro lines.

use std::collections::HashMap;

use crate::domain::fault::{Fault, Place};
use crate::domain::ids::StationId;
use crate::domain::place::{District, DistrictCode, Line, Located, Precision, Station};

use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::located::{check_inside, point};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;

/// Accuracy taken for a station that states none.
const STATION_ACCURACY_M: u32 = 150;

/// Gathers districts.
#[derive(Debug, Default)]
pub(super) struct Districts {
    districts: Vec<District>,
    seen: Seen,
}

impl Gather for Districts {
    fn row(&mut self, row: &mut Row<'_>, _: &Context<'_>) {
        if let Some(key) = row.word_of("code") {
            self.seen.once(&key, "code", row.line, row.found);
        }
        let code = row.needed::<DistrictCode>("code");
        let name_zh = if row.is_feature {
            Some(row.text("name_zh"))
        } else {
            row.needed_text("name_zh")
        };
        row.flag("has_outline");
        if let (Some(code), Some(name_zh)) = (code, name_zh) {
            self.districts.push(District {
                code,
                name_zh,
                name_en: row.text("name_en"),
                outline: row.outline.take(),
            });
        }
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Districts(self.districts)
    }
}

/// Gathers metro stations.
#[derive(Debug, Default)]
pub(super) struct Stations {
    stations: Vec<Station>,
    seen: Seen,
}

fn station(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Station> {
    let id = row.needed::<StationId>("station_id");
    let name_zh = row.needed_text("name_zh");
    if row.is_empty("lon") && row.is_empty("lat") && row.raw("lon").is_some() {
        row.report_empty("lon");
    }
    let district = row.district("district_code", ctx);
    let accuracy = row.number::<u32>("position_accuracy_m");
    let position = point(row, ctx);
    if let (Some(district), Some(position)) = (district, position) {
        let located = Located {
            position,
            precision: Precision::Surveyed,
            accuracy_m: accuracy.unwrap_or(STATION_ACCURACY_M),
        };
        check_inside(row, ctx, &located, &district);
    }
    Some(Station {
        id: id?,
        name_zh: name_zh?,
        position: position?,
    })
}

impl Gather for Stations {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("station_id") {
            self.seen.once(&key, "station_id", row.line, row.found);
        }
        self.stations.extend(station(row, ctx));
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Stations(self.stations)
    }
}

/// A metro line while it is gathered: its rows, and where it began.
#[derive(Debug)]
struct Draft {
    name: String,
    line: u64,
    stops: Vec<(u32, StationId)>,
}

/// Gathers metro lines; the order of stations is that of `seq`.
#[derive(Debug, Default)]
pub(super) struct Lines {
    drafts: Vec<Draft>,
    index: HashMap<String, usize>,
    seen: Seen,
}

impl Lines {
    fn draft(&mut self, name: String, line: u64) -> Option<&mut Draft> {
        let next = self.drafts.len();
        let at = *self.index.entry(name.clone()).or_insert(next);
        if at == next {
            let stops = Vec::new();
            self.drafts.push(Draft { name, line, stops });
        }
        self.drafts.get_mut(at)
    }
}

impl Gather for Lines {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        let name = row.needed_text("line");
        let seq = row.needed_number::<u32>("seq");
        let station = row.needed::<StationId>("station_id");
        if let Some(id) = station.as_ref().filter(|s| !ctx.known.has_station(s)) {
            row.unknown("station_id", "metro station", id.as_str());
        }
        let (Some(name), Some(seq), Some(station)) = (name, seq, station) else {
            return;
        };
        let key = format!("{name} {seq}");
        self.seen.once(&key, "seq", row.line, row.found);
        if let Some(draft) = self.draft(name, row.line) {
            draft.stops.push((seq, station));
        }
    }

    fn finish(self: Box<Self>, _: &Context<'_>, found: &mut Found) -> Batch {
        let mut lines = Vec::new();
        for mut draft in self.drafts {
            if draft.stops.len() < 2 {
                let cause = format!("the line {} has one station", draft.name);
                let fault = Fault::new(codes::SHORT_LINE, cause, "give two stations or more");
                found.fault(fault.at(Place::cell(draft.line, "line")));
            }
            draft.stops.sort_by_key(|(seq, _)| *seq);
            lines.push(Line {
                name: draft.name,
                stations: draft.stops.into_iter().map(|(_, s)| s).collect(),
            });
        }
        Batch::Lines(lines)
    }
}
