//! HiGHS in a thread of its own, so that the run stays in charge.
//!
//! HiGHS looks at its clock and at callbacks rarely in some stages (presolve, root relaxation)
//! and owns a scheduler per thread that cannot change its number of threads. So every call gets a
//! fresh thread; values and bounds come through a channel as they are found; and if HiGHS does
//! not react to the stop flag or the limit within a grace of about two seconds, the thread is left
//! behind (it ends by itself at HiGHS's next look at the flag) and the run goes on with the
//! best value and bound told so far. Not here: the call (`milp_call`).

use super::control::Watch;
use super::milp_call::{self, Answer, Event, Job, Verdict};
use super::milp_model::Model;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Time between two looks at the watch.
const LOOK: Duration = Duration::from_millis(50);
/// Looks after the end of the time until HiGHS is left behind.
const GRACE: u32 = 40;
/// HiGHS recurses deeply in places.
const STACK: usize = 64 << 20;

/// Runs a call; `hear` gets vectors and bounds and returns true if it has enough; `idle` is called
/// while there is nothing to hear and returns whether it had work to do.
pub(super) fn run<C>(
    model: &Arc<Model>,
    job: Job,
    watch: &Watch,
    context: &mut C,
    (mut hear, idle): (
        impl FnMut(&mut C, Event) -> bool,
        &mut dyn FnMut(&mut C) -> bool,
    ),
) -> Answer {
    let (sender, receiver) = channel();
    let enough = Arc::new(AtomicBool::new(false));
    let quit = vec![watch.flag(), Arc::clone(&enough)];
    let model = Arc::clone(model);
    let work = move || {
        let answer = milp_call::call(&model, &job, quit, sender.clone()).unwrap_or_else(failed);
        let _ = sender.send(Event::Done(answer));
    };
    if std::thread::Builder::new()
        .name("highs".to_owned())
        .stack_size(STACK)
        .spawn(work)
        .is_err()
    {
        return failed();
    }
    let mut late = 0;
    loop {
        // Who had work of its own meanwhile need not wait.
        let wait = if idle(context) { Duration::ZERO } else { LOOK };
        match receiver.recv_timeout(wait) {
            Ok(Event::Done(answer)) => return answer,
            Ok(event) => {
                if hear(context, event) {
                    enough.store(true, Ordering::Relaxed);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return failed(),
            Err(RecvTimeoutError::Timeout) => {
                let end = watch.over() || enough.load(Ordering::Relaxed);
                if end && wait.is_zero() {
                    std::thread::sleep(LOOK);
                }
                late += u32::from(end);
                if late > GRACE {
                    enough.store(true, Ordering::Relaxed);
                    return Answer {
                        verdict: Verdict::Limit,
                        ..failed()
                    };
                }
            }
        }
    }
}

fn failed() -> Answer {
    Answer {
        verdict: Verdict::Failed,
        x: None,
        bound: f64::NEG_INFINITY,
    }
}
