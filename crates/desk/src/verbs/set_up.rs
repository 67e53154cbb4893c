//! Stores who the student is.

use jiff::tz::TimeZone;

use crate::student::{Stage, Student};
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Stores who the student is. A school that one entry of the shipped list
    /// fits is stored under its full name; anything else as it was typed.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where stage, zone or address is not understood, and
    /// [`DeskError::Several`] where the school's name fits several.
    pub fn set_up(&self, student: &Student) -> Result<Done<()>> {
        let mut student = Student {
            name: student.name.trim().to_owned(),
            stage: student.stage.trim().to_owned(),
            school: student.school.trim().to_owned(),
            email: student.email.trim().to_owned(),
            zone: student.zone.trim().to_owned(),
        };
        if !student.stage.is_empty() {
            let stage = Stage::from_word(&student.stage).ok_or_else(|| {
                let words: Vec<&str> = Stage::ALL.into_iter().map(Stage::word).collect();
                DeskError::bad("stage", &student.stage, words.join(", "))
            })?;
            stage.word().clone_into(&mut student.stage);
        }
        if !student.zone.is_empty() && TimeZone::get(&student.zone).is_err() {
            let would_do = "a zone such as America/Barbados, or nothing for this machine's";
            return Err(DeskError::bad("zone", &student.zone, would_do));
        }
        if !student.email.is_empty() && !student.email.contains('@') {
            return Err(DeskError::bad(
                "email",
                &student.email,
                "an address with \"@\"",
            ));
        }
        match facts::shipped().school(&student.school) {
            facts::SchoolAnswer::One(school) => school.name.clone_into(&mut student.school),
            facts::SchoolAnswer::Several(schools) => {
                return Err(DeskError::Several {
                    name: student.school,
                    candidates: schools
                        .into_iter()
                        .map(|school| school.name.clone())
                        .collect(),
                });
            }
            facts::SchoolAnswer::None => {}
        }
        self.write("set-up", "", "Say who you are", |writing| {
            for (key, value) in student.settings() {
                writing.set_setting(key, &value)?;
            }
            Ok(())
        })
    }
}
