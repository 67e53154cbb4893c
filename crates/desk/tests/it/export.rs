//! Everything out, and back again: into an empty vault the same, into an address book what that can hold.

use std::sync::Arc;

use desk::verbs::apply_import::ImportChoices;
use desk::views::export::{cards, export, write_everything};
use desk::views::import::preview;
use desk::views::people::PeopleQuery;
use desk::{DeskError, Reading, export_of_files, export_of_paths, is_export, read_people};
use domain::{ContactKind, ContactPoint, PersonDraft, PersonName};
use formats::export::{Table, TableFile, write_csv};
use formats::vcard::VcardVersion;
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::{Bench, zip};

fn everything(bench: &Bench) -> String {
    let mut bytes = Vec::new();
    write_everything(&bench.reader, &mut bytes).expect("an export");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Texts as people write them, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-zéñüØ' -]{1,12}",
        1 => "\\PC{1,24}",
        1 => prop::sample::select(vec![
            "=HYPERLINK(\"http://example.org\")", "\u{202E}gnihton", "<script>alert(1)</script>",
            "a, \"b\"; c\\n", "line\nbreak", "😀 e\u{301}", "'quoted", "@home", "-5", "\u{FEFF}bom",
        ]).prop_map(str::to_owned),
    ]
}

prop_compose! {
    /// A person whose address nobody else has.
    fn draft(n: usize)(
        given in "[A-Z][a-zé]{1,8}", family in "[A-Z][a-zñ]{1,8}", employer in text(), position in text(),
        note in text(), tags in prop::collection::vec(text(), 0..3), how_found in text(),
    ) -> PersonDraft {
        PersonDraft {
            name: PersonName { given, family, ..PersonName::default() },
            employer, position, note, how_found, tags,
            contacts: vec![ContactPoint {
                kind: ContactKind::Email, value: format!("p{n}@example.org"), label: String::new(),
            }],
            ..PersonDraft::default()
        }
    }
}

fn drafts() -> impl Strategy<Value = Vec<PersonDraft>> {
    (0..6_usize).prop_flat_map(|n| (0..n).map(draft).collect::<Vec<_>>())
}

/// Returns the files that an export as CSV writes.
fn tables_of(bench: &Bench) -> Vec<TableFile> {
    let tables = export(&bench.reader).expect("tables");
    let file = |table: &Table| {
        let mut bytes = Vec::new();
        write_csv(table, &mut bytes).expect("written");
        TableFile {
            name: format!("{}.csv", table.name),
            bytes,
        }
    };
    tables.iter().map(file).collect()
}

/// Returns a zip of a folder with these files.
fn zip_of(files: &[TableFile]) -> TableFile {
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|file| {
            let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
            (format!("my export/{}", file.name), text)
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (&**n, &**t)).collect();
    TableFile {
        name: "my export.zip".to_owned(),
        bytes: zip(&texts),
    }
}

/// Takes the drafts over as an import does.
fn with_people(drafts: &[PersonDraft]) -> Bench {
    let bench = Bench::new();
    if drafts.is_empty() {
        return bench;
    }
    let mut reading = Reading::default();
    reading.source = "people.json".to_owned();
    reading.people = drafts.to_vec();
    let preview = preview(&bench.reader, Uuid::nil(), Arc::new(reading)).expect("a preview");
    bench
        .apply(&preview, &ImportChoices::default())
        .expect("they are added");
    bench
}

impl Bench {
    fn is_empty_but_for_settings(&self) -> bool {
        self.desk.is_unused().expect("it is read")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_empty_vault_gives_the_same_export(drafts in drafts(), lines in prop::collection::vec(text(), 0..3)) {
        let bench = with_people(&drafts);
        if let Some(first) = drafts.first() {
            for line in &lines {
                let line = format!("yesterday call with {}: \"{}\"", first.name.plain(), line.replace('"', ""));
                // What the line means does not matter here, nor whether it is understood.
                let _ = bench.desk.log_interaction(&line, &desk::views::log::LogChoices::new());
            }
        }
        let out = everything(&bench);
        prop_assert!(is_export(out.as_bytes()));
        let other = Bench::new();
        other.desk.load_export(&mut out.as_bytes()).expect("taken over");
        prop_assert_eq!(everything(&other), out);
    }

    /// The tables of a CSV export, together, are the same export; and somebody
    /// who has only the people's gets the people.
    #[test]
    fn the_tables_give_the_same_export(drafts in drafts(), zipped in any::<bool>()) {
        let bench = with_people(&drafts);
        if let Some(first) = drafts.first() {
            bench.log(&format!("yesterday call with {}", first.name.plain()));
        }
        let files = tables_of(&bench);
        let other = Bench::new();
        let given = match zipped {
            true => vec![zip_of(&files)],
            false => files,
        };
        let document = export_of_files(&other.reader, &given).expect("tables").expect("an export");
        other.desk.load_export(&mut document.as_slice()).expect("taken over");
        prop_assert_eq!(everything(&other), everything(&bench));
    }

    /// A vCard holds the name, one place of work, addresses, tags, how the person was found, and the note if asked for.
    #[test]
    fn cards_read_back_as_the_people(drafts in drafts()) {
        let bench = with_people(&drafts);
        for version in [VcardVersion::V3, VcardVersion::V4] {
            let written = cards(&bench.reader, &PeopleQuery::default(), version, true).expect("cards");
            if drafts.is_empty() {
                prop_assert_eq!(written, "");
                continue;
            }
            let read = read_people("people.vcf", &mut written.as_bytes()).expect("cards are read");
            prop_assert!(read.problems.is_empty(), "{:?}", read.problems);
            prop_assert_eq!(read.people.len(), drafts.len());
            // As with every file: whoever is there already is found again, and nobody comes twice.
            let preview = preview(&bench.reader, Uuid::nil(), Arc::new(read)).expect("a preview");
            prop_assert_eq!(preview.view(10).n_new, 0);
        }
    }
}

#[test]
fn one_undo_takes_an_export_away_again() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center, met on rounds");
    bench.log("yesterday call with Dr. Rao, she offered to introduce me");
    let out = everything(&bench);
    let other = Bench::new();
    let empty = everything(&other);
    let done = other.desk.load_export(&mut out.as_bytes()).expect("loaded");
    assert_eq!(
        (done.result.people, done.result.interactions),
        (1, 1),
        "what came back is counted"
    );
    assert!(!other.is_empty_but_for_settings());
    other
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(everything(&other), empty);
}

#[test]
fn a_vault_in_use_refuses_with_a_way_on() {
    let bench = Bench::new();
    bench.people("Ben Okafor");
    let out = everything(&bench);
    let error = bench.desk.load_export(&mut out.as_bytes());
    let Err(DeskError::Bad {
        found, would_do, ..
    }) = error
    else {
        panic!("{error:?}");
    };
    assert_eq!(found, "the vault is not empty: person has rows");
    assert!(would_do.contains("a new vault"), "{would_do}");
}

#[test]
fn notes_stay_out_of_cards_unless_they_are_asked_for() {
    let secret = PersonDraft {
        name: PersonName::parse("Asha Rao"),
        note: "said in the lift".to_owned(),
        ..PersonDraft::default()
    };
    let bench = with_people(&[secret]);
    let query = PeopleQuery::default();
    let without = cards(&bench.reader, &query, VcardVersion::V4, false).expect("cards");
    assert!(without.contains("Asha") && !without.contains("lift"));
    let with = cards(&bench.reader, &query, VcardVersion::V4, true).expect("cards");
    assert!(with.contains("said in the lift"));
}

#[test]
fn tables_lie_in_a_folder_or_are_named_one_by_one() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center, met on rounds");
    bench.log("yesterday call with Dr. Rao, she offered to introduce me");
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for file in tables_of(&bench) {
        std::fs::write(path(&file.name), &file.bytes).expect("written");
    }
    std::fs::write(path("notes.csv"), "id,what\n1,of nobody\n").expect("written");
    let found = |paths: &[&std::path::Path]| export_of_paths(&bench.reader, paths);
    let whole = found(&[folder.path()]).expect("read").expect("an export");
    let other = Bench::new();
    other
        .desk
        .load_export(&mut whole.as_slice())
        .expect("taken over");
    assert_eq!(everything(&other), everything(&bench));

    // Whoever has the people and where they work has both.
    let (person, work) = (path("person.csv"), path("affiliation.csv"));
    let some = found(&[&person, &work]).expect("read").expect("an export");
    let read = read_people("tables", &mut some.as_slice()).expect("people");
    assert_eq!(read.people[0].name.display(), "Dr. Asha Rao");
    assert_eq!(read.people[0].employer, "Maimonides Medical Center");

    // A spreadsheet puts a mark in front, and semicolons between.
    let text = std::fs::read_to_string(&person).expect("read");
    let saved = path("my people.csv");
    std::fs::write(&saved, format!("\u{FEFF}{}", text.replace(',', ";"))).expect("written");
    let alone = found(&[&saved]).expect("read").expect("an export");
    let read = read_people("people", &mut alone.as_slice()).expect("people");
    assert_eq!(read.people.len(), 1);

    assert!(found(&[&path("notes.csv")]).expect("looked at").is_none());
    let refused = found(&[&work]);
    let Err(DeskError::Bad { found, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(found, "affiliation.csv without person.csv");
}
