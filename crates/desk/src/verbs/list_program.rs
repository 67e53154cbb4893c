//! Puts a program on the student's list, or takes it off.

use std::ops::RangeInclusive;

use domain::ProgramId;
use store::Listing;

use crate::note_scan::Scan;
use crate::places::Places;
use crate::{Desk, DeskError, Done, Result};

/// What a priority can be; nobody ranks more programs than there are.
pub const PRIORITIES: RangeInclusive<u32> = 1..=999;

/// The same in words.
pub const PRIORITY_WOULD_DO: &str = "a whole number from 1 to 999, 1 first";

impl Desk {
    /// Puts a program on the student's list. Without a priority it goes to the end;
    /// on the list already, its priority and note are changed.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where no program has the id, [`DeskError::Bad`]
    /// where the priority is no number from 1 to 999, [`DeskError::Patient`] where
    /// the note may tell who a patient is.
    pub fn list_program(
        &self,
        id: &ProgramId,
        priority: Option<u32>,
        note: &str,
    ) -> Result<Done<()>> {
        self.list_scanned(id, priority, note, Scan::Strict)
    }

    /// Puts a program on the list, as [`Desk::list_program`] does, where the
    /// student may have said that the note is not about a patient.
    ///
    /// # Errors
    /// Those of [`Desk::list_program`].
    pub fn list_scanned(
        &self,
        id: &ProgramId,
        priority: Option<u32>,
        note: &str,
        scan: Scan,
    ) -> Result<Done<()>> {
        scan.allows(note)?;
        if let Some(priority) = priority.filter(|it| !PRIORITIES.contains(it)) {
            return Err(DeskError::bad("priority", priority, PRIORITY_WOULD_DO));
        }
        let today = self.today()?;
        self.write("list-program", id.as_str(), "List a program", |writing| {
            let places = Places::load(writing)?;
            let Some(program) = places.program(id) else {
                return Err(DeskError::not_there("program", id));
            };
            let listed = writing.listed()?;
            let before = listed.iter().find(|listing| listing.program == *id);
            let last = listed
                .iter()
                .map(|listing| listing.priority)
                .max()
                .unwrap_or(0);
            let listing = Listing {
                program: id.clone(),
                priority: priority.or(before.map(|b| b.priority)).unwrap_or(last + 1),
                note: note.trim().to_owned(),
                listed_on: before.map_or(today, |b| b.listed_on),
                institution_key: program.institution_key.clone(),
                sites: program.sites.clone(),
            };
            let verb = if before.is_some() {
                "Change on the list"
            } else {
                "Put on the list"
            };
            writing.describe(&format!("{verb}: {}", program.name()));
            writing.list_program(&listing)?;
            Ok(())
        })
    }

    /// Takes a program off the student's list.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where it is not on it.
    pub fn unlist_program(&self, id: &ProgramId) -> Result<Done<()>> {
        self.write(
            "unlist-program",
            id.as_str(),
            "Take a program off the list",
            |writing| {
                if !writing
                    .listed()?
                    .iter()
                    .any(|listing| listing.program == *id)
                {
                    return Err(DeskError::not_there("program on your list", id));
                }
                let places = Places::load(writing)?;
                if let Some(program) = places.program(id) {
                    writing.describe(&format!("Take off the list: {}", program.name()));
                }
                writing.unlist_program(id)?;
                Ok(())
            },
        )
    }
}
