//! case-narrative: a patient whom readers could name from the story

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "case-narrative",
        level: Level::Warn,
        why: "A story can tell who the patient was without any listed identifier. Silence of this rule does not prove de-identification.",
        source: &["S-176", "E-035", "hipaa.safe_harbor"],
        scope: "every message; an error in public and in case summaries",
        flags: &[
            Example::with("to=mentor", "The finance minister bled after biopsy."),
            Example::with(
                "channel=post; role=audience",
                "The last lighthouse keeper of our coast came in with a leak.",
            ),
            Example::with(
                "to=mentor",
                "The mayor of our town came with a bleeding ulcer.",
            ),
            Example::with("to=mentor", "Our only helicopter pilot has cirrhosis."),
            Example::with(
                "to=mentor",
                "The man whom the paper photographed after the bus crash had an embolization.",
            ),
        ],
        allows: &[
            Example::with(
                "channel=post; role=audience",
                "In blunt splenic injury one coil may not be enough.",
            ),
            Example::with(
                "to=mentor",
                "The president of our radiology club invited Dr. Ruiz to talk about embolization.",
            ),
            Example::with(
                "to=mentor",
                "A man with cirrhosis bled; I learned how long the team waits before a TIPS.",
            ),
            Example::with(
                "to=mentor",
                "The chief resident showed us how to drain an abscess.",
            ),
        ],
        can_be_switched_off: false,
    },
    run,
    learned: Some(Learned {
        act: Act::CaseNarrative,
        applies: scope::real_patients,
        hit,
    }),
};

fn hit(a: &Analysis<'_>, span: (usize, usize)) -> Hit {
    let message = a.message;
    let open = message.channel.is_public() || message.scenario == Scenario::CaseSummary;
    let level = if open { Level::Error } else { Level::Warn };
    Hit::at(
        span,
        "readers could name this patient from the story; keep the lesson, and drop who it was",
    )
    .level(level)
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::real_patients(a) {
        return;
    }
    let one = a.told("case-narrative");
    let found = one
        .into_iter()
        .chain(a.told_in_pairs("case-narrative-pair"))
        .next();
    if let Some(found) = found {
        hits.push(hit(a, found.span));
    }
}
