//! placeholder-left: a blank of the template is unfilled.

use crate::analysis::{Analysis, blanks};
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "placeholder-left",
        level: Level::Error,
        why: "A blank that is still there tells the reader that the letter was made for anybody.",
        source: &["S-217", "lint.placeholders"],
        scope: "every message, text and subject",
        flags: &[
            Example::plain("Dear Dr. Ferrand-Ochoa,\n\nI enjoyed [title of webinar]."),
            Example::plain("Dear {{name}}, a question."),
            Example::plain("I study at <insert school> and TODO say why."),
            Example::with("subject=Question about [topic]", "Dear Dr. Ferrand-Ochoa,"),
            Example::with("to=mentor", "Could I ring you for [10/15/20] minutes?"),
        ],
        allows: &[
            Example::plain("Others saw it too [Smith in press]."),
            Example::plain("It bled less, as others found [7, 9]."),
            Example::plain("\"He were [sic] well […]\", with a hazard of 0.7 [0.5 to 0.9]."),
            Example::plain("Write to me at <solange@windward.example>."),
            Example::with(
                "to=mentor",
                "They ask for the insurance number [policy, not mine].",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if let Some(subject) = &a.message.subject {
        for (start, end) in blanks::blanks(subject) {
            hits.push(Hit::whole(format!(
                "the subject still holds the blank \"{}\"; write what belongs there",
                &subject[start..end]
            )));
        }
    }
    for &(start, end) in &a.blanks {
        let blank = &a.message.text[start..end];
        hits.push(Hit::at(
            (start, end),
            format!("\"{blank}\" is a blank that nobody filled; write what belongs there, or take it out"),
        ));
    }
}
