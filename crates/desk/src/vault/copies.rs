//! Files beside a vault that may hold what it held: backups, exports, copies.

use std::fs;
use std::path::{Path, PathBuf};

use store::{Pen, StoreError};

use super::{Vault, VaultError, files};
use crate::Key;

/// A file in the vault's folder that is not the vault itself: a backup, an
/// export, or a copy that somebody made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Copy {
    /// The file.
    pub file: PathBuf,
    /// Its size.
    pub n_bytes: u64,
}

/// Files of the vault that hold nothing of what is stored.
const OWN_FILES: [&str; 2] = ["vouch.key", "pages.address"];

/// Folders inside the vault's folder are looked through to this depth.
const COPY_DEPTH: usize = 3;

/// Returns the files beside a data file that may be copies of it, by name.
/// What cannot be looked at is left out.
pub(crate) fn copies_beside(data_file: &Path) -> Vec<Copy> {
    let mut copies = Vec::new();
    if let Some(folder) = data_file.parent() {
        find_copies(folder, data_file, COPY_DEPTH, &mut copies);
    }
    copies.sort_by(|a, b| a.file.cmp(&b.file));
    copies
}

fn find_copies(folder: &Path, data_file: &Path, depth: usize, copies: &mut Vec<Copy>) {
    let own = data_file.as_os_str().as_encoded_bytes();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.path();
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() && depth > 1 {
            find_copies(&file, data_file, depth - 1, copies);
        }
        // SQLite keeps its log beside the data file, under its name and more.
        let bytes = file.as_os_str().as_encoded_bytes();
        let is_own = bytes
            .strip_prefix(own)
            .is_some_and(|rest| [&b""[..], b"-wal", b"-shm", b"-journal"].contains(&rest));
        if about.is_file() && !is_own && about.len() > 0 && !holds_nothing(&file) {
            copies.push(Copy {
                file,
                n_bytes: about.len(),
            });
        }
    }
}

/// Returns whether a file of this name is the key, or says only that somebody
/// is at work.
fn holds_nothing(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    OWN_FILES.contains(&&*name) || name.ends_with(".lock")
}

impl Vault {
    /// Takes people out of the copies that Vouch made of this vault by itself,
    /// and returns how many copies may still hold them, because they could not
    /// be opened or written.
    ///
    /// `forget` is given each copy's pen, and returns whether anybody was there
    /// to forget. A copy is replaced by one without them, whole or not at all.
    pub(crate) fn forget_in_copies(
        &self,
        key: &Key,
        forget: impl Fn(&Pen) -> Result<bool, StoreError>,
    ) -> usize {
        let Ok(backups) = self.backups() else {
            return 1;
        };
        let copies = backups.iter().filter(|backup| backup.kind.forgets());
        copies
            .filter(|copy| self.forget_in_copy(key, &copy.file, &forget).is_err())
            .count()
    }

    fn forget_in_copy(
        &self,
        key: &Key,
        copy: &Path,
        forget: &impl Fn(&Pen) -> Result<bool, StoreError>,
    ) -> Result<(), VaultError> {
        let work = self.work_file()?;
        files::copy_privately(copy, work.path()).map_err(VaultError::file(copy))?;
        let (pen, reader) = store::open_with(work.path(), key, self.limits)?;
        let was_there = forget(&pen).map_err(|error| VaultError::Open(error.into()))?;
        drop((pen, reader));
        if !was_there {
            return Ok(());
        }
        // Closing wrote the log back; what is left of it would be lost.
        let log = files::with_suffix(work.path(), "-wal");
        if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(VaultError::InUse {
                what: "forgetting in a copy",
            });
        }
        fs::rename(work.path(), copy).map_err(VaultError::file(copy))?;
        work.keep();
        files::sync_folder_of(copy).map_err(VaultError::file(copy))
    }
}
