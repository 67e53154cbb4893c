//! The folder: keys, and what stands in the way of opening.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use desk::{Clock, FixedClock, Ids, Key, OpenError, Pages, Vault, VaultError, default_folder};
use domain::OperationId;
use jiff::tz::TimeZone;

use crate::support::{Bench, FIRST_DAY};

fn open(folder: &Path) -> Result<(), VaultError> {
    let now = FIRST_DAY.parse().expect("a time");
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::new(now, TimeZone::UTC));
    Vault::at(folder).open(clock, Ids::seeded(1)).map(drop)
}

#[cfg(unix)]
#[test]
fn everything_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("deep").join("vault");
    open(&folder).expect("it opens");
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    let vault = Vault::at(&folder);
    assert_eq!(mode(&vault.key_file()), 0o600);
    assert_eq!(mode(&vault.data_file()), 0o600);
}

#[test]
fn data_without_its_key_is_never_replaced() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let vault = Vault::at(bench.folder.path());
    fs::remove_file(vault.key_file()).expect("removed");
    let refused = open(bench.folder.path());
    assert!(
        matches!(refused, Err(VaultError::KeyGone { .. })),
        "{refused:?}"
    );
    assert!(!vault.key_file().exists(), "no new key is made");
}

#[test]
fn a_key_that_is_none_and_a_key_of_another_vault() {
    let bench = Bench::new();
    let file = Vault::at(bench.folder.path()).key_file();
    for text in ["", "secret", "zz", &"g".repeat(64), &"é".repeat(32)] {
        fs::write(&file, text).expect("written");
        let refused = open(bench.folder.path());
        assert!(
            matches!(refused, Err(VaultError::NotAKey { .. })),
            "{text:?}: {refused:?}"
        );
    }
    fs::write(&file, "0".repeat(64)).expect("written");
    let refused = open(bench.folder.path());
    assert!(
        matches!(
            refused,
            Err(VaultError::Open(OpenError::WrongKeyOrNotAVault))
        ),
        "{refused:?}"
    );
}

#[test]
fn a_newer_vault_is_named_with_both_versions() {
    let error = OpenError::NewerVault { found: 9, known: 1 };
    assert_eq!(
        error.to_string(),
        "the vault has version 9, and this program knows versions up to 1"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let read_only = fs::Permissions::from_mode(0o500);
    fs::set_permissions(folder.path(), read_only).expect("changed");
    let probe = fs::write(folder.path().join("probe"), "");
    let refused = open(folder.path());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("changed back");
    if probe.is_ok() {
        println!("skipped: this user may write into read-only folders");
        return;
    }
    assert!(refused.is_err());
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let limits = store::Limits {
        max_pages: Some(130),
        ..store::Limits::default()
    };
    let path = folder.path().join("small.db");
    let (pen, reader) = store::open_with(&path, &Key::new([7; 32]), limits).expect("it opens");
    let at = FIRST_DAY.parse().expect("a time");
    let op = |n: u128| store::NewOperation {
        id: OperationId(uuid::Uuid::from_u128(n)),
        at,
        verb: "set-up",
        subject: "",
        description: "Say who you are",
        extend: false,
    };
    pen.write(op(1), |writing| {
        writing.set_setting("student.name", "Solange")
    })
    .expect("there is room");
    let long = "x".repeat(1_000_000);
    let full = pen.write(op(2), |writing| writing.set_setting("student.name", &long));
    let error = desk::DeskError::from(full.expect_err("no room"));
    assert_eq!(error.to_string(), "no space is left on the disk");
    let name = reader
        .read::<_, store::StoreError>(|snapshot| snapshot.setting("student.name"))
        .expect("it is read");
    assert_eq!(name.as_deref(), Some("Solange"));
}

#[test]
fn the_usual_folder_follows_the_environment() {
    let with = |pairs: &'static [(&str, &str)]| {
        default_folder(move |name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(
        with(&[("VOUCH_VAULT", "/v"), ("HOME", "/h")]),
        Path::new("/v")
    );
    if cfg!(target_os = "linux") {
        assert_eq!(
            with(&[("XDG_DATA_HOME", "/d"), ("HOME", "/h")]),
            Path::new("/d/vouch")
        );
        assert_eq!(
            with(&[("VOUCH_VAULT", ""), ("HOME", "/h")]),
            Path::new("/h/.local/share/vouch")
        );
    }
}

#[test]
fn a_second_start_finds_the_first_and_takes_its_place_when_that_is_gone() {
    let parent = tempfile::tempdir().expect("a folder");
    let vault = Vault::at(parent.path().join("vault"));
    let Pages::Mine(first) = vault.pages().expect("the folder is made") else {
        panic!("nobody shows the pages");
    };
    first.open_at("http://127.0.0.1:1/?token=a").expect("told");
    let Pages::OpenAt(address) = vault.pages().expect("the first is found") else {
        panic!("the pages are open");
    };
    assert_eq!(address, "http://127.0.0.1:1/?token=a");
    let file = vault.folder().join("pages.address");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&file).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it holds a token");
    }
    drop(first);
    assert!(!file.exists(), "the token goes with the process");
    // A process that was killed leaves its address, and no lock.
    fs::write(&file, "http://127.0.0.1:1/?token=stale").expect("written");
    assert!(matches!(vault.pages(), Ok(Pages::Mine(_))));
}

#[test]
fn a_second_start_waits_for_the_address_of_one_that_begins() {
    let parent = tempfile::tempdir().expect("a folder");
    let vault = Vault::at(parent.path().join("vault"));
    let Ok(Pages::Mine(first)) = vault.pages() else {
        panic!("nobody shows the pages");
    };
    let second = std::thread::scope(|scope| {
        let second = scope.spawn(|| vault.pages());
        std::thread::sleep(std::time::Duration::from_millis(150));
        first.open_at("http://127.0.0.1:1/?token=b").expect("told");
        second.join().expect("no panic")
    });
    assert!(
        matches!(&second, Ok(Pages::OpenAt(address)) if address.ends_with("token=b")),
        "{second:?}"
    );
}
