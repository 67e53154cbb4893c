//! attachment-first-contact: a file that comes with a first contact

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "attachment-first-contact",
        level: Level::Note,
        why: "Attachments from strangers are not opened, and outreach mail with them was answered less often (vendor data).",
        source: &["lint.attachment", "E-011"],
        scope: "first contact",
        flags: &[
            Example::plain("My transcript is enclosed."),
            Example::plain("Please find attached my CV."),
        ],
        allows: &[
            Example::plain("I can send a page if it helps."),
            Example::plain("Nothing is attached."),
            Example::plain("My surgical attachment in Kingston ended in May."),
            Example::with("to=mentor", "My CV is attached."),
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
    for found in a.meant("attachment") {
        hits.push(Hit::at(
            found.span,
            "a first contact carries no attachment; offer to send it",
        ));
    }
}
