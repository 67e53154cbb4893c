//! The student's folder: a data file and a key file.
//!
//! Everything that depends on the platform (default folder, permissions, file
//! locks) is kept in this module and those below it. `docs/vault-format.md`
//! describes every file.

mod backup;
mod copies;
mod error;
mod files;
mod hold;
mod key_file;
mod lock;
mod pages;
mod recovery;
mod restore;
mod shelf;
mod wrap;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use store::Limits;

use crate::{Clock, Desk, Ids, Key, Reader};

pub use copies::Copy;
pub(crate) use copies::copies_beside;
pub use error::VaultError;
pub use key_file::Secret;
pub use lock::Protection;
pub use pages::{Pages, PagesHeld};
pub use recovery::{NotACode, RecoveryCode};
pub use restore::{Found, Prepared, Restored};
pub use shelf::{Backup, BackupKind};
pub use wrap::MIN_PASSPHRASE;

use files::Passing;
use hold::Held;
use key_file::KeyFile;

const DATA_FILE: &str = "vouch.db";
const KEY_FILE: &str = "vouch.key";
const LOCK_FILE: &str = "vouch.lock";
const BACKUP_FOLDER: &str = "backups";
const WORK_PREFIX: &str = "unfinished-";
const WORK_LOCK_FILE: &str = "work.lock";

/// Returns where a vault is kept when nothing else is said: the platform's
/// folder for a program's data, as the environment given describes it.
///
/// `var` looks an environment variable up; the command line passes the real one.
pub fn default_folder(var: impl Fn(&str) -> Option<String>) -> PathBuf {
    let named = |name: &str| {
        var(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = named("VOUCH_VAULT") {
        return folder;
    }
    if cfg!(windows)
        && let Some(data) = named("APPDATA")
    {
        return data.join("Vouch");
    }
    let home = named("HOME")
        .or_else(|| named("USERPROFILE"))
        .unwrap_or_else(|| PathBuf::from("."));
    if cfg!(target_os = "macos") {
        return home
            .join("Library")
            .join("Application Support")
            .join("Vouch");
    }
    named("XDG_DATA_HOME")
        .unwrap_or_else(|| home.join(".local").join("share"))
        .join("vouch")
}

/// The student's folder.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
    limits: Limits,
}

impl Vault {
    /// Returns the vault in a folder, which need not be there yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            limits: Limits::default(),
        }
    }

    /// Opens the data file within limits of the caller's; the usual ones are
    /// right outside tests.
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the data file.
    pub fn data_file(&self) -> PathBuf {
        self.folder.join(DATA_FILE)
    }

    /// Returns the key file.
    pub fn key_file(&self) -> PathBuf {
        self.folder.join(KEY_FILE)
    }

    /// Returns the folder in which backups are kept unless another is named.
    pub fn backup_folder(&self) -> PathBuf {
        self.folder.join(BACKUP_FOLDER)
    }

    pub(crate) fn lock_file(&self) -> PathBuf {
        self.folder.join(LOCK_FILE)
    }

    /// Returns the size of the data file, with what is still in its log.
    pub fn n_bytes(&self) -> u64 {
        let log = files::with_suffix(&self.data_file(), "-wal");
        [self.data_file(), log]
            .iter()
            .map(|file| fs::metadata(file).map_or(0, |it| it.len()))
            .sum()
    }

    /// Returns whether there is a vault in the folder.
    pub fn is_there(&self) -> bool {
        self.data_file().exists()
    }

    /// Opens a vault that has no passphrase, and makes folder, key and data file
    /// where there are none.
    ///
    /// The key file can be read by its owner only. A data file whose key is
    /// gone is never replaced.
    pub fn open(&self, clock: Arc<dyn Clock>, ids: Ids) -> Result<(Desk, Reader), VaultError> {
        self.open_with(Secret::None, clock, ids)
    }

    /// Opens a vault like [`Vault::open`], with what its lock asks for.
    pub fn open_with(
        &self,
        secret: Secret<'_>,
        clock: Arc<dyn Clock>,
        ids: Ids,
    ) -> Result<(Desk, Reader), VaultError> {
        let key = self.key_or_new(secret)?;
        self.open_with_key(&key, clock, ids)
    }

    /// Opens a vault whose key is known.
    ///
    /// Tables of an earlier version are brought up to date, after a backup was
    /// made of them; that needs the vault for itself.
    pub fn open_with_key(
        &self,
        key: &Key,
        clock: Arc<dyn Clock>,
        ids: Ids,
    ) -> Result<(Desk, Reader), VaultError> {
        self.make_folder()?;
        self.tidy();
        let known = u32::try_from(self.limits.migrations.len()).unwrap_or(u32::MAX);
        loop {
            let held = Held::shared(&self.lock_file())?;
            let found = store::stored_version(&self.data_file(), key)?;
            if found == 0 || found >= known {
                let (pen, reader) = store::open_with(&self.data_file(), key, self.limits)?;
                let mut desk = Desk::new(self.data_file(), pen, reader.clone(), clock, ids);
                desk.home = Some(Home {
                    vault: self.clone(),
                    key: key.clone(),
                    _held: held,
                });
                return Ok((desk, reader));
            }
            drop(held);
            self.migrate(key, known, clock.now())?;
        }
    }

    /// Brings the tables up to date, with a backup of them as they were.
    fn migrate(&self, key: &Key, known: u32, now: Timestamp) -> Result<(), VaultError> {
        let _held = self.alone("updating the vault to this version of Vouch")?;
        let found = store::stored_version(&self.data_file(), key)?;
        if 0 < found && found < known {
            self.backup_before_migration(key, now)?;
        }
        // Opening applies what is missing, and closing writes the log back.
        drop(store::open_with(&self.data_file(), key, self.limits)?);
        Ok(())
    }

    pub(crate) fn make_folder(&self) -> Result<(), VaultError> {
        files::make_private_folder(&self.folder).map_err(|source| VaultError::Folder {
            folder: self.folder.clone(),
            source,
        })
    }

    /// Returns the key, and makes one where there is neither key nor data.
    pub fn key_or_new(&self, secret: Secret<'_>) -> Result<Key, VaultError> {
        let file = self.key_file();
        if let Some(found) = KeyFile::read(&file)? {
            return found.key(secret);
        }
        if self.is_there() {
            return self.key(secret);
        }
        let _held = self.alone("making a vault")?;
        // Another process may have made it while this one waited.
        if let Some(found) = KeyFile::read(&file)? {
            return found.key(secret);
        }
        let key = Key::new(*wrap::random_bytes()?);
        KeyFile::Open(key.clone()).write(&file)?;
        Ok(key)
    }

    /// Removes what a process that died left unfinished, where no other process
    /// is at such work. Failing to do so is no reason to stop.
    fn tidy(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let unfinished: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with(WORK_PREFIX)
            })
            .collect();
        if unfinished.is_empty() {
            return;
        }
        if let Ok(_held) = Held::alone_now(&self.work_lock_file()) {
            for path in unfinished {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Returns a new file in the folder for unfinished work; it goes when dropped.
    pub(crate) fn work_file(&self) -> Result<Work, VaultError> {
        let held = Held::shared(&self.work_lock_file())?;
        let name = format!("{WORK_PREFIX}{}.db", uuid::Uuid::new_v4().simple());
        Ok(Work {
            file: Passing::new(self.folder.join(name)),
            _held: held,
        })
    }

    fn work_lock_file(&self) -> PathBuf {
        self.folder.join(WORK_LOCK_FILE)
    }
}

/// A file for unfinished work. Its lock tells other processes that it is not
/// one that was left behind.
#[derive(Debug)]
pub(crate) struct Work {
    file: Passing,
    _held: Held,
}

impl Work {
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Lets the file be, whatever comes.
    pub(crate) fn keep(self) {
        self.file.keep();
    }
}

/// Where an open desk is at home: its vault, held with the key in memory.
pub(crate) struct Home {
    pub(crate) vault: Vault,
    pub(crate) key: Key,
    _held: Held,
}
