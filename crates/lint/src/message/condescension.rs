//! condescension: talk down to the reader, or of others

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "condescension",
        level: Level::Note,
        why: "The reader may be one of those who are belittled, and works with them in any case.",
        source: &["lint.inclusive"],
        scope: "every message",
        flags: &[
            Example::with(
                "to=mentor",
                "Clerks rarely understand this, so read it twice.",
            ),
            Example::with("to=mentor", "Even you could understand this paper."),
            Example::with("to=mentor", "Any idiot can read a chest film."),
        ],
        allows: &[
            Example::with("to=mentor", "Of course I will bring my own lead."),
            Example::with("to=mentor", "I am only a student."),
            Example::with("to=mentor", "I am only a second-year student."),
            Example::with("to=mentor", "Even I understood it."),
            Example::with(
                "to=mentor",
                "The nurses understood the problem before we did.",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Condescension,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "talks down; say it without a word on what others can grasp",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    for found in a.said("condescension") {
        hits.push(hit(a, found.span));
    }
}
