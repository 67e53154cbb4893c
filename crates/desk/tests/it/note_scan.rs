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
fn the_day_of_a_line_is_told_with_the_patient_in_it() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("today");
    let found = |note: &str| {
        let line = format!("today call with Dr. Asha Rao, {note}");
        let shown = understand(&bench.reader, today, &line, &LogChoices::new()).expect("read");
        let refused = bench.desk.log_interaction(&line, &LogChoices::new());
        let is_refused = matches!(refused, Err(DeskError::Patient(_)));
        assert_eq!(is_refused, !shown.lines[0].patient.is_empty(), "{note}");
        is_refused
    };
    for note in [
        "54M with HCC had TACE",
        "a 67F with fibroids was embolized",
        "72yo with a bleed",
        "72 y/o gentleman with a liver bleed",
        "a 54-year-old woman with fibroids was embolized",
        "she was kind. 54M with HCC had TACE",
        "61 yo man, biopsy of the liver",
    ] {
        assert!(found(note), "{note}");
    }
    for note in [
        "54M budget for the new suite",
        "she has 20 years of embolization behind her",
        "a 6F sheath is enough for TACE",
        "we spoke about TACE for HCC",
        "her group treats 54 patients with HCC a year",
        "the 30 m walk to the suite",
        "a 3-year program with embolization from the first year",
    ] {
        assert!(!found(note), "{note}");
    }
}

#[test]
fn a_line_about_a_patient_is_not_saved_unasked() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("today");
    let shown = understand(&bench.reader, today, BED, &LogChoices::new()).expect("understood");
    assert_eq!(shown.lines[0].patient.len(), 1, "{:?}", shown.lines[0]);

    let dump = bench.dump();
    let refused = bench.desk.log_interaction(BED, &LogChoices::new());
    let Err(DeskError::Patient(words)) = refused else {
        panic!("{refused:?}");
    };
    assert!(words.found[0].contains("bed 12"), "{words:?}");
    assert_eq!(bench.dump(), dump);

    bench
        .desk
        .log_scanned(BED, &LogChoices::new(), Scan::NotAPatient)
        .expect("the student said so");
    let mended = log::without_patient(&shown);
    assert_eq!(mended, "today rotation with Dr. Asha Rao, (taken out)");
    assert_eq!(mended, shown.lines[0].left);
    bench.log(&mended);
}

#[test]
fn what_stands_beside_an_identifier_goes_with_it() {
    for note in [
        "Mr. Quayle, admitted 3 May, bled again",
        "patient John Smith, MRN 4482913, born 3 May 1950, phone 246-555-0132, from Oistins, bed 14",
        "we saw Mrs. Alleyne, 93, in bed 12 on Tuesday, her son's phone is 246-555-0132",
        "about a 95-year-old man from Oistins seen on 3 May",
    ] {
        assert_eq!(without_patient(note), "(taken out)", "{note}");
        let among = format!("She runs the list. {note}; ask her about June\nHer office is full.");
        let left = "She runs the list. (taken out); ask her about June\nHer office is full.";
        assert_eq!(without_patient(&among), left);
    }
}

#[test]
fn of_a_line_the_head_stays_and_the_sentence_about_a_patient_goes() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("today");
    let left = |line: &str| {
        let shown = understand(&bench.reader, today, line, &LogChoices::new()).expect("understood");
        log::without_patient(&shown)
    };
    assert_eq!(
        left("today call with Asha Rao; Mr. Quayle, admitted 3 May, bled again"),
        "today call with Asha Rao; (taken out)"
    );
    for line in [
        "yesterday talk with Asha Rao, we saw Mrs. Alleyne, 93, in bed 12, her son's phone is 246-555-0132",
        "yesterday talk with Asha Rao, the patient has MRN 4482913 and is from Oistins, bed 14",
    ] {
        let left = left(line);
        assert!(left.starts_with("yesterday talk with Asha Rao"), "{left}");
        for told in ["Alleyne", "246", "Oistins", "4482913", "bed"] {
            assert!(!left.contains(told), "{left}");
        }
    }
    let two =
        "today call with Asha Rao\nyesterday talk with Asha Rao, the man in bed 12 needs a drain";
    assert_eq!(
        left(two),
        "today call with Asha Rao\nyesterday talk with Asha Rao, (taken out)"
    );
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

#[test]
fn a_patient_named_before_the_people_of_a_line_becomes_no_contact() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("today");
    for line in [
        "Mr. Quayle bled; call with Cy Cole; good advice on wires",
        "call with Asha Rao; Mr. Quayle bled again",
        "Mrs. Okonkwo had a TIPS; met Ann Abel at the round",
        "Ms. Alleyne coded, talk with Asha Rao about it",
        "met Ann Abel. Mr. Quayle bled after the biopsy.",
        "Mr. Quayle bled, then call with Ann Abel 10 min",
        "today Mr. Quayle died; coffee with Asha Rao",
        "talk with Ann Abel; Mrs. Okonkwo coded; promised slides by Friday",
    ] {
        let shown = understand(&bench.reader, today, line, &LogChoices::new()).expect("understood");
        assert!(!shown.lines[0].patient.is_empty(), "{:?}", shown.lines[0]);
        let left = &shown.lines[0].left;
        for name in ["Quayle", "Okonkwo", "Alleyne"] {
            assert!(!left.contains(name), "{line}: {left}");
        }
        let dump = bench.dump();
        let refused = bench.desk.log_interaction(line, &LogChoices::new());
        assert!(
            matches!(refused, Err(DeskError::Patient(_))),
            "{line}: {refused:?}"
        );
        assert_eq!(bench.dump(), dump);
    }
    for line in [
        "call with Mr. Quayle on 3 May 2026; good advice on wires",
        "met Ms. Alleyne and Cy Cole at SIR26, talked about night float",
        "lunch with Dr. Jane Brown 12 Mar 2026 about the bleeding course",
        "Mr. Quayle called me, 20 min, he gave me two names",
        "email from Mrs. Okonkwo: slides follow on Friday",
        "coffee with Asha Rao at Mount Sinai; #gave lit-review 3h",
        "rotation with Dr. Thomas King on 3 March 2026; embolisation list",
        "promised Mr. Quayle the poster by 3 June 2026",
    ] {
        let shown = understand(&bench.reader, today, line, &LogChoices::new()).expect("understood");
        assert_eq!(shown.lines[0].patient, [] as [String; 0], "{line}");
    }
}

#[test]
fn tags_post_and_a_word_of_reason_are_notes_too() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let asha = bench.person("Asha Rao");
    let tags = |tags: &str| PersonEdit {
        tags: Some(tags.split(',').map(str::to_owned).collect()),
        ..PersonEdit::default()
    };
    let post = |post: &str| PersonEdit {
        position: Some(post.to_owned()),
        ..PersonEdit::default()
    };
    for edit in [
        tags("mentor,Mr. Quayle bled,MRN 4482913"),
        tags("MRN 5582913"),
        post("Mr. Quayle bled, MRN 4482913"),
    ] {
        let refused = bench.desk.edit_person(asha, &edit);
        assert!(matches!(refused, Err(DeskError::Patient(_))), "{refused:?}");
        let edit = PersonEdit {
            scan: Scan::NotAPatient,
            ..edit
        };
        bench
            .desk
            .edit_person(asha, &edit)
            .expect("the student said so");
        // What is stored so is not asked again when something else changes.
        let again = PersonEdit {
            scan: Scan::Strict,
            note: Some("Kind".to_owned()),
            ..edit
        };
        bench.desk.edit_person(asha, &again).expect("nothing new");
    }
    for edit in [
        tags("mentor, paper-veins, SIR 2026"),
        post("Associate Program Director, IR, 3rd floor"),
        post("PGY-5 Resident"),
    ] {
        bench
            .desk
            .edit_person(asha, &edit)
            .expect("nothing of a patient");
    }
}
