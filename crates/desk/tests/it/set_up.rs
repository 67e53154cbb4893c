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

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let bench = Bench::new();
    let student = Student {
        email: "nobody".to_owned(),
        season: "1850".to_owned(),
        stage: "MS9".to_owned(),
        zone: "Mars/Olympus".to_owned(),
        minutes_week: "-5".to_owned(),
        ..Student::default()
    };
    let refused = bench.desk.set_up(&student).expect_err("five are wrong");
    let fields = refused.into_answers().into_iter().map(|error| match error {
        DeskError::Bad { field, .. } => field,
        other => panic!("{other:?}"),
    });
    let fields: Vec<&str> = fields.collect();
    assert_eq!(
        fields,
        ["stage", "season", "minutes a week", "zone", "email"]
    );
    assert_eq!(bench.operations().len(), 0);
}

#[test]
fn every_answer_is_checked_and_kept_in_one_form() {
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
    bad(
        |s| s.graduated = "last year".to_owned(),
        "year of graduation",
    );
    bad(|s| s.graduated = "2050".to_owned(), "year of graduation");
    bad(|s| s.season = "27".to_owned(), "season");
    bad(|s| s.home_ir = "perhaps".to_owned(), "home IR program");
    bad(|s| s.visa = "F-1".to_owned(), "visa");
    bad(|s| s.pathway = "surgery".to_owned(), "pathway");
    bad(|s| s.travel_usd = "-5".to_owned(), "money for travel");
    bad(|s| s.minutes_week = "10081".to_owned(), "minutes a week");
    bad(|s| s.usual_day = "someday".to_owned(), "usual day");
    assert_eq!(bench.operations().len(), 0);

    let student = Student {
        stage: "Graduate".to_owned(),
        graduated: " 2024 ".to_owned(),
        season: "2028".to_owned(),
        home_ir: "No".to_owned(),
        visa: "J1".to_owned(),
        pathway: "Diagnostic-First".to_owned(),
        travel_usd: "$1,200".to_owned(),
        minutes_week: "90".to_owned(),
        usual_day: "sat".to_owned(),
        ..Student::default()
    };
    bench.desk.set_up(&student).expect("stored");
    let kept = desk::views::set_up::student(&bench.reader).expect("student");
    let words = [
        &kept.stage,
        &kept.graduated,
        &kept.home_ir,
        &kept.visa,
        &kept.pathway,
        &kept.travel_usd,
        &kept.usual_day,
    ];
    assert_eq!(
        words,
        [
            "graduate",
            "2024",
            "no",
            "j1",
            "diagnostic-first",
            "1200",
            "Saturday"
        ]
    );
    assert_eq!(kept.stage_in_words(), "2024 graduate");
    // The same answers again change nothing, and taking one back empties it.
    bench.desk.set_up(&kept).expect("stored");
    assert_eq!(bench.operations().len(), 1);
    let fewer = Student {
        visa: String::new(),
        ..kept
    };
    bench.desk.set_up(&fewer).expect("stored");
    assert_eq!(
        desk::views::set_up::student(&bench.reader).expect("student"),
        fewer
    );
}
