//! no-ask: a first contact that asks for nothing

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-ask",
        level: Level::Error,
        why: "A text that greets, tells and ends leaves the reader nothing to do.",
        source: &["S-098", "S-097", "lint.one_ask"],
        scope: "first contact, except after a talk",
        flags: &[
            Example::plain("May you have a quiet shift."),
            Example::plain("Greetings from your old school; the mango tree still stands."),
        ],
        allows: &[
            Example::plain("Any pointer on where to start would be a great help."),
            Example::plain("Would you have ten minutes?"),
            Example::with("to=mentor", "The paper is out."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_first_contact() || a.message.scenario == Scenario::PostTalkFollowup {
        return;
    }
    if !a.asks() {
        hits.push(Hit::whole("asks for nothing; end with one small question"));
    }
}
