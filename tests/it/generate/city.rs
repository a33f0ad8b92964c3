//! A city is the same each time, proved, whole in its references, on the map, and said to be synthetic.

use std::collections::HashSet;

use zhuchao::acts::embedded;
use zhuchao::acts::generate::{self, BAD_SIZE, EMPTY_GROUND, FIRMS_MAX};
use zhuchao::atlas::outline::Outlines;
use zhuchao::domain::evidence::Evidence;
use zhuchao::domain::place::Containment;
use zhuchao::domain::snapshot::{Ground, Snapshot};
use zhuchao::planning::{files, prove};

use super::{city, ground, spec};

#[test]
fn the_same_spec_gives_the_same_bytes_and_another_seed_others() {
    let once = files::write_snapshot(&city(150, 7));
    assert_eq!(once, files::write_snapshot(&city(150, 7)));
    assert_ne!(once, files::write_snapshot(&city(150, 8)));
}

#[test]
fn cities_of_any_size_are_proved_and_whole() {
    for firms in [1, 2, 3, 19, 21, 400] {
        let city = city(firms, u64::from(firms));
        let faults = prove::faults(&city);
        assert!(
            faults.is_empty(),
            "{firms} firms: {:?}",
            &faults[..faults.len().min(3)]
        );
        let read = files::read_snapshot(&files::write_snapshot(&city));
        assert_eq!(read, Ok(city), "{firms} firms");
    }
}

#[test]
fn every_site_lies_inside_its_district() {
    let city = city(300, 3);
    let outlines = Outlines::new(&city.ground.districts);
    for site in &city.inventory.sites {
        let located = site
            .located
            .as_ref()
            .expect("every synthetic site has a position");
        assert_eq!(
            outlines.contains(located, &site.district),
            Containment::Yes,
            "{}",
            site.id
        );
    }
}

#[test]
fn credit_codes_differ_and_are_never_issued() {
    let city = city(300, 3);
    let codes: HashSet<&str> = city.firms.iter().map(|f| f.credit_code.as_str()).collect();
    assert_eq!(codes.len(), 300);
    for code in codes {
        assert!(code.starts_with("91000000YG"), "{code}");
        // The check character is proved where a code is read.
        assert!(
            code.parse::<zhuchao::domain::credit_code::CreditCode>()
                .is_ok(),
            "{code}"
        );
    }
}

fn marks(city: &Snapshot) -> Vec<Evidence> {
    let stock = &city.inventory;
    let provenances = (stock.sites.iter().map(|x| &x.provenance))
        .chain(stock.units.iter().map(|x| &x.provenance))
        .chain(stock.projects.iter().map(|x| &x.provenance))
        .chain(stock.apartments.iter().map(|x| &x.provenance))
        .chain(city.firms.iter().map(|x| &x.provenance))
        .chain(city.applications.iter().map(|x| &x.provenance))
        .chain(city.quotas.iter().map(|x| &x.provenance));
    let rents = stock
        .units
        .iter()
        .filter_map(|u| u.rent.as_ref())
        .map(|r| r.evidence);
    let counts = stock.apartments.iter().map(|a| a.count_evidence);
    provenances
        .map(|p| p.evidence)
        .chain(rents)
        .chain(counts)
        .collect()
}

#[test]
fn everything_invented_says_so() {
    let city = city(100, 5);
    assert!(city.synthetic);
    assert!(marks(&city).iter().all(|e| *e == Evidence::Synthetic));
    let zh = (city.inventory.sites.iter().map(|x| &x.name_zh))
        .chain(city.inventory.projects.iter().map(|x| &x.name_zh))
        .chain(city.firms.iter().map(|x| &x.name_zh))
        .chain([&city.round.name_zh]);
    let en = (city.inventory.sites.iter().map(|x| &x.name_en))
        .chain(city.firms.iter().map(|x| &x.name_en))
        .chain([&city.round.name_en]);
    assert!(zh.clone().all(|n| n.starts_with("（模拟）")));
    assert!(en.clone().all(|n| n.starts_with("(synthetic) ")));
}

#[test]
fn sizes_out_of_range_and_empty_maps_are_refused() {
    for firms in [0, FIRMS_MAX + 1] {
        let refused = generate::city(&ground(), embedded::POLICY, &spec(firms, 1));
        assert_eq!(refused.map_err(|f| f.code), Err(BAD_SIZE));
    }
    let refused = generate::city(&Ground::default(), embedded::POLICY, &spec(5, 1));
    assert_eq!(refused.map_err(|f| f.code), Err(EMPTY_GROUND));
    let mut blind = ground();
    blind.network = Default::default();
    let refused = generate::city(&blind, embedded::POLICY, &spec(5, 1));
    assert_eq!(refused.map_err(|f| f.code), Err(EMPTY_GROUND));
    assert_eq!((BAD_SIZE.0, EMPTY_GROUND.0), ("AC201", "AC202"));
}
