//! Files read where they lie: what is refused, progress, and a stop.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use desk::{DeskError, FileKind, READING_BYTES_MAX, Reading, look_at_file, read_file};
use domain::{PersonDraft, Sink as _};

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn refused(path: &Path) -> String {
    look_at_file(path).expect_err("a refusal").to_string()
}

#[test]
fn what_is_no_file_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.csv");
    assert!(refused(&missing).contains("missing.csv, which is not there"));
    assert!(refused(folder.path()).contains("which is a folder"));
    let device = Path::new("/dev/zero");
    if device.exists() {
        assert!(refused(device).contains("which is no ordinary file"));
    }
    let empty = folder.path().join("empty.csv");
    fs::write(&empty, "").expect("written");
    assert!(refused(&empty).contains("an empty file"));
    let table = folder.path().join("table.csv");
    fs::write(&table, "Who,Where\nAsha Rao,Maimonides\n").expect("written");
    assert!(matches!(look_at_file(&table), Ok(FileKind::Table)));
}

#[test]
fn a_large_file_is_read_with_progress_and_can_be_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Connections.csv");
    let mut text = HEADER.to_owned();
    for i in 0..20_000 {
        text.push_str(&format!(
            "Given{i},Family{i},https://www.linkedin.com/in/p-{i},,Fabrikam,,08 Feb 2026\n"
        ));
    }
    fs::write(&path, &text).expect("written");
    let mut told = Vec::new();
    let reading = read_file("", &path, None, &mut |done, total| {
        told.push((done, total));
        true
    })
    .expect("it is read");
    assert_eq!(reading.people.len(), 20_000);
    assert!(told.len() > 3 && told.iter().all(|(done, total)| done <= total));
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0));

    let mut n = 0;
    let stopped = read_file("", &path, None, &mut |_, _| {
        n += 1;
        n < 3
    });
    assert!(matches!(stopped, Err(DeskError::Stopped)), "{stopped:?}");
}

#[test]
fn two_gigabytes_of_nothing_cost_no_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Connections.csv");
    let mut file = fs::File::create(&path).expect("a file");
    file.write_all(HEADER.as_bytes()).expect("written");
    file.write_all(b"Ana,Rao,,,Acme,MS3,08 Feb 2026\n")
        .expect("written");
    // A sparse file: 2 GB of zero bytes without a line break.
    file.set_len(2 << 30).expect("a long file");
    let reading = read_file("", &path, None, &mut |_, _| true).expect("it is read");
    assert_eq!(reading.people.len(), 1);
    assert!(
        reading.problems[0]
            .found
            .contains("more than 1048576 bytes"),
        "{:?}",
        reading.problems
    );
}

#[test]
fn what_finds_no_room_is_told_and_the_rest_is_kept() {
    let mut reading = Reading::default();
    let note = "n".repeat(1 << 20);
    let mut n_taken: u64 = 0;
    loop {
        let draft = PersonDraft {
            line: n_taken + 2,
            note: note.clone(),
            ..PersonDraft::default()
        };
        if !reading.person(draft) {
            break;
        }
        n_taken += 1;
    }
    let n_fitting = (READING_BYTES_MAX >> 20) as u64;
    assert!((n_fitting - 5..=n_fitting).contains(&n_taken), "{n_taken}");
    assert_eq!(reading.people.len() as u64, n_taken);
    let problem = reading.problems.last().expect("a problem");
    assert!(problem.found.starts_with("more than 128 MB"), "{problem}");
    assert_eq!(problem.line, n_taken + 2);
}
