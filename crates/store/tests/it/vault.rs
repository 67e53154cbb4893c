//! Opening: keys, files that are no vaults, full disks, and processes that die.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::Person;
use store::{Key, Limits, MIGRATIONS, OpenError, StoreError};

use crate::common::*;

/// Names the vault to a test that runs as the child of another.
const VAULT: &str = "STORE_TEST_VAULT";

fn refusal(path: &Path, key: &Key) -> OpenError {
    store::open(path, key).expect_err("the vault does not open")
}

#[test]
fn a_vault_opens_again_with_its_key_and_no_other() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    let path = vault.path();
    let dump = vault.dump();
    let Vault {
        folder,
        pen,
        reader,
    } = vault;
    drop((pen, reader));
    assert!(matches!(
        refusal(&path, &Key::new([8; 32])),
        OpenError::WrongKeyOrNotAVault
    ));
    let (_pen, reader) = store::open(&path, &key()).expect("the right key opens it");
    assert_eq!(reader.read::<_, StoreError>(|s| s.dump()).unwrap(), dump);
    drop(folder);
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let vault = Vault::new();
    let note = "Confidentia dicta";
    vault.write(1, |w| {
        w.add_person(
            &Person {
                note: note.repeat(50),
                ..person(1, "Zebedee Quux")
            },
            &[],
        )
    });
    let mut n_files = 0;
    for file in std::fs::read_dir(vault.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let holds = |words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
        assert!(!holds("Confidentia") && !holds("Quux") && !holds("SQLite format"));
        n_files += 1;
    }
    assert!(n_files >= 2, "the file and its log are looked at");
}

#[cfg(unix)]
#[test]
fn every_file_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let vault = Vault::new();
    vault.write(1, |w| w.set_setting("zone", "America/Grenada"));
    for file in std::fs::read_dir(vault.folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
    }
}

#[test]
fn other_files_are_not_vaults_and_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    for content in ["First Name,Last Name\n".repeat(500), "x".to_owned()] {
        std::fs::write(&path, &content).unwrap();
        let error = refusal(&path, &key());
        assert!(matches!(error, OpenError::WrongKeyOrNotAVault), "{error:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
    let missing = folder.path().join("no such folder").join("vault.db");
    assert!(matches!(refusal(&missing, &key()), OpenError::Io(_)));
}

#[test]
fn a_vault_of_a_newer_version_is_left_alone() {
    let next = |name| store::Migration {
        name,
        sql: "",
        ends_undo: None,
    };
    let vault = Vault::with(later_migrations(&[next("next"), next("next but one")]));
    match refusal(&vault.path(), &key()) {
        OpenError::NewerVault { found, known } => {
            assert_eq!((found, known as usize), (known + 2, MIGRATIONS.len()));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_migration_that_fails_leaves_the_version_before_it() {
    let broken = store::Migration {
        name: "broken",
        sql: "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; SELECT no_such_column FROM half;",
        ends_undo: None,
    };
    let vault = Vault::new();
    let outcome = store::open_with(&vault.path(), &key(), later_migrations(&[broken]));
    assert!(outcome.is_err());
    assert!(store::open(&vault.path(), &key()).is_ok());
    assert!(vault.dump().iter().all(|table| table.name != "half"));
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let vault = Vault::with(Limits {
        max_pages: Some(150),
        ..Limits::default()
    });
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    let before = vault.dump();
    let long = Person {
        note: "word ".repeat(200),
        ..person(2, "Ben Okafor")
    };
    let outcome = vault.pen.write::<(), StoreError>(operation(2), |w| {
        (2..2000).try_for_each(|n| {
            w.add_person(
                &Person {
                    id: person_id(n),
                    ..long.clone()
                },
                &[],
            )
        })
    });
    assert!(matches!(outcome, Err(StoreError::NoSpace)), "{outcome:?}");
    assert_eq!(vault.dump(), before);
    vault.write(3, |w| w.set_setting("zone", "America/Grenada"));
    vault.undo(4, 1).expect("there is room for an undo");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.db");
    let tiny = Limits {
        max_pages: Some(10),
        ..Limits::default()
    };
    assert!(matches!(
        store::open_with(&path, &key(), tiny).err(),
        Some(OpenError::NoSpace)
    ));
    assert!(
        store::open(&path, &key()).is_ok(),
        "with room it can be made after all"
    );
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let vault = Vault::new();
    let limits = Limits {
        busy_wait: Duration::from_millis(20),
        ..Limits::default()
    };
    let (pen, reader) = store::open_with(&vault.path(), &key(), limits).unwrap();
    vault.write(1, |w| {
        w.set_setting("zone", "America/Grenada")?;
        let outcome = pen.write::<(), StoreError>(operation(2), |w| w.set_setting("zone", "other"));
        assert!(matches!(outcome, Err(StoreError::Busy)), "{outcome:?}");
        assert!(matches!(
            pen.undo(undo_operation(3), operation_id(1)),
            Err(store::UndoError::Store(StoreError::Busy))
        ));
        // Reading goes on meanwhile.
        assert_eq!(reader.read::<_, StoreError>(|s| s.setting("zone"))?, None);
        Ok(())
    });
    pen.write::<(), StoreError>(operation(4), |w| w.set_setting("zone", "other"))
        .unwrap();
    assert_eq!(vault.read(|s| s.setting("zone")).as_deref(), Some("other"));
}

#[test]
fn nothing_of_the_key_or_the_content_is_printed() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&person(1, "Zebedee Quux"), &[]));
    let printed = format!("{:?} {:?} {:?}", vault.pen, vault.reader, key());
    assert!(
        !printed.contains("Quux") && !printed.contains("0707"),
        "{printed}"
    );
}

/// Starts one ignored test of this program as a process of its own.
fn child(program: &Path, test: &str, vault: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args([
            "--exact",
            test,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(VAULT, vault)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn vault_of_the_parent() -> PathBuf {
    std::env::var_os(VAULT)
        .map(PathBuf::from)
        .expect("the parent names the vault")
}

#[test]
fn a_process_killed_while_it_writes_leaves_the_vault_as_before() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    let before = vault.dump();
    let log = vault.folder.path().join("vault.db-wal");
    let log_before = std::fs::metadata(&log).unwrap().len();

    let program = std::env::current_exe().unwrap();
    let mut child = child(&program, "vault::child_that_is_killed", &vault.path())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let halfway = lines
        .map_while(Result::ok)
        .any(|line| line.contains("halfway"));
    assert!(halfway, "the child writes until it is killed");
    child.kill().unwrap();
    child.wait().unwrap();

    let log_after = std::fs::metadata(&log).unwrap().len();
    assert!(
        log_before < log_after,
        "half of the operation had reached the disk"
    );
    assert_eq!(vault.dump(), before);
    let (pen, reader) = store::open(&vault.path(), &key()).unwrap();
    assert_eq!(reader.read::<_, StoreError>(|s| s.dump()).unwrap(), before);
    pen.write::<(), StoreError>(operation(3), |w| w.set_setting("zone", "America/Grenada"))
        .unwrap();
    pen.undo(undo_operation(4), operation_id(1)).unwrap();
}

#[test]
#[ignore = "runs as the child of the test above"]
fn child_that_is_killed() {
    let (pen, _reader) = store::open(&vault_of_the_parent(), &key()).unwrap();
    let _: Result<(), StoreError> = pen.write(operation(2), |w| {
        // More than the cache holds, so that pages go to the log early.
        for n in 10..6000 {
            w.add_person(
                &Person {
                    note: "word ".repeat(300),
                    ..full_person(n, "Ben Okafor")
                },
                &[],
            )?;
        }
        println!("halfway");
        loop {
            std::thread::park();
        }
    });
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let permit = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let folder = tempfile::tempdir().unwrap();
    permit(folder.path(), 0o555);
    let program_folder = tempfile::tempdir().unwrap();
    let mut program = std::env::current_exe().unwrap();
    let probe = folder.path().join("probe");
    let is_root = std::fs::write(&probe, "").is_ok();
    if is_root {
        // Nothing is forbidden to root, so the child runs as nobody, from a
        // place where nobody may run it.
        std::fs::remove_file(&probe).unwrap();
        permit(program_folder.path(), 0o755);
        let copy = program_folder.path().join("child");
        std::fs::copy(&program, &copy).unwrap();
        permit(&copy, 0o755);
        program = copy;
    }
    let mut child = child(
        &program,
        "vault::child_in_a_read_only_folder",
        &folder.path().join("vault.db"),
    );
    if is_root {
        use std::os::unix::process::CommandExt;
        child.uid(65534).gid(65534);
    }
    let output = child.current_dir("/").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    permit(folder.path(), 0o755);
    assert!(
        said.contains("outcome: ReadOnly"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
#[ignore = "runs as the child of the test above"]
fn child_in_a_read_only_folder() {
    println!("outcome: {:?}", refusal(&vault_of_the_parent(), &key()));
}
