//! What a crash and a second process leave behind, with the real program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const ROWS: usize = 5_000;

fn vouch(vault: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vouch"));
    command.arg("--vault").arg(vault).stdin(Stdio::null());
    command
}

fn connections(folder: &TempDir, name: &str) -> PathBuf {
    let mut csv =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for i in 0..ROWS {
        writeln!(
            csv,
            "Given{i},Family{i},https://www.linkedin.com/in/{name}-{i},,Fabrikam,,08 Feb 2026"
        )
        .expect("a line");
    }
    let path = folder.path().join(format!("{name}.csv"));
    std::fs::write(&path, csv).expect("written");
    path
}

fn people(vault: &Path) -> usize {
    let out = vouch(vault)
        .args(["people", "--json", "--limit", "1"])
        .output();
    let out = out.expect("it runs");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr)));
    usize::try_from(json["total"].as_u64().expect("a number")).expect("small")
}

fn export(vault: &Path) -> Vec<u8> {
    let out = vouch(vault).arg("export").output().expect("it runs");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    out.stdout
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = folder.path().join("vault");
    let logged = vouch(&vault)
        .args(["log", "call with Dr. Asha Rao"])
        .output();
    assert!(logged.expect("it runs").status.success());
    let file = connections(&folder, "a");
    let before = export(&vault);
    let mut killed_midway = 0;
    for wait_ms in [0, 50, 150, 300, 500, 800, 1_200, 2_000] {
        let mut child = vouch(&vault)
            .args(["import", "--yes"])
            .arg(&file)
            .stdout(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(wait_ms));
        child.kill().expect("killed, or done already");
        let done = child.wait().expect("it ended").success();
        killed_midway += usize::from(!done);
        match people(&vault) {
            1 => assert_eq!(export(&vault), before, "after {wait_ms} ms"),
            n => {
                assert_eq!(n, 1 + ROWS, "after {wait_ms} ms");
                // All of it is there, so it can be taken back as one change.
                let undone = vouch(&vault).arg("undo").output().expect("it runs");
                assert!(undone.status.success());
                assert_eq!(export(&vault), before, "after {wait_ms} ms and an undo");
            }
        }
    }
    assert!(killed_midway > 0, "no import was killed before its end");
}

#[test]
fn two_processes_write_or_say_that_the_vault_is_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = folder.path().join("vault");
    assert_eq!(people(&vault), 0);
    let children: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            vouch(&vault)
                .args(["import", "--yes"])
                .arg(connections(&folder, name))
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs")
        })
        .collect();
    let mut n_done = 0;
    for child in children {
        let out = child.wait_with_output().expect("it ends");
        if out.status.success() {
            n_done += 1;
            continue;
        }
        let sentence = String::from_utf8_lossy(&out.stderr);
        assert!(
            sentence.contains("in use by another process")
                || sentence.contains("changed after this preview was made"),
            "{sentence}"
        );
    }
    assert!(n_done > 0, "one of them gets through");
    assert_eq!(people(&vault), n_done * ROWS);
}

/// Returns a desk on the vault, and a preview of one new person.
fn import_in_progress(vault: &Path) -> (desk::Desk, desk::views::import::Preview) {
    let clock = std::sync::Arc::new(desk::SystemClock);
    let (desk, reader) = desk::Vault::at(vault)
        .open(clock, desk::Ids::random())
        .expect("it opens");
    let reading = desk::Reading::typed("Carla Silva").expect("a name");
    let reading = std::sync::Arc::new(reading);
    let preview = desk::views::import::preview(&reader, uuid::Uuid::new_v4(), reading);
    (desk, preview.expect("a preview"))
}

#[test]
fn a_process_waits_five_seconds_for_another_that_writes_and_then_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = folder.path().join("vault");
    assert_eq!(people(&vault), 0);
    let (desk, preview) = import_in_progress(&vault);
    let mut said = None;
    let begun = std::time::Instant::now();
    desk.apply_import(&preview, &Default::default(), &mut |_, _| {
        // The import holds the pen while this other process asks for it.
        said.get_or_insert_with(|| {
            let out = vouch(&vault)
                .args(["log", "call with Dr. Asha Rao"])
                .output();
            out.expect("it runs")
        });
        true
    })
    .expect("the import is not disturbed");
    let said = said.expect("the import tells how far it is");
    assert_eq!(said.status.code(), Some(1));
    let sentence = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(sentence.contains("in use by another process"), "{sentence}");
    assert!(begun.elapsed() >= Duration::from_secs(5), "it waited");
    assert_eq!(people(&vault), 1);
}

#[test]
fn what_needs_the_vault_for_itself_does_not_take_it_from_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = folder.path().join("vault");
    let (desk, _) = import_in_progress(&vault);
    let phrase = folder.path().join("phrase");
    std::fs::write(&phrase, "four words for you\n").expect("written");
    let lock = || {
        let mut command = vouch(&vault);
        command.args(["lock", "--new-passphrase-file"]).arg(&phrase);
        command.output().expect("it runs")
    };
    let refused = lock();
    assert_eq!(refused.status.code(), Some(2));
    let sentence = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        sentence.contains("locking needs the vault for itself, and another Vouch has it open"),
        "{sentence}"
    );
    // Both go on beside each other.
    assert_eq!(people(&vault), 0);
    drop(desk);
    assert!(lock().status.success());
    let out = vouch(&vault).arg("people").output().expect("it runs");
    assert_eq!(out.status.code(), Some(2), "it asks now");
}
