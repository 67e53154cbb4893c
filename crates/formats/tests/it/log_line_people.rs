//! Who takes part in what a log line tells, and who is only talked about.

use domain::{PersonId, PersonName};
use formats::NameIndex;
use formats::log_line::{PersonReading, parse, print};
use uuid::Uuid;

use crate::log_line::{TODAY, meaning};

fn people() -> NameIndex {
    let stored: Vec<(PersonId, PersonName)> = [
        "Ben Okafor",
        "Sarah Kim",
        "Dr. Asha Rao",
        "Wei Li",
        "Will Smith",
        "Lucía de la Fuente",
        "Peter Müller",
        "Søren Åberg",
        "May Chen",
    ]
    .iter()
    .zip(1..)
    .map(|(name, i)| (PersonId(Uuid::from_u128(i)), PersonName::parse(name)))
    .collect();
    NameIndex::new(&stored)
}

/// Returns the people, the channel, the day of the month and the note.
fn who(line: &str) -> String {
    let names = people();
    let reading = parse(line, TODAY, &names);
    let again = parse(&print(&reading), TODAY, &names);
    assert_eq!(meaning(again), meaning(reading.clone()), "{line}");
    let people: Vec<String> = reading
        .people
        .iter()
        .map(|named| match &named.who {
            PersonReading::Known { name, .. } => name.given.clone(),
            PersonReading::New(name) => format!("new {}", name.plain()),
            PersonReading::Ambiguous(several) => format!("one of {}", several.len()),
        })
        .collect();
    let day = reading.day.day();
    let stop = reading
        .stop()
        .map(|problem| format!(" STOP {}", problem.found));
    format!(
        "{} | {} {day} | {}{}",
        people.join(" "),
        reading.channel.word(),
        reading.note,
        stop.unwrap_or_default()
    )
}

#[track_caller]
fn table(lines: &[(&str, &str)]) {
    let wrong: Vec<String> = lines
        .iter()
        .filter(|(line, wanted)| who(line) != *wanted)
        .map(|(line, wanted)| format!("{line}\n  read   {}\n  wanted {wanted}", who(line)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_list_before_a_verb_is_read_whole() {
    table(&[
        (
            "Ben, Sarah, and Asha called yesterday",
            "Ben Sarah Asha | call 23 | ",
        ),
        (
            "Ben Okafor, Sarah Kim and Dr. Rao called yesterday",
            "Ben Sarah Asha | call 23 | ",
        ),
        (
            "yesterday Ben, Sarah Kim & Rao emailed",
            "Ben Sarah Asha | email 23 | ",
        ),
        ("ben okafor and sarah kim called", "Ben Sarah | call 24 | "),
        (
            "ben, sarah kim, and wei li emailed me yesterday",
            "Ben Sarah Wei | email 23 | ",
        ),
        (
            "Jane Doe, Sarah Kim, and John Roe called yesterday",
            "new Jane Doe Sarah new John Roe | call 23 | ",
        ),
        ("Ben Okafor, MD, called", "Ben | call 24 | "),
        ("Ben Okafor, MD, PhD, called yesterday", "Ben | call 23 | "),
        (
            "Jane Doe, MD, emailed yesterday",
            "new Jane Doe | email 23 | ",
        ),
        (
            "Ben Okafor MD and Sarah Kim, MD called",
            "Ben Sarah | call 24 | ",
        ),
        ("Ben/Sarah called", "Ben Sarah | call 24 | "),
        ("Ben kindly called yesterday", "Ben | call 23 | kindly"),
        (
            "Ben and Sarah replied to my email",
            "Ben Sarah | email 24 | ",
        ),
        (
            "call with Rao, and Ben called later",
            "Asha | call 24 | Ben called later",
        ),
    ]);
}

#[test]
fn a_list_goes_on_behind_then_and_roles() {
    table(&[
        (
            "coffee with Ben, and then Sarah yesterday",
            "Ben Sarah | talk 23 | ",
        ),
        (
            "coffee with Ben and then Sarah yesterday",
            "Ben Sarah | talk 23 | ",
        ),
        (
            "coffee with Ben, then Sarah Kim",
            "Ben | talk 24 | then Sarah Kim",
        ),
        (
            "lunch with Ben as well as Sarah yesterday",
            "Ben Sarah | talk 23 | ",
        ),
        (
            "lunch with Ben along with Sarah Kim",
            "Ben Sarah | talk 24 | ",
        ),
        ("met Ben plus Sarah", "Ben Sarah | talk 24 | "),
        (
            "call with program coordinator Jane Smith-Jones",
            "new Jane Smith-Jones | call 24 | program coordinator",
        ),
        (
            "email from the chief resident Ben Okafor",
            "Ben | email 24 | the chief resident",
        ),
        (
            "coffee with my friend Jane Doe yesterday",
            "new Jane Doe | talk 23 | my friend",
        ),
        (
            "call with PD Jane Doe and PC Ann Roe",
            "new Jane Doe new Ann Roe | call 24 | PD; PC",
        ),
        ("call with New Person", "new New Person | call 24 | "),
        ("call with Chase Fellow", "new Chase Fellow | call 24 | "),
        (
            "call with Program Director Jane Doe",
            "new Jane Doe | call 24 | Program Director",
        ),
        ("met PD and PC at Mayo", " | talk 24 | PD and PC"),
        ("met Ben and PC at Mayo", "Ben | talk 24 | PC"),
        ("call with QX", " | call 24 | with QX"),
        ("call with [QX]", "new QX | call 24 | "),
        (
            "met AM, PM and IR folks with Ben",
            "Ben | talk 24 | AM, PM and IR folks",
        ),
        ("call, 20 min, with Ben yesterday", "Ben | call 23 | "),
    ]);
}

#[test]
fn who_is_talked_about_takes_no_part() {
    table(&[
        (
            "talked about wei li with Ben",
            "Ben | talk 24 | about wei li",
        ),
        (
            "talked about Wei Li with Ben yesterday",
            "Ben | talk 23 | about Wei Li",
        ),
        (
            "spoke about the match with Sarah Kim",
            "Sarah | talk 24 | about the match",
        ),
        (
            "talked about working with Ben",
            " | talk 24 | about working with Ben",
        ),
        (
            "talked with Ben about Wei Li",
            "Ben | talk 24 | about Wei Li",
        ),
        (
            "met Ben Okafor's resident",
            " | talk 24 | Ben Okafor's resident",
        ),
        (
            "call with Ben Okafor's resident",
            " | call 24 | with Ben Okafor's resident",
        ),
        (
            "call with ben okafor's resident",
            " | call 24 | with ben okafor's resident",
        ),
        (
            "call with Ben okafor’s resident",
            " | call 24 | with Ben okafor’s resident",
        ),
        (
            "coffee with Rao's fellow Sarah Kim",
            "Sarah | talk 24 | with Rao's fellow",
        ),
        ("got Ben's email yesterday", "Ben | email 23 | "),
        (
            "call about Ben's email with Sarah",
            "Sarah | call 24 | about Ben's email",
        ),
        (
            "wrote to Ben's email address",
            " | email 24 | to Ben's; address",
        ),
    ]);
}

#[test]
fn a_known_name_is_read_whole_in_lower_case() {
    table(&[
        ("met will smith yesterday", "Will | talk 23 | "),
        ("call with will smith", "Will | call 24 | "),
        ("will smith called", "Will | call 24 | "),
        ("Will Smith called", "Will | call 24 | "),
        ("call with will", "Will | call 24 | "),
        ("will called yesterday", "Will | call 23 | "),
        (
            "email to will smith about spring",
            "Will | email 24 | about spring",
        ),
        (
            "will call ben",
            " | other 24 | will call ben STOP \"will call ben\", which is still to come",
        ),
        ("met may chen on 3 may", "May | talk 3 | "),
        ("call with peter mueller", "Peter | call 24 | "),
        ("peter mueller emailed", "Peter | email 24 | "),
        ("call with Peter Mueller yesterday", "Peter | call 23 | "),
        ("call with soeren aaberg", "Søren | call 24 | "),
        ("call with peter muller", "Peter | call 24 | "),
        (
            "lunch with lucia de la fuente yesterday",
            "Lucía | talk 23 | ",
        ),
        ("lucia de la fuente called", "Lucía | call 24 | "),
        ("met Lucia de la fuente", "Lucía | talk 24 | "),
        ("call with ben when free", "Ben | call 24 | when free"),
        ("call with Ben will follow", "Ben | call 24 | will follow"),
    ]);
    for line in ["call with ben smith", "met Ben smith yesterday"] {
        let found = &parse(line, TODAY, &people()).problems[0].found;
        assert!(
            found.contains("with \"smith\" behind it"),
            "{line}: {found}"
        );
    }
    for line in [
        "call with ben yesterday",
        "call with ben again",
        "call with ben went well",
    ] {
        assert!(parse(line, TODAY, &people()).problems.is_empty(), "{line}");
    }
}

#[test]
fn words_that_look_like_days_are_none() {
    table(&[
        ("mon ami Ben called", "Ben | call 24 | mon ami"),
        ("mon call with Ben", "Ben | call 23 | "),
        ("mon ben called", "Ben | call 23 | "),
        ("call with Ben mon", "Ben | call 23 | "),
        ("mon morning call with Ben", "Ben | call 23 | "),
        ("Ben sat me down", "Ben | talk 24 | down"),
        ("Ben sat us down yesterday", "Ben | talk 23 | us down"),
        ("sat call with Ben", "Ben | call 21 | "),
        (
            "coffee with Ben in the sun room",
            "Ben | talk 24 | in the sun room",
        ),
        (
            "sun protection talk with Ben",
            "Ben | talk 24 | sun protection",
        ),
        ("on the 15th call with Ben", "Ben | call 15 | "),
        ("on the 15th I met Ben", "Ben | talk 15 | "),
        ("on the 15th Ben called", "Ben | call 15 | "),
        ("on the 15th, call with Ben", "Ben | call 15 | "),
        (
            "call with Ben on the 15th floor",
            "Ben | call 24 | on the 15th floor",
        ),
        (
            "on the 15th floor met Ben",
            "Ben | talk 24 | on the 15th floor",
        ),
    ]);
}
