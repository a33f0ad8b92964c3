//! `zhuchao import-worker`: the fenced reader of workbooks. It takes limits upon itself before it looks at
//! anything, reads a workbook from the standard input and writes the sheet to the standard output.
//! It is started by the program itself (`acts::books::fence`).

use std::io;

use rlimit::Resource;

use super::Stop;
use crate::acts::books::fence;

/// Most memory, in bytes.
const MEMORY: u64 = 1 << 30;
/// Most seconds of processor.
const SECONDS: u64 = 60;

/// Runs the verb.
pub fn run() -> Result<(), Stop> {
    limited()?;
    let (mut source, mut out) = (io::stdin().lock(), io::stdout().lock());
    fence::answer(&mut source, &mut out)?;
    Ok(())
}

/// Memory, time, no files, no core to be written.
fn limited() -> io::Result<()> {
    let limits = [
        (Resource::AS, MEMORY),
        (Resource::CPU, SECONDS),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
    ];
    limits
        .into_iter()
        .try_for_each(|(what, most)| what.set(most, most))
}
