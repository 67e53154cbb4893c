//! Who the student is.

use desk::views::set_up::student;
use desk::{DeskError, Student};

use crate::support::Bench;

/// Returns an abbreviation of one school, and one of several.
fn abbreviations() -> (String, String, Option<String>) {
    let facts = facts::shipped();
    let all = || {
        facts
            .schools()
            .iter()
            .flat_map(|s| s.abbreviations.iter().map(move |a| (s, a)))
    };
    let (school, short) = all()
        .find(|(_, short)| matches!(facts.school(short), facts::SchoolAnswer::One(_)))
        .expect("an abbreviation of one school");
    let several = all()
        .find(|(_, short)| matches!(facts.school(short), facts::SchoolAnswer::Several(_)))
        .map(|(_, short)| short.clone());
    (short.clone(), school.name.clone(), several)
}

#[test]
fn a_school_is_stored_under_its_full_name() {
    let bench = Bench::new();
    let (short, full, several) = abbreviations();
    let with = |school: &str| Student {
        school: school.to_owned(),
        ..Student::default()
    };
    bench.desk.set_up(&with(&short)).expect("stored");
    assert_eq!(student(&bench.reader).expect("student").school, full);
    bench
        .desk
        .set_up(&with("A School Nobody Lists"))
        .expect("stored");
    assert_eq!(
        student(&bench.reader).expect("student").school,
        "A School Nobody Lists"
    );
    let several = several.expect("an abbreviation of several schools");
    let refused = bench.desk.set_up(&with(&several));
    let Err(DeskError::Several { candidates, .. }) = refused else {
        panic!("{refused:?}");
    };
    // An abbreviation that a school outside the list shares has one candidate only.
    assert!(!candidates.is_empty());
}

#[test]
fn stage_zone_and_address_are_checked() {
    let bench = Bench::new();
    let bad = |change: fn(&mut Student), named: &str| {
        let mut student = Student::default();
        change(&mut student);
        let refused = bench.desk.set_up(&student);
        assert!(
            matches!(&refused, Err(DeskError::Bad { field, .. }) if *field == named),
            "{named}: {refused:?}"
        );
    };
    bad(|s| s.stage = "MS9".to_owned(), "stage");
    bad(|s| s.zone = "Barbados/Bridgetown".to_owned(), "zone");
    bad(|s| s.email = "solange".to_owned(), "email");
    assert_eq!(bench.operations().len(), 0);
}

#[test]
fn the_zone_decides_which_day_it_is() {
    let bench = Bench::new();
    bench
        .clock
        .set("2026-07-02T02:00:00Z".parse().expect("a time"));
    assert_eq!(bench.desk.today().expect("a day").to_string(), "2026-07-02");
    let student = Student {
        stage: "ms3".to_owned(),
        zone: "America/Barbados".to_owned(),
        ..Student::default()
    };
    bench.desk.set_up(&student).expect("stored");
    assert_eq!(bench.desk.today().expect("a day").to_string(), "2026-07-01");
    assert_eq!(
        desk::views::set_up::student(&bench.reader)
            .expect("student")
            .stage,
        "MS3"
    );
}
