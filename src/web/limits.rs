//! How often one address may ask, by class of route (GCRA of the crate `governor`). Kept in memory, per
//! process; sign-ins are counted in the database besides.
//!
//! Not here: locks of accounts (`acts::people::attempts`).

use std::net::IpAddr;
use std::num::NonZeroU32;

use actix_web::http::Method;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::routes::{Route, Who};
use crate::domain::fault::{Code, Fault};

/// The address asks too often.
pub const TOO_OFTEN: Code = Code("WB108");

type Limiter = DefaultKeyedRateLimiter<IpAddr>;

/// The limiters of all classes.
pub struct Limits {
    door: Limiter,
    act: Limiter,
    read: Limiter,
}

const fn per(count: u32) -> NonZeroU32 {
    match NonZeroU32::new(count) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
}

impl Default for Limits {
    /// Sign-ins 20 a minute; acts 30 a second; reads 300 a second, each with as much at once.
    fn default() -> Limits {
        Limits {
            door: RateLimiter::keyed(Quota::per_minute(per(20))),
            act: RateLimiter::keyed(Quota::per_second(per(30))),
            read: RateLimiter::keyed(Quota::per_second(per(300))),
        }
    }
}

impl Limits {
    /// WB108 when an address asks a route too often.
    pub fn admit(&self, route: &Route, ip: IpAddr) -> Result<(), Fault> {
        let limiter = match (&route.who, &route.method) {
            (Who::Public, &Method::POST) => &self.door,
            (_, &Method::GET) => &self.read,
            _ => &self.act,
        };
        // Addresses that were not seen for long are dropped now and then.
        if limiter.len() > 50_000 {
            limiter.retain_recent();
        }
        limiter.check_key(&ip).map_err(|_| {
            Fault::new(
                TOO_OFTEN,
                "this address asks too often",
                "wait as long as Retry-After says",
            )
        })
    }
}
