//! Notes are looked through, before they are saved, for what tells who a patient is.

use std::sync::Arc;

use desk::note_scan::{Scan, patient_spans, without_patient};
use desk::verbs::apply_import::ImportChoices;
use desk::verbs::edit_person::PersonEdit;
use desk::views::log::{self, LogChoices, understand};
use desk::{DeskError, views};

use crate::support::Bench;

const BED: &str = "today rotation with Dr. Asha Rao, the man in bed 12 needs a drain";

#[test]
fn a_line_about_a_patient_is_not_saved_unasked() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("today");
    let shown = understand(&bench.reader, today, BED, &LogChoices::new()).expect("understood");
    assert_eq!(shown.lines[0].patient.len(), 1, "{:?}", shown.lines[0]);

    let dump = bench.dump();
    let refused = bench.desk.log_interaction(BED, &LogChoices::new());
    let Err(DeskError::Patient { found }) = refused else {
        panic!("{refused:?}");
    };
    assert!(found[0].contains("bed 12"), "{found:?}");
    assert_eq!(bench.dump(), dump);

    bench
        .desk
        .log_scanned(BED, &LogChoices::new(), Scan::NotAPatient)
        .expect("the student said so");
    let mended = log::without_patient(&bench.reader, today, BED, &LogChoices::new());
    let mended = mended.expect("taken out");
    assert!(!mended.contains("bed 12"), "{mended}");
    assert!(mended.contains("Dr. Asha Rao"), "{mended}");
    bench.log(&mended);
}

#[test]
fn what_students_log_about_people_passes() {
    for note in [
        "about a case log",
        "her office is in room 12 of the old building",
        "saw a TIPS and two ports",
        "she starts on 1 July and asked me to write in August",
        "he is 54 and runs the list",
    ] {
        assert_eq!(patient_spans(note), [], "{note}");
    }
    assert_eq!(patient_spans(""), []);
    assert_eq!(patient_spans("e\u{301} \u{5d0}\u{5d1} \u{202e}x"), []);
}

#[test]
fn a_note_on_a_person_is_looked_through_as_well() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let asha = bench.person("Asha Rao");
    let note = "let me scrub in on MRN 00123456";
    let edit = PersonEdit {
        note: Some(note.to_owned()),
        ..PersonEdit::default()
    };
    let refused = bench.desk.edit_person(asha, &edit);
    assert!(
        matches!(refused, Err(DeskError::Patient { .. })),
        "{refused:?}"
    );
    let edit = PersonEdit {
        note: Some(without_patient(note)),
        ..PersonEdit::default()
    };
    bench
        .desk
        .edit_person(asha, &edit)
        .expect("nothing is left");
}

#[test]
fn taking_out_ends() {
    let note = "Mr. Quayle, admitted 3 May, bled. MRN 00123456. Age 93. ".repeat(20);
    let rest = without_patient(&note);
    assert_eq!(patient_spans(&rest), [], "{rest}");
    assert_eq!(without_patient(&rest), rest);
}

#[test]
fn a_note_about_a_patient_does_not_come_in_with_an_address_book() {
    const CARDS: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Asha Rao\r\nNOTE:saw the man in bed 12 with her\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ben Okafor\r\nNOTE:runs the list on Mondays\r\nEND:VCARD\r\n";
    let bench = Bench::new();
    let preview = || {
        let reading = desk::read_people("cards.vcf", &mut CARDS.as_bytes()).expect("cards");
        views::import::preview(&bench.reader, uuid::Uuid::nil(), Arc::new(reading)).expect("people")
    };
    let first = preview();
    assert_eq!(first.reading.n_problems, 1);
    let problem = &first.reading.problems[0];
    assert!(
        problem.record_kept && problem.field == "note",
        "{problem:?}"
    );
    assert!(!format!("{problem:?}").contains("bed 12"), "{problem:?}");
    let choices = ImportChoices::default();
    bench.apply(&first, &choices).expect("applied");

    let dump = format!("{:?}", bench.dump());
    assert!(!dump.contains("bed 12"), "{dump}");
    assert!(dump.contains("(taken out)"), "{dump}");
    assert!(dump.contains("runs the list on Mondays"), "{dump}");
    // The file again changes nothing, though its note still has the words.
    let again = bench.apply(&preview(), &choices).expect("applied");
    assert!(!again.changed_anything(), "{again:?}");
}
