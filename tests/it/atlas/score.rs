//! Parts of the value of a site: the formulas at their corners, and the real clusters.

use zhuchao::atlas::need::references;
use zhuchao::atlas::score::nearness_bp;
use zhuchao::atlas::{Atlas, Need, Speeds, distance};
use zhuchao::domain::ids::SiteId;
use zhuchao::domain::place::Position;

use super::real;
use super::world::{self, Dice};

#[test]
fn nearness_falls_from_the_radius_to_three_times_it() {
    for (metres, radius, bp) in [
        (0, 3000, 10_000),
        (3000, 3000, 10_000),
        (3001, 3000, 9_998),
        (6000, 3000, 5_000),
        (8999, 3000, 1),
        (9000, 3000, 0),
        // At least 1 km, also from a radius of 100 m: (1000 - 550) / (1000 - 100).
        (550, 100, 5_000),
        (1000, 100, 0),
        (0, 0, 10_000),
        (500, 0, 5_000),
        (u32::MAX, u32::MAX, 10_000),
    ] {
        assert_eq!(nearness_bp(metres, radius), bp, "{metres} m of {radius} m");
    }
}

/// One site at a position, and a need with the given fields.
fn at(lon: f64, lat: f64, fields: &[&str]) -> (Atlas, Need, SiteId) {
    let mut dice = Dice(7);
    let ground = real::ground();
    let mut inventory = world::inventory(&mut dice, 1, 0, 0);
    let mut need = world::need(&mut dice, &inventory, &ground.network);
    need.fields = fields.iter().map(|f| real::key(f)).collect();
    let site = &mut inventory.sites[0];
    site.located = Some(zhuchao::domain::place::Located {
        position: Position::degrees(lon, lat).expect("on the globe"),
        precision: zhuchao::domain::place::Precision::Station,
        accuracy_m: 500,
    });
    let id = site.id.clone();
    let atlas = Atlas::new(&ground, &inventory, Speeds::CALIBRATED).expect("no fault");
    (atlas, need, id)
}

#[test]
fn a_firm_in_the_heart_of_its_cluster_fits_wholly() {
    // 西丽 station: C3, artificial intelligence (K4) and digital twin (K3).
    let (atlas, need, _) = at(113.949_501, 22.583_681, &["K3", "K4"]);
    let parts = atlas.site_parts(&need, 0);
    assert_eq!(
        (
            parts.cluster_fit_bp,
            parts.field_affinity_bp,
            parts.shared_fields
        ),
        (10_000, 10_000, 2)
    );
    // One of three fields, and the same field named twice counts once.
    let (atlas, need, _) = at(113.949_501, 22.583_681, &["K4", "K4", "K5", "K6"]);
    let parts = atlas.site_parts(&need, 0);
    assert_eq!(
        (
            parts.cluster_fit_bp,
            parts.field_affinity_bp,
            parts.shared_fields
        ),
        (10_000, 3_333, 1)
    );
}

#[test]
fn a_firm_of_other_fields_or_far_away_does_not_fit() {
    for (lon, lat, fields) in [
        (113.949_501, 22.583_681, &["K6"][..]),
        (113.949_501, 22.583_681, &[][..]),
        (114.5, 22.6, &["K4"][..]),
    ] {
        let (atlas, need, _) = at(lon, lat, fields);
        let parts = atlas.site_parts(&need, 0);
        assert_eq!(
            (parts.cluster_fit_bp, parts.field_affinity_bp),
            (0, 0),
            "{fields:?}"
        );
    }
}

#[test]
fn wishes_count_from_one_and_anchors_take_the_nearest() {
    let (atlas, mut need, id) = at(113.949_501, 22.583_681, &[]);
    let here = Position::degrees(113.949_501, 22.583_681).expect("on the globe");
    let far = Position::degrees(114.3, 22.7).expect("on the globe");
    need.site_wishes = vec![real::key("S99999"), id];
    need.anchors = vec![far, here];
    let parts = atlas.site_parts(&need, 0);
    assert_eq!(
        (parts.wish_rank, parts.anchor_metres, parts.minutes),
        (Some(2), Some(0), Some(0))
    );
    need.anchors = vec![far];
    let parts = atlas.site_parts(&need, 0);
    assert_eq!(
        parts.anchor_metres,
        Some(distance::whole(distance::metres(here, far)))
    );
    assert_eq!(parts.minutes, Some(atlas.transit().minutes(here, far)));
    need.anchors.clear();
    need.site_wishes.clear();
    let parts = atlas.site_parts(&need, 0);
    assert_eq!(
        (parts.wish_rank, parts.anchor_metres, parts.minutes),
        (None, None, None)
    );
}

#[test]
fn anchors_and_wishes_that_name_nothing_are_faults() {
    let ground = real::ground();
    let inventory = world::inventory(&mut Dice(7), 1, 0, 0);
    let mut application = application();
    let faults = references(&application, &ground, &inventory).expect_err("two unknown keys");
    let codes: Vec<&str> = faults.0.iter().map(|f| f.code.0).collect();
    assert_eq!(codes, ["AT110", "AT111"]);
    application.anchors.truncate(1);
    application.site_wishes.truncate(1);
    assert_eq!(references(&application, &ground, &inventory), Ok(()));
}

fn application() -> zhuchao::domain::application::Application {
    use zhuchao::domain::{area::Area, evidence, space};
    zhuchao::domain::application::Application {
        id: real::key("AP1"),
        firm: real::key("F1"),
        round: real::key("R1"),
        use_: space::Use::Office,
        area_min: Area::metres(100),
        area_max: Area::metres(200),
        start_from: world::day(0),
        start_until: world::day(9),
        rent_cap: None,
        needs: space::Technical::default(),
        site_wishes: vec![real::key("S00000"), real::key("S77777")],
        districts: vec![],
        anchors: vec![real::key("M000"), real::key("M999")],
        max_minutes: None,
        households: vec![],
        wants_subsidy: false,
        provenance: evidence::Provenance::of(evidence::Evidence::Synthetic),
    }
}
