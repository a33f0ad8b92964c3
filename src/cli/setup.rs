//! From flags, environment and file to a configuration and a desk.

use std::path::Path;

use anyhow::Context;

use super::{Common, Stop, files};
use crate::acts::Desk;
use crate::acts::people::hash::Cost;
use crate::acts::people::{Tools, Ways};
use crate::config::{Config, Layer};
use crate::domain::fault::{Code, Fault, Faults};

/// The configuration file is not UTF-8.
pub const NOT_TEXT: Code = Code("CL103");

/// Where the embedded database lives unless told otherwise.
pub const HOME: &str = ".zhuchao";

/// The configuration; `home` holds the embedded database when no database is named.
pub fn config(common: &Common, home: &str, flags: Layer) -> Result<Config, Stop> {
    let file = match &common.config {
        Some(path) => file(path)?,
        None => Layer::default(),
    };
    let environment = Layer::environment(
        std::env::vars_os()
            .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))),
    )?;
    let named = Layer {
        database_url: common.database.clone().or(flags.database_url.clone()),
        ..flags
    };
    Ok(Layer::defaults(home)
        .under(file)
        .under(environment)
        .under(named)
        .finish()?)
}

fn file(path: &Path) -> Result<Layer, Stop> {
    let bytes = files::read(path)?;
    let name = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| {
        Fault::new(
            NOT_TEXT,
            format!("{name} is not UTF-8"),
            "save the configuration as UTF-8",
        )
    })?;
    Ok(Layer::file(&text, &name)?)
}

/// Makes the folder of the embedded database if it is missing.
pub fn folder(config: &Config) -> Result<(), Stop> {
    let path = config.database_url.strip_prefix("sqlite:").map(Path::new);
    if let Some(folder) = path
        .and_then(Path::parent)
        .filter(|p| !p.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))
            .map_err(Stop::Broken)?;
    }
    Ok(())
}

/// A desk at the configured database for the operator of this machine; its folder is made if missing.
pub fn desk(config: &Config) -> Result<Desk, Stop> {
    folder(config)?;
    Ok(Desk::open(&config.database_url, "operator")?)
}

/// The usual desk of a verb that works on the database.
pub fn usual_desk(common: &Common) -> Result<Desk, Stop> {
    desk(&config(common, HOME, Layer::default())?)
}

/// What sign-ins need, as configured.
pub fn tools(config: &Config) -> Result<Tools, Faults> {
    Tools::new(Ways {
        policy: config.auth_policy.parse().unwrap_or_default(),
        key_file: config.secret_key_file.clone(),
        cost: Cost::default(),
        demo: config.demo,
    })
}
