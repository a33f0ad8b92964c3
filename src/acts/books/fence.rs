//! The fence around the reader of workbooks. A small file can make any reader ask for gigabytes or
//! run for hours, so it runs in a process of its own: this program with the verb `import-worker`, which takes
//! limits upon itself (`cli::import_worker`), under a clock that this side keeps.
//!
//! Not here: the reading (`intake::workbook`).

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::READER_STOPPED;
use crate::domain::fault::{Code, Fault, Place};
use crate::intake::sheet::Sheet;
use crate::intake::workbook::open;
use crate::intake::workbook_guard::inspect;
use crate::intake::{Limits, codes};

/// Longest time that a workbook is read.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at whether the reader is done.
const LOOK: Duration = Duration::from_millis(5);
/// Most bytes that the reader may answer.
const ANSWER_MAX: u64 = 256 << 20;

/// Where workbooks are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fence {
    /// In another process: this program.
    Around(PathBuf),
    /// In this process; for the process that is fenced itself.
    None,
}

/// What the reader answers.
#[derive(serde::Serialize, serde::Deserialize)]
enum Answer {
    Sheet(Sheet),
    Refused {
        code: String,
        cause: String,
        action: String,
        place: Place,
    },
}

impl Fence {
    /// Around this very program. Where it cannot be named nothing can be read.
    pub fn around_me() -> Fence {
        Fence::Around(std::env::current_exe().unwrap_or_default())
    }

    /// Reads a workbook.
    ///
    /// # Errors
    /// IN170 to IN172; AC501 when the reader stopped.
    pub fn read(&self, bytes: &[u8]) -> Result<Sheet, Fault> {
        match self {
            Fence::None => open(bytes, &Limits::default()),
            Fence::Around(program) => {
                // What is refused by size alone needs no process.
                inspect(bytes)?;
                asked(program, bytes)
            }
        }
    }
}

/// The other side: reads the workbook and writes the answer as the asking side wants it.
///
/// # Errors
/// The workbook cannot be taken in or the answer not written.
pub fn answer(source: &mut dyn Read, out: &mut dyn Write) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    let answer = match open(&bytes, &Limits::default()) {
        Ok(sheet) => Answer::Sheet(sheet),
        Err(fault) => Answer::Refused {
            code: fault.code.0.to_owned(),
            cause: fault.cause,
            action: fault.action,
            place: fault.place,
        },
    };
    serde_json::to_writer(out, &answer)?;
    Ok(())
}

fn asked(program: &Path, bytes: &[u8]) -> Result<Sheet, Fault> {
    let mut child = Command::new(program)
        .arg("import-worker")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| stopped(&e.to_string()))?;
    let answer = spoken(&mut child, bytes);
    // It is done, or it must not go on.
    let _ = child.kill();
    let _ = child.wait();
    let text = answer?;
    match serde_json::from_slice(&text) {
        Ok(Answer::Sheet(sheet)) => Ok(sheet),
        Ok(Answer::Refused {
            code,
            cause,
            action,
            place,
        }) => Err(Fault::new(known(&code), cause, action).at(place)),
        Err(_) => Err(stopped("it took too much memory or time")),
    }
}

/// Sends the bytes and hears the answer, each on a thread, until the patience is over.
fn spoken(child: &mut Child, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (Some(mut input), Some(output)) = (input, output) else {
        return Err(stopped("it cannot be spoken to"));
    };
    let sent = bytes.to_vec();
    // A reader that stops early closes its ear: that is told by its answer.
    thread::spawn(move || input.write_all(&sent));
    let heard = thread::spawn(move || {
        let mut text = Vec::new();
        output.take(ANSWER_MAX).read_to_end(&mut text).map(|_| text)
    });
    let until = Instant::now() + PATIENCE;
    while !heard.is_finished() {
        if Instant::now() >= until {
            return Err(stopped("it took too long"));
        }
        thread::sleep(LOOK);
    }
    let text = heard.join().unwrap_or_else(|_| Ok(Vec::new()));
    text.map_err(|e| stopped(&e.to_string()))
}

fn known(code: &str) -> Code {
    let all = [
        codes::NO_WORKBOOK,
        codes::BOOK_TOO_LARGE,
        codes::ACTIVE_BOOK,
    ];
    let found = all.into_iter().find(|c| c.0 == code);
    found.unwrap_or(codes::NO_WORKBOOK)
}

fn stopped(why: &str) -> Fault {
    Fault::new(
        READER_STOPPED,
        format!("the workbook could not be read: {why}"),
        "save it again as a plain .xlsx, or send the table as CSV",
    )
}
