//! What stands beside the findings: counts, promises, and fixes that are safe.

use jiff::civil::date;
use lint::{Channel, Message, Scenario, Settings, check, fix, measures, promises};

/// A Wednesday.
fn message(text: &str) -> Message {
    let mut message = Message::new(
        Channel::Email,
        Scenario::AlumniIntro,
        date(2026, 7, 1),
        text,
    );
    message.recipient.name = "Asha Rao".to_owned();
    message.recipient.title = "Dr.".to_owned();
    message.subject = Some("Your rounds".to_owned());
    message
}

#[track_caller]
fn check_promises(text: &str, expected: &[(&str, Option<&str>)]) {
    let found = promises(&message(&format!(
        "Dear Dr. Rao,\n\n{text}\n\nThank you,\nAna"
    )));
    let found: Vec<(String, Option<String>)> = found
        .into_iter()
        .map(|p| (p.what, p.due.map(|d| d.to_string())))
        .collect();
    let expected: Vec<(String, Option<String>)> = expected
        .iter()
        .map(|(what, due)| ((*what).to_owned(), due.map(str::to_owned)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn promises_are_found_with_their_day() {
    check_promises(
        "I will read it this week.",
        &[("read it this week", Some("2026-07-03"))],
    );
    check_promises(
        "I'll send you the draft by Friday.",
        &[("send you the draft by Friday", Some("2026-07-03"))],
    );
    check_promises(
        "I shall also write up the cases. I promise to return the book by 14 August.",
        &[
            ("write up the cases", None),
            ("return the book by 14 August", Some("2026-08-14")),
        ],
    );
    check_promises(
        "I am going to finish the chart review this month.",
        &[("finish the chart review this month", Some("2026-07-31"))],
    );
    // Where a day is told, a thing that will come is as good as a deed.
    check_promises(
        "You will have my list by Monday.",
        &[("my list by Monday", Some("2026-07-06"))],
    );
    check_promises(
        "My notes follow by Friday.",
        &[("My notes follow by Friday", Some("2026-07-03"))],
    );
    check_promises("I wil send it.", &[("send it", None)]);
    check_promises(
        "I will send it by end of month.",
        &[("send it by end of month", Some("2026-07-31"))],
    );
    check_promises(
        "I will send it before the end of the week.",
        &[("send it before the end of the week", Some("2026-07-03"))],
    );
    // A slip in the day's name is the day.
    for slip in ["Firday", "Fridy", "Friday"] {
        check_promises(
            &format!("I will send it by {slip}."),
            &[(&format!("send it by {slip}"), Some("2026-07-03"))],
        );
    }
    check_promises(
        "I will send it by Wensday.",
        &[("send it by Wensday", Some("2026-07-08"))],
    );
    check_promises(
        "I will send it by Decmber 12.",
        &[("send it by Decmber 12", Some("2026-12-12"))],
    );
    check_promises(
        "I plan to write it up by 2027-01-15.",
        &[("write it up by 2027-01-15", Some("2027-01-15"))],
    );
    check_promises(
        "Expect my draft on Thursday.",
        &[("my draft on Thursday", Some("2026-07-02"))],
    );
}

#[test]
fn what_is_no_promise_is_left_alone() {
    for text in [
        "I will be glad to hear from you.",
        "I will not send a reminder.",
        "If it helps, I will send my CV.",
        "I will send my CV if it helps.",
        "Will I read it this week?",
        "You said \"I will read it this week\" in June.",
        "I will have to miss the meeting.",
        "She will send it.",
        "I plan to write it up.",
        "We expect my sister on Thursday.",
        "I will understand.",
        "You will have my thanks.",
        "My interests follow yours.",
        "If you agree, you will have my list by Monday.",
    ] {
        check_promises(text, &[]);
    }
}

#[test]
fn counts_are_those_of_the_rules() {
    let text = "Dear Dr. Rao,\n\nCould we speak by phone for 15 minutes about your rounds? Or is \
                there a better way?\n\nThank you,\nAna";
    let m = measures(&message(text));
    assert_eq!((m.n_lines, m.n_questions), (5, 2));
    assert_eq!(m.asked_minutes, Some(15.0));
    assert_eq!(m.n_words, text.split_whitespace().count());
    assert!(m.asks && m.reading_grade.is_none());
    let nothing = measures(&message(""));
    assert_eq!(
        (nothing.n_lines, nothing.n_words, nothing.asks),
        (0, 0, false)
    );
}

/// Returns the text after the first fix of a code, where there is one.
fn mended(message: &Message, code: &str) -> Option<(Option<String>, String)> {
    let findings = check(message, &Settings::default());
    let finding = findings.iter().find(|f| f.code == code)?;
    let fix = fix(message, finding)?;
    let after = Message {
        subject: fix.subject.clone(),
        text: fix.text.clone(),
        ..message.clone()
    };
    let left = check(&after, &Settings::default());
    let n = |all: &[lint::Finding]| all.iter().filter(|f| f.code == code).count();
    assert!(
        n(&left) < n(&findings),
        "the fix of {code} mends it: {left:?}"
    );
    Some((fix.subject, fix.text))
}

#[test]
fn the_greeting_is_filled_from_the_record() {
    let text = |m: &Message, code| mended(m, code).map(|(_, text)| text);
    assert_eq!(
        text(&message("May I ask one question?"), "missing-salutation").as_deref(),
        Some("Dear Dr. Rao,\n\nMay I ask one question?")
    );
    assert_eq!(
        text(
            &message("To whom it may concern,\n\nOne question."),
            "missing-salutation"
        )
        .as_deref(),
        Some("Dear Dr. Rao,\n\nOne question.")
    );
    assert_eq!(
        text(&message("Dear Dr. Roa, one question."), "wrong-name").as_deref(),
        Some("Dear Dr. Rao, one question.")
    );
    let mut nobody = message("May I ask one question?");
    nobody.recipient.name.clear();
    assert_eq!(text(&nobody, "missing-salutation"), None);
}

#[test]
fn a_blank_is_taken_out_where_no_half_sentence_is_left() {
    let text = |t: &str| mended(&message(t), "placeholder-left").map(|(_, text)| text);
    assert_eq!(
        text("Dear Dr. Rao,\n\n[one sentence]\n\nThank you,\nAna").as_deref(),
        Some("Dear Dr. Rao,\n\nThank you,\nAna")
    );
    assert_eq!(
        text("Dear Dr. Rao,\n\nI study here. [why you write]. May I ask?").as_deref(),
        Some("Dear Dr. Rao,\n\nI study here. May I ask?")
    );
    assert_eq!(text("Dear Dr. Rao,\n\nI enjoyed [title of webinar]."), None);
    let mut subject = message("Dear Dr. Rao,\n\nOne question.");
    subject.subject = Some("Your rounds [topic]".to_owned());
    let (subject, _) = mended(&subject, "placeholder-left").expect("a fix");
    assert_eq!(subject.as_deref(), Some("Your rounds"));
}

#[test]
fn spaces_are_put_right_and_words_stay() {
    for (text, tidy) in [
        ("a  b\u{a0} c", "a b c"),
        ("one \n\n\n\ntwo", "one\n\ntwo"),
        ("Rao ,", "Rao,"),
        ("  - first\n  - second", "  - first\n  - second"),
        ("e\u{301}  \u{5d0}\u{5d1}", "e\u{301} \u{5d0}\u{5d1}"),
        ("", ""),
    ] {
        assert_eq!(lint::tidied(text), tidy, "{text:?}");
        assert_eq!(lint::tidied(tidy), tidy, "{text:?} is tidy once tidied");
    }
}
