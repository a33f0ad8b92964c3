//! Importing at a desk: dry run, all or nothing, journal, import after export.

use zhuchao::acts::import::{Imported, Manner, Refused, import};
use zhuchao::acts::kinds::{Format, Kind};
use zhuchao::acts::{Desk, care, export};
use zhuchao::domain::place::Datum;
use zhuchao::domain::space::Site;
use zhuchao::store::{self, StoreError, journal};

use super::{demo, desks};

const CSV: Manner = Manner {
    format: Format::Csv,
    datum: Some(Datum::Wgs84),
    dry_run: false,
};

fn read(desk: &Desk, kind: Kind, text: &[u8], manner: Manner) -> Result<Imported, Refused> {
    let mut source = text;
    import(desk, kind, &mut source, manner)
}

fn entries(desk: &Desk) -> usize {
    desk.store()
        .read(|tx| journal::page(tx, 0, 1000))
        .expect("a journal")
        .len()
}

fn sites(desk: &Desk) -> usize {
    desk.store().read(store::all::<Site>).expect("sites").len()
}

#[test]
fn every_table_of_the_demonstration_comes_back_as_it_went_out() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        for kind in Kind::ALL.into_iter().filter(|k| *k != Kind::Districts) {
            let file = export::table(&desk, kind, Format::Csv).expect("a file");
            let again = read(&desk, kind, &file, CSV).expect("our own file");
            assert!(again.rows > 0, "{name} {}", kind.name());
            // Clusters drop words that no noun keeps; everything else must not change at all.
            if kind != Kind::Clusters {
                assert_eq!(
                    (again.inserted, again.updated),
                    (0, 0),
                    "{name} {}",
                    kind.name()
                );
            }
        }
        let (_, faults) = care::examine(&desk).expect("an examination");
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn a_dry_run_counts_and_leaves_nothing() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        let (before, journal) = (sites(&desk), entries(&desk));
        let file = export::table(&desk, Kind::Sites, Format::Csv).expect("a file");
        let text = String::from_utf8(file)
            .expect("UTF-8")
            .replace("S001,", "S901,");
        let tried = read(
            &desk,
            Kind::Sites,
            text.as_bytes(),
            Manner {
                dry_run: true,
                ..CSV
            },
        )
        .expect("it is right");
        assert_eq!((tried.inserted, tried.dry_run), (1, true), "{name}");
        assert_eq!((sites(&desk), entries(&desk)), (before, journal), "{name}");
        let done = read(&desk, Kind::Sites, text.as_bytes(), CSV).expect("it is right");
        assert_eq!(done.inserted, 1, "{name}");
        assert_eq!(
            (sites(&desk), entries(&desk)),
            (before + 1, journal + 1),
            "{name}"
        );
    }
}

#[test]
fn one_bad_row_keeps_the_whole_file_out() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        let (before, journal) = (sites(&desk), entries(&desk));
        let file = export::table(&desk, Kind::Sites, Format::Csv).expect("a file");
        let text = String::from_utf8(file)
            .expect("UTF-8")
            .replace("S001,", "S901,")
            .replace("S002,space", "S902,castle");
        let refused =
            read(&desk, Kind::Sites, text.as_bytes(), CSV).expect_err("a castle is no site");
        assert_eq!(refused.faults.0.len(), 1, "{name}: {:?}", refused.faults);
        assert_eq!(
            refused.faults.0[0].place.column.as_deref(),
            Some("kind"),
            "{name}"
        );
        assert_eq!((sites(&desk), entries(&desk)), (before, journal), "{name}");
    }
}

#[test]
fn the_journal_names_who_did_what_to_what() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        let page = desk
            .store()
            .read(|tx| journal::page(tx, 0, 1000))
            .expect("a journal");
        assert!(page.iter().all(|e| e.entry.actor == "tester"), "{name}");
        let acts: Vec<&str> = page.iter().map(|e| e.entry.act.as_str()).collect();
        for act in [
            "import districts",
            "load policy",
            "open round",
            "import units",
            "import firms",
        ] {
            assert!(acts.contains(&act), "{name}: {act} is not in {acts:?}");
        }
    }
}

#[test]
fn writing_without_an_entry_is_refused() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        let silent = desk.store().write(|tx| -> Result<(), StoreError> {
            let mut all: Vec<Site> = store::all(tx)?;
            all.truncate(1);
            all[0].name_en.push('!');
            store::upsert_many(tx, &all)?;
            Ok(())
        });
        assert_eq!(
            silent.expect_err("no entry").code(),
            store::UNJOURNALED,
            "{name}"
        );
    }
}

#[test]
fn only_sites_are_exported_as_geojson() {
    let (_, desk, _folder) = desks().remove(0);
    demo(&desk);
    let sites = export::table(&desk, Kind::Sites, Format::GeoJson).expect("a file");
    let again = read(
        &desk,
        Kind::Sites,
        &sites,
        Manner {
            format: Format::GeoJson,
            ..CSV
        },
    )
    .expect("our own file");
    assert_eq!((again.inserted, again.updated), (0, 0));
    let refused =
        export::table(&desk, Kind::Firms, Format::GeoJson).expect_err("firms have no place");
    assert_eq!(refused.0[0].code, export::ONLY_CSV);
}
