//! political: a partisan statement

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "political",
        level: Level::Warn,
        why: "A small field holds every opinion, and people on both sides decide about you.",
        source: &["S-175"],
        scope: "every message",
        flags: &[
            Example::with(
                "to=mentor",
                "Whoever backs that senator should leave medicine.",
            ),
            Example::with("to=mentor", "Vote the governor out in November."),
            Example::with("to=mentor", "Left-wing nonsense is taking over medicine."),
        ],
        allows: &[
            Example::plain("The party after the congress was fun."),
            Example::with("to=mentor", "Which visa did your program sponsor?"),
            Example::with("to=mentor", "The committee voted on the new policy."),
            Example::with("to=mentor", "The committee voted for the new curriculum."),
            Example::with("to=mentor", "We used a conservative threshold."),
            Example::with("to=mentor", "The minister of health opened the new wing."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Political,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(span, "takes a side in politics; leave it out")
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    for found in a.said("political") {
        hits.push(hit(a, found.span));
    }
}
