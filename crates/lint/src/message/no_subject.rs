//! no-subject: an e-mail without a subject

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Channel, Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-subject",
        level: Level::Error,
        why: "Of the mails without a subject, only one in seven was answered (vendor data, other settings).",
        source: &["lint.subject", "E-005"],
        scope: "e-mail",
        flags: &[Example::with("subject=	", "Dear Dr. Ferrand-Ochoa,")],
        allows: &[
            Example::with("subject=Saturday", "Dear Dr. Ferrand-Ochoa,"),
            Example::with("channel=linkedin-note", "Hello."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.channel != Channel::Email {
        return;
    }
    if a.message
        .subject
        .as_deref()
        .is_none_or(|s| s.trim().is_empty())
    {
        hits.push(Hit::whole(
            "the e-mail has no subject; three or four words on what it is about would do",
        ));
    }
}
