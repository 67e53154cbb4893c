//! Where the pages of a vault are open, so that a second start finds the first.
//!
//! The system keeps a lock on `pages.lock` for the process that shows the pages,
//! and lets it go when that ends, however it ends. Beside it lies the address,
//! with its launch token: it lets a browser of this computer in for as long as
//! that process runs, and is readable by the owner only, as the key file is. On
//! Windows a locked file cannot be read, which is why they are two.

use std::fs::{self, TryLockError};
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::error::VaultError;
use super::hold::{Held, refused};
use super::{Vault, files};

const LOCK_FILE: &str = "pages.lock";
const ADDRESS_FILE: &str = "pages.address";

/// Looks at another process that has the lock and tells no address, because it
/// just begins or just ends: 10 s together.
const N_LOOKS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// Who shows the pages of a vault.
#[derive(Debug)]
pub enum Pages {
    /// This process may, until the value is dropped.
    Mine(PagesHeld),
    /// Another process does, at this address.
    OpenAt(String),
}

/// The right to show the pages of a vault; the address goes with it.
#[derive(Debug)]
pub struct PagesHeld {
    address_file: PathBuf,
    /// `None` in a folder that knows no locks.
    _held: Option<Held>,
}

impl PagesHeld {
    /// Tells later starts where the pages are.
    ///
    /// # Errors
    /// Fails when the file cannot be written.
    pub fn open_at(&self, address: &str) -> Result<(), VaultError> {
        files::replace(&self.address_file, address.as_bytes())
            .map_err(VaultError::file(&self.address_file))
    }
}

impl Drop for PagesHeld {
    fn drop(&mut self) {
        // An address that stays is told to nobody once the lock is gone.
        let _ = fs::remove_file(&self.address_file);
    }
}

impl Vault {
    /// Takes the right to show the pages, or returns where they are open.
    ///
    /// Waits for another process that just begins or just ends. A folder that
    /// knows no locks, as on some networks, gives the right to everybody.
    ///
    /// # Errors
    /// Fails when the folder cannot be written, and when another process keeps
    /// the lock without telling an address.
    pub fn pages(&self) -> Result<Pages, VaultError> {
        self.make_folder()?;
        let lock_file = self.folder().join(LOCK_FILE);
        let address_file = self.folder().join(ADDRESS_FILE);
        for _ in 0..N_LOOKS {
            let held = match Held::alone_now(&lock_file) {
                Ok(held) => Some(held),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    None
                }
                Err(TryLockError::Error(error)) => return Err(refused(&lock_file, error)),
                Err(TryLockError::WouldBlock) => {
                    if let Ok(address) = fs::read_to_string(&address_file) {
                        return Ok(Pages::OpenAt(address));
                    }
                    std::thread::sleep(PAUSE);
                    continue;
                }
            };
            // What a killed process left behind leads nowhere.
            files::remove_if_there(&address_file).map_err(VaultError::file(&address_file))?;
            return Ok(Pages::Mine(PagesHeld {
                address_file,
                _held: held,
            }));
        }
        Err(VaultError::InUse {
            what: "showing the pages",
        })
    }
}
