//! duration-missing: a meeting asked for without its length

use crate::analysis::{Analysis, measures};
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "duration-missing",
        level: Level::Error,
        why: "A stranger who knows how long it takes can say yes at once.",
        source: &["S-098", "S-073", "S-159", "E-008"],
        scope: "first contact",
        flags: &[Example::plain("May I phone you on Sunday?")],
        allows: &[
            Example::plain("May I phone you for ten minutes on Sunday?"),
            Example::plain("Could you write me one line on this?"),
            Example::with("to=mentor", "May I phone you on Sunday?"),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::MeetingAsk,
        applies,
        hit,
    }),
};

/// For first contacts; where the classifier alone sees that a meeting is asked
/// for, any length in the text may be the meeting's.
fn applies(a: &Analysis<'_>) -> bool {
    a.message.is_first_contact() && !(0..a.sentences.len()).any(|i| has_length(a, i))
}

fn has_length(a: &Analysis<'_>, sentence: usize) -> bool {
    !measures::minutes(&a.sentences[sentence]).is_empty() || a.sentence_has(sentence, "scope")
}

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for a meeting without its length; \"for ten minutes\" would do",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_first_contact() {
        return;
    }
    let requests = a.requests_of("ask-meeting");
    let Some(first) = requests.first() else {
        return;
    };
    let is_bounded = requests.iter().any(|request| {
        let from = request.sentence.saturating_sub(1);
        let to = (request.sentence + 2).min(a.sentences.len());
        (from..to).any(|i| has_length(a, i))
    });
    if !is_bounded {
        hits.push(hit(a, first.span));
    }
}
