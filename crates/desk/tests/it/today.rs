//! Today: what a moving clock makes due, and what settles it.

use desk::verbs::edit_people::BulkEdit;
use domain::{DecisionKind, ProgramId, Ring};

use crate::support::Bench;

/// Returns kind and urgency of the follow-ups.
fn follow_up(bench: &Bench) -> Option<(&'static str, Option<String>)> {
    let items = bench.due("follow-up");
    assert!(items.len() <= 1, "{items:?}");
    items
        .into_iter()
        .next()
        .map(|item| (item.urgency, item.best_by))
}

#[test]
fn a_follow_up_goes_from_soon_to_late_and_closes() {
    let bench = Bench::new();
    bench.log("talk with Dr. Asha Rao @SIR26");
    let best_by = Some("2026-07-04".to_owned());
    let by_day: Vec<_> = (0..7)
        .map(|_| {
            let found = follow_up(&bench);
            bench.days_later(1);
            found
        })
        .collect();
    let urgencies: Vec<&str> = by_day
        .iter()
        .flatten()
        .map(|(urgency, _)| *urgency)
        .collect();
    assert_eq!(
        urgencies,
        ["soon", "soon", "soon", "today", "today", "today", "late"]
    );
    assert!(
        by_day.iter().flatten().all(|(_, by)| *by == best_by),
        "{by_day:?}"
    );
    bench.days_later(60);
    assert_eq!(follow_up(&bench), None, "nobody thanks after two months");
}

#[test]
fn a_logged_email_settles_a_follow_up_and_undo_opens_it_again() {
    let bench = Bench::new();
    bench.log("call with Dr. Asha Rao");
    bench.days_later(2);
    assert!(follow_up(&bench).is_some());
    bench.log("email to Dr. Asha Rao, thanks");
    assert_eq!(follow_up(&bench), None);
    let logged = bench.operations()[0].id.parse().expect("an id");
    bench.desk.undo_operation(logged, false).expect("undone");
    assert!(follow_up(&bench).is_some());
}

#[test]
fn an_interview_never_calls_for_a_follow_up() {
    let bench = Bench::new();
    bench.log("interview with Dr. Asha Rao");
    assert_eq!(follow_up(&bench), None);
    bench.log("interview with Dr. Asha Rao #followup");
    assert_eq!(follow_up(&bench), None, "not even when it is asked for");
}

#[test]
fn a_ring_brings_its_rhythm() {
    let bench = Bench::new();
    bench.log("email to Dr. Asha Rao");
    let asha = [bench.person("Asha Rao")];
    let ring = BulkEdit::Ring(Ring::Inner);
    bench.desk.edit_people(&asha, &ring).expect("changed");
    bench.days_later(59);
    assert_eq!(bench.due("keep in touch").len(), 0);
    bench.days_later(1);
    assert_eq!(bench.due("keep in touch").len(), 1);
    bench.log("email to Dr. Asha Rao");
    assert_eq!(bench.due("keep in touch").len(), 0);
    bench.days_later(100);
    assert_eq!(bench.due("keep in touch").len(), 1);
    bench
        .desk
        .edit_people(&asha, &BulkEdit::Archive(true))
        .expect("put aside");
    assert_eq!(bench.due("keep in touch").len(), 0);
}

#[test]
fn a_person_has_no_second_reminder_and_what_is_due_with_them_is_named() {
    let bench = Bench::new();
    bench.log("email to Dr. Asha Rao #promise read her paper by 2026-08-20");
    let ring = BulkEdit::Ring(Ring::Inner);
    let asha = [bench.person("Asha Rao")];
    bench.desk.edit_people(&asha, &ring).expect("changed");
    bench.days_later(70);
    assert_eq!(bench.due("commitment").len(), 1, "it is late");
    assert_eq!(bench.due("keep in touch").len(), 0, "keeping it is contact");

    bench.log("talk with Dr. Asha Rao");
    let [promised, thanks] = [bench.due("commitment"), bench.due("follow-up")];
    assert_eq!(promised[0].also, [thanks[0].aim.clone()]);
    assert_eq!(thanks[0].also, [promised[0].aim.clone()]);
}

#[test]
fn a_listed_program_with_nobody_is_due_until_somebody_is_known() {
    let bench = Bench::new();
    let program = facts::shipped()
        .programs()
        .iter()
        .find(|program| program.institution == "Maimonides Medical Center")
        .expect("it is shipped");
    bench
        .desk
        .list_program(&program.id, None, "")
        .expect("listed");
    let items = bench.due("nobody there");
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].name, program.name());
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    assert_eq!(bench.due("nobody there").len(), 0);
}

#[test]
fn decisions_put_off_skip_and_call_done() {
    let bench = Bench::new();
    bench.log("call with Dr. Asha Rao");
    let key = bench.due("follow-up")[0].key.clone();
    let until = "2026-07-03".parse().expect("a day");
    let snooze = DecisionKind::Snooze(until);
    bench
        .desk
        .decide_item(&key, snooze, "Dr. Asha Rao")
        .expect("put off");
    assert_eq!((follow_up(&bench), bench.today().snoozed), (None, 1));
    bench.days_later(2);
    assert!(follow_up(&bench).is_some(), "it is back on its day");
    for kind in [DecisionKind::Skip, DecisionKind::Done] {
        let done = bench.desk.decide_item(&key, kind, "").expect("decided");
        assert_eq!((follow_up(&bench), bench.today().snoozed), (None, 0));
        bench
            .desk
            .undo_operation(done.operation, false)
            .expect("undone");
        assert!(follow_up(&bench).is_some());
    }
}

#[test]
fn an_unknown_program_is_not_listed() {
    let bench = Bench::new();
    let id = ProgramId::new("9999999999").expect("an id");
    assert!(bench.desk.list_program(&id, None, "").is_err());
    assert_eq!(bench.operations().len(), 0);
}
