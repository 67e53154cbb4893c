//! How often to be in touch: set by ring, role and tag, and undone.

use desk::DeskError;
use desk::verbs::edit_people::BulkEdit;
use desk::verbs::set_rhythms::RhythmOf;
use desk::views::person::person;
use desk::views::rhythms::rhythms;
use domain::{Ring, RoleKind};

use crate::support::Bench;

fn set(bench: &Bench, of: RhythmOf, days: &str) -> desk::Done<()> {
    let typed = [(of, days.to_owned())];
    bench.desk.set_rhythms(&typed).expect("set")
}

#[test]
fn a_tag_makes_somebody_due_who_is_in_no_ring() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    bench.log("email to Asha Rao");
    let asha = bench.person("Asha Rao");
    bench.set_ring(&["Asha Rao"], Ring::Stored);
    let tag = BulkEdit::AddTag("Letter writer".to_owned());
    bench.desk.edit_people(&[asha], &tag).expect("tagged");
    bench.days_later(35);
    assert_eq!(bench.due("keep in touch").len(), 0);
    let done = set(&bench, RhythmOf::Tag("letter WRITER".to_owned()), "30-60");
    assert_eq!(bench.due("keep in touch").len(), 1);
    let shown = person(&bench.reader, asha).expect("a person").rhythm_days;
    assert_eq!(shown, Some(30));
    bench.days_later(25);
    assert_eq!(bench.due("going quiet").len(), 1);
    bench.log("today call with Asha Rao");
    assert_eq!(
        bench.due("going quiet").len() + bench.due("keep in touch").len(),
        0
    );
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    bench.days_later(40);
    assert_eq!(bench.due("keep in touch").len(), 0);
}

#[test]
fn a_role_and_a_ring_have_days_of_their_own() {
    let bench = Bench::new();
    bench.people("Ben Okafor, radiology resident, Mount Sinai");
    bench.log("email to Ben Okafor");
    bench.set_ring(&["Ben Okafor"], Ring::Wide);
    bench.days_later(95);
    assert_eq!(bench.due("keep in touch").len(), 0);
    set(&bench, RhythmOf::Ring(Ring::Wide), "90");
    assert_eq!(bench.due("keep in touch").len(), 1);
    set(&bench, RhythmOf::Role(RoleKind::Resident), "120-200");
    assert_eq!(
        bench.due("keep in touch").len(),
        0,
        "the role goes before the ring"
    );
    set(&bench, RhythmOf::Role(RoleKind::Resident), "");
    assert_eq!(bench.due("keep in touch").len(), 1);
    let lines = rhythms(&bench.reader).expect("rhythms");
    let wide = lines.rings.iter().find(|line| line.name == "wide");
    let wide = wide.expect("a line");
    assert_eq!(
        (wide.days.as_str(), wide.usual.as_str()),
        ("90-180", "240-480")
    );
    assert!(lines.roles.iter().all(|line| line.days.is_empty()));
}

#[test]
fn what_is_no_rhythm_is_refused_and_changes_nothing() {
    let bench = Bench::new();
    let typed = [
        (RhythmOf::Ring(Ring::Inner), "45".to_owned()),
        (RhythmOf::Ring(Ring::Wide), "often".to_owned()),
        (RhythmOf::Tag("mentor".to_owned()), "120-60".to_owned()),
        (RhythmOf::Tag(" ".to_owned()), "30".to_owned()),
    ];
    let Err(refused @ DeskError::Rhythms(_)) = bench.desk.set_rhythms(&typed) else {
        panic!("stored");
    };
    let would_do = "use days such as 60, or 60-120 for the longest silence";
    assert_eq!(
        refused.to_string(),
        format!(
            "ring wide, days: \"often\" cannot be used; {would_do}\n\
             tag \"mentor\", days: \"120-60\" cannot be used; {would_do}\n\
             tag \" \", tag: nothing is entered; enter a tag beside its days"
        )
    );
    assert_eq!(bench.operations().len(), 0);
}
