//! Who may know somebody at a program, and graduates of the student's school
//! at it or near it.

use std::collections::HashMap;

use domain::{Program, RelationshipState, fold_key, relationship};
use jiff::civil::Date;
use serde::Serialize;
use store::{InCommon, Place, Snapshot};

use crate::Result;
use crate::places::Places;
use crate::views::who::WhoLine;

/// A way to a program over one person whom the student knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TwoSteps {
    /// The person in between: id and name.
    pub through: (String, String),
    /// How well they know the student.
    pub state: &'static str,
    /// Why.
    pub reason: String,
    /// The person at the program: id and name.
    pub to: (String, String),
    /// What the two have in common.
    pub in_common: String,
    /// Whether that makes it sure that they met.
    pub met: bool,
}

/// A graduate of the student's school at the program or near it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GraduateLine {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Where they work, and how near that is: "at the program", "in Brooklyn", "in NY".
    pub employer: String,
    /// How near that is.
    pub near: String,
}

/// Ways that a page shows.
const WAYS_SHOWN: usize = 8;

/// Graduates that a page shows.
const GRADUATES_SHOWN: usize = 12;

/// Returns the ways to a program, over those who know the student best first.
/// Somebody from whom nothing has come back opens no door yet, and is left out.
pub(crate) fn two_steps(snapshot: &Snapshot<'_>, program: &Program) -> Result<Vec<TwoSteps>> {
    let keys = [program.institution_key.as_str()];
    let place = Place {
        institution_keys: &keys,
        sites: &program.sites,
        programs: std::slice::from_ref(&program.id),
        ..Place::default()
    };
    let mut ways: Vec<(RelationshipState, TwoSteps)> = Vec::new();
    for step in snapshot.second_steps(&place)? {
        let (state, reason) = relationship(step.through.evidence);
        if state == RelationshipState::Unknown {
            continue;
        }
        let met = matches!(step.in_common, InCommon::Together { .. });
        let day = |day: Date| day.strftime("%-d %b %Y").to_string();
        let in_common = match step.in_common {
            InCommon::Together { times: 1, last } => {
                format!("you were all together on {}", day(last))
            }
            InCommon::Together { times, last } => {
                format!("you were all together {times} times, last on {}", day(last))
            }
            InCommon::Employer {
                employer,
                both_now: true,
            } => format!("both are at {employer}; whether they know each other is not known"),
            InCommon::Employer { employer, .. } => {
                format!("both are or were at {employer}; whether they met is not known")
            }
        };
        let way = TwoSteps {
            through: (step.through.id.to_string(), step.through.name.display()),
            state: state.word(),
            reason,
            to: (step.to.id.to_string(), step.to.name.display()),
            in_common,
            met,
        };
        ways.push((state, way));
    }
    // The order of the store, those with most in common first, stays within a state.
    ways.sort_by_key(|(state, way)| std::cmp::Reverse((way.met, *state)));
    ways.truncate(WAYS_SHOWN);
    Ok(ways.into_iter().map(|(_, way)| way).collect())
}

/// Returns the graduates of the student's school at a program, then those in its
/// city, then those in its state.
pub(crate) fn graduates_near(
    snapshot: &Snapshot<'_>,
    places: &Places,
    program: &Program,
    who: &[WhoLine],
) -> Result<Vec<GraduateLine>> {
    let at = who
        .iter()
        .filter(|line| line.current && line.person.same_school == Some(true));
    let mut found: Vec<(u8, GraduateLine)> = at
        .map(|line| {
            let line = GraduateLine {
                id: line.person.id.clone(),
                name: line.person.name.clone(),
                employer: line.person.employer.clone(),
                near: "at the program".to_owned(),
            };
            (0, line)
        })
        .collect();
    let mut cities: HashMap<&str, (&str, &str)> = HashMap::new();
    for known in places.programs() {
        cities
            .entry(&known.institution_key)
            .or_insert((&known.city, &known.state));
    }
    let city = fold_key(&program.city);
    for graduate in snapshot.graduates()? {
        let site = graduate.site.as_ref().and_then(|id| places.site(id));
        let of_site = site.map(|site| {
            let city = site.city.value().map_or("", String::as_str);
            (city, site.state.as_str())
        });
        let of_institution = graduate
            .institution_key
            .as_deref()
            .and_then(|key| cities.get(key).copied());
        let Some((there, state)) = of_site.or(of_institution) else {
            continue;
        };
        let id = graduate.id.to_string();
        let same_city = !city.is_empty() && fold_key(there) == city;
        // Places in no state are near each other in one city only.
        let is_near = state == program.state && (same_city || !state.is_empty());
        if !is_near || found.iter().any(|(_, line)| line.id == id) {
            continue;
        }
        let line = GraduateLine {
            id,
            name: graduate.name.display(),
            employer: graduate.employer,
            near: if same_city {
                format!("in {}", program.city)
            } else {
                format!("in {state}")
            },
        };
        found.push((if same_city { 1 } else { 2 }, line));
    }
    found.sort_by_key(|(distance, _)| *distance);
    found.truncate(GRADUATES_SHOWN);
    Ok(found.into_iter().map(|(_, line)| line).collect())
}
