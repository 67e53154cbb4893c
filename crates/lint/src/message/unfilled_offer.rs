//! unfilled-offer: help offered without naming a task

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "unfilled-offer",
        level: Level::Warn,
        why: "\"Anything\" is work for the reader; a named task can be accepted in a word.",
        source: &["S-166"],
        scope: "every message but public posts",
        flags: &[
            Example::with("to=mentor", "Lend me to whichever chore you dislike."),
            Example::with("to=mentor", "I am happy to help with anything you need."),
            Example::with("to=mentor", "I am at your disposal."),
            Example::with("to=mentor", "Let me know how I can help."),
            Example::with(
                "to=mentor",
                "My two hands are yours, for what you want, when you want.",
            ),
        ],
        allows: &[
            Example::with(
                "to=mentor",
                "I could screen abstracts or tidy the survey data.",
            ),
            Example::with("to=mentor", "Thank you for anything you can share."),
            Example::with(
                "to=mentor",
                "If you need somebody to translate the form, I can.",
            ),
            Example::with("to=mentor", "Is there anything I should read before?"),
            Example::with(
                "to=mentor",
                "I can bring the phantom and anything that goes with it.",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::UnfilledOffer,
        applies: scope::conversations,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "offers help without a task; name one, such as screening abstracts",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::conversations(a) {
        return;
    }
    let pairs = a.said_in_pairs("unfilled-offer-pair");
    for found in a.said("unfilled-offer").into_iter().chain(pairs) {
        hits.push(hit(a, found.span));
    }
}
