//! `zhuchao demo`: an embedded database in a folder, the real tables with synthetic applicants, one
//! round solved and proved, the result printed; then served, unless `--once`. DATABASE_URL and the
//! like are not looked at: the demonstration writes only into its own folder.
//!
//! Run again in the same folder it shows the plan that is there.

use std::path::PathBuf;

use super::progress::Shown;
use super::solve::Limits;
use super::{Common, Serve, Stop, demo_people, interrupt, plan, serve, setup, show};
use crate::acts::plan::Made;
use crate::acts::{Desk, care, embedded, freeze, seed};
use crate::config::Layer;
use crate::domain::fault::{Code, Fault};
use crate::domain::ids::RoundId;

/// The demonstration never writes into a database that somebody else named.
pub const OWN_DATABASE: Code = Code("CL140");

/// The demonstration is served to this machine alone.
pub const HERE_ONLY: Code = Code("CL141");

/// Show everything on real data.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Print the result and end.
    #[arg(long)]
    once: bool,
    /// Folder of the embedded database and of the files that prove the plan.
    #[arg(long, value_name = "DIR", default_value = setup::HOME)]
    home: PathBuf,
    /// Address and port of the page. Default: 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Limits of the run.
    #[command(flatten)]
    limits: Limits,
}

impl Demo {
    /// Runs the verb.
    pub fn run(self, common: &Common, server: &Serve) -> Result<(), Stop> {
        let flags = Layer {
            listen: self.listen.clone(),
            database_url: Some(format!("sqlite:{}/zhuchao.sqlite", self.home.display())),
            ..Layer::default()
        };
        if common.database.is_some() {
            let cause = "the demonstration has a database of its own, in the folder of --home";
            return Err(Fault::new(OWN_DATABASE, cause, "leave --database out").into());
        }
        let mut config = setup::config(common, &self.home.to_string_lossy(), flags)?;
        config.demo = true;
        if !config.listen.ip().is_loopback() {
            let cause = "the demonstration asks officers for no second factor";
            let action = "listen on 127.0.0.1, or use `zhuchao serve` with accounts of your own";
            return Err(Fault::new(HERE_ONLY, cause, action).into());
        }
        let stop = interrupt::Interrupt::install();
        let desk = setup::desk(&config)?;
        let shown = Shown::begin(common.progress);
        shown.step("preparing the database");
        care::migrate(&desk)?;
        let round = seed::demo(&desk)?;
        let made = self.made(&desk, &round, &shown, &stop)?;
        shown.end();
        plan::write_files(&self.home, &made)?;
        demo_people::make(&desk, &config, &self.home)?;
        self.label(common)?;
        show::result(
            &plan::planned(round, &made, Some(self.home.clone()))?,
            common.json,
        )?;
        if self.once {
            return Ok(());
        }
        stop.leave_to_server();
        serve::open(&config, desk, server)
    }

    /// Solves the newest snapshot; the same snapshot, seed and settings give the same plan, which
    /// is then stored already.
    fn made(
        &self,
        desk: &Desk,
        round: &RoundId,
        shown: &Shown,
        stop: &interrupt::Interrupt,
    ) -> Result<Made, Stop> {
        if !freeze::is_frozen(desk, round)? {
            shown.step("freezing the round");
            freeze::freeze(desk, round)?;
        }
        plan::make(desk, round, &self.limits, shown, stop)
    }

    fn label(&self, common: &Common) -> Result<(), Stop> {
        if !common.json {
            let demo = embedded::demo_round()?;
            show::say(&demo.label_zh);
            show::say(&demo.label_en);
        }
        Ok(())
    }
}
