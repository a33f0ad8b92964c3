//! Intake: good files, every fault with its cell, hostile files, import after export.
mod data;
mod faults;
mod features;
mod good;
mod hostile;
mod identity;
mod row_faults;
mod stubs;
