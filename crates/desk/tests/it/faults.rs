//! Cut off at any moment, or without space to write, a vault is as it was
//! before the act or as it is after it, and never between.
//!
//! A child process does the act on a copy of a small vault. It is killed in two
//! ways. The system kills it when it writes past a size that it is given
//! (`ulimit -f`), which stops it in the middle of one exact write; the sizes
//! are spread over all that the act writes. And it is killed from outside after
//! a time, spread by a fixed seed over the time that the act takes, which also
//! reaches the moments between writes: locks, renames, checkpoints. Where the
//! signal is ignored, the same limit is a full disk.
//!
//! A plain run kills a hundred times and more. All of it:
//! `cargo test -p desk --test it faults -- --ignored --nocapture`.

#![cfg(unix)]

mod acts;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use desk::views::export::export;
use desk::{Secret, Vault};
use formats::export::Table;
use tempfile::TempDir;

use acts::{ACTS, Act, PASSPHRASE};

/// Which act a child does, and on which folder.
const ACT: &str = "VOUCH_TEST_ACT";
const FOLDER: &str = "VOUCH_TEST_FOLDER";

/// `ulimit -f` counts in blocks of this size.
const BLOCK_BYTES: u64 = 512;

/// SQLite's shared memory has 32 KiB; a file may be cut off after that.
const BLOCKS_TO_OPEN: u64 = 66;

/// What became of a child.
struct Ended {
    status: ExitStatus,
    /// From the line "begin" to the end.
    took: Duration,
    /// What refused the act, if something did.
    refused: Option<String>,
}

impl Ended {
    fn was_killed(&self) -> bool {
        self.status.signal().is_some()
    }
}

/// When a child is stopped.
#[derive(Clone, Copy, Debug)]
enum Stop {
    Never,
    /// When it writes past so many blocks of a file.
    AtSize(u64),
    /// When so much time has passed since the act began.
    After(Duration),
    /// Not at all, but no file can be longer than so many blocks.
    NoSpaceFrom(u64),
}

/// Does the act in a child.
fn run(act: &Act, folder: &Path, stop: Stop) -> Ended {
    let program = std::env::current_exe().expect("this program has a path");
    let mut command = match stop {
        Stop::AtSize(blocks) => in_shell("ulimit -c 0; ulimit -f \"$0\"; exec \"$@\"", blocks),
        Stop::NoSpaceFrom(blocks) => {
            in_shell("trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", blocks)
        }
        Stop::Never | Stop::After(_) => Command::new(&program),
    };
    if let Stop::AtSize(_) | Stop::NoSpaceFrom(_) = stop {
        command.arg(&program);
    }
    let mut child = command
        .args([
            "--exact",
            "faults::child_that_is_stopped",
            "--ignored",
            "--nocapture",
        ])
        .env(ACT, act.name)
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child runs");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut begun = Instant::now();
    let mut refused = None;
    while let Some(Ok(line)) = lines.next() {
        if line.ends_with("begin") {
            begun = Instant::now();
            if let Stop::After(time) = stop {
                std::thread::sleep(time);
                child.kill().expect("killed, or done already");
            }
        } else if let Some(sentence) = line.strip_prefix("refused: ") {
            refused = Some(sentence.to_owned());
        }
    }
    let status = child.wait().expect("it ended");
    Ended {
        status,
        took: begun.elapsed(),
        refused,
    }
}

fn in_shell(script: &str, blocks: u64) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(blocks.to_string());
    command
}

#[test]
#[ignore = "runs as the child of the tests below"]
fn child_that_is_stopped() {
    let (Ok(name), Ok(folder)) = (std::env::var(ACT), std::env::var(FOLDER)) else {
        return;
    };
    let act = ACTS.iter().find(|act| act.name == name).expect("an act");
    if let Err(sentence) = (act.act)(Path::new(&folder)) {
        println!("refused: {sentence}");
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("a file").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

/// The vaults that an act begins and ends with.
struct Scene {
    act: &'static Act,
    /// Holds the prepared vault, which is only ever copied.
    folder: TempDir,
    before: State,
    after: State,
    /// How long the act takes when nothing stops it.
    took: Duration,
}

/// What a vault holds, and whether it is locked.
#[derive(Debug, PartialEq)]
struct State {
    tables: Vec<Table>,
    locked: bool,
}

impl Scene {
    fn new(act: &'static Act) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = folder.path().join("vault");
        acts::fill(&vault).expect("it is filled");
        (act.prepare)(&vault).expect("it is prepared");
        let before = Self::in_copy(&vault, |copy| state(act, copy));
        let (after, took) = Self::in_copy(&vault, |copy| {
            let ended = run(act, copy, Stop::Never);
            assert!(
                ended.status.success() && ended.refused.is_none(),
                "{}: {:?}",
                act.name,
                ended.refused
            );
            (state(act, copy), ended.took)
        });
        Self {
            act,
            folder,
            before,
            after,
            took,
        }
    }

    fn in_copy<T>(vault: &Path, f: impl FnOnce(&Path) -> T) -> T {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault");
        copy(vault, &path);
        f(&path)
    }

    /// Does the act, stops it, and looks at what is left.
    fn stop(&self, stop: Stop, tally: &mut Tally) -> Ended {
        let vault: PathBuf = self.folder.path().join("vault");
        Self::in_copy(&vault, |copy| {
            let ended = run(self.act, copy, stop);
            let state = state(self.act, copy);
            let whole = state == self.before || state == self.after;
            assert!(whole, "{} is between after {stop:?}", self.act.name);
            if ended.refused.is_none() && !ended.was_killed() {
                assert!(ended.status.success(), "{}: {stop:?}", self.act.name);
                assert!(state == self.after, "{} was lost: {stop:?}", self.act.name);
            }
            tally.n_killed += usize::from(ended.was_killed());
            tally.n_refused += usize::from(ended.refused.is_some());
            tally.n_after += usize::from(state == self.after);
            ended
        })
    }

    /// Returns the size in blocks past which the act writes no file.
    fn most_blocks(&self, tally: &mut Tally) -> u64 {
        let mut blocks = self.fewest_blocks().max(1);
        while self.stop(Stop::AtSize(blocks), tally).was_killed() {
            blocks *= 2;
        }
        blocks
    }

    fn fewest_blocks(&self) -> u64 {
        if self.act.opens { BLOCKS_TO_OPEN } else { 0 }
    }
}

/// What became of the children.
#[derive(Debug, Default)]
struct Tally {
    n_killed: usize,
    n_refused: usize,
    n_after: usize,
}

/// Opens a vault after whatever happened, checks it from top to bottom, and
/// returns what it holds.
fn state(act: &Act, folder: &Path) -> State {
    let vault = Vault::at(folder);
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", act.name);
    let locked = vault.protection().expect("the key file is whole").locked;
    let (desk, reader) = acts::open(folder).unwrap_or_else(|error| panic!("{}", named(&error)));
    let tables = export(&reader).expect("an export");
    drop((desk, reader));
    let secret = if locked {
        Secret::Passphrase(PASSPHRASE)
    } else {
        Secret::None
    };
    let key = vault.key(secret).expect("the key");
    store::check(&vault.data_file(), &key).unwrap_or_else(|error| panic!("{}", named(&error)));
    let names = std::fs::read_dir(vault.backup_folder())
        .into_iter()
        .flatten();
    for entry in names.map(|entry| entry.expect("a file")) {
        let is_empty = entry.metadata().expect("its size").len() == 0;
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            !is_empty || !name.ends_with(".vouch-backup"),
            "an empty {name}"
        );
    }
    for backup in vault.backups().expect("the backups") {
        vault
            .prepare_restore(&key, &backup.file, PASSPHRASE)
            .unwrap_or_else(|error| panic!("a half backup: {}", named(&error)));
    }
    State { tables, locked }
}

/// Returns `n` numbers that are spread over `0..1` by a fixed seed: one in each
/// part, somewhere in it.
fn spread(n: u32) -> impl Iterator<Item = f64> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    (0..n).map(move |i| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let within = f64::from((state >> 40) as u32) / f64::from(1u32 << 24);
        (f64::from(i) + within) / f64::from(n)
    })
}

/// Stops every act `n_each` times in each way.
fn stop_all(n_each: u32) -> Tally {
    let mut all = Tally::default();
    for act in &ACTS {
        let scene = Scene::new(act);
        let mut tally = Tally::default();
        let (fewest, most) = (scene.fewest_blocks(), scene.most_blocks(&mut tally));
        for part in spread(n_each) {
            let blocks = fewest + ((most - fewest) as f64 * part) as u64;
            scene.stop(Stop::AtSize(blocks), &mut tally);
            scene.stop(Stop::After(scene.took.mul_f64(part)), &mut tally);
        }
        println!(
            "{}: killed {} times, up to {} KiB and {} ms; {} were done",
            act.name,
            tally.n_killed,
            most * BLOCK_BYTES / 1024,
            scene.took.as_millis(),
            tally.n_after
        );
        all.n_killed += tally.n_killed;
        all.n_after += tally.n_after;
    }
    println!("killed {} times in all", all.n_killed);
    all
}

#[test]
fn a_vault_that_was_cut_off_is_as_before_or_after() {
    let tally = stop_all(3);
    assert!(tally.n_killed >= 100, "{tally:?}");
    assert!(tally.n_after > 0, "{tally:?}");
}

#[test]
#[ignore = "kills a thousand times, which takes some minutes"]
fn a_vault_that_was_cut_off_a_thousand_times_is_as_before_or_after() {
    let tally = stop_all(50);
    assert!(tally.n_killed >= 1_000, "{tally:?}");
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let mut all = Tally::default();
    for act in &ACTS {
        let scene = Scene::new(act);
        let fewest = scene.fewest_blocks();
        for (i, part) in spread(3).enumerate() {
            // The tightest first, which some act hits for certain.
            let more = if i == 0 { 0 } else { (600.0 * part) as u64 };
            let ended = scene.stop(Stop::NoSpaceFrom(fewest + more), &mut all);
            assert!(!ended.was_killed(), "{}", act.name);
        }
    }
    println!("refused {} times for want of space", all.n_refused);
    assert!(all.n_refused >= ACTS.len(), "{all:?}");
}
