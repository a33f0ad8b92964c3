//! What an application asks for, as shown.
//!
//! Not here: what it gets.

use crate::acts::words::{self, Text};
use crate::domain::application::Application;
use crate::domain::space::Technical;

use super::board::Ask;
use super::index::Index;

/// The wishes and needs of an application.
pub(super) fn ask(application: &Application, index: &Index<'_>) -> Ask {
    let station = |key: &str| index.stations.get(key).cloned();
    Ask {
        use_: words::use_of(application.use_),
        area_min: application.area_min,
        area_max: application.area_max,
        start_from: application.start_from,
        start_until: application.start_until,
        rent_cap: application.rent_cap,
        needs: technical(&application.needs),
        wishes: (application.site_wishes.iter())
            .map(|s| index.link(s))
            .collect(),
        districts: (application.districts.iter())
            .map(|d| index.district(d))
            .collect(),
        district_codes: application.districts.clone(),
        anchors: (application.anchors.iter())
            .map(|a| station(a.as_str()).unwrap_or_else(|| Text::same(a.as_str())))
            .collect(),
        max_minutes: application.max_minutes,
        households: (application.households.iter())
            .map(|h| (words::household(h.kind), h.count))
            .collect(),
        wants_subsidy: application.wants_subsidy,
    }
}

/// Technical attributes in words; what is not stated is left out.
pub(super) fn technical(technical: &Technical) -> Vec<Text> {
    let mut out = Vec::new();
    if let Some(load) = technical.floor_load_kg_m2 {
        out.push(Text::of(
            format!("荷载 {load} kg/m²"),
            format!("floor load {load} kg/m²"),
        ));
    }
    if let Some(mm) = technical.clear_height_mm {
        let m = format!("{}.{:02}", mm / 1000, mm % 1000 / 10);
        out.push(Text::of(
            format!("净高 {m} m"),
            format!("clear height {m} m"),
        ));
    }
    if let Some(ampere) = technical.power_a {
        out.push(Text::of(
            format!("用电 {ampere} A"),
            format!("power {ampere} A"),
        ));
    }
    if technical.gas == Some(true) {
        out.push(Text::of("燃气", "gas"));
    }
    if technical.clean_water == Some(true) {
        out.push(Text::of("纯水", "clean water"));
    }
    if let Some(class) = technical.hazard {
        let class = words::hazard(class);
        out.push(Text::of(
            format!("火灾危险性：{}", class.zh),
            format!("fire hazard: {}", class.en),
        ));
    }
    out
}
