//! Every fixture reads as the text beside it says.
//!
//! `fixtures/<format>/<case>.<ext>` has its reading in `<case>.<ext>.expected`.
//! Run with `UPDATE_EXPECTED=1` to write the readings anew, and look at them.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures are files, and the walker reads them"
)]

use std::fs;
use std::path::{Path, PathBuf};

use formats::{Collected, FORMATS, Format, detect, read};
use proptest::prelude::*;

use crate::show;

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|e| e != "expected"))
        .collect();
    files.sort();
    files
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

#[test]
fn every_fixture_reads_as_expected() {
    let update = std::env::var("UPDATE_EXPECTED").is_ok();
    let mut wrong = Vec::new();
    for format in FORMATS {
        let folder = fixtures().join(format.name);
        for path in files_of(&folder) {
            let bytes = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let detection = detect(&bytes, &name);
            assert_eq!(
                detection.format.map(|f| f.name),
                Some(format.name),
                "{name} is taken for {}",
                detection.what
            );
            let got = reading_of(format, &bytes);
            let expected_path = folder.join(format!("{name}.expected"));
            if update {
                fs::write(&expected_path, &got).unwrap();
            }
            let wanted = fs::read_to_string(&expected_path).unwrap_or_default();
            if got != wanted {
                wrong.push(format!(
                    "{}/{name}\n--- wanted\n{wanted}--- got\n{got}",
                    format.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn reading_of(format: &Format, bytes: &[u8]) -> String {
    let mut found = Collected::default();
    let mut input = bytes;
    let outcome = read(format, &mut input, &mut found);
    show::reading(&outcome, &found)
}

#[test]
fn every_format_has_fixtures_and_one_is_damaged() {
    for format in FORMATS {
        let files = files_of(&fixtures().join(format.name));
        let is_damaged = |path: &PathBuf| {
            let name = path.file_stem().unwrap().to_string_lossy();
            name.starts_with("damaged")
        };
        assert!(
            files.iter().any(is_damaged),
            "{} has no damaged fixture",
            format.name
        );
        assert!(files.len() > 1, "{} has one fixture only", format.name);
    }
}

#[test]
fn every_fixture_folder_is_a_format() {
    /// Folders of files that are no lists of people, with tests of their own.
    const OTHERS: [&str; 2] = ["market", "portfolio"];
    for entry in fs::read_dir(fixtures()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            OTHERS.contains(&name.as_str()) || FORMATS.iter().any(|format| format.name == name),
            "fixtures/{name} belongs to no format"
        );
    }
}

/// Readers are given the bytes in pieces, as a file or a network gives them.
#[test]
fn reading_does_not_depend_on_the_size_of_the_buffer() {
    for format in FORMATS {
        for path in files_of(&fixtures().join(format.name)) {
            let bytes = fs::read(&path).unwrap();
            let whole = reading_of(format, &bytes);
            let mut found = Collected::default();
            let mut input = std::io::BufReader::with_capacity(64, bytes.as_slice());
            let outcome = read(format, &mut input, &mut found);
            assert_eq!(whole, show::reading(&outcome, &found), "{}", path.display());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    /// Whatever happens to a file, reading it ends with a count or a sentence,
    /// and what is counted was handed on.
    #[test]
    fn files_damaged_by_chance_are_read(
        pick in any::<prop::sample::Index>(),
        reader in any::<prop::sample::Index>(),
        hits in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![
            any::<u8>(),
            prop::sample::select(b"\n\r\",;:=\\\0\xFF[]{}".to_vec()),
        ]), 0..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let all: Vec<PathBuf> = FORMATS
            .iter()
            .flat_map(|format| files_of(&fixtures().join(format.name)))
            .collect();
        let mut bytes = fs::read(pick.get(&all)).unwrap();
        for (at, byte) in hits {
            let i = at.index(bytes.len());
            bytes[i] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let detection = detect(&bytes, "");
        prop_assert!(!detection.what.is_empty());
        prop_assert_eq!(detection.format.is_none(), !detection.would_do.is_empty());
        // The reader of its kind, and one that was chosen wrongly.
        for format in detection.format.into_iter().chain([reader.get(FORMATS)]) {
            let mut found = Collected::default();
            match read(format, &mut bytes.as_slice(), &mut found) {
                Ok(summary) => {
                    prop_assert_eq!(summary.n_people, found.people.len() as u64);
                    prop_assert_eq!(summary.n_interactions, found.interactions.len() as u64);
                    prop_assert_eq!(summary.n_problems, found.problems.len() as u64);
                    let nameless = found.people.iter().find(|person| person.name.is_empty());
                    prop_assert_eq!(nameless, None, "{}", format.name);
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }
}
