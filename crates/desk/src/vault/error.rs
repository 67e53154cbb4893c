//! What stands between a student and their vault, in facts.

use std::io;
use std::path::{Path, PathBuf};

use crate::OpenError;

/// Why a vault could not be opened, locked, copied or put back.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The folder could not be made.
    #[error("cannot make the folder {}: {source}", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The key file could not be read or written.
    #[error("cannot use the key file {}: {source}", .file.display())]
    KeyFile {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The key file is not a key.
    #[error("{} is not a key: found {found}; would do: 64 hexadecimal digits, or what `vouch lock` writes", .file.display())]
    NotAKey {
        /// The file.
        file: PathBuf,
        /// What was found.
        found: String,
    },
    /// There is a data file, and its key file is gone.
    #[error("{} is there, but its key {} is not; put the key back beside it", .data.display(), .key.display())]
    KeyGone {
        /// The data file.
        data: PathBuf,
        /// The key file.
        key: PathBuf,
    },
    /// The vault has a passphrase, and none was given.
    #[error("the vault is locked with a passphrase")]
    Locked,
    /// The vault has no passphrase, and one was to be taken off or checked.
    #[error("the vault has no passphrase")]
    NotLocked,
    /// The passphrase is another one.
    #[error("this is not the passphrase of {what}")]
    WrongPassphrase {
        /// What it should open ("the vault", "this backup").
        what: &'static str,
    },
    /// The passphrase is too easy to guess.
    #[error(
        "the passphrase has {found} characters; would do: {wanted} or more, such as four words that do not belong together"
    )]
    ShortPassphrase {
        /// Characters of the passphrase.
        found: usize,
        /// The fewest that will do.
        wanted: usize,
    },
    /// The text is no recovery code; it names the group that is mistyped.
    #[error("recovery code: {0}")]
    NotARecoveryCode(#[from] super::recovery::NotACode),
    /// The recovery code is well formed, and of another sheet.
    #[error("this recovery code is not the one of the latest sheet of this vault")]
    WrongRecoveryCode,
    /// No sheet was made.
    #[error("no recovery sheet was made for this vault")]
    NoRecovery,
    /// Another process has the vault open.
    #[error("{what} needs the vault for itself, and another Vouch has it open")]
    InUse {
        /// What was to be done ("restoring").
        what: &'static str,
    },
    /// Another process is doing what needs the vault for itself.
    #[error("another Vouch is locking, restoring or updating this vault")]
    Taken,
    /// A file of the vault, or a backup, could not be read or written.
    #[error("cannot use {}: {source}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file for a backup is there already.
    #[error("{} is there already; would do: a new name", .file.display())]
    FileIsThere {
        /// The file.
        file: PathBuf,
    },
    /// The file is no backup.
    #[error("{} is not a backup of Vouch: {found}", .file.display())]
    NotABackup {
        /// The file.
        file: PathBuf,
        /// What was found.
        found: String,
    },
    /// The backup was made, and has been damaged since.
    #[error("the backup {} is damaged: {found}; nothing was restored", .file.display())]
    DamagedBackup {
        /// The file.
        file: PathBuf,
        /// What was found.
        found: String,
    },
    /// The vault changed after the restore was prepared.
    #[error("the vault was changed after the backup was looked at, so look at both again")]
    Moved,
    /// The system has no random bytes, or too little memory to check a passphrase.
    #[error("the system did not give {0}")]
    System(String),
    /// The data file could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl VaultError {
    /// Says which file the system refused.
    pub(crate) fn file(file: &Path) -> impl FnOnce(io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::File { file, source }
    }
}
