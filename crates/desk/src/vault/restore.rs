//! Restoring: a backup is checked to the last byte before anything is touched,
//! and the vault that it replaces is kept.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::{CheckError, Contents};

use super::backup::{HEAD_BYTES, Head, pass_on};
use super::error::VaultError;
use super::{Vault, Work, files};
use crate::{Key, OpenError};

/// A database consists of pages of this size.
const PAGE_BYTES: u64 = 4096;

/// A backup that was checked and stands ready, encrypted with the vault's own
/// key; it goes when this is dropped.
#[derive(Debug)]
pub struct Prepared {
    staged: Work,
    /// What is in the backup.
    pub backup: Contents,
    /// When the backup was made, where it says so.
    pub made: Option<Timestamp>,
    /// What it would replace.
    pub vault: Found,
}

/// What a restore finds in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No vault, or one that nothing was ever written to.
    Nothing,
    /// A whole vault.
    Vault(Contents),
    /// A file that is damaged, of a newer Vouch, or of another key.
    Unreadable,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What is in the vault now.
    pub now: Contents,
    /// What was there before.
    pub before: Found,
    /// The file that keeps it.
    pub kept: Option<PathBuf>,
}

impl Prepared {
    /// Returns how often people were forgotten in the vault and not in the
    /// backup, which may bring them back.
    pub fn n_forgotten_since(&self) -> usize {
        match self.vault {
            Found::Vault(vault) => vault.forgettings.saturating_sub(self.backup.forgettings),
            Found::Nothing | Found::Unreadable => 0,
        }
    }
}

impl Vault {
    /// Returns whether a file asks for a passphrase of its own. Vouch's own
    /// copies do not; they open with the vault's key.
    pub fn asks_for_passphrase(&self, file: &Path) -> Result<bool, VaultError> {
        let mut begin = Vec::new();
        File::open(file)
            .and_then(|opened| opened.take(64).read_to_end(&mut begin))
            .map_err(VaultError::file(file))?;
        Ok(Head::is_meant(&begin))
    }

    /// Checks a backup from its first byte to its last, and makes it ready to
    /// take the place of the vault. The vault is not touched.
    ///
    /// `key` is the vault's own; `passphrase` is the backup's.
    pub fn prepare_restore(
        &self,
        key: &Key,
        file: &Path,
        passphrase: &str,
    ) -> Result<Prepared, VaultError> {
        let mut from = File::open(file).map_err(VaultError::file(file))?;
        self.prepare_restore_from(key, file, &mut from, passphrase)
    }

    /// Does as [`Vault::prepare_restore`] with the bytes of a backup that is
    /// called `file`.
    pub fn prepare_restore_from(
        &self,
        key: &Key,
        file: &Path,
        from: &mut (impl Read + Seek),
        passphrase: &str,
    ) -> Result<Prepared, VaultError> {
        self.make_folder()?;
        let copy = self.work_file()?;
        let (copy_key, made) = take_out(key, file, from, passphrase, copy.path())?;
        let damaged = |found: CheckError| whole(file, found);
        store::check(copy.path(), &copy_key).map_err(damaged)?;

        let staged = self.work_file()?;
        store::copy(copy.path(), &copy_key, staged.path(), key)?;
        files::own(staged.path()).map_err(VaultError::file(staged.path()))?;
        let backup = store::check(staged.path(), key).map_err(|found| whole(file, found))?;
        Ok(Prepared {
            staged,
            backup,
            made,
            vault: self.found(key)?,
        })
    }

    /// Puts a prepared backup in the place of the vault, and keeps that beside
    /// it, named by `now`. No process may have the vault open.
    ///
    /// After a crash at any moment the vault is the old one or the new one.
    pub fn finish_restore(
        &self,
        key: &Key,
        prepared: Prepared,
        now: Timestamp,
    ) -> Result<Restored, VaultError> {
        let _held = self.alone("restoring")?;
        let vault = self.found(key)?;
        if vault != prepared.vault {
            return Err(VaultError::Moved);
        }
        let data = self.data_file();
        let kept = match vault {
            Found::Nothing => None,
            Found::Vault(_) | Found::Unreadable => {
                let kept = self.shelve_replaced(now)?;
                self.settle(vault, &kept)?;
                Some(kept)
            }
        };
        fs::rename(prepared.staged.path(), &data).map_err(VaultError::file(&data))?;
        prepared.staged.keep();
        files::sync_folder_of(&data).map_err(VaultError::file(&data))?;
        Ok(Restored {
            now: prepared.backup,
            before: vault,
            kept,
        })
    }

    /// Makes sure that nothing of the vault is left in its log, which would be
    /// taken for the log of what replaces it. The log of a vault that cannot be
    /// read is kept beside `kept`, where SQLite looks for it.
    fn settle(&self, was: Found, kept: &Path) -> Result<(), VaultError> {
        let log = files::with_suffix(&self.data_file(), "-wal");
        let n_bytes = match fs::metadata(&log) {
            Ok(found) => found.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(VaultError::file(&log)(source)),
        };
        if n_bytes > 0 {
            if was != Found::Unreadable {
                return Err(VaultError::InUse { what: "restoring" });
            }
            let beside = files::with_suffix(kept, "-wal");
            files::copy_privately(&log, &beside).map_err(VaultError::file(&beside))?;
        }
        files::remove_if_there(&log).map_err(VaultError::file(&log))
    }

    /// Returns what a restore would replace.
    ///
    /// A damaged vault, and one of a newer Vouch, is what restores are for, so
    /// not being able to read it must not stand in the way.
    fn found(&self, key: &Key) -> Result<Found, VaultError> {
        let n_bytes = fs::metadata(self.data_file()).map_or(0, |it| it.len());
        if n_bytes == 0 {
            return Ok(Found::Nothing);
        }
        if n_bytes >= PAGE_BYTES
            && store::stored_version(&self.data_file(), key).is_ok_and(|it| it == 0)
        {
            // Tables were never made in it.
            return Ok(Found::Nothing);
        }
        match store::check(&self.data_file(), key) {
            Ok(contents) => Ok(Found::Vault(contents)),
            Err(CheckError::Open(
                error @ (OpenError::Busy
                | OpenError::ReadOnly
                | OpenError::NoSpace
                | OpenError::Io(_)),
            )) => Err(error.into()),
            Err(_) => Ok(Found::Unreadable),
        }
    }
}

/// Writes the copy inside a backup to `to`, and returns its key and date.
fn take_out(
    key: &Key,
    file: &Path,
    from: &mut (impl Read + Seek),
    passphrase: &str,
    to: &Path,
) -> Result<(Key, Option<Timestamp>), VaultError> {
    let mut begin = Vec::with_capacity(HEAD_BYTES);
    from.by_ref()
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut begin)
        .map_err(VaultError::file(file))?;
    let damaged = |found: &str| VaultError::DamagedBackup {
        file: file.to_owned(),
        found: found.to_owned(),
    };
    let mut out = files::new_private_file(to).map_err(VaultError::file(to))?;
    if !Head::is_meant(&begin) {
        let n_bytes = from
            .seek(SeekFrom::End(0))
            .map_err(VaultError::file(file))?;
        if n_bytes == 0 || !n_bytes.is_multiple_of(PAGE_BYTES) {
            return Err(VaultError::NotABackup {
                file: file.to_owned(),
                found: format!("it has {n_bytes} bytes and does not begin like one"),
            });
        }
        from.rewind().map_err(VaultError::file(file))?;
        pass_on(from, &mut out).map_err(VaultError::file(to))?;
        return Ok((key.clone(), None));
    }
    let head = Head::read(&begin).map_err(damaged)?;
    let copy_key = head.key(passphrase)?.ok_or(VaultError::WrongPassphrase {
        what: "this backup",
    })?;
    let (n_bytes, digest) = pass_on(from, &mut out).map_err(VaultError::file(to))?;
    if n_bytes != head.n_bytes {
        return Err(damaged(&format!(
            "it has {n_bytes} bytes of contents where {} were written",
            head.n_bytes
        )));
    }
    if digest != head.digest {
        return Err(damaged("its contents are not what was written"));
    }
    Ok((copy_key, Some(head.made)))
}

/// Says why the copy inside a backup is not whole.
fn whole(file: &Path, found: CheckError) -> VaultError {
    let file = file.to_owned();
    match found {
        CheckError::Open(OpenError::WrongKeyOrNotAVault) => VaultError::NotABackup {
            file,
            found: "it is damaged, or not of this vault".to_owned(),
        },
        CheckError::Open(OpenError::Store(error)) => VaultError::DamagedBackup {
            file,
            found: error.to_string(),
        },
        CheckError::Open(error) => error.into(),
        found @ CheckError::NotWhole { .. } => VaultError::DamagedBackup {
            file,
            found: found.to_string(),
        },
    }
}
