//! Locking: the vault's key wrapped with a passphrase, and a recovery sheet.
//!
//! The key itself stays the same, so nothing but the key file is written. Each
//! act needs the vault for itself, so no other process can go on with what it
//! knew before.

use jiff::civil::Date;

use super::Vault;
use super::error::VaultError;
use super::hold::Held;
use super::key_file::{KeyFile, Locked, Secret};
use super::recovery::RecoveryCode;
use crate::Key;

/// How a vault is protected at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Whether a passphrase is set.
    pub locked: bool,
    /// The day on which the latest recovery sheet was made.
    pub recovery_made: Option<Date>,
}

impl Vault {
    /// Returns whether a passphrase is set, and whether there is a sheet.
    pub fn protection(&self) -> Result<Protection, VaultError> {
        let (locked, recovery_made) = match KeyFile::read(&self.key_file())? {
            Some(KeyFile::Locked(locked)) => (true, locked.recovery().map(|(day, _)| *day)),
            Some(KeyFile::Open(_)) | None => (false, None),
        };
        Ok(Protection {
            locked,
            recovery_made,
        })
    }

    /// Sets the passphrase, or changes it; `secret` is what opens the vault now.
    ///
    /// A recovery sheet that was made before goes on working. A key file that
    /// somebody copied earlier still opens with what opened it then.
    pub fn lock(&self, secret: Secret<'_>, passphrase: &str) -> Result<(), VaultError> {
        let _held = self.alone("locking")?;
        let (before, key) = self.read_key(secret)?;
        let recovery = match before {
            KeyFile::Locked(locked) => locked.recovery().cloned(),
            KeyFile::Open(_) => None,
        };
        let locked = Locked::new(&key, passphrase, recovery)?;
        KeyFile::Locked(locked).write(&self.key_file())
    }

    /// Takes the passphrase off, and with it the recovery sheet.
    pub fn unlock(&self, secret: Secret<'_>) -> Result<(), VaultError> {
        let _held = self.alone("unlocking")?;
        let (before, key) = self.read_key(secret)?;
        match before {
            KeyFile::Open(_) => Err(VaultError::NotLocked),
            KeyFile::Locked(_) => KeyFile::Open(key).write(&self.key_file()),
        }
    }

    /// Makes a recovery sheet dated `today`, and makes the one before void.
    ///
    /// The code is kept nowhere: it is in what this returns and, from then on,
    /// on paper.
    pub fn make_recovery(
        &self,
        secret: Secret<'_>,
        today: Date,
    ) -> Result<RecoveryCode, VaultError> {
        let _held = self.alone("making a recovery sheet")?;
        let (before, key) = self.read_key(secret)?;
        let KeyFile::Locked(mut locked) = before else {
            return Err(VaultError::NotLocked);
        };
        let code = RecoveryCode::random()?;
        locked.add_recovery(&key, &code, today)?;
        KeyFile::Locked(locked).write(&self.key_file())?;
        Ok(code)
    }

    /// Returns the key of a vault that is there.
    pub fn key(&self, secret: Secret<'_>) -> Result<Key, VaultError> {
        Ok(self.read_key(secret)?.1)
    }

    fn read_key(&self, secret: Secret<'_>) -> Result<(KeyFile, Key), VaultError> {
        let file = self.key_file();
        let found = KeyFile::read(&file)?.ok_or_else(|| VaultError::KeyGone {
            data: self.data_file(),
            key: file,
        })?;
        let key = found.key(secret)?;
        // Nothing is ever wrapped, or written bare, that does not open the data.
        store::stored_version(&self.data_file(), &key)?;
        Ok((found, key))
    }

    pub(crate) fn alone(&self, what: &'static str) -> Result<Held, VaultError> {
        self.make_folder()?;
        Held::alone(&self.lock_file(), what)
    }
}
