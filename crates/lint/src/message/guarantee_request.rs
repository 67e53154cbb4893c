//! guarantee-request: a named outcome asked to be made certain

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "guarantee-request",
        level: Level::Error,
        why: "Nobody may promise an outcome of the Match, and asking for it puts the reader in a false position. Check the current Match participation agreement.",
        source: &["S-101", "lint.match_rules"],
        scope: "every message",
        flags: &[
            Example::with(
                "phase=ranking; to=mentor",
                "Please put me at the top of your list.",
            ),
            Example::with(
                "phase=ranking; to=mentor",
                "Could you ask your director to rank me first?",
            ),
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
            Example::with("to=met-once", "Would you commit today to interviewing me?"),
            Example::with("to=met-once", "May I take it as agreed that I get a spot?"),
            Example::with(
                "to=mentor",
                "I want a written yes for the interview before I book the flight.",
            ),
            Example::with(
                "to=mentor",
                "Could you use your seat on the committee so that my name cannot be dropped?",
            ),
            Example::with(
                "to=mentor",
                "Speak to him so that there is no longer any risk for me there.",
            ),
            Example::with(
                "to=mentor",
                "And please do not stop until he has given his word that he will take me.",
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
            Example::with(
                "to=mentor",
                "Please make sure that I get feedback before the interview.",
            ),
            Example::with(
                "to=met-once",
                "Is the preliminary year guaranteed for every resident you match?",
            ),
        ],
        can_be_switched_off: false,
    },
    run,
    learned: Some(Learned {
        act: Act::GuaranteeRequest,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for an outcome that nobody may promise; ask for an opinion or advice instead",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    // A mutual deal on lists is a rank-promise alone.
    let deals: Vec<usize> = a.meant("rank-promise").iter().map(|m| m.sentence).collect();
    let mut asked = a.meant("guarantee-request");
    for pair in a.meant_in_pairs("guarantee-request-pair") {
        let is_near = |n: usize| (n..=n + 1).contains(&pair.sentence);
        if !asked.iter().any(|m| is_near(m.sentence)) && !deals.iter().any(|n| is_near(*n)) {
            asked.push(pair);
        }
    }
    for found in asked {
        if deals.contains(&found.sentence) && a.sentence_has(found.sentence, "rank-deal") {
            continue;
        }
        hits.push(hit(a, found.span));
    }
}
