//! The planning room: options, instance, plan, proof, reasons, files.

mod asked;
mod brute;
mod build;
mod bundles;
mod check_money;
mod check_reasons;
mod check_space;
mod city;
mod files;
mod kept;
mod named_rules;
mod properties;
mod reasons;
mod run;
