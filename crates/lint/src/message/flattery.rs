//! flattery: worship of the person

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "flattery",
        level: Level::Note,
        why: "Strong flattery did little better than plain words (vendor data). Praise one thing, and say what it changed.",
        source: &["lint.sentiment", "E-007"],
        scope: "every message",
        flags: &[
            Example::with("to=mentor", "No physician alive equals you."),
            Example::with("to=mentor", "You are my hero."),
        ],
        allows: &[
            Example::with("to=mentor", "The best twenty minutes of the congress."),
            Example::with("to=mentor", "Your talk was excellent."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Flattery,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "praises the person beyond measure; praise one thing that they did",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    for found in a.said("flattery") {
        hits.push(hit(a, found.span));
    }
}
