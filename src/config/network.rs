//! A network: one address, or all that begin with the same bits, written `10.0.0.0/8`.
//!
//! Not here: whose network it is.

use std::net::IpAddr;
use std::str::FromStr;

/// A network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// True when an address is of it.
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.address, ip.to_canonical()) {
            (IpAddr::V4(mine), IpAddr::V4(theirs)) => {
                let apart = mine.to_bits() ^ theirs.to_bits();
                apart.leading_zeros() >= self.prefix
            }
            (IpAddr::V6(mine), IpAddr::V6(theirs)) => {
                let apart = mine.to_bits() ^ theirs.to_bits();
                apart.leading_zeros() >= self.prefix
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Network, ()> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| ())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u32 = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| ())?,
            None => longest,
        };
        match prefix <= longest {
            true => Ok(Network { address, prefix }),
            false => Err(()),
        }
    }
}
