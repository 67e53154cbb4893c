//! Lists pasted from a page: rows to confirm, which become alumni or people.

use std::sync::Arc;

use desk::verbs::apply_import::ImportChoices;
use desk::views::import::preview;
use desk::views::person::person;
use desk::views::roster::{Roster, RosterForm, roster};
use desk::views::who::who;
use desk::{DeskError, Reading};
use jiff::civil::date;
use uuid::Uuid;

use crate::support::Bench;

const LIST: &str = "\
Diagnostic Radiology
Asha Rao, Maimonides Medical Center
Omar Haddad, Henry Ford Hospital, 2017
...
Internal Medicine - Maimonides Medical Center
";

fn form(is_match_list: bool, text: &str) -> RosterForm {
    RosterForm {
        text: text.to_owned(),
        is_match_list,
        place: "Windward Isles College of Medicine".to_owned(),
        year: "2025".to_owned(),
        source: "https://example.org/match".to_owned(),
        day: "2026-03-20".to_owned(),
    }
}

fn read(bench: &Bench, form: &RosterForm) -> Result<Roster, DeskError> {
    roster(&bench.reader, Uuid::nil(), form, date(2026, 7, 1))
}

fn apply(bench: &Bench, reading: Reading) -> usize {
    let same_school = reading.same_school;
    let preview = preview(&bench.reader, Uuid::nil(), Arc::new(reading)).expect("a preview");
    let choices = ImportChoices {
        same_school,
        ..ImportChoices::default()
    };
    bench.apply(&preview, &choices).expect("applied").added
}

#[test]
fn graduates_become_alumni_at_their_programs() {
    let bench = Bench::new();
    bench.set_up();
    let list = read(&bench, &form(true, LIST)).expect("a list");
    assert_eq!(list.rows.len(), 3, "{:?}", list.rows);
    assert_eq!(list.problems.len(), 1, "dots are no row");
    assert_eq!(list.same_school, Some(true));
    let reading = list.reading(&list.rows).expect("people");
    assert_eq!(apply(&bench, reading), 2, "a row without a name is nobody");

    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(asha.same_school, Some(true));
    assert_eq!(asha.source, "https://example.org/match, seen 2026-03-20");
    assert_eq!(
        asha.how_found,
        "match list of Windward Isles College of Medicine 2025"
    );
    let works = &asha.affiliations[0];
    assert_eq!(
        works.position,
        "Resident, Diagnostic Radiology (matched 2025)"
    );
    assert_eq!(works.as_of.as_deref(), Some("2026-03-20"));
    assert!(works.current);
    let omar = person(&bench.reader, bench.person("Omar Haddad")).expect("Omar");
    assert_eq!(
        omar.affiliations[0].position,
        "Matched 2017: Diagnostic Radiology"
    );
    assert!(!omar.affiliations[0].current);

    let there = who(&bench.reader, "Maimonides Medical Center").expect("a place");
    assert_eq!(there.people[0].person.name, "Dr. Asha Rao");
    assert_eq!(there.people[0].person.same_school, Some(true));
    let there = who(&bench.reader, "Henry Ford Health/Henry Ford Hospital").expect("a place");
    assert!(!there.people[0].current);

    let again = list.reading(&list.rows).expect("people");
    let n = bench.operations().len();
    assert_eq!(apply(&bench, again), 0);
    assert_eq!(bench.operations().len(), n);
}

#[test]
fn a_list_of_another_school_says_nothing_of_the_students_own() {
    let bench = Bench::new();
    bench.set_up();
    let mut form = form(true, LIST);
    form.place = "Leeward College".to_owned();
    let list = read(&bench, &form).expect("a list");
    assert_eq!(list.same_school, None);
}

#[test]
fn people_of_a_department_work_there() {
    let bench = Bench::new();
    let text = "Asha Rao, MD\nProgram Director\nasha@example.org\n\nBen Carter, PGY-4 Resident\n";
    let mut form = form(false, text);
    form.place = "Maimonides Medical Center".to_owned();
    form.day = String::new();
    let list = read(&bench, &form).expect("a list");
    assert_eq!(list.origin.day, date(2026, 7, 1));
    let reading = list.reading(&list.rows[..1]).expect("people");
    assert_eq!(apply(&bench, reading), 1);
    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(asha.affiliations[0].role, "director");
    assert_eq!(asha.email, "asha@example.org");
    assert_eq!(asha.same_school, None);
}

#[test]
fn a_later_list_does_not_move_anybody_back() {
    let bench = Bench::new();
    bench.set_up();
    bench.people("Omar Haddad, attending, Northwind, Henry Ford Hospital");
    let list = read(&bench, &form(true, LIST)).expect("a list");
    let omar = bench.person("Omar Haddad");
    let reading = Arc::new(list.reading(&list.rows).expect("people"));
    let preview = preview(&bench.reader, Uuid::nil(), reading).expect("a preview");
    let asked = preview.view(10).asks;
    assert_eq!(asked.len(), 1, "a name alone is asked");
    let choices = ImportChoices {
        asks: [(
            asked[0].row,
            desk::verbs::apply_import::AskChoice::Person(omar),
        )]
        .into(),
        same_school: Some(true),
        ..ImportChoices::default()
    };
    bench.apply(&preview, &choices).expect("applied");
    let omar = person(&bench.reader, omar).expect("Omar");
    assert_eq!(omar.same_school, Some(true));
    let works: Vec<bool> = omar.affiliations.iter().map(|a| a.current).collect();
    assert_eq!(works, [true, false], "{:?}", omar.affiliations);
}

#[test]
fn what_is_missing_is_named() {
    let bench = Bench::new();
    let refused = |change: fn(&mut RosterForm)| {
        let mut form = form(true, LIST);
        change(&mut form);
        read(&bench, &form).expect_err("a refusal").to_string()
    };
    for (change, field) in [
        ((|f| f.place.clear()) as fn(&mut RosterForm), "place: "),
        (|f| f.source.clear(), "source: "),
        (|f| f.year = "25".to_owned(), "year: \"25\" cannot be used"),
        (
            |f| f.day = "20.3.26".to_owned(),
            "date: \"20.3.26\" cannot be used",
        ),
        (
            |f| f.day = "2027-01-01".to_owned(),
            "date: \"2027-01-01\" cannot be used",
        ),
        (
            |f| f.text = "...".to_owned(),
            "list: \"...\" cannot be used",
        ),
    ] {
        let sentence = refused(change);
        assert!(sentence.starts_with(field), "{sentence}");
    }
}
