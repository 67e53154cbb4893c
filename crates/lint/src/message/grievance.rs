//! grievance: bitterness about status without a step after it

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "grievance",
        level: Level::Warn,
        why: "A hardship with a plan earns help; bitterness asks the reader to share it.",
        source: &["S-170", "S-171", "lint.grievance"],
        scope: "every message",
        flags: &[
            Example::with("to=mentor", "They will never want islanders, full stop."),
            Example::with(
                "to=mentor",
                "Programs throw our applications in the bin before reading the name.",
            ),
            Example::with("to=mentor", "An island degree is a life sentence."),
            Example::with(
                "to=mentor",
                "However hard I work, they see the passport and stop reading.",
            ),
        ],
        allows: &[
            Example::with(
                "to=mentor",
                "Two sites said no to my school, so I now ask the clerkship office first.",
            ),
            Example::with("to=mentor", "Our school is on an island."),
            Example::with(
                "to=mentor",
                "As an IMG I need a visa; which programs sponsored one in your year?",
            ),
            Example::with("to=mentor", "The committee was kind to all of us."),
            Example::with(
                "to=mentor",
                "A resident laughed at my accent once; I asked him to repeat the word with me.",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::Grievance,
        applies: scope::everything,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "generalises with bitterness; name the fact, and what you do about it",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    for found in a.said("grievance") {
        let end = (found.sentence + 3).min(a.sentences.len());
        let solved = (found.sentence + 1..end)
            .any(|i| a.sentence_has(i, "solution") && !a.sentence_has(i, "solution-not"))
            || (a.sentence_has(found.sentence, "solution-follows")
                && !a.sentence_has(found.sentence, "solution-not"));
        if !solved {
            hits.push(hit(a, found.span));
            return;
        }
    }
}
