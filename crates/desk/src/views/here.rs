//! The hospital where the student rotates: what is there, whom they know, what
//! to do first and last.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Program, ProgramId, ROTATION_CLOSING_DAYS, RelationshipEvidence, Rotation, RotationId, Site,
    Track, fold_key,
};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::employers::read_employer;
use crate::places::Places;
use crate::student::Student;
use crate::views::compose::{SourceLine, grade_in_words, source_lines};
use crate::views::hospitals::hospitals_offered;
use crate::views::import::{Employer, PlaceRef};
use crate::views::program::{Sourced, sourced};
use crate::views::programs::known_at;
use crate::views::set_up::{RotationLine, rotation_line};
use crate::views::who::{WhoLine, at_hospital};
use crate::{DeskError, Result};

/// A service of the hospital, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceLine {
    /// Its word: "radiology" or "ir".
    pub word: &'static str,
    /// What a page calls it.
    pub label: &'static str,
    /// "yes", "no", or "ask" where it is not known.
    pub answer: &'static str,
    /// What the shipped facts say for a "yes"; they never say "no".
    pub shipped: Vec<Sourced>,
    /// What the student noted, the latest first.
    pub notes: Vec<Sourced>,
    /// Whether the latest note says "no" where the facts say "yes".
    pub conflict: bool,
    /// A sentence to ask with.
    pub ask: &'static str,
}

/// A program near the hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearProgram {
    /// Its id.
    pub id: String,
    /// Its name: institution and track.
    pub name: String,
    /// Its city.
    pub city: String,
    /// The student's priority, where it is on the list.
    pub priority: Option<u32>,
    /// People known there.
    pub people: usize,
    /// How well the student is known there.
    pub relationship: &'static str,
}

/// A sentence of advice, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldLine {
    /// The sentence.
    pub text: &'static str,
    /// The message or spoken card to begin from.
    pub template: Option<&'static str>,
    /// What the advice is, in words.
    pub grade: &'static str,
    /// Whether it is a choice of ours, and not of the article.
    pub is_ours: bool,
    /// Studies behind it.
    pub evidence: Vec<SourceLine>,
}

/// A line of a checklist, with its tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickLine {
    /// Its word.
    pub word: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do, and where that comes from.
    #[serde(flatten)]
    pub told: ToldLine,
    /// The day on which it was ticked.
    pub ticked: Option<String>,
}

/// A checklist of the rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickList {
    /// Its word: "opening", "shadowing" or "closing".
    pub word: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its lines.
    pub items: Vec<TickLine>,
    /// How many are ticked.
    pub n_ticked: usize,
}

/// The hospital where the student rotates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hospital {
    /// The rotation.
    pub rotation: RotationLine,
    /// Where the student rotates besides.
    pub others: Vec<RotationLine>,
    /// The city, or empty where it is not known.
    pub city: String,
    /// The state code, or empty.
    pub state_code: String,
    /// Where city and state come from, where that is not the shipped facts,
    /// which the pages of the programs show.
    pub town: Option<Sourced>,
    /// Hospitals that the name may mean, where it fits several.
    pub candidates: Vec<String>,
    /// Radiology and IR there.
    pub services: Vec<ServiceLine>,
    /// People known there.
    pub who: Vec<WhoLine>,
    /// How well the student is known there.
    pub relationship: &'static str,
    /// Why.
    pub reason: String,
    /// Programs that train there.
    pub programs: Vec<NearProgram>,
    /// Other programs of the city.
    pub in_city: Vec<NearProgram>,
    /// Other programs of the state.
    pub in_state: Vec<NearProgram>,
    /// What to say, with what the student told of themselves; empty where too
    /// little is told.
    pub say: String,
    /// How to introduce oneself.
    pub introduce: Vec<ToldLine>,
    /// The checklists that are open now.
    pub lists: Vec<TickList>,
    /// The day from which the closing checklist is shown, while it is not yet.
    pub closing_from: Option<String>,
}

/// The page of today's hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Here {
    /// Today's day.
    pub today: String,
    /// The hospital; `null` where no rotation is told.
    pub hospital: Option<Hospital>,
}

/// Which rotation is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WhichRotation {
    /// The present one, else the next, else one without days, else the last.
    #[default]
    Usual,
    /// The one with this identity.
    Id(RotationId),
    /// The first of these, in the same order, whose hospital holds the words.
    Named(String),
}

/// Returns the hospital where the student rotates.
///
/// # Errors
/// [`DeskError::NotThere`] where no rotation is the one that is asked for; that
/// none is told at all is no error.
pub fn here(reader: &Reader, which: &WhichRotation, today: Date) -> Result<Here> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let rotations = snapshot.rotations()?;
        let rotation = chosen(&places, &rotations, which, today)?;
        let hospital = rotation.map(|rotation| {
            let lines = rotations.iter().filter(|other| other.id != rotation.id);
            let others = lines
                .map(|other| rotation_line(&places, other.clone(), today))
                .collect();
            hospital(snapshot, &places, rotation, others, today)
        });
        Ok(Here {
            today: today.to_string(),
            hospital: hospital.transpose()?,
        })
    })
}

/// Returns the rotation that is meant by a command or a page.
pub(crate) fn chosen<'a>(
    places: &Places,
    rotations: &'a [Rotation],
    which: &WhichRotation,
    today: Date,
) -> Result<Option<&'a Rotation>> {
    let mut ordered: Vec<(u8, &Rotation)> = rotations
        .iter()
        .map(|rotation| {
            let rank = match rotation_line(places, rotation.clone(), today).when {
                "now" => 0,
                "next" => 1,
                "no dates" => 2,
                _ => 3,
            };
            (rank, rotation)
        })
        .collect();
    // Of those that run now or ran before, the one that began last is meant.
    ordered.sort_by(|(rank, a), (other, b)| {
        rank.cmp(other).then_with(|| match rank {
            1 | 2 => a.starts.cmp(&b.starts),
            _ => b.starts.cmp(&a.starts),
        })
    });
    let mut ordered = ordered.into_iter().map(|(_, rotation)| rotation);
    match which {
        WhichRotation::Usual => Ok(ordered.next()),
        WhichRotation::Id(id) => ordered
            .find(|rotation| rotation.id == *id)
            .map(Some)
            .ok_or_else(|| DeskError::not_there("rotation", id)),
        WhichRotation::Named(words) => {
            let wanted = fold_key(words);
            ordered
                .find(|rotation| {
                    let site = rotation.site.as_ref().and_then(|id| places.site(id));
                    let site = site.map_or("", |site| site.name.as_str());
                    !wanted.is_empty()
                        && [rotation.hospital.as_str(), site]
                            .iter()
                            .any(|name| fold_key(name).contains(&wanted))
                })
                .map(Some)
                .ok_or_else(|| DeskError::not_there("rotation at", words))
        }
    }
}

/// Returns under what a note on the services of a hospital is stored: its site,
/// else its name.
pub(crate) fn hospital_subject(rotation: &Rotation) -> String {
    match &rotation.site {
        Some(site) => site.as_str().to_owned(),
        None => subject_by_name(rotation),
    }
}

fn subject_by_name(rotation: &Rotation) -> String {
    format!("hospital:{}", fold_key(&rotation.hospital))
}

/// Returns the field of a note on a service.
pub(crate) fn service_field(word: &str) -> String {
    format!("{word}_service")
}

/// Returns the setting that keeps a tick; without a word, what all of one
/// rotation begin with.
pub(crate) fn tick_setting(rotation: RotationId, word: &str) -> String {
    format!("here.{rotation}.{word}")
}

fn hospital(
    snapshot: &Snapshot<'_>,
    places: &Places,
    rotation: &Rotation,
    others: Vec<RotationLine>,
    today: Date,
) -> Result<Hospital> {
    let (place, mut candidates) = match read_employer(
        places,
        &snapshot.employer_answers()?,
        &rotation.hospital,
        "",
    ) {
        Employer::Settled(place) => (place, Vec::new()),
        Employer::Open(found) => (None, found.into_iter().map(|it| it.label).collect()),
    };
    let site_id = rotation.site.clone();
    let site_id = site_id.or_else(|| place.as_ref().and_then(|place| place.site.clone()));
    let site = site_id.as_ref().and_then(|id| places.site(id));
    let mut line = rotation_line(places, rotation.clone(), today);
    if site.is_some() {
        // The student chose one of those that the name fits.
        candidates.clear();
    } else if place.is_none() {
        line.candidates = hospitals_offered(snapshot, &rotation.hospital)?;
        for offered in &line.candidates {
            if !candidates.contains(&offered.label) {
                candidates.push(offered.label.clone());
            }
        }
    }
    let trains_here: Vec<&Program> = places
        .programs()
        .filter(|program| site.is_some_and(|site| program.sites.contains(&site.id)))
        .collect();
    let at_place: Vec<&Program> = places
        .programs()
        .filter(|program| {
            trains_here.iter().any(|here| here.id == program.id)
                || place.as_ref().is_some_and(|place| names(place, program))
        })
        .collect();
    let (city, state_code) = town(site, &at_place);
    let own = site.filter(|site| facts::shipped().site(&site.id).is_none());
    let town = own
        .and_then(|site| site.city.provenance())
        .map(|provenance| sourced(format!("{city}, {state_code}"), provenance));
    let (who, relationship, reason) =
        at_hospital(snapshot, places, &rotation.hospital, place.as_ref(), site)?;
    let near = Near::load(snapshot, places)?;
    let is_here = |program: &Program| at_place.iter().any(|here| here.id == program.id);
    let is_in_state = |program: &Program| {
        !state_code.is_empty() && program.state == state_code && !is_here(program)
    };
    let city_key = fold_key(&city);
    let is_in_city = |program: &Program| {
        is_in_state(program) && !city_key.is_empty() && fold_key(&program.city) == city_key
    };
    let settings = snapshot.settings()?;
    let closing_from = rotation
        .ends
        .map(|ends| ends.saturating_sub(ROTATION_CLOSING_DAYS.days()));
    let is_closing = closing_from.is_some_and(|day| day <= today);
    Ok(Hospital {
        services: services(snapshot, rotation, &trains_here)?,
        programs: near.lines(is_here),
        in_city: near.lines(is_in_city),
        in_state: near.lines(|program| is_in_state(program) && !is_in_city(program)),
        say: say(&Student::from_settings(&settings), rotation, today),
        introduce: facts::here().introduce.iter().map(introduction).collect(),
        lists: lists(&settings, rotation.id, is_closing),
        closing_from: closing_from
            .filter(|_| !is_closing)
            .map(|day| day.to_string()),
        rotation: line,
        others,
        city,
        state_code,
        town,
        candidates,
        who,
        relationship,
        reason,
    })
}

/// Returns whether a reading of the hospital's name tells the program.
fn names(place: &PlaceRef, program: &Program) -> bool {
    place.institution_key.as_deref() == Some(program.institution_key.as_str())
        || place.program.as_ref() == Some(&program.id)
}

/// Returns city and state, each empty where it is not known.
fn town(site: Option<&Site>, programs: &[&Program]) -> (String, String) {
    let first = programs.first();
    let city = site.and_then(|site| site.city.value().cloned());
    let city = city.or_else(|| first.map(|program| program.city.clone()));
    let state = site.map(|site| site.state.clone());
    let state = state.or_else(|| first.map(|program| program.state.clone()));
    (city.unwrap_or_default(), state.unwrap_or_default())
}

fn services(
    snapshot: &Snapshot<'_>,
    rotation: &Rotation,
    trains_here: &[&Program],
) -> Result<Vec<ServiceLine>> {
    let mut notes = snapshot.corrections(&hospital_subject(rotation))?;
    if rotation.site.is_some() {
        // What was noted before the site was known stays with the hospital.
        notes.extend(snapshot.corrections(&subject_by_name(rotation))?);
        notes.sort_by_key(|note| std::cmp::Reverse(note.entered_at));
    }
    let services = facts::here().services.iter().map(|service| {
        let shows = |program: &&&Program| {
            service.word != "ir"
                || matches!(program.track, Track::IrIntegrated | Track::IrIndependent)
        };
        let is_radiology = |program: &&&Program| {
            matches!(
                program.track,
                Track::IrIntegrated | Track::IrIndependent | Track::Dr
            )
        };
        let programs = trains_here.iter().filter(shows).filter(is_radiology);
        let shipped: Vec<Sourced> = programs
            .map(|program| {
                let link = facts::shipped().site_link(&program.id);
                let value = format!("{} trains here", program.name());
                match link {
                    Some(link) => sourced(value, link),
                    None => sourced(value, &crate::places::own_word()),
                }
            })
            .collect();
        let field = service_field(&service.word);
        let notes: Vec<Sourced> = notes
            .iter()
            .filter(|note| note.field == field)
            .map(|note| sourced(note.value.clone(), &note.provenance))
            .collect();
        let noted = notes.first().map(|note| note.value == "yes");
        let answer = match noted {
            Some(true) => "yes",
            Some(false) => "no",
            None if shipped.is_empty() => "ask",
            None => "yes",
        };
        ServiceLine {
            word: &service.word,
            label: &service.label,
            answer,
            conflict: noted == Some(false) && !shipped.is_empty(),
            shipped,
            notes,
            ask: &service.ask,
        }
    });
    Ok(services.collect())
}

/// The programs with what the student has there.
struct Near<'a> {
    places: &'a Places,
    /// How many people are known, and how well, by the key of the institution.
    standing: HashMap<String, (usize, RelationshipEvidence)>,
    listed: HashMap<ProgramId, u32>,
}

impl<'a> Near<'a> {
    fn load(snapshot: &Snapshot<'_>, places: &'a Places) -> Result<Self> {
        let listed = snapshot.listed()?.into_iter();
        Ok(Self {
            places,
            standing: snapshot.standing_by_institution()?,
            listed: listed.map(|it| (it.program, it.priority)).collect(),
        })
    }

    /// Returns the programs that are wanted: those on the list first, then
    /// those where somebody is known, then by name.
    fn lines(&self, is_wanted: impl Fn(&Program) -> bool) -> Vec<NearProgram> {
        let wanted = self.places.programs().filter(|program| is_wanted(program));
        let mut lines: Vec<NearProgram> = wanted
            .map(|program| {
                let (people, state) = known_at(&self.standing, program);
                NearProgram {
                    id: program.id.to_string(),
                    name: program.name(),
                    city: program.city.clone(),
                    priority: self.listed.get(&program.id).copied(),
                    people,
                    relationship: state.word(),
                }
            })
            .collect();
        lines.sort_by(|a, b| {
            let key = |line: &NearProgram| (line.priority.unwrap_or(u32::MAX), line.people == 0);
            key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
        });
        lines
    }
}

/// Returns the sentence to begin with, made of what the student told.
fn say(student: &Student, rotation: &Rotation, today: Date) -> String {
    if !student.can_introduce_themselves() {
        return String::new();
    }
    let mut where_now = match rotation.service.as_str() {
        "" => "rotating here".to_owned(),
        service => format!("on {service} here"),
    };
    if let Some(ends) = rotation.ends.filter(|ends| today <= *ends) {
        where_now += &format!(" until {}", ends.strftime("%-d %B"));
    }
    format!(
        "I am {}, {} at {}, {where_now}. May I watch a case or two, and ask you about the paths \
         for an international graduate when it is quiet?",
        student.name,
        student.stage_in_words(),
        student.school
    )
}

fn introduction(told: &'static facts::Told) -> ToldLine {
    line(
        &told.text,
        told.template.as_deref(),
        &told.grade,
        &told.evidence,
    )
}

fn line(
    text: &'static str,
    template: Option<&'static str>,
    grade: &str,
    evidence: &[String],
) -> ToldLine {
    let ids: Vec<&str> = evidence.iter().map(String::as_str).collect();
    ToldLine {
        text,
        template,
        grade: grade_in_words(grade),
        is_ours: grade == "X",
        evidence: source_lines(&ids),
    }
}

fn lists(
    settings: &BTreeMap<String, String>,
    rotation: RotationId,
    is_closing: bool,
) -> Vec<TickList> {
    let shown = facts::here().lists.iter();
    let shown = shown.filter(|list| is_closing || list.word != "closing");
    let mut lists: Vec<TickList> = shown
        .map(|list| {
            let items: Vec<TickLine> = list
                .items
                .iter()
                .map(|item| TickLine {
                    word: &item.word,
                    why: &item.why,
                    told: line(
                        &item.text,
                        item.template.as_deref(),
                        &item.grade,
                        &item.evidence,
                    ),
                    ticked: settings.get(&tick_setting(rotation, &item.word)).cloned(),
                })
                .collect();
            TickList {
                word: &list.word,
                title: &list.title,
                n_ticked: items.iter().filter(|item| item.ticked.is_some()).count(),
                items,
            }
        })
        .collect();
    // What ends first is looked at first.
    lists.sort_by_key(|list| list.word != "closing");
    lists
}
