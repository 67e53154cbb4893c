//! Search over people, notes and programs.

use desk::views::search::{Search, search};

use crate::support::Bench;

#[test]
fn people_notes_and_programs_are_found_by_beginnings() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    bench.log("call with Dr. Asha Rao, spoke about limb salvage");
    let found = search(&bench.reader, "maimon", 10).expect("found");
    assert_eq!(found.people.len(), 1);
    assert!(
        found
            .programs
            .iter()
            .any(|(_, name)| name.contains("Maimonides"))
    );
    let found = search(&bench.reader, "salv", 10).expect("found");
    assert_eq!(found.notes.len(), 1);
    assert!(
        found.notes[0].snippet.contains("limb salvage"),
        "{}",
        found.notes[0].snippet
    );
    assert_eq!(found.notes[0].day.as_deref(), Some("2026-07-01"));
}

#[test]
fn nothing_typed_and_signs_alone_find_nothing() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    for text in ["", "  ", "\"", "* OR (", "\u{0}", "NEAR("] {
        let found = search(&bench.reader, text, 10).expect(text);
        assert_eq!(found.people, Search::default().people, "{text:?}");
    }
}
