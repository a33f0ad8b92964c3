//! `zhuchao round show | next | expire | end-due`: where a round stands, and what the machine may do about rounds
//! when the clock says so. Acts that officers sign are theirs alone: the table of powers lets no operator do
//! them.

use std::fmt;

use clap::Subcommand;
use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::rounds::view::{self, Seen};
use crate::acts::rounds::{contract_end, offers, succession};
use crate::domain::ids::{ContractId, OfferId};
use crate::domain::waiting_list::Succession;

/// Where a round stands, and what the clock asks for.
#[derive(Debug, clap::Args)]
pub struct RoundArgs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Show where a round stands.
    Show {
        /// The round.
        round: String,
    },
    /// Offer what is free in a confirmed round to the next in line.
    Next {
        /// The round.
        round: String,
    },
    /// Let offers lapse that were not answered or signed in time, and offer what is free then.
    Expire,
    /// Enter the end of contracts whose term is over.
    EndDue,
}

/// A round.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Shown(Seen);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = &self.0;
        let step = seen.procedure.step.name();
        write!(f, "round {}  {step}", seen.round.id)?;
        for (stage, count) in &seen.offers {
            write!(f, "\noffers      {stage:<10} {count}")?;
        }
        for (stage, count) in &seen.objections {
            write!(f, "\nobjections  {stage:<10} {count}")?;
        }
        for past in &seen.history {
            write!(f, "\n{}  {}", past.at.to_rfc3339(), past.act)?;
        }
        Ok(())
    }
}

/// Who was offered what is free.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Next(Option<Succession>);

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => write!(f, "nothing is free that serves anybody who waits"),
            Some(made) => {
                let offers: Vec<&str> = made.offers.iter().map(OfferId::as_str).collect();
                write!(f, "succession {}: {}", made.id, offers.join(", "))
            }
        }
    }
}

/// Offers that lapsed.
#[derive(Debug, Serialize)]
struct Lapsed {
    offers: Vec<OfferId>,
}

impl fmt::Display for Lapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} offers lapsed", self.offers.len())?;
        self.offers.iter().try_for_each(|id| write!(f, "\n{id}"))
    }
}

/// Contracts that ended.
#[derive(Debug, Serialize)]
struct Ended {
    contracts: Vec<ContractId>,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} contracts ended", self.contracts.len())?;
        self.contracts.iter().try_for_each(|id| write!(f, "\n{id}"))
    }
}

impl RoundArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        match self.verb {
            Verb::Show { round } => {
                let seen = view::show(&desk, &round.parse()?)?;
                show::result(&Shown(seen), common.json)
            }
            Verb::Next { round } => {
                let made = succession::offer_next(&desk, &round.parse()?)?;
                show::result(&Next(made), common.json)
            }
            Verb::Expire => {
                let offers = offers::expire_and_succeed(&desk)?;
                show::result(&Lapsed { offers }, common.json)
            }
            Verb::EndDue => {
                let contracts = contract_end::end_due(&desk)?;
                show::result(&Ended { contracts }, common.json)
            }
        }
    }
}
