//! Benchmarks that anyone can repeat: import, candidates, nearest queries, each on a synthetic city,
//! each with a typed result that says what was measured on how much.
//!
//! Memory is the peak of the process (VmHWM of Linux) from the beginning of the measured part, with
//! the input that it holds; it is not known elsewhere.
//!
//! Not here: the solver's benchmark (`cli::bench::solve`; this room may not use `solve`); printing (`cli`).

pub mod candidates;
pub mod import;
pub mod known;
pub mod nearest;
pub mod year;

use std::time::{Duration, Instant};

use chrono::DateTime;

use super::{embedded, generate};
use crate::domain::fault::Faults;
use crate::domain::snapshot::{Ground, Inventory, Snapshot};

/// A synthetic city of so many firms on the map of the program.
pub fn city(firms: u32, seed: u64) -> Result<Snapshot, Faults> {
    let ground = embedded::ground()?;
    Ok(generate::city(
        &ground,
        embedded::POLICY,
        &spec(firms, seed),
    )?)
}

/// The map and the inventory of such a city.
fn inventory(firms: u32, seed: u64) -> Result<(Ground, Inventory), Faults> {
    let ground = embedded::ground()?;
    let inventory = generate::inventory(&ground, embedded::POLICY, &spec(firms, seed))?;
    Ok((ground, inventory))
}

fn spec(firms: u32, seed: u64) -> generate::Spec {
    generate::Spec {
        firms,
        seed,
        frozen_at: DateTime::UNIX_EPOCH,
    }
}

/// Runs some work and says how long it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let value = work();
    (value, begin.elapsed())
}

/// How many things a second; 0 when no time passed.
fn per_second(count: u64, time: Duration) -> f64 {
    let seconds = time.as_secs_f64();
    if seconds > 0.0 {
        count as f64 / seconds
    } else {
        0.0
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Forgets the peak of memory so far, where the system can (Linux, /proc/self/clear_refs).
fn forget_peak() {
    // Without it the peak includes the making of the city; the result is then only less flattering.
    std::fs::write("/proc/self/clear_refs", "5").ok();
}

/// The peak of memory of this process in MiB, rounded up; `None` where the system does not say.
pub fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib.div_ceil(1024))
}

/// The peak as text.
fn peak_text(mib: Option<u64>) -> String {
    mib.map_or_else(|| "not known".to_owned(), |m| format!("{m} MiB"))
}
