//! The vault: seals the secrets of second factors with a key that lies in a file of its own, not in
//! the database, so that a copy of the database opens nobody's second factor. XChaCha20-Poly1305,
//! bound to the account.
//!
//! Not here: passwords, which are hashed (`hash`).

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use super::{chance, refuse};
use crate::domain::fault::{Fault, Faults};

/// Bytes of the number that each sealing uses once.
const NONCE: usize = 24;

/// Seals and opens.
pub struct Vault {
    file: PathBuf,
    key: Mutex<Option<[u8; 32]>>,
}

impl Vault {
    /// The vault whose key lies in a file. The file is made on first use, for its owner alone.
    pub fn new(file: impl Into<PathBuf>) -> Vault {
        Vault {
            file: file.into(),
            key: Mutex::new(None),
        }
    }

    /// Seals a secret of an account.
    ///
    /// # Errors
    /// AC214, AC226.
    pub fn seal(&self, secret: &[u8], account: &str) -> Result<String, Faults> {
        let nonce = chance::bytes::<NONCE>()?;
        let payload = Payload {
            msg: secret,
            aad: account.as_bytes(),
        };
        let sealed = self.cipher()?.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| another_key())?;
        Ok(format!("{}{}", chance::hex(&nonce), chance::hex(&sealed)))
    }

    /// Opens what was sealed for an account.
    ///
    /// # Errors
    /// AC214; AC215 when it was sealed with another key or for another account.
    pub fn open(&self, sealed: &str, account: &str) -> Result<Vec<u8>, Faults> {
        let bytes = chance::unhex(sealed).ok_or_else(another_key)?;
        let (nonce, body) = bytes.split_at_checked(NONCE).ok_or_else(another_key)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| another_key())?;
        let payload = Payload {
            msg: body,
            aad: account.as_bytes(),
        };
        let opened = self.cipher()?.decrypt(&XNonce::from(nonce), payload);
        Ok(opened.map_err(|_| another_key())?)
    }

    fn cipher(&self) -> Result<XChaCha20Poly1305, Faults> {
        let mut held = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let key = match *held {
            Some(key) => key,
            None => *held.insert(self.load()?),
        };
        Ok(XChaCha20Poly1305::new(&Key::from(key)))
    }

    fn load(&self) -> Result<[u8; 32], Fault> {
        if !self.file.exists() {
            self.make()?;
        }
        owner_alone(&self.file)?;
        let text = fs::read_to_string(&self.file).map_err(|e| self.bad(&e.to_string()))?;
        let bytes = chance::unhex(text.trim());
        let key = bytes.and_then(|all| <[u8; 32]>::try_from(all).ok());
        key.ok_or_else(|| self.bad("it does not hold a key of 64 hexadecimal digits"))
    }

    /// Writes the key beside its place and links it there whole: another process finds all of it or
    /// nothing, and who comes second keeps the first one's.
    fn make(&self) -> Result<(), Fault> {
        let key = chance::hex(&chance::bytes::<32>()?);
        let beside = self
            .file
            .with_extension(chance::hex(&chance::bytes::<8>()?));
        let made = written(&beside, &key).and_then(|()| fs::hard_link(&beside, &self.file));
        // Gone either way; what is left of a failure holds a key that nobody uses.
        let _ = fs::remove_file(&beside);
        match made {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            other => other.map_err(|e| self.bad(&e.to_string())),
        }
    }

    fn bad(&self, why: &str) -> Fault {
        bad(&self.file, why)
    }
}

fn written(file: &Path, key: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()
}

fn bad(file: &Path, why: &str) -> Fault {
    Fault::new(
        refuse::KEY_FILE,
        format!("the key file {} cannot be used: {why}", file.display()),
        "set secret_key_file to a file that only the operator may read",
    )
}

#[cfg(unix)]
fn owner_alone(file: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;
    let found = fs::metadata(file).map_err(|e| bad(file, &e.to_string()))?;
    match found.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(bad(file, "others may read it; give it the mode 0600")),
    }
}

#[cfg(not(unix))]
fn owner_alone(_: &Path) -> Result<(), Fault> {
    Ok(())
}

fn another_key() -> Fault {
    Fault::new(
        refuse::KEY_WRONG,
        "a second factor was sealed with another key",
        "put the key file of this database back, or reset the second factor",
    )
}
