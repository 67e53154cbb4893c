//! The key file: the vault's key as it is, or wrapped with a passphrase.

use std::fs;
use std::io;
use std::path::Path;

use jiff::civil::Date;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::files;
use super::recovery::RecoveryCode;
use super::wrap::{self, Wrapped, from_hex, settled};
use crate::Key;

const FIRST_LINE: &str = "vouch key 1";

/// More than any key file has; a larger file is something else.
const MAX_BYTES: u64 = 16 * 1024;

/// What opens a vault.
#[derive(Clone, Copy, Default)]
pub enum Secret<'a> {
    /// Nothing: there is no passphrase.
    #[default]
    None,
    /// The passphrase.
    Passphrase(&'a str),
    /// The recovery code, as it was typed.
    Recovery(&'a str),
    /// The key itself, of who has opened the vault before.
    Key(&'a Key),
}

/// Says which kind it is, and nothing of the secret.
impl std::fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Recovery(_) => "Recovery(…)",
            Self::Key(_) => "Key(…)",
        })
    }
}

/// What a key file says.
#[derive(Debug)]
pub(crate) enum KeyFile {
    /// The key itself: whoever reads the file can open the vault.
    Open(Key),
    /// The key, wrapped.
    Locked(Locked),
}

/// The wrappings of a locked key.
#[derive(Debug)]
pub(crate) struct Locked {
    passphrase: Wrapped,
    /// The latest sheet, and the day on which it was made.
    recovery: Option<(Date, Wrapped)>,
}

impl KeyFile {
    /// Reads the file; `None` where it is not there.
    pub(crate) fn read(file: &Path) -> Result<Option<Self>, VaultError> {
        let failed = |source| VaultError::KeyFile {
            file: file.to_owned(),
            source,
        };
        let n_bytes = match fs::metadata(file) {
            Ok(found) => found.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let not_a_key = |found: String| VaultError::NotAKey {
            file: file.to_owned(),
            found,
        };
        if n_bytes > MAX_BYTES {
            return Err(not_a_key(format!("{n_bytes} bytes")));
        }
        let bytes = Zeroizing::new(fs::read(file).map_err(failed)?);
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Err(not_a_key(format!("{n_bytes} bytes that are no text")));
        };
        let text = text.trim();
        if let Some(key) = from_hex(text) {
            return Ok(Some(Self::Open(Key::new(key))));
        }
        match Locked::read(text) {
            Some(locked) => Ok(Some(Self::Locked(locked))),
            None if text.starts_with("vouch key ") => Err(not_a_key(format!(
                "a locked key that is damaged or of a newer Vouch ({} lines)",
                text.lines().count()
            ))),
            None => Err(not_a_key(format!("{} characters", text.chars().count()))),
        }
    }

    /// Puts this in place of the file that may be there.
    pub(crate) fn write(&self, file: &Path) -> Result<(), VaultError> {
        let text = match self {
            Self::Open(key) => key.hex(),
            Self::Locked(locked) => Zeroizing::new(locked.text()),
        };
        files::replace(file, text.as_bytes()).map_err(|source| VaultError::KeyFile {
            file: file.to_owned(),
            source,
        })
    }

    /// Returns the key.
    pub(crate) fn key(&self, secret: Secret<'_>) -> Result<Key, VaultError> {
        match self {
            Self::Open(key) => Ok(key.clone()),
            Self::Locked(locked) => locked.key(secret),
        }
    }
}

impl Locked {
    /// Wraps a key with a passphrase. A sheet that is kept goes on opening it.
    pub(crate) fn new(
        key: &Key,
        passphrase: &str,
        recovery: Option<(Date, Wrapped)>,
    ) -> Result<Self, VaultError> {
        wrap::check_length(passphrase)?;
        Ok(Self {
            passphrase: Wrapped::new(key, settled(passphrase).as_bytes(), &bound("passphrase"))?,
            recovery,
        })
    }

    /// Wraps the key with a new recovery code as well; the sheet before is void.
    pub(crate) fn add_recovery(
        &mut self,
        key: &Key,
        code: &RecoveryCode,
        today: Date,
    ) -> Result<(), VaultError> {
        let wrapped = Wrapped::new(key, code.secret().as_bytes(), &recovery_bound(today))?;
        self.recovery = Some((today, wrapped));
        Ok(())
    }

    pub(crate) fn recovery(&self) -> Option<&(Date, Wrapped)> {
        self.recovery.as_ref()
    }

    fn key(&self, secret: Secret<'_>) -> Result<Key, VaultError> {
        match secret {
            Secret::None => Err(VaultError::Locked),
            Secret::Key(key) => Ok(key.clone()),
            Secret::Passphrase(passphrase) => self
                .passphrase
                .open(settled(passphrase).as_bytes(), &bound("passphrase"))?
                .ok_or(VaultError::WrongPassphrase { what: "the vault" }),
            Secret::Recovery(typed) => {
                let code = RecoveryCode::read(typed)?;
                let Some((day, wrapped)) = &self.recovery else {
                    return Err(VaultError::NoRecovery);
                };
                wrapped
                    .open(code.secret().as_bytes(), &recovery_bound(*day))?
                    .ok_or(VaultError::WrongRecoveryCode)
            }
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\npassphrase {}\n", self.passphrase);
        if let Some((day, wrapped)) = &self.recovery {
            text.push_str(&format!("recovery {day} {wrapped}\n"));
        }
        text
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let passphrase = Wrapped::read(lines.next()?.strip_prefix("passphrase ")?)?;
        let recovery = match lines.next() {
            None => None,
            Some(line) => {
                let (day, line) = line.strip_prefix("recovery ")?.split_once(' ')?;
                Some((day.parse().ok()?, Wrapped::read(line)?))
            }
        };
        lines.next().is_none().then_some(Self {
            passphrase,
            recovery,
        })
    }
}

fn bound(slot: &str) -> Vec<u8> {
    format!("{FIRST_LINE} {slot}").into_bytes()
}

fn recovery_bound(day: Date) -> Vec<u8> {
    bound(&format!("recovery {day}"))
}
