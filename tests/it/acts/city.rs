//! A snapshot file becomes a database; freezing it again gives the same city.

use zhuchao::acts::{city, export, freeze};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::files;

use super::desks;
use crate::support::world::World;

fn small() -> Snapshot {
    World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .firm("F1", 40)
        .wants("F1", 200, 400)
        .freeze()
}

#[test]
fn a_city_is_loaded_whole_and_frozen_as_it_was() {
    for (name, desk, _folder) in desks() {
        let city = small();
        let bytes = files::write_snapshot(&city);
        let tried = city::load(&desk, &bytes, true).expect("a dry run");
        assert!(tried.dry_run && tried.units == 1, "{name}");
        let loaded = city::load(&desk, &bytes, false).expect("loaded");
        assert_eq!((loaded.firms, loaded.applications), (1, 1));
        freeze::freeze(&desk, &city.round.id).expect("frozen");
        let frozen = export::snapshot(&desk, &city.round.id).expect("a snapshot");
        let frozen = files::read_snapshot(&frozen).expect("valid");
        assert_eq!(frozen.inventory, city.inventory, "{name}");
        assert_eq!(frozen.applications, city.applications, "{name}");
        assert_eq!(frozen.firms, city.firms, "{name}");
    }
}

#[test]
fn a_database_with_sites_takes_no_city_and_stays_as_it_is() {
    for (name, desk, _folder) in desks() {
        let bytes = files::write_snapshot(&small());
        city::load(&desk, &bytes, false).expect("loaded");
        for dry_run in [true, false] {
            let twice: Result<_, Faults> = city::load(&desk, &bytes, dry_run);
            let code = twice.expect_err("refused").0[0].code;
            assert_eq!((code, code.0), (city::NOT_EMPTY, "AC142"), "{name}");
        }
        let broken = city::load(&desk, b"{}", false);
        assert!(broken.is_err(), "{name}");
    }
}
