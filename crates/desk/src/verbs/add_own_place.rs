//! Adds a program or a hospital that the shipped facts do not have.

use domain::{ProgramId, SiteId, Track};
use store::{OwnProgram, OwnSite};

use crate::{Desk, DeskError, Done, Result};

/// A program as the student describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewProgram {
    /// The track's word.
    pub track: String,
    /// The institution.
    pub institution: String,
    /// The city.
    pub city: String,
    /// The two-letter code of a state that the facts know, or empty.
    pub state: String,
}

/// A hospital as the student describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSite {
    /// Its name.
    pub name: String,
    /// The city.
    pub city: String,
    /// The two-letter code of a state that the facts know, or empty.
    pub state: String,
}

impl Desk {
    /// Adds a program of the student's own.
    ///
    /// # Errors
    /// [`DeskError::Bad`] names the field that is empty or not understood.
    pub fn add_own_program(&self, new: &NewProgram) -> Result<Done<ProgramId>> {
        let track = Track::from_word(new.track.trim()).ok_or_else(|| {
            let words: Vec<&str> = Track::ALL.into_iter().map(Track::word).collect();
            DeskError::bad("track", &new.track, words.join(", "))
        })?;
        let id = ProgramId::own(self.new_id());
        let program = OwnProgram {
            institution_key: id.as_str().to_owned(),
            id,
            track,
            institution: required("institution", &new.institution)?,
            city: new.city.trim().to_owned(),
            state: state(&new.state)?,
            sites: Vec::new(),
        };
        let id = program.id.clone();
        let description = format!("Add the program {}", program.institution);
        self.write("add-program", id.as_str(), &description, |writing| {
            writing.add_own_program(&program)?;
            Ok(id.clone())
        })
    }

    /// Adds a hospital of the student's own.
    ///
    /// # Errors
    /// [`DeskError::Bad`] names the field that is empty or not understood.
    pub fn add_own_site(&self, new: &NewSite) -> Result<Done<SiteId>> {
        let site = OwnSite {
            id: SiteId::own(self.new_id()),
            name: required("name", &new.name)?,
            city: new.city.trim().to_owned(),
            state: state(&new.state)?,
        };
        let id = site.id.clone();
        let description = format!("Add the hospital {}", site.name);
        self.write("add-site", id.as_str(), &description, |writing| {
            writing.add_own_site(&site)?;
            Ok(id.clone())
        })
    }
}

fn required(field: &'static str, value: &str) -> Result<String> {
    let value = value.trim();
    if value.is_empty() {
        return Err(DeskError::bad(field, value, "its name"));
    }
    Ok(value.to_owned())
}

/// Returns the code of a state in upper case, or an empty text for a place in none.
fn state(value: &str) -> Result<String> {
    let code = value.trim().to_ascii_uppercase();
    if code.is_empty() || facts::shipped().states().any(|known| known == code) {
        return Ok(code);
    }
    Err(DeskError::bad(
        "state",
        value,
        "the two-letter code of a state such as NY, or nothing for a place outside the United States",
    ))
}
