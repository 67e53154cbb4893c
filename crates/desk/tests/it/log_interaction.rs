//! Logging: what a line is understood to say is what is stored.

use desk::DeskError;
use desk::views::log::{LogChoices, PersonChoice, understand};
use desk::views::person::person;

use crate::support::Bench;

#[test]
fn what_is_understood_is_what_is_logged() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR, Maimonides Medical Center");
    let line = "yesterday call with Dr. Rao 20 min @SIR26, she offered to introduce me #intro";
    let today = bench.desk.today().expect("today");
    let understood = understand(&bench.reader, today, line, &LogChoices::new()).expect("read");
    assert!(understood.ready, "{}", understood.in_the_way);
    let read = &understood.lines[0];
    assert_eq!((read.day.as_str(), read.channel), ("2026-06-30", "call"));
    assert_eq!(
        (read.event.as_str(), read.duration_min),
        ("SIR26", Some(20))
    );
    assert_eq!((read.people.len(), read.people[0].who), (1, "known"));
    assert_eq!(read.exchanges, ["intro"]);

    bench.log(line);
    let view = person(&bench.reader, bench.person("Rao")).expect("Rao");
    let logged = &view.timeline[0];
    assert_eq!(
        (logged.day.as_str(), logged.event.as_str()),
        ("2026-06-30", "SIR26")
    );
    assert_eq!(logged.heading, "call, 20 min");
    assert_eq!(logged.exchanges, ["intro"]);
    assert_eq!(logged.note, read.note);
}

#[test]
fn somebody_nobody_fits_is_added() {
    let bench = Bench::new();
    let done = bench
        .desk
        .log_interaction("call with Dr. Noor Al-Sayegh", &LogChoices::new())
        .expect("logged");
    assert_eq!(done.result.added, done.result.people);
    let view = person(&bench.reader, done.result.added[0]).expect("Noor");
    assert_eq!(view.name, "Dr. Noor Al-Sayegh");
    assert_eq!(view.known_since.as_deref(), Some("2026-07-01"));
    assert_eq!(view.state, "met");
}

#[test]
fn a_name_of_two_people_is_refused_and_settled_by_choice() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR, Maimonides\nDr. Vikram Rao, IR, Fabrikam");
    let dump = bench.dump();
    let line = "call with Dr. Rao";
    let refused = bench.desk.log_interaction(line, &LogChoices::new());
    let Err(DeskError::Several { name, candidates }) = refused else {
        panic!("{refused:?}");
    };
    assert!(name.contains("Rao"), "{name}");
    assert_eq!(candidates.len(), 2);
    assert_eq!(bench.dump(), dump);

    let vikram = bench.person("Vikram Rao");
    let choices = LogChoices::from([((0, 0), PersonChoice::Known(vikram))]);
    let done = bench.desk.log_interaction(line, &choices).expect("logged");
    assert_eq!(done.result.people, [vikram]);
    let choices = LogChoices::from([((0, 0), PersonChoice::New)]);
    let done = bench.desk.log_interaction(line, &choices).expect("logged");
    assert_eq!(done.result.added.len(), 1);
}

#[test]
fn a_line_without_a_name_is_refused() {
    let bench = Bench::new();
    for line in ["", "  \n", "call 15 min"] {
        let refused = bench.desk.log_interaction(line, &LogChoices::new());
        assert!(
            matches!(refused, Err(DeskError::Bad { .. })),
            "{line:?}: {refused:?}"
        );
    }
    assert_eq!(bench.operations().len(), 0);
}

#[test]
fn a_promise_becomes_a_commitment() {
    let bench = Bench::new();
    bench.log("talk with Dr. Asha Rao #promise send my abstract by July 6");
    let view = person(&bench.reader, bench.person("Rao")).expect("Rao");
    let promise = &view.commitments[0];
    assert_eq!((promise.owner, promise.state), ("student", "open"));
    assert_eq!(promise.due.as_deref(), Some("2026-07-06"));
    assert!(
        promise.what.contains("send my abstract"),
        "{}",
        promise.what
    );
    assert_eq!(bench.due("commitment").len(), 1);
}

#[test]
fn an_offer_to_vouch_makes_an_advocate() {
    let bench = Bench::new();
    bench.log("talk with Dr. Asha Rao");
    let state = || {
        person(&bench.reader, bench.person("Rao"))
            .expect("Rao")
            .state
    };
    assert_eq!(state(), "met");
    bench.log("talk with Dr. Asha Rao, she would speak for me #vouch");
    assert_eq!(state(), "advocate");
}

#[test]
fn several_lines_are_one_operation() {
    let bench = Bench::new();
    let lines = "call with Dr. Asha Rao\nyesterday email to Dr. Omar Haddad";
    bench.log(lines);
    let operations = bench.operations();
    assert_eq!(operations.len(), 1);
    assert_eq!(operations[0].description, "Log 2 interactions");
    assert_eq!(bench.table("interaction").len(), 2);
}
