//! Proof of a snapshot read from outside: format name, order, unique keys, whole references, and
//! the laws of every noun. Collects everything that is wrong; never panics.
//!
//! Not here: the laws of the nouns themselves (domain), the policy (`policy::read`).

use std::collections::{HashMap, HashSet};

use crate::domain::application::Application;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::snapshot::{SNAPSHOT_FORMAT, Snapshot};

use super::files::{BROKEN_REFERENCE, NOT_SORTED, other_format};
use super::order;

/// The units of a let-only-together group lie on different sites.
pub const GROUP_SPLIT: Code = Code("PL108");
/// A floor has the level 0: the ground floor is 1, the first basement -1.
pub const LEVEL_ZERO: Code = Code("PL107");

/// Every fault of a snapshot: PL104, PL105, PL106 and those of the nouns.
pub fn faults(snapshot: &Snapshot) -> Vec<Fault> {
    let mut faults = Vec::new();
    if snapshot.format != SNAPSHOT_FORMAT {
        faults.push(other_format(&snapshot.format, SNAPSHOT_FORMAT));
    }
    faults.extend(order::disorder(snapshot).into_iter().map(not_sorted));
    nouns(snapshot, &mut faults);
    References::of(snapshot).check(snapshot, &mut faults);
    split_groups(snapshot, &mut faults);
    faults
}

/// Groups whose units lie on different sites.
fn split_groups(snapshot: &Snapshot, faults: &mut Vec<Fault>) {
    let stock = &snapshot.inventory;
    let floors: HashMap<_, _> = stock.floors.iter().map(|f| (&f.id, &f.building)).collect();
    let buildings: HashMap<_, _> = stock.buildings.iter().map(|b| (&b.id, &b.site)).collect();
    let mut sites = HashMap::new();
    for unit in &stock.units {
        let site = floors.get(&unit.floor).and_then(|b| buildings.get(b));
        let (Some(group), Some(site)) = (&unit.group, site) else {
            continue;
        };
        if sites.entry(group).or_insert(site) != &site {
            let cause = format!("the group {group} lies on different sites");
            let place = Place::subject(format!("unit {}", unit.id));
            faults.push(Fault::new(GROUP_SPLIT, cause, "give the units two groups").at(place));
        }
    }
}

fn not_sorted((list, key): (&'static str, String)) -> Fault {
    Fault::new(
        NOT_SORTED,
        format!("{list}: {key:?} is out of order or stands there twice"),
        "sort the list by key and name each key once",
    )
    .at(Place::subject(format!("list {list}")))
}

fn nouns(snapshot: &Snapshot, faults: &mut Vec<Fault>) {
    for unit in &snapshot.inventory.units {
        faults.extend(unit.clone().proved().err());
    }
    for application in &snapshot.applications {
        faults.extend(application.clone().proved().err());
    }
    for quota in &snapshot.quotas {
        faults.extend(quota.clone().proved().err());
    }
    for floor in snapshot.inventory.floors.iter().filter(|f| f.level == 0) {
        let cause = format!("floor {} has the level 0", floor.id);
        faults.push(Fault::new(LEVEL_ZERO, cause, "number the ground floor 1"));
    }
    for firm in &snapshot.firms {
        // A credential named twice would be rewarded twice.
        let rising = firm.credentials.is_sorted_by(|a, b| a < b);
        if !rising || !firm.fields.is_sorted_by(|a, b| a < b) {
            faults.push(not_sorted(("credentials and fields", firm.id.to_string())));
        }
    }
}

/// Keys of a kind.
type Keys<'a> = HashSet<&'a str>;

struct References<'a> {
    keys: HashMap<&'static str, Keys<'a>>,
}

impl<'a> References<'a> {
    fn of(snapshot: &'a Snapshot) -> References<'a> {
        let (stock, ground) = (&snapshot.inventory, &snapshot.ground);
        let keys = HashMap::from([
            ("site", stock.sites.iter().map(|x| x.id.as_str()).collect()),
            (
                "building",
                stock.buildings.iter().map(|x| x.id.as_str()).collect(),
            ),
            (
                "floor",
                stock.floors.iter().map(|x| x.id.as_str()).collect(),
            ),
            ("unit", stock.units.iter().map(|x| x.id.as_str()).collect()),
            (
                "apartment type",
                stock.apartments.iter().map(|x| x.id.as_str()).collect(),
            ),
            (
                "project",
                stock.projects.iter().map(|x| x.id.as_str()).collect(),
            ),
            (
                "district",
                ground.districts.iter().map(|x| x.code.as_str()).collect(),
            ),
            (
                "station",
                ground
                    .network
                    .stations
                    .iter()
                    .map(|x| x.id.as_str())
                    .collect(),
            ),
            (
                "cluster",
                ground.clusters.iter().map(|x| x.id.as_str()).collect(),
            ),
            (
                "firm",
                snapshot.firms.iter().map(|x| x.id.as_str()).collect(),
            ),
            (
                "application",
                snapshot
                    .applications
                    .iter()
                    .map(|x| x.id.as_str())
                    .collect(),
            ),
            ("round", HashSet::from([snapshot.round.id.as_str()])),
        ]);
        References { keys }
    }

    fn check(&self, snapshot: &Snapshot, faults: &mut Vec<Fault>) {
        self.check_inventory(snapshot, faults);
        self.check_ground(snapshot, faults);
        for firm in &snapshot.firms {
            for field in &firm.fields {
                self.one(
                    "cluster",
                    field.as_str(),
                    &format!("firm {}", firm.id),
                    faults,
                );
            }
        }
        for application in &snapshot.applications {
            self.check_application(application, faults);
        }
        for quota in &snapshot.quotas {
            self.one("district", quota.district.as_str(), "a quota", faults);
        }
        for pin in &snapshot.pins {
            let by = format!("the pin of {}", pin.application);
            self.one("application", pin.application.as_str(), &by, faults);
            for (unit, _) in &pin.units {
                self.one("unit", unit.as_str(), &by, faults);
            }
            for (_, apartment, _) in pin.kept.iter().flat_map(|k| &k.apartments) {
                self.one("apartment type", apartment.as_str(), &by, faults);
            }
        }
    }

    fn check_inventory(&self, snapshot: &Snapshot, faults: &mut Vec<Fault>) {
        let stock = &snapshot.inventory;
        for site in &stock.sites {
            self.one(
                "district",
                site.district.as_str(),
                &format!("site {}", site.id),
                faults,
            );
        }
        for x in &stock.buildings {
            self.one(
                "site",
                x.site.as_str(),
                &format!("building {}", x.id),
                faults,
            );
        }
        for x in &stock.floors {
            self.one(
                "building",
                x.building.as_str(),
                &format!("floor {}", x.id),
                faults,
            );
        }
        for x in &stock.units {
            self.one("floor", x.floor.as_str(), &format!("unit {}", x.id), faults);
        }
        for x in &stock.projects {
            let by = format!("housing project {}", x.id);
            self.one("site", x.site.as_str(), &by, faults);
            if let Some(park) = &x.park {
                self.one("site", park.as_str(), &by, faults);
            }
        }
        for x in &stock.apartments {
            self.one(
                "project",
                x.project.as_str(),
                &format!("apartment type {}", x.id),
                faults,
            );
        }
    }

    fn check_ground(&self, snapshot: &Snapshot, faults: &mut Vec<Fault>) {
        for line in &snapshot.ground.network.lines {
            for station in &line.stations {
                self.one(
                    "station",
                    station.as_str(),
                    &format!("line {}", line.name),
                    faults,
                );
            }
        }
        for cluster in &snapshot.ground.clusters {
            let by = format!("cluster {}", cluster.id);
            for field in &cluster.fields {
                self.one("cluster", field.as_str(), &by, faults);
            }
        }
    }

    fn check_application(&self, application: &Application, faults: &mut Vec<Fault>) {
        let by = format!("application {}", application.id);
        self.one("firm", application.firm.as_str(), &by, faults);
        self.one("round", application.round.as_str(), &by, faults);
        for site in &application.site_wishes {
            self.one("site", site.as_str(), &by, faults);
        }
        for district in &application.districts {
            self.one("district", district.as_str(), &by, faults);
        }
        for station in &application.anchors {
            self.one("station", station.as_str(), &by, faults);
        }
    }

    fn one(&self, kind: &'static str, key: &str, by: &str, faults: &mut Vec<Fault>) {
        if self.keys.get(kind).is_some_and(|keys| keys.contains(key)) {
            return;
        }
        faults.push(
            Fault::new(
                BROKEN_REFERENCE,
                format!("{by} refers to the {kind} {key}, which is not in the snapshot"),
                "freeze the snapshot again from whole tables",
            )
            .at(Place::subject(by)),
        );
    }
}
