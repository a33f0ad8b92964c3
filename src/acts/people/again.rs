//! A demonstration begun anew: asked for on its start page, done by the command line that holds its folder. Outside of a
//! demonstration in a folder of its own it can never be asked for.
//!
//! Not here: removing files and solving again (`cli`).

use std::sync::atomic::Ordering;

use super::refuse;
use super::tools::Tools;
use crate::acts::Desk;
use crate::domain::fault::Faults;

const NEVER: u8 = 0;
const POSSIBLE: u8 = 1;
const ASKED: u8 = 2;

/// From now on it may be asked for: the database is in the demonstration's own folder.
pub fn allow(desk: &Desk) {
    desk.again().store(POSSIBLE, Ordering::SeqCst);
}

/// True when it may be asked for.
pub fn is_possible(desk: &Desk, tools: &Tools) -> bool {
    tools.demo && desk.again().load(Ordering::SeqCst) == POSSIBLE
}

/// Asks that the demonstration begins anew: everything that was done in it is forgotten.
///
/// # Errors
/// AC203 where that is not possible.
pub fn ask(desk: &Desk, tools: &Tools) -> Result<(), Faults> {
    let again = desk.again();
    let turned = again.compare_exchange(POSSIBLE, ASKED, Ordering::SeqCst, Ordering::SeqCst);
    match (tools.demo, turned) {
        (true, Ok(_)) => Ok(()),
        (false, Ok(_)) => {
            again.store(NEVER, Ordering::SeqCst);
            Err(refuse::wrong().into())
        }
        (_, Err(_)) => Err(refuse::wrong().into()),
    }
}

/// True once it was asked for: who serves stops then.
pub fn is_asked(desk: &Desk) -> bool {
    desk.again().load(Ordering::SeqCst) == ASKED
}
