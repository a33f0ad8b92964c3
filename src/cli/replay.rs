//! `zhuchao replay KIND KEY` and `zhuchao replay --all --round R`: rebuilds decisions from what is stored; exit
//! status 1 when any differs. Ctrl-C ends with what was replayed so far, which is then not all.

use std::fmt;
use std::sync::atomic::Ordering;

use serde::Serialize;

use super::interrupt::Interrupt;
use super::progress::Shown;
use super::{Common, Stop, setup, show};
use crate::acts::Desk;
use crate::acts::record::replay::{self, Again, Decision, Replay, Summary};

use crate::domain::ids::RoundId;

/// Replay decisions.
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// plan, allocation, case, objection, offer, succession or contract.
    #[arg(required_unless_present = "all", requires = "key")]
    kind: Option<String>,
    /// Its key; the digest of a plan, the round of an allocation.
    #[arg(conflicts_with = "all")]
    key: Option<String>,
    /// Every decision.
    #[arg(long)]
    all: bool,
    /// With --all: only of this round.
    #[arg(long, value_name = "ID", requires = "all")]
    round: Option<RoundId>,
    /// Solve plans again and compare them byte for byte.
    #[arg(long)]
    solve: bool,
    /// Limit in nominal seconds of work for plans whose limit is not recorded.
    #[arg(long, value_name = "S", requires = "solve")]
    work: Option<u32>,
}

/// One decision.
#[derive(Serialize)]
#[serde(transparent)]
struct One(Replay);

impl fmt::Display for One {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let r = &self.0;
        let word = if r.matches { "matches" } else { "DIFFERS" };
        write!(f, "{word}  {} {}", r.kind, r.key)?;
        if let Some(policy) = &r.policy {
            write!(f, "\npolicy    {} {}", policy.version, policy.digest)?;
        }
        for (name, digest) in [("snapshot", &r.snapshot), ("plan", &r.plan)] {
            if let Some(digest) = digest {
                write!(f, "\n{name:<8}  {digest}")?;
            }
        }
        for s in &r.signatures {
            write!(
                f,
                "\nsigned    {} by {} ({}), entry {}",
                s.what, s.by, s.role, s.entry
            )?;
        }
        for what in &r.proven {
            write!(f, "\nproven    {what}")?;
        }
        if let Some(why) = r.solved.as_ref().and_then(|s| s.not.as_ref()) {
            write!(f, "\nnot solved again: {why}")?;
        }
        for d in &r.differences {
            write!(
                f,
                "\ndiffers   {}: expected {}, found {}",
                d.place, d.expected, d.found
            )?;
        }
        Ok(())
    }
}

/// Many decisions.
#[derive(Serialize)]
struct Many {
    matches: bool,
    #[serde(flatten)]
    summary: Summary,
}

impl fmt::Display for Many {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = &self.summary;
        write!(
            f,
            "{} of {} decisions replayed, {} differ",
            s.replayed,
            s.decisions,
            s.differing.len()
        )?;
        for (name, d) in s.differences() {
            write!(
                f,
                "\n{name}  {}: expected {}, found {}",
                d.place, d.expected, d.found
            )?;
        }
        Ok(())
    }
}

impl ReplayArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let stop = Interrupt::install();
        let shown = Shown::begin(common.progress);
        let told = |p| shown.solver(&p);
        let again = self.solve.then(|| Again {
            work: self.work,
            stop: stop.flag(),
            told: &told,
        });
        let matches = match (&self.kind, &self.key) {
            (Some(kind), Some(key)) => {
                let one = replay::replay(&desk, kind, key, again.as_ref())?;
                shown.end();
                let matches = one.matches;
                show::result(&One(one), common.json)?;
                matches
            }
            _ => {
                let summary = self.every(&desk, again.as_ref(), &shown, &stop)?;
                shown.end();
                let matches = summary.matches();
                show::result(&Many { matches, summary }, common.json)?;
                matches
            }
        };
        if matches { Ok(()) } else { Err(Stop::Wrong) }
    }

    fn every(
        &self,
        desk: &Desk,
        again: Option<&Again<'_>>,
        shown: &Shown,
        stop: &Interrupt,
    ) -> Result<Summary, Stop> {
        let rounds = match &self.round {
            Some(round) => vec![round.clone()],
            None => replay::rounds(desk)?,
        };
        let flag = stop.flag();
        let mut told = |d: &Decision, n: usize, all: usize| {
            shown.step(&format!("{} of {all}: {} {}", n + 1, d.kind, d.key));
            !flag.load(Ordering::SeqCst)
        };
        let mut whole = Summary::default();
        for round in rounds {
            let one = replay::replay_round(desk, &round, again, &mut told)?;
            whole.replayed += one.replayed;
            whole.decisions += one.decisions;
            whole.differing.extend(one.differing);
        }
        Ok(whole)
    }
}
