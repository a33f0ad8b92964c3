//! The binary: parses the command line, starts the log and opens one door.

use std::process::ExitCode;

use clap::Parser;
use zhuchao::cli::{self, Args};
use zhuchao::web;

fn main() -> ExitCode {
    let args = Args::parse();
    start_log();
    cli::run(args, &web::serve)
}

/// Logs go to the error stream; `RUST_LOG` chooses what.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
