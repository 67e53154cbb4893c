//! Writing: from a template to a message that was sent and answered.

use std::collections::BTreeMap;

use desk::DeskError;
use desk::verbs::answer_message::NewAnswer;
use desk::verbs::edit_person::PersonEdit;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{Compose, compose, start};
use desk::views::person::person;
use domain::MessageId;

use crate::support::Bench;

const READY: &str = "Dear Dr. Rao,

I am Solange Baptiste, an MS3 at Windward Isles College of Medicine. Ms. Charles of our alumni office gave me your name.

Your talk on limb salvage in Bridgetown showed me how a clinic can follow its patients.

Could I ask you for fifteen minutes by telephone in the next two weeks? If it does not suit, no answer is needed.

Thank you,
Solange Baptiste";

fn begun() -> (Bench, MessageId) {
    let bench = Bench::new();
    bench.set_up();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let asha = bench.person("Asha Rao");
    let edit = PersonEdit {
        email: Some("asha.rao@example.org".to_owned()),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(asha, &edit).expect("edited");
    let new = NewMessage {
        template: "alumni-intro".to_owned(),
        person: Some(asha),
        ..NewMessage::default()
    };
    let id = bench.desk.start_message(&new).expect("begun").result;
    (bench, id)
}

fn shown(bench: &Bench, id: MessageId) -> Compose {
    let today = bench.desk.today().expect("today");
    compose(&bench.reader, today, id, None).expect("a message")
}

/// Writes a text that may be handed over, confirming what is only a warning.
fn made_ready(bench: &Bench, id: MessageId) {
    bench
        .desk
        .save_message(id, "Fifteen minutes about IR", READY)
        .expect("saved");
    for finding in shown(bench, id).check.findings {
        assert_ne!(finding.level, "error", "{finding:?}");
        if finding.level == "warn" {
            bench
                .desk
                .confirm_warning(id, finding.code, "it is meant so")
                .expect("confirmed");
        }
    }
    assert!(shown(bench, id).check.ready);
}

fn sent(bench: &Bench, id: MessageId) {
    bench.desk.hand_over(id).expect("ready");
    bench.desk.mark_sent(id, &[]).expect("handed over");
}

fn note(text: &str) -> NewAnswer {
    NewAnswer {
        note: text.to_owned(),
        ..NewAnswer::default()
    }
}

#[test]
fn slots_are_filled_from_the_record() {
    let (bench, id) = begun();
    let asha = bench.person("Asha Rao");
    let slots = start(
        &bench.reader,
        bench.desk.today().expect("today"),
        Some(asha),
        Some("alumni-intro"),
    )
    .expect("slots");
    let known = |name: &str| {
        let slot = slots
            .slots
            .iter()
            .find(|slot| slot.from_record && slot.name == name);
        slot.map(|slot| slot.value.as_str())
    };
    assert_eq!(known("student"), Some("Solange Baptiste"));
    assert_eq!(known("stage"), Some("MS3"));
    let text = shown(&bench, id).text;
    assert!(text.starts_with("Dear Dr. Rao,"), "{text}");
    assert!(
        text.contains('['),
        "what is not known stands in brackets: {text}"
    );
}

#[test]
fn unknown_slots_templates_and_people_are_named() {
    let (bench, _) = begun();
    let new = |template: &str, slot: &str| NewMessage {
        template: template.to_owned(),
        slots: BTreeMap::from([(slot.to_owned(), "x".to_owned())]),
        ..NewMessage::default()
    };
    let refused = bench.desk.start_message(&new("alumni-intro", "persnal"));
    let Err(DeskError::Bad {
        field: "slot",
        found,
        would_do,
    }) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(found, "persnal");
    assert!(would_do.contains("personal"), "{would_do}");
    let refused = bench.desk.start_message(&new("no-such", "personal"));
    assert!(
        matches!(
            refused,
            Err(DeskError::Bad {
                field: "template",
                ..
            })
        ),
        "{refused:?}"
    );
}

#[test]
fn a_placeholder_blocks_hand_over_and_sending() {
    let (bench, id) = begun();
    let dump = bench.dump();
    let Err(DeskError::NotReady(why)) = bench.desk.hand_over(id) else {
        panic!("it is handed over");
    };
    assert!(why.contains("(placeholder-left)"), "{why}");
    let refused = bench.desk.mark_sent(id, &[]);
    assert!(
        matches!(refused, Err(DeskError::WrongStep { state: "draft", .. })),
        "{refused:?}"
    );
    assert_eq!(bench.dump(), dump);
    assert_eq!(shown(&bench, id).ways, None);
}

#[test]
fn typing_is_one_operation_until_something_else_is_done() {
    let (bench, id) = begun();
    let before = bench.operations().len();
    for text in ["D", "De", "Dear"] {
        bench
            .desk
            .save_message(id, "About IR", text)
            .expect("saved");
    }
    assert_eq!(bench.operations().len(), before + 1);
    bench.people("Omar Haddad");
    bench
        .desk
        .save_message(id, "About IR", "Dear Dr.")
        .expect("saved");
    assert_eq!(bench.operations().len(), before + 3);

    let typed = bench.operations()[2].id.parse().expect("an id");
    let refused = bench.desk.undo_operation(typed, false);
    assert!(
        matches!(refused, Err(DeskError::UndoNeedsLater { .. })),
        "{refused:?}"
    );
    bench
        .desk
        .undo_operation(typed, true)
        .expect("undone with the later one");
    assert!(
        shown(&bench, id).text.contains('['),
        "the template's text is back"
    );
}

#[test]
fn a_warning_is_confirmed_with_a_reason_that_is_kept() {
    let (bench, id) = begun();
    let refused = bench.desk.confirm_warning(id, "too-long", "  ");
    assert!(matches!(
        refused,
        Err(DeskError::Bad {
            field: "reason",
            ..
        })
    ));
    let refused = bench
        .desk
        .confirm_warning(id, "placeholder-left", "never mind");
    assert!(
        matches!(
            refused,
            Err(DeskError::Bad {
                field: "warning",
                ..
            })
        ),
        "an error stays"
    );

    let long = READY.replace("Thank you,", &"I read about filters and ports. ".repeat(60));
    bench
        .desk
        .save_message(id, "About IR", &long)
        .expect("saved");
    let warns = |bench: &Bench| -> Vec<(&'static str, Option<String>)> {
        let findings = shown(bench, id).check.findings;
        let warns = findings.into_iter().filter(|f| f.level == "warn");
        warns.map(|f| (f.code, f.confirmed)).collect()
    };
    let Some((code, None)) = warns(&bench).first().cloned() else {
        panic!("{:?}", warns(&bench));
    };
    bench
        .desk
        .confirm_warning(id, code, "she asked for details")
        .expect("confirmed");
    assert!(warns(&bench).contains(&(code, Some("she asked for details".to_owned()))));
}

#[test]
fn a_changed_text_has_to_be_handed_over_again() {
    let (bench, id) = begun();
    made_ready(&bench, id);
    bench.desk.hand_over(id).expect("ready");
    assert_eq!(shown(&bench, id).state, "handed over");
    let mailto = shown(&bench, id).ways.expect("ways").mailto.url;
    assert!(
        mailto.starts_with("mailto:asha.rao@example.org?"),
        "{mailto}"
    );
    bench
        .desk
        .save_message(id, "Fifteen minutes about IR", &format!("{READY}\n"))
        .expect("saved");
    assert_eq!(shown(&bench, id).state, "ready");
}

#[test]
fn a_sent_message_is_logged_and_awaits_its_reply() {
    let (bench, id) = begun();
    made_ready(&bench, id);
    sent(&bench, id);
    let view = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(view.timeline.len(), 1);
    assert_eq!(view.timeline[0].heading, "e-mail from you");
    assert_eq!(view.messages[0].sent_on.as_deref(), Some("2026-07-01"));
    assert_eq!(view.state, "unknown", "silence makes nobody aware");

    bench.days_later(6);
    assert_eq!(bench.due("reply awaited").len(), 0);
    bench.days_later(1);
    assert_eq!(bench.due("reply awaited").len(), 1);
    bench
        .desk
        .mark_replied(id, &note("call me in spring"))
        .expect("answered");
    assert_eq!(bench.due("reply awaited").len(), 0);
    let view = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(view.timeline[0].note, "call me in spring");
    assert_eq!(view.state, "aware");
}

#[test]
fn an_answer_that_is_logged_settles_the_reply_too() {
    let (bench, id) = begun();
    made_ready(&bench, id);
    sent(&bench, id);
    bench.days_later(8);
    assert_eq!(bench.due("reply awaited").len(), 1);
    bench.log("Dr. Asha Rao answered by email, glad to talk");
    assert_eq!(bench.due("reply awaited").len(), 0);
}

#[test]
fn a_closed_message_awaits_nothing() {
    let (bench, id) = begun();
    let refused = bench.desk.close_message(id);
    assert!(
        matches!(refused, Err(DeskError::WrongStep { .. })),
        "{refused:?}"
    );
    made_ready(&bench, id);
    sent(&bench, id);
    bench.days_later(8);
    bench.desk.close_message(id).expect("closed");
    assert_eq!(bench.due("reply awaited").len(), 0);
    let refused = bench.desk.save_message(id, "", "too late");
    assert!(
        matches!(refused, Err(DeskError::WrongStep { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_discarded_message_can_come_back() {
    let (bench, id) = begun();
    let dump = bench.dump();
    let done = bench.desk.discard_message(id).expect("discarded");
    let today = bench.desk.today().expect("today");
    assert!(matches!(
        compose(&bench.reader, today, id, None),
        Err(DeskError::NotThere {
            what: "message",
            ..
        })
    ));
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.dump(), dump);
}

#[test]
fn the_file_is_a_draft_for_a_mail_program() {
    let (bench, id) = begun();
    made_ready(&bench, id);
    let bytes = bench.desk.message_file(id).expect("a file");
    let mail = String::from_utf8(bytes.clone()).expect("ASCII");
    for header in ["X-Unsent: 1\r\n", "Subject: Fifteen minutes about IR\r\n"] {
        assert!(mail.contains(header), "{header} in {mail}");
    }
    assert!(mail.contains("asha.rao@example.org"), "{mail}");
    assert!(mail.contains("solange@example.org"), "{mail}");
    let read = formats::mail::read_eml(&bytes).expect("it is read back");
    assert_eq!(read.text.replace("\r\n", "\n").trim_end(), READY);
}
