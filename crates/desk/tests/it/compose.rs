//! What stands beside a message: guards, colleagues, policy, the nearest earlier
//! message, promises, and the conversation that it stands in.

use desk::DeskError;
use desk::verbs::answer_message::NewAnswer;
use desk::verbs::correct_fact::NewFact;
use desk::verbs::edit_person::PersonEdit;
use desk::verbs::hand_over_message::Promised;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{Compose, compose, start};
use desk::views::guards::guards;
use desk::views::reply::reply;
use domain::{GuardSettings, MessageId, ProgramId};
use jiff::tz::TimeZone;

use crate::support::Bench;

/// Four colleagues at one hospital, one elsewhere.
pub(crate) fn bench() -> Bench {
    let bench = Bench::new();
    bench.set_up();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Dr. Ben Okafor, DR resident, Maimonides Medical Center\n\
         Dr. Carla Diaz, DR resident, Maimonides Medical Center\n\
         Dr. Dina Elias, program director of diagnostic radiology, Maimonides Medical Center\n\
         Dr. Emil Frank, IR attending, Henry Ford Hospital",
    );
    bench
}

pub(crate) fn begun(bench: &Bench, name: &str) -> MessageId {
    let new = NewMessage {
        template: "alumni-intro".to_owned(),
        person: Some(bench.person(name)),
        ..NewMessage::default()
    };
    bench.desk.start_message(&new).expect("begun").result
}

pub(crate) fn shown(bench: &Bench, id: MessageId) -> Compose {
    let today = bench.desk.today().expect("today");
    compose(&bench.reader, today, id, None).expect("a message")
}

/// A text of its own for each person.
pub(crate) fn text_to(surname: &str, own: &str) -> String {
    format!(
        "Dear Dr. {surname},\n\nI am Solange Baptiste, an MS3 at Windward Isles College of \
         Medicine. Ms. Charles of our alumni office gave me your name.\n\n{own}\n\nCould I ask you \
         for fifteen minutes by telephone in the next two weeks?\n\nThank you,\nSolange Baptiste"
    )
}

pub(crate) fn written(bench: &Bench, name: &str, own: &str) -> MessageId {
    let id = begun(bench, name);
    let surname = name.rsplit(' ').next().expect("a surname");
    let text = text_to(surname, own);
    bench
        .desk
        .save_message(id, &format!("About {own:.12}"), &text)
        .expect("saved");
    id
}

pub(crate) fn confirm_all(bench: &Bench, id: MessageId) {
    for finding in shown(bench, id).check.findings {
        if finding.level == "warn" {
            let confirmed = bench.desk.confirm_warning(id, finding.code, "it is right");
            confirmed.expect(finding.code);
        }
    }
}

pub(crate) fn sent(bench: &Bench, name: &str, own: &str) -> MessageId {
    let id = written(bench, name, own);
    confirm_all(bench, id);
    bench.desk.hand_over(id).expect("ready");
    bench.desk.mark_sent(id, &[]).expect("handed over");
    id
}

/// Returns the codes and levels of guards that speak.
pub(crate) fn guarded(bench: &Bench, id: MessageId) -> Vec<(&'static str, &'static str)> {
    let codes: Vec<&str> = domain::Guard::ALL.iter().map(|g| g.meta().code).collect();
    let findings = shown(bench, id).check.findings.into_iter();
    findings
        .filter(|f| codes.contains(&f.code))
        .map(|f| (f.code, f.level))
        .collect()
}

pub(crate) const LIMB: &str =
    "Your talk on limb salvage showed me how a clinic can follow its patients.";
pub(crate) const FILTERS: &str =
    "You wrote that retrieval clinics bring filters home; ours has none yet.";

#[test]
fn a_second_message_to_one_place_names_the_first_and_shows_it() {
    let bench = bench();
    let first = sent(&bench, "Asha Rao", LIMB);
    let second = written(&bench, "Ben Okafor", FILTERS);
    assert_eq!(guarded(&bench, second), [("one-open-per-program", "warn")]);
    let view = shown(&bench, second);
    let [colleague] = &view.beside.colleagues[..] else {
        panic!("{:?}", view.beside);
    };
    assert_eq!(colleague.message, first.to_string());
    assert_eq!(colleague.name, "Dr. Asha Rao");
    let elsewhere = written(&bench, "Emil Frank", FILTERS);
    assert_eq!(guarded(&bench, elsewhere), []);

    // An answer closes it, and so does the student.
    bench
        .desk
        .mark_replied(first, &NewAnswer::default())
        .expect("answered");
    assert_eq!(guarded(&bench, second), []);
}

#[test]
fn a_fourth_first_contact_a_day_has_to_be_confirmed() {
    let bench = bench();
    let settings = GuardSettings {
        off: [domain::Guard::OneOpenPerProgram].into(),
        ..GuardSettings::default()
    };
    bench.desk.set_guards(&settings).expect("set");
    let own = "You told the panel that a year of general surgery made you calm at two at night, and \
               I would like to know which month of it taught you most about asking for help.";
    for (name, own) in [
        ("Asha Rao", LIMB),
        ("Ben Okafor", FILTERS),
        ("Carla Diaz", own),
    ] {
        let id = written(&bench, name, own);
        // Here only the count matters, not how alike the texts are.
        let switched = bench.desk.switch_rule_here(id, "mass-text", false);
        switched.expect("switched");
        confirm_all(&bench, id);
        bench.desk.hand_over(id).expect("ready");
        bench.desk.mark_sent(id, &[]).expect("handed over");
    }
    let fourth = written(&bench, "Emil Frank", FILTERS);
    assert_eq!(guarded(&bench, fourth), [("first-contacts-a-day", "warn")]);
    let refused = bench.desk.hand_over(fourth);
    assert!(
        matches!(refused, Err(DeskError::NotReady(_))),
        "{refused:?}"
    );
    bench
        .desk
        .confirm_warning(fourth, "first-contacts-a-day", "he asked me to write today")
        .expect("confirmed");
    bench.days_later(1);
    assert_eq!(guarded(&bench, fourth), []);
}

#[test]
fn a_promise_that_is_overdue_blocks_an_ask_and_switching_off_is_seen() {
    let bench = bench();
    bench.log("yesterday call with Dr. Asha Rao #promise read her paper by 2026-07-02");
    let id = written(&bench, "Asha Rao", LIMB);
    assert_eq!(guarded(&bench, id), []);
    bench.days_later(2);
    assert_eq!(guarded(&bench, id), [("overdue-commitment", "error")]);
    let view = shown(&bench, id);
    assert_eq!(view.beside.promises.len(), 1);
    bench
        .desk
        .switch_rule_here(id, "overdue-commitment", false)
        .expect("switched");
    assert_eq!(guarded(&bench, id), []);
    let silent = shown(&bench, id).check.silent;
    assert!(
        silent.contains(&("overdue-commitment".to_owned(), true)),
        "{silent:?}"
    );
    bench
        .desk
        .switch_rule("overdue-commitment", false)
        .expect("off");
    bench
        .desk
        .switch_rule_here(id, "overdue-commitment", true)
        .expect("on here");
    assert_eq!(guarded(&bench, id), [], "off for good");
    let all = guards(&bench.reader).expect("guards");
    assert!(all.iter().any(|g| g.code == "overdue-commitment" && !g.on));
}

#[test]
fn a_director_is_not_written_to_cold_while_interviews_run() {
    let bench = bench();
    bench.days_later(120);
    let id = written(&bench, "Dina Elias", LIMB);
    assert_eq!(guarded(&bench, id), [("director-in-season", "warn")]);
}

#[test]
fn the_contact_policy_stands_first() {
    let bench = bench();
    let asha = bench.person("Asha Rao");
    let today = bench.desk.today().expect("today");
    let before = start(&bench.reader, today, Some(asha), None).expect("a start");
    let unknown = &before.beside.policies[0];
    assert_eq!(unknown.policy, None, "not found is not \"none\"");
    let program = ProgramId::new(&unknown.program).expect("an id");
    let fact = NewFact {
        field: "contact_policy".to_owned(),
        value: "Only by the form on the page".to_owned(),
        source: "the program's page".to_owned(),
        as_of: None,
        private: false,
    };
    bench.desk.correct_fact(&program, &fact).expect("entered");
    let id = begun(&bench, "Asha Rao");
    let policy = &shown(&bench, id).beside.policies[0];
    assert_eq!(
        policy.policy.as_deref(),
        Some("Only by the form on the page")
    );
    assert_eq!(policy.source, "the program's page, 2026-07-01");
}

#[test]
fn the_nearest_earlier_message_is_shown_and_a_copy_is_refused() {
    let bench = bench();
    let first = sent(&bench, "Asha Rao", LIMB);
    let copy = written(&bench, "Emil Frank", LIMB);
    let view = shown(&bench, copy);
    let twin = view.check.twin.expect("a twin");
    assert_eq!((twin.id, twin.to.as_str()), (first.to_string(), "Asha Rao"));
    assert!(twin.percent >= 70, "{}", twin.percent);
    let finding = view.check.findings.iter().find(|f| f.code == "mass-text");
    let finding = finding.expect("a finding");
    assert_eq!(finding.level, "error");
    assert!(finding.message.contains("Asha Rao"), "{}", finding.message);

    let text = "Dear Dr. Frank,\n\nMs. Charles told me of your lymphatic service. Where would you \
                send a student who wants to learn to read lymphangiograms?";
    bench.desk.save_message(copy, "Lymph", text).expect("saved");
    let view = shown(&bench, copy);
    assert!(view.check.twin.expect("a twin").percent < 40);
    assert!(view.check.findings.iter().all(|f| f.code != "mass-text"));
    // A later message to the same person is compared with nobody's but others'.
    let same = written(&bench, "Asha Rao", LIMB);
    let twin = shown(&bench, same)
        .check
        .twin
        .expect("a draft to another one");
    assert_eq!(twin.to, "Emil Frank");
}

#[test]
fn a_fix_and_its_undo() {
    let bench = bench();
    let id = begun(&bench, "Asha Rao");
    bench
        .desk
        .save_message(id, "Clinic", "May  I ask one question ?\n\n\n\nSolange")
        .expect("saved");
    assert!(shown(&bench, id).check.untidy);
    bench.desk.mend_message(id, "tidy").expect("tidied");
    assert_eq!(shown(&bench, id).text, "May I ask one question?\n\nSolange");
    let fixes: Vec<String> = shown(&bench, id)
        .check
        .findings
        .into_iter()
        .filter_map(|f| f.fix.map(|(key, _)| key))
        .collect();
    assert_eq!(fixes, ["missing-salutation"]);
    bench
        .desk
        .mend_message(id, "missing-salutation")
        .expect("mended");
    assert!(shown(&bench, id).text.starts_with("Dear Dr. Rao,\n\nMay I"));
    let last = bench.operations()[0].id.parse().expect("an id");
    bench.desk.undo_operation(last, false).expect("undone");
    assert!(shown(&bench, id).text.starts_with("May I"));
    let refused = bench.desk.mend_message(id, "wrong-name-at-0");
    assert!(
        matches!(refused, Err(DeskError::Bad { field: "fix", .. })),
        "{refused:?}"
    );
}

#[test]
fn promises_are_offered_and_kept_with_the_sending() {
    let bench = bench();
    let own = format!("{LIMB} I will send you my notes by Friday.");
    let id = written(&bench, "Asha Rao", &own);
    confirm_all(&bench, id);
    let offered = shown(&bench, id).promises;
    assert_eq!(offered.len(), 1, "{offered:?}");
    assert_eq!(offered[0].due.as_deref(), Some("2026-07-03"));
    bench.desk.hand_over(id).expect("ready");
    let nothing = Promised {
        what: "  ".to_owned(),
        due: None,
    };
    let refused = bench.desk.mark_sent(id, &[nothing]);
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    let kept = Promised {
        what: "send my notes".to_owned(),
        due: offered[0].due.as_deref().and_then(|d| d.parse().ok()),
    };
    bench.desk.mark_sent(id, &[kept]).expect("sent");
    assert_eq!(bench.due("commitment").len(), 1);
    let last = bench.operations()[0].id.parse().expect("an id");
    bench.desk.undo_operation(last, false).expect("undone");
    assert_eq!(bench.due("commitment").len(), 0);
    assert_eq!(shown(&bench, id).state, "handed over");
}

#[test]
fn a_follow_up_stands_in_the_conversation_and_waits_its_week() {
    let bench = bench();
    let first = sent(&bench, "Asha Rao", LIMB);
    let follow = |earlier| {
        let new = NewMessage {
            follows: Some(earlier),
            ..NewMessage::default()
        };
        bench.desk.start_message(&new).map(|done| done.result)
    };
    let draft = begun(&bench, "Ben Okafor");
    assert!(matches!(follow(draft), Err(DeskError::WrongStep { .. })));

    let reminder = follow(first).expect("begun");
    let view = shown(&bench, reminder);
    assert!(view.subject.starts_with("Re: About"), "{}", view.subject);
    assert!(view.text.starts_with("Dear Dr. Rao,"), "{}", view.text);
    assert_eq!(guarded(&bench, reminder), [("reminder-too-soon", "warn")]);
    bench.days_later(7);
    assert_eq!(guarded(&bench, reminder), []);
    let silence = shown(&bench, first).silence.expect("silence");
    assert!(silence.may_remind && !silence.is_over, "{silence:?}");
    assert_eq!(silence.base_rate.len(), 2);

    let text = "Dear Dr. Rao,\n\nLast week I asked you for fifteen minutes about your clinic; I am \
                on call with your fellows next month, so your advice would help me. Would a call on \
                any Thursday suit you?\n\nThank you,\nSolange Baptiste";
    bench
        .desk
        .save_message(reminder, "Re: About", text)
        .expect("saved");
    confirm_all(&bench, reminder);
    bench.desk.hand_over(reminder).expect("ready");
    let of = |id| {
        let bytes = bench.desk.message_file(id).expect("a file");
        String::from_utf8(bytes).expect("text")
    };
    let parent = format!("{}@vouch.local", first.0.simple());
    assert!(of(reminder).contains(&format!("In-Reply-To: <{parent}>")));
    assert!(!of(first).contains("In-Reply-To"));
    bench.desk.mark_sent(reminder, &[]).expect("sent");
    let silence = shown(&bench, reminder).silence.expect("silence");
    assert_eq!(silence.n_reminders, 1);

    // The answer to the reminder carries on the conversation.
    let answer = NewAnswer {
        note: "Thursday is fine".to_owned(),
        mail_id: "a1@hospital.example".to_owned(),
        ..NewAnswer::default()
    };
    bench
        .desk
        .mark_replied(reminder, &answer)
        .expect("answered");
    let back = follow(reminder).expect("begun");
    assert_eq!(guarded(&bench, back), []);
    let text = "Dear Dr. Rao,\n\nThursday at four it is; thank you.\n\nSolange Baptiste";
    bench
        .desk
        .save_message(back, "Re: About", text)
        .expect("saved");
    confirm_all(&bench, back);
    let file = of(back).replace("\r\n ", " ").replace("\r\n\t", " ");
    assert!(
        file.contains("In-Reply-To: <a1@hospital.example>"),
        "{file}"
    );
    let child = format!("{}@vouch.local", reminder.0.simple());
    let chain = format!("References: <{parent}> <{child}> <a1@hospital.example>");
    assert!(file.contains(&chain), "{file}");
}

#[test]
fn an_answer_is_found_by_id_then_by_address_then_by_hand() {
    let bench = bench();
    let edit = PersonEdit {
        email: Some("Asha.Rao@hospital.example".to_owned()),
        ..PersonEdit::default()
    };
    bench
        .desk
        .edit_person(bench.person("Asha Rao"), &edit)
        .expect("edited");
    let id = sent(&bench, "Asha Rao", LIMB);
    let read = |headers: &str| {
        let eml = format!(
            "From: Asha Rao <asha.rao@hospital.example>\r\nDate: Wed, 01 Jul 2026 02:30:00 \
             +0000\r\n{headers}\r\nYes.\r\n\r\n-----Original Message-----\r\nDear Dr. Rao,\r\n"
        );
        let zone = TimeZone::get("America/Barbados").expect("a zone");
        reply(&bench.reader, bench.desk.now(), &zone, eml.as_bytes()).expect("read")
    };
    let mail_id = format!("{}@vouch.local", id.0.simple());
    let by_id = read(&format!("References: <x@y> <{mail_id}>\r\n"));
    assert_eq!(by_id.answers, Some(id.to_string()));
    assert!(by_id.how_found.contains("names"), "{}", by_id.how_found);
    assert_eq!(by_id.text, "Yes.");
    assert_eq!(
        by_id.day.as_deref(),
        Some("2026-06-30"),
        "the student's own day"
    );
    let by_address = read("");
    assert_eq!(by_address.answers, Some(id.to_string()));
    assert!(by_address.how_found.contains("address"));
    let now = bench.desk.now();
    let by_hand = reply(&bench.reader, now, &TimeZone::UTC, b"Note: yes, gladly").expect("read");
    assert_eq!((by_hand.answers, by_hand.choices.len()), (None, 1));
    assert_eq!(by_hand.text, "Note: yes, gladly");
}

#[test]
fn consent_starts_a_rhythm_and_is_taken_back() {
    let bench = bench();
    let edit = PersonEdit {
        ring: Some(domain::Ring::Stored),
        ..PersonEdit::default()
    };
    let asha = bench.person("Asha Rao");
    bench.desk.edit_person(asha, &edit).expect("edited");
    let id = sent(&bench, "Asha Rao", LIMB);
    bench
        .desk
        .mark_replied(id, &NewAnswer::default())
        .expect("answered");
    bench.desk.note_consent(id, true).expect("agreed");
    assert!(shown(&bench, id).wants_updates);
    let rhythm = desk::views::person::person(&bench.reader, asha);
    assert_eq!(rhythm.expect("Asha").rhythm_days, Some(120));
    bench.desk.note_consent(id, false).expect("taken back");
    assert!(!shown(&bench, id).wants_updates);
}

#[test]
fn a_megabyte_is_kept_and_told_and_more_is_refused() {
    let bench = bench();
    let id = begun(&bench, "Asha Rao");
    let long = "I read about filters. ".repeat(45_000);
    bench.desk.save_message(id, "Long", &long).expect("saved");
    let view = shown(&bench, id);
    assert_eq!(view.text.len(), long.len());
    let told = &view.check.findings[0];
    assert_eq!((told.code, told.level), ("too-long", "error"));
    let refused = bench.desk.save_message(id, "Long", &long.repeat(2));
    assert!(
        matches!(refused, Err(DeskError::Bad { field: "text", .. })),
        "{refused:?}"
    );
    assert_eq!(
        shown(&bench, id).text.len(),
        long.len(),
        "the draft is safe"
    );
}
