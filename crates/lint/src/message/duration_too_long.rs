//! duration-too-long: more time asked than the occasion bears

use crate::analysis::{Analysis, measures};
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "duration-too-long",
        level: Level::Error,
        why: "A short meeting is granted more easily, and can always grow.",
        source: &["S-050", "S-073", "S-118", "S-153", "S-159", "E-026"],
        scope: "every message but public posts",
        flags: &[
            Example::plain("Could we speak for an hour?"),
            Example::plain("Could we speak? 30 min is enough."),
            Example::with(
                "scenario=pre-conference",
                "Would you have half an hour at the congress?",
            ),
            Example::with(
                "scenario=img-resident",
                "Could we talk for 20 to 25 minutes?",
            ),
            Example::with(
                "scenario=shadow-request; to=met-once",
                "May I shadow you for two weeks?",
            ),
        ],
        allows: &[
            Example::plain("Could we speak for a sixth of an hour?"),
            Example::with(
                "scenario=shadow-request",
                "May I watch for a half-day or two?",
            ),
            Example::plain("Our forty minutes in June were fun."),
            Example::plain("Could we speak for 15 minutes?"),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.channel.is_public() {
        return;
    }
    let limit = match a.message.scenario {
        Scenario::AlumniIntro | Scenario::PreConference | Scenario::TalkApproach => 15.0,
        _ => 20.0,
    };
    for request in a.requests_of("ask-meeting") {
        let longest = asked_minutes(a, request.sentence);
        if longest > limit {
            hits.push(Hit::at(
                request.span,
                format!("asks for {longest:.0} minutes; here at most {limit:.0} would do"),
            ));
        }
    }
    for request in a.requests_of("ask-observe") {
        let longest = measures::days(&a.sentences[request.sentence])
            .into_iter()
            .fold(0.0, f64::max);
        if longest > f64::from(a.settings.shadow_days)
            && !a.sentence_has(request.sentence, "past-time")
        {
            hits.push(Hit::at(
                request.span,
                format!(
                    "asks to watch for {longest:.0} days; at most {} would do",
                    a.settings.shadow_days
                ),
            ));
        }
    }
}

/// Returns the longest time that is asked for: in the asking sentence, else in
/// its neighbours, what is past left out.
fn asked_minutes(a: &Analysis<'_>, asking: usize) -> f64 {
    let longest = |i: usize| {
        if a.sentence_has(i, "past-time") {
            return 0.0;
        }
        measures::minutes(&a.sentences[i])
            .into_iter()
            .fold(0.0, f64::max)
    };
    let own = longest(asking);
    if own > 0.0 || a.sentence_has(asking, "past-time") {
        return own;
    }
    let next = (asking + 1 < a.sentences.len()).then(|| longest(asking + 1));
    let before = asking.checked_sub(1).map(longest);
    next.filter(|n| *n > 0.0).or(before).unwrap_or(0.0)
}
