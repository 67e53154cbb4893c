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

#[test]
fn a_new_name_in_many_lines_is_one_new_person_and_one_undo() {
    let bench = Bench::new();
    let done = bench
        .desk
        .log_interaction(
            "Mon 22 Jun 2026: talk with Zoe Unknown at SIR\n\
             - 24 Jun 2026 email to Zoe Unknown, thanks\n\
             - 26 Jun 2026 call with Dr. Zoe Unknown and Ben Okafor",
            &LogChoices::new(),
        )
        .expect("logged");
    assert_eq!(done.result.added.len(), 2, "Zoe and Ben");
    assert_eq!(done.result.interactions.len(), 3);
    assert_eq!(bench.operations().len(), 1);
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.table("person").len(), 0);
    assert_eq!(bench.table("interaction").len(), 0);
}

#[test]
fn a_part_of_a_name_says_that_it_is_one_and_can_be_somebody_new() {
    let bench = Bench::new();
    bench.people("Ines Venkataraman, IR attending, Maimonides Medical Center");
    let today = bench.desk.today().expect("a day");
    let line = "call with Venkat";
    let understood = understand(&bench.reader, today, line, &LogChoices::new()).expect("read");
    let named = &understood.lines[0].people[0];
    assert_eq!((named.who, named.fit), ("known", "a part of the name"));
    let choices = LogChoices::from([((0, 0), PersonChoice::New)]);
    let understood = understand(&bench.reader, today, line, &choices).expect("read");
    let named = &understood.lines[0].people[0];
    assert_eq!((named.who, named.fit), ("new", ""));
    bench.desk.log_interaction(line, &choices).expect("logged");
    assert_eq!(bench.table("person").len(), 2);
}

#[test]
fn the_days_of_a_meeting_come_from_the_facts() {
    let bench = Bench::new();
    bench
        .clock
        .set("2026-04-20T15:00:00Z".parse().expect("a time"));
    let today = bench.desk.today().expect("a day");
    let line = "SIR Monday talk with Dr. Asha Rao";
    let understood = understand(&bench.reader, today, line, &LogChoices::new()).expect("read");
    let line = &understood.lines[0];
    assert_eq!(
        (line.day.as_str(), line.event.as_str()),
        ("2026-04-13", "SIR 2026")
    );
}

#[test]
fn what_nobody_would_type_is_kept_whole() {
    let bench = Bench::new();
    let long = "word ".repeat(200_000);
    bench.log(&format!("today call with [Zoë 🩺 \u{202e}oaR], \"{long}\""));
    let tags = "#ask letter ".repeat(1000);
    bench.log(&format!("today call with Ben Okafor {tags}"));
    let notes = bench.table("interaction");
    assert_eq!(notes.len(), 2);
    let kept = format!("{notes:?}");
    assert!(kept.len() >= long.len(), "{} characters", kept.len());
    assert_eq!(bench.table("exchange").len(), 1000);
    // Every page of the agenda still answers.
    assert!(!bench.today().items.is_empty());
}

#[test]
fn a_day_that_is_none_or_still_to_come_changes_nothing() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR, Maimonides\nBen Okafor, resident, Mount Sinai");
    let dump = bench.dump();
    for text in [
        "tomorrow call with Asha Rao",
        "31 Feb call with Asha Rao",
        "3 Mar 2099 call with Asha Rao",
        "yesterday call with Ben Okafor\n99 Foo 2026 call with Asha Rao",
    ] {
        let refused = bench.desk.log_interaction(text, &LogChoices::new());
        assert!(
            matches!(refused, Err(DeskError::Bad { field: "day", .. })),
            "{text}: {refused:?}"
        );
        assert_eq!(bench.dump(), dump, "{text}");
    }
    let today = bench.desk.today().expect("today");
    let text = "yesterday call with Ben Okafor\n31 Feb call with Asha Rao";
    let shown = understand(&bench.reader, today, text, &LogChoices::new()).expect("read");
    assert!(!shown.ready);
    assert!(shown.in_the_way.contains("31 Feb"), "{}", shown.in_the_way);
    assert_eq!(shown.lines[0].stop, "");
    assert_eq!(shown.lines[0].day, "2026-06-30");
}

#[test]
fn notes_pasted_again_with_their_old_lines_double_nothing() {
    let bench = Bench::new();
    let notes = "1 Jun call with New Person 20 min #promise send CV by Fri\n28 May met Old Person";
    bench.log(notes);
    let person_of = |name: &str| person(&bench.reader, bench.person(name)).expect("stored");
    let promise = person_of("New Person").commitments[0]
        .id
        .parse()
        .expect("an id");
    bench
        .desk
        .settle_commitment(promise, domain::CommitmentState::Kept)
        .expect("kept");
    bench.days_later(1);

    let dump = bench.dump();
    let refused = bench.desk.log_interaction(notes, &LogChoices::new());
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    assert_eq!(bench.dump(), dump);

    let longer = format!("{notes}\n2 Jun call with New Person 20 min");
    let today = bench.desk.today().expect("today");
    let understood = understand(&bench.reader, today, &longer, &LogChoices::new()).expect("read");
    let again: Vec<bool> = understood.lines.iter().map(|line| line.is_logged).collect();
    assert_eq!(again, [true, true, false]);
    assert!(understood.ready, "{}", understood.in_the_way);
    let told = understood.lines[0]
        .problems
        .last()
        .expect("it is pointed out");
    assert!(told.contains("left out"), "{told}");
    let done = bench
        .desk
        .log_interaction(&longer, &LogChoices::new())
        .expect("logged");
    assert_eq!(
        (done.result.interactions.len(), done.result.n_again),
        (1, 2)
    );
    assert!(
        bench.operations()[0]
            .description
            .ends_with("2 lines were logged already"),
        "{}",
        bench.operations()[0].description
    );
    let new = person_of("New Person");
    assert_eq!((new.timeline.len(), new.commitments.len()), (2, 1));
    assert_eq!(person_of("Old Person").timeline.len(), 1);
}

#[test]
fn notes_without_a_day_double_nothing_on_another_day() {
    let bench = Bench::new();
    let notes = "call with Asha Rao, she sends her slides #promise send CV by Fri\nmet Ben Okafor";
    bench.log(notes);
    bench.days_later(6);
    let dump = bench.dump();
    let read = |text: &str| {
        let today = bench.desk.today().expect("today");
        understand(&bench.reader, today, text, &LogChoices::new()).expect("read")
    };
    let refused = bench.desk.log_interaction(notes, &LogChoices::new());
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    // One line alone that says more than that somebody was met is asked about.
    let one = "met Asha Rao, she sends her slides";
    bench.log(one);
    bench.days_later(1);
    let asked = read(one).in_the_way;
    assert!(asked.contains("write \"today\""), "{asked}");
    let refused = bench.desk.log_interaction(one, &LogChoices::new());
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    assert_eq!(bench.dump().len(), dump.len());
    for other in [
        format!("today {one}"),
        "met Ben Okafor".to_owned(),
        format!("{one} and her thesis"),
        format!("{one} #ask letter"),
    ] {
        assert_eq!(read(&other).in_the_way, "", "{other}");
    }
    // Among others it is left out, which is said; with a day it is another one.
    let more = format!("{notes}\ntoday met Ben Okafor\ncall with Sarah Kim");
    let again: Vec<bool> = read(&more)
        .lines
        .iter()
        .map(|line| line.is_logged)
        .collect();
    assert_eq!(again, [true, true, false, false]);
    let told = read(&more).lines[0].problems.join(" ");
    assert!(
        told.contains("left out") && told.contains("tells no day"),
        "{told}"
    );
    let done = bench
        .desk
        .log_interaction(&more, &LogChoices::new())
        .expect("logged");
    assert_eq!(
        (done.result.interactions.len(), done.result.n_again),
        (2, 2)
    );
}

#[test]
fn silence_and_attempts_settle_nothing_and_an_answer_does() {
    for line in [
        "Asha Rao has yet to reply",
        "nothing from Asha Rao",
        "Asha Rao ghosted me",
        "called Asha Rao, no answer",
        "left Asha Rao a voicemail",
        "asked Asha Rao for a letter",
        "Asha Rao is on leave",
    ] {
        let bench = Bench::new();
        bench.log("email to Asha Rao #ask letter");
        bench.days_later(9);
        assert_eq!(bench.due("reply awaited").len(), 1);
        // A line of what did not happen is refused, the others are kept.
        let _ = bench.desk.log_interaction(line, &LogChoices::new());
        assert_eq!(bench.due("reply awaited").len(), 1, "{line}");
        bench.days_later(1);
        assert_eq!(bench.due("follow-up").len(), 0, "{line}");
    }
    for line in [
        "Asha Rao replied to my email",
        "got a reply to my email from Asha Rao",
        "heard back from Asha Rao",
        "asha rao got back to me",
    ] {
        let bench = Bench::new();
        bench.log("email to Asha Rao #ask letter");
        bench.days_later(9);
        bench.log(line);
        assert_eq!(bench.due("reply awaited").len(), 0, "{line}");
    }
}

#[test]
fn thanks_in_any_words_settle_the_follow_up() {
    for line in [
        "thanked Asha Rao",
        "wrote to Asha Rao",
        "emailed Asha Rao",
        "texted Asha Rao a thank-you",
        "followed up with Asha Rao",
    ] {
        let bench = Bench::new();
        bench.log("call with Asha Rao, she offered to help");
        bench.days_later(1);
        assert_eq!(bench.due("follow-up").len(), 1, "{line}");
        bench.log(line);
        assert_eq!(bench.due("follow-up").len(), 0, "{line}");
    }
}

#[test]
fn a_line_that_is_logged_already_is_asked_about_and_told_apart_by_a_word() {
    let bench = Bench::new();
    bench.log("call with Dr. Asha Rao #ask letter");
    let today = bench.desk.today().expect("today");
    let in_the_way = |line: &str| {
        let read = understand(&bench.reader, today, line, &LogChoices::new()).expect("read");
        read.in_the_way
    };
    let line = "call with Dr. Asha Rao #ask letter";
    assert!(
        in_the_way(line).contains("second call"),
        "{}",
        in_the_way(line)
    );
    assert!(
        bench
            .desk
            .log_interaction(line, &LogChoices::new())
            .is_err()
    );
    // Whatever is different makes it another one.
    for other in [
        "second call with Dr. Asha Rao #ask letter",
        "call with Dr. Asha Rao #ask advice",
        "call with Dr. Asha Rao",
        "call with Dr. Asha Rao 20 min",
        "call with Dr. Asha Rao #promise send CV",
        "call with Dr. Asha Rao @SIR26",
        "yesterday call with Dr. Asha Rao",
        "call with Dr. Asha Rao and Ben Okafor",
        "email to Dr. Asha Rao",
        "email from Dr. Asha Rao",
    ] {
        assert_eq!(in_the_way(other), "", "{other}");
        bench.log(other);
    }
}

#[test]
fn a_give_of_no_time_or_of_weeks_is_refused() {
    let bench = Bench::new();
    let log = |line: &str| bench.desk.log_interaction(line, &LogChoices::new());
    for bad in ["0h", "300h"] {
        let refused = log(&format!("call with Dr. Asha Rao #gave lit-review {bad}"));
        assert!(
            matches!(refused, Err(DeskError::Bad { .. })),
            "{bad}: {refused:?}"
        );
    }
    log("call with Dr. Asha Rao #gave lit-review 40h").expect("logged");
}
