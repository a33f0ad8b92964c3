//! One typed configuration value: defaults < file < environment < flags. Unknown keys are refused,
//! so that a misspelt setting never passes in silence.
//!
//! Not here: reading the environment or the disk (the caller passes both in) and any use of a setting.

mod frame;
mod limits;
mod network;

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

pub use frame::Footer;
pub use limits::{Limits, LimitsLayer};
pub use network::Network;

use crate::domain::fault::{Code, Fault, Faults, Place};

/// A configuration file is not TOML, or holds a key that does not exist.
pub const BAD_FILE: Code = Code("CF101");
/// A setting has a value of the wrong kind.
pub const BAD_VALUE: Code = Code("CF102");
/// An environment variable beginning with ZHUCHAO_ is not a setting.
pub const UNKNOWN_VARIABLE: Code = Code("CF103");
/// The address is not a loopback address and `open_listen` is off.
pub const OPEN_ADDRESS: Code = Code("CF104");

/// The address is not a loopback address and no proxy is named that ends TLS.
pub const NO_PROXY: Code = Code("CF105");

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://...`.
    pub database_url: String,
    /// Address of the web server.
    pub listen: SocketAddr,
    /// Serve on an address that other machines reach. Off by default, and only with
    /// [`Config::trusted_proxies`]: TLS is the work of a proxy.
    pub open_listen: bool,
    /// Proxies that end TLS, and whose word about a caller's address is taken.
    pub trusted_proxies: Vec<Network>,
    /// Path under which a proxy serves the pages; empty at the root.
    pub base_path: String,
    /// Further names under which a demonstration is opened, beside those of this machine.
    pub hosts: Vec<String>,
    /// What the footer says of who runs the pages.
    pub footer: Footer,
    /// Requests per minute and address.
    pub limits: Limits,
    /// Rules for passwords: `mlps` (等保 2.0) or `asvs` (ASVS 5.0).
    pub auth_policy: String,
    /// File of the key that seals second factors; made on first use. Not in the database.
    pub secret_key_file: PathBuf,
    /// In the home of a demonstration: officers are not asked for a second factor. No setting turns
    /// it on.
    pub demo: bool,
    /// Workers inside a serving process; 0 where workers run by themselves.
    pub workers_inside: u32,
    /// Font of notices as PDF, for a program built with the feature `pdf`; `PATH#2` names a part of a collection.
    pub pdf_font: Option<String>,
}

/// Settings that may be left out; one layer over another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// See [`Config::database_url`].
    pub database_url: Option<String>,
    /// See [`Config::listen`].
    pub listen: Option<String>,
    /// See [`Config::open_listen`].
    pub open_listen: Option<bool>,
    /// See [`Config::trusted_proxies`]: addresses, or networks such as `10.0.0.0/8`.
    pub trusted_proxies: Option<Vec<String>>,
    /// See [`Config::base_path`].
    pub base_path: Option<String>,
    /// See [`Config::hosts`].
    pub hosts: Option<Vec<String>>,
    /// See [`Config::footer`].
    #[serde(default)]
    pub footer: Footer,
    /// See [`Config::limits`].
    #[serde(default)]
    pub limits: LimitsLayer,
    /// See [`Config::auth_policy`].
    pub auth_policy: Option<String>,
    /// See [`Config::secret_key_file`].
    pub secret_key_file: Option<String>,
    /// See [`Config::workers_inside`].
    pub workers_inside: Option<u32>,
    /// See [`Config::pdf_font`].
    pub pdf_font: Option<String>,
}

impl Layer {
    /// The built-in settings: an embedded database below `home`, loopback.
    pub fn defaults(home: &str) -> Layer {
        Layer {
            database_url: Some(format!("sqlite:{home}/zhuchao.sqlite")),
            listen: Some("127.0.0.1:8080".to_owned()),
            open_listen: Some(false),
            auth_policy: Some("mlps".to_owned()),
            secret_key_file: Some(format!("{home}/secret.key")),
            workers_inside: Some(1),
            ..Layer::default()
        }
    }

    /// Reads a configuration file.
    pub fn file(text: &str, name: &str) -> Result<Layer, Faults> {
        toml::from_str(text).map_err(|e| {
            let place = Place {
                source: Some(name.to_owned()),
                ..Place::default()
            };
            Fault::new(
                BAD_FILE,
                e.message().to_owned(),
                "correct the file; the README lists the settings",
            )
            .at(place)
            .into()
        })
    }

    /// Reads `ZHUCHAO_*` and `DATABASE_URL`; other variables are not looked at.
    pub fn environment(all: impl IntoIterator<Item = (String, String)>) -> Result<Layer, Faults> {
        let mut layer = Layer::default();
        let mut faults = Vec::new();
        for (key, value) in all {
            if let Err(fault) = layer.take(&key, value) {
                faults.push(fault);
            }
        }
        Faults(faults).or(layer)
    }

    fn take(&mut self, key: &str, value: String) -> Result<(), Fault> {
        match key {
            "DATABASE_URL" => self.database_url = Some(value),
            "ZHUCHAO_LISTEN" => self.listen = Some(value),
            "ZHUCHAO_AUTH_POLICY" => self.auth_policy = Some(value),
            "ZHUCHAO_SECRET_KEY_FILE" => self.secret_key_file = Some(value),
            "ZHUCHAO_OPEN_LISTEN" => self.open_listen = Some(typed(key, &value)?),
            "ZHUCHAO_PDF_FONT" => self.pdf_font = Some(value),
            "ZHUCHAO_WORKERS_INSIDE" => self.workers_inside = Some(typed(key, &value)?),
            "ZHUCHAO_TRUSTED_PROXIES" => self.trusted_proxies = Some(by_comma(&value)),
            "ZHUCHAO_BASE_PATH" => self.base_path = Some(value),
            "ZHUCHAO_HOSTS" => self.hosts = Some(by_comma(&value)),
            "ZHUCHAO_LIMITS_SIGN_IN" => self.limits.sign_in = Some(typed(key, &value)?),
            "ZHUCHAO_LIMITS_ACT" => self.limits.act = Some(typed(key, &value)?),
            "ZHUCHAO_LIMITS_READ" => self.limits.read = Some(typed(key, &value)?),
            "ZHUCHAO_LIMITS_FILE" => self.limits.file = Some(typed(key, &value)?),
            other if self.footer.take(other, &value) => {}
            other if is_ours(other) => {
                return Err(Fault::new(
                    UNKNOWN_VARIABLE,
                    format!("{other} is not a setting"),
                    "unset it, or use a name from the README",
                ));
            }
            _ => {}
        }
        Ok(())
    }

    /// This layer with `above` laid over it.
    #[must_use]
    pub fn under(self, above: Layer) -> Layer {
        Layer {
            database_url: above.database_url.or(self.database_url),
            listen: above.listen.or(self.listen),
            open_listen: above.open_listen.or(self.open_listen),
            trusted_proxies: above.trusted_proxies.or(self.trusted_proxies),
            base_path: above.base_path.or(self.base_path),
            hosts: above.hosts.or(self.hosts),
            footer: self.footer.under(above.footer),
            limits: self.limits.under(above.limits),
            auth_policy: above.auth_policy.or(self.auth_policy),
            secret_key_file: above.secret_key_file.or(self.secret_key_file),
            workers_inside: above.workers_inside.or(self.workers_inside),
            pdf_font: above.pdf_font.or(self.pdf_font),
        }
    }

    /// The finished configuration.
    pub fn finish(self) -> Result<Config, Faults> {
        let missing = |key: &str| {
            Fault::new(
                BAD_VALUE,
                format!("{key} is not set"),
                "set it in the file, the environment or by flag",
            )
        };
        let listen = self.listen.ok_or_else(|| missing("listen"))?;
        let hosts = self.hosts.unwrap_or_default();
        let proxies = self.trusted_proxies.unwrap_or_default();
        let proxies = proxies.iter().map(|one| typed("trusted_proxies", one));
        let config = Config {
            database_url: self.database_url.ok_or_else(|| missing("database_url"))?,
            listen: typed("listen", &listen)?,
            open_listen: self.open_listen.unwrap_or(false),
            trusted_proxies: proxies.collect::<Result<_, Fault>>()?,
            base_path: frame::base_path(&self.base_path.unwrap_or_default())?,
            hosts: hosts
                .iter()
                .map(|h| frame::host(h))
                .collect::<Result<_, Fault>>()?,
            footer: self.footer,
            limits: self.limits.finish(),
            auth_policy: policy(&self.auth_policy.ok_or_else(|| missing("auth_policy"))?)?,
            secret_key_file: PathBuf::from(
                self.secret_key_file
                    .ok_or_else(|| missing("secret_key_file"))?,
            ),
            demo: false,
            workers_inside: self.workers_inside.unwrap_or(0),
            pdf_font: self.pdf_font.filter(|named| !named.is_empty()),
        };
        config.reachable_safely()?;
        Ok(config)
    }
}

impl Config {
    /// CF104 and CF105: whoever listens beyond this machine says so, and names the proxy that ends TLS.
    fn reachable_safely(&self) -> Result<(), Fault> {
        let listen = self.listen;
        if listen.ip().is_loopback() {
            return Ok(());
        }
        if !self.open_listen {
            return Err(Fault::new(
                OPEN_ADDRESS,
                format!("{listen} is reachable from other machines"),
                "listen on 127.0.0.1, or set open_listen and trusted_proxies",
            ));
        }
        if self.trusted_proxies.is_empty() {
            return Err(Fault::new(
                NO_PROXY,
                format!(
                    "{listen} is reachable from other machines, and no proxy is named that ends TLS"
                ),
                "set trusted_proxies to the addresses of the proxy that ends TLS",
            ));
        }
        Ok(())
    }
}

fn by_comma(text: &str) -> Vec<String> {
    let all = text.split(',').map(|one| one.trim().to_owned());
    all.filter(|one| !one.is_empty()).collect()
}

/// Variables of the tests are no settings of the program.
fn is_ours(key: &str) -> bool {
    key.starts_with("ZHUCHAO_") && !key.starts_with("ZHUCHAO_TEST_")
}

fn policy(name: &str) -> Result<String, Fault> {
    match name {
        "mlps" | "asvs" => Ok(name.to_owned()),
        other => {
            let shown: String = other.chars().take(60).collect();
            Err(Fault::new(
                BAD_VALUE,
                format!("{shown:?} is no value for auth_policy"),
                "write mlps or asvs",
            ))
        }
    }
}

fn typed<T: std::str::FromStr>(key: &str, value: &str) -> Result<T, Fault> {
    value.parse().map_err(|_| {
        let shown: String = value.chars().take(60).collect();
        Fault::new(
            BAD_VALUE,
            format!("{shown:?} is no value for {key}"),
            "see the README for the kind of each setting",
        )
    })
}
