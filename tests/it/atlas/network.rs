//! Faults of hostile networks, each with its code and without a panic.

use zhuchao::atlas::Speeds;
use zhuchao::atlas::network::{
    LINE_TWICE, LINES_MAX, SHORT_LINE, STATION_TWICE, STATIONS_MAX, STOP_TWICE, TOO_MANY_STATIONS,
    UNKNOWN_STATION,
};
use zhuchao::atlas::transit::{BAD_SPEEDS, Transit};
use zhuchao::domain::fault::Code;
use zhuchao::domain::place::{Line, Network, Position, Station};

use super::real::key;

fn station(n: usize) -> Station {
    let east = f64::from(u32::try_from(n).expect("small"));
    Station {
        id: key(&format!("M{n}")),
        name_zh: format!("站{n}"),
        position: Position::degrees(114.0 + 0.01 * (east % 1000.0), 22.5).expect("on the globe"),
    }
}

fn line(name: &str, stations: &[usize]) -> Line {
    Line {
        name: name.to_owned(),
        stations: stations.iter().map(|n| key(&format!("M{n}"))).collect(),
    }
}

fn network(stations: usize, lines: Vec<Line>) -> Network {
    Network {
        stations: (0..stations).map(station).collect(),
        lines,
    }
}

fn codes(network: &Network) -> Vec<Code> {
    match Transit::new(network, Speeds::CALIBRATED) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.iter().map(|f| f.code).collect(),
    }
}

#[test]
fn every_fault_of_a_network_is_reported_at_once() {
    let mut bad = network(
        4,
        vec![
            line("1", &[0, 9]),
            line("2", &[]),
            line("2", &[0, 1]),
            line("3", &[0, 1, 0, 2]),
        ],
    );
    bad.stations.push(station(3));
    assert_eq!(
        codes(&bad),
        [
            STATION_TWICE,
            UNKNOWN_STATION,
            SHORT_LINE,
            LINE_TWICE,
            STOP_TWICE
        ]
    );
    let text: Vec<&str> = codes(&bad).iter().map(|c| c.0).collect();
    assert_eq!(text, ["AT103", "AT101", "AT102", "AT104", "AT105"]);
}

#[test]
fn a_line_that_stops_at_one_station_again_is_refused() {
    assert_eq!(codes(&network(2, vec![line("1", &[0, 0])])), [STOP_TWICE]);
    assert_eq!(
        codes(&network(2, vec![line("1", &[0, 1, 0])])),
        [STOP_TWICE]
    );
}

#[test]
fn too_many_stations_or_lines_are_refused_before_the_table_is_made() {
    let lines = (0..=LINES_MAX).map(|n| line(&n.to_string(), &[0, 1]));
    for many in [
        network(STATIONS_MAX + 1, vec![]),
        network(2, lines.collect()),
    ] {
        assert_eq!(codes(&many), [TOO_MANY_STATIONS]);
    }
    assert_eq!(TOO_MANY_STATIONS.0, "AT106");
}

#[test]
fn speeds_that_cannot_be_meant_are_refused() {
    let still = Speeds {
        walk_m_per_min: 0,
        ..Speeds::CALIBRATED
    };
    let shortcut = Speeds {
        detour_bp: 9_999,
        ..Speeds::CALIBRATED
    };
    for speeds in [still, shortcut] {
        let faults = Transit::new(&Network::default(), speeds).expect_err("refused");
        assert_eq!(faults.0.first().map(|f| f.code), Some(BAD_SPEEDS));
    }
}

#[test]
fn an_empty_network_leaves_only_walking() {
    let transit = Transit::new(&Network::default(), Speeds::CALIBRATED).expect("no fault");
    let (a, b) = (station(0).position, station(1).position);
    // 0.01 degree at 22.5 N is 1029 m; 1.3 times that at 75 m/min is 17.8 min.
    assert_eq!(transit.minutes(a, b), 18);
    assert_eq!(transit.ride_minutes(0, 1), None);
}

#[test]
fn a_loop_runs_both_ways_round() {
    let ring: Vec<usize> = (0..6).chain([0]).collect();
    let transit = Transit::new(&network(6, vec![line("1", &ring)]), Speeds::CALIBRATED);
    let transit = transit.expect("no fault");
    let closing = transit.ride_minutes(0, 5).expect("a ride");
    let along = transit.ride_minutes(0, 4).expect("a ride");
    let direct = Transit::new(&network(6, vec![line("1", &[0, 5])]), Speeds::CALIBRATED)
        .expect("no fault")
        .ride_minutes(0, 5);
    assert_eq!(Some(closing), direct.filter(|d| *d < along + closing));
}

#[test]
fn stations_without_a_connecting_ride_have_no_minutes() {
    let two = network(4, vec![line("1", &[0, 1]), line("2", &[2, 3])]);
    let transit = Transit::new(&two, Speeds::CALIBRATED).expect("no fault");
    assert_eq!(transit.ride_minutes(0, 3), None);
    assert_eq!(transit.ride_minutes(0, 77), None);
    assert!(transit.ride_minutes(0, 1).is_some());
}
