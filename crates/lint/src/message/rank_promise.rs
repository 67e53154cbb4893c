//! rank-promise: a commitment about rank lists offered, sought or traded

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "rank-promise",
        level: Level::Error,
        why: "Lists are made alone: a commitment must not be asked for, traded or conditioned, and a promise binds nobody. Check the current Match participation agreement.",
        source: &["S-211", "E-040", "E-041", "lint.match_rules"],
        scope: "messages in application, interview and ranking season",
        flags: &[
            Example::with(
                "phase=ranking",
                "Pledge me a spot and your program tops my list.",
            ),
            Example::with("phase=ranking", "I will rank you first if you rank me."),
            Example::with("phase=ranking", "I will rank your program first."),
            Example::with(
                "phase=ranking; to=met-once",
                "If your office keeps my file on the topmost side, I shall be keeping your hospital on mine likewise.",
            ),
            Example::with("phase=interview", "Could we agree to put each other first?"),
            Example::with(
                "phase=ranking; to=met-once",
                "The minute I hear that I am safe with you, Tallgrass goes on line one.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "You take me, I take you, and nobody has to write it down.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Tallgrass sits at the top of my list, and that will not change.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "My vote is yours, may I hope that yours is mine?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "You keep a seat warm for me, I keep the first line warm for you.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Be honest: if I commit, will you?",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "I'd commit today if your program did too.",
            ),
        ],
        allows: &[
            Example::with("phase=ranking", "I promise to return the book."),
            Example::with("phase=ranking", "I liked your program best."),
            Example::plain("I will rank your program first."),
            Example::plain("Your rounds stayed with me: you let us read the films first."),
            Example::with(
                "phase=ranking",
                "I know that programs may not ask for a commitment about rank lists.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "I will not tell any program how I rank it.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "My adviser told me to rank by preference and to promise nothing.",
            ),
            Example::with(
                "phase=ranking; to=met-once",
                "Number one on my list of questions is the call system.",
            ),
            Example::with(
                "phase=interview",
                "I still present with the problem list first, as you taught us.",
            ),
            Example::with(
                "phase=application",
                "Please put Kim's name in front of mine on the abstract.",
            ),
        ],
        can_be_switched_off: false,
    },
    run,
    learned: Some(Learned {
        act: Act::RankPromise,
        applies: scope::match_season,
        hit,
    }),
};

/// Says what was found by the classifier, which does not know a deal from what
/// is volunteered: a question or a condition makes one.
fn hit(a: &Analysis<'_>, span: (usize, usize)) -> Hit {
    let mut inside = a
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, s)| span.0 <= s.start && s.end <= span.1);
    if inside.any(|(i, s)| s.is_question || a.has_in_unexcused(i, "rank-deal")) {
        deal(span)
    } else {
        volunteered(span)
    }
}

fn deal(span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "seeks or trades a commitment about rank lists; take it out",
    )
}

fn volunteered(span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "volunteers how you will rank; fair only when it is true and said to one program",
    )
    .level(Level::Warn)
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::match_season(a) {
        return;
    }
    // A plain statement may be volunteered; a condition or an ask makes a deal
    // of it, and the deal is what there is to say.
    let (mut deals, plain): (Vec<_>, Vec<_>) = a.meant("rank-promise").into_iter().partition(|m| {
        a.sentences[m.sentence].is_question || a.has_in_unexcused(m.sentence, "rank-deal")
    });
    deals.extend(a.meant_in_pairs("rank-promise-pair"));
    // An adviser may hear of the list; it is the program that is promised to.
    let to_program = |sentence| {
        a.message.channel.is_public() || a.sentence_has(sentence, "rank-promise-addressed")
    };
    if deals.is_empty() {
        let plain = plain.into_iter().filter(|m| to_program(m.sentence));
        hits.extend(plain.map(|found| volunteered(found.span)));
    }
    deals.sort_by_key(|m| m.sentence);
    deals.dedup_by_key(|m| m.sentence);
    hits.extend(deals.into_iter().map(|found| deal(found.span)));
}
