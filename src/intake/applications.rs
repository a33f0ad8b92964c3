//! Rows of the table of applications. `needs_gas` = false means "not needed", not "must be absent".

use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::housing::{HouseholdKind, Households};
use crate::domain::ids::{ApplicationId, FirmId, RoundId, SiteId, StationId};
use crate::domain::money::Rate;
use crate::domain::place::DistrictCode;
use crate::domain::space::{SiteKind, Technical, Use};

use super::cell::shown;
use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;
use super::words::Word;

/// Gathers applications.
#[derive(Debug, Default)]
pub(super) struct Applications {
    applications: Vec<Application>,
    seen: Seen,
}

fn needs(row: &mut Row<'_>) -> Technical {
    Technical {
        floor_load_kg_m2: row.number("floor_load_min_kg_m2"),
        clear_height_mm: row.decimal("clear_height_min_m", 3),
        power_a: row.number("power_min_a"),
        gas: row.flag("needs_gas").filter(|needed| *needed),
        clean_water: row.flag("needs_clean_water").filter(|needed| *needed),
        hazard: row.word("hazard_class"),
    }
}

fn households(row: &mut Row<'_>) -> Vec<Households> {
    let mut all = Vec::new();
    for part in row.parts("households") {
        let pair = part.split_once([':', '：']);
        let read = pair.and_then(|(kind, count)| {
            let kind = HouseholdKind::read(kind.trim())?;
            let count = count.trim().parse::<u32>().ok()?;
            Some(Households { kind, count })
        });
        if read.is_none() {
            row.fault(
                "households",
                codes::BAD_HOUSEHOLDS,
                format!("{:?} is not a kind of household and a count", shown(&part)),
                "write for example single:10;couple:3 with the kinds single, couple, family, large",
            );
        }
        all.extend(read);
    }
    all
}

fn wishes(row: &mut Row<'_>, ctx: &Context<'_>) -> Vec<SiteId> {
    let sites: Vec<SiteId> = row.list("site_wishes");
    for site in &sites {
        match ctx.known.site_kind(site) {
            Some(SiteKind::Space) => {}
            Some(SiteKind::Housing) => row.fault(
                "site_wishes",
                codes::WRONG_SITE_KIND,
                format!("the site {site} is a housing site"),
                "wish for sites of the kind space",
            ),
            None => row.unknown("site_wishes", "site", site.as_str()),
        }
    }
    sites
}

fn districts(row: &mut Row<'_>, ctx: &Context<'_>) -> Vec<DistrictCode> {
    let codes: Vec<DistrictCode> = row.list("districts");
    for code in &codes {
        row.check_district("districts", code, ctx);
    }
    codes
}

fn anchors(row: &mut Row<'_>, ctx: &Context<'_>) -> Vec<StationId> {
    let stations: Vec<StationId> = row.list("anchors");
    for station in &stations {
        if !ctx.known.has_station(station) {
            row.unknown("anchors", "metro station", station.as_str());
        }
    }
    stations
}

fn key(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<ApplicationId> {
    let id = row.needed::<ApplicationId>("application_id")?;
    if ctx.known.is_taken(&id) {
        let cause = format!("an application {id} exists already");
        row.fault("application_id", codes::EXISTS, cause, "give it a new key");
    }
    Some(id)
}

fn firm(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<FirmId> {
    let id = row.needed::<FirmId>("firm_id")?;
    if !ctx.known.has_firm(&id) {
        row.unknown("firm_id", "firm", id.as_str());
    }
    Some(id)
}

fn round(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<RoundId> {
    let id = row.needed::<RoundId>("round_id")?;
    if !ctx.known.has_round(&id) {
        row.unknown("round_id", "round", id.as_str());
    }
    Some(id)
}

fn application(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Application> {
    let id = key(row, ctx);
    let (firm, round) = (firm(row, ctx), round(row, ctx));
    let use_ = row.needed_word::<Use>("use");
    let area_min = row.needed::<Area>("area_min_m2");
    let area_max = row.needed::<Area>("area_max_m2");
    let start_from = row.needed_date("start_from");
    let start_until = row.needed_date("start_until");
    let rent_cap = row.parsed::<Rate>("rent_cap_yuan_m2_month");
    let (needs, site_wishes) = (needs(row), wishes(row, ctx));
    let (districts, anchors) = (districts(row, ctx), anchors(row, ctx));
    let max_minutes = row.number("max_minutes");
    let households = households(row);
    let wants_subsidy = row.flag("wants_subsidy").unwrap_or(false);
    let provenance = row.provenance();
    Some(Application {
        id: id?,
        firm: firm?,
        round: round?,
        use_: use_?,
        area_min: area_min?,
        area_max: area_max?,
        start_from: start_from?,
        start_until: start_until?,
        rent_cap,
        needs,
        site_wishes,
        districts,
        anchors,
        max_minutes,
        households,
        wants_subsidy,
        provenance: provenance?,
    })
}

impl Gather for Applications {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("application_id") {
            self.seen.once(&key, "application_id", row.line, row.found);
        }
        match application(row, ctx).map(Application::proved) {
            Some(Ok(application)) => self.applications.push(application),
            Some(Err(fault)) => row.refuse("application_id", fault),
            None => {}
        }
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Applications(self.applications)
    }
}
