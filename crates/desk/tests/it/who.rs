//! Who is known at a place, asked by name, id or hospital.

use desk::DeskError;
use desk::verbs::answer_employer::Names;
use desk::views::brief::{self, brief};
use desk::views::may_be::MayBeLine;
use desk::views::program::program;
use desk::views::who::who;
use domain::ProgramId;
use jiff::tz::TimeZone;

use crate::support::Bench;

#[test]
fn a_program_is_asked_for_by_name_or_id() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Dr. Omar Haddad, resident, Maimonides Medical Center",
    );
    bench.log("call with Dr. Omar Haddad");
    let found = who(&bench.reader, "maimonides").expect("a place");
    assert_eq!(found.place, "Maimonides Medical Center");
    let names: Vec<&str> = found
        .people
        .iter()
        .map(|l| l.person.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Dr. Omar Haddad", "Dr. Asha Rao"],
        "who knows the student best is first"
    );
    assert_eq!(found.state, "met");
    let all = facts::shipped().programs();
    let one = all
        .iter()
        .find(|p| p.institution == found.place)
        .expect("shipped");
    let by_id = who(&bench.reader, one.id.as_str()).expect("by id");
    assert_eq!(by_id.program.as_deref(), Some(one.id.as_str()));
    assert_eq!(by_id.people.len(), 2);
}

#[test]
fn nobody_there_is_an_answer() {
    let bench = Bench::new();
    let found = who(&bench.reader, "maimonides").expect("a place");
    assert_eq!((found.people.len(), found.state), (0, "unknown"));
}

#[test]
fn several_institutions_are_listed_and_none_is_said() {
    let bench = Bench::new();
    let refused = who(&bench.reader, "university");
    let Err(DeskError::Several { candidates, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert!(candidates.len() > 1);
    for text in ["", "qqqq zzzz"] {
        let refused = who(&bench.reader, text);
        assert!(
            matches!(refused, Err(DeskError::NotThere { .. })),
            "{text:?}: {refused:?}"
        );
    }
}

#[test]
fn who_may_be_there_is_told_until_the_student_says_it() {
    let bench = Bench::new();
    bench.people(
        "Dr. Colm Brannigan, IR attending, Detroit Medical Center\n\
         Dr. Fatou Diallo, resident, Detroit Medical Center",
    );
    let id = ProgramId::new("4202521096").expect("an id");
    let view = |bench: &Bench| program(&bench.reader, &id).expect("shipped");
    let names = |lines: &[MayBeLine]| -> Vec<String> {
        lines.iter().map(|line| line.name.clone()).collect()
    };
    let before = view(&bench);
    let both = ["Dr. Colm Brannigan", "Dr. Fatou Diallo"];
    assert!(before.who.is_empty());
    assert_eq!(names(&before.may_be), both);
    assert_eq!(before.reason, "2 people may be there");
    assert!(
        before
            .next_step
            .contains("Say whether Dr. Colm Brannigan works here"),
        "{}",
        before.next_step
    );
    let found = who(&bench.reader, id.as_str()).expect("a place");
    assert_eq!(names(&found.may_be), both);
    assert_eq!(found.reason, "2 people may be there");

    bench.desk.list_program(&id, Some(1), "").expect("listed");
    let (why, questions) = (why(&bench), questions(&bench));
    assert!(why.contains("2 people of yours may be there"), "{why}");
    assert!(!questions.contains("Whom do you know at"), "{questions}");

    bench
        .desk
        .answer_employer("Detroit Medical Center", &Names::Nothing)
        .expect("answered");
    let after = view(&bench);
    assert!(after.may_be.is_empty() && after.who.is_empty());
    assert_eq!(after.reason, "you know nobody there yet");
    let (why, questions) = (self::why(&bench), self::questions(&bench));
    assert!(why.contains("you know nobody there yet"), "{why}");
    assert!(questions.contains("Whom do you know at"), "{questions}");
}

/// Returns why Today shows what it shows.
fn why(bench: &Bench) -> String {
    let items = bench.due("nobody there").into_iter();
    let why: Vec<String> = items.map(|item| item.why).collect();
    why.join(" ")
}

/// Returns the questions of the brief.
fn questions(bench: &Bench) -> String {
    let shown = brief(
        &bench.reader,
        bench.clock_now(),
        &TimeZone::UTC,
        brief::Names::Masked,
    );
    shown.expect("a brief").questions.join(" ")
}
