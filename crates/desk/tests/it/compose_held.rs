//! What a message is held to beside the rules: other drafts, its template, the
//! words that were confirmed, the student's own limits, and policies.

use desk::DeskError;
use desk::verbs::answer_message::NewAnswer;
use desk::verbs::correct_fact::NewFact;
use desk::verbs::edit_people::BulkEdit;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{FindingLine, compose, start};
use desk::views::guards::limits;
use desk::views::reply::reply;
use domain::{MessageId, ProgramId};
use jiff::tz::TimeZone;

use crate::compose::*;
use crate::support::Bench;

fn findings(bench: &Bench, id: MessageId, code: &str) -> Vec<FindingLine> {
    let all = shown(bench, id).check.findings.into_iter();
    all.filter(|f| f.code == code).collect()
}

fn new(bench: &Bench, template: &str, name: Option<&str>) -> MessageId {
    let new = NewMessage {
        template: template.to_owned(),
        person: name.map(|name| bench.person(name)),
        ..NewMessage::default()
    };
    bench.desk.start_message(&new).expect("begun").result
}

fn save(bench: &Bench, id: MessageId, text: &str) {
    bench
        .desk
        .save_message(id, "About it", text)
        .expect("saved");
}

/// A text that keeps much of the template's.
fn like_the_template(surname: &str) -> String {
    format!(
        "Dear Dr. {surname},\n\nI am Solange Baptiste, MS3 at Windward Isles College of Medicine, \
         where you graduated before me. Ms. Charles gave me your name.\n\nYour clinic follows \
         its patients for a year.\n\nCould we speak by phone or video \
         for 15 minutes at an hour that suits you, so that I can hear how you chose?\n\nThank you \
         for reading this,\nSolange Baptiste"
    )
}

#[test]
fn a_twin_is_told_beside_what_is_like_the_template() {
    let bench = bench();
    let first = begun(&bench, "Asha Rao");
    save(&bench, first, &like_the_template("Rao"));
    let found = findings(&bench, first, "mass-text");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains("the template"), "{found:?}");

    // A draft is compared as well as what left.
    let second = begun(&bench, "Emil Frank");
    save(&bench, second, &like_the_template("Frank"));
    let found = findings(&bench, second, "mass-text");
    let levels: Vec<&str> = found.iter().map(|f| f.level).collect();
    assert_eq!(levels, ["error", "warn"], "{found:?}");
    assert!(found[0].message.contains("Asha Rao"), "{found:?}");
    let refused = bench.desk.hand_over(second);
    assert!(
        matches!(refused, Err(DeskError::NotReady(_))),
        "{refused:?}"
    );
}

#[test]
fn a_draft_that_is_still_the_template_is_nobodys_twin() {
    let bench = bench();
    begun(&bench, "Asha Rao");
    let second = begun(&bench, "Emil Frank");
    save(&bench, second, &like_the_template("Frank"));
    let view = shown(&bench, second);
    assert_eq!(view.check.twin, None);
    let draft = written(&bench, "Ben Okafor", LIMB);
    assert_eq!(
        shown(&bench, draft).check.twin.expect("one").to,
        "Emil Frank"
    );
}

#[test]
fn what_everybody_reads_is_no_first_contact() {
    let bench = bench();
    let text = "I learned from the spring lecture to read every film twice. The idea comes from Dr. \
                Rao, with her leave.";
    for template in ["public-post", "case-summary", "x-post"] {
        let id = new(&bench, template, None);
        save(&bench, id, text);
        let view = shown(&bench, id);
        assert!(view.check.ready, "{template}: {:?}", view.check.findings);
        assert!(view.is_public);
        bench.desk.hand_over(id).expect("ready");
    }
    // The same where the question goes to one person before all.
    let id = new(&bench, "webinar-chat", Some("Asha Rao"));
    save(
        &bench,
        id,
        "You said that nights teach reading alone. How would you prepare?",
    );
    assert!(shown(&bench, id).check.ready);
    let long = "the wire stays with me, ".repeat(14);
    save(&bench, id, &format!("You said that {long}why?"));
    let found = findings(&bench, id, "too-long");
    assert!(found[0].message.contains("at most 300"), "{found:?}");
}

#[test]
fn a_post_on_x_has_its_280_characters() {
    let bench = bench();
    let id = new(&bench, "x-post", None);
    save(&bench, id, &"é".repeat(280));
    assert_eq!(findings(&bench, id, "over-channel-limit"), []);
    save(&bench, id, &"é".repeat(281));
    assert_eq!(findings(&bench, id, "over-channel-limit").len(), 1);
    assert_eq!(shown(&bench, id).check.limits.characters, Some(280));
}

#[test]
fn a_card_that_takes_longer_than_its_moment_is_warned_of() {
    let bench = bench();
    let id = new(&bench, "talk-approach", Some("Asha Rao"));
    let card = |n: usize| {
        format!(
            "Dr. Rao, {}I am Solange Baptiste, MS3 at Windward Isles College of Medicine. Which \
             skill would you build first?",
            "your second clot stays with me. ".repeat(n)
        )
    };
    save(&bench, id, &card(2));
    assert_eq!(findings(&bench, id, "too-long"), []);
    save(&bench, id, &card(20));
    let found = findings(&bench, id, "too-long");
    assert_eq!(found[0].level, "warn");
    assert!(found[0].message.contains("at most 30"), "{found:?}");
    bench
        .desk
        .switch_rule_here(id, "too-long", false)
        .expect("off");
    assert_eq!(findings(&bench, id, "too-long"), []);
}

#[test]
fn a_template_without_the_students_own_part_cannot_be_ready() {
    let bench = bench();
    let id = begun(&bench, "Asha Rao");
    let own = "Your clinic follows its patients for a year.\n\n";
    let stripped = like_the_template("Rao").replace(own, "");
    save(&bench, id, &stripped);
    confirm_all(&bench, id);
    let errors = findings(&bench, id, "not-personal").into_iter();
    let errors: Vec<_> = errors.filter(|f| f.level == "error").collect();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].message.contains("this person's own work"),
        "{errors:?}"
    );
    // It is no matter of a switch.
    bench
        .desk
        .switch_rule_here(id, "not-personal", false)
        .expect("off");
    let refused = bench.desk.hand_over(id);
    assert!(
        matches!(refused, Err(DeskError::NotReady(_))),
        "{refused:?}"
    );
    save(&bench, id, &like_the_template("Rao"));
    assert_eq!(findings(&bench, id, "not-personal"), []);
}

/// Returns the reasons of the findings of a code.
fn reasons(bench: &Bench, id: MessageId, code: &str) -> Vec<Option<String>> {
    let found = findings(bench, id, code).into_iter();
    found.map(|f| f.confirmed).collect()
}

#[test]
fn a_confirmation_holds_for_the_words_that_were_confirmed() {
    let bench = bench();
    let id = written(&bench, "Asha Rao", LIMB);
    let with = |words: &str| text_to("Rao", &format!("{LIMB} {words}"));
    let code = "pressure";
    let noon = "Answer before noon; my whole year hangs on you.";
    save(&bench, id, &with(noon));
    bench
        .desk
        .confirm_warning(id, code, "a joke between us")
        .expect("it stands");
    let confirmed = [Some("a joke between us".to_owned())];
    assert_eq!(reasons(&bench, id, code), confirmed);
    // The word of reason is a note, and scanned as one.
    for reason in ["Mr. Quayle, admitted 3 May, bled", "MRN 4482913 told me"] {
        let refused = bench.desk.confirm_warning(id, code, reason);
        assert!(matches!(refused, Err(DeskError::Patient(_))), "{refused:?}");
        assert_eq!(reasons(&bench, id, code), confirmed);
    }
    // The same words elsewhere in the text are the same words.
    save(&bench, id, &with(&format!("I read a lot. {noon}")));
    assert_eq!(reasons(&bench, id, code), confirmed);
    let threat = "If you do not reply by tomorrow, I will tell everybody that you let me down.";
    save(&bench, id, &with(threat));
    assert_eq!(reasons(&bench, id, code), [None]);
    let found = findings(&bench, id, code);
    assert!(found[0].asks_why && found[0].is_in_the_way());
    let refused = bench.desk.hand_over(id);
    assert!(
        matches!(refused, Err(DeskError::NotReady(_))),
        "{refused:?}"
    );
    // What was said of the whole message is asked again when its number changes.
    let id = written(&bench, "Emil Frank", LIMB);
    let lines = |n| text_to("Frank", &format!("{LIMB}\n{}", "And a line.\n".repeat(n)));
    save(&bench, id, &lines(8));
    bench
        .desk
        .confirm_warning(id, "too-long", "he asked")
        .expect("it stands");
    save(&bench, id, &lines(9));
    assert_eq!(reasons(&bench, id, "too-long"), [None]);
    save(&bench, id, &lines(8));
    assert_eq!(
        reasons(&bench, id, "too-long"),
        [Some("he asked".to_owned())]
    );
}

#[test]
fn a_patient_who_was_confirmed_hides_no_other() {
    let bench = bench();
    let id = written(&bench, "Asha Rao", LIMB);
    let with = |story: &str| text_to("Rao", &format!("{LIMB} {story}"));
    let code = "case-narrative";
    let mayor = "The mayor of our town came in with a leak.";
    let judge = "We treated the only female judge of the island for fibroids last week.";
    save(&bench, id, &with(mayor));
    bench
        .desk
        .confirm_warning(id, code, "invented")
        .expect("it stands");
    assert_eq!(reasons(&bench, id, code), [Some("invented".to_owned())]);
    for story in [judge.to_owned(), format!("{mayor} {judge}")] {
        save(&bench, id, &with(&story));
        assert_eq!(reasons(&bench, id, code), [None], "{story}");
    }
}

#[test]
fn limits_of_rules_are_the_students_own() {
    let bench = bench();
    let id = new(&bench, "linkedin-connect", Some("Asha Rao"));
    save(&bench, id, &"a".repeat(250));
    assert_eq!(findings(&bench, id, "over-channel-limit").len(), 1);
    bench
        .desk
        .set_limits(&[("linkedin_characters", "300"), ("shadow_days", " 10 ")])
        .expect("set");
    assert_eq!(findings(&bench, id, "over-channel-limit"), []);
    assert_eq!(shown(&bench, id).check.limits.characters, Some(300));
    let values = |bench: &Bench| -> Vec<u32> {
        let all = limits(&bench.reader).expect("limits");
        all.iter().map(|l| l.number.value).collect()
    };
    assert_eq!(values(&bench), [300, 10]);
    let shadow = new(&bench, "shadow-request", Some("Asha Rao"));
    save(&bench, shadow, "May I shadow you for eight days?");
    assert_eq!(findings(&bench, shadow, "duration-too-long"), []);
    for (word, typed) in [
        ("linkedin_characters", "301"),
        ("linkedin_characters", "many"),
        ("shadow_days", "0"),
        ("no_such", "1"),
    ] {
        let refused = bench.desk.set_limits(&[(word, typed)]);
        assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    }
    bench
        .desk
        .set_limits(&[("linkedin_characters", ""), ("shadow_days", "")])
        .expect("ours again");
    assert_eq!(values(&bench), [200, 5]);
}

#[test]
fn first_contacts_count_from_the_moment_they_are_handed_over() {
    let bench = bench();
    bench.people("Dr. Fay Gold, DR resident, Mayo Clinic");
    let own = "You told the panel that a year of general surgery made you calm at two at night, and \
               I would like to know which month of it taught you most about asking for help.";
    let mut ids = Vec::new();
    for (name, own) in [
        ("Asha Rao", LIMB),
        ("Emil Frank", FILTERS),
        ("Fay Gold", own),
    ] {
        let id = written(&bench, name, own);
        bench
            .desk
            .switch_rule_here(id, "mass-text", false)
            .expect("off");
        confirm_all(&bench, id);
        bench.desk.hand_over(id).expect("ready");
        ids.push(id);
    }
    let fourth = written(&bench, "Ben Okafor", FILTERS);
    let said = guarded(&bench, fourth);
    assert!(said.contains(&("first-contacts-a-day", "warn")), "{said:?}");
    // Those that left before stay as they are.
    for id in ids {
        assert!(shown(&bench, id).check.ready);
    }
    bench.days_later(1);
    let said = guarded(&bench, fourth);
    assert!(
        !said.contains(&("first-contacts-a-day", "warn")),
        "{said:?}"
    );
}

#[test]
fn colleagues_are_known_at_a_place_that_no_list_has() {
    let bench = bench();
    bench.people(
        "Dr. Uma Ucher, IR attending, Quiet Bay Imaging Clinic\n\
         Dr. Val Vint, IR attending, Quiet Bay  imaging clinic\n\
         Dr. Wes Wald, IR attending, Other Bay Imaging Clinic",
    );
    sent(&bench, "Uma Ucher", LIMB);
    let second = written(&bench, "Val Vint", FILTERS);
    assert_eq!(guarded(&bench, second), [("one-open-per-program", "warn")]);
    let colleagues = shown(&bench, second).beside.colleagues;
    assert_eq!(colleagues.len(), 1, "{colleagues:?}");
    let other = written(&bench, "Wes Wald", FILTERS);
    assert_eq!(guarded(&bench, other), []);
}

#[test]
fn who_wrote_a_paper_together_is_told_of_as_colleagues_are() {
    let bench = bench();
    bench.people(
        "Dr. Uma Ucher, IR attending, Quiet Bay Imaging Clinic\n\
         Dr. Val Vint, IR attending, Other Bay Imaging Clinic\n\
         Dr. Wes Wald, IR attending, Third Bay Imaging Clinic",
    );
    let tags = [
        ("Uma Ucher", "Paper-veins"),
        ("Val Vint", "paper-veins"),
        ("Val Vint", "abroad"),
        ("Wes Wald", "abroad"),
    ];
    for (name, tag) in tags {
        let tag = BulkEdit::AddTag(tag.to_owned());
        let edited = bench.desk.edit_people(&[bench.person(name)], &tag);
        edited.expect("tagged");
    }
    let first = sent(&bench, "Uma Ucher", LIMB);
    let second = written(&bench, "Val Vint", FILTERS);
    assert_eq!(guarded(&bench, second), [("one-open-per-program", "warn")]);
    let colleagues = shown(&bench, second).beside.colleagues;
    assert_eq!(colleagues.len(), 1, "{colleagues:?}");
    assert_eq!(colleagues[0].message, first.to_string());
    assert_eq!(colleagues[0].paper, "paper-veins");
    let other = written(&bench, "Wes Wald", FILTERS);
    assert_eq!(guarded(&bench, other), []);
}

#[test]
fn who_writes_back_reminds_of_nothing_and_opens_nothing() {
    let bench = bench();
    let first = sent(&bench, "Asha Rao", LIMB);
    bench
        .desk
        .mark_replied(first, &NewAnswer::default())
        .expect("answered");
    bench.days_later(1);
    sent(&bench, "Ben Okafor", FILTERS);
    let new = NewMessage {
        follows: Some(first),
        ..NewMessage::default()
    };
    let back = bench.desk.start_message(&new).expect("begun").result;
    save(
        &bench,
        back,
        "Dear Dr. Rao,\n\nThursday at four it is.\n\nSolange Baptiste",
    );
    assert_eq!(guarded(&bench, back), []);
}

#[test]
fn thanks_after_an_interview_wait_for_the_policy() {
    let bench = bench();
    bench.log("yesterday interview with Asha Rao");
    let id = new(&bench, "interview-thank-you", Some("Asha Rao"));
    let says = |bench: &Bench| {
        let mut said = findings(bench, id, "thanks-after-interview");
        assert_eq!(said.len(), 1);
        let said = said.remove(0);
        (said.level, said.message)
    };
    let (level, message) = says(&bench);
    assert_eq!(level, "error");
    assert!(message.contains("not known"), "{message}");
    let today = bench.desk.today().expect("today");
    let asha = Some(bench.person("Asha Rao"));
    let before = start(&bench.reader, today, asha, Some("interview-thank-you")).expect("a start");
    assert!(before.needs_policy && shown(&bench, id).needs_policy);
    let programs: Vec<ProgramId> = before
        .beside
        .policies
        .iter()
        .map(|line| ProgramId::new(&line.program).expect("an id"))
        .collect();
    for (words, level) in [
        ("Notes of thanks are welcome.", "warn"),
        ("Do not send thank-you notes to faculty.", "error"),
    ] {
        let fact = NewFact {
            field: "contact_policy".to_owned(),
            value: words.to_owned(),
            source: "the program's page".to_owned(),
            as_of: None,
            private: false,
        };
        bench
            .desk
            .correct_fact(&programs[0], &fact)
            .expect("entered");
        let said = says(&bench);
        assert_eq!(said.0, level);
        assert!(said.1.contains(words), "{}", said.1);
    }
    // Other thanks do not wait.
    let other = new(&bench, "thank-you", Some("Asha Rao"));
    assert_eq!(findings(&bench, other, "thanks-after-interview"), []);
}

#[test]
fn a_bounce_and_an_automatic_answer_are_no_answers() {
    let bench = bench();
    let id = sent(&bench, "Asha Rao", LIMB);
    let mail_id = format!("{}@vouch.local", id.0.simple());
    let read = |headers: &str| {
        let eml = format!(
            "Date: Wed, 01 Jul 2026 02:30:00 +0000\r\nIn-Reply-To: <{mail_id}>\r\n{headers}\r\n\r\n\
             Some words.\r\n"
        );
        reply(
            &bench.reader,
            bench.desk.now(),
            &TimeZone::UTC,
            eml.as_bytes(),
        )
        .expect("read")
    };
    for (headers, kind) in [
        ("From: mailer-daemon@mail.example", Some("bounce")),
        (
            "From: a@b.example\r\nAuto-Submitted: auto-replied",
            Some("answer"),
        ),
        ("From: a@b.example", None),
    ] {
        let read = read(headers);
        assert_eq!(read.automatic, kind, "{headers}");
        assert_eq!(read.answers.is_none(), kind.is_some(), "{headers}");
    }
    let today = bench.desk.today().expect("today");
    assert_eq!(
        compose(&bench.reader, today, id, None).expect("it").state,
        "sent"
    );
}
