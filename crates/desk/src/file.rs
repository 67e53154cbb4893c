//! Reads a file of any size where it lies, with progress and a stop.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use formats::Format;
use formats::contacts::{CsvLook, Mapping};
use formats::linkedin::ARCHIVE;

use crate::views::columns::read_table;
use crate::{DeskError, Opened, Reading, Result, open_people, read_archive, read_people_of};

/// What a file on this computer is.
#[derive(Debug)]
pub enum FileKind {
    /// A kind that is read without a question.
    Known(&'static Format),
    /// A table whose columns somebody has to explain first.
    Table,
}

/// Returns what the file under a path is, having read its beginning only.
///
/// # Errors
/// [`DeskError::Bad`] where there is no file, or something that is none: a
/// folder, a device, a pipe; [`DeskError::Unreadable`] where it is nothing that
/// can be read.
pub fn look_at_file(path: &Path) -> Result<FileKind> {
    let mut input = BufReader::with_capacity(formats::HEAD_LEN, open_file(path)?);
    let head = input.fill_buf().map_err(|error| unopened(path, &error))?;
    Ok(match open_people(&file_name(path), head)? {
        Opened::Known(format) => FileKind::Known(format),
        Opened::Table => FileKind::Table,
    })
}

/// Opens a file to read it, and nothing that is none.
///
/// # Errors
/// [`DeskError::Bad`], as for [`look_at_file`].
pub fn open_file(path: &Path) -> Result<File> {
    // Asked before it is opened: to open a pipe waits for whoever writes to it.
    let metadata = std::fs::metadata(path).map_err(|error| unopened(path, &error))?;
    if metadata.is_dir() {
        return Err(bad(path, "is a folder"));
    }
    if !metadata.is_file() {
        return Err(bad(path, "is no ordinary file"));
    }
    File::open(path).map_err(|error| unopened(path, &error))
}

fn unopened(path: &Path, error: &io::Error) -> DeskError {
    match error.kind() {
        io::ErrorKind::NotFound => bad(path, "is not there"),
        io::ErrorKind::PermissionDenied => bad(path, "may not be read by you"),
        _ => bad(path, &format!("cannot be read: {error}")),
    }
}

fn bad(path: &Path, what: &str) -> DeskError {
    let found = format!("{}, which {what}", path.display());
    let would_do = "the path of a file on this computer, or of the folder of a CSV export";
    DeskError::bad("path", found, would_do)
}

/// Returns the name of the file under a path.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Reads the file under a path. `columns` says what the columns of a table
/// hold, where it is one.
///
/// `progress` is told how many bytes are read and how many there are, and stops
/// the work by returning `false`. Memory is bounded by what a [`Reading`] keeps,
/// whatever the size of the file.
///
/// # Errors
/// [`DeskError::Stopped`] when `progress` said so; else as [`look_at_file`] and
/// [`read_people_of`].
pub fn read_file(
    student: &str,
    path: &Path,
    columns: Option<(&CsvLook, &Mapping)>,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Reading> {
    let mut file = open_file(path)?;
    let n_bytes = file.metadata().map_or(0, |metadata| metadata.len());
    let name = file_name(path);
    let mut head = vec![0; formats::HEAD_LEN];
    let n_head = file.read(&mut head).map_err(|e| unopened(path, &e))?;
    head.truncate(n_head);
    file.seek(SeekFrom::Start(0))
        .map_err(|e| unopened(path, &e))?;
    let stopped = Cell::new(false);
    let watched = Watched {
        file,
        n_read: 0,
        n_told: 0,
        n_bytes,
        progress,
        stopped: &stopped,
    };
    let mut input = BufReader::with_capacity(formats::HEAD_LEN, watched);
    let reading = match columns {
        Some((look, mapping)) => read_table(&name, look, mapping, &mut input),
        None => match open_people(&name, &head)? {
            Opened::Known(format) if *format == ARCHIVE => read_archive(student, &name, input),
            _ => read_people_of(student, &name, &mut input),
        },
    };
    if stopped.get() {
        return Err(DeskError::Stopped);
    }
    reading
}

/// Bytes between two reports of progress.
const TOLD_EVERY: u64 = 1 << 18;

/// Counts what is read of a file, and fails once the work is stopped.
struct Watched<'a> {
    file: File,
    n_read: u64,
    n_told: u64,
    n_bytes: u64,
    progress: &'a mut dyn FnMut(u64, u64) -> bool,
    stopped: &'a Cell<bool>,
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.n_read >= self.n_told {
            self.n_told = self.n_read + TOLD_EVERY;
            // An archive is read here and there, and some of it twice.
            let n_read = self.n_read.min(self.n_bytes);
            if !(self.progress)(n_read, self.n_bytes) {
                self.stopped.set(true);
            }
        }
        if self.stopped.get() {
            return Err(io::Error::other("stopped"));
        }
        let n_bytes = self.file.read(into)?;
        self.n_read += n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
