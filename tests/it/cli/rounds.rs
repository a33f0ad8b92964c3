//! `zhuchao round` and `zhuchao scenario` on a town of the tests, by the program itself.

use zhuchao::domain::offer::OfferStage;
use zhuchao::domain::procedure::Step;

use super::{json, refused};
use crate::acts::procedure::{go, offer, world};
use crate::support::town::towns;

/// Arguments with the database of a town.
fn at<'a>(url: &'a str, args: &[&'a str]) -> Vec<&'a str> {
    [args, &["--database", url]].concat()
}

#[test]
fn the_machine_shows_a_round_and_offers_to_the_next_in_line() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for town in towns(&world()) {
        go(&town, Step::Confirmed);
        let seen = json(folder.path(), &at(&town.url, &["round", "show", "R1"]));
        assert_eq!(seen["procedure"]["step"], "confirmed", "{}", town.name);
        let none = json(folder.path(), &at(&town.url, &["round", "next", "R1"]));
        assert!(none.is_null(), "nothing is free: {none}");
        // What lapsed by the clock of this machine is told, and stored.
        let lapsed = json(folder.path(), &at(&town.url, &["round", "expire"]));
        let named = lapsed["offers"].as_array().map_or(0, Vec::len);
        let gone = ["F1", "F2"].map(|firm| offer(&town, firm).stage == OfferStage::Expired);
        assert_eq!(named, gone.into_iter().filter(|over| *over).count());
        let ended = json(folder.path(), &at(&town.url, &["round", "end-due"]));
        assert_eq!(ended["contracts"].as_array().map(Vec::len), Some(0));
        assert!(refused(folder.path(), &at(&town.url, &["round", "show", "R9"])).contains("AC013"));
        assert!(
            refused(
                folder.path(),
                &at(&town.url, &["scenario", "run", "S-none"])
            )
            .contains("AC013")
        );
    }
}
