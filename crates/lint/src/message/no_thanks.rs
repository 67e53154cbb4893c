//! no-thanks: a follow-up without thanks

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-thanks",
        level: Level::Warn,
        why: "Thanks cost a line, and their absence is remembered.",
        source: &["S-081", "E-014"],
        scope: "follow-ups, interview thank-yous, and a first e-mail that asks nothing",
        flags: &[Example::with(
            "scenario=conference-followup; to=met-once",
            "What a lively round table that was.",
        )],
        allows: &[
            Example::with(
                "scenario=thank-you; to=mentor",
                "Your advice worked.\n\nWith gratitude,\nSolange",
            ),
            Example::with("to=mentor", "See you on Monday."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let message = a.message;
    let follows = message.is_follow_up() || message.scenario == Scenario::InterviewThankYou;
    let bare = message.is_cold_email() && !a.asks() && !a.has("looking-forward");
    if (follows || bare) && !a.has("thanks") {
        hits.push(Hit::whole("no thanks anywhere; say what for, in a line"));
    }
}
