//! guarantee-request: a named outcome asked to be made certain

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "guarantee-request",
        level: Level::Error,
        why: "Nobody may promise an outcome of the Match, and asking for it puts the reader in a false position.",
        source: &["S-101", "lint.match_rules"],
        scope: "every message",
        flags: &[
            Example::with(
                "to=mentor; phase=interview",
                "Please see to it that Tallgrass invites me.",
            ),
            Example::with(
                "to=mentor; phase=interview",
                "Could you open the back door of the program for me?",
            ),
            Example::plain("I want it settled that Tallgrass will match me."),
            Example::plain("Can you guarantee me an interview?"),
            Example::plain("Could you pull some strings with the director for my place?"),
            Example::plain("Please make sure that I match at your program."),
            Example::with(
                "to=mentor",
                "With one call you could make my interview a done deal; would you?",
            ),
            Example::with("to=mentor", "Tell them they must take me."),
            Example::with(
                "to=mentor",
                "Please see that I do not end up without a seat.",
            ),
        ],
        allows: &[
            Example::with(
                "to=mentor",
                "Could you help me to arrange my interview days so that they do not clash?",
            ),
            Example::plain("No promises expected; what is your opinion of the rotation?"),
            Example::plain("I know that nobody can guarantee an interview."),
            Example::plain("I promise to return the book on Monday."),
            Example::plain("Does an away rotation guarantee an interview?"),
            Example::with(
                "to=mentor",
                "Can you make sure the room is booked for the interview practice?",
            ),
            Example::with(
                "to=mentor",
                "I want to be certain about the dose, so I looked it up twice.",
            ),
            Example::with("to=mentor", "Could you save me a seat at the lecture?"),
        ],
        can_be_switched_off: true,
    },
    run,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    // A mutual deal on lists is a rank-promise alone.
    let deals: Vec<usize> = a.meant("rank-promise").iter().map(|m| m.sentence).collect();
    for found in a.meant("guarantee-request") {
        if deals.contains(&found.sentence) && a.sentence_has(found.sentence, "rank-deal") {
            continue;
        }
        hits.push(Hit::at(
            found.span,
            "asks for an outcome that nobody may promise; ask for an opinion or advice instead",
        ));
    }
}
