//! Guards on outreach: each at its limit, one over it, and switched off.

use domain::{
    ContactPolicy, Guard, GuardLevel, GuardSettings, OpenMessage, Outreach, Reminded,
    guard_findings,
};
use jiff::civil::Date;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

const TODAY: &str = "2026-11-10";

/// Checks which guards speak, and how loud.
#[track_caller]
fn check(outreach: &Outreach, expected: &[(Guard, GuardLevel)]) {
    let found = guard_findings(day(TODAY), outreach, &GuardSettings::default());
    let found: Vec<_> = found.iter().map(|f| (f.guard, f.level)).collect();
    assert_eq!(found, expected, "{outreach:?}");
    for (guard, _) in expected {
        let off = GuardSettings {
            off: [*guard].into(),
            ..GuardSettings::default()
        };
        let found = guard_findings(day(TODAY), outreach, &off);
        assert!(found.iter().all(|f| f.guard != *guard), "{guard:?} is off");
    }
}

fn first(days: &[&str]) -> Outreach {
    Outreach {
        first_contact: true,
        asks: true,
        first_contacts: days.iter().map(|d| day(d)).collect(),
        ..Outreach::default()
    }
}

#[test]
fn a_fourth_first_contact_a_day_and_a_ninth_a_week_are_warned_of() {
    use GuardLevel::Warn;
    check(&first(&[TODAY, TODAY]), &[]);
    check(&first(&[TODAY; 3]), &[(Guard::ContactsADay, Warn)]);
    let week = ["2026-11-04", "2026-11-05", "2026-11-06", "2026-11-09"];
    let eight: Vec<&str> = week.iter().chain(&week).copied().collect();
    check(&first(&eight), &[(Guard::ContactsAWeek, Warn)]);
    // A day earlier, the week is over.
    let older = [&eight[1..], &["2026-11-03"]].concat();
    check(&first(&older), &[]);
    // A follow-up to somebody known is no first contact.
    let known = Outreach {
        first_contact: false,
        ..first(&[TODAY; 9])
    };
    check(&known, &[]);
}

#[test]
fn a_second_open_message_names_the_first() {
    let open = OpenMessage {
        to: "Dr. Asha Rao".to_owned(),
        about: "Your rounds".to_owned(),
        sent_on: Some(day("2026-11-02")),
        paper: String::new(),
    };
    let outreach = Outreach {
        open_at_program: vec![open],
        ..Outreach::default()
    };
    check(&outreach, &[(Guard::OneOpenPerProgram, GuardLevel::Warn)]);
    let found = guard_findings(day(TODAY), &outreach, &GuardSettings::default());
    assert!(
        found[0].found.contains("Dr. Asha Rao") && found[0].found.contains("2026-11-02"),
        "{found:?}"
    );
}

#[test]
fn a_cold_message_to_a_director_waits_for_the_season_to_pass() {
    let cold = Outreach {
        to_director: true,
        interviews_run: true,
        ..first(&[])
    };
    check(&cold, &[(Guard::DirectorInSeason, GuardLevel::Warn)]);
    let quiet = Outreach {
        interviews_run: false,
        ..cold.clone()
    };
    check(&quiet, &[]);
    let known = Outreach {
        first_contact: false,
        ..cold
    };
    check(&known, &[]);
}

#[test]
fn three_to_five_people_are_written_to_before_a_conference() {
    let before = |n| Outreach {
        before_conference: Some(("SIR27".to_owned(), n)),
        ..Outreach::default()
    };
    check(&before(2), &[(Guard::BeforeConference, GuardLevel::Note)]);
    check(&before(3), &[]);
    check(&before(5), &[]);
    check(&before(6), &[(Guard::BeforeConference, GuardLevel::Warn)]);
}

#[test]
fn contact_comes_three_to_six_months_before_a_favour() {
    let favour = |since: Option<&str>| Outreach {
        favour: true,
        asks: true,
        first_contact_without_ask: since.map(day),
        ..Outreach::default()
    };
    let guard = Guard::ContactBeforeFavour;
    check(&favour(None), &[(guard, GuardLevel::Error)]);
    check(&favour(Some("2026-08-11")), &[(guard, GuardLevel::Warn)]);
    check(&favour(Some("2026-08-10")), &[(guard, GuardLevel::Note)]);
    check(&favour(Some("2026-05-10")), &[]);
    // A letter that is needed next September leaves time.
    let later = Outreach {
        needed_on: Some(day("2027-09-01")),
        ..favour(Some("2026-11-01"))
    };
    check(&later, &[]);
    let no_favour = Outreach {
        favour: false,
        ..favour(None)
    };
    check(&no_favour, &[]);
}

#[test]
fn what_is_owed_blocks_asks_and_nothing_else() {
    let owing = Outreach {
        asks: true,
        overdue: vec![("read her paper".to_owned(), day("2026-11-01"))],
        ..Outreach::default()
    };
    check(&owing, &[(Guard::OverdueCommitment, GuardLevel::Error)]);
    let thanks = Outreach {
        asks: false,
        ..owing
    };
    check(&thanks, &[]);
}

#[test]
fn one_request_to_speak_for_the_student_is_open_at_a_time() {
    let open = OpenMessage {
        to: "Dr. Asha Rao".to_owned(),
        about: "A word to Maimonides".to_owned(),
        sent_on: None,
        paper: String::new(),
    };
    let second = Outreach {
        advocacy: true,
        open_advocacy: vec![open],
        ..Outreach::default()
    };
    check(&second, &[(Guard::OneAdvocacyAsk, GuardLevel::Warn)]);
    let other = Outreach {
        advocacy: false,
        ..second
    };
    check(&other, &[]);
}

#[test]
fn a_reminder_waits_a_week_and_comes_twice_at_most() {
    let reminder = |last: &str, n_before| Outreach {
        reminder: Some(Reminded {
            last_sent: day(last),
            n_before,
        }),
        ..Outreach::default()
    };
    check(&reminder("2026-11-03", 1), &[]);
    check(
        &reminder("2026-11-04", 0),
        &[(Guard::ReminderTooSoon, GuardLevel::Warn)],
    );
    check(
        &reminder("2026-11-03", 2),
        &[(Guard::ReminderLimit, GuardLevel::Warn)],
    );
}

#[test]
fn thanks_after_an_interview_go_by_the_policy() {
    let policies = |words: &[Option<&str>]| Outreach {
        thanks_after_interview: Some(
            words
                .iter()
                .map(|words| ContactPolicy {
                    program: "Lakeside IR".to_owned(),
                    words: words.map(str::to_owned),
                })
                .collect(),
        ),
        ..Outreach::default()
    };
    let speaks = |level| [(Guard::ThanksAfterInterview, level)];
    check(&policies(&[]), &speaks(GuardLevel::Error));
    check(&policies(&[None]), &speaks(GuardLevel::Error));
    for no in [
        "Do not send thank-you notes or any e-mail to faculty after interviews.",
        "Please don't write to interviewers.",
        "NO NOTES",
        "Thank-you letters are discouraged",
        "Post-interview communication is prohibited.",
        "All contact ceases with the interview.",
        "No phone calls, e-mails, or letters.",
        "Applicants may not contact the faculty.",
        "We ask applicants to refrain from writing to us.",
        "Notes are neither expected nor encouraged; please send none.",
        "Not permitted.",
        "We expect applicants not to contact interviewers.",
        "The program does not accept post-interview correspondence.",
        "Gifts are fine, but thank-you e-mails are unwelcome.",
        "Please don\u{2019}t reach out after the interview.",
        "We like to hear from you before; afterwards no messages, please.",
    ] {
        check(&policies(&[None, Some(no)]), &speaks(GuardLevel::Error));
    }
    for open in [
        "No phone calls; thank-you e-mails are welcome.",
        "We will not hold a missing note against you; notes are fine.",
        "Thank-you notes are not required.",
        "Do not feel obliged to write.",
        "You need not send a note.",
        "We do not respond to thank-you e-mails, but we appreciate them.",
        "Thank-you e-mails are welcome, gifts are not.",
        "Please send no gifts; cards are fine.",
        "Notes do not influence our list.",
        "E-mails are not discouraged.",
        "We are no large program. Write to us.",
        "No calls, e-mails are welcome.",
        "No contact except a note of thanks.",
        "Una carta de agradecimiento es bienvenida.",
    ] {
        let found = guard_findings(
            day(TODAY),
            &policies(&[Some(open)]),
            &GuardSettings::default(),
        );
        assert_eq!(found[0].level, GuardLevel::Warn, "{open}");
    }
    let yes = policies(&[Some("Short notes of thanks are welcome, also by e-mail.")]);
    check(&yes, &speaks(GuardLevel::Warn));
    let found = guard_findings(day(TODAY), &yes, &GuardSettings::default());
    assert!(
        found[0].found.contains("\"Short notes of thanks"),
        "{found:?}"
    );
    check(&Outreach::default(), &[]);
}

#[test]
fn every_guard_has_a_code_of_its_own() {
    for guard in Guard::ALL {
        assert_eq!(Guard::from_code(guard.meta().code), Some(guard));
    }
    assert_eq!(Guard::from_code("no-such"), None);
}
