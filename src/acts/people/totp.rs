//! The second factor: time-based one-time passwords (RFC 6238; SHA-1, six digits, 30 seconds, one
//! step of skew), which any authenticator app makes without a network.
//!
//! Not here: that a code is used once (`steps`), how the secret is kept (`vault`).

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

use super::{chance, refuse};
use crate::domain::account::Login;
use crate::domain::fault::{Fault, Faults};

/// Bytes of a secret (RFC 4226: 160 bits).
const BYTES: usize = 20;

/// A new secret.
pub fn secret() -> Result<[u8; BYTES], Fault> {
    chance::bytes::<BYTES>()
}

/// The secret as people type it into an app.
pub fn text(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The secret that such a text stands for; none when it is not base32.
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let secret = Secret::try_from_base32(text).ok()?;
    Some(secret.as_bytes().to_vec())
}

/// The address that apps read from a QR code.
pub fn address(login: &Login, secret: &[u8]) -> String {
    let login = login.as_str().replace('@', "%40");
    format!(
        "otpauth://totp/Zhuchao:{login}?secret={}&issuer=Zhuchao",
        text(secret)
    )
}

/// The step of a code that is right at a moment, one step early or late.
///
/// # Errors
/// AC215 when the secret cannot be one.
pub fn step(secret: &[u8], code: &str, now: DateTime<Utc>) -> Result<Option<u64>, Faults> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Ok(totp(secret)?.check(&code, seconds))
}

/// The code of a moment, as an app shows it.
///
/// # Errors
/// AC215 when the secret cannot be one.
pub fn code(secret: &[u8], now: DateTime<Utc>) -> Result<String, Faults> {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Ok(totp(secret)?.generate(seconds).to_string())
}

fn totp(secret: &[u8]) -> Result<Totp, Faults> {
    let built = Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(1)
        .build();
    built.map_err(|_| {
        let cause = "a second factor is damaged";
        Fault::new(refuse::KEY_WRONG, cause, "reset the second factor").into()
    })
}
