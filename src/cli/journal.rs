//! `zhuchao journal list | heads | verify FILE`: entries, daily heads of the chain, and whether the chain still holds
//! heads that were kept elsewhere (exit status 1 when not).

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Common, Stop, files, setup, show};
use crate::acts::record::heads::{self, Head, Held};
use crate::acts::record::journal::{self, Entered, Wanted};

/// Browse the journal, keep and verify its heads.
#[derive(Debug, clap::Args)]
pub struct Journal {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Entries in order.
    List(List),
    /// Head of the chain per day.
    Heads {
        /// Write them to a file: CSV, or JSON with --json.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Does the chain still hold heads that were kept elsewhere?
    Verify {
        /// A file of heads, CSV or JSON.
        file: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct List {
    /// Only of this act.
    #[arg(long)]
    act: Option<String>,
    /// Only about this noun, for example "case A-1".
    #[arg(long)]
    noun: Option<String>,
    /// Only by this account.
    #[arg(long)]
    actor: Option<String>,
    /// Not before this moment (RFC 3339).
    #[arg(long)]
    from: Option<DateTime<Utc>>,
    /// Before this moment.
    #[arg(long)]
    until: Option<DateTime<Utc>>,
    /// Only entries after this number; before it with `--newest`.
    #[arg(long, default_value_t = 0)]
    after: i64,
    /// The newest first.
    #[arg(long)]
    newest: bool,
    /// At most so many.
    #[arg(long, default_value_t = 200)]
    limit: u32,
}

#[derive(Serialize)]
#[serde(transparent)]
struct Entries(Vec<Value>);

impl fmt::Display for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
        for e in &self.0 {
            let cells = ["entry", "at", "actor", "act", "subject"].map(|k| word(&e[k]));
            writeln!(f, "{}", cells.join("  "))?;
        }
        Ok(())
    }
}

fn entry(e: &Entered) -> Value {
    json!({
        "entry": e.seq, "at": e.entry.at, "actor": e.entry.actor, "act": e.entry.act,
        "subject": e.entry.subject, "before": e.entry.before, "after": e.entry.after,
        "hash": e.hash,
    })
}

#[derive(Serialize)]
#[serde(transparent)]
struct Heads(Vec<Head>);

impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&heads::csv(&self.0))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Verified(Held);

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = &self.0;
        let word = if held.lost.is_empty() {
            "holds"
        } else {
            "DOES NOT HOLD"
        };
        write!(
            f,
            "the chain of {} entries {word} the {} heads",
            held.entries, held.heads
        )?;
        for lost in &held.lost {
            let day = lost
                .day
                .map_or_else(|| "chain".to_owned(), |d| d.to_string());
            write!(f, "\n{day}  entry {}: {}", lost.entry, lost.cause)?;
        }
        Ok(())
    }
}

impl Journal {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        match self.verb {
            Verb::List(list) => {
                let wanted = Wanted {
                    act: list.act,
                    subject: list.noun,
                    actor: list.actor,
                    from: list.from,
                    until: list.until,
                    after: list.after,
                    newest: list.newest,
                    limit: list.limit,
                };
                let all = journal::list(&desk, &wanted)?;
                show::result(&Entries(all.iter().map(entry).collect()), common.json)
            }
            Verb::Heads { output } => {
                let all = heads::heads(&desk)?;
                let Some(path) = output else {
                    return show::result(&Heads(all), common.json);
                };
                let text = match common.json {
                    true => json!(all).to_string(),
                    false => heads::csv(&all),
                };
                files::write(&path, text.as_bytes())
            }
            Verb::Verify { file } => {
                let kept = heads::read(&files::read(&file)?)?;
                let held = heads::verify(&desk, &kept)?;
                let holds = held.lost.is_empty();
                show::result(&Verified(held), common.json)?;
                if holds { Ok(()) } else { Err(Stop::Wrong) }
            }
        }
    }
}
