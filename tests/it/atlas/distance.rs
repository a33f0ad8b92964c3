//! Geodesic distances against the published test set, and the index against a full sort.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use zhuchao::atlas::distance::{chord, degrees, earth_centred, metres, metres_per_degree};
use zhuchao::atlas::index::Points;
use zhuchao::domain::place::Position;

use super::real::root;

#[test]
fn every_row_of_the_test_set_is_met_to_a_millimetre() {
    let path = root().join("tests/it/atlas/fixtures/geodesic_vectors.dat");
    let text = std::fs::read_to_string(path).expect("the test set");
    let mut rows = 0;
    for line in text.lines() {
        let n: Vec<f64> = line
            .split_whitespace()
            .map(|c| c.parse().expect("a number"))
            .collect();
        let found = degrees((n[1], n[0]), (n[4], n[3]));
        assert!((found - n[6]).abs() < 1e-3, "{found} for {line}");
        rows += 1;
    }
    assert_eq!(rows, 100);
}

fn position((lon, lat): (i32, i32)) -> Position {
    Position::try_from((lon, lat)).expect("in range")
}

#[test]
fn the_scale_of_a_degree_agrees_with_the_geodesic() {
    for lat in [0.0, 22.5, 45.0, 70.0] {
        let (x, y) = metres_per_degree(lat);
        let east = degrees((114.0, lat), (114.001, lat)) * 1000.0;
        let north = degrees((114.0, lat - 0.0005), (114.0, lat + 0.0005)) * 1000.0;
        assert!((x / east - 1.0).abs() < 1e-6, "{x} {east}");
        assert!((y / north - 1.0).abs() < 1e-6, "{y} {north}");
    }
}

#[test]
fn nearest_works_across_the_antimeridian_and_at_the_pole() {
    let points = [(179_900_000, 0), (0, 89_900_000), (90_000_000, 0)];
    let index = Points::new(points.iter().zip(0u32..).map(|(p, n)| (n, position(*p))));
    assert_eq!(index.nearest(position((-179_900_000, 0)), 1)[0].0, 0);
    assert_eq!(
        index.nearest(position((180_000_000, 89_950_000)), 1)[0].0,
        1
    );
    assert!(index.nearest(position((0, 0)), 0).is_empty());
    assert_eq!(index.nearest(position((0, 0)), 9).len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_chord_is_never_longer_than_the_geodesic(
        a in (-180_000_000i32..=180_000_000, -90_000_000i32..=90_000_000),
        b in (-180_000_000i32..=180_000_000, -90_000_000i32..=90_000_000),
    ) {
        let (a, b) = (position(a), position(b));
        let straight = chord(earth_centred(a), earth_centred(b));
        prop_assert!(straight <= metres(a, b) + 1e-6);
        prop_assert!((metres(a, b) - metres(b, a)).abs() < 1e-6);
    }

    #[test]
    fn nearest_and_within_equal_the_full_sort(
        // Few distinct values, so that points coincide and ties are common.
        points in proptest::collection::vec((0i32..40, 0i32..40), 0..120),
        from in (0i32..40, 0i32..40), k in 0usize..130, limit in 0u32..4000,
    ) {
        let place = |(x, y): (i32, i32)| position((114_000_000 + x * 1000, 22_500_000 + y * 1000));
        let from = place(from);
        let mut all: Vec<(u32, f64)> = points.iter().zip(0u32..)
            .map(|(p, n)| (n, metres(from, place(*p)))).collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let index = Points::new(points.iter().zip(0u32..).map(|(p, n)| (n, place(*p))));
        let near: Vec<(u32, f64)> = all.iter().copied().filter(|f| f.1 <= f64::from(limit)).collect();
        prop_assert_eq!(index.within(from, f64::from(limit)), near);
        all.truncate(k);
        prop_assert_eq!(index.nearest(from, k), all);
    }
}
