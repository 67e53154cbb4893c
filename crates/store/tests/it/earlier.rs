//! Vaults that earlier versions of Vouch have written, each with the key of the
//! tests. A file is named like the last migration that it has seen.

use std::path::{Path, PathBuf};

use store::StoreError;

use crate::common::*;

fn files_in(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files
}

#[test]
fn the_migrations_are_the_files_of_their_folder_numbered_as_they_are_listed() {
    let files: Vec<String> = files_in("migrations")
        .iter()
        .map(|file| file.file_name().expect("a name").to_string_lossy().into())
        .collect();
    let listed: Vec<String> = store::MIGRATIONS
        .iter()
        .map(|migration| format!("{}.sql", migration.name))
        .collect();
    assert_eq!(files, listed);
    for (i, file) in files.iter().enumerate() {
        let number = format!("{:04}_", i + 1);
        assert!(file.starts_with(&number), "{file} stands at {number}");
    }
}

#[test]
fn a_vault_of_every_earlier_version_opens_and_has_what_it_had() {
    let known = u32::try_from(store::MIGRATIONS.len()).expect("few");
    let files = files_in("fixtures/vaults");
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy();
        let (number, _) = name.split_once('_').expect("a number and a name");
        let version: u32 = number.parse().expect("a number");
        assert_eq!(store::MIGRATIONS[version as usize - 1].name, name);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.db");
        std::fs::copy(&file, &path).expect("copied");
        assert_eq!(store::stored_version(&path, &key()).expect("read"), version);
        let before = store::check(&path, &key()).expect("whole");
        assert_eq!((before.people, before.interactions), (2, 1), "{name}");

        let (pen, reader) = store::open(&path, &key()).expect("it opens");
        assert_eq!(store::stored_version(&path, &key()).expect("read"), known);
        let after = store::check(&path, &key()).expect("whole");
        assert_eq!((after.people, after.interactions), (2, 1), "{name}");
        assert_eq!(after.last_change, before.last_change, "{name}");
        let hits = reader.read::<_, StoreError>(|s| s.search("asha", 5));
        let hits = hits.expect("search works");
        assert_eq!(hits.people[0].name.given, "Asha", "{name}");
        pen.write::<(), StoreError>(operation(900), |w| w.set_setting("zone", "America/Grenada"))
            .expect("it is written");
        pen.undo(undo_operation(901), operation_id(900))
            .expect("and undone");
    }
}
