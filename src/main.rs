//! The binary: opens one door.

fn main() {}
