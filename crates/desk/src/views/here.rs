//! The hospital where the student rotates: what is there, whom they know, what
//! to do first and last.

mod diary;
mod lists;
mod near;
mod which;

use domain::{
    Program, ROTATION_CLOSING_DAYS, Rotation, RotationId, Site, SiteId, Track, fold_key, is_in_ir,
    is_in_radiology,
};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::employers::read_employer;
use crate::places::Places;
use crate::student::Student;
use crate::views::hospitals::{hospital_called, hospitals_offered};
use crate::views::import::{Employer, PlaceRef};
use crate::views::program::{Sourced, sourced};
use crate::views::set_up::{RotationLine, rotation_line};
use crate::views::who::{WhoLine, at_hospital};

use diary::Diary;
pub use diary::{SeenLine, Watched, WatchedDay};
pub(crate) use lists::{NOT_YET, begun, tick_setting};
pub use lists::{TickLine, TickList, ToldLine};
use lists::{introduction, lists};
use near::Near;
pub use near::NearProgram;
use which::{CANDIDATES_MAX, Stay, chosen, known_hospital, without_town};

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
    /// Who of it is known to work there: id, name and post.
    pub people: Vec<(String, String, String)>,
    /// A sentence to ask with.
    pub ask: &'static str,
}

/// Something whose days fall into a rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// What it is: a hospital, or a conference with its year and city.
    pub what: String,
    /// Whether it is another rotation of the student; else a conference.
    pub is_rotation: bool,
    /// Its first day.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Where the days of a conference come from, and how far that can be relied
    /// on; `null` for the student's own rotation.
    pub source: Option<(String, &'static str)>,
}

/// The hospital where the student rotates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hospital {
    /// Its name: as the student typed it for the rotation, else as it is known.
    pub name: String,
    /// The rotation; `null` where the student only looks at the hospital.
    pub rotation: Option<RotationLine>,
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
    /// The days that were spent with people of radiology there.
    pub watched: Watched,
    /// What falls into the days of the rotation besides it.
    pub overlaps: Vec<Overlap>,
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
    /// The first of these, in the same order, whose hospital holds the words;
    /// else the one known hospital that does, where the student may not rotate.
    Named(String),
}

/// Returns the hospital where the student rotates.
///
/// # Errors
/// [`crate::DeskError::NotThere`] where no rotation or hospital is the one that is
/// asked for, [`crate::DeskError::Several`] where several hospitals are; that no
/// rotation is told at all is no error.
pub fn here(reader: &Reader, which: &WhichRotation, today: Date) -> Result<Here> {
    reader.read(|snapshot| {
        let mut places = Places::load(snapshot)?;
        let rotations = snapshot.rotations()?;
        let stay = match (chosen(&places, &rotations, which, today), which) {
            (Ok(rotation), _) => rotation.map(Stay::rotating),
            (Err(_), WhichRotation::Named(words)) => {
                let name = without_town(words);
                let called = hospital_called(snapshot, name)?;
                let site = called.as_ref().map(|hospital| hospital.site.clone());
                let like = snapshot.hospitals_like(name, CANDIDATES_MAX)?;
                places.add_listed(snapshot, called.into_iter().chain(like).collect())?;
                Some(known_hospital(&places, words, site.as_ref())?)
            }
            (Err(error), _) => return Err(error),
        };
        let hospital = stay.map(|stay| {
            let own = stay.rotation.map(|rotation| rotation.id);
            let lines = rotations.iter().filter(|other| Some(other.id) != own);
            let others = lines
                .map(|other| rotation_line(&places, other.clone(), today))
                .collect();
            hospital(snapshot, &places, &stay, others, today)
        });
        Ok(Here {
            today: today.to_string(),
            hospital: hospital.transpose()?,
        })
    })
}

/// Returns under what a note on the services of a hospital is stored: its site,
/// else its name.
pub(crate) fn hospital_subject(site: Option<&SiteId>, name: &str) -> String {
    match site {
        Some(site) => site.as_str().to_owned(),
        None => subject_by_name(name),
    }
}

fn subject_by_name(name: &str) -> String {
    format!("hospital:{}", fold_key(name))
}

/// Returns the field of a note on a service.
pub(crate) fn service_field(word: &str) -> String {
    format!("{word}_service")
}

fn hospital(
    snapshot: &Snapshot<'_>,
    places: &Places,
    stay: &Stay<'_>,
    others: Vec<RotationLine>,
    today: Date,
) -> Result<Hospital> {
    let (place, mut candidates) =
        match read_employer(places, &snapshot.employer_answers()?, &stay.name, "") {
            Employer::Settled(place) => (place, Vec::new()),
            Employer::Open(found) => (None, found.into_iter().map(|it| it.label).collect()),
        };
    let site_id = stay.site.clone();
    let site_id = site_id.or_else(|| place.as_ref().and_then(|place| place.site.clone()));
    let site = site_id.as_ref().and_then(|id| places.site(id));
    let mut offered = Vec::new();
    if site.is_some() {
        // The student chose one of those that the name fits.
        candidates.clear();
    } else if place.is_none() {
        offered = hospitals_offered(snapshot, &stay.name)?;
        for hospital in &offered {
            if !candidates.contains(&hospital.label) {
                candidates.push(hospital.label.clone());
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
        .map(|provenance| sourced(crate::views::programs::town(&city, &state_code), provenance));
    let (who, relationship, reason) =
        at_hospital(snapshot, places, &stay.name, place.as_ref(), site)?;
    let near = Near::load(snapshot, places)?;
    let is_here = |program: &Program| at_place.iter().any(|here| here.id == program.id);
    let is_in_state = |program: &Program| {
        !state_code.is_empty() && program.state == state_code && !is_here(program)
    };
    let city_key = fold_key(&city);
    let is_in_city = |program: &Program| {
        is_in_state(program) && !city_key.is_empty() && fold_key(&program.city) == city_key
    };
    let mut shown = Hospital {
        name: stay.name.clone(),
        services: services(snapshot, stay, &trains_here, &who)?,
        programs: near.lines(is_here),
        in_city: near.lines(is_in_city),
        in_state: near.lines(|program| is_in_state(program) && !is_in_city(program)),
        introduce: facts::here().introduce.iter().map(introduction).collect(),
        rotation: None,
        others,
        city,
        state_code,
        town,
        candidates,
        who,
        relationship,
        reason,
        say: String::new(),
        watched: Watched::default(),
        overlaps: Vec::new(),
        lists: Vec::new(),
        closing_from: None,
    };
    if let Some(rotation) = stay.rotation {
        let mut line = rotation_line(places, rotation.clone(), today);
        line.candidates = offered;
        shown.rotation = Some(line);
        add_rotation(&mut shown, snapshot, rotation, today)?;
    }
    Ok(shown)
}

/// Adds what is shown of a hospital because the student rotates there.
fn add_rotation(
    shown: &mut Hospital,
    snapshot: &Snapshot<'_>,
    rotation: &Rotation,
    today: Date,
) -> Result<()> {
    let settings = snapshot.settings()?;
    let diary = Diary::load(snapshot, rotation, &shown.who, today)?;
    let closing_from = rotation
        .ends
        .map(|ends| ends.saturating_sub(ROTATION_CLOSING_DAYS.days()));
    let is_closing = closing_from.is_some_and(|day| day <= today);
    shown.say = say(&Student::from_settings(&settings), rotation, today);
    shown.watched = diary.watched();
    shown.overlaps = overlaps(rotation, &shown.others, today);
    shown.lists = lists(&settings, rotation.id, &diary, is_closing);
    shown.closing_from = closing_from
        .filter(|_| !is_closing)
        .map(|day| day.to_string());
    Ok(())
}

/// Returns what falls into the days of a rotation and is not over. Nothing is
/// told of a rotation without its first and last day.
fn overlaps(rotation: &Rotation, others: &[RotationLine], today: Date) -> Vec<Overlap> {
    let (Some(starts), Some(ends)) = (rotation.starts, rotation.ends) else {
        return Vec::new();
    };
    let meets = |first: Date, last: Date| first <= ends && starts <= last && today <= last;
    let rotations = others.iter().filter_map(|other| {
        let first: Date = other.starts.as_ref()?.parse().ok()?;
        let last: Date = other.ends.as_ref()?.parse().ok()?;
        meets(first, last).then(|| Overlap {
            what: other.hospital.clone(),
            is_rotation: true,
            first_day: first.to_string(),
            last_day: last.to_string(),
            source: None,
        })
    });
    let conferences = facts::events()
        .iter()
        .filter(|event| meets(event.first_day, event.last_day))
        .map(|event| Overlap {
            what: format!("{} {}, {}", event.name, event.edition, event.place),
            is_rotation: false,
            first_day: event.first_day.to_string(),
            last_day: event.last_day.to_string(),
            source: Some((
                event.provenance.source.clone(),
                event.provenance.reliability.word(),
            )),
        });
    let mut found: Vec<Overlap> = rotations.chain(conferences).collect();
    found.sort_by(|a, b| a.first_day.cmp(&b.first_day));
    found
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
    stay: &Stay<'_>,
    trains_here: &[&Program],
    who: &[WhoLine],
) -> Result<Vec<ServiceLine>> {
    let mut notes = snapshot.corrections(&hospital_subject(stay.site.as_ref(), &stay.name))?;
    if stay.site.is_some() {
        // What was noted before the site was known stays with the hospital.
        notes.extend(snapshot.corrections(&subject_by_name(&stay.name))?);
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
            people: of_service(&service.word, who),
            ask: &service.ask,
        }
    });
    Ok(services.collect())
}

/// Returns who works at the hospital in a service, by what their post says.
fn of_service(word: &str, who: &[WhoLine]) -> Vec<(String, String, String)> {
    let is_of = |line: &&WhoLine| {
        let position = line.person.position.as_str();
        line.current
            && match word {
                "ir" => is_in_ir(position),
                _ => is_in_radiology(position),
            }
    };
    let people = who.iter().filter(is_of).map(|line| &line.person);
    people
        .map(|it| (it.id.clone(), it.name.clone(), it.position.clone()))
        .collect()
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
