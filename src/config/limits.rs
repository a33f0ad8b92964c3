//! How many requests an address may make per minute, by class of route; 0 = any number.
//!
//! Not here: which route is of which class, and counting (`web::limit`).

use serde::Deserialize;

/// Requests per minute and address; 0 = any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Signing in, setting up, registering, changing a password.
    pub sign_in: u32,
    /// Whatever else changes something.
    pub act: u32,
    /// Reading.
    pub read: u32,
    /// Files.
    pub file: u32,
}

impl Default for Limits {
    /// Room for an office behind one address.
    fn default() -> Limits {
        Limits {
            sign_in: 20,
            act: 1_800,
            read: 18_000,
            file: 600,
        }
    }
}

impl Limits {
    /// No limit at all.
    pub const NONE: Limits = Limits {
        sign_in: 0,
        act: 0,
        read: 0,
        file: 0,
    };
}

/// Limits that may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsLayer {
    /// See [`Limits::sign_in`].
    pub sign_in: Option<u32>,
    /// See [`Limits::act`].
    pub act: Option<u32>,
    /// See [`Limits::read`].
    pub read: Option<u32>,
    /// See [`Limits::file`].
    pub file: Option<u32>,
}

impl LimitsLayer {
    /// This layer with `above` laid over it.
    #[must_use]
    pub fn under(self, above: LimitsLayer) -> LimitsLayer {
        LimitsLayer {
            sign_in: above.sign_in.or(self.sign_in),
            act: above.act.or(self.act),
            read: above.read.or(self.read),
            file: above.file.or(self.file),
        }
    }

    /// The finished limits.
    pub fn finish(self) -> Limits {
        let usual = Limits::default();
        Limits {
            sign_in: self.sign_in.unwrap_or(usual.sign_in),
            act: self.act.unwrap_or(usual.act),
            read: self.read.unwrap_or(usual.read),
            file: self.file.unwrap_or(usual.file),
        }
    }
}
