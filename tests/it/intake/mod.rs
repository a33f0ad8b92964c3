//! Intake: good files, every fault with its cell, hostile files, import after export.
mod books;
mod data;
mod faults;
mod features;
mod good;
mod hostile;
mod hostile_books;
mod identity;
mod row_faults;
mod stubs;
