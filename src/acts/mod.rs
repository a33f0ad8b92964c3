//! Acts: who may do what, from which state; one transaction and one journal entry each.
//!
//! Not here: HTTP, terminals, SQL, rules.

pub mod act;
pub mod allocation;
pub mod bench;
pub mod boards;
pub mod books;
pub mod calendar;
pub mod care;
pub mod cases;
pub mod city;
pub mod clusters;
pub mod desk;
pub mod documents;
pub mod door;
pub mod embedded;
pub mod export;
pub mod firms;
pub mod freeze;
pub mod generate;
pub mod import;
pub mod imports;
pub mod kinds;
pub mod lists;
pub mod lookup;
mod moment;
pub mod money;
mod once;
pub mod papers;
pub mod people;
pub mod places;
pub mod plan;
pub mod policy;
pub mod policy_drafts;
pub mod powers;
mod prices;
mod published;
pub mod reasons;
pub mod record;
pub mod reference;
pub mod refuse;
pub mod rooms;
pub mod rounds;
pub mod scenarios;
pub mod seed;
pub mod stock;
mod stored;
pub mod supervision;
pub mod tables;
pub mod tasks;
pub mod vacancies;
mod vacancy;
pub mod view;
pub mod words;

pub use desk::{Desk, Wish};
pub use lists::Bounds;
