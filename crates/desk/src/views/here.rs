//! The hospital where the student rotates: what is there, whom they know, what
//! to do first and last.

mod diary;
mod lists;
mod near;

use domain::{Program, ROTATION_CLOSING_DAYS, Rotation, RotationId, Site, SiteId, Track, fold_key};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::employers::read_employer;
use crate::places::Places;
use crate::student::Student;
use crate::views::import::{Employer, PlaceRef};
use crate::views::program::{Sourced, sourced};
use crate::views::set_up::{RotationLine, rotation_line};
use crate::views::who::{WhoLine, at_hospital};
use crate::{DeskError, Result};

use diary::Diary;
pub use diary::{SeenLine, Watched, WatchedDay};
pub(crate) use lists::{NOT_YET, tick_setting};
pub use lists::{TickLine, TickList, ToldLine};
use lists::{introduction, lists};
use near::Near;
pub use near::NearProgram;

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
/// [`DeskError::NotThere`] where no rotation or hospital is the one that is
/// asked for, [`DeskError::Several`] where several hospitals are; that no
/// rotation is told at all is no error.
pub fn here(reader: &Reader, which: &WhichRotation, today: Date) -> Result<Here> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let rotations = snapshot.rotations()?;
        let stay = match (chosen(&places, &rotations, which, today), which) {
            (Ok(rotation), _) => rotation.map(Stay::rotating),
            (Err(_), WhichRotation::Named(words)) => Some(known_hospital(&places, words)?),
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

/// A hospital, and the rotation for which it is looked at, where there is one.
struct Stay<'a> {
    name: String,
    site: Option<SiteId>,
    rotation: Option<&'a Rotation>,
}

impl<'a> Stay<'a> {
    fn rotating(rotation: &'a Rotation) -> Self {
        Self {
            name: rotation.hospital.clone(),
            site: rotation.site.clone(),
            rotation: Some(rotation),
        }
    }
}

/// Returns the one hospital or institution whose name is the words, else the
/// one whose name holds them.
fn known_hospital(places: &Places, words: &str) -> Result<Stay<'static>> {
    let wanted = fold_key(words);
    let sites = places
        .sites()
        .map(|site| (site.name.as_str(), site.state.as_str(), Some(&site.id)));
    let institutions = places
        .programs()
        .map(|it| (it.institution.as_str(), it.state.as_str(), None));
    let holds = |name: &str| !wanted.is_empty() && fold_key(name).contains(&wanted);
    let mut found: Vec<(&str, &str, Option<&SiteId>)> = Vec::new();
    // Sites come first, so an institution that is called like its site adds none.
    for (name, state, site) in sites.chain(institutions) {
        let is_there = |(known, at, _): &(&str, &str, Option<&SiteId>)| {
            fold_key(known) == fold_key(name) && *at == state
        };
        if holds(name) && !found.iter().any(is_there) {
            found.push((name, state, site));
        }
    }
    let exact = || found.iter().filter(|(name, _, _)| fold_key(name) == wanted);
    let one = match (exact().count(), found.len()) {
        (1, _) => exact().next(),
        (_, 1) => found.first(),
        _ => None,
    };
    if let Some((name, _, site)) = one {
        return Ok(Stay {
            name: (*name).to_owned(),
            site: site.cloned(),
            rotation: None,
        });
    }
    if found.is_empty() {
        return Err(DeskError::not_there("hospital", words));
    }
    found.truncate(CANDIDATES_MAX);
    let candidates = found.into_iter();
    Err(DeskError::Several {
        name: words.to_owned(),
        candidates: candidates
            .map(|(name, state, _)| format!("{name} ({state})"))
            .collect(),
    })
}

/// Hospitals that are named where words fit several.
const CANDIDATES_MAX: usize = 12;

/// Returns under what a note on the services of a hospital is stored: its site,
/// else its name.
pub(crate) fn hospital_subject(site: Option<&SiteId>, name: &str) -> String {
    match site {
        Some(site) => site.as_str().to_owned(),
        None => format!("hospital:{}", fold_key(name)),
    }
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
    let (place, candidates) =
        match read_employer(places, &snapshot.employer_answers()?, &stay.name, "") {
            Employer::Settled(place) => (place, Vec::new()),
            Employer::Open(found) => (None, found.into_iter().map(|it| it.label).collect()),
        };
    let site_id = stay.site.clone();
    let site_id = site_id.or_else(|| place.as_ref().and_then(|place| place.site.clone()));
    let site = site_id.as_ref().and_then(|id| places.site(id));
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
        services: services(snapshot, stay, &trains_here)?,
        programs: near.lines(is_here),
        in_city: near.lines(is_in_city),
        in_state: near.lines(|program| is_in_state(program) && !is_in_city(program)),
        introduce: facts::here().introduce.iter().map(introduction).collect(),
        rotation: None,
        others,
        city,
        state_code,
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
        add_rotation(&mut shown, snapshot, places, rotation, today)?;
    }
    Ok(shown)
}

/// Adds what is shown of a hospital because the student rotates there.
fn add_rotation(
    shown: &mut Hospital,
    snapshot: &Snapshot<'_>,
    places: &Places,
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
    shown.rotation = Some(rotation_line(places, rotation.clone(), today));
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
) -> Result<Vec<ServiceLine>> {
    let notes = snapshot.corrections(&hospital_subject(stay.site.as_ref(), &stay.name))?;
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
