//! One program: dated facts, and whom the student knows there.

use domain::{
    Direction, Fact, Interaction, PersonId, Program, ProgramId, Provenance, day_in_words,
};
use jiff::civil::Date;
use serde::Serialize;
use store::{Correction, Reader, Snapshot};

use crate::places::Places;
use crate::views::compose::grade_in_words;
use crate::views::may_be::{MayBe, MayBeLine, may_be_there};
use crate::views::two_steps::{GraduateLine, TwoSteps, graduates_near, two_steps};
use crate::views::who::{WhoLine, at_program};
use crate::{DeskError, Result};

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sourced {
    /// The value in words.
    pub value: String,
    /// What was read.
    pub source: String,
    /// When it was true or read.
    pub as_of: Option<String>,
    /// How far it can be relied on.
    pub reliability: &'static str,
    /// Told in confidence.
    pub private: bool,
}

/// A fact of the program with the student's corrections beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactLine {
    /// The field's word, as corrections name it.
    pub field: &'static str,
    /// What a page calls it.
    pub label: &'static str,
    /// What was shipped; `null` is "not found".
    pub shipped: Option<Sourced>,
    /// What the student entered, newest first.
    pub corrections: Vec<Sourced>,
    /// What the shipped sources say where they disagree; no value is shipped then.
    pub disagreement: Option<String>,
    /// Whether the newest correction differs from what was shipped.
    pub conflict: bool,
}

/// A neighbour: another program of the same institution, or a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Whom the student knows at an institution of those who refer patients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferringLine {
    /// The specialty's word.
    pub word: &'static str,
    /// What a page calls its doctors.
    pub label: &'static str,
    /// Where it comes from which posts are counted, or empty.
    pub source: &'static str,
    /// Who is there now: id, name and post.
    pub people: Vec<(String, String, String)>,
}

/// The specialties that refer patients, with who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReferringView {
    /// Why they matter.
    pub text: &'static str,
    /// Who says so, in words.
    pub grade: &'static str,
    /// Each specialty, also where nobody is known.
    pub specialties: Vec<ReferringLine>,
}

/// One program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramView {
    /// Its id.
    pub id: String,
    /// Its name: institution and track.
    pub name: String,
    /// The institution.
    pub institution: String,
    /// The track's label.
    pub track: &'static str,
    /// The city.
    pub city: String,
    /// The state code.
    pub state_code: String,
    /// Whether the student added it.
    pub own: bool,
    /// The student's priority, where it is on the list.
    pub priority: Option<u32>,
    /// The student's note on the list.
    pub list_note: String,
    /// Dated facts.
    pub facts: Vec<FactLine>,
    /// Hospitals where it trains.
    pub sites: Vec<Neighbour>,
    /// Other programs of the same institution.
    pub siblings: Vec<Neighbour>,
    /// People known there.
    pub who: Vec<WhoLine>,
    /// People who may be there, whose place the student has not settled.
    pub may_be: Vec<MayBeLine>,
    /// How well the student is known there.
    pub relationship: &'static str,
    /// Why.
    pub reason: String,
    /// Those of them who refer patients to interventional radiology (S-014).
    pub referring: ReferringView,
    /// Who may know somebody there.
    pub two_steps: Vec<TwoSteps>,
    /// Graduates of the student's school there or near.
    pub graduates: Vec<GraduateLine>,
    /// How the program wants to be written to, as the student entered it last.
    pub contact_policy: Option<Sourced>,
    /// The coordinator, as the student entered them last.
    pub coordinator: Option<Sourced>,
    /// The next sensible step, as a sentence.
    pub next_step: String,
}

/// The fields that the student can correct: word, label, and how to read a value.
pub const FIELDS: [(&str, &str); 9] = [
    ("positions", "Positions a year"),
    ("nrmp_codes", "Match codes"),
    ("esir", "ESIR"),
    ("visa_j1", "J-1 visa"),
    ("visa_h1b", "H-1B visa"),
    ("img_note", "International graduates"),
    ("signals", "Signals"),
    ("accreditation_note", "Accreditation"),
    ("website", "Website"),
];

/// Further fields that the student can enter, with no shipped value.
pub const OWN_FIELDS: [(&str, &str); 3] = [
    ("director", "Program director"),
    ("coordinator", "Coordinator"),
    ("contact_policy", "Contact policy"),
];

/// Returns one program.
///
/// # Errors
/// [`DeskError::NotThere`] where no program has the id.
pub fn program(reader: &Reader, id: &ProgramId) -> Result<ProgramView> {
    reader.read(|snapshot| program_in(snapshot, &Places::load(snapshot)?, id))
}

pub(crate) fn program_in(
    snapshot: &Snapshot<'_>,
    places: &Places,
    id: &ProgramId,
) -> Result<ProgramView> {
    let Some(program) = places.program(id) else {
        return Err(DeskError::not_there("program", id));
    };
    let (who, relationship, mut reason) = at_program(snapshot, places, program)?;
    let may_be = MayBe::load(snapshot, places)?.beside(snapshot, program, &who)?;
    if who.is_empty() && !may_be.is_empty() {
        reason = may_be_there(may_be.len());
    }
    let corrections = snapshot.corrections(id.as_str())?;
    let listing = snapshot.listed()?.into_iter().find(|l| l.program == *id);
    let siblings = places
        .of_institution(&program.institution_key)
        .filter(|other| other.id != *id)
        .map(|other| Neighbour {
            id: other.id.to_string(),
            name: other.name(),
        })
        .collect();
    let sites = program
        .sites
        .iter()
        .filter_map(|id| places.site(id))
        .map(|site| Neighbour {
            id: site.id.to_string(),
            name: site.name.clone(),
        })
        .collect();
    let newest = |field: &str| {
        let mut of_field = corrections.iter().filter(|c| c.field == field);
        of_field
            .next()
            .map(|c| sourced(c.value.clone(), &c.provenance))
    };
    let two_steps = two_steps(snapshot, program)?;
    let contact_policy = newest("contact_policy");
    Ok(ProgramView {
        id: id.to_string(),
        name: program.name(),
        institution: program.institution.clone(),
        track: program.track.label(),
        city: program.city.clone(),
        state_code: program.state.clone(),
        own: id.is_own(),
        priority: listing.as_ref().map(|l| l.priority),
        list_note: listing.map(|l| l.note).unwrap_or_default(),
        facts: fact_lines(program, &corrections),
        sites,
        siblings,
        next_step: next_step(
            snapshot,
            &who,
            &may_be,
            relationship,
            &two_steps,
            contact_policy.as_ref(),
        )?,
        referring: referring_at(&who),
        graduates: graduates_near(snapshot, places, program, &who)?,
        two_steps,
        coordinator: newest("coordinator"),
        contact_policy,
        who,
        may_be,
        relationship,
        reason,
    })
}

/// Returns who of the people at a place refers patients, by what their post says.
fn referring_at(who: &[WhoLine]) -> ReferringView {
    let referring = facts::referring();
    let specialties = referring.specialties.iter().map(|specialty| {
        let is_of = |line: &&WhoLine| {
            let shown = referring.of_position(&line.person.position);
            line.current && shown.iter().any(|it| it.word == specialty.word)
        };
        let people = who.iter().filter(is_of).map(|line| {
            let person = &line.person;
            (
                person.id.clone(),
                person.name.clone(),
                person.position.clone(),
            )
        });
        ReferringLine {
            word: &specialty.word,
            label: &specialty.label,
            source: &specialty.source,
            people: people.collect(),
        }
    });
    ReferringView {
        text: &referring.text,
        grade: grade_in_words(&referring.grade),
        specialties: specialties.collect(),
    }
}

fn next_step(
    snapshot: &Snapshot<'_>,
    who: &[WhoLine],
    may_be: &[MayBeLine],
    relationship: &str,
    two_steps: &[TwoSteps],
    policy: Option<&Sourced>,
) -> Result<String> {
    let first = who.iter().find(|line| line.current).or(who.first());
    Ok(match (first, relationship) {
        // A program that said how it wants to be written to is asked that way first.
        (_, "unknown") if policy.is_some() => {
            let policy = policy.map_or("", |policy| policy.value.as_str());
            let policy = policy.trim_end_matches('.');
            format!("Begin the way the program asks: {policy}.")
        }
        (Some(_), "unknown") if !two_steps.is_empty() => {
            let way = &two_steps[0];
            format!(
                "Ask {} whether they would introduce you to {}.",
                way.through.1, way.to.1
            )
        }
        (None, _) if !may_be.is_empty() => format!(
            "Say whether {} works here: \"{}\" may be this place, and their page asks it.",
            may_be[0].name, may_be[0].employer
        ),
        (None, _) => "Nobody is known here yet. Ask your school's alumni office who went there, \
                      or import the people you are connected with."
            .to_owned(),
        (Some(line), _) => {
            // Somebody who was written to is waited for, not written to again.
            let mut asked = None;
            for other in who.iter().filter(|other| other.current == line.current) {
                if let Ok(id) = other.person.id.parse()
                    && let Some(day) = waiting_since(snapshot, id)?
                {
                    asked = asked.max(Some((day, other.person.name.as_str())));
                }
            }
            let (waiting, name) = asked.map_or((None, line.person.name.as_str()), |(day, name)| {
                (Some(day), name)
            });
            step_with(name, relationship, waiting)
        }
    })
}

/// Returns the day of the last written word to a person, where nothing happened
/// with them since.
pub(crate) fn waiting_since(snapshot: &Snapshot<'_>, id: PersonId) -> Result<Option<Date>> {
    let last = snapshot.timeline(id, 1, None)?.into_iter().next();
    let waits = |it: &Interaction| it.direction == Direction::Outgoing && it.channel.is_written();
    Ok(last.filter(waits).map(|it| it.day))
}

/// Returns what to do next with a person who knows the student so well, and was
/// last written to on a day without an answer.
pub(crate) fn step_with(name: &str, state: &str, waiting: Option<Date>) -> String {
    match (state, waiting) {
        ("unknown" | "aware", Some(day)) => format!(
            "You wrote to {name} on {}: wait for the answer. Today reminds you when it is time \
             for one short word more.",
            day_in_words(day)
        ),
        ("unknown", None) => format!("Write a first, short message to {name}."),
        ("aware", None) => format!("Ask {name} for a 15-minute call."),
        ("met", _) => {
            format!("Stay useful to {name}: a paper, an update, a small piece of work.")
        }
        ("worked with", _) => format!(
            "Keep {name} up to date; when the season is near, ask whether they would speak for you."
        ),
        _ => format!("Thank {name} and keep them informed."),
    }
}

fn fact_lines(program: &Program, corrections: &[Correction]) -> Vec<FactLine> {
    let yes_no = |fact: &Fact<bool>| {
        fact.clone()
            .map(|yes| if yes { "yes" } else { "no" }.to_owned())
    };
    let shipped = |field: &str| -> Fact<String> {
        match field {
            "positions" => program.positions.clone(),
            "nrmp_codes" => program.nrmp_codes.clone().map(|codes| codes.join(", ")),
            "esir" => yes_no(&program.esir),
            "visa_j1" => yes_no(&program.visa_j1),
            "visa_h1b" => yes_no(&program.visa_h1b),
            "img_note" => program.img_note.clone(),
            "signals" => program.signals.clone(),
            "accreditation_note" => program.accreditation_note.clone(),
            "website" => program.website.clone(),
            _ => Fact::NotFound,
        }
    };
    FIELDS
        .iter()
        .chain(&OWN_FIELDS)
        .map(|(field, label)| {
            let shipped = match shipped(field) {
                Fact::NotFound => None,
                Fact::Found(value, provenance) => Some(sourced(value, &provenance)),
            };
            let corrections: Vec<Sourced> = corrections
                .iter()
                .filter(|correction| correction.field == *field)
                .map(|correction| sourced(correction.value.clone(), &correction.provenance))
                .collect();
            let conflict = match (&shipped, corrections.first()) {
                (Some(shipped), Some(own)) => !shipped.value.eq_ignore_ascii_case(&own.value),
                _ => false,
            };
            let disagreement = facts::shipped()
                .conflicts(&program.id)
                .into_iter()
                .find(|found| found.field == *field)
                .map(|found| found.wording.clone());
            FactLine {
                disagreement,
                field,
                label,
                shipped,
                corrections,
                conflict,
            }
        })
        .collect()
}

pub(crate) fn sourced(value: String, provenance: &Provenance) -> Sourced {
    Sourced {
        value,
        source: provenance.source.clone(),
        as_of: provenance.as_of.map(|day| day.to_string()),
        reliability: provenance.reliability.word(),
        private: provenance.private,
    }
}
