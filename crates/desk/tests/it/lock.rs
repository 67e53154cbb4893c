//! Passphrase and recovery sheet: what opens a vault, and what does not.

use std::fs;
use std::sync::Arc;

use desk::{FixedClock, Ids, NotACode, Secret, Vault, VaultError};
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::support::{Bench, FIRST_DAY};

const FIRST: &str = "copper river lantern moth";
const SECOND: &str = "Señor Núñez dances";

/// A vault with a person in it that nobody has open.
struct Closed {
    vault: Vault,
    _folder: tempfile::TempDir,
}

impl Closed {
    fn new() -> Self {
        let bench = Bench::new();
        bench.people("Asha Rao");
        let Bench { folder, .. } = bench;
        Self {
            vault: Vault::at(folder.path()),
            _folder: folder,
        }
    }

    fn open(&self, secret: Secret<'_>) -> Result<usize, VaultError> {
        let clock = FixedClock::new(FIRST_DAY.parse().expect("a time"), TimeZone::UTC);
        let (_desk, reader) = self
            .vault
            .open_with(secret, Arc::new(clock), Ids::seeded(2))?;
        let counts = reader.read::<_, store::StoreError>(|s| s.counts());
        Ok(counts.expect("it is read").people)
    }
}

#[test]
fn a_locked_vault_opens_with_its_passphrase_and_nothing_else() {
    let closed = Closed::new();
    let vault = &closed.vault;
    let bare = fs::read_to_string(vault.key_file()).expect("a key");
    assert!(!vault.protection().expect("readable").locked);
    vault.lock(Secret::None, FIRST).expect("locked");
    assert!(vault.protection().expect("readable").locked);
    let locked = fs::read_to_string(vault.key_file()).expect("a key");
    assert!(
        !locked.contains(&bare) && !locked.contains(FIRST),
        "{locked}"
    );

    assert_eq!(closed.open(Secret::Passphrase(FIRST)).expect("open"), 1);
    let refused = closed.open(Secret::None);
    assert!(matches!(refused, Err(VaultError::Locked)), "{refused:?}");
    for wrong in [
        "",
        SECOND,
        "copper river lantern moth ",
        "Copper river lantern moth",
    ] {
        let refused = closed.open(Secret::Passphrase(wrong));
        assert!(
            matches!(refused, Err(VaultError::WrongPassphrase { .. })),
            "{wrong:?}: {refused:?}"
        );
    }
}

#[test]
fn a_passphrase_is_changed_and_taken_off_by_who_knows_it() {
    let closed = Closed::new();
    let vault = &closed.vault;
    let bare = fs::read(vault.key_file()).expect("a key");
    vault.lock(Secret::None, FIRST).expect("locked");
    for secret in [Secret::None, Secret::Passphrase(SECOND)] {
        assert!(vault.lock(secret, SECOND).is_err());
        assert!(vault.unlock(secret).is_err());
    }
    vault
        .lock(Secret::Passphrase(FIRST), SECOND)
        .expect("changed");
    assert!(closed.open(Secret::Passphrase(FIRST)).is_err());
    // The same letters from a keyboard that makes accents of two characters.
    let decomposed = "Sen\u{303}or Nu\u{301}n\u{303}ez dances";
    assert_eq!(
        closed.open(Secret::Passphrase(decomposed)).expect("open"),
        1
    );
    vault.unlock(Secret::Passphrase(SECOND)).expect("unlocked");
    assert_eq!(fs::read(vault.key_file()).expect("a key"), bare);
    assert_eq!(closed.open(Secret::None).expect("open"), 1);
    let refused = vault.unlock(Secret::None);
    assert!(matches!(refused, Err(VaultError::NotLocked)), "{refused:?}");
}

#[test]
fn a_short_passphrase_is_refused_and_changes_nothing() {
    let closed = Closed::new();
    let before = fs::read(closed.vault.key_file()).expect("a key");
    let refused = closed
        .vault
        .lock(Secret::None, "seven77")
        .expect_err("short");
    assert!(
        refused
            .to_string()
            .contains("has 7 characters; would do: 8"),
        "{refused}"
    );
    assert_eq!(fs::read(closed.vault.key_file()).expect("a key"), before);
}

#[test]
fn the_latest_recovery_sheet_opens_what_the_passphrase_would() {
    let closed = Closed::new();
    let vault = &closed.vault;
    let day = date(2026, 7, 1);
    let refused = vault.make_recovery(Secret::None, day);
    assert!(matches!(refused, Err(VaultError::NotLocked)), "{refused:?}");
    vault.lock(Secret::None, FIRST).expect("locked");
    let refused = closed.open(Secret::Recovery(&"0".repeat(40)));
    // Groups of zeros other than the first do not agree with their place.
    assert!(
        matches!(
            refused,
            Err(VaultError::NotARecoveryCode(NotACode::Group {
                group: 2,
                ..
            }))
        ),
        "{refused:?}"
    );
    let first = vault
        .make_recovery(Secret::Passphrase(FIRST), day)
        .expect("a sheet");
    let first = first.groups().join(" ");
    assert_eq!(
        vault.protection().expect("readable").recovery_made,
        Some(day)
    );
    assert_eq!(closed.open(Secret::Recovery(&first)).expect("open"), 1);

    // It outlives a change of the passphrase, and makes one possible.
    vault
        .lock(Secret::Recovery(&first), SECOND)
        .expect("changed");
    assert_eq!(closed.open(Secret::Passphrase(SECOND)).expect("open"), 1);
    assert_eq!(closed.open(Secret::Recovery(&first)).expect("open"), 1);

    let second = vault
        .make_recovery(Secret::Passphrase(SECOND), day)
        .expect("a sheet");
    let refused = closed.open(Secret::Recovery(&first));
    assert!(
        matches!(refused, Err(VaultError::WrongRecoveryCode)),
        "{refused:?}"
    );
    let second = second.groups().join("-").to_lowercase();
    vault.unlock(Secret::Recovery(&second)).expect("unlocked");
    assert_eq!(closed.open(Secret::None).expect("open"), 1);
}

#[test]
fn whoever_has_the_vault_open_is_not_locked_out() {
    let bench = Bench::new();
    let vault = Vault::at(bench.folder.path());
    let refused = vault.lock(Secret::None, FIRST).expect_err("in use");
    assert_eq!(
        refused.to_string(),
        "locking needs the vault for itself, and another Vouch has it open"
    );
    drop((bench.desk, bench.reader));
    vault.lock(Secret::None, FIRST).expect("it is free now");
}

#[test]
fn a_changed_byte_of_a_locked_key_never_opens_and_never_makes_a_key() {
    let closed = Closed::new();
    let vault = &closed.vault;
    vault.lock(Secret::None, FIRST).expect("locked");
    let whole = fs::read(vault.key_file()).expect("a key");
    for at in 0..whole.len() - 1 {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(vault.key_file(), &bytes).expect("written");
        // Most are refused without a guess; the wrapped part needs one, and
        // every 40th of them is enough.
        let is_wrapped = String::from_utf8_lossy(&whole[..at]).contains("salt=");
        if is_wrapped && at % 40 != 0 {
            continue;
        }
        let refused = vault.key(Secret::Passphrase(FIRST));
        assert!(refused.is_err(), "byte {at} was changed");
    }
    fs::write(vault.key_file(), &whole).expect("written");
    assert!(vault.key(Secret::Passphrase(FIRST)).is_ok());
    for n_bytes in [1, 20, 60, whole.len() - 3] {
        fs::write(vault.key_file(), &whole[..n_bytes]).expect("written");
        let refused = vault.key(Secret::Passphrase(FIRST));
        assert!(
            matches!(refused, Err(VaultError::NotAKey { .. })),
            "{n_bytes} bytes: {refused:?}"
        );
    }
}
