//! The binary: parses the command line, starts the log and opens one door.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use zhuchao::acts::view::source::BoardSource;
use zhuchao::acts::{Desk, people};
use zhuchao::cli::{self, Args};
use zhuchao::config::Config;
use zhuchao::web;
use zhuchao::web::caller::Office;

fn main() -> ExitCode {
    let args = Args::parse();
    start_log();
    cli::run(args, &serve)
}

/// The door to the pages.
fn serve(
    config: &Config,
    source: Arc<dyn BoardSource>,
    desk: Desk,
    ready: &dyn Fn(SocketAddr),
) -> std::io::Result<()> {
    let settings = web::Settings {
        listen: config.listen,
        proxies: config.trusted_proxies.clone(),
        limits: config.limits,
        pdf_font: config.pdf_font.clone(),
        base_path: config.base_path.clone(),
        hosts: config.hosts.clone(),
        footer: config.footer.clone(),
        ..web::Settings::default()
    };
    let keeper = Arc::new(people::Keeper::new(desk.clone()));
    let tools = cli::tools(config).map_err(std::io::Error::other)?;
    let office = Office {
        desk,
        keeper,
        tools: Some(Arc::new(tools)),
    };
    web::serve(settings, source, office, ready)
}

/// Logs go to the error stream; `RUST_LOG` chooses what.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new("warn,highs=error,zhuchao::access=info")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
