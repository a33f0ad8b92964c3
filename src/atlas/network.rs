//! Metro network: the table of minutes from every station to every station.
//!
//! Nodes are (station, line). A ride links neighbours of a line in both directions; a change links
//! the lines of one station. Dijkstra runs once from each station, on all its lines at zero. The
//! table is symmetric because every link is. Times are whole milliseconds, so sums are exact.
//! A loop line names its first station again at the end, which closes it without further care.
//!
//! Faults of the network are collected: a line that names a station that is not listed, a line of
//! fewer than two stations, keys or names given twice, a station twice in a line.
//!
//! Not here: ways to a station, waits (`transit`).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::distance::metres;
use super::speeds::Speeds;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::place::{Line, Network};

/// A line names a station that is not listed.
pub const UNKNOWN_STATION: Code = Code("AT101");
/// A line has fewer than two stations.
pub const SHORT_LINE: Code = Code("AT102");
/// A station key is listed twice.
pub const STATION_TWICE: Code = Code("AT103");
/// A line name is listed twice.
pub const LINE_TWICE: Code = Code("AT104");
/// A line stops at a station twice without being a loop.
pub const STOP_TWICE: Code = Code("AT105");
/// The network has more stations or lines than the table of minutes can be made for.
pub const TOO_MANY_STATIONS: Code = Code("AT106");

/// Most stations of a network: the table then takes 36 MB.
pub const STATIONS_MAX: usize = 3_000;

/// Most lines of a network: all of them may meet at one station.
pub const LINES_MAX: usize = 300;

/// Time between stations that no ride connects.
pub const NEVER: u32 = u32::MAX;

/// Ride times between all stations in milliseconds, without the wait for the first train.
#[derive(Debug, Clone)]
pub struct RideTable {
    stations: usize,
    ms: Vec<u32>,
}

impl RideTable {
    /// Computes the table, or every fault of the network.
    pub fn new(network: &Network, speeds: Speeds) -> Result<RideTable, Faults> {
        let lines = proved(network)?;
        let graph = Graph::new(network, &lines, speeds);
        let stations = network.stations.len();
        let mut ms = Vec::with_capacity(stations * stations);
        for from in 0..stations {
            ms.extend(graph.row(from, stations));
        }
        Ok(RideTable { stations, ms })
    }

    /// Milliseconds from the door of a train at one station to the same at another; [`NEVER`] when
    /// no ride connects them or a number is not that of a station.
    pub fn ms(&self, from: u32, to: u32) -> u32 {
        let (from, to) = (from as usize, to as usize);
        if from >= self.stations || to >= self.stations {
            return NEVER;
        }
        self.ms
            .get(from * self.stations + to)
            .copied()
            .unwrap_or(NEVER)
    }
}

/// Lines as station numbers, when the network has no fault.
fn proved(network: &Network) -> Result<Vec<Vec<usize>>, Faults> {
    let (stations, many) = (network.stations.len(), network.lines.len());
    if stations > STATIONS_MAX || many > LINES_MAX {
        let cause = format!("the network has {stations} stations and {many} lines");
        let action = format!("give at most {STATIONS_MAX} stations and {LINES_MAX} lines");
        return Err(Faults::from(Fault::new(TOO_MANY_STATIONS, cause, action)));
    }
    let mut faults = Faults::default();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, station) in network.stations.iter().enumerate() {
        if numbers.insert(station.id.as_str(), n).is_some() {
            let place = Place::subject(format!("station {}", station.id));
            faults.0.push(
                Fault::new(STATION_TWICE, "the station is listed twice", "keep one row").at(place),
            );
        }
    }
    let mut names = BTreeSet::new();
    let lines = network.lines.iter().map(|line| {
        if !names.insert(line.name.as_str()) {
            faults.0.push(line_fault(
                line,
                LINE_TWICE,
                "the line is listed twice",
                "join its rows",
            ));
        }
        proved_line(line, &numbers, &mut faults)
    });
    let lines = lines.collect();
    faults.or(lines)
}

fn line_fault(line: &Line, code: Code, cause: &str, action: &str) -> Fault {
    Fault::new(code, cause, action).at(Place::subject(format!("line {}", line.name)))
}

fn proved_line(line: &Line, numbers: &BTreeMap<&str, usize>, faults: &mut Faults) -> Vec<usize> {
    if line.stations.len() < 2 {
        let cause = "the line has fewer than two stations";
        faults.0.push(line_fault(
            line,
            SHORT_LINE,
            cause,
            "add its stations or drop it",
        ));
    }
    let mut stops = Vec::with_capacity(line.stations.len());
    for id in &line.stations {
        match numbers.get(id.as_str()) {
            Some(n) => stops.push(*n),
            None => {
                let cause = format!("it stops at {id}, which is not a listed station");
                faults.0.push(line_fault(
                    line,
                    UNKNOWN_STATION,
                    &cause,
                    "list the station",
                ));
            }
        }
    }
    let is_loop = stops.len() > 3 && stops.first() == stops.last();
    let once = if is_loop {
        stops.get(1..).unwrap_or_default()
    } else {
        &stops[..]
    };
    let distinct: BTreeSet<&usize> = once.iter().collect();
    if distinct.len() < once.len() {
        let cause = "the line stops at a station twice and is not a loop";
        faults.0.push(line_fault(
            line,
            STOP_TWICE,
            cause,
            "name each station once; a loop repeats its first at the end",
        ));
    }
    stops
}

/// Links between nodes; `lists[node]` holds (node, milliseconds).
struct Graph {
    lists: Vec<Vec<(usize, u64)>>,
    station_of: Vec<usize>,
    nodes_of: Vec<Vec<usize>>,
}

impl Graph {
    fn new(network: &Network, lines: &[Vec<usize>], speeds: Speeds) -> Graph {
        let mut graph = Graph {
            lists: Vec::new(),
            station_of: Vec::new(),
            nodes_of: vec![Vec::new(); network.stations.len()],
        };
        for stops in lines {
            let mut nodes: BTreeMap<usize, usize> = BTreeMap::new();
            for pair in stops.windows(2) {
                let [a, b] = [pair[0], pair[1]];
                let length = metres(network.stations[a].position, network.stations[b].position);
                let ends = [a, b].map(|s| *nodes.entry(s).or_insert_with(|| graph.add(s)));
                graph.link(ends[0], ends[1], speeds.ride_ms(length));
            }
        }
        graph.link_changes(speeds.transfer_ms());
        graph
    }

    fn add(&mut self, station: usize) -> usize {
        let node = self.lists.len();
        self.lists.push(Vec::new());
        self.station_of.push(station);
        self.nodes_of[station].push(node);
        node
    }

    fn link(&mut self, a: usize, b: usize, ms: u64) {
        self.lists[a].push((b, ms));
        self.lists[b].push((a, ms));
    }

    fn link_changes(&mut self, ms: u64) {
        for nodes in self.nodes_of.clone() {
            for (i, a) in nodes.iter().enumerate() {
                for b in nodes.iter().skip(i + 1) {
                    self.link(*a, *b, ms);
                }
            }
        }
    }

    /// Dijkstra from all nodes of a station; the row of the table.
    fn row(&self, from: usize, stations: usize) -> Vec<u32> {
        let mut best = vec![u64::MAX; self.lists.len()];
        let mut heap = BinaryHeap::new();
        for node in &self.nodes_of[from] {
            best[*node] = 0;
            heap.push(Reverse((0, *node)));
        }
        while let Some(Reverse((ms, node))) = heap.pop() {
            if ms > best[node] {
                continue;
            }
            for (next, step) in &self.lists[node] {
                let there = ms.saturating_add(*step);
                if there < best[*next] {
                    best[*next] = there;
                    heap.push(Reverse((there, *next)));
                }
            }
        }
        let mut row = vec![NEVER; stations];
        for (node, ms) in best.iter().enumerate() {
            let cell = &mut row[self.station_of[node]];
            *cell = (*cell).min(u32::try_from(*ms).unwrap_or(NEVER));
        }
        row[from] = 0;
        row
    }
}
