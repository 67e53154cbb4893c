//! A backup: a copy of the vault in one file, under a passphrase of its own.
//!
//! The file begins with a page of text that says what follows and holds the
//! copy's key, wrapped; the copy, a SQLCipher database, is the rest. Every byte
//! counts: `docs/vault-format.md` tells how each is checked.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use blake2::{Blake2b512, Digest as _};
use jiff::Timestamp;

use super::error::VaultError;
use super::files::{self, Passing, with_suffix};
use super::wrap::{self, Wrapped, from_hex, hex, settled};
use super::{Home, Vault};
use crate::{Desk, DeskError, Key};

const FIRST_LINE: &str = "vouch backup 1";

/// The text at the beginning, filled up with line feeds.
pub(crate) const HEAD_BYTES: usize = 4096;

const DIGEST_BYTES: usize = 64;

/// The text at the beginning of a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) made: Timestamp,
    /// Bytes of the copy, and their BLAKE2b digest.
    pub(crate) n_bytes: u64,
    pub(crate) digest: [u8; DIGEST_BYTES],
    key: Wrapped,
}

impl Head {
    /// Returns the lines that the wrapped key is bound to.
    fn bound(made: Timestamp, n_bytes: u64, digest: &[u8; DIGEST_BYTES]) -> String {
        format!(
            "{FIRST_LINE}\nmade {made}\ncopy {n_bytes} {}\n",
            hex(digest)
        )
    }

    fn new(
        made: Timestamp,
        n_bytes: u64,
        digest: [u8; DIGEST_BYTES],
        key: &Key,
        passphrase: &str,
    ) -> Result<Self, VaultError> {
        let bound = Self::bound(made, n_bytes, &digest);
        Ok(Self {
            made,
            n_bytes,
            digest,
            key: Wrapped::new(key, settled(passphrase).as_bytes(), bound.as_bytes())?,
        })
    }

    /// Returns the key of the copy, or `None` for another passphrase.
    pub(crate) fn key(&self, passphrase: &str) -> Result<Option<Key>, VaultError> {
        let bound = Self::bound(self.made, self.n_bytes, &self.digest);
        self.key
            .open(settled(passphrase).as_bytes(), bound.as_bytes())
    }

    fn bytes(&self) -> Vec<u8> {
        let mut text = Self::bound(self.made, self.n_bytes, &self.digest);
        text.push_str(&format!("passphrase {}\n", self.key));
        text.push_str(&format!("check {}\n", hex(&Blake2b512::digest(&text))));
        let mut bytes = text.into_bytes();
        bytes.resize(HEAD_BYTES, b'\n');
        bytes
    }

    /// Returns whether a file that begins so means to be a backup.
    pub(crate) fn is_meant(bytes: &[u8]) -> bool {
        bytes.starts_with(b"vouch backup ")
    }

    /// Reads the head; the error says what is wrong with it.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.len() != HEAD_BYTES {
            return Err("it ends before its contents begin");
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "its first page is no text")?;
        if !text.starts_with(&format!("{FIRST_LINE}\n")) {
            return Err("it is of a newer Vouch, or its first line is damaged");
        }
        let head = Self::lines(text).ok_or("its first page is damaged")?;
        // Written anew it is the same to the last byte, or something in it was
        // changed: the check and the filling are held to that, too.
        if head.bytes() != bytes {
            return Err("its first page does not agree with its check");
        }
        Ok(head)
    }

    fn lines(text: &str) -> Option<Self> {
        let mut lines = text.lines().skip(1);
        let mut next = |name: &str| lines.next()?.strip_prefix(name);
        let made = next("made ")?.parse().ok()?;
        let (n_bytes, digest) = next("copy ")?.split_once(' ')?;
        Some(Self {
            made,
            n_bytes: n_bytes.parse().ok()?,
            digest: from_hex(digest)?,
            key: Wrapped::read(next("passphrase ")?)?,
        })
    }
}

impl Desk {
    /// Writes a backup of the vault, as it is now, to a new file, under a
    /// passphrase of its own. Others may read and write meanwhile.
    ///
    /// The file is there whole or not at all.
    ///
    /// # Errors
    /// A file that is there already is never replaced.
    pub fn backup(&self, file: &Path, passphrase: &str) -> Result<(), VaultError> {
        let home = self.home()?;
        // Noted first: a file that is not there is never named.
        self.note_export(file).map_err(|error| match error {
            DeskError::Store(error) => VaultError::Open(error.into()),
            error => VaultError::System(error.to_string()),
        })?;
        home.vault.backup(&home.key, file, passphrase, self.now())
    }

    /// Writes a backup like [`Desk::backup`] into the folder for backups, named
    /// by the present time. Returns the file.
    pub fn backup_into_folder(&self, passphrase: &str) -> Result<PathBuf, VaultError> {
        let home = self.home()?;
        let now = self.now();
        let file = home.vault.new_backup_name(now)?;
        home.vault.backup(&home.key, &file, passphrase, now)?;
        Ok(file)
    }

    pub(crate) fn home(&self) -> Result<&Home, VaultError> {
        self.home.as_ref().ok_or_else(|| {
            VaultError::System("the folder of this vault, only its data file".to_owned())
        })
    }
}

impl Vault {
    /// Writes a backup of the vault to a new file, dated `now`.
    pub fn backup(
        &self,
        key: &Key,
        file: &Path,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        wrap::check_length(passphrase)?;
        if fs::symlink_metadata(file).is_ok() {
            return Err(is_there(file));
        }
        // A copy takes long, and must not be made in vain for a folder that
        // takes no file, or for one that another process is writing.
        let (mut out, beside) = take_name_beside(file)?;
        let copy = self.work_file()?;
        let copy_key = Key::new(*wrap::random_bytes()?);
        store::copy(&self.data_file(), key, copy.path(), &copy_key)?;

        join(copy.path(), &mut out, beside.path(), |n_bytes, digest| {
            Head::new(now, n_bytes, digest, &copy_key, passphrase)
        })?;
        files::rename_to_new(beside.path(), file).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => is_there(file),
            _ => VaultError::file(file)(source),
        })?;
        beside.keep();
        files::sync_folder_of(file).map_err(VaultError::file(file))
    }
}

fn is_there(file: &Path) -> VaultError {
    VaultError::FileIsThere {
        file: file.to_owned(),
    }
}

/// Opens the file beside `file` that a backup is written to. What a process that
/// died left there is written over; another that is still at it is let be.
fn take_name_beside(file: &Path) -> Result<(File, Passing), VaultError> {
    let beside = with_suffix(file, ".unfinished");
    let out = files::private_file(&beside).map_err(VaultError::file(&beside))?;
    match out.try_lock() {
        Ok(()) => {}
        Err(fs::TryLockError::WouldBlock) => return Err(is_there(&beside)),
        // A folder that knows no locks.
        Err(fs::TryLockError::Error(_)) => {}
    }
    // Another process may have finished between the opening and the lock.
    if !files::is_at(&out, &beside) {
        return Err(is_there(file));
    }
    out.set_len(0).map_err(VaultError::file(&beside))?;
    Ok((out, Passing::new(beside)))
}

/// Writes head and copy into a file, which is called `to`.
fn join(
    copy: &Path,
    out: &mut File,
    to: &Path,
    head: impl FnOnce(u64, [u8; DIGEST_BYTES]) -> Result<Head, VaultError>,
) -> Result<(), VaultError> {
    let mut from = File::open(copy).map_err(VaultError::file(copy))?;
    let (n_bytes, digest) = pass_on(&mut from, &mut io::sink()).map_err(VaultError::file(copy))?;
    let head = head(n_bytes, digest)?;
    let written = (|| {
        out.write_all(&head.bytes())?;
        io::copy(&mut File::open(copy)?, out)?;
        out.sync_all()
    })();
    written.map_err(VaultError::file(to))
}

/// Copies all that is left of a reader, and returns its length and digest.
pub(crate) fn pass_on(
    from: &mut impl Read,
    to: &mut impl Write,
) -> io::Result<(u64, [u8; DIGEST_BYTES])> {
    let mut digest = Blake2b512::new();
    let mut block = vec![0; 64 * 1024];
    let mut n_bytes = 0;
    loop {
        let n = match from.read(&mut block) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        digest.update(&block[..n]);
        to.write_all(&block[..n])?;
        n_bytes += n as u64;
    }
    Ok((n_bytes, digest.finalize().into()))
}
