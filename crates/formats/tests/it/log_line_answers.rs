//! Whose message a log line tells, and what did not happen.

use formats::log_line::parse;

use crate::log_line::{TODAY, check, names, shown, stop};

/// Returns channel and direction of a line that can be saved.
fn how(line: &str) -> String {
    let reading = parse(line, TODAY, &names());
    if let Some(stop) = reading.stop() {
        return format!("stopped: {}", stop.found);
    }
    if reading.people.len() != 1 {
        return format!("not one person: {}", shown(&reading));
    }
    format!("{} {}", reading.channel.word(), reading.direction.word())
}

/// Checks many lines, and shows all that are read otherwise.
#[track_caller]
pub(crate) fn all(lines: &[&str], read: impl Fn(&str) -> String, ends: &str) {
    let wrong: Vec<String> = lines
        .iter()
        .map(|line| format!("{line} -> {}", read(line)))
        .filter(|shown| !shown.ends_with(ends))
        .collect();
    assert!(wrong.is_empty(), "{ends}:\n{}", wrong.join("\n"));
}

#[test]
fn whoever_stands_before_the_verb_reached_out() {
    all(
        &[
            "Ben replied to my email",
            "Ben Okafor replied to my text by email",
            "ben okafor replied to my last email about the poster",
            "Ben finally replied to our message yesterday",
            "Ben responded to my question",
            "Ben answered my email",
            "Ben has answered",
            "got a reply to my email from Ben",
            "received a kind answer to my note from Ben Okafor",
            "got an answer from Ben today",
            "a quick reply from Ben",
            "response to my email from Ben",
            "reply from Ben to my email",
            "heard back from Ben",
            "heard from Ben about the letter",
            "Ben got back to me",
            "ben okafor got back to me",
            "Ben confirmed by email",
            "Ben Okafor forwarded my CV by email",
            "ben okafor accepted by email",
            "Ben wrote back",
            "Ben Okafor, MD, wrote to me",
            "Ben emailed me back",
            "emailed by Ben",
            "Ben followed up with me by email",
            "replied to my email today from Ben",
            "Ben's reply to my email",
            "got Ben's email",
            "read Ben's answer",
            "email from Ben to me",
        ],
        how,
        " incoming",
    );
    all(
        &[
            "replied to Ben",
            "replied to Ben's email",
            "I replied to Ben's text",
            "I got back to Ben",
            "answered Ben",
            "answered ben by email",
            "answered Ben's question by email",
            "my reply to Ben",
            "sent Ben a reply",
            "wrote back to Ben",
            "wrote to Ben about his reply",
            "reached out to Ben",
            "followed up with Ben",
            "reply to Ben",
            "thanked Ben",
            "thanked Ben for the call by email",
            "wrote Ben",
            "emailed Ben",
            "my email to Ben",
            "reminded Ben of the letter",
        ],
        how,
        " outgoing",
    );
    all(
        &[
            "emailed Ben, got a reply",
            "emailed Ben, he replied",
            "emailed Ben and Ben replied",
            "I emailed and Ben replied",
            "emailed Ben, replied the same day",
            "wrote to Ben, Ben wrote back",
            "Ben texted and I replied",
        ],
        how,
        " mutual",
    );
    assert_eq!(how("Ben replied to my text"), "chat incoming");
    assert_eq!(how("Ben answered my LinkedIn message"), "linkedin incoming");
}

#[test]
fn whose_message_it_is_is_asked_where_the_words_leave_it_open() {
    all(
        &[
            "Ben email",
            "Ben Okafor whatsapp today",
            "Ben Okafor email",
            "Ben okay by email",
            "Ben whatsapp",
            "reply Ben",
            "Ben response",
        ],
        how,
        "which may be theirs or yours",
    );
    for line in [
        "email Ben",
        "Ben email #incoming",
        "Ben email to me",
        "text to Ben",
        "Ben call",
    ] {
        assert_eq!(stop(line), None, "{line}");
    }
}

#[test]
fn silence_is_nothing_that_happened() {
    all(
        &[
            "Ben has yet to reply",
            "Ben Okafor hasn't written back",
            "ben hasn’t replied",
            "Ben hasnt replied yet",
            "nothing from Ben",
            "still nothing from Ben Okafor today",
            "nothing back from Ben",
            "no word from Ben",
            "no news from Ben yet",
            "zero replies from Ben",
            "Ben still silent",
            "Ben is still silent",
            "Ben isn't answering",
            "Ben isn't answering my emails",
            "no luck with Ben",
            "no luck reaching Ben",
            "Ben ignored my email",
            "Ben ghosted me",
            "radio silence from Ben",
            "crickets from Ben",
            "Ben went quiet",
            "Ben never got back to me",
            "haven't had a reply from Ben",
            "waiting on a reply to my email from Ben",
            "waiting for Ben to write back",
            "Ben left me on read",
            "Ben failed to respond",
            "Ben: still no answer",
            "Ben, he has not replied",
            "couldn't reach Ben",
            "did not get an email from Ben",
        ],
        how,
        "which is nothing that happened",
    );
    // Somebody did something, or the silence is another matter.
    let wrong: Vec<String> = [
        ("emailed Ben again, nothing back yet", "email outgoing"),
        ("emailed Ben, he has yet to reply", "email outgoing"),
        ("text to Ben - no reply", "chat outgoing"),
        ("Ben replied, no problem", "email incoming"),
        ("Ben not only replied by email", "email incoming"),
        ("call with Ben today, no reply from Rao yet", "call mutual"),
        (
            "call with Ben about Rao, who ignored my email",
            "call mutual",
        ),
        ("not a great call with Ben", "call mutual"),
        (
            "call with Ben 20 min, no answer on the letter",
            "call mutual",
        ),
        ("call with Ben, no answer on the letter yet", "call mutual"),
        ("coffee with Ben in the quiet room", "talk mutual"),
        ("met Ben, nothing new", "talk mutual"),
        ("Ben emailed: no word from the board yet", "email incoming"),
    ]
    .iter()
    .filter(|(line, wanted)| how(line) != *wanted)
    .map(|(line, _)| format!("{line} -> {}", how(line)))
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_call_that_nobody_took_is_an_attempt() {
    let attempts = [
        "called Ben, no answer",
        "called Ben Okafor no answer",
        "call to Ben, no answer",
        "called Ben, he didn't pick up",
        "called Ben but no answer yesterday",
        "called Ben, went to voicemail",
        "left a voicemail for Ben",
        "left Ben a voicemail",
        "voicemail to Ben",
        "tried to call Ben",
        "tried calling Ben",
        "phoned Ben, line busy",
        "rang Ben twice, not answering",
    ];
    all(&attempts, how, "other outgoing");
    for line in attempts {
        let reading = parse(line, TODAY, &names());
        assert!(
            reading.problems[0].found.contains("kept as an attempt"),
            "{line}: {:?}",
            reading.problems
        );
        assert!(!reading.note.is_empty(), "{line}");
    }
    all(
        &[
            "missed call from Ben",
            "missed a call from Ben",
            "Ben left me a voicemail",
        ],
        how,
        "other incoming",
    );
    all(
        &[
            "called Ben 20 min",
            "called Ben, he answered at once",
            "called Ben, good talk",
        ],
        how,
        "call mutual",
    );
    check(
        "called Ben, no answer",
        "11-24 other outgoing [Ben Okafor] (called; no answer)",
    );
}

#[test]
fn a_remark_answers_nothing_and_says_so() {
    for line in [
        "Ben Okafor is on leave",
        "Ben: new pager number",
        "today Ben, very busy",
    ] {
        assert_eq!(how(line), "other outgoing", "{line}");
        let reading = parse(line, TODAY, &names());
        assert!(
            reading.problems[0].found.contains("kept as a remark"),
            "{line}"
        );
    }
    for line in [
        "Ben offered to read my draft",
        "Ben told me about the match",
        "other with Ben",
        "Ben #vouch",
    ] {
        assert_eq!(how(line), "other mutual", "{line}");
    }
}
