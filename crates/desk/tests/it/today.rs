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

#[test]
fn a_reply_that_the_student_owes_is_due_until_anything_goes_to_them() {
    let bench = Bench::new();
    bench.log("email from Dr. Asha Rao: can you send me your CV?");
    let owed = bench.due("reply owed");
    assert_eq!((owed.len(), owed[0].urgency), (1, "soon"));
    assert!(owed[0].why.contains("send me your CV"), "{}", owed[0].why);
    bench.days_later(3);
    assert_eq!(bench.due("reply owed")[0].urgency, "today");
    bench.log("email to Dr. Asha Rao, my CV");
    assert_eq!(bench.due("reply owed").len(), 0);
    bench.days_later(1);
    bench.log("text from Dr. Asha Rao");
    assert_eq!(bench.due("reply owed").len(), 1);
    bench.log("call with Dr. Asha Rao");
    assert_eq!(bench.due("reply owed").len(), 0, "a talk answers, too");
    bench.log("email from Dr. Asha Rao, thanks");
    bench.days_later(31);
    assert_eq!(bench.due("reply owed").len(), 0, "quiet after a month");
}

#[test]
fn an_ask_of_a_talk_is_due_once_its_thank_you_is_over() {
    let bench = Bench::new();
    bench.log("talk with Dr. Lena Vogt #ask letter");
    bench.days_later(1);
    bench.log("email to Dr. Lena Vogt, thanks");
    bench.days_later(13);
    assert_eq!(bench.due("reply awaited").len(), 0);
    bench.days_later(1);
    let asked = bench.due("reply awaited");
    assert!(
        asked[0].why.contains("2 reminders are left"),
        "{}",
        asked[0].why
    );
    bench.log("email from Dr. Lena Vogt, she will write it");
    assert_eq!(bench.due("reply awaited").len(), 0);
}

#[test]
fn putting_a_thank_you_off_beyond_its_window_is_told() {
    let bench = Bench::new();
    bench.log("call with Dr. Asha Rao");
    let key = bench.due("follow-up")[0].key.clone();
    let put_off = |until: &str| {
        let kind = DecisionKind::Snooze(until.parse().expect("a day"));
        let done = bench
            .desk
            .decide_item(&key, kind, "Dr. Asha Rao")
            .expect("put off");
        (done.result, bench.operations()[0].description.clone())
    };
    let (comes_back, described) = put_off("2026-07-15");
    assert!(comes_back);
    assert_eq!(described, "Put off until Wed 15 Jul 2026: Dr. Asha Rao");
    let (comes_back, described) = put_off("2026-07-16");
    assert!(
        !comes_back && described.contains("will not come again"),
        "{described}"
    );
}

#[test]
fn the_first_days_of_a_rotation_are_due_until_their_list_is_ticked() {
    let bench = Bench::new();
    let edit = desk::verbs::plan_rotation::RotationEdit {
        hospital: "Maimonides Medical Center".to_owned(),
        starts: "2026-07-01".to_owned(),
        ..Default::default()
    };
    let rotation = bench
        .desk
        .plan_rotation(None, &edit)
        .expect("planned")
        .result;
    assert_eq!(bench.due("rotation begins").len(), 1);
    let lists = facts::here().lists.iter();
    let opening = lists
        .filter(|list| list.word == "opening")
        .flat_map(|list| &list.items);
    for item in opening {
        assert_eq!(bench.due("rotation begins").len(), 1);
        bench
            .desk
            .tick_item(rotation, &item.word, desk::verbs::tick_item::Tick::Done)
            .expect("ticked");
    }
    assert_eq!(bench.due("rotation begins").len(), 0);
}
