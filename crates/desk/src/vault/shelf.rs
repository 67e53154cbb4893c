//! The backups that lie in the vault's folder, and those that are made unasked.
//!
//! What is made unasked is a plain copy under the vault's own key: it helps
//! after a mistake or a damaged file, and needs no passphrase of its own. A
//! copy is made once a week and before the tables are changed; the newest
//! [`WEEKLY_KEPT`] and [`MIGRATIONS_KEPT`] are kept. Nothing that the student
//! asked for, and no vault that a restore replaced, is ever taken away.

use std::fs;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Vault;
use super::error::VaultError;
use super::files::{self, Passing};
use super::hold::Held;
use crate::{Desk, Key};

const WEEKLY_KEPT: usize = 4;
const MIGRATIONS_KEPT: usize = 3;
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Held by the process that makes a copy unasked.
const MAKING: &str = "making.lock";
const UNFINISHED: &str = ".unfinished";

/// Why a backup lies in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupKind {
    /// The student asked for it; it has a passphrase of its own.
    Asked,
    /// Made once a week.
    Weekly,
    /// Made before the tables were changed by a newer Vouch.
    BeforeMigration,
    /// The vault that a restore replaced.
    Replaced,
}

impl BackupKind {
    const ALL: [Self; 4] = [
        Self::Asked,
        Self::Weekly,
        Self::BeforeMigration,
        Self::Replaced,
    ];

    /// Returns the word that names it in files, pages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "backup",
            Self::Weekly => "weekly",
            Self::BeforeMigration => "before-update",
            Self::Replaced => "replaced",
        }
    }

    /// Returns whether it has a passphrase of its own, and not the vault's key.
    pub fn has_own_passphrase(self) -> bool {
        self == Self::Asked
    }

    fn ending(self) -> &'static str {
        if self.has_own_passphrase() {
            "vouch-backup"
        } else {
            "vouch-copy"
        }
    }

    /// Returns whether somebody who is forgotten is taken out of it: where it
    /// opens with the vault's key, and is not kept for an earlier Vouch.
    pub(crate) fn forgets(self) -> bool {
        matches!(self, Self::Weekly | Self::Replaced)
    }

    /// Returns how many of them are kept.
    fn n_kept(self) -> usize {
        match self {
            Self::Asked | Self::Replaced => usize::MAX,
            Self::Weekly => WEEKLY_KEPT,
            Self::BeforeMigration => MIGRATIONS_KEPT,
        }
    }
}

/// A backup in the vault's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// Why it is there.
    pub kind: BackupKind,
    /// When it was made, by its name.
    pub made: Timestamp,
    /// Its size.
    pub n_bytes: u64,
}

impl Vault {
    /// Returns the backups in the vault's folder, the newest first. Other files
    /// there are passed over.
    pub fn backups(&self) -> Result<Vec<Backup>, VaultError> {
        let folder = self.backup_folder();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(VaultError::file(&folder)(source)),
        };
        let mut backups: Vec<Backup> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let (kind, made) = named(entry.file_name().to_str()?)?;
                let n_bytes = entry.metadata().ok().filter(|it| it.is_file())?.len();
                // What an earlier Vouch left of a backup that was interrupted.
                (n_bytes > 0).then(|| Backup {
                    file: entry.path(),
                    kind,
                    made,
                    n_bytes,
                })
            })
            .collect();
        backups.sort_by(|a, b| (b.made, &b.file).cmp(&(a.made, &a.file)));
        Ok(backups)
    }

    /// Returns a name in the folder for backups that a backup made `now` may take.
    pub(crate) fn new_backup_name(&self, now: Timestamp) -> Result<PathBuf, VaultError> {
        self.new_name(BackupKind::Asked, now)
    }

    fn new_name(&self, kind: BackupKind, now: Timestamp) -> Result<PathBuf, VaultError> {
        let folder = self.backup_folder();
        files::make_private_folder(&folder).map_err(|source| VaultError::Folder {
            folder: folder.clone(),
            source,
        })?;
        let stamp = now
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%Y-%m-%dT%H%M%SZ");
        let stem = format!("{}-{stamp}", kind.word());
        let mut n = 1;
        loop {
            let twin = if n == 1 {
                String::new()
            } else {
                format!("-{n}")
            };
            let file = folder.join(format!("{stem}{twin}.{}", kind.ending()));
            if !file.exists() {
                return Ok(file);
            }
            n += 1;
        }
    }

    /// Makes a copy under the vault's own key, and takes away those of its kind
    /// that are too many. Returns the file.
    fn shelve(&self, key: &Key, kind: BackupKind, now: Timestamp) -> Result<PathBuf, VaultError> {
        let file = self.new_name(kind, now)?;
        let beside = Passing::new(files::with_suffix(&file, UNFINISHED));
        files::remove_if_there(beside.path()).map_err(VaultError::file(beside.path()))?;
        store::copy(&self.data_file(), key, beside.path(), key)?;
        files::own(beside.path()).map_err(VaultError::file(beside.path()))?;
        fs::rename(beside.path(), &file).map_err(VaultError::file(&file))?;
        beside.keep();
        files::sync_folder_of(&file).map_err(VaultError::file(&file))?;
        self.thin_out(kind, now)?;
        Ok(file)
    }

    fn thin_out(&self, kind: BackupKind, now: Timestamp) -> Result<(), VaultError> {
        let mut same: Vec<Backup> = self.backups()?;
        same.retain(|backup| backup.kind == kind);
        // A date to come is of a clock that was wrong, and counts as the oldest.
        same.sort_by_key(|backup| (backup.made > now, std::cmp::Reverse(backup.made)));
        for backup in same.iter().skip(kind.n_kept()) {
            files::remove_if_there(&backup.file).map_err(VaultError::file(&backup.file))?;
        }
        Ok(())
    }

    pub(crate) fn backup_before_migration(
        &self,
        key: &Key,
        now: Timestamp,
    ) -> Result<PathBuf, VaultError> {
        self.shelve(key, BackupKind::BeforeMigration, now)
    }

    /// Keeps the data file, which nobody has open, as the vault that a restore
    /// replaces. It stays where it is as well.
    pub(crate) fn shelve_replaced(&self, now: Timestamp) -> Result<PathBuf, VaultError> {
        let file = self.new_name(BackupKind::Replaced, now)?;
        let beside = Passing::new(files::with_suffix(&file, UNFINISHED));
        files::remove_if_there(beside.path()).map_err(VaultError::file(beside.path()))?;
        files::copy_privately(&self.data_file(), beside.path())
            .and_then(|()| fs::rename(beside.path(), &file))
            .map_err(VaultError::file(&file))?;
        beside.keep();
        files::sync_folder_of(&file).map_err(VaultError::file(&file))?;
        Ok(file)
    }

    fn is_weekly_due(&self, now: Timestamp) -> Result<bool, VaultError> {
        let recent = |backup: &Backup| {
            let age = now.duration_since(backup.made);
            // A backup of a clock that ran ahead must not put off the next.
            SignedDuration::ZERO <= age && age < WEEK
        };
        let backups = self.backups()?;
        Ok(!backups
            .iter()
            .any(|backup| backup.kind == BackupKind::Weekly && recent(backup)))
    }
}

impl Desk {
    /// Makes the weekly copy, where the latest is older than a week and there is
    /// something to copy. Returns the file, or `None` where nothing was due.
    ///
    /// The faces call this when they start.
    pub fn backup_when_due(&self) -> Result<Option<PathBuf>, VaultError> {
        let Some(home) = &self.home else {
            return Ok(None);
        };
        let (vault, now) = (&home.vault, self.now());
        let is_empty = self
            .reader
            .read::<_, store::StoreError>(|snapshot| snapshot.last_operation())
            .map_err(|error| VaultError::Open(error.into()))?
            .is_none();
        if is_empty || !vault.is_weekly_due(now)? {
            return Ok(None);
        }
        let folder = vault.backup_folder();
        files::make_private_folder(&folder).map_err(|source| VaultError::Folder {
            folder: folder.clone(),
            source,
        })?;
        let Ok(_making) = Held::alone_now(&folder.join(MAKING)) else {
            // Another process is at it.
            return Ok(None);
        };
        if !vault.is_weekly_due(now)? {
            return Ok(None);
        }
        vault.remove_unfinished_copies();
        vault.shelve(&home.key, BackupKind::Weekly, now).map(Some)
    }
}

impl Vault {
    /// Removes weekly copies that a process that died left unfinished. Failing
    /// to do so is no reason to stop.
    fn remove_unfinished_copies(&self) {
        let entries = fs::read_dir(self.backup_folder()).into_iter().flatten();
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(BackupKind::Weekly.word()) && name.ends_with(UNFINISHED) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Returns what the name of a file in the folder says.
fn named(name: &str) -> Option<(BackupKind, Timestamp)> {
    BackupKind::ALL.into_iter().find_map(|kind| {
        let rest = name.strip_prefix(kind.word())?.strip_prefix('-')?;
        let stamp = rest.strip_suffix(kind.ending())?.strip_suffix('.')?;
        // What follows the Z tells twins apart.
        let stamp = stamp.split_inclusive('Z').next()?;
        let made = jiff::civil::DateTime::strptime("%Y-%m-%dT%H%M%SZ", stamp).ok()?;
        let made = made.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp();
        Some((kind, made))
    })
}
