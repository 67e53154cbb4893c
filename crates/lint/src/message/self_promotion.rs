//! self-promotion: unasked achievements, or a comparison with others

use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "self-promotion",
        level: Level::Warn,
        why: "Readers remember who praised them to others, not who praised himself.",
        source: &["S-077"],
        scope: "every message but letter, advocacy and update letters",
        flags: &[
            Example::with("to=mentor", "Mine is the top score of our island."),
            Example::with(
                "to=mentor",
                "I scored 265 on Step 2. I won the anatomy prize.",
            ),
            Example::with("to=mentor", "Nobody in my year comes near to me."),
            Example::with("to=mentor", "They call me the wonder boy of the ward."),
            Example::with(
                "to=mentor",
                "In my own study I found the same a year before you.",
            ),
        ],
        allows: &[
            Example::with("to=mentor", "I worked as a scrub nurse for two years."),
            Example::with(
                "to=mentor; scenario=mentor-update",
                "I scored 265 on Step 2 and won the anatomy prize.",
            ),
            Example::with(
                "to=mentor",
                "I was second author on the poster that you saw.",
            ),
            Example::with(
                "to=mentor",
                "My classmate won the prize, and I am happy for her.",
            ),
            Example::with("to=mentor", "My score is lower than I hoped."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::SelfPromotion,
        applies,
        hit,
    }),
};

fn applies(a: &Analysis<'_>) -> bool {
    !matches!(
        a.message.scenario,
        Scenario::LetterRequest | Scenario::AdvocacyRequest | Scenario::MentorUpdate
    )
}

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "praises yourself; one plain fact that serves the message is enough",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !applies(a) {
        return;
    }
    let compared = a.said("comparison");
    let achievements = a.count_meant("achievement");
    let found = compared
        .first()
        .copied()
        .or_else(|| (achievements.len() >= 2).then(|| achievements[1]));
    if let Some(found) = found {
        hits.push(hit(a, found.span));
    }
}
