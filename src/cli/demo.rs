//! `zhuchao demo`: an embedded database in a folder, the real tables with synthetic applicants, one
//! round solved and proved, the result printed; then served, unless `--once`. DATABASE_URL and the
//! like are not looked at: the demonstration writes only into its own folder, unless a synthetic city
//! (`--city`) is shown from the database that `--database` names.
//!
//! Run again in the same folder it shows the plan that is there.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use super::progress::Shown;
use super::solve::Limits;
use super::{Common, Serve, Stop, demo_people, files, interrupt, plan, serve, setup, show};
use crate::acts::people::{again, demo};
use crate::acts::plan::Made;
use crate::acts::rounds::view;
use crate::acts::{Desk, care, city, embedded, freeze, seed};
use crate::config::{Config, Layer};
use crate::domain::fault::{Code, Fault};
use crate::domain::ids::RoundId;
use crate::domain::procedure::Step;

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
    /// Show the synthetic city of this snapshot file, its round still open, instead of the real data.
    #[arg(long, value_name = "SNAPSHOT", conflicts_with = "once")]
    city: Option<PathBuf>,
    /// Address and port of the page. Default: 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Limits of the run.
    #[command(flatten)]
    limits: Limits,
}

/// Officers are asked for no second factor here, so nobody's own accounts may be in the database.
fn ours_alone(desk: &Desk) -> Result<(), Stop> {
    if demo::is_demo_only(desk)? {
        return Ok(());
    }
    let cause = "the database holds accounts that are not of a demonstration";
    let action = "leave --database out, or name an empty database";
    Err(Fault::new(OWN_DATABASE, cause, action).into())
}

/// The address with a port, where any would do: begun anew, it is served where it was.
fn kept(listen: SocketAddr) -> Result<SocketAddr, Stop> {
    if listen.port() != 0 {
        return Ok(listen);
    }
    let bound = TcpListener::bind(listen).and_then(|l| l.local_addr());
    bound.map_err(|e| Stop::Broken(anyhow::Error::new(e).context("no port is free")))
}

/// Removes the embedded database of a folder.
fn wiped(home: &Path) -> Result<(), Stop> {
    for name in ["zhuchao.sqlite", "zhuchao.sqlite-wal", "zhuchao.sqlite-shm"] {
        let path = home.join(name);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                let broken =
                    anyhow::Error::new(e).context(format!("cannot remove {}", path.display()));
                return Err(Stop::Broken(broken));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Demo {
    /// Runs the verb.
    pub fn run(self, common: &Common, server: &Serve) -> Result<(), Stop> {
        if common.database.is_some() && self.city.is_none() {
            let cause = "the demonstration has a database of its own, in the folder of --home";
            return Err(Fault::new(OWN_DATABASE, cause, "leave --database out").into());
        }
        let own = format!("sqlite:{}/zhuchao.sqlite", self.home.display());
        let flags = Layer {
            listen: self.listen.clone(),
            database_url: Some(common.database.clone().unwrap_or(own)),
            ..Layer::default()
        };
        let mut config = setup::config(common, &self.home.to_string_lossy(), flags)?;
        config.demo = true;
        if !config.listen.ip().is_loopback() {
            let cause = "the demonstration asks officers for no second factor";
            let action = "listen on 127.0.0.1, or use `zhuchao serve` with accounts of your own";
            return Err(Fault::new(HERE_ONLY, cause, action).into());
        }
        config.listen = kept(config.listen)?;
        let stop = interrupt::Interrupt::install();
        loop {
            let desk = self.prepared(common, &config, &stop)?;
            if self.once {
                return Ok(());
            }
            if self.city.is_none() {
                again::allow(&desk);
            }
            stop.leave_to_server();
            serve::open(&config, desk.clone(), server)?;
            if !again::is_asked(&desk) {
                return Ok(());
            }
            drop(desk);
            stop.take_back();
            wiped(&self.home)?;
            show::say("the demonstration begins anew");
        }
    }

    /// The database with everything in it.
    fn prepared(
        &self,
        common: &Common,
        config: &Config,
        stop: &interrupt::Interrupt,
    ) -> Result<Desk, Stop> {
        let desk = setup::desk(config)?;
        let shown = Shown::begin(common.progress);
        shown.step("preparing the database");
        care::migrate(&desk)?;
        ours_alone(&desk)?;
        match &self.city {
            Some(file) => self.city(common, &desk, file)?,
            None => self.real(common, &desk, &shown, stop)?,
        }
        shown.end();
        demo_people::make(&desk, config, &self.home)?;
        Ok(desk)
    }

    /// The real data, with the round solved; a round that went on since is not planned again.
    fn real(
        &self,
        common: &Common,
        desk: &Desk,
        shown: &Shown,
        stop: &interrupt::Interrupt,
    ) -> Result<(), Stop> {
        let round = seed::demo(desk)?;
        let step = view::show(desk, &round)?.procedure.step;
        if !matches!(step, Step::Preparing | Step::Frozen | Step::Chosen) {
            let step = step.name();
            show::say(&format!(
                "round {round} stands at {step}: it is shown as it is"
            ));
            return self.label(common);
        }
        let made = self.made(desk, &round, shown, stop)?;
        plan::write_files(&self.home, &made)?;
        self.label(common)?;
        show::result(
            &plan::planned(round, &made, Some(self.home.clone()))?,
            common.json,
        )
    }

    /// A synthetic city; a second start finds it there.
    fn city(&self, common: &Common, desk: &Desk, file: &Path) -> Result<(), Stop> {
        let bytes = files::read(file)?;
        match city::load(desk, &bytes, false) {
            Err(faults) if faults.0.iter().all(|f| f.code == city::NOT_EMPTY) => Ok(()),
            loaded => show::result(&loaded?, common.json),
        }
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
