//! The rules on messages, and how they are run.

mod attachment_first_contact;
mod case_narrative;
mod condescension;
mod duration_missing;
mod duration_too_long;
mod duties_missing;
mod exaggeration_request;
mod flattery;
mod grievance;
mod guarantee_request;
mod heard;
mod high_reading_grade;
mod job_request;
mod late_letter_request;
mod letter_from_stranger;
mod mass_text;
mod missing_how_found;
mod missing_identity;
mod missing_salutation;
mod no_ask;
mod no_learning;
mod no_packet;
mod no_question;
mod no_subject;
mod no_thanks;
mod no_update_permission;
mod not_personal;
mod over_channel_limit;
mod overclaim;
mod patient_identifier;
mod placeholder_left;
mod political;
mod pressure;
mod profanity;
mod rank_promise;
mod rank_question;
mod scope;
mod self_promotion;
mod several_asks;
mod short_acquaintance_letter;
mod too_long;
mod too_short;
mod unfilled_offer;
mod vague_ask;
mod wrong_name;

use crate::analysis::Analysis;
use crate::{Finding, Message, Rule, Settings};

pub use heard::act_scores;
pub(crate) use high_reading_grade::reading_grade;
pub(crate) use mass_text::{Fingerprint, Fingerprints};
pub use mass_text::{similarities, similarity};
pub(crate) use wrong_name::display_surname;

/// Every rule on messages, in the order of the help pages.
pub const RULES: &[Rule] = &[
    placeholder_left::RULE,
    no_subject::RULE,
    missing_salutation::RULE,
    wrong_name::RULE,
    too_long::RULE,
    too_short::RULE,
    over_channel_limit::RULE,
    high_reading_grade::RULE,
    no_question::RULE,
    missing_identity::RULE,
    missing_how_found::RULE,
    not_personal::RULE,
    mass_text::RULE,
    attachment_first_contact::RULE,
    no_ask::RULE,
    several_asks::RULE,
    vague_ask::RULE,
    job_request::RULE,
    guarantee_request::RULE,
    duration_missing::RULE,
    duration_too_long::RULE,
    pressure::RULE,
    unfilled_offer::RULE,
    duties_missing::RULE,
    letter_from_stranger::RULE,
    short_acquaintance_letter::RULE,
    late_letter_request::RULE,
    no_packet::RULE,
    exaggeration_request::RULE,
    no_thanks::RULE,
    no_learning::RULE,
    no_update_permission::RULE,
    rank_question::RULE,
    rank_promise::RULE,
    self_promotion::RULE,
    overclaim::RULE,
    flattery::RULE,
    grievance::RULE,
    profanity::RULE,
    political::RULE,
    condescension::RULE,
    patient_identifier::RULE,
    case_narrative::RULE,
];

/// Returns what the rules find in one message: findings on the whole message
/// first, then by position, ties by code.
///
/// Rules that the settings switch off are silent, save those that cannot be
/// switched off.
pub fn check(message: &Message, settings: &Settings) -> Vec<Finding> {
    let analysis = Analysis::new(message, settings);
    let mut findings = run_all(&analysis, settings);
    sort(&mut findings);
    findings
}

/// Returns what the rules find in each message of a batch, drafts of one sender
/// compared with each other (`mass-text`).
pub fn check_batch(messages: &[Message], settings: &Settings) -> Vec<Vec<Finding>> {
    let compares = is_on(&mass_text::RULE, settings);
    let mut all = Vec::with_capacity(messages.len());
    let mut prints = Vec::with_capacity(messages.len());
    for message in messages {
        let analysis = Analysis::new(message, settings);
        all.push(run_all(&analysis, settings));
        let is_compared = compares && !message.channel.is_public();
        prints.push(is_compared.then(|| Fingerprint::new(&analysis)));
    }
    for (findings, twin) in all.iter_mut().zip(mass_text::twins(messages, &prints)) {
        findings.extend(twin.map(|hit| finding(&mass_text::RULE, hit)));
        sort(findings);
    }
    all
}

fn run_all(analysis: &Analysis<'_>, settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut hits = Vec::new();
    for rule in RULES {
        if !is_on(rule, settings) {
            continue;
        }
        (rule.run)(analysis, &mut hits);
        found.extend(hits.drain(..).map(|hit| (rule, hit)));
    }
    heard::hear(analysis, settings, &mut found);
    found
        .into_iter()
        .map(|(rule, hit)| finding(rule, hit))
        .collect()
}

fn is_on(rule: &Rule, settings: &Settings) -> bool {
    !rule.meta.can_be_switched_off || !settings.off.contains(rule.meta.name)
}

fn finding(rule: &Rule, hit: crate::rule::Hit) -> Finding {
    Finding {
        code: rule.meta.name,
        level: hit.level.unwrap_or(rule.meta.level),
        start: hit.span.map(|s| s.0),
        end: hit.span.map(|s| s.1),
        message: hit.message,
        why: rule.meta.why,
    }
}

fn sort(findings: &mut [Finding]) {
    // `None` sorts before `Some`, which is the order wanted.
    findings.sort_by(|a, b| (a.start, a.code, a.end).cmp(&(b.start, b.code, b.end)));
}
