//! short-acquaintance-letter: a letter asked of somebody known for less than three months

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "short-acquaintance-letter",
        level: Level::Warn,
        why: "A letter is strong when its writer has watched for more than two to three months; ten logged working days soften that.",
        source: &["S-122", "rules.letter_acquaintance"],
        scope: "letter asks to people worked with, mentors and advocates",
        flags: &[Example::with(
            "to=worked-with; days=40",
            "Could you write me a letter?",
        )],
        allows: &[
            Example::with("to=worked-with; days=95", "Could you write me a letter?"),
            Example::with("to=worked-with; days=40", "Thank you for the call."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.is_to_near_stranger() {
        return;
    }
    let Some(ask) = a.letter_ask() else {
        return;
    };
    let days = a.message.recipient.acquainted_days;
    if days >= FEWEST_DAYS {
        return;
    }
    let hit = Hit::at(
        ask.span,
        format!("known for {days} days; after {FEWEST_DAYS} a letter says more"),
    );
    let worked = a.message.recipient.working_days.unwrap_or(0);
    hits.push(if worked >= ENOUGH_WORKING_DAYS {
        hit.level(Level::Note)
    } else {
        hit
    });
}

/// Days of acquaintance from which a letter may be asked for (networking.toml,
/// `rules.letter_acquaintance`).
const FEWEST_DAYS: u32 = 90;
/// Working days together that soften the warning (our choice, same section).
const ENOUGH_WORKING_DAYS: u32 = 10;
