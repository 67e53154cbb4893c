//! Puts the student's own value beside a shipped fact.

use domain::{ProgramId, Provenance, Reliability};
use jiff::civil::Date;
use store::Correction;

use crate::places::Places;
use crate::views::program::{FIELDS, OWN_FIELDS};
use crate::{Desk, DeskError, Done, Result};

/// More positions a year than any program of radiology has.
const POSITIONS_MAX: u16 = 500;

/// A value for a fact, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    /// The field's word.
    pub field: String,
    /// The value.
    pub value: String,
    /// Who said it or where it stands.
    pub source: String,
    /// When it was true or read.
    pub as_of: Option<Date>,
    /// Told in confidence.
    pub private: bool,
}

impl Desk {
    /// Puts a value with its source beside a fact of a program.
    ///
    /// # Errors
    /// [`DeskError::Bad`] names the field that is unknown, empty or without source.
    pub fn correct_fact(&self, program: &ProgramId, new: &NewFact) -> Result<Done<()>> {
        let known = FIELDS
            .iter()
            .chain(&OWN_FIELDS)
            .find(|(field, _)| *field == new.field);
        let Some((field, label)) = known else {
            let words: Vec<&str> = FIELDS.iter().chain(&OWN_FIELDS).map(|(f, _)| *f).collect();
            return Err(DeskError::bad("field", &new.field, words.join(", ")));
        };
        let value = new.value.trim();
        let (fits, would_do) = match *field {
            "esir" | "visa_j1" | "visa_h1b" => (["yes", "no"].contains(&value), "yes or no"),
            "positions" => (
                value.parse().is_ok_and(|n: u16| n <= POSITIONS_MAX),
                "a whole number from 0 to 500",
            ),
            _ => (!value.is_empty(), "a value"),
        };
        if !fits {
            return Err(DeskError::bad("value", value, would_do));
        }
        if new.source.trim().is_empty() {
            return Err(DeskError::bad(
                "source",
                "",
                "who said it, or where it stands",
            ));
        }
        let correction = Correction {
            subject: program.as_str().to_owned(),
            field: (*field).to_owned(),
            value: value.to_owned(),
            provenance: Provenance {
                source: new.source.trim().to_owned(),
                as_of: new.as_of.or(Some(self.today()?)),
                reliability: Reliability::OwnWord,
                private: new.private,
            },
            entered_at: self.now(),
        };
        let description = format!("Enter {label} of a program");
        self.write("correct-fact", program.as_str(), &description, |writing| {
            let places = Places::load(writing)?;
            let Some(found) = places.program(program) else {
                return Err(DeskError::not_there("program", program));
            };
            writing.describe(&format!("Enter \"{label}\" of {}", found.name()));
            writing.add_correction(&correction)?;
            Ok(())
        })
    }
}
