//! duties-missing: a wish to watch without a word on own duties

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "duties-missing",
        level: Level::Warn,
        why: "A team lends its student only when the ward does not suffer.",
        source: &["S-154"],
        scope: "requests to shadow",
        flags: &[
            Example::with(
                "scenario=shadow-request; to=met-once",
                "May I watch on Monday? My classmates will do my notes.",
            ),
            Example::with(
                "scenario=shadow-request; to=met-once",
                "May I watch on Monday from eight to noon?",
            ),
        ],
        allows: &[
            Example::with(
                "scenario=shadow-request; to=met-once",
                "I would come only after sign-out of my ward list.",
            ),
            Example::with(
                "scenario=shadow-request; to=met-once",
                "May I watch until ten? From then I am covering the floor.",
            ),
            Example::with("to=met-once", "May I watch on Monday?"),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.scenario != Scenario::ShadowRequest {
        return;
    }
    if !a.has_unexcused("duties") {
        hits.push(Hit::whole(
            "does not say that your own duties come first; half a sentence will do",
        ));
    }
}
