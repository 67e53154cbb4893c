//! patient-identifier: something that tells who a patient is

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "patient-identifier",
        level: Level::Error,
        why: "One of the eighteen identifiers is enough to break confidence, and consent claimed in a text proves nothing. Silence of this rule does not prove de-identification; the hospital's policy rules.",
        source: &["S-176", "lint.phi", "hipaa.safe_harbor"],
        scope: "every message, mentors included; quotations are read too",
        flags: &[
            Example::plain("My patient Jane Smith had fibroids."),
            Example::with("to=mentor", "David Brown had a filter."),
            Example::plain("The patient is 101."),
            Example::plain("Mr. Quayle, admitted 3 May, bled again."),
            Example::plain("A 54-year-old woman came in on Tuesday with a bleed."),
            Example::plain("We saw a 93-year-old with a leak."),
            Example::plain("The man in bed 12 needs a drain."),
            Example::plain("The patient, a teacher from Soufrière, had fibroids."),
            Example::with(
                "to=mentor",
                "This morning a man came in with a torn spleen.",
            ),
            Example::with("to=mentor", "You can call his daughter on 555 0134."),
            Example::with(
                "to=mentor",
                "Here is the photo with the face of the woman we embolized.",
            ),
            Example::with(
                "to=mentor",
                "The filter with the serial number 88213 was placed in a man with clots.",
            ),
            Example::with(
                "to=mentor",
                "The boy, born 12 April 2019, had a malformation.",
            ),
            Example::with(
                "to=mentor",
                "I covered the name, only the date of birth in the corner (6 Nov 1973) I could not remove.",
            ),
            Example::with(
                "to=mentor",
                "I filmed his face while the catheter went in, see the clip.",
            ),
        ],
        allows: &[
            Example::plain("89-year-old with DVT had a filter."),
            Example::plain("A 45-year-old mother of three with fibroids had UFE."),
            Example::plain("Of 40 ports placed in 2026, two were infected."),
            Example::plain("I watched a TIPS on Monday."),
            Example::plain("A 54-year-old woman with fibroids was embolized."),
            Example::plain("Could we speak on Tuesday about how patients decide?"),
            Example::plain("The trial took adults of 90 or older."),
            Example::plain("My grandmother, 93, asked what I do."),
            Example::with(
                "to=mentor",
                "Ms. Abara, our nurse educator, showed me the drain on Tuesday.",
            ),
            Example::with("to=mentor", "Abstract 412 is in room 7 on Saturday."),
            Example::with(
                "to=mentor",
                "On Wednesday I watched three port placements and a biopsy.",
            ),
            Example::with(
                "to=mentor",
                "The woman who runs the alumni office gave me your name yesterday.",
            ),
            Example::with("to=mentor", "My phone is 555 0199."),
            Example::with(
                "to=mentor",
                "Our hospital has no angiography after six in the evening.",
            ),
        ],
        can_be_switched_off: false,
    },
    run,
    learned: Some(Learned {
        act: Act::PatientIdentifier,
        applies: scope::real_patients,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "may tell who the patient is; take out names, days, places, numbers and ages over 89",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::real_patients(a) {
        return;
    }
    let mut all = a.told("patient-identifier");
    for pair in a.told_in_pairs("patient-identifier-pair") {
        if !all
            .iter()
            .any(|m| m.sentence == pair.sentence || m.sentence + 1 == pair.sentence)
        {
            all.push(pair);
        }
    }
    for found in all {
        hits.push(hit(a, found.span));
    }
}
