//! rank-question: a question about the place on a rank list

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "rank-question",
        level: Level::Error,
        why: "Programs must not be asked where you stand, and asking can be reported. Check the current Match participation agreement.",
        source: &["S-211", "E-040", "lint.match_rules"],
        scope: "messages in application, interview and ranking season",
        flags: &[
            Example::with(
                "phase=ranking; to=met-once",
                "Am I still in the race at your hospital?",
            ),
            Example::with("phase=ranking", "Which tier of your list am I in?"),
            Example::with("phase=interview", "Could you give me a hint where I stand?"),
            Example::with("phase=ranking", "Will you rank me?"),
            Example::with("phase=ranking", "Am I ranked to match?"),
            Example::with(
                "phase=ranking; to=met-once",
                "How many names stand before mine?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Should I start to look for a flat near your hospital?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "If the director lets slip where I landed, would you pass it on to me?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Did the committee warm to me at all?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "You sat in the meeting, so you know my number. Whisper it?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "If the Match took place tonight, would I be waking up in your city?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Am I a front-runner or a filler?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Could you ask Dr. Pell how I was received?",
            ),
        ],
        allows: &[
            Example::with(
                "phase=ranking; to=met-once",
                "Did I convince you to try the mango cake?",
            ),
            Example::with("phase=ranking", "How do you rank these three textbooks?"),
            Example::with(
                "phase=ranking",
                "I am not asking where I stand on your list.",
            ),
            Example::with(
                "phase=ranking",
                "Could you give me feedback on my interview?",
            ),
            Example::plain("Which tier of your list am I in?"),
            Example::with(
                "phase=ranking; to=met-once",
                "Would you look at my own rank list with me on Friday?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Where do I stand during the procedure so that I am not in the way?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "My class rank is 12 of 90; should it stand in my CV?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Could I be placed on the waiting list of the workshop?",
            ),
            Example::with(
                "phase=interview; to=met-once",
                "Which part should I speak about first when they ask me about myself?",
            ),
            Example::with(
                "phase=ranking",
                "Am I right that the list closes at nine in the evening?",
            ),
        ],
        can_be_switched_off: false,
    },
    run,
    learned: Some(Learned {
        act: Act::RankQuestion,
        applies: scope::match_season,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks where you stand on a list, which programs must not be asked; leave it out, or ask for feedback on the interview",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::match_season(a) {
        return;
    }
    // A deal on lists is a promise sought, and being placed is a guarantee.
    let mut deals: Vec<usize> = a.meant("rank-promise").iter().map(|m| m.sentence).collect();
    deals.extend(
        a.meant_in_pairs("rank-promise-pair")
            .iter()
            .map(|m| m.sentence),
    );
    let placings = a.meant("guarantee-request");
    deals.extend(
        placings
            .iter()
            .map(|m| m.sentence)
            .filter(|sentence| !a.sentence_has(*sentence, "seeks")),
    );
    let mut asked = a.meant("rank-question");
    for pair in a.meant_in_pairs("rank-question-pair") {
        if !asked.iter().any(|m| m.sentence == pair.sentence) {
            asked.push(pair);
        }
    }
    for found in asked {
        if deals.contains(&found.sentence) {
            continue;
        }
        hits.push(hit(a, found.span));
    }
}
