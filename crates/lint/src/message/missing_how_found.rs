//! missing-how-found: a first contact that does not say where the name comes from

use super::not_personal;
use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "missing-how-found",
        level: Level::Warn,
        why: "How you came across a person is the first reason to answer you.",
        source: &["S-160", "S-049", "S-158"],
        scope: "first contact, except at and after a talk",
        flags: &[Example::plain(
            "I am choosing electives and would value your view.",
        )],
        allows: &[
            Example::plain("Your night float panel taught me more than my atlas."),
            Example::plain("Ms. Abara on the ward said to ask you."),
            Example::plain("I follow your posts."),
            Example::plain("My aunt has clipped for me your column on night calls."),
            Example::plain("Your worksheet got to me third-hand."),
            Example::plain("I found your address on the page of the hospital."),
            Example::with("scenario=talk-approach", "One question, please."),
            Example::with("to=mentor", "One question."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_first_contact()
        || matches!(
            a.message.scenario,
            Scenario::TalkApproach | Scenario::PostTalkFollowup
        )
    {
        return;
    }
    if !a.has_unexcused("how-found") && !not_personal::tells_of_their_work(a) {
        hits.push(Hit::whole("does not say how you found this person; one clause is enough, such as the page that lists them or who sent you"));
    }
}
