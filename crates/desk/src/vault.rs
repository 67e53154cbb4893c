//! The student's folder: a data file and a key file.
//!
//! Everything that depends on the platform (default folder, permissions) is
//! kept in this module.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{Clock, Desk, Ids, Key, OpenError, Reader};

const DATA_FILE: &str = "vouch.db";
const KEY_FILE: &str = "vouch.key";

/// Why a vault could not be opened.
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
    #[error("{} is not a key: found {found}; would do: 64 hexadecimal digits", .file.display())]
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
    /// The data file could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

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
}

impl Vault {
    /// Returns the vault in a folder, which need not be there yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
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

    /// Opens the vault, and makes folder, key and data file where there are none.
    ///
    /// The key file can be read by its owner only. A data file whose key is
    /// gone is never replaced.
    pub fn open(&self, clock: Arc<dyn Clock>, ids: Ids) -> Result<(Desk, Reader), VaultError> {
        make_private_folder(&self.folder).map_err(|source| VaultError::Folder {
            folder: self.folder.clone(),
            source,
        })?;
        let key = self.key()?;
        Ok(Desk::open(&self.data_file(), &key, clock, ids)?)
    }

    fn key(&self) -> Result<Key, VaultError> {
        let file = self.key_file();
        match fs::read_to_string(&file) {
            Ok(text) => {
                let text = text.trim();
                from_hex(text)
                    .map(Key::new)
                    .ok_or_else(|| VaultError::NotAKey {
                        file,
                        found: format!("{} characters", text.chars().count()),
                    })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let data = self.data_file();
                if data.exists() {
                    return Err(VaultError::KeyGone { data, key: file });
                }
                self.new_key(&file)
                    .map_err(|source| VaultError::KeyFile { file, source })
            }
            Err(source) => Err(VaultError::KeyFile { file, source }),
        }
    }

    fn new_key(&self, file: &Path) -> io::Result<Key> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut out = private_file(file)?;
        out.write_all(hex.as_bytes())?;
        out.sync_all()?;
        Ok(Key::new(bytes))
    }
}

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

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0u8; 32];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    if folder.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn private_file(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
}

#[cfg(not(unix))]
fn private_file(file: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
}
