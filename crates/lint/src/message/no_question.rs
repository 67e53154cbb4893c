//! no-question: a first contact without a question mark

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-question",
        level: Level::Note,
        why: "Mail with one to three questions was answered more often than mail with none (vendor data, other settings).",
        source: &["lint.questions", "E-004"],
        scope: "first contact",
        flags: &[Example::plain("I would be glad of ten minutes on Monday.")],
        allows: &[
            Example::plain("Would ten minutes on Monday suit you?"),
            Example::with("to=mentor", "Thank you."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_first_contact() {
        return;
    }
    if !a.text.contains(['?', '？'].as_slice()) {
        hits.push(Hit::whole(
            "no direct question; end the ask with one question mark",
        ));
    }
}
