//! several-asks: two errands in one message

use crate::analysis::{Analysis, Request};
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "several-asks",
        level: Level::Error,
        why: "One clear ask is answered; two are put off.",
        source: &["S-041", "S-098"],
        scope: "every message but public posts",
        flags: &[
            Example::plain(
                "1. Could we call for 15 minutes?\n2. Could you send me a list of names?",
            ),
            Example::with(
                "to=mentor",
                "Could we speak for 15 minutes, and would you edit my essay?",
            ),
            Example::with(
                "to=mentor",
                "I have two requests. To correct my page, and to give me the name of the lady of the visas.",
            ),
            Example::plain(
                "Could you introduce me to Dr. Rao? And please send me the slides of your talk.",
            ),
        ],
        allows: &[
            Example::with(
                "to=mentor",
                "Could we speak for 15 minutes, or would two lines by e-mail be easier?",
            ),
            Example::with(
                "to=mentor",
                "Could you ask her and, if she agrees, connect us?",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::SeveralAsks,
        applies,
        hit,
    }),
};

/// For conversations; where the classifier alone sees several, one of them may be
/// the letter, which has a code of its own.
fn applies(a: &Analysis<'_>) -> bool {
    is_for(a) && a.letter_ask().is_none()
}

fn is_for(a: &Analysis<'_>) -> bool {
    !a.message.channel.is_public() && a.message.scenario != Scenario::MeetingPrep
}

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "a second ask; keep one, and leave the other for the next letter",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !is_for(a) {
        return;
    }
    if let Some(told) = a.meant("asks-announced").first() {
        hits.push(hit(a, told.span));
        return;
    }
    let mut kinds: Vec<&str> = Vec::new();
    for request in a.requests() {
        if kinds.contains(&request.kind) || merges(a, &request, &kinds) {
            continue;
        }
        kinds.push(request.kind);
        if kinds.len() == 2 {
            let is_numbered = is_numbered(a, request.sentence);
            hits.push(hit(a, request.span).settled(is_numbered));
        }
    }
}

/// Returns whether a sentence is an item of a numbered list: "2. Could you …".
fn is_numbered(a: &Analysis<'_>, sentence: usize) -> bool {
    let before = a.text[..a.sentences[sentence].start].trim_end();
    let number = before.strip_suffix(['.', ')']).unwrap_or_default();
    number.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a request belongs to one before it: an alternative, a step of
/// the same errand, or an ask with a code of its own.
fn merges(a: &Analysis<'_>, request: &Request, kinds: &[&str]) -> bool {
    if a.has_own_code(request.sentence) {
        return true;
    }
    let Some(first) = kinds.first() else {
        return false;
    };
    // Names and an introduction are one errand, and so are watching and meeting.
    let pair =
        |x: &str, y: &str| (*first == x && request.kind == y) || (*first == y && request.kind == x);
    pair("ask-names", "ask-intro")
        || pair("ask-meeting", "ask-observe")
        || pair("ask-join", "ask-observe")
        || pair("ask-forward", "ask-intro")
        || a.sentence_has(request.sentence, "ask-alternative")
}
