//! late-letter-request: a letter asked for with less than four weeks to write it

use jiff::civil::Date;

use crate::analysis::{Analysis, Sentence, measures};
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "late-letter-request",
        level: Level::Warn,
        why: "Writers need four to six weeks.",
        source: &["S-121", "letters.writer_notice_weeks"],
        scope: "letter asks to people worked with, mentors and advocates",
        flags: &[
            Example::with(
                "to=mentor; date=2027-06-01",
                "Could you write me a letter? It is due by 14 June; I meet Dr. Lee on 20 September.",
            ),
            Example::with(
                "to=mentor; date=2027-06-01",
                "Could you write me a letter? It is due in three weeks.",
            ),
            Example::with(
                "to=mentor; date=2027-06-01",
                "Could you write me a letter by 14 June?",
            ),
        ],
        allows: &[
            Example::with(
                "to=mentor; date=2027-06-01",
                "Could you write me a letter? It is due at the end of July.",
            ),
            Example::with("to=mentor", "Could you write me a letter?"),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.is_to_near_stranger() {
        return;
    }
    let Some(ask) = a.letter_ask() else {
        return;
    };
    let today = a.message.context.date;
    let latest = a
        .sentences
        .iter()
        .enumerate()
        .flat_map(|(i, sentence)| letter_dates(a, i, sentence, i == ask.sentence))
        // A day that is past is no day by which a letter can be written.
        .filter(|day| *day >= today)
        .max();
    let Some(latest) = latest else {
        return;
    };
    let lead = (latest - today).get_days();
    if lead < FEWEST_DAYS {
        hits.push(Hit::at(
            ask.span,
            format!("leaves {lead} days to write the letter; four weeks or more would do"),
        ));
    }
}

/// Days of notice that a writer needs (networking.toml, `letters.writer_notice_weeks`).
const FEWEST_DAYS: i32 = 28;

/// Returns the days that a sentence gives for the letter: those of its clauses
/// that tell by when, or all of the sentence that asks.
fn letter_dates(a: &Analysis<'_>, at: usize, sentence: &Sentence, asks: bool) -> Vec<Date> {
    let today = a.message.context.date;
    if a.has_in_unexcused(at, "letter-date") {
        let told = a.find("letter-date").into_iter();
        return told
            .filter(|found| found.sentence == at)
            .flat_map(|found| measures::dates_around(sentence, found.first, &a.text, today))
            .collect();
    }
    if asks {
        return measures::dates(sentence, &a.text, today);
    }
    Vec::new()
}
