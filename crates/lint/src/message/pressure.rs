//! pressure: an answer demanded, or the reader blamed

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "pressure",
        level: Level::Warn,
        why: "People help those who leave them free to say no.",
        source: &["S-167", "S-120"],
        scope: "every message but public posts",
        flags: &[
            Example::plain("If you refuse, I will tell your chief."),
            Example::with(
                "to=mentor",
                "Answer before noon; my whole year hangs on you.",
            ),
            Example::with("to=mentor", "This is my third e-mail and still no answer."),
            Example::with(
                "to=mentor",
                "Please confirm within 24 hours or I take the other place.",
            ),
            Example::with(
                "to=mentor",
                "I gave up my holidays for your project, so the least you can do is to sign.",
            ),
            Example::with("to=mentor", "If this fails it is on you."),
        ],
        allows: &[
            Example::plain("If you say no I will understand."),
            Example::with(
                "to=mentor",
                "The form closes on 2 October; a no is no trouble.",
            ),
            Example::with("to=mentor", "Would Thursday this week suit you?"),
            Example::with("to=mentor", "I will send the figure by Monday."),
            Example::with("to=mentor", "May I remind you in two weeks?"),
            Example::with("to=mentor", "Could we speak on Thursday this week?"),
            Example::with(
                "to=mentor",
                "I have no money for a second trip, so I ask early.",
            ),
            Example::with("to=mentor", "We still wait for the reply of the journal."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Pressure,
        applies: scope::conversations,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "presses the reader; state the outside date plainly, and leave a way out",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::conversations(a) {
        return;
    }
    let pairs = a.said_in_pairs("pressure-pair");
    for found in a.said("pressure").into_iter().chain(pairs) {
        hits.push(hit(a, found.span));
    }
}
