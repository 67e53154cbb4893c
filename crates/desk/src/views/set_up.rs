//! Who the student is.

use serde::Serialize;
use store::Reader;

use crate::Result;
use crate::student::Student;

/// The student, and how the school's name was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetUp {
    /// The student.
    pub student: Student,
    /// Schools that the typed name fits, where it fits several.
    pub school_candidates: Vec<String>,
    /// Schools that can be picked.
    pub schools: Vec<String>,
}

/// Returns who the student is.
pub fn set_up(reader: &Reader) -> Result<SetUp> {
    let student = student(reader)?;
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
    Ok(SetUp {
        student,
        school_candidates,
        schools,
    })
}

/// Returns who the student is, alone.
pub fn student(reader: &Reader) -> Result<Student> {
    reader.read(|snapshot| Ok(Student::from_settings(&snapshot.settings()?)))
}
