//! Who the student is.

use domain::{Cadences, Rotation};
use jiff::civil::Date;
use serde::Serialize;
use store::Reader;

use crate::places::Places;
use crate::student::Student;
use crate::views::guards::{LimitLine, limits};
use crate::views::hospitals::{HospitalLine, hospitals_offered};
use crate::views::import::{Employer, read_employer};
use crate::{DeskError, Result};

/// The student, and how the school's name was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetUp {
    /// The student.
    #[serde(flatten)]
    pub student: Student,
    /// Schools that the typed name fits, where it fits several.
    pub school_candidates: Vec<String>,
    /// Schools that can be picked.
    #[serde(skip)]
    pub schools: Vec<String>,
    /// Where the student rotates, by the first day.
    pub rotations: Vec<RotationLine>,
    /// Hospitals of the imported list.
    #[serde(skip)]
    pub n_hospitals: usize,
    /// Rhythms that the student set: whose, and the days.
    pub rhythms: Vec<(String, String)>,
    /// Limits that rules on messages keep to.
    pub limits: Vec<LimitLine>,
    /// When applications of the target season may be submitted, as a sentence;
    /// empty without a season.
    pub applications_open: String,
}

/// One rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RotationLine {
    /// Its id.
    pub id: String,
    /// The hospital as typed.
    pub hospital: String,
    /// The shipped or own site that the name tells, where it tells one.
    pub site: Option<String>,
    /// Hospitals of the imported list that the name may be, where it tells no site.
    pub candidates: Vec<HospitalLine>,
    /// The service, or empty.
    pub service: String,
    /// The first day.
    pub starts: Option<String>,
    /// The last day.
    pub ends: Option<String>,
    /// "now", "next", "past", or "no dates".
    pub when: &'static str,
}

/// Returns who the student is.
pub fn set_up(reader: &Reader, today: Date) -> Result<SetUp> {
    let (student, rotations, rhythms, n_hospitals) = reader.read(|snapshot| {
        let settings = snapshot.settings()?;
        let student = Student::from_settings(&settings);
        let rhythms = Cadences::from_settings(&settings).settings().into_iter();
        let rhythms = rhythms.map(|(key, days)| {
            let who = key.split('.').skip(1).collect::<Vec<_>>().join(" ");
            (who, days)
        });
        let places = Places::load(snapshot)?;
        let answers = snapshot.employer_answers()?;
        let mut lines = Vec::new();
        for rotation in snapshot.rotations()? {
            let mut line = rotation_line(&places, rotation, today);
            let read = read_employer(&places, &answers, &line.hospital, "");
            if line.site.is_none() && !matches!(read, Employer::Settled(Some(_))) {
                line.candidates = hospitals_offered(snapshot, &line.hospital)?;
            }
            lines.push(line);
        }
        let n_hospitals = snapshot.n_hospitals()?;
        Ok::<_, DeskError>((student, lines, rhythms.collect(), n_hospitals))
    })?;
    let facts = facts::shipped();
    let school_candidates = match facts.school(&student.school) {
        facts::SchoolAnswer::Several(schools) => schools
            .into_iter()
            .map(|school| school.name.clone())
            .collect(),
        _ => Vec::new(),
    };
    let schools = facts
        .schools()
        .iter()
        .map(|school| school.name.clone())
        .collect();
    let applications_open = match student.situation(Vec::new()).applications_open {
        Some(open) if open.estimated => format!(
            "Applications usually open in the first week of September; for your season that would be {}. The day is not announced yet.",
            open.day.strftime("%-d %b %Y")
        ),
        Some(open) => format!("Applications open on {}.", open.day.strftime("%-d %b %Y")),
        None => String::new(),
    };
    Ok(SetUp {
        student,
        school_candidates,
        schools,
        rotations,
        n_hospitals,
        rhythms,
        limits: limits(reader)?,
        applications_open,
    })
}

/// Returns a rotation as a page shows it, seen from a day.
pub(crate) fn rotation_line(places: &Places, rotation: Rotation, today: Date) -> RotationLine {
    let site = rotation.site.as_ref().and_then(|id| places.site(id));
    let when = match (rotation.starts, rotation.ends) {
        (None, None) => "no dates",
        (_, Some(ends)) if ends < today => "past",
        (Some(starts), _) if today < starts => "next",
        _ => "now",
    };
    RotationLine {
        id: rotation.id.to_string(),
        site: site.map(|site| site.name.clone()),
        candidates: Vec::new(),
        hospital: rotation.hospital,
        service: rotation.service,
        starts: rotation.starts.map(|day| day.to_string()),
        ends: rotation.ends.map(|day| day.to_string()),
        when,
    }
}

/// Returns who the student is, alone.
pub fn student(reader: &Reader) -> Result<Student> {
    reader.read(|snapshot| Ok(Student::from_settings(&snapshot.settings()?)))
}
