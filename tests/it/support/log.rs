//! What is logged on the thread of a test, at every level.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, subscriber};
use tracing_subscriber::filter::LevelFilter;

/// A log that is being written.
pub struct Log {
    text: Text,
    guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Begins to listen on this thread.
    pub fn listen() -> Log {
        // While there is one listener only, a place in the code that another thread reaches first is
        // taken for one that nobody listens to. With two more there never is one only.
        static QUIET: OnceLock<[Dispatch; 2]> = OnceLock::new();
        QUIET.get_or_init(|| [0, 1].map(|_| Dispatch::new(NoSubscriber::new())));
        let text = Text::default();
        let out = text.clone();
        let listener = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || out.clone())
            .finish();
        Log {
            text,
            guard: subscriber::set_default(listener),
        }
    }

    /// Stops and tells what was logged.
    pub fn stop(self) -> String {
        drop(self.guard);
        let all = self.text.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&all).into_owned()
    }
}
