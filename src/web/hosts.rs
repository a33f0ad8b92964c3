//! Names of this host. A demonstration lets anybody in who asks from this machine; so a page of elsewhere whose name
//! was pointed at this machine (DNS rebinding) must not be taken for one of its own.
//!
//! Not here: requests that other sites make under our name (`csrf`).

use actix_web::{HttpRequest, web};

use super::peer::Peer;
use super::state::State;
use crate::domain::fault::{Code, Fault};

/// A demonstration was opened under a name that is not its own.
pub const FOREIGN_HOST: Code = Code("WB160");

/// Names of every machine for itself.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Refuses a request to a demonstration under a foreign name. Programs that name no host are no browsers.
///
/// # Errors
/// WB160.
pub fn check(request: &HttpRequest, peer: &Peer) -> Result<(), Fault> {
    let Some(state) = request.app_data::<web::Data<State>>() else {
        return Ok(());
    };
    if !state.is_demo() || peer.host.is_empty() || is_ours(&peer.host, state.hosts()) {
        return Ok(());
    }
    let shown: String = peer.host.chars().take(100).collect();
    let cause = format!("this demonstration has no name {shown:?}");
    let action = "open it as http://127.0.0.1 with its port, or list the name under `hosts`";
    Err(Fault::new(FOREIGN_HOST, cause, action))
}

/// True for a name of this machine, and for one that the operator listed, with its port or for any.
fn is_ours(host: &str, listed: &[String]) -> bool {
    let host = host.to_ascii_lowercase();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host.as_str(),
    };
    LOCAL.contains(&name) || listed.iter().any(|one| *one == host || one == name)
}
