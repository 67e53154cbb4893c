//! Files that only their owner can read: they hold other people's data, or a key.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::CliError;

/// Makes a file that is not there yet.
pub(crate) fn create_new(file: &Path) -> Result<File, CliError> {
    open(file, OpenOptions::new().write(true).create_new(true)).map_err(|e| cannot_write(file, e))
}

/// Writes a file, over what was there.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), CliError> {
    open(
        file,
        OpenOptions::new().write(true).create(true).truncate(true),
    )
    .and_then(|mut out| out.write_all(bytes))
    .map_err(|e| cannot_write(file, e))
}

#[cfg(unix)]
fn open(file: &Path, options: &mut OpenOptions) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let opened = options.mode(0o600).open(file)?;
    // A file that was there keeps its permissions; a device has none of its own.
    if opened.metadata()?.is_file() {
        opened.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(opened)
}

#[cfg(not(unix))]
fn open(file: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.open(file)
}

fn cannot_write(file: &Path, source: io::Error) -> CliError {
    CliError::WriteFile {
        file: file.to_owned(),
        source,
    }
}
