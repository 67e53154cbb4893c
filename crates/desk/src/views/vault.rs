//! How the vault is protected, and which backups there are.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{Vault, VaultError};

/// A backup in the vault's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupLine {
    /// The name of its file.
    pub name: String,
    /// "backup" (asked for), "weekly", "before-update" or "replaced".
    pub kind: &'static str,
    /// When it was made, in UTC.
    pub made: String,
    /// The day on which it was made, in the student's zone.
    pub day: String,
    /// Its size.
    pub n_bytes: u64,
    /// Whether it has a passphrase of its own, and not the vault's key.
    pub has_own_passphrase: bool,
}

/// The vault as a thing to look after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VaultView {
    /// Its folder.
    pub folder: String,
    /// Whether it is locked with a passphrase.
    pub locked: bool,
    /// The day on which the latest recovery sheet was made.
    pub recovery_made: Option<String>,
    /// The size of the data file, with what is still in its log.
    pub n_bytes: u64,
    /// The backups in the folder, newest first.
    pub backups: Vec<BackupLine>,
    /// Whole days since the latest backup of any kind; `null` without one.
    pub last_backup_days: Option<i64>,
}

/// Returns how the vault is protected, as of `now`.
pub fn vault(vault: &Vault, now: Timestamp, zone: &TimeZone) -> Result<VaultView, VaultError> {
    let protection = vault.protection()?;
    let backups: Vec<BackupLine> = vault
        .backups()?
        .into_iter()
        .map(|backup| BackupLine {
            name: backup
                .file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            kind: backup.kind.word(),
            made: backup.made.to_string(),
            day: backup
                .made
                .to_zoned_datetime(zone.clone())
                .date()
                .to_string(),
            n_bytes: backup.n_bytes,
            has_own_passphrase: backup.kind.has_own_passphrase(),
        })
        .collect();
    // A vault that was replaced is no backup of the present one.
    let last_backup_days = backups
        .iter()
        .filter(|backup| backup.kind != "replaced")
        .filter_map(|backup| backup.made.parse::<Timestamp>().ok())
        .map(|made| now.duration_since(made))
        .filter(|age| *age >= SignedDuration::ZERO)
        .map(|age| age.as_hours() / 24)
        .min();
    Ok(VaultView {
        folder: vault.folder().display().to_string(),
        locked: protection.locked,
        recovery_made: protection.recovery_made.map(|day| day.to_string()),
        n_bytes: vault.n_bytes(),
        backups,
        last_backup_days,
    })
}
