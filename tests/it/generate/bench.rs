//! The benchmarks measure what they say, on small cities; times are not tested.

use zhuchao::acts::bench::import::NO_FOLDER;
use zhuchao::acts::bench::known::{self, BAD_KNOWN};
use zhuchao::acts::bench::{candidates, import, nearest};

#[test]
fn every_row_is_imported_and_the_folder_is_left_clean() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let done = import::run(120, 1, folder.path()).expect("the import succeeds");
    assert_eq!((done.rows, done.stored), (120, 120));
    assert!(done.to_string().contains("120 units"), "{done}");
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("it is there")
            .count(),
        0
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("it can be written");
    let refused = import::run(3, 1, &file).err().map(|f| f.0[0].code);
    assert_eq!(refused, Some(NO_FOLDER));
    assert_eq!(NO_FOLDER.0, "AC210");
}

#[test]
fn candidates_are_counted() {
    let found = candidates::run(60, 1).expect("a city of 60 firms");
    assert_eq!((found.applications, found.projects), (60, 3));
    assert!(found.candidates > 60, "{found}");
}

#[test]
fn index_and_scan_agree() {
    let found = nearest::run(200, 1).expect("a city can be made");
    assert_eq!(found.queries, 200);
    assert_eq!(found.agree, found.scan_queries, "{found}");
    assert!(found.scan_queries > 0);
}

#[test]
fn known_values_are_read_or_refused() {
    let text = "file,instance,known_value,upper_bound\nx,a,5,7\nx,b,-6,\n";
    let known = known::read(text.as_bytes()).expect("a sound table");
    assert_eq!((known["a"].value, known["a"].bound), (5, Some(7)));
    assert_eq!((known["b"].value, known["b"].bound), (-6, None));
    for bad in [
        "instance,known_value\na,5\n",
        "instance,known_value,upper_bound\na,5.5,6\n",
    ] {
        let refused = known::read(bad.as_bytes());
        assert_eq!(refused.err().map(|f| f.code), Some(BAD_KNOWN));
    }
    assert_eq!(BAD_KNOWN.0, "AC211");
}
