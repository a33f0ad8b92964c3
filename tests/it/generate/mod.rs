//! The generator of synthetic cities and the benchmarks that run on them.

mod bench;
mod city;
mod difficulty;
mod properties;
mod random;
mod shape;

use chrono::DateTime;
use zhuchao::acts::embedded;
use zhuchao::acts::generate::{self, Spec};
use zhuchao::domain::snapshot::{Ground, Snapshot};

fn ground() -> Ground {
    embedded::ground().expect("the tables of the program are sound")
}

fn spec(firms: u32, seed: u64) -> Spec {
    Spec {
        firms,
        seed,
        frozen_at: DateTime::UNIX_EPOCH,
    }
}

fn city(firms: u32, seed: u64) -> Snapshot {
    generate::city(&ground(), embedded::POLICY, &spec(firms, seed)).expect("a city can be made")
}
