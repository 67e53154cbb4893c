//! What a log line says, and that what is printed reads back.

use domain::{Channel, Direction, Exchange, ExchangeKind, Owner, PersonId, PersonName};
use formats::log_line::{
    LogReading, Named, PartKind, PersonReading, Promise, parse, parse_many, print,
};
use formats::{EventDays, NameIndex, NameLookup};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

/// A Tuesday.
pub(crate) const TODAY: Date = date(2026, 11, 24);

const NAMES: [&str; 9] = [
    "Dr. Asha Rao",
    "Ben Okafor",
    "Lucía de la Peña Ibáñez",
    "Sam Lee",
    "Sam Carter",
    "Dr. Wei Sun",
    "Ines Venkataraman",
    "Peter Müller",
    "Ivan Romero",
];

pub(crate) fn names() -> NameIndex {
    let people: Vec<(PersonId, PersonName)> = NAMES
        .iter()
        .zip(1..)
        .map(|(name, i)| (PersonId(Uuid::from_u128(i)), PersonName::parse(name)))
        .collect();
    let sir = |year, first_day, last_day| EventDays {
        name: "SIR".to_owned(),
        edition: format!("SIR {year}"),
        first_day,
        last_day,
    };
    // The second one is made up, so that it lies before TODAY but not long.
    NameIndex::new(&people).with_events(vec![
        sir(2025, date(2025, 3, 29), date(2025, 4, 2)),
        sir(2026, date(2026, 11, 14), date(2026, 11, 18)),
    ])
}

/// Returns the reading in one line, leaving out what is as when nothing is told.
pub(crate) fn shown(reading: &LogReading) -> String {
    let mut parts = vec![reading.day.strftime("%m-%d").to_string()];
    parts.push(reading.channel.word().to_owned());
    if reading.channel.is_written() || reading.direction != Direction::Mutual {
        parts.push(reading.direction.word().to_owned());
    }
    for named in &reading.people {
        parts.push(match &named.who {
            PersonReading::Known { name, .. } => format!("[{}]", name.plain()),
            PersonReading::Ambiguous(several) => format!("[{}? {}]", named.written, several.len()),
            PersonReading::New(name) => format!("[new {}]", name.display()),
        });
    }
    if let Some(minutes) = reading.duration_min {
        parts.push(format!("{minutes}min"));
    }
    if !reading.event.is_empty() {
        parts.push(format!("@{}", reading.event));
    }
    if !reading.place.is_empty() {
        parts.push(format!("at<{}>", reading.place));
    }
    for exchange in &reading.exchanges {
        let minutes = exchange
            .minutes
            .map(|m| format!(" {m}min"))
            .unwrap_or_default();
        parts.push(format!(
            "#{}<{}>{minutes}",
            exchange.kind.word(),
            exchange.what
        ));
    }
    for promise in &reading.promises {
        let due = promise
            .due
            .map(|day| format!(" by {day}"))
            .unwrap_or_default();
        parts.push(format!(
            "{} owes<{}>{due}",
            promise.owner.word(),
            promise.what
        ));
    }
    if reading.follow_up {
        parts.push("#follow-up".to_owned());
    }
    if !reading.note.is_empty() {
        parts.push(format!("({})", reading.note));
    }
    parts.join(" ")
}

#[track_caller]
pub(crate) fn check(line: &str, wanted: &str) {
    let names = names();
    let reading = parse(line, TODAY, &names);
    assert_eq!(shown(&reading), wanted, "{line}");
    for part in &reading.parts {
        assert!(
            line.get(part.span.clone())
                .is_some_and(|text| !text.is_empty())
        );
    }
    let again = parse(&print(&reading), TODAY, &names);
    assert_eq!(meaning(again), meaning(reading), "{line}");
}

/// Returns the reading without what belongs to the way it was typed.
pub(crate) fn meaning(mut reading: LogReading) -> LogReading {
    reading.parts.clear();
    reading.problems.clear();
    reading.day_stated = true;
    reading
}

#[test]
fn the_lines_of_the_issues() {
    check(
        "yesterday call with Dr. Rao @SIR26, she offered to introduce me",
        "11-23 call [Asha Rao] @SIR26 (she offered to introduce me)",
    );
    check(
        "last Tue talk with Dr. Rao and Ben Okafor #ask letter #gave lit-review 3h #promise read paper by Fri #follow-up",
        "11-17 talk [Asha Rao] [Ben Okafor] #ask<letter> #give<lit-review> 180min student owes<read paper> by 2026-11-20 #follow-up",
    );
    check(
        "3 Mar email to Ben \"thank you, and the slides\" #vouch #intro",
        "03-03 email outgoing [Ben Okafor] #vouch<> #intro<> (thank you, and the slides)",
    );
    check(
        "met Dr. Rao on rounds at Maimonides, 20 min",
        "11-24 rotation [Asha Rao] 20min at<Maimonides>",
    );
}

#[test]
fn days() {
    check("call with Rao", "11-24 call [Asha Rao]");
    check("Tue: call with Rao", "11-24 call [Asha Rao]");
    check("Call with Rao on Friday.", "11-20 call [Asha Rao]");
    check("2 days ago, call with Rao", "11-22 call [Asha Rao]");
    check("March 3, 2026 call with Rao", "03-03 call [Asha Rao]");
    check("2026-03-03 — call with Rao", "03-03 call [Asha Rao]");
    check("call with Rao, yesterday", "11-23 call [Asha Rao]");
    check(
        "call with Rao about the 3 Mar visit",
        "11-24 call [Asha Rao] (about the 3 Mar visit)",
    );
    check("talk with Dr. Sun on Sun", "11-22 talk [Wei Sun]");
    check("call with Rao on 25 Dec", "12-25 call [Asha Rao]");
    let reading = parse("call with Rao on 25 Dec", TODAY, &names());
    assert_eq!(reading.day, date(2025, 12, 25));
    let reading = parse("call with Rao on 25 Dec 2026", TODAY, &names());
    assert_eq!(reading.day, date(2026, 12, 25));
    assert_eq!(reading.problems[0].field, "day");
}

#[test]
fn days_of_a_conference() {
    check(
        "SIR Monday talk with Rao, on embolization",
        "11-16 talk [Asha Rao] @SIR 2026 (on embolization)",
    );
    check("met Dr. Rao SIR Monday", "11-16 talk [Asha Rao] @SIR 2026");
    check(
        "talk with Rao, SIR Tue, 20 min",
        "11-17 talk [Asha Rao] 20min @SIR 2026",
    );
    check(
        "SIR Monday talk with Rao @SIO26",
        "11-16 talk [Asha Rao] @SIO26",
    );
    // No such day in it: nothing is guessed, and the day is asked for.
    let reading = parse("SIR Friday talk with Rao", TODAY, &names());
    assert!(!reading.day_stated, "{reading:?}");
    assert_eq!(reading.note, "SIR Friday");
    assert!(reading.problems[0].found.contains("SIR"), "{reading:?}");
    // A conference whose days nobody knows is a word like any other.
    check(
        "Monday talk with Rao about ASTRO",
        "11-23 talk [Asha Rao] (about ASTRO)",
    );
}

#[test]
fn days_that_no_calendar_has_are_pointed_out() {
    for (line, note) in [
        ("30 Feb call with Rao", "30 Feb"),
        ("on 31 Apr call with Rao", "on 31 Apr"),
        ("2026-13-45 call with Rao", "2026-13-45"),
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!((reading.day, reading.day_stated), (TODAY, false), "{line}");
        assert_eq!(reading.note, note, "{line}");
        let found: Vec<&str> = reading.problems.iter().map(|p| p.found.as_str()).collect();
        assert!(found[0].contains("no calendar has"), "{line}: {found:?}");
    }
    let reading = parse("call with Rao #promise call her by 31 Feb", TODAY, &names());
    assert_eq!(reading.promises[0].due, None);
    assert_eq!(reading.promises[0].what, "call her by 31 Feb");
    assert_eq!(reading.problems[0].field, "promise");
}

/// Returns why a line cannot be saved, or nothing.
pub(crate) fn stop(line: &str) -> Option<String> {
    let reading = parse(line, TODAY, &names());
    reading.stop().map(|problem| problem.found.clone())
}

#[test]
fn a_day_that_is_none_or_still_to_come_stops_the_saving() {
    for (line, found) in [
        ("tomorrow call with Dr. Rao", "\"tomorrow\", which is still"),
        ("call with Dr. Rao tomorrow", "\"tomorrow\", which is still"),
        (
            "call with Dr. Rao, next Tue",
            "\"next Tue\", which is still",
        ),
        ("next Tue call with Rao", "\"next Tue\", which is still"),
        ("call with Rao in 5 days", "\"in 5 days\", which is still"),
        ("3 Mar 2099 call with Rao", "\"2099-03-03\", which is still"),
        ("31 Feb call with Rao", "\"31 Feb\", which no calendar has"),
        ("call with Rao, 31 Feb", "\"31 Feb\", which no calendar has"),
        ("32 Jan call with Rao", "\"32 Jan\", which no calendar has"),
        (
            "99 Foo 2026 call with Rao",
            "\"99 Foo 2026\", which no calendar",
        ),
        (
            "2026-13-45 call with Rao",
            "\"2026-13-45\", which no calendar",
        ),
        (
            "3/4/2026 call with Rao",
            "\"3/4/2026\", which may be two days",
        ),
        (
            "SIR Friday talk with Rao",
            "a day of SIR, which was not lately",
        ),
    ] {
        let stop = stop(line).unwrap_or_default();
        assert!(stop.starts_with(found), "{line}: {stop}");
    }
    for line in [
        "call with Rao",
        "SIR Monday talk with Rao",
        "call with Rao #promise read paper by Fri",
        "call with Rao #promise read paper tomorrow",
        "call with Rao #promise send the slides in 5 days",
        "call with Rao \"tomorrow, or 31 Feb\"",
        "call with Rao about the visit next week",
        "call with Rao, she will write on 3 Mar 2099",
        "emailed Rao to set up a meeting next week",
        "yesterday call with Rao, tomorrow",
        "met Dr. Rao 3 times at Maimonides",
        "1/2 hour call with Rao yesterday",
    ] {
        assert_eq!(stop(line), None, "{line}");
    }
    // What tells of a plan is no day, and not the one of last week either.
    let reading = parse("emailed Rao to set up a meeting next Tue", TODAY, &names());
    assert!(!reading.day_stated, "{reading:?}");
    assert!(
        reading.problems[0]
            .found
            .contains("\"next Tue\", which is read as a plan")
    );
}

#[test]
fn a_heading_that_is_no_day_stops_the_lines_below_it() {
    let text = "\
31 Feb:
call with Rao
yesterday call with Ben
Tomorrow
coffee with Ben
3 Mar 2099
talk with Rao
23 Nov
talk with Rao
";
    let lines = parse_many(text, TODAY, &names());
    let stopped: Vec<(u64, Option<&str>)> = lines
        .iter()
        .map(|line| (line.line, line.reading.stop().map(|p| p.found.as_str())))
        .collect();
    assert_eq!(
        stopped,
        [
            (2, Some("\"31 Feb\", which no calendar has")),
            (3, None),
            (5, Some("\"Tomorrow\", which is still to come")),
            (7, Some("\"2099-03-03\", which is still to come")),
            (9, None),
        ]
    );
}

#[test]
fn the_word_before_a_channel_belongs_to_it() {
    check(
        "Ben answered by linkedin, happy to talk in spring",
        "11-24 linkedin incoming [Ben Okafor] (happy to talk in spring)",
    );
    check(
        "answered by linkedin, happy to talk in spring",
        "11-24 linkedin outgoing (happy to talk in spring)",
    );
    check(
        "heard from Ben via WhatsApp through a friend",
        "11-24 chat incoming [Ben Okafor] (through a friend)",
    );
    check("talk by Dr. Rao", "11-24 talk [Asha Rao]");
}

#[test]
fn a_length_that_no_talk_has_stays_in_the_note() {
    for (line, odd) in [
        ("call with Rao 0 min", "0 min"),
        ("call with Rao, 25h", "25h"),
        ("0min call with Rao", "0min"),
        ("call with Rao. 1441 minutes", "1441 minutes"),
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(
            (reading.duration_min, reading.people.len()),
            (None, 1),
            "{line}"
        );
        assert_eq!(reading.note, odd, "{line}");
        let found: Vec<&str> = reading.problems.iter().map(|p| p.found.as_str()).collect();
        assert_eq!(
            found,
            [format!("\"{odd}\", which stays in the note")],
            "{line}"
        );
    }
    for (line, minutes) in [("call with Rao 1 min", 1), ("call with Rao, 24h", 1440)] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(reading.duration_min, Some(minutes), "{line}");
        assert!(reading.problems.is_empty(), "{line}");
    }
}

#[test]
fn a_promise_of_nothing_is_pointed_out_and_stays_in_the_note() {
    for (line, note) in [
        ("today call with Rao #promise", "#promise"),
        ("today call with Rao #promise by Fri", "#promise by Fri"),
        ("today call with Rao #owed=\"\" by Mon", "#owed=\"\" by Mon"),
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(reading.promises, [], "{line}");
        assert_eq!(reading.note, note, "{line}");
        let problem = &reading.problems[0];
        assert_eq!(
            (problem.field.as_str(), problem.found.as_str()),
            ("promise", "no words")
        );
        let again = parse(&print(&reading), TODAY, &names());
        assert_eq!(meaning(again), meaning(reading.clone()), "{line}");
    }
}

#[test]
fn a_promise_is_due_by_many_words() {
    let due = |words: &str| {
        let line = format!("today call with Rao #promise read her paper {words}");
        let reading = parse(&line, TODAY, &names());
        assert_eq!(reading.promises[0].what, "read her paper", "{words}");
        let again = parse(&print(&reading), TODAY, &names());
        assert_eq!(meaning(again), meaning(reading.clone()), "{words}");
        reading.promises[0].due
    };
    for (words, day) in [
        ("by Fri", date(2026, 11, 27)),
        ("in 5 days", date(2026, 11, 29)),
        ("by in 5 days", date(2026, 11, 29)),
        ("by the end of the month", date(2026, 11, 30)),
        ("by month end", date(2026, 11, 30)),
        ("by the end of next week", date(2026, 12, 4)),
        ("next week", date(2026, 12, 4)),
        ("until 3 Dec", date(2026, 12, 3)),
        ("on Friday", date(2026, 11, 27)),
        ("tomorrow", date(2026, 11, 25)),
        ("by a week from now", date(2026, 12, 1)),
    ] {
        assert_eq!(due(words), Some(day), "{words}");
    }
    // "in" that is no day belongs to what was promised.
    let reading = parse(
        "call with Rao #promise send the poster in colour",
        TODAY,
        &names(),
    );
    assert_eq!(reading.promises[0].what, "send the poster in colour");
    assert_eq!(reading.promises[0].due, None);
}

#[test]
fn a_part_of_a_name_is_enough_where_one_person_fits() {
    check("call with Venkata", "11-24 call [Ines Venkataraman]");
    check("call with Dr. Venkat", "11-24 call [Ines Venkataraman]");
    check("call with Sam Car", "11-24 call [Sam Carter]");
    check("call with Sam", "11-24 call [Sam? 2]");
    // In lower case only a whole name is one.
    check("call with ven", "11-24 call (with ven)");
}

#[test]
fn names_of_every_script_and_odd_marks_are_kept() {
    for name in [
        "김 하나",
        "د. ليلى",
        "Zoë 🩺",
        "\u{202e}oaR",
        "O’Brien-Ñandú",
    ] {
        let line = format!("today call with [{name}], 5 min");
        let reading = parse(&line, TODAY, &names());
        assert_eq!(reading.people.len(), 1, "{name}");
        assert_eq!(reading.people[0].written, name);
        let again = parse(&print(&reading), TODAY, &names());
        assert_eq!(meaning(again), meaning(reading), "{name}");
    }
}

#[test]
fn people() {
    check("call with rao", "11-24 call [Asha Rao]");
    check("call with sam", "11-24 call [sam? 2]");
    check("call with Sam Lee", "11-24 call [Sam Lee]");
    check("call with S. Lee", "11-24 call [Sam Lee]");
    check("call with AR", "11-24 call [Asha Rao]");
    check("call with Dr Okafro", "11-24 call [Ben Okafor]");
    check("call with Venkatramen", "11-24 call [Ines Venkataraman]");
    check("call with Jane Doe", "11-24 call [new Jane Doe]");
    check("call with Dr. Doe", "11-24 call [new Dr. Doe]");
    check("call with Ben Carter", "11-24 call [new Ben Carter]");
    check(
        "call with de la Peña",
        "11-24 call [Lucía de la Peña Ibáñez]",
    );
    check(
        "call with Dr. Rao, Ben and Jane Doe",
        "11-24 call [Asha Rao] [Ben Okafor] [new Jane Doe]",
    );
    check(
        "call with Jane Doe, MD, she was kind",
        "11-24 call [new Jane Doe] (she was kind)",
    );
    check(
        "call with Rao, Great talk",
        "11-24 call [Asha Rao] (Great talk)",
    );
    check("call with [the IR desk]", "11-24 call [new the IR desk]");
    check("Ben called", "11-24 call [Ben Okafor]");
    check("Jane Doe called me", "11-24 call [new Jane Doe]");
    check("met Dr. Rao's fellow", "11-24 talk (Dr. Rao's fellow)");
    check("call with Rao and Asha Rao", "11-24 call [Asha Rao]");
    check("call with her team", "11-24 call (with her team)");
    check("zoom with 李小明", "11-24 call [new 李小明]");
}

#[test]
fn channels() {
    check("zoom with Rao", "11-24 call [Asha Rao]");
    check("had a phone call with Rao", "11-24 call [Asha Rao]");
    check("coffee with Ben", "11-24 talk [Ben Okafor]");
    check("spoke to Ben on the phone", "11-24 call [Ben Okafor]");
    check("shadowed Dr. Rao 3h", "11-24 rotation [Asha Rao] 180min");
    check("webinar with Dr. Rao", "11-24 webinar [Asha Rao]");
    check(
        "interview with Dr. Rao at the Mayo Clinic",
        "11-24 interview [Asha Rao] at<Mayo Clinic>",
    );
    check("wrote Ben on WhatsApp", "11-24 chat outgoing [Ben Okafor]");
    check(
        "LinkedIn message to Ben",
        "11-24 linkedin outgoing [Ben Okafor]",
    );
    check(
        "Dr. Rao offered to introduce me",
        "11-24 other [Asha Rao] (offered to introduce me)",
    );
}

#[test]
fn directions() {
    check("email to Dr. Rao", "11-24 email outgoing [Asha Rao]");
    check("emailed Dr. Rao", "11-24 email outgoing [Asha Rao]");
    check("email Dr. Rao", "11-24 email outgoing [Asha Rao]");
    check("I wrote Dr. Rao", "11-24 email outgoing [Asha Rao]");
    check(
        "sent Ben the CV",
        "11-24 email outgoing [Ben Okafor] (the CV)",
    );
    check("email from Dr. Rao", "11-24 email incoming [Asha Rao]");
    check("Dr. Rao emailed", "11-24 email incoming [Asha Rao]");
    check("Dr. Rao wrote to me", "11-24 email incoming [Asha Rao]");
    check("Dr. Rao replied", "11-24 email incoming [Asha Rao]");
    check("reply from Ben", "11-24 email incoming [Ben Okafor]");
    check("replied to Ben", "11-24 email outgoing [Ben Okafor]");
    check("I replied to Ben", "11-24 email outgoing [Ben Okafor]");
    check("heard from Ben", "11-24 email incoming [Ben Okafor]");
    check("Ben texted", "11-24 chat incoming [Ben Okafor]");
    check(
        "emailed Ben, she answered",
        "11-24 email mutual [Ben Okafor] (she answered)",
    );
    check(
        "email from Ben: I sent the CV last week",
        "11-24 email incoming [Ben Okafor] (I sent the CV last week)",
    );
    check("email with Ben", "11-24 email mutual [Ben Okafor]");
    check("call from Ben", "11-24 call [Ben Okafor]");
}

#[test]
fn tags_events_and_notes() {
    check(
        "call with Rao #promise she sends the slides by Mon",
        "11-24 call [Asha Rao] person owes<she sends the slides> by 2026-11-30",
    );
    check(
        "call with Rao #promise \"read by dawn\" by 3 Mar",
        "11-24 call [Asha Rao] student owes<read by dawn> by 2027-03-03",
    );
    check(
        "call with Rao #promise learn by heart",
        "11-24 call [Asha Rao] student owes<learn by heart>",
    );
    check(
        "call with Rao #ask, then more",
        "11-24 call [Asha Rao] #ask<> (then more)",
    );
    check(
        "call with Rao #ask \"a letter\"",
        "11-24 call [Asha Rao] #ask<a letter>",
    );
    check(
        "call with Rao #gave 3h",
        "11-24 call [Asha Rao] #give<> 180min",
    );
    check(
        "call with Rao at @\"SIR 2026\"",
        "11-24 call [Asha Rao] @SIR 2026",
    );
    check(
        "call with Rao #unknown thing",
        "11-24 call [Asha Rao] (#unknown thing)",
    );
    check("call with Rao @A @B", "11-24 call [Asha Rao] @A (@B)");
    check(
        "call with Rao \"one\" and \"two\"",
        "11-24 call [Asha Rao] (one; and; two)",
    );
    check(
        "Great day. Call with Rao. She was kind!",
        "11-24 call [Asha Rao] (Great day. She was kind!)",
    );
    check(
        "call with Rao: she has 20 min on Friday",
        "11-24 call [Asha Rao] (she has 20 min on Friday)",
    );
    check("just a thought", "11-24 other (just a thought)");
    check("", "11-24 other");
    check("\"", "11-24 other (\")");
    check(
        "mail bob@example.org the CV",
        "11-24 email outgoing (bob@example.org the CV)",
    );
}

#[test]
fn parts_cover_what_was_understood() {
    let line = "yesterday call with Dr. Rao @SIR26, she offered to introduce me";
    let reading = parse(line, TODAY, &names());
    let parts: Vec<(PartKind, &str, &str)> = reading
        .parts
        .iter()
        .map(|part| (part.kind, &line[part.span.clone()], part.reading.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            (PartKind::Day, "yesterday", "Mon 23 Nov 2026"),
            (PartKind::Channel, "call", "call"),
            (PartKind::Person, "Dr. Rao", "Dr. Asha Rao"),
            (PartKind::Event, "@SIR26", "SIR26"),
            (
                PartKind::Note,
                "she offered to introduce me",
                "she offered to introduce me"
            ),
        ]
    );
}

#[test]
fn a_chosen_person_reads_back_among_namesakes() {
    let names = names();
    let two = names.candidates("Sam");
    assert_eq!(two.len(), 2);
    let mut reading = parse("call with Sam", TODAY, &names);
    assert!(!reading.is_decided());
    for one in two {
        reading.people[0] = Named::chosen(one.id, one.name.clone());
        let again = parse(&print(&reading), TODAY, &names);
        assert!(again.is_decided());
        assert!(matches!(&again.people[0].who, PersonReading::Known { id, .. } if *id == one.id));
    }
}

#[test]
fn many_lines_each_with_its_day() {
    let text = "\
Mon 23 Nov
- call with Rao
- coffee with Ben 20 min

* yesterday email from Sam Lee
3 Mar 2026:
1. talk with Jane Doe
";
    let lines = parse_many(text, TODAY, &names());
    let got: Vec<String> = lines
        .iter()
        .map(|line| format!("{}: {}", line.line, shown(&line.reading)))
        .collect();
    assert_eq!(
        got,
        [
            "2: 11-23 call [Asha Rao]",
            "3: 11-23 talk [Ben Okafor] 20min",
            "5: 11-23 email incoming [Sam Lee]",
            "7: 03-03 talk [new Jane Doe]",
        ]
    );
    let lines = parse_many("call with Rao", TODAY, &names());
    assert_eq!(lines[0].reading.problems[0].field, "day");
}

#[test]
fn a_weekday_and_its_date_are_one_day() {
    for line in [
        "Mon, Nov 16: call with Rao",
        "Mon 16 Nov call Rao",
        "Monday, November 16, 2026 call Rao",
        "call Rao, Monday, November 16, 2026, 20 min",
        "call with Rao on Mon 16 Nov",
        "call with Rao on Monday, 16 November",
        "Nov. 16, 2026 call with Rao",
        "16-Nov call with Rao",
        "16-Nov-2026 call with Rao",
        "2026-11-16T14:30 call with Rao",
        "20261116 call with Rao",
        "16.11. call with Rao",
        "call with Rao on the 16th",
        "16 November 26 call with Rao",
        "11/16 call with Rao",
        "11/16/26 call with Rao",
        "16.11.2026 call with Rao",
        "2026/11/16 call with Rao",
        "[2026-11-16, 14:03] call with Rao",
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(reading.day, date(2026, 11, 16), "{line}");
        assert!(
            reading.day_stated && reading.problems.is_empty(),
            "{line}: {reading:?}"
        );
        assert_eq!(
            (reading.people.len(), reading.note.as_str()),
            (1, ""),
            "{line}"
        );
    }
    for (line, found) in [
        (
            "Mon 17 Nov call with Rao",
            "\"Mon 17 Nov\", which is a Tuesday, 17 Nov 2026",
        ),
        (
            "call with Rao, Mon, Nov 17",
            "\"Mon, Nov 17\", which is a Tuesday, 17 Nov 2026",
        ),
        (
            "last week call with Rao",
            "\"last week\", which may be several days",
        ),
        (
            "call with Rao over the weekend",
            "\"over the weekend\", which may be several",
        ),
        ("3.4. call with Rao", "\"3.4.\", which may be two days"),
        (
            "13/14/2026 call with Rao",
            "\"13/14/2026\", which no calendar has",
        ),
        (
            "1 Jan 0001 call with Rao",
            "\"1 Jan 0001\", which is too long ago",
        ),
        (
            "[3/4/2026, 14:03] call with Rao",
            "\"3/4/2026\", which may be two days",
        ),
    ] {
        let stop = stop(line).unwrap_or_default();
        assert!(stop.starts_with(found), "{line}: {stop}");
    }
    for line in [
        "call with Rao on the 15th floor",
        "call with Rao, open 24/7",
        "call with Rao about last week",
    ] {
        let reading = parse(line, TODAY, &names());
        assert!(
            !reading.day_stated && reading.stop().is_none(),
            "{line}: {reading:?}"
        );
    }
}

#[test]
fn sat_is_a_day_or_what_somebody_did() {
    check("sat call with Ben", "11-21 call [Ben Okafor]");
    check("call with ben sat", "11-21 call [Ben Okafor]");
    check("sat with Ben at lunch today", "11-24 talk [Ben Okafor]");
    check("Sat down with Ben yesterday", "11-23 talk [Ben Okafor]");
    check(
        "sat next to Ben at grand rounds",
        "11-24 talk [Ben Okafor] (next; at grand rounds)",
    );
}

#[test]
fn words_of_the_field_and_the_clock_are_nobodys_initials() {
    check(
        "call with Ben at 8:15 PM yesterday",
        "11-23 call [Ben Okafor] (at 8:15 PM)",
    );
    check("IR talk with Ben yesterday", "11-23 talk [Ben Okafor] (IR)");
    check(
        "rounds in IR with Ben",
        "11-24 rotation [Ben Okafor] (in IR)",
    );
    check(
        "met Ben in IR suite",
        "11-24 talk [Ben Okafor] (in IR suite)",
    );
    check(
        "call with Ben on the IR service",
        "11-24 call [Ben Okafor] (on the IR service)",
    );
    check("call with PM", "11-24 call (with PM)");
    check(
        "saw the AR films with Ben",
        "11-24 talk [Ben Okafor] (the AR films)",
    );
    check("call with AR and BO", "11-24 call [Asha Rao] [Ben Okafor]");
    check(
        "DR resident Ben Okafor called",
        "11-24 call [Ben Okafor] (DR resident)",
    );
    check("call with Dr. Okafor MD", "11-24 call [Ben Okafor]");
    check(
        "call with Jane Doe MD PhD, 5 min",
        "11-24 call [new Jane Doe] 5min",
    );
    check(
        "call with Prof. Dr. med. Peter Müller",
        "11-24 call [Peter Müller]",
    );
}

#[test]
fn what_did_not_happen_stops_the_saving() {
    for line in [
        "still no reply from Ben",
        "no answer from Ben",
        "not heard from Ben yet",
        "haven't heard back from Ben today",
        "Ben has not replied",
        "Ben didn’t answer",
        "waiting for a reply from Ben",
        "no reply to my email from Ben",
        "Ben did not call",
        "today: never wrote back, Ben",
    ] {
        let stop = stop(line).unwrap_or_default();
        assert!(
            stop.ends_with("which is nothing that happened"),
            "{line}: {stop}"
        );
    }
    check(
        "emailed Ben again, still no reply",
        "11-24 email outgoing [Ben Okafor] (again, still no reply)",
    );
    check(
        "emailed Ben again no reply from him",
        "11-24 email outgoing [Ben Okafor] (again no reply from him)",
    );
    for line in ["will email Ben", "I should call Ben", "Need to email Ben"] {
        let stop = stop(line).unwrap_or_default();
        assert!(stop.ends_with("which is still to come"), "{line}: {stop}");
    }
}

#[test]
fn a_list_of_people_ends_with_and() {
    let all = "[Sam Lee] [Asha Rao] [Ben Okafor]";
    check(
        "call with Sam Lee, Rao, and Ben Okafor yesterday",
        &format!("11-23 call {all}"),
    );
    check(
        "emailed Sam Lee, Rao, and Ben",
        &format!("11-24 email outgoing {all}"),
    );
    check(
        "lunch with Sam Lee and Rao, and Ben Okafor",
        &format!("11-24 talk {all}"),
    );
    check(
        "call with sam lee, rao, and ben okafor",
        &format!("11-24 call {all}"),
    );
    check(
        "call with Rao, Ben, and Sam",
        "11-24 call [Asha Rao] [Ben Okafor] [Sam? 2]",
    );
    check(
        "call with Rao, [Ana], and Jane Doe about IR",
        "11-24 call [Asha Rao] [new Ana] [new Jane Doe] (about IR)",
    );
    check(
        "Sam Lee/Ben Okafor call",
        "11-24 call [Sam Lee] [Ben Okafor]",
    );
    check("call w/Ben", "11-24 call [Ben Okafor]");
    check("call w Ben Okafor", "11-24 call [Ben Okafor]");
    check(
        "call with Rao, and Ben called later",
        "11-24 call [Asha Rao] (Ben called later)",
    );
    check(
        "met Rao at NYU/Langone",
        "11-24 talk [Asha Rao] at<NYU/Langone>",
    );
}

#[test]
fn a_known_name_in_lower_case_needs_no_word_before_it() {
    check("call ben okafor", "11-24 call [Ben Okafor]");
    check("called ben", "11-24 call [Ben Okafor]");
    check(
        "ben okafor called me this morning",
        "11-24 call [Ben Okafor]",
    );
    check(
        "ben okafor emailed me today",
        "11-24 email incoming [Ben Okafor]",
    );
    check("met sam lee yesterday", "11-23 talk [Sam Lee]");
    check(
        "email ben the CV",
        "11-24 email outgoing [Ben Okafor] (the CV)",
    );
    check("call with Ben okafor", "11-24 call [Ben Okafor]");
    check("met lee students", "11-24 talk (lee students)");
    check(
        "asked ben for a letter",
        "11-24 other outgoing [Ben Okafor] (asked ben for a letter)",
    );
}

#[test]
fn a_sentence_tells_whom_it_speaks_to() {
    check(
        "asked Ben Okafor for a letter yesterday",
        "11-23 other outgoing [Ben Okafor] (asked Ben Okafor for a letter)",
    );
    check(
        "thanked Ben and Rao today",
        "11-24 email outgoing [Ben Okafor] [Asha Rao] (thanked Ben and Rao)",
    );
    check(
        "introduced myself to Jane Doe",
        "11-24 other outgoing [new Jane Doe] (introduced myself to Jane Doe)",
    );
    check(
        "yesterday I told Ben that she left",
        "11-23 other outgoing [Ben Okafor] (I told Ben that she left)",
    );
}

#[test]
fn hours_and_minutes_are_one_length() {
    for (words, minutes) in [
        ("1 h 30 min", 90),
        ("1h 30min", 90),
        ("1 hour 20 minutes", 80),
        ("1 hr 15 min", 75),
        ("for an hour and a half", 90),
        ("two hours", 120),
        ("1 hr, 15 min", 75),
        ("one hour, 20 minutes", 80),
        ("three quarters of an hour", 45),
        ("for an hour and a quarter", 75),
        ("two and a half hours", 150),
        ("1:30 hrs", 90),
        ("1hr15", 75),
        ("about 1h 20m", 80),
        ("for about 20 minutes", 20),
        ("1½ h", 90),
        ("half an hour", 30),
        (", half an hour", 30),
        (", 1 hr, 15 min,", 75),
    ] {
        check(
            &format!("call with Ben {words}"),
            &format!("11-24 call [Ben Okafor] {minutes}min"),
        );
    }
    let long = "call with Ben, 1 h 15 min #promise send the draft by Fri";
    assert_eq!(parse(long, TODAY, &names()).duration_min, Some(75));
    check(
        "call with Ben 20 min, 2 questions",
        "11-24 call [Ben Okafor] 20min (2 questions)",
    );
    check(
        "call with Ben 1 hr, 15 people",
        "11-24 call [Ben Okafor] 60min (15 people)",
    );
    check(
        "call with Ben about half of it",
        "11-24 call [Ben Okafor] (about half of it)",
    );
    let noted = "call with Ben about the draft 1 hr, 15 min";
    assert_eq!(parse(noted, TODAY, &names()).duration_min, Some(75));
    let since = "today texted Ben 10 mins ago";
    assert_eq!(parse(since, TODAY, &names()).duration_min, None);
}

#[test]
fn a_promise_says_where_its_day_is_lost() {
    let promise = |words: &str| {
        let line = format!("today call with Rao #promise send CV {words}");
        let reading = parse(&line, TODAY, &names());
        let again = parse(&print(&reading), TODAY, &names());
        assert_eq!(meaning(again), meaning(reading.clone()), "{words}");
        let promise = reading.promises[0].clone();
        let found = reading
            .problems
            .iter()
            .map(|p| p.found.clone())
            .collect::<Vec<_>>();
        (promise.what, promise.due, found.join("; "))
    };
    for (words, due) in [
        ("by 12/15", date(2026, 12, 15)),
        ("by eod", date(2026, 11, 24)),
        ("by Friday at 5pm", date(2026, 11, 27)),
        ("by Friday, 4 December", date(2026, 12, 4)),
        ("by the weekend", date(2026, 11, 28)),
        ("within a week", date(2026, 12, 1)),
        ("this week", date(2026, 11, 27)),
        ("before Friday", date(2026, 11, 26)),
    ] {
        assert_eq!(
            promise(words),
            ("send CV".to_owned(), Some(due), String::new()),
            "{words}"
        );
    }
    for (words, found) in [
        ("by yesterday", "\"yesterday\", which has been"),
        ("by last Fri", "\"last Fri\", which has been"),
        ("by 30 Feb", "\"30 Feb\", which no calendar has"),
        ("by 3/4", "\"3/4\", which may be two days"),
        (
            "before Christmas",
            "\"Christmas\", whose day is not known here",
        ),
    ] {
        let wanted = (format!("send CV {words}"), None, found.to_owned());
        assert_eq!(promise(words), wanted, "{words}");
    }
    let (what, due, found) = promise("by 1 Jan 2020");
    assert_eq!((what.as_str(), due), ("send CV", Some(date(2020, 1, 1))));
    assert_eq!(
        found,
        "by Wed 1 Jan 2020, which is before the day of the line"
    );
    assert_eq!(promise("by heart").2, "");
}

#[test]
fn a_day_behind_a_follow_up_is_kept_as_note() {
    for (tag, kept) in [
        ("#follow-up in 2 weeks", "in 2 weeks"),
        ("#follow-up Friday", "Friday"),
        ("#follow-up=Friday", "Friday"),
        ("#follow-up=next week", "next week"),
        ("#follow-up by 3 Dec", "by 3 Dec"),
    ] {
        let line = format!("email to Ben {tag}");
        check(
            &line,
            &format!("11-24 email outgoing [Ben Okafor] #follow-up (follow-up {kept})"),
        );
        let reading = parse(&line, TODAY, &names());
        assert!(reading.stop().is_none(), "{line}");
        assert!(
            reading.problems[0]
                .found
                .starts_with(&format!("\"{kept}\", and a follow-up has no day"))
        );
    }
    check(
        "call with Ben #follow-up yesterday",
        "11-23 call [Ben Okafor] #follow-up",
    );
}

#[test]
fn what_was_asked_or_given_may_be_several_words() {
    check(
        "call with Ben #gave lit review 3h",
        "11-24 call [Ben Okafor] #give<lit review> 180min",
    );
    check(
        "call with Ben 20 min #gave data collection 5 hrs",
        "11-24 call [Ben Okafor] 20min #give<data collection> 300min",
    );
    check(
        "call with Ben #ask for a letter of recommendation",
        "11-24 call [Ben Okafor] #ask<letter of recommendation>",
    );
    check(
        "call with Ben #ask a letter, thanks",
        "11-24 call [Ben Okafor] #ask<letter> (thanks)",
    );
    check("#ask for", "11-24 other #ask<> (for)");
    check(
        "call with Ben #ask CV/Letter",
        "11-24 call [Ben Okafor] #ask<CV/Letter>",
    );
    check(
        "call with Ben #gave 3h",
        "11-24 call [Ben Okafor] #give<> 180min",
    );
}

#[test]
fn headings_and_titles_of_notes_apps_are_no_lines() {
    let text = "\
Vouch log

Saturday, November 21, 2026 at 8:15 PM
☐ call with Rao
☑ coffee with Ben
20 Nov, Fri
✅ talk with Sam Lee
Mon 17 Nov:
call with Ben
";
    let lines = parse_many(text, TODAY, &names());
    let got: Vec<String> = lines
        .iter()
        .map(|line| format!("{}: {}", line.line, shown(&line.reading)))
        .collect();
    assert_eq!(
        got,
        [
            "4: 11-21 call [Asha Rao]",
            "5: 11-21 talk [Ben Okafor]",
            "7: 11-20 talk [Sam Lee]",
            "9: 11-24 call [Ben Okafor]",
        ]
    );
    let first = &lines[0].reading;
    assert_eq!(
        first.problems[0].found,
        "\"Vouch log\" above it, which is left out as a title"
    );
    assert!(first.stop().is_none());
    let last = lines[3].reading.stop();
    assert!(
        last.is_some_and(|p| p.found.contains("which is a Tuesday")),
        "{last:?}"
    );
    // A line alone is no title, and one that names somebody is none either.
    assert_eq!(parse_many("a thought", TODAY, &names()).len(), 1);
    assert_eq!(
        parse_many("Jane called\ncall with Ben", TODAY, &names()).len(),
        2
    );
}

#[test]
fn long_lines_are_read_in_one_go() {
    let names = names();
    for piece in [
        "Aaa Bbb, ",
        "call with Rao, ",
        "#promise a by Fri ",
        "\"x\" ",
        "the ",
        "[a] ",
        "she ",
        "30 Feb ",
        "SIR Monday ",
        "SIR Friday ",
        "#ask letter ",
        "#promise a by 31 Feb ",
        "by the end of the ",
        "Venkat ",
        "\u{202e}\u{1f600} ",
        "Mon, Nov 16, ",
        "no reply ",
        "ben okafor ",
        "#gave a b c d ",
        "A/B/",
    ] {
        let line = piece.repeat(20_000);
        let reading = parse(&line, TODAY, &names);
        assert!(reading.parts.len() <= 60_000);
    }
}

// Properties: what is printed reads back.

fn any_date() -> impl Strategy<Value = Date> {
    (1950_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "[A-Za-z#@\"\\\\,.;:()\\[\\]\n 0-9-]{0,24}",
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec!["by Fri", "3h", "an hour", "lit-review", "20 min", "at", "she answered"])
            .prop_map(str::to_owned),
    ]
}

/// Returns a name as somebody may have typed it between brackets or without.
fn written() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        prop::sample::select(vec![
            "Dr. Rao",
            "Sam",
            "ben",
            "Jane Doe",
            "Doe, Jane",
            "May",
            "Text Call",
            "Sun",
            "A. Rao",
            "Al Zoom",
            "Dr. Jane St. Cyr",
            "O'Brien",
            "van der Berg",
            "Jane Doe, MD",
            "Ana and Eva",
            "Jr.",
            "X.",
            "Today",
            "李小明",
            "Dr. doe",
            "Chief Okafor",
            "PC",
            "Ben's email",
            "DR Rao",
            "will",
        ])
        .prop_map(str::to_owned),
        "[A-Z][a-z]{1,6}( [A-Z][a-z'.-]{1,6}){0,2}",
        "[^\\[\\]|\\s]([^\\[\\]|]{0,10}[^\\[\\]|\\s])?",
    ]
}

fn named(written: String) -> Named {
    // What the reader itself makes of the bracketed name.
    let reading = parse(&format!("[{written}]"), TODAY, &names());
    reading.people[0].clone()
}

fn exchange() -> impl Strategy<Value = Exchange> {
    (
        prop::sample::select(ExchangeKind::ALL.to_vec()),
        text(),
        prop::option::of(any::<u32>()),
    )
        .prop_map(|(kind, what, minutes)| Exchange {
            kind,
            what,
            minutes,
        })
}

fn promise() -> impl Strategy<Value = Promise> {
    (
        prop::sample::select(vec![Owner::Student, Owner::Person]),
        text().prop_filter("a promise says something", |it| !it.trim().is_empty()),
        prop::option::of(any_date()),
    )
        .prop_map(|(owner, what, due)| Promise { owner, what, due })
}

prop_compose! {
    fn reading()(
        day in any_date(),
        written in prop::collection::vec(written(), 0..3),
        channel in prop::sample::select(Channel::ALL.to_vec()),
        direction in prop::sample::select(
            vec![Direction::Outgoing, Direction::Incoming, Direction::Mutual]),
        duration_min in prop::option::of(1..=24 * 60_u32),
        event in text(),
        place in prop_oneof![text(), Just("Mount Sinai".to_owned()), Just("University of Here".to_owned())],
        exchanges in prop::collection::vec(exchange(), 0..3),
        promises in prop::collection::vec(promise(), 0..3),
        follow_up in any::<bool>(),
        note in text(),
    ) -> LogReading {
        let mut reading = LogReading::of_day(day);
        for named in written.into_iter().map(named) {
            let is_same = |other: &Named| match (&other.who, &named.who) {
                (PersonReading::Known { id: a, .. }, PersonReading::Known { id: b, .. }) => a == b,
                (a, b) => a == b,
            };
            if !reading.people.iter().any(is_same) {
                reading.people.push(named);
            }
        }
        reading.channel = channel;
        reading.direction = direction;
        reading.duration_min = duration_min;
        reading.event = event;
        reading.place = place;
        reading.exchanges = exchanges;
        reading.promises = promises;
        reading.follow_up = follow_up;
        reading.note = note;
        reading
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back(reading in reading()) {
        let line = print(&reading);
        let again = parse(&line, TODAY, &names());
        prop_assert_eq!(again.stop().is_some(), reading.day > TODAY, "{}", line);
        prop_assert_eq!(meaning(again), meaning(reading), "{}", line);
    }

    #[test]
    fn any_line_reads_and_prints_to_the_same_meaning(line in "\\PC{0,60}") {
        let names = names();
        let reading = parse(&line, TODAY, &names);
        let again = parse(&print(&reading), TODAY, &names);
        prop_assert_eq!(meaning(again), meaning(reading));
    }

    #[test]
    fn lines_of_known_words_do_too(words in prop::collection::vec(prop::sample::select(vec![
        "yesterday", "last", "Tue", "3", "Mar", "2025", ",", "call", "with", "Dr.", "Rao", "and", "Ben",
        "she", "answered", "replied", "from", "to", "me", "I", "wrote", "at", "Maimonides", "the",
        "20", "min", "3h", "#ask", "letter", "#gave", "#promise", "by", "Fri", "\"x\"", "@SIR", ".", ":",
        "[Ana]", "#vouch", "#incoming", "for", "an", "hour", "email", "Sam", "Lee", "\"", "(", ")", "-",
        "SIR", "Monday", "30", "Feb", "in", "next", "end", "of", "month", "week", "tomorrow", "2099", "3/4/2026", "Venkat",
        "sat", "Nov.", "11/15", "15th", "IR", "PM", "MD", "no", "not", "ben", "yet", "reply", "called", "voicemail", "my", "then", "Ben's", "nothing", "mon", "Okafor/Sam", "w/", "of", "hr", "15", "half", "quarter", "about", "1½", "1:30",
        "#follow-up", "#follow-up=Friday", "asked", "will", "last", "before", "this", "8:15", "[2026-11-16, 14:03]", "/", "DR",
    ]), 0..14)) {
        let names = names();
        let line = words.join(" ");
        let reading = parse(&line, TODAY, &names);
        for part in &reading.parts {
            prop_assert!(line.get(part.span.clone()).is_some());
        }
        let printed = print(&reading);
        let again = parse(&printed, TODAY, &names);
        // What can be saved can be saved as it is printed.
        prop_assert!(reading.stop().is_some() || again.stop().is_none(), "{}", printed);
        prop_assert_eq!(meaning(again), meaning(reading), "{}", printed);
    }
}
