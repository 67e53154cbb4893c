//! Files beside a vault that may hold what it held: backups, exports, copies.

use std::fs;
use std::path::{Path, PathBuf};

/// A file in the vault's folder that is not the vault itself: a backup, an
/// export, or a copy that somebody made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Copy {
    /// The file.
    pub file: PathBuf,
    /// Its size.
    pub n_bytes: u64,
}

/// A file smaller than this is a key or a note, and no copy of a vault.
const COPY_MIN_BYTES: u64 = 4096;

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
        if about.is_file() && !is_own && about.len() >= COPY_MIN_BYTES {
            copies.push(Copy {
                file,
                n_bytes: about.len(),
            });
        }
    }
}
