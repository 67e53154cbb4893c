//! Copies under another key, and the checks that tell a whole one from a damaged one.

use std::fs;
use std::path::Path;

use store::{CheckError, Key, OpenError, StoreError};

use crate::common::*;

fn other_key() -> Key {
    Key::new([9; 32])
}

fn opens(path: &Path, key: &Key) -> bool {
    store::check(path, key).is_ok()
}

#[test]
fn a_copy_has_all_of_it_under_its_own_key() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    // Characters that an address would take for something else.
    let to = vault.folder.path().join("a copy & 100 % ?#é'.db");
    store::copy(&vault.path(), &key(), &to, &other_key()).expect("it is copied");
    assert!(to.exists());
    assert!(!opens(&to, &key()), "the vault's own key does not open it");
    let contents = store::check(&to, &other_key()).expect("it is whole");
    assert_eq!(
        (contents.version, contents.people),
        (store::MIGRATIONS.len() as u32, 1)
    );
    assert!(contents.last_change.is_some());
    let (pen, reader) = store::open(&to, &other_key()).expect("it is a vault");
    assert_eq!(
        reader.read::<_, StoreError>(|s| s.dump()).expect("read"),
        vault.dump()
    );
    pen.undo(undo_operation(2), operation_id(1))
        .expect("undo goes on in the copy");
}

#[test]
fn a_copy_is_never_written_over_something() {
    let vault = Vault::new();
    let to = vault.folder.path().join("there");
    fs::write(&to, "mine").expect("written");
    assert!(store::copy(&vault.path(), &key(), &to, &other_key()).is_err());
    assert_eq!(fs::read(&to).expect("read"), b"mine");
}

#[test]
fn the_copy_is_that_of_one_moment_while_somebody_writes() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    let to = vault.folder.path().join("copy");
    vault.write(2, |w| {
        w.add_person(&person(2, "Ben Okafor"), &[])?;
        store::copy(&vault.path(), &key(), &to, &other_key()).expect("copied meanwhile");
        Ok(())
    });
    let contents = store::check(&to, &other_key()).expect("whole");
    assert_eq!(contents.people, 1, "what is not finished is not in it");
}

#[test]
fn the_version_is_known_before_anything_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.db");
    assert_eq!(store::stored_version(&path, &key()).expect("none"), 0);
    assert!(!path.exists(), "looking makes nothing");
    drop(store::open(&path, &key()).expect("made"));
    let known = store::MIGRATIONS.len() as u32;
    assert_eq!(store::stored_version(&path, &key()).expect("one"), known);
    let refused = store::stored_version(&path, &other_key());
    assert!(
        matches!(refused, Err(OpenError::WrongKeyOrNotAVault)),
        "{refused:?}"
    );
}

#[test]
fn a_changed_byte_and_a_missing_page_are_found() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    let whole = vault.folder.path().join("whole");
    store::copy(&vault.path(), &key(), &whole, &other_key()).expect("copied");
    let bytes = fs::read(&whole).expect("read");
    let damaged = vault.folder.path().join("damaged");
    for at in (0..bytes.len()).step_by(997) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&damaged, &changed).expect("written");
        assert!(!opens(&damaged, &other_key()), "byte {at} was changed");
    }
    for n_bytes in (4096..bytes.len()).step_by(4096 * 7) {
        fs::write(&damaged, &bytes[..n_bytes]).expect("written");
        assert!(!opens(&damaged, &other_key()), "{n_bytes} bytes are left");
    }
    fs::write(&damaged, &bytes).expect("written");
    assert!(opens(&damaged, &other_key()));
}

#[test]
fn a_reference_that_leads_nowhere_is_named() {
    let vault = Vault::new();
    let copy = vault.folder.path().join("copy");
    store::copy(&vault.path(), &key(), &copy, &other_key()).expect("copied");
    let connection = rusqlite::Connection::open(&copy).expect("opened");
    let sql = format!(
        "PRAGMA foreign_keys = OFF; PRAGMA key = \"x'{}'\"; INSERT INTO tag (person, place, tag) VALUES (4711, 0, 'x');",
        *other_key().hex()
    );
    connection.execute_batch(&sql).expect("no one looks");
    drop(connection);
    match store::check(&copy, &other_key()) {
        Err(CheckError::NotWhole { check, found }) => {
            assert_eq!((check, found.as_str()), ("foreign_key_check", "tag"));
        }
        other => panic!("{other:?}"),
    }
}
