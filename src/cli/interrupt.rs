//! Ctrl-C: the first asks the work to stop with the best it has, the second ends the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit status after a second Ctrl-C, as shells use it.
const INTERRUPTED: i32 = 130;

/// A flag that the first Ctrl-C (or SIGTERM) raises.
pub fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let installed = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        eprintln!("stopping with the best so far; once more ends at once");
    });
    if let Err(error) = installed {
        tracing::warn!(%error, "Ctrl-C cannot be caught");
    }
    flag
}
