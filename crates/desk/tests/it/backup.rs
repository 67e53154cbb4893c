//! Backups and restores: all of it or nothing, whatever is done to the file.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::views::history::last_undoable;
use desk::{BackupKind, Clock, FixedClock, Found, Ids, Key, Secret, Vault, VaultError};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;

use crate::support::{Bench, FIRST_DAY};

const PASSPHRASE: &str = "copper river lantern moth";

/// A backup with three people, and a vault that has gone on since.
struct Scene {
    folder: TempDir,
    vault: Vault,
    backup: PathBuf,
    key: Key,
    clock: Arc<FixedClock>,
}

impl Scene {
    fn new() -> Self {
        let bench = Bench::new();
        bench.people("Asha Rao\nBen Okafor\nCarla Núñez");
        let backup = bench.folder.path().join("mine.vouch-backup");
        bench.desk.backup(&backup, PASSPHRASE).expect("backed up");
        bench.people("Dora Silva");
        let key = bench.desk.key().expect("at home").clone();
        let Bench { folder, clock, .. } = bench;
        Self {
            vault: Vault::at(folder.path()),
            folder,
            backup,
            key,
            clock,
        }
    }

    fn people(&self) -> usize {
        let (_desk, reader) = self.open();
        let counts = reader.read::<_, store::StoreError>(|s| s.counts());
        counts.expect("it is read").people
    }

    fn open(&self) -> (desk::Desk, desk::Reader) {
        let clock = Arc::clone(&self.clock) as Arc<dyn Clock>;
        self.vault.open(clock, Ids::seeded(9)).expect("it opens")
    }

    fn prepare(&self, file: &Path, passphrase: &str) -> Result<desk::Prepared, VaultError> {
        self.vault.prepare_restore(&self.key, file, passphrase)
    }

    /// Returns the names in the folder of files that should not be left there.
    fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).expect("a folder");
        names
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.contains("unfinished"))
            .collect()
    }
}

fn people_in(found: Found) -> Option<usize> {
    match found {
        Found::Vault(contents) => Some(contents.people),
        Found::Nothing | Found::Unreadable => None,
    }
}

#[test]
fn a_damaged_vault_is_replaced_and_kept_as_it_is() {
    for (at, n_bytes) in [(0, None), (8200, None), (0, Some(4096 * 3)), (0, Some(100))] {
        let scene = Scene::new();
        let mut bytes = fs::read(scene.vault.data_file()).expect("data");
        bytes[at] ^= 1;
        bytes.truncate(n_bytes.unwrap_or(bytes.len()));
        fs::write(scene.vault.data_file(), &bytes).expect("written");
        let log = scene.folder.path().join("vouch.db-wal");
        fs::write(&log, "the log of a crash").expect("written");
        let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
        assert_eq!(prepared.vault, Found::Unreadable, "{at} {n_bytes:?}");
        let now = scene.clock.now();
        let restored = scene.vault.finish_restore(&scene.key, prepared, now);
        let kept = restored.expect("restored").kept.expect("kept");
        assert_eq!(fs::read(kept).expect("it is there"), bytes);
        assert_eq!(scene.people(), 3, "{at} {n_bytes:?}");
    }
}

#[test]
fn a_backup_brings_back_what_was_there_and_keeps_what_it_replaces() {
    let scene = Scene::new();
    assert_eq!(scene.people(), 4);
    let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
    assert_eq!(prepared.backup.people, 3);
    assert_eq!(people_in(prepared.vault), Some(4));
    assert_eq!(prepared.made, Some(scene.clock.now()));
    assert_eq!(scene.people(), 4, "nothing is touched yet");
    let restored = scene
        .vault
        .finish_restore(&scene.key, prepared, scene.clock.now())
        .expect("restored");
    assert_eq!(scene.people(), 3);
    assert_eq!(people_in(restored.before), Some(4));
    let kept = restored.kept.expect("it is kept");
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());

    // What was replaced comes back in the same way.
    let backups = scene.vault.backups().expect("listed");
    assert_eq!(backups[0].file, kept);
    assert_eq!(backups[0].kind, BackupKind::Replaced);
    let prepared = scene.prepare(&kept, "").expect("whole");
    scene
        .vault
        .finish_restore(&scene.key, prepared, scene.clock.now())
        .expect("restored");
    assert_eq!(scene.people(), 4);
}

#[test]
fn a_backup_opens_in_an_empty_folder_of_another_machine() {
    let scene = Scene::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let vault = Vault::at(elsewhere.path().join("vault"));
    let key = vault.key_or_new(Secret::None).expect("a new key");
    let prepared = vault
        .prepare_restore(&key, &scene.backup, PASSPHRASE)
        .expect("whole");
    assert_eq!(prepared.vault, Found::Nothing);
    let restored = vault
        .finish_restore(&key, prepared, scene.clock.now())
        .expect("restored");
    assert_eq!((restored.before, restored.kept), (Found::Nothing, None));
    let clock = Arc::clone(&scene.clock) as Arc<dyn Clock>;
    let (_desk, reader) = vault.open(clock, Ids::seeded(1)).expect("it opens");
    let counts = reader.read::<_, store::StoreError>(|s| s.counts());
    assert_eq!(counts.expect("read").people, 3);
}

#[test]
fn a_backup_is_made_while_somebody_writes_and_never_over_a_file() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let file = bench.folder.path().join("b");
    bench.desk.backup(&file, PASSPHRASE).expect("backed up");
    let refused = bench.desk.backup(&file, PASSPHRASE).expect_err("there");
    assert!(
        refused.to_string().contains("is there already"),
        "{refused}"
    );
    let refused = bench.desk.backup(&bench.folder.path().join("c"), "short");
    assert!(
        matches!(refused, Err(VaultError::ShortPassphrase { .. })),
        "{refused:?}"
    );
    assert!(!bench.folder.path().join("c").exists());
    let nowhere = bench.folder.path().join("no such folder").join("b");
    assert!(bench.desk.backup(&nowhere, PASSPHRASE).is_err());
}

#[test]
fn what_an_interrupted_backup_left_is_no_backup_and_in_nobodys_way() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let file = bench.folder.path().join("mine.vouch-backup");
    let beside = bench.folder.path().join("mine.vouch-backup.unfinished");
    // A process that died was in the middle of it.
    fs::write(&beside, "vouch backup 1\n").expect("written");
    bench.desk.backup(&file, PASSPHRASE).expect("backed up");
    assert!(file.exists() && !beside.exists());
    let vault = bench.desk.vault().expect("at home");
    let key = bench.desk.key().expect("at home");
    let prepared = vault.prepare_restore(key, &file, PASSPHRASE);
    assert_eq!(prepared.expect("whole").backup.people, 1);
    // One that is still at it is let be, and nothing takes its name meanwhile.
    let other = bench.folder.path().join("other.vouch-backup");
    let writing = fs::File::create(bench.folder.path().join("other.vouch-backup.unfinished"));
    let writing = writing.expect("made");
    writing.lock().expect("locked");
    let refused = bench.desk.backup(&other, PASSPHRASE);
    assert!(
        matches!(refused, Err(VaultError::FileIsThere { .. })),
        "{refused:?}"
    );
    assert!(!other.exists());
}

#[test]
fn a_restore_waits_for_nobody_who_has_the_vault_open() {
    let scene = Scene::new();
    let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
    let open = scene.open();
    let refused = scene
        .vault
        .finish_restore(&scene.key, prepared, scene.clock.now())
        .expect_err("in use");
    assert!(refused.to_string().contains("another Vouch has it open"));
    drop(open);
    assert_eq!(scene.people(), 4);
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
}

#[test]
fn a_vault_that_went_on_after_the_look_is_not_replaced() {
    let scene = Scene::new();
    let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
    let (desk, reader) = scene.open();
    let student = desk::Student {
        name: "Solange".to_owned(),
        ..desk::Student::default()
    };
    scene.clock.set(scene.clock.now() + 1.hour());
    desk.set_up(&student).expect("stored");
    drop((desk, reader));
    let refused = scene
        .vault
        .finish_restore(&scene.key, prepared, scene.clock.now());
    assert!(matches!(refused, Err(VaultError::Moved)), "{refused:?}");
    assert_eq!(scene.people(), 4);
}

#[test]
fn a_wrong_passphrase_and_other_files_are_told_apart() {
    let scene = Scene::new();
    let refused = scene
        .prepare(&scene.backup, "copper river lantern")
        .expect_err("wrong");
    assert_eq!(
        refused.to_string(),
        "this is not the passphrase of this backup"
    );
    let file = scene.folder.path().join("letter.txt");
    for (content, says) in [
        (Vec::new(), "it has 0 bytes"),
        (b"Dear Dr. Rao".to_vec(), "it has 12 bytes"),
        (vec![7; 8192], "it is damaged, or not of this vault"),
        (b"vouch backup 2\n".repeat(400), "of a newer Vouch"),
        (b"vouch backup 1\n".to_vec(), "ends before its contents"),
    ] {
        fs::write(&file, content).expect("written");
        let refused = scene.prepare(&file, PASSPHRASE).expect_err("no backup");
        assert!(refused.to_string().contains(says), "{says}: {refused}");
    }
    assert!(
        scene
            .prepare(&scene.folder.path().join("none"), "")
            .is_err()
    );
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
}

#[test]
fn a_flipped_bit_or_a_lost_end_is_refused_wherever_it_is() {
    let scene = Scene::new();
    let whole = fs::read(&scene.backup).expect("a backup");
    let damaged = scene.folder.path().join("damaged");
    fs::write(&damaged, &whole).expect("written");
    let put = |at: usize, byte: u8| {
        let mut file = fs::OpenOptions::new().write(true).open(&damaged);
        let file = file.as_mut().expect("opened");
        file.seek(SeekFrom::Start(at as u64)).expect("found");
        file.write_all(&[byte]).expect("written");
    };
    let flip = |at: usize, bit: u32| {
        put(at, whole[at] ^ (1 << bit));
        let refused = scene.prepare(&damaged, PASSPHRASE);
        assert!(refused.is_err(), "bit {bit} of byte {at} was not seen");
        put(at, whole[at]);
    };
    // Every byte of the first page; of the rest, the places that chance names.
    for at in 0..4096 {
        flip(at, at as u32 % 8);
    }
    let mut runner = TestRunner::new(ProptestConfig::with_cases(24));
    let strategy = (4096..whole.len(), 0..8u32, 0..whole.len());
    runner
        .run(&strategy, |(at, bit, n_bytes)| {
            flip(at, bit);
            fs::write(&damaged, &whole[..n_bytes]).expect("written");
            let refused = scene.prepare(&damaged, PASSPHRASE);
            assert!(refused.is_err(), "an end at {n_bytes} was not seen");
            fs::write(&damaged, &whole).expect("written");
            Ok(())
        })
        .expect("every change is refused");
    let longer = [whole.as_slice(), &[0]].concat();
    for bytes in [&longer[..], &whole[..whole.len() - 4096]] {
        fs::write(&damaged, bytes).expect("written");
        assert!(scene.prepare(&damaged, PASSPHRASE).is_err());
    }
    assert_eq!(scene.people(), 4);
    assert!(scene.leftovers().is_empty(), "{:?}", scene.leftovers());
    assert!(scene.prepare(&scene.backup, PASSPHRASE).is_ok());
}

#[test]
fn the_weekly_copy_is_made_once_a_week_and_four_are_kept() {
    let bench = Bench::new();
    let made = || bench.desk.backup_when_due().expect("it works");
    assert_eq!(made(), None, "an empty vault needs none");
    bench.people("Asha Rao");
    assert!(made().is_some());
    assert_eq!(made(), None);
    let start = bench.clock.now();
    bench.clock.set(start + (6 * 24).hours());
    assert_eq!(made(), None);
    for week in 1..=6 {
        bench.clock.set(start + (week * 7 * 24).hours());
        assert!(made().is_some(), "week {week}");
    }
    let vault = bench.desk.vault().expect("at home");
    let backups = vault.backups().expect("listed");
    assert_eq!(backups.len(), 4);
    assert!(backups.iter().all(|it| it.kind == BackupKind::Weekly));
    assert_eq!(backups[0].made, start + (6 * 7 * 24).hours());
    // What was asked for is never taken away.
    bench.desk.backup_into_folder(PASSPHRASE).expect("made");
    bench.clock.set(start + (70 * 24).hours());
    assert!(made().is_some());
    let kinds = |kind| {
        let backups = vault.backups().expect("listed");
        backups.iter().filter(|it| it.kind == kind).count()
    };
    assert_eq!(
        (kinds(BackupKind::Asked), kinds(BackupKind::Weekly)),
        (1, 4)
    );
}

#[test]
fn a_clock_that_ran_ahead_neither_puts_off_nor_crowds_out_copies() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let start = bench.clock.now();
    bench
        .clock
        .set("2031-01-01T00:00:00Z".parse().expect("a time"));
    assert!(bench.desk.backup_when_due().expect("it works").is_some());
    for week in 0..6 {
        bench.clock.set(start + (week * 7 * 24).hours());
        assert!(bench.desk.backup_when_due().expect("it works").is_some());
        assert!(bench.desk.backup_when_due().expect("it works").is_none());
    }
    let vault = bench.desk.vault().expect("at home");
    let backups = vault.backups().expect("listed");
    assert_eq!(backups.len(), 4);
    assert!(backups.iter().all(|it| it.made <= bench.clock.now()));
}

#[test]
fn a_weekly_copy_restores_without_a_passphrase() {
    let scene = Scene::new();
    let (desk, reader) = scene.open();
    let copy = desk.backup_when_due().expect("it works").expect("due");
    assert!(!scene.vault.asks_for_passphrase(&copy).expect("readable"));
    assert!(
        scene
            .vault
            .asks_for_passphrase(&scene.backup)
            .expect("readable")
    );
    drop((desk, reader));
    let prepared = scene.prepare(&copy, "").expect("whole");
    assert_eq!(prepared.backup.people, 4);
    let mut bytes = fs::read(&copy).expect("a copy");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(&copy, &bytes).expect("written");
    assert!(scene.prepare(&copy, "").is_err());
}

#[test]
fn a_locked_vault_restores_and_stays_locked() {
    let scene = Scene::new();
    scene
        .vault
        .lock(Secret::None, "another phrase")
        .expect("locked");
    let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
    scene
        .vault
        .finish_restore(&scene.key, prepared, scene.clock.now())
        .expect("restored");
    let clock = Arc::new(FixedClock::new(
        FIRST_DAY.parse().expect("a time"),
        TimeZone::UTC,
    ));
    let refused = scene.vault.open(clock.clone(), Ids::seeded(1)).map(drop);
    assert!(matches!(refused, Err(VaultError::Locked)), "{refused:?}");
    let secret = Secret::Passphrase("another phrase");
    assert!(scene.vault.open_with(secret, clock, Ids::seeded(1)).is_ok());
}

/// Returns the migrations with one more that this program does not have.
fn one_more() -> &'static [store::Migration] {
    let mut migrations = store::MIGRATIONS.to_vec();
    migrations.push(store::Migration {
        name: "one more",
        sql: "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;",
        ends_undo: None,
    });
    Vec::leak(migrations)
}

#[test]
fn a_copy_is_kept_of_the_tables_before_they_are_changed() {
    let scene = Scene::new();
    let before = store::stored_version(&scene.vault.data_file(), &scene.key).expect("read");
    let newer = scene.vault.clone().within(desk::Limits {
        migrations: one_more(),
        ..desk::Limits::default()
    });
    let open = |vault: &Vault| {
        let clock = Arc::clone(&scene.clock) as Arc<dyn Clock>;
        vault.open(clock, Ids::seeded(3))
    };
    // Somebody else has it open, so its tables stay as they are.
    let held = scene.open();
    let refused = open(&newer).map(drop).expect_err("in use");
    assert!(
        refused.to_string().contains("needs the vault for itself"),
        "{refused}"
    );
    drop(held);
    assert!(scene.vault.backups().expect("listed").is_empty());

    drop(open(&newer).expect("updated"));
    let version = |file: &Path| store::stored_version(file, &scene.key).expect("read");
    assert_eq!(version(&scene.vault.data_file()), before + 1);
    let backups = scene.vault.backups().expect("listed");
    assert_eq!(backups.len(), 1);
    assert_eq!(backups[0].kind, BackupKind::BeforeMigration);
    assert_eq!(version(&backups[0].file), before);
    drop(open(&newer).expect("it opens again, and nothing is left to do"));
    assert_eq!(scene.vault.backups().expect("listed").len(), 1);

    // This program cannot read the new tables, and brings the old ones back.
    let refused = open(&scene.vault).map(drop).expect_err("newer");
    assert!(
        refused.to_string().contains("knows versions up to"),
        "{refused}"
    );
    let prepared = scene.prepare(&backups[0].file, "").expect("whole");
    assert_eq!(prepared.vault, Found::Unreadable);
    let now = scene.clock.now();
    let restored = scene.vault.finish_restore(&scene.key, prepared, now);
    let kept = restored.expect("restored").kept.expect("kept");
    assert_eq!(version(&kept), before + 1);
    assert_eq!(scene.people(), 4);
}

#[test]
fn a_migration_that_fails_leaves_the_vault_and_its_copy() {
    let scene = Scene::new();
    let mut migrations = one_more().to_vec();
    migrations[store::MIGRATIONS.len()].sql = "CREATE TABLE half (id INTEGER); SELECT nothing;";
    let broken = scene.vault.clone().within(desk::Limits {
        migrations: Vec::leak(migrations),
        ..desk::Limits::default()
    });
    let clock = Arc::clone(&scene.clock) as Arc<dyn Clock>;
    assert!(broken.open(clock, Ids::seeded(3)).is_err());
    assert_eq!(scene.people(), 4);
    assert_eq!(scene.vault.backups().expect("listed").len(), 1);
}

#[test]
fn what_a_process_that_died_left_unfinished_is_taken_away() {
    let scene = Scene::new();
    let dead = scene.folder.path().join("unfinished-0123.db");
    fs::write(&dead, "half").expect("written");
    let prepared = scene.prepare(&scene.backup, PASSPHRASE).expect("whole");
    // While one process is at such work, nothing of it is touched.
    assert_eq!(scene.people(), 4);
    assert!(dead.exists());
    drop(prepared);
    assert_eq!(scene.people(), 4);
    assert!(!dead.exists());
    assert!(scene.leftovers().is_empty());
}

#[test]
fn a_clock_that_jumps_back_loses_nothing_and_keeps_the_order() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    bench.days_later(30);
    bench.log("call with Asha Rao");
    bench.days_later(-40);
    bench.log("email to Asha Rao");
    let operations = bench.operations();
    let told: Vec<&str> = operations
        .iter()
        .map(|it| it.description.split_whitespace().nth(1).unwrap_or(""))
        .collect();
    assert_eq!(told[..2], ["e-mail", "call"], "{operations:?}");
    assert!(operations[0].at < operations[1].at, "the clock went back");
    bench.today();
    for _ in 0..2 {
        let last = last_undoable(&bench.reader).expect("something to undo");
        bench.desk.undo_operation(last, false).expect("undone");
    }
    assert!(bench.table("interaction").is_empty());
}
