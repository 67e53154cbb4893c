//! no-packet: a letter asked for without the papers

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-packet",
        level: Level::Warn,
        why: "A writer with CV, statement and a list of accomplishments writes of facts.",
        source: &["S-123"],
        scope: "letter-request to people worked with, mentors and advocates",
        flags: &[Example::with(
            "to=mentor; scenario=letter-request",
            "Could you write me a letter? My CV follows once it is proofread.",
        )],
        allows: &[
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you write me a letter? On Friday you received CV, statement and my list of accomplishments.",
            ),
            Example::with("to=mentor", "Could you write me a letter?"),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.scenario != Scenario::LetterRequest || a.message.is_to_near_stranger() {
        return;
    }
    let missing: Vec<&str> = [
        ("packet-cv", "CV"),
        ("packet-statement", "statement"),
        ("packet-list", "list of accomplishments"),
    ]
    .into_iter()
    .filter(|(group, _)| !is_supplied(a, group))
    .map(|(_, name)| name)
    .collect();
    if !missing.is_empty() {
        hits.push(Hit::whole(format!(
            "does not supply: {}; attach them, or say where they are",
            missing.join(", ")
        )));
    }
}

/// Returns whether a sentence supplies the paper: it names it, says that it is
/// there, and takes nothing back.
fn is_supplied(a: &Analysis<'_>, paper: &str) -> bool {
    (0..a.sentences.len()).any(|i| {
        a.sentence_has(i, paper)
            && a.sentence_has(i, "packet-supplied")
            && !a.sentence_has(i, "packet-missing")
    })
}
