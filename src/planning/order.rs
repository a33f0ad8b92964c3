//! The order of a snapshot: every list by key, so that equal facts give equal bytes.
//!
//! Not here: whether keys are unique (`prove`).

use std::borrow::Cow;

use crate::domain::snapshot::{Ground, Inventory, Snapshot};

/// The snapshot with every list sorted by key; borrowed when it already is.
pub fn sorted(snapshot: &Snapshot) -> Cow<'_, Snapshot> {
    if disorder(snapshot).is_empty() {
        return Cow::Borrowed(snapshot);
    }
    let mut copy = snapshot.clone();
    sort_inventory(&mut copy.inventory);
    sort_ground(&mut copy.ground);
    copy.firms.sort_by(|a, b| a.id.cmp(&b.id));
    copy.applications.sort_by(|a, b| a.id.cmp(&b.id));
    copy.quotas
        .sort_by_key(|q| (q.district.clone(), q.year, q.item));
    copy.pins.sort_by(|a, b| a.application.cmp(&b.application));
    for pin in &mut copy.pins {
        pin.units.sort();
    }
    Cow::Owned(copy)
}

fn sort_inventory(inventory: &mut Inventory) {
    inventory.sites.sort_by(|a, b| a.id.cmp(&b.id));
    inventory.buildings.sort_by(|a, b| a.id.cmp(&b.id));
    inventory.floors.sort_by(|a, b| a.id.cmp(&b.id));
    inventory.units.sort_by(|a, b| a.id.cmp(&b.id));
    inventory.projects.sort_by(|a, b| a.id.cmp(&b.id));
    inventory.apartments.sort_by(|a, b| a.id.cmp(&b.id));
}

fn sort_ground(ground: &mut Ground) {
    ground.districts.sort_by(|a, b| a.code.cmp(&b.code));
    ground.network.stations.sort_by(|a, b| a.id.cmp(&b.id));
    ground.network.lines.sort_by(|a, b| a.name.cmp(&b.name));
    ground.clusters.sort_by(|a, b| a.id.cmp(&b.id));
}

/// Names of the lists that are not strictly ascending by key, with the first key out of order.
pub fn disorder(snapshot: &Snapshot) -> Vec<(&'static str, String)> {
    let (stock, ground) = (&snapshot.inventory, &snapshot.ground);
    let pins = snapshot.pins.iter().map(|p| p.application.to_string());
    let lists = [
        (
            "sites",
            first_fall(stock.sites.iter().map(|x| x.id.to_string())),
        ),
        (
            "buildings",
            first_fall(stock.buildings.iter().map(|x| x.id.to_string())),
        ),
        (
            "floors",
            first_fall(stock.floors.iter().map(|x| x.id.to_string())),
        ),
        (
            "units",
            first_fall(stock.units.iter().map(|x| x.id.to_string())),
        ),
        (
            "projects",
            first_fall(stock.projects.iter().map(|x| x.id.to_string())),
        ),
        (
            "apartments",
            first_fall(stock.apartments.iter().map(|x| x.id.to_string())),
        ),
        (
            "districts",
            first_fall(ground.districts.iter().map(|x| x.code.to_string())),
        ),
        (
            "stations",
            first_fall(ground.network.stations.iter().map(|x| x.id.to_string())),
        ),
        (
            "lines",
            first_fall(ground.network.lines.iter().map(|x| x.name.clone())),
        ),
        (
            "clusters",
            first_fall(ground.clusters.iter().map(|x| x.id.to_string())),
        ),
        (
            "firms",
            first_fall(snapshot.firms.iter().map(|x| x.id.to_string())),
        ),
        (
            "applications",
            first_fall(snapshot.applications.iter().map(|x| x.id.to_string())),
        ),
        ("quotas", first_fall(snapshot.quotas.iter().map(quota_key))),
        ("pins", first_fall(pins)),
        ("units of a pin", first_fall_in_pins(snapshot)),
    ];
    lists
        .into_iter()
        .filter_map(|(name, fall)| fall.map(|key| (name, key)))
        .collect()
}

fn quota_key(quota: &crate::domain::quota::Quota) -> String {
    format!("{}:{:05}:{:?}", quota.district, quota.year, quota.item)
}

fn first_fall_in_pins(snapshot: &Snapshot) -> Option<String> {
    let mut pins = snapshot.pins.iter();
    pins.find_map(|pin| first_fall(pin.units.iter().map(|(unit, _)| unit.to_string())))
}

/// The first key that is not above the one before it.
fn first_fall(keys: impl Iterator<Item = String>) -> Option<String> {
    let mut last: Option<String> = None;
    for key in keys {
        if last.as_ref().is_some_and(|before| *before >= key) {
            return Some(key);
        }
        last = Some(key);
    }
    None
}
