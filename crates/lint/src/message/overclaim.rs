//! overclaim: competence or standing that a student does not have

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "overclaim",
        level: Level::Warn,
        why: "Claims beyond a student's role frighten those who answer for patients.",
        source: &["S-036"],
        scope: "every message",
        flags: &[
            Example::with("to=mentor", "I run biopsies unsupervised."),
            Example::with("to=mentor", "I am an expert in embolization."),
            Example::with("to=mentor", "I place central lines alone."),
            Example::with("to=mentor", "Attendings ask me how to read the scans."),
            Example::with("to=mentor", "I speak for all Caribbean students."),
        ],
        allows: &[
            Example::with("to=mentor", "I have held the probe twice, guided."),
            Example::with(
                "to=mentor",
                "I hope to become an interventional radiologist.",
            ),
            Example::with("to=mentor", "I did the data cleaning alone."),
            Example::with(
                "to=mentor",
                "I practised the puncture alone on the phantom.",
            ),
            Example::with(
                "to=mentor",
                "I want to be able to do a biopsy alone one day.",
            ),
            Example::with("to=mentor", "My own patients on the ward come first."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Overclaim,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "claims more than a student may do; say what you watched or assisted",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    for found in a.said("overclaim") {
        hits.push(hit(a, found.span));
    }
}
