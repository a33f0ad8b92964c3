//! `zhuchao serve`: serves the pages until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Common, Stop, setup, show};
use crate::acts::boards::Boards;
use crate::acts::people::accounts;
use crate::acts::view::source::BoardSource;
use crate::acts::{Desk, care};
use crate::config::{Config, Layer};
use crate::domain::fault::{Code, Fault};
use crate::worker::Worker;

/// The tables are missing or old.
pub const NOT_MIGRATED: Code = Code("CL130");
/// The address is taken or not ours.
pub const CANNOT_LISTEN: Code = Code("CL131");

/// Other machines can reach the address, and nobody can sign in.
pub const NOBODY: Code = Code("CL132");

/// The door to the pages; the binary hands it in. The last argument is called with the address.
pub type Serve =
    dyn Fn(&Config, Arc<dyn BoardSource>, Desk, &dyn Fn(SocketAddr)) -> std::io::Result<()>;

/// Serve the pages.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// Address and port. Default: 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl ServeArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common, server: &Serve) -> Result<(), Stop> {
        let flags = Layer {
            listen: self.listen,
            ..Layer::default()
        };
        let config = setup::config(common, setup::HOME, flags)?;
        let desk = setup::desk(&config)?;
        if !care::pending(&desk)?.is_empty() {
            return Err(Fault::new(
                NOT_MIGRATED,
                "the tables are missing or older than this program",
                "run `zhuchao migrate`",
            )
            .into());
        }
        if !config.listen.ip().is_loopback() && !accounts::any_administrator(&desk)? {
            let cause = format!(
                "{} is reachable from other machines, and nobody can sign in",
                config.listen
            );
            let action =
                "serve on 127.0.0.1 and set up the administrators with `zhuchao admin` first";
            return Err(Fault::new(NOBODY, cause, action).into());
        }
        open(&config, desk, server)
    }
}

/// Opens the door, with the workers inside.
pub fn open(config: &Config, desk: Desk, server: &Serve) -> Result<(), Stop> {
    let ready =
        |address: SocketAddr| show::say(&format!("serving http://{address}/  (Ctrl-C ends)"));
    let stop = Arc::new(AtomicBool::new(false));
    let hands: Vec<Worker> = (0..config.workers_inside)
        .map(|n| {
            Worker::new(
                &desk,
                &format!("{}.{n}", std::process::id()),
                Arc::clone(&stop),
            )
        })
        .collect();
    let served = std::thread::scope(|scope| {
        for hand in &hands {
            scope.spawn(|| hand.work());
        }
        let served = server(config, Arc::new(Boards::new(desk.clone())), desk, &ready);
        // A running task is handed back; the next worker does it whole.
        stop.store(true, Ordering::SeqCst);
        served
    });
    served.map_err(|e| {
        let cause = format!("cannot serve on {}: {e}", config.listen);
        Fault::new(
            CANNOT_LISTEN,
            cause,
            "choose another address with --listen or ZHUCHAO_LISTEN",
        )
        .into()
    })
}
