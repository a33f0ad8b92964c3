//! Ctrl-C and SIGTERM: the first asks the work to stop with the best it has, the second ends the
//! process. While pages are served the server listens to the same signals itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::show;

/// Exit status after a second Ctrl-C, as shells use it.
const INTERRUPTED: i32 = 130;

/// The flag of this process.
#[derive(Clone)]
pub struct Interrupt {
    stop: Arc<AtomicBool>,
    serving: Arc<AtomicBool>,
}

impl Interrupt {
    /// Begins to listen. A process listens once; a second call hears nothing.
    pub fn install() -> Interrupt {
        let interrupt = Interrupt {
            stop: Arc::default(),
            serving: Arc::default(),
        };
        let heard = interrupt.clone();
        if let Err(error) = ctrlc::set_handler(move || heard.hear()) {
            tracing::warn!(%error, "Ctrl-C cannot be caught");
        }
        interrupt
    }

    /// The flag that the work looks at.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// From now on the server answers to signals.
    pub fn leave_to_server(&self) {
        self.serving.store(true, Ordering::SeqCst);
    }

    /// The server is over: signals stop the work again.
    pub fn take_back(&self) {
        self.serving.store(false, Ordering::SeqCst);
    }

    fn hear(&self) {
        if self.serving.load(Ordering::SeqCst) {
            return;
        }
        if self.stop.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        show::say("stopping with the best so far; once more ends at once");
    }
}
