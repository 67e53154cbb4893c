//! What the classifier has to say to the findings of the patterns.

use super::{RULES, is_on};
use crate::analysis::Analysis;
use crate::classifier::{Act, Classifier, Read, strongest};
use crate::rule::{Hit, Learned};
use crate::{Message, Rule, Settings};

/// Rules of which a passage breaks one at most: each has a code of its own for
/// what is asked.
const ASKS: [&str; 8] = [
    "rank-question",
    "rank-promise",
    "guarantee-request",
    "job-request",
    "letter-from-stranger",
    "exaggeration-request",
    "vague-ask",
    "several-asks",
];

fn is_ask(rule: &Rule) -> bool {
    ASKS.contains(&rule.meta.name)
}

fn overlap(one: (usize, usize), two: (usize, usize)) -> bool {
    one.0 < two.1 && two.0 < one.1
}

/// Takes back what the classifier holds for a mistake, and adds what only the
/// classifier sees, the surest first and one of a code.
pub(super) fn hear(
    analysis: &Analysis<'_>,
    settings: &Settings,
    found: &mut Vec<(&'static Rule, Hit)>,
) {
    if !settings.classifier {
        return;
    }
    found.retain(|(rule, hit)| match (&rule.learned, hit.span) {
        (Some(learned), Some(span)) => {
            let sure = format!("{}-sure", rule.meta.name);
            let mut sentences = analysis.sentences_in(span);
            hit.is_settled
                || sentences.any(|i| analysis.sentence_tells(i, &sure))
                || stands(learned, span, analysis.reads())
        }
        _ => true,
    });

    let mut added: Vec<(f32, &'static Rule, &Learned, &Read)> = Vec::new();
    for rule in RULES {
        let Some(learned) = &rule.learned else {
            continue;
        };
        let is_found = found
            .iter()
            .any(|(other, _)| other.meta.name == rule.meta.name);
        if is_found || !is_on(rule, settings) || !(learned.applies)(analysis) {
            continue;
        }
        let surest = analysis.surest(learned.act, rule.meta.name);
        added.extend(surest.map(|read| (read.margin(learned.act), rule, learned, read)));
    }
    added.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, rule, learned, read) in added {
        let is_another_ask = is_ask(rule)
            && found.iter().any(|(other, hit)| {
                is_ask(other) && hit.span.is_some_and(|span| overlap(span, read.span))
            });
        if !is_another_ask {
            found.push((rule, (learned.hit)(analysis, read.span)));
        }
    }
    // A forbidden ask counts as an ask.
    if found.iter().any(|(rule, _)| is_ask(rule)) {
        found.retain(|(rule, _)| rule.meta.name != "no-ask");
    }
}

/// Returns whether what a pattern found may stand; what was not read, stands.
fn stands(learned: &Learned, span: (usize, usize), reads: &[Read]) -> bool {
    let mut around = reads
        .iter()
        .filter(|read| overlap(read.span, span))
        .peekable();
    around.peek().is_none() || around.any(|read| read.keeps(learned.act))
}

/// Returns for each rule in which the classifier takes part, and which is for
/// messages like this one, the rule's code, its act, and how much speaks for it
/// where most does. A classifier is judged and its thresholds are found by this.
pub fn act_scores(
    classifier: &Classifier,
    message: &Message,
    settings: &Settings,
) -> Vec<(&'static str, Act, f32)> {
    let analysis = Analysis::new(message, settings);
    let reads = classifier.passages(&analysis);
    let taking_part = RULES.iter().filter_map(|rule| {
        let learned = rule.learned.as_ref()?;
        let score = strongest(&reads, learned.act)?;
        (learned.applies)(&analysis).then_some((rule.meta.name, learned.act, score))
    });
    taking_part.collect()
}
