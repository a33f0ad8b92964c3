//! Any bytes as an instance file: findings, or an instance that is written and read back unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhuchao::planning::format::{Packing, UNPACKED_LIMIT, read_instance, write_instance};

/// Largest unpacked file that is read.
const LIMIT: u64 = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let instance = match read_instance(bytes, LIMIT) {
        Ok(instance) => instance,
        Err(found) => {
            assert!(!found.is_empty(), "refused without a finding");
            assert!(
                found.iter().all(|f| !f.text.is_empty()),
                "a finding says nothing"
            );
            return;
        }
    };
    for packing in [Packing::Plain, Packing::Gzip] {
        let written = write_instance(&instance, packing).expect("writes to memory");
        let read = read_instance(&written, UNPACKED_LIMIT).expect("what was written is sound");
        assert_eq!(read, instance, "changed by writing and reading");
    }
});
