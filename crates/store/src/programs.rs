//! The student's list, own programs and sites, corrections and employers' answers.

use std::collections::HashMap;

use domain::{Certainty, ProgramId, Provenance, Reliability, SiteId, Track};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, column, stored_count, text_or_null};

/// A program on the student's list, with what finds the people there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which program.
    pub program: ProgramId,
    /// The student's own priority, 1 first.
    pub priority: u32,
    /// The student's note.
    pub note: String,
    /// The day it was put on the list.
    pub listed_on: Date,
    /// The key of its institution, or empty.
    pub institution_key: String,
    /// The sites where it trains.
    pub sites: Vec<SiteId>,
}

/// A program that the student added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProgram {
    /// Its identity.
    pub id: ProgramId,
    /// Its track.
    pub track: Track,
    /// The institution that sponsors it.
    pub institution: String,
    /// The city, or empty.
    pub city: String,
    /// The two-letter state code, or empty.
    pub state: String,
    /// The key that joins the programs of one sponsor at one place.
    pub institution_key: String,
    /// The sites where it trains, main one first.
    pub sites: Vec<SiteId>,
}

/// A site that the student added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSite {
    /// Its identity.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its city, or empty.
    pub city: String,
    /// The two-letter state code, or empty.
    pub state: String,
}

/// A value that the student sets beside a shipped fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What it is about: the identity of a program.
    pub subject: String,
    /// Which fact ("visa_j1").
    pub field: String,
    /// The value, as it would stand in the reference data.
    pub value: String,
    /// Where the student has it from.
    pub provenance: Provenance,
    /// When it was entered, to the microsecond.
    pub entered_at: Timestamp,
}

/// What the student said an employer's text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmployerAnswer {
    /// A place that is known.
    Place {
        /// The key of the institution.
        institution_key: Option<String>,
        /// One program there.
        program: Option<ProgramId>,
        /// The site.
        site: Option<SiteId>,
    },
    /// No program or site.
    Nothing,
}

impl EmployerAnswer {
    fn columns(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        match self {
            Self::Place {
                institution_key,
                program,
                site,
            } => (
                institution_key.as_deref(),
                program.as_ref().map(ProgramId::as_str),
                site.as_ref().map(SiteId::as_str),
            ),
            Self::Nothing => (None, None, None),
        }
    }
}

impl Snapshot<'_> {
    /// Returns the programs on the student's list, by priority.
    pub fn listed(&self) -> Result<Vec<Listing>> {
        let mut statement = self.prepare(
            "SELECT id, program, priority, note, listed_on, institution_key
             FROM listing ORDER BY priority, id",
        )?;
        let mut sites =
            self.prepare("SELECT site FROM listing_site WHERE listing = ?1 ORDER BY place")?;
        let rows = statement.query_map([], |row| {
            Ok(Listing {
                program: row.id(1)?,
                priority: row.get(2)?,
                note: row.get(3)?,
                listed_on: row.day(4)?,
                institution_key: row.get(5)?,
                sites: sites
                    .query_map([row.get::<_, i64>(0)?], |row| row.id(0))?
                    .collect::<rusqlite::Result<_>>()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the programs that the student added, oldest first.
    pub fn own_programs(&self) -> Result<Vec<OwnProgram>> {
        let mut statement = self.prepare(
            "SELECT id, program, track, institution, city, state, institution_key
             FROM own_program ORDER BY id",
        )?;
        let mut sites = self
            .prepare("SELECT site FROM own_program_site WHERE own_program = ?1 ORDER BY place")?;
        let rows = statement.query_map([], |row| {
            Ok(OwnProgram {
                id: row.id(1)?,
                track: row.parsed(2, "track", Track::from_word)?,
                institution: row.get(3)?,
                city: row.get(4)?,
                state: row.get(5)?,
                institution_key: row.get(6)?,
                sites: sites
                    .query_map([row.get::<_, i64>(0)?], |row| row.id(0))?
                    .collect::<rusqlite::Result<_>>()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the sites that the student added, oldest first.
    pub fn own_sites(&self) -> Result<Vec<OwnSite>> {
        let mut statement =
            self.prepare("SELECT site, name, city, state FROM own_site ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(OwnSite {
                id: row.id(0)?,
                name: row.get(1)?,
                city: row.get(2)?,
                state: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the corrections to the facts of one subject, the latest first.
    pub fn corrections(&self, subject: &str) -> Result<Vec<Correction>> {
        self.corrections_where("subject = ?1", subject)
    }

    /// Returns every correction, the latest first.
    pub fn all_corrections(&self) -> Result<Vec<Correction>> {
        self.corrections_where("?1 = ''", "")
    }

    fn corrections_where(&self, condition: &str, subject: &str) -> Result<Vec<Correction>> {
        let mut statement = self.prepare(&format!(
            "SELECT subject, field, value, source, as_of, reliability, private, entered_us
             FROM correction WHERE {condition} ORDER BY entered_us DESC, id DESC"
        ))?;
        let rows = statement.query_map([subject], |row| {
            Ok(Correction {
                subject: row.get(0)?,
                field: row.get(1)?,
                value: row.get(2)?,
                provenance: Provenance {
                    source: row.get(3)?,
                    as_of: row.day_or_null(4)?,
                    reliability: row.parsed(5, "reliability", Reliability::from_word)?,
                    private: row.get(6)?,
                },
                entered_at: row.instant(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns what the student said about employers' texts, by folded text.
    pub fn employer_answers(&self) -> Result<HashMap<String, EmployerAnswer>> {
        let mut statement = self
            .prepare("SELECT employer_key, institution_key, program, site FROM employer_answer")?;
        let rows = statement.query_map([], |row| {
            let (institution_key, program, site) =
                (row.get(1)?, row.id_or_null(2)?, row.id_or_null(3)?);
            let answer = match (&institution_key, &program, &site) {
                (None, None, None) => EmployerAnswer::Nothing,
                _ => EmployerAnswer::Place {
                    institution_key,
                    program,
                    site,
                },
            };
            Ok((row.get(0)?, answer))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writing<'_> {
    /// Puts a program on the list, or brings its listing to what `listing` says.
    pub fn list_program(&mut self, listing: &Listing) -> Result<()> {
        self.prepare(
            "INSERT INTO listing (program, priority, note, listed_on, institution_key)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (program) DO UPDATE SET priority = excluded.priority, note = excluded.note,
                listed_on = excluded.listed_on, institution_key = excluded.institution_key",
        )?
        .execute(params![
            listing.program.as_str(),
            listing.priority,
            listing.note,
            listing.listed_on.to_string(),
            listing.institution_key,
        ])?;
        let row = self.listing_row(&listing.program)?;
        self.replace_sites("listing_site", "listing", row, &listing.sites)
    }

    /// Takes a program off the list.
    pub fn unlist_program(&mut self, program: &ProgramId) -> Result<()> {
        let row = self.listing_row(program)?;
        self.prepare("DELETE FROM listing_site WHERE listing = ?1")?
            .execute([row])?;
        self.prepare("DELETE FROM listing WHERE id = ?1")?
            .execute([row])?;
        Ok(())
    }

    /// Sets the priority of a program on the list.
    pub fn set_priority(&mut self, program: &ProgramId, priority: u32) -> Result<()> {
        let row = self.listing_row(program)?;
        self.prepare("UPDATE listing SET priority = ?2 WHERE id = ?1")?
            .execute(params![row, priority])?;
        Ok(())
    }

    /// Adds a program of the student's own, or brings it to what `program` says.
    pub fn add_own_program(&mut self, program: &OwnProgram) -> Result<()> {
        self.prepare(
            "INSERT INTO own_program (program, track, institution, city, state, institution_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (program) DO UPDATE SET track = excluded.track,
                institution = excluded.institution, city = excluded.city, state = excluded.state,
                institution_key = excluded.institution_key",
        )?
        .execute(params![
            program.id.as_str(),
            program.track.word(),
            program.institution,
            program.city,
            program.state,
            program.institution_key,
        ])?;
        let row = self
            .prepare("SELECT id FROM own_program WHERE program = ?1")?
            .query_row([program.id.as_str()], |row| row.get(0))?;
        self.replace_sites("own_program_site", "own_program", row, &program.sites)
    }

    /// Adds a site of the student's own, or brings it to what `site` says.
    pub fn add_own_site(&mut self, site: &OwnSite) -> Result<()> {
        self.prepare(
            "INSERT INTO own_site (site, name, city, state) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (site) DO UPDATE SET name = excluded.name, city = excluded.city,
                state = excluded.state",
        )?
        .execute(params![site.id.as_str(), site.name, site.city, site.state])?;
        Ok(())
    }

    /// Sets a value beside a shipped fact. Earlier ones stay.
    pub fn add_correction(&mut self, correction: &Correction) -> Result<()> {
        let provenance = &correction.provenance;
        self.prepare(
            "INSERT INTO correction (subject, field, value, source, as_of, reliability, private, entered_us)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            correction.subject,
            correction.field,
            correction.value,
            provenance.source,
            text_or_null(provenance.as_of.as_ref()),
            provenance.reliability.word(),
            provenance.private,
            correction.entered_at.as_microsecond(),
        ])?;
        Ok(())
    }

    /// Remembers what an employer's text means, and links every affiliation
    /// with that text that was unsure; `evidence` says why, in words.
    ///
    /// `key` is [`domain::fold_key`] of the text. Returns how many
    /// affiliations were linked.
    pub fn set_employer_answer(
        &mut self,
        key: &str,
        answer: &EmployerAnswer,
        evidence: &str,
    ) -> Result<usize> {
        let (institution_key, program, site) = answer.columns();
        self.prepare(
            "INSERT INTO employer_answer (employer_key, institution_key, program, site)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (employer_key) DO UPDATE SET institution_key = excluded.institution_key,
                program = excluded.program, site = excluded.site",
        )?
        .execute(params![key, institution_key, program, site])?;
        let linked = self
            .prepare(
                "UPDATE affiliation SET institution_key = ?2, program = ?3, site = ?4, evidence = ?5,
                    certainty = ?6
                 WHERE employer_key = ?1 AND certainty = ?7",
            )?
            .execute(params![
                key,
                institution_key,
                program,
                site,
                evidence,
                Certainty::Confirmed.word(),
                Certainty::Unsure.word(),
            ])?;
        Ok(linked)
    }

    fn listing_row(&self, program: &ProgramId) -> Result<i64> {
        let found = self
            .prepare("SELECT id FROM listing WHERE program = ?1")?
            .query_row([program.as_str()], |row| row.get(0))
            .optional()?;
        found.ok_or_else(|| StoreError::Missing {
            what: "listing",
            id: program.to_string(),
        })
    }

    /// Brings the sites under a listing or own program to a new list.
    fn replace_sites(
        &mut self,
        table: &str,
        parent: &str,
        row: i64,
        sites: &[SiteId],
    ) -> Result<()> {
        let mut statement = self.prepare(&format!(
            "SELECT site FROM {table} WHERE {parent} = ?1 ORDER BY place"
        ))?;
        let stored: Vec<String> = column(&mut statement, [row], 0)?;
        if stored
            .iter()
            .map(String::as_str)
            .eq(sites.iter().map(SiteId::as_str))
        {
            return Ok(());
        }
        self.prepare(&format!("DELETE FROM {table} WHERE {parent} = ?1"))?
            .execute([row])?;
        for (place, site) in sites.iter().enumerate() {
            self.prepare(&format!(
                "INSERT INTO {table} ({parent}, place, site) VALUES (?1, ?2, ?3)"
            ))?
            .execute(params![row, stored_count(place), site.as_str()])?;
        }
        Ok(())
    }
}
