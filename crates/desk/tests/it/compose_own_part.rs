//! A message in which the student's own part is not there is never ready, whatever
//! the template, whoever reads it, and whichever rules are off.

use std::collections::BTreeMap;

use desk::verbs::edit_person::PersonEdit;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::FindingLine;
use domain::{MessageId, PersonId};
use lint::{TEMPLATES, Template};

use crate::compose::*;
use crate::support::Bench;

/// Rules that may be off, one set after the other.
const OFF: [&[&str]; 3] = [
    &[],
    &["placeholder-left"],
    &["placeholder-left", "not-personal", "mass-text", "no-ask"],
];

/// Readers: nobody knows the first, the second was found on a list, with the third
/// there were days together.
const READERS: [&str; 3] = ["Asha Rao", "Emil Frank", "Ben Okafor"];

fn vault() -> Bench {
    let bench = bench();
    let found = PersonEdit {
        how_found: Some("LinkedIn connection since 8 Feb 2026".to_owned()),
        tags: Some(vec!["alumni".to_owned()]),
        ..PersonEdit::default()
    };
    let emil = bench.person("Emil Frank");
    bench.desk.edit_person(emil, &found).expect("changed");
    bench.log("call with Dr. Ben Okafor on 3 March 2026, 20 min; good advice on wires");
    bench.log("rotation with Dr. Ben Okafor on 4 March 2026");
    bench
}

fn begin(
    bench: &Bench,
    template: &str,
    slots: BTreeMap<String, String>,
    to: PersonId,
) -> MessageId {
    let new = NewMessage {
        template: template.to_owned(),
        person: Some(to),
        slots,
        ..NewMessage::default()
    };
    bench.desk.start_message(&new).expect(template).result
}

/// Returns the text without what stands in brackets.
fn without_blanks(text: &str) -> String {
    let mut rest = text;
    let mut left = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        left.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    left.push_str(rest);
    left.replace("  ", " ")
}

fn others(template: &Template) -> BTreeMap<String, String> {
    let mut values = template.examples();
    values.retain(|name, _| {
        template
            .slot(name)
            .is_some_and(|s| !s.personal && s.from == "student")
    });
    values
}

fn is_refused(bench: &Bench, id: MessageId, text: &str, off: &[&str]) {
    bench
        .desk
        .save_message(id, "Your way out", text)
        .expect("saved");
    for code in off {
        bench.desk.switch_rule_here(id, code, false).expect("off");
    }
    confirm_all(bench, id);
    let view = shown(bench, id);
    assert!(!view.check.ready, "{} off {off:?}: {text}", view.title);
    assert!(bench.desk.hand_over(id).is_err(), "{text}");
    bench.desk.discard_message(id).expect("discarded");
}

#[test]
fn no_template_is_ready_without_it() {
    let bench = vault();
    let all = TEMPLATES
        .iter()
        .flat_map(|t| [t].into_iter().chain(&t.steps));
    for (n, template) in all.enumerate() {
        let readers = READERS.map(|name| bench.person(name)).into_iter();
        for (to, off) in readers.zip(OFF.into_iter().cycle().skip(n)) {
            // As it came, and with every blank taken out.
            let id = begin(&bench, &template.name, BTreeMap::new(), to);
            let text = shown(&bench, id).text;
            is_refused(&bench, id, &text, off);
            let id = begin(&bench, &template.name, BTreeMap::new(), to);
            is_refused(&bench, id, &without_blanks(&text), off);
            // All but the personal part is there; that is left, or taken out.
            let id = begin(&bench, &template.name, others(template), to);
            let text = shown(&bench, id).text;
            is_refused(&bench, id, &text, off);
            let id = begin(&bench, &template.name, others(template), to);
            is_refused(&bench, id, &without_blanks(&text), off);
        }
    }
}

fn told(bench: &Bench, id: MessageId, text: &str) -> Vec<FindingLine> {
    bench
        .desk
        .save_message(id, "Your way out", text)
        .expect("saved");
    let all = shown(bench, id).check.findings.into_iter();
    all.filter(|f| f.code == "not-personal" && f.level == "error")
        .collect()
}

#[test]
fn where_somebody_was_found_is_nothing_of_theirs() {
    let bench = vault();
    let emil = bench.person("Emil Frank");
    let id = begin(&bench, "alumni-intro", BTreeMap::new(), emil);
    for found in [
        "LinkedIn lists you.",
        "I found you on LinkedIn.",
        "Our alumni page lists you.",
        "The page of your hospital names you.",
        "My dean named you.",
        "LinkedIn lists you. I saw your name there. Our school is on your page.",
        "",
    ] {
        let text = format!(
            "Dear Dr. Frank,\n\nI am Solange Baptiste, MS3 at Windward Isles College of Medicine, \
             where you graduated before me. {found}\n\nCould we speak by phone or video for 15 \
             minutes at an hour that suits you, so that I can hear how you chose?\n\nThank you \
             for reading this,\nSolange Baptiste"
        );
        assert_eq!(told(&bench, id, &text).len(), 1, "{text}");
        // With a part of one's own, in one's own place, it is another letter.
        let own = text.replace("\n\nCould", "\n\nYour second clot stays with me.\n\nCould");
        assert_eq!(told(&bench, id, &own), [], "{own}");
    }
}

#[test]
fn a_short_message_of_ones_own_is_ones_own() {
    let bench = vault();
    let ben = bench.person("Ben Okafor");
    for (template, text) in [
        (
            "report-back",
            "Dear Dr. Okafor,\n\nI read aloud now, as you said, and it helps.\n\nSolange",
        ),
        (
            "thank-you",
            "Dear Dr. Okafor,\n\nThank you for Thursday. I look at the old film first now.\n\nSolange",
        ),
        (
            "mentor-update",
            "Dear Dr. Okafor,\n\nI passed surgery.\n\nSolange Baptiste",
        ),
        (
            "apology",
            "Dear Dr. Okafor,\n\nI missed our call. The list comes tonight.\n\nSolange",
        ),
    ] {
        let id = begin(&bench, template, BTreeMap::new(), ben);
        assert_eq!(told(&bench, id, text), [], "{text}");
    }
    // A follow-up has no template: a word or two are enough, none are not.
    let first = sent(&bench, "Asha Rao", LIMB);
    let new = NewMessage {
        follows: Some(first),
        ..NewMessage::default()
    };
    let id = bench.desk.start_message(&new).expect("begun").result;
    assert_eq!(
        told(&bench, id, "Dear Dr. Rao,\n\nMonday suits.\n\nSolange"),
        []
    );
    let empty = told(&bench, id, "Dear Dr. Rao,\n\nThank you,\nSolange Baptiste");
    assert_eq!(empty.len(), 1);
    assert!(
        empty[0].message.contains("nothing in it is your own"),
        "{empty:?}"
    );
}
