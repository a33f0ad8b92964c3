//! The peer: from which address a request comes and whether it came over TLS. What a proxy says
//! about it (`X-Forwarded-*`) is taken from the proxies that the operator named, from nobody else.
//!
//! Not here: who the caller is (`caller`).

use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpRequest, web};

use super::context::State;
use crate::domain::fault::{Code, Fault};

/// A password would travel without TLS.
pub const INSECURE: Code = Code("WB111");

/// Name of the session cookie over TLS: browsers take it only with `Secure` and for this host.
pub const COOKIE: &str = "__Host-sid";
/// Name of the session cookie on this machine, without TLS.
pub const COOKIE_HERE: &str = "sid";

/// From where a request comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The caller's address.
    pub ip: IpAddr,
    /// True when it came over TLS, as a trusted proxy says.
    pub secure: bool,
    /// True when it came from this machine without a proxy.
    pub here: bool,
    /// The host that was asked for, with its port.
    pub host: String,
}

impl Peer {
    /// The peer of a request.
    pub fn of(request: &HttpRequest) -> Peer {
        let state = request.app_data::<web::Data<State>>();
        let gate = state.map(|s| s.gate());
        let proxies = gate.map(|g| g.proxies.as_slice()).unwrap_or_default();
        // Without an address the request was made in this process.
        let near = request
            .peer_addr()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |a| a.ip().to_canonical());
        let trusted = |ip: IpAddr| proxies.iter().any(|network| network.contains(ip));
        let host = header(request, "host");
        if !trusted(near) {
            return Peer {
                ip: near,
                secure: false,
                here: near.is_loopback(),
                host: host.to_owned(),
            };
        }
        let forwarded = header(request, "x-forwarded-host");
        Peer {
            ip: first_stranger(request, trusted).unwrap_or(near),
            secure: header(request, "x-forwarded-proto") == "https",
            here: false,
            host: match forwarded {
                "" => host.to_owned(),
                named => named.to_owned(),
            },
        }
    }

    /// The name of the cookie that this peer may use; none without TLS beyond this machine.
    pub fn cookie(&self) -> Option<&'static str> {
        match (self.secure, self.here) {
            (true, _) => Some(COOKIE),
            (false, true) => Some(COOKIE_HERE),
            (false, false) => None,
        }
    }

    /// WB111 when what is sent could be read on the way.
    pub fn private(&self) -> Result<(), Fault> {
        match self.cookie() {
            Some(_) => Ok(()),
            None => Err(Fault::new(
                INSECURE,
                "passwords are taken over TLS only",
                "use the https address; its proxy must be in trusted_proxies and send X-Forwarded-Proto",
            )),
        }
    }
}

/// The nearest address in front of the trusted proxies: what stands before it anyone can write.
fn first_stranger(request: &HttpRequest, trusted: impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
    let lines = request.headers().get_all("x-forwarded-for");
    let text: Vec<&str> = lines.filter_map(|v| v.to_str().ok()).collect();
    let text = text.join(",");
    for one in text.rsplit(',') {
        let ip = one.trim().parse::<IpAddr>().ok()?.to_canonical();
        if !trusted(ip) {
            return Some(ip);
        }
    }
    None
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> &'r str {
    let value = request.headers().get(name).and_then(|v| v.to_str().ok());
    value.unwrap_or_default().trim()
}
