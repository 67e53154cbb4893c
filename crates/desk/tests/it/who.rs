//! Who is known at a place, asked by name, id or hospital.

use desk::DeskError;
use desk::views::who::who;

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
