//! Opens a vault: the key, the settings of each connection, the pool of readers.

use std::fs::OpenOptions as FileOptions;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{OpenError, StoreError};
use crate::forget;
use crate::going;
use crate::key::Key;
use crate::migrate::{MIGRATIONS, Migration, migrate};
use crate::operation::{Pen, Snapshot};
use crate::triggers;

/// Marks a file as a vault, in SQLite's header: "Vouc".
pub(crate) const APPLICATION_ID: i32 = 0x566F_7563;

/// Cache of each reader in KiB, 32 MB together. The first has the most, because
/// a face that asks one thing at a time is always given that one.
const READER_CACHE_KIB: [i64; 3] = [18 * 1024, 8 * 1024, 6 * 1024];

/// Cache of the pen in KiB. An operation that fits writes each page once; the
/// memory is taken only when a large import needs it.
const PEN_CACHE_KIB: i64 = 32 * 1024;

/// How a vault is opened. The defaults are right outside tests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Pages of 4 KiB that the file may have; `None` is as many as the disk
    /// holds. Small numbers show what a full disk does.
    pub max_pages: Option<u32>,
    /// How long to wait for another process.
    pub busy_wait: Duration,
    /// The migrations to know.
    pub migrations: &'static [Migration],
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_pages: None,
            busy_wait: Duration::from_secs(5),
            migrations: MIGRATIONS,
        }
    }
}

/// Opens the vault at `path`, or makes one there, readable by its owner only.
pub fn open(path: &Path, key: &Key) -> Result<(Pen, Reader), OpenError> {
    open_with(path, key, Limits::default())
}

/// Opens a vault like [`open`], with limits of the caller's.
pub fn open_with(path: &Path, key: &Key, limits: Limits) -> Result<(Pen, Reader), OpenError> {
    let folder_is_new = touch(path)?;
    let opened = open_file(path, key, limits);
    if opened.is_err() && folder_is_new {
        // An empty file of ours would only look like a vault that lost its data.
        remove_if_empty(path);
    }
    opened
}

fn open_file(path: &Path, key: &Key, limits: Limits) -> Result<(Pen, Reader), OpenError> {
    let mut writer = connect(path, key, limits, PEN_CACHE_KIB)?;
    recognise(&writer, limits.migrations)?;
    writer.pragma_update(None, "synchronous", "FULL")?;
    writer.pragma_update(None, "foreign_keys", true)?;
    // With this a REPLACE would be logged like any other write.
    writer.pragma_update(None, "recursive_triggers", true)?;
    if let Some(pages) = limits.max_pages {
        writer.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    migrate(&mut writer, limits.migrations)?;
    forget::finish_sweeping(&writer)?;
    let tables = triggers::logged_tables(&writer)?;
    triggers::install(&writer, &tables)?;
    going::install(&writer)?;

    let mut readers = Vec::with_capacity(READER_CACHE_KIB.len());
    // The pool gives from the end, so the reader with most cache goes in last.
    for cache_kib in READER_CACHE_KIB.into_iter().rev() {
        let reader = connect(path, key, limits, cache_kib)?;
        reader.pragma_update(None, "query_only", true)?;
        readers.push((cache_kib, reader));
    }
    let pool = Pool {
        free: Mutex::new(readers),
        returned: Condvar::new(),
    };
    Ok((Pen::new(writer, tables), Reader(Arc::new(pool))))
}

/// A vault has at least one page of this size.
const PAGE_BYTES: u64 = 4096;

/// Makes the file where there is none, for its owner only, and finds out
/// whether it can be written. Returns whether it is new.
fn touch(path: &Path) -> Result<bool, OpenError> {
    let is_new = !path.try_exists()?;
    let mut options = FileOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    owner_only(&mut options);
    let n_bytes = options.open(path)?.metadata()?.len();
    if (1..PAGE_BYTES).contains(&n_bytes) {
        // SQLite takes a file of less than a page for an empty one, and would
        // write over it.
        return Err(OpenError::WrongKeyOrNotAVault);
    }
    Ok(is_new)
}

#[cfg(unix)]
fn owner_only(options: &mut FileOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    // SQLite gives the log and its index the same permissions.
    options.mode(0o600);
}

#[cfg(not(unix))]
fn owner_only(_: &mut FileOptions) {}

fn remove_if_empty(path: &Path) {
    if std::fs::metadata(path).is_ok_and(|file| file.len() == 0) {
        // Nothing is lost if this fails: the file is empty.
        let _ = std::fs::remove_file(path);
    }
}

/// Lets SQLite initialise itself on one thread, once.
///
/// It counts as initialised before SQLCipher's part, which comes last, has run
/// (`SQLITE_EXTRA_INIT` in `sqlite3_initialize`): a second thread that opened a
/// file meanwhile could not use its key.
pub(crate) fn initialise() {
    static ONCE: Once = Once::new();
    // Opening anything will do; where it fails, opening the file says why.
    ONCE.call_once(|| drop(Connection::open_in_memory()));
}

fn connect(
    path: &Path,
    key: &Key,
    limits: Limits,
    cache_kib: i64,
) -> Result<Connection, OpenError> {
    initialise();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(limits.busy_wait)?;
    // SQLCipher tells its own log about a wrong key; our callers tell the student.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&key.pragma())?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(160);
    // The first page is read here, so a wrong key shows now and not later.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// Makes sure that the file is ours and not too new, before anything is written.
fn recognise(connection: &Connection, migrations: &[Migration]) -> Result<(), OpenError> {
    let number = |pragma: &str| -> rusqlite::Result<i32> {
        connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
    };
    let n_objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application = number("application_id")?;
    let is_empty = n_objects == 0 && application == 0;
    if application != APPLICATION_ID && !is_empty {
        return Err(OpenError::WrongKeyOrNotAVault);
    }
    let found = u32::try_from(number("user_version")?).unwrap_or(u32::MAX);
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(OpenError::NewerVault { found, known });
    }
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    if is_empty {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}

/// The reading side of a vault: a few connections that cannot write.
///
/// It can be cloned and shared between threads; who asks while all connections
/// are busy waits for one.
#[derive(Clone)]
pub struct Reader(Arc<Pool>);

impl Reader {
    /// Runs `f` on one snapshot: all that it reads is from the same moment,
    /// however much is written meanwhile.
    pub fn read<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&Snapshot<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let lent = Lent::take(&self.0);
        let connection = lent.connection();
        let transaction = connection
            .unchecked_transaction()
            .map_err(StoreError::from)?;
        // Dropping the transaction ends it; there is nothing to keep.
        f(&Snapshot::of(&transaction))
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reader")
    }
}

struct Pool {
    /// Free connections with the size of their cache, the largest last.
    free: Mutex<Vec<(i64, Connection)>>,
    returned: Condvar,
}

impl Pool {
    fn free(&self) -> MutexGuard<'_, Vec<(i64, Connection)>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that goes back to its pool when dropped, after a panic too.
struct Lent<'p> {
    pool: &'p Pool,
    connection: Option<(i64, Connection)>,
}

impl<'p> Lent<'p> {
    fn take(pool: &'p Pool) -> Self {
        let mut free = pool.free();
        loop {
            if let Some(connection) = free.pop() {
                return Self {
                    pool,
                    connection: Some(connection),
                };
            }
            free = pool
                .returned
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn connection(&self) -> &Connection {
        match &self.connection {
            Some((_, connection)) => connection,
            None => unreachable!("a connection is given back only when dropped"),
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let mut free = self.pool.free();
            let place = free.partition_point(|(cache, _)| *cache <= connection.0);
            free.insert(place, connection);
            self.pool.returned.notify_one();
        }
    }
}
