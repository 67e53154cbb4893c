//! Files that only their owner reads, and that are there whole or not at all.
//!
//! What depends on the platform (permissions, waiting for the disk) is kept here.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Makes a folder that only its owner can look into.
#[cfg(unix)]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    if folder.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Makes a folder.
#[cfg(not(unix))]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes a file that is not there yet, and that only its owner can read.
pub(crate) fn new_private_file(file: &Path) -> io::Result<File> {
    open_private(file, fs::OpenOptions::new().create_new(true))
}

/// Opens a file to write, and makes it where it is not there, so that only its
/// owner can read it.
pub(crate) fn private_file(file: &Path) -> io::Result<File> {
    open_private(file, fs::OpenOptions::new().create(true).truncate(false))
}

fn open_private(file: &Path, options: &mut fs::OpenOptions) -> io::Result<File> {
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file)
}

/// Returns whether an open file still has this path.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |about: fs::Metadata| (about.dev(), about.ino());
    let open = file.metadata().map(identity);
    let found = fs::metadata(path).map(identity);
    open.is_ok_and(|open| found.is_ok_and(|found| found == open))
}

/// A file that is open keeps its path here.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Gives a file another name, which no file has yet.
pub(crate) fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Memory sticks have file systems on which a file has one name. The name
        // is taken, so that nothing is replaced, and used at once.
        Err(_) => {
            drop(new_private_file(to)?);
            fs::rename(from, to)
        }
    }
}

/// Copies a file to a new one that only its owner can read, and waits until it
/// has reached the disk.
pub(crate) fn copy_privately(from: &Path, to: &Path) -> io::Result<()> {
    let mut out = new_private_file(to)?;
    io::copy(&mut File::open(from)?, &mut out)?;
    out.sync_all()
}

/// Makes a file readable by its owner only, where others made it.
#[cfg(unix)]
pub(crate) fn own(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
}

/// Leaves the file as the folder makes it.
#[cfg(not(unix))]
pub(crate) fn own(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes a file in place of the one that may be there: whoever looks, at any
/// moment and after any crash, finds the old one whole or the new one whole.
pub(crate) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = with_suffix(file, ".new");
    // What a crash left behind is not whole and belongs to nobody.
    remove_if_there(&beside)?;
    let written = new_private_file(&beside).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()
    });
    let replaced = written.and_then(|()| fs::rename(&beside, file));
    if let Err(error) = replaced {
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    sync_folder_of(file)
}

/// Returns the path with more at its end.
pub(crate) fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(suffix);
    PathBuf::from(path)
}

/// Removes a file, unless it is gone already.
pub(crate) fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Waits until a new name in the folder of `file` has reached the disk.
#[cfg(unix)]
pub(crate) fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match File::open(folder)?.sync_all() {
        // Some network folders cannot be waited for.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// A folder cannot be waited for here.
#[cfg(not(unix))]
pub(crate) fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that is taken away again unless it is kept, after a panic too.
#[derive(Debug)]
pub(crate) struct Passing {
    path: PathBuf,
    keep: bool,
}

impl Passing {
    /// Takes care of a file, which need not be there yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, keep: false }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the file be, whatever comes.
    pub(crate) fn keep(mut self) {
        self.keep = true;
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if !self.keep {
            // SQLite may have made these beside a database.
            for ending in ["-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(with_suffix(&self.path, ending));
            }
            let _ = fs::remove_file(&self.path);
        }
    }
}
