//! `zhuchao ask foil|freed|more|conflict|frontier|envy|fairness|money PLAN SNAPSHOT ...`.
//!
//! Not here: certificates (`certificate`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{About, Common, Stop};
use crate::domain::fault::Fault;
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::money::Fen;
use crate::planning::ask::again::Effort;
use crate::planning::ask::bad;
use crate::planning::ask::footing::Footing;
use crate::planning::conflict;
use crate::planning::conflict::piece::Board;
use crate::planning::disrupt::{self, Event};
use crate::planning::fair::report::report;
use crate::planning::fair::table;
use crate::planning::foil::{self, Demand};
use crate::planning::front;
use crate::planning::inverse::{building, freed, more};
use crate::planning::words;

/// Demands by flags.
#[derive(Debug, clap::Args)]
struct Demands {
    /// APPLICATION=UNIT: this firm gets this unit.
    #[arg(long, value_name = "APPLICATION=UNIT")]
    give: Vec<String>,
    /// APPLICATION=DISTRICT: this firm is in this district.
    #[arg(long, value_name = "APPLICATION=DISTRICT")]
    district: Vec<String>,
    /// This firm gets a place.
    #[arg(long, value_name = "APPLICATION")]
    place: Vec<ApplicationId>,
    /// This firm keeps what the plan gives it.
    #[arg(long, value_name = "APPLICATION")]
    keep: Vec<ApplicationId>,
}

/// `A=B`, or PL202.
fn pair(text: &str) -> Result<(&str, &str), Fault> {
    text.split_once('=')
        .ok_or_else(|| bad(format!("{text} is not of the form A=B")))
}

impl Demands {
    fn read(&self) -> Result<Vec<Demand>, Fault> {
        let mut all = Vec::new();
        for text in &self.give {
            let (application, unit) = pair(text)?;
            all.push(Demand::Give {
                application: application.parse()?,
                unit: unit.parse()?,
            });
        }
        for text in &self.district {
            let (application, district) = pair(text)?;
            all.push(Demand::District {
                application: application.parse()?,
                district: district.parse()?,
            });
        }
        let places = self.place.iter().cloned();
        all.extend(places.map(|application| Demand::Place { application }));
        let kept = self.keep.iter().cloned();
        all.extend(kept.map(|application| Demand::Keep { application }));
        Ok(all)
    }
}

fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// What if.
#[derive(Debug, clap::Args)]
pub(super) struct Foil {
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    demands: Demands,
    /// Only the quick answer: a guarantee from the prices, and the firms around.
    #[arg(long)]
    quick: bool,
}

impl Foil {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let footing = read.footing()?;
        let (quote, demands) = (footing.quote()?, self.demands.read()?);
        if self.quick {
            let effort = Effort {
                seconds: self.about.seconds.unwrap_or(1.0),
                ..read.effort.clone()
            };
            let answer = foil::screen(&footing, &quote, &demands, &effort, &go())?;
            let told = words::foil::screened(&read.names(), &answer);
            return self.about.show(answer, told, common);
        }
        let answer = foil::ask(&footing, &quote, &demands, &read.effort, &go())?;
        let told = words::foil::answered(&read.names(), &answer);
        self.about.show(answer, told, common)
    }
}

/// A unit that is given back.
#[derive(Debug, clap::Args)]
pub(super) struct Freed {
    #[command(flatten)]
    about: About,
    /// The unit.
    #[arg(long)]
    unit: UnitId,
    /// Applications for which others may move.
    #[arg(long, default_value_t = 5)]
    most: usize,
    /// Solve each again with a bound.
    #[arg(long)]
    exact: bool,
}

impl Freed {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let depth = freed::Depth {
            most: self.most,
            exact: self.exact,
            effort: read.effort.clone(),
        };
        let answer = freed::freed(&read.footing()?, &self.unit, &depth, &go())?;
        let told = words::inverse::freed(&answer, answer.ranking.len());
        self.about.show(answer, told, common)
    }
}

/// More of something.
#[derive(Debug, clap::Args)]
pub(super) struct More {
    #[command(flatten)]
    about: About,
    /// DISTRICT=YUAN more quota; each by itself.
    #[arg(long, value_name = "DISTRICT=YUAN")]
    quota: Vec<String>,
    /// TYPE=COUNT more apartments; each by itself.
    #[arg(long, value_name = "TYPE=COUNT")]
    apartments: Vec<String>,
    /// A second building like this one.
    #[arg(long, value_name = "BUILDING")]
    twin: Option<String>,
    /// How many are solved again.
    #[arg(long, default_value_t = 5)]
    most: usize,
}

impl More {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let footing = read.footing()?;
        if let Some(twin) = &self.twin {
            let inventory = building::twin(&read.snapshot.inventory, twin)?;
            let answer = building::opened(&footing, inventory, &read.effort, &go())?;
            let told = words::inverse::opened(&answer);
            return self.about.show(answer, told, common);
        }
        let all = self.all()?;
        let ranked = (self.most, &read.effort);
        let answer = more::rank(&footing, &all, ranked, &go())?;
        let told = words::inverse::more(&read.names(), &answer);
        self.about.show(answer, told, common)
    }

    fn all(&self) -> Result<Vec<more::More>, Fault> {
        let mut all = Vec::new();
        for text in &self.quota {
            let (district, yuan) = pair(text)?;
            all.push(more::More::Quota {
                district: district.parse()?,
                amount: yuan.parse::<Fen>()?,
            });
        }
        for text in &self.apartments {
            let (apartment, count) = pair(text)?;
            let count = count.parse();
            all.push(more::More::Apartments {
                apartment: apartment.parse()?,
                count: count.map_err(|_| bad(format!("{text} has no whole number")))?,
            });
        }
        Ok(all)
    }
}

/// Demands that may conflict.
#[derive(Debug, clap::Args)]
pub(super) struct Conflict {
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    demands: Demands,
}

impl Conflict {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let footing = read.footing()?;
        let keeps = |id: &ApplicationId| {
            let case = read.built.cases.iter().find(|c| c.application == *id)?;
            foil::demand::has(&footing, case)
        };
        let board = Board::of(&read.snapshot, &read.built, &self.demands.read()?, &keeps)?;
        let answer = conflict::find(&board, &read.effort, &go())?;
        let told = words::conflict::found(&read.names(), &answer);
        self.about.show(answer, told, common)
    }
}

/// Points against moves.
#[derive(Debug, clap::Args)]
pub(super) struct Frontier {
    #[command(flatten)]
    about: About,
    /// This firm withdraws.
    #[arg(long, value_name = "APPLICATION")]
    withdrawn: Vec<ApplicationId>,
    /// This unit is lost.
    #[arg(long, value_name = "UNIT")]
    lost: Vec<UnitId>,
    /// DISTRICT=YUAN is left of the quota.
    #[arg(long, value_name = "DISTRICT=YUAN")]
    cut: Vec<String>,
    #[command(flatten)]
    demands: Demands,
    /// Points of the frontier.
    #[arg(long, default_value_t = 5)]
    points: usize,
}

impl Frontier {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let events = self.events()?;
        let limits = (self.points.clamp(2, 7), &read.effort);
        let answer = disrupt::frontier(&read.footing()?, &events, limits, &go())?;
        let told = words::frontier::frontier(&answer);
        self.about.show(answer, told, common)
    }

    fn events(&self) -> Result<Vec<Event>, Fault> {
        let mut all: Vec<Event> = Vec::new();
        let gone = self.withdrawn.iter().cloned();
        all.extend(gone.map(|application| Event::Withdrawn { application }));
        all.extend(self.lost.iter().cloned().map(|unit| Event::Lost { unit }));
        for text in &self.cut {
            let (district, yuan) = pair(text)?;
            all.push(Event::Cut {
                district: district.parse()?,
                amount: yuan.parse()?,
            });
        }
        let must = self.demands.read()?.into_iter();
        all.extend(must.map(|demand| Event::Must { demand }));
        Ok(all)
    }
}

/// Who could complain.
#[derive(Debug, clap::Args)]
pub(super) struct Envy {
    #[command(flatten)]
    about: About,
    /// Pairs told each in a sentence; `--json` gives all.
    #[arg(long, default_value_t = 50)]
    most: usize,
}

impl Envy {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let footing = Footing::unpriced(&read.snapshot, &read.built, &read.plan)?;
        let answer = report(&footing)?;
        let told = words::envy::report(&read.names(), &answer, self.most);
        self.about.show(answer, told, common)
    }
}

/// The price of fairness.
#[derive(Debug, clap::Args)]
pub(super) struct Fairness {
    #[command(flatten)]
    about: About,
}

impl Fairness {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let answer = table::table(&read.snapshot, &read.built, &read.effort, &go())?;
        let told = words::fair::table(&answer);
        self.about.show(answer, told, common)
    }
}

/// Money against points.
#[derive(Debug, clap::Args)]
pub(super) struct Money {
    #[command(flatten)]
    about: About,
    /// Shares of today's quotas in basis points.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "0,2500,5000,7500,10000,12500,15000"
    )]
    shares: Vec<u32>,
    /// Steps above the quota of each district in basis points.
    #[arg(long, value_delimiter = ',', default_value = "500,1000,2000")]
    steps: Vec<u32>,
}

impl Money {
    pub(super) fn run(self, common: &Common) -> Result<(), Stop> {
        let read = self.about.read()?;
        let footing = read.footing()?;
        let steps = front::front(&footing, &self.shares, &read.effort, &go())?;
        let next = front::next_yuan(&footing, &self.steps, &read.effort, &go())?;
        let mut told = words::money::front(&steps);
        told.extend(words::money::next(&read.names(), &next));
        self.about.show((steps, next), told, common)
    }
}
