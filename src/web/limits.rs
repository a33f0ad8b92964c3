//! Rate limits by address and class of route, in this process's memory: they keep one caller from
//! taking everybody's time. Guessing passwords is stopped in the database (`acts::people::attempts`).
//!
//! Not here: the numbers (`config`).

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::web::Data;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::context::State;
use super::listing;
use super::peer::Peer;
use super::reply::problem;
use crate::config::{Limits, Network};
use crate::domain::fault::{Code, Fault};

/// Too many requests of a class from an address.
pub const TOO_OFTEN: Code = Code("WB108");

/// After so many requests the addresses that went quiet are forgotten.
const SWEEP: u32 = 4096;

/// Class of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Whatever proves who somebody is.
    SignIn,
    /// Whatever else changes something.
    Act,
    /// Reading.
    Read,
    /// Files.
    File,
}

/// Paths that prove who somebody is.
const PROVING: [&str; 8] = [
    "/api/v1/sign-in",
    "/api/v1/setup",
    "/api/v1/registrations",
    "/api/v1/password",
    "/sign-in",
    "/set-up",
    "/register",
    "/account/password",
];

impl Class {
    /// The class of a request to a path under the base path.
    pub fn of(method: &Method, path: &str) -> Class {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        match reads {
            false if PROVING.iter().any(|p| path.starts_with(p)) => Class::SignIn,
            false => Class::Act,
            true if path.starts_with("/files/") => Class::File,
            true => Class::Read,
        }
    }
}

type Limiter = DefaultKeyedRateLimiter<IpAddr>;

/// Whom the door trusts, and how much it lets through.
pub struct Gate {
    /// Trusted proxies.
    pub proxies: Vec<Network>,
    limiters: [Option<Limiter>; 4],
    asked: AtomicU32,
}

impl Gate {
    /// A gate.
    pub fn new(proxies: Vec<Network>, limits: Limits) -> Gate {
        let limiter = |each: u32| {
            let each = NonZeroU32::new(each)?;
            Some(RateLimiter::keyed(Quota::per_minute(each)))
        };
        let counts = [limits.sign_in, limits.act, limits.read, limits.file];
        Gate {
            proxies,
            limiters: counts.map(limiter),
            asked: AtomicU32::new(0),
        }
    }

    /// Seconds to wait when an address asked too often.
    pub fn wait(&self, class: Class, ip: IpAddr) -> Option<u64> {
        self.sweep();
        let limiter = self.limiters[class as usize].as_ref()?;
        let early = limiter.check_key(&network(ip)).err()?;
        let wait = early.wait_time_from(DefaultClock::default().now());
        Some(wait.as_secs() + 1)
    }

    fn sweep(&self) {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            for limiter in self.limiters.iter().flatten() {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }
}

/// One subscriber has 2^64 addresses of IPv6: his network counts.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

/// Lets a request through or answers 429 with the seconds to wait.
///
/// # Errors
/// Those of the inner service.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Some(state) = request.app_data::<Data<State>>() {
        let path = request.path();
        let path = path.strip_prefix(state.base()).unwrap_or(path);
        let class = match Class::of(request.method(), path) {
            // As a file, a list has all its rows.
            Class::Read if listing::is_file(&request) => Class::File,
            class => class,
        };
        let ip = Peer::of(request.request()).ip;
        if let Some(seconds) = state.gate().wait(class, ip) {
            return Ok(request.into_response(too_many(seconds)));
        }
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn too_many(seconds: u64) -> actix_web::HttpResponse {
    let fault = Fault::new(
        TOO_OFTEN,
        "too many requests from this address",
        "wait as long as Retry-After says",
    );
    let mut answer = problem(&fault.into());
    let headers = answer.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}
