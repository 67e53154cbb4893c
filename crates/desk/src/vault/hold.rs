//! Who has the vault: many at once, or one alone.
//!
//! The file `vouch.lock` holds nothing; the system keeps a lock on it for each
//! process that has the vault open, and lets it go when the process ends,
//! however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::error::VaultError;
use crate::OpenError;

/// Tries to get the vault, with [`PAUSE`] between them: 5 s together.
const N_TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// The vault is held as long as this lives.
#[derive(Debug)]
pub(crate) struct Held {
    _file: File,
}

impl Held {
    /// Holds the vault together with others who only open it.
    pub(crate) fn shared(lock_file: &Path) -> Result<Self, VaultError> {
        take(lock_file, File::try_lock_shared, || VaultError::Taken)
    }

    /// Holds the vault alone; `what` needs that.
    pub(crate) fn alone(lock_file: &Path, what: &'static str) -> Result<Self, VaultError> {
        take(lock_file, File::try_lock, || VaultError::InUse { what })
    }

    /// Holds the vault alone if that is possible without waiting.
    pub(crate) fn alone_now(lock_file: &Path) -> Result<Self, TryLockError> {
        let file = open(lock_file).map_err(TryLockError::Error)?;
        file.try_lock()?;
        Ok(Self { _file: file })
    }
}

fn take(
    lock_file: &Path,
    try_lock: impl Fn(&File) -> Result<(), TryLockError>,
    refusal: impl Fn() -> VaultError,
) -> Result<Held, VaultError> {
    let file = open(lock_file).map_err(|error| refused(lock_file, error))?;
    for i in 0..N_TRIES {
        match try_lock(&file) {
            Ok(()) => return Ok(Held { _file: file }),
            Err(TryLockError::WouldBlock) if i + 1 < N_TRIES => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => break,
            // A folder on a network may know no locks. SQLite still keeps two
            // writers apart there.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(Held { _file: file });
            }
            Err(TryLockError::Error(error)) => return Err(refused(lock_file, error)),
        }
    }
    Err(refusal())
}

/// A folder that cannot be written is told as such, by the name of the data file.
pub(crate) fn refused(lock_file: &Path, error: io::Error) -> VaultError {
    match OpenError::from(error) {
        OpenError::Io(source) => VaultError::file(lock_file)(source),
        known => known.into(),
    }
}

fn open(lock_file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(lock_file)
}
