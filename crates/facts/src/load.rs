//! The shipped tables, read row by row and checked as a whole.

use std::collections::{HashMap, HashSet};

use domain::{Fact, Program, ProgramId, Provenance, Reliability, Track};
use jiff::civil::Date;
use serde::Deserialize;

use crate::institution::Sites;
use crate::provenance::{SourceKind, Sources, date_in, leading_year};
use crate::school::Schools;
use crate::{Conflict, Facts, employer, networking};

/// The texts from which [`Facts`] are loaded.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Programs, one a row.
    pub programs_csv: &'a str,
    /// Medical schools, one a row.
    pub schools_csv: &'a str,
    /// Abbreviations of schools that are not theirs alone.
    pub shared_abbreviations_csv: &'a str,
    /// Evidence and limits.
    pub networking_toml: &'a str,
    /// Short names of institutions in common use.
    pub aliases_csv: &'a str,
    /// The words of employer names, by how much they tell.
    pub employer_words_toml: &'a str,
}

impl Texts<'static> {
    /// Returns the compiled-in texts.
    pub fn shipped() -> Self {
        Self {
            programs_csv: include_str!("../data/programs.csv"),
            schools_csv: include_str!("../data/schools.csv"),
            shared_abbreviations_csv: include_str!("../data/shared-abbreviations.csv"),
            networking_toml: include_str!("../data/networking.toml"),
            aliases_csv: include_str!("../data/aliases.csv"),
            employer_words_toml: include_str!("../data/employer-words.toml"),
        }
    }
}

/// Why the texts are not usable facts.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A table has no such columns or rows.
    #[error("{table}: {source}")]
    Table {
        /// The table.
        table: &'static str,
        /// What its reader says.
        source: csv::Error,
    },
    /// A document of rules or words is not as expected.
    #[error("{document}: {source}")]
    Document {
        /// The document.
        document: &'static str,
        /// What its reader says.
        source: toml::de::Error,
    },
    /// A cell holds something that its column cannot.
    #[error("{table} row {row}, {column}: \"{found}\" is not {wanted}")]
    Cell {
        /// The table.
        table: &'static str,
        /// The row, counted from 1 below the header.
        row: usize,
        /// The column.
        column: &'static str,
        /// What was found.
        found: String,
        /// What would do.
        wanted: &'static str,
    },
    /// An id stands on two rows.
    #[error("{table} row {row}: \"{id}\" stands on an earlier row too")]
    Twice {
        /// The table.
        table: &'static str,
        /// The later row.
        row: usize,
        /// The id.
        id: String,
    },
    /// A row points to a program that is not there.
    #[error("programs row {row}, {column}: no program {id}")]
    Dangling {
        /// The row that points.
        row: usize,
        /// The column.
        column: &'static str,
        /// The missing program.
        id: String,
    },
    /// Rows of one site key name different sister programs.
    #[error("programs row {row}: sister programs of \"{key}\" differ from those of its rows")]
    Siblings {
        /// The row.
        row: usize,
        /// The site key.
        key: String,
    },
}

/// One row of `programs.csv`, as it stands there.
#[derive(Deserialize)]
pub(crate) struct ProgramRow {
    acgme_id: String,
    track: String,
    pub(crate) institution: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) site_key: String,
    nrmp_codes: String,
    positions_per_year: String,
    positions_year: String,
    positions_and_program_note: String,
    pub(crate) main_hospitals: String,
    pub(crate) main_hospital_basis: String,
    pub(crate) ccn: String,
    website_domain: String,
    visa_j1: String,
    visa_h1b: String,
    img_note: String,
    signals: String,
    esir: String,
    accreditation_note: String,
    in_eras_2026: String,
    in_acgme_june_2026: String,
    related_core_id: String,
    site_ir_integrated_ids: String,
    site_ir_independent_ids: String,
    site_dr_ids: String,
    pub(crate) source: String,
}

/// Returns the rows of a table, or what its reader says.
pub(crate) fn rows<T: for<'de> Deserialize<'de>>(
    table: &'static str,
    text: &str,
) -> Result<Vec<T>, LoadError> {
    csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|source| LoadError::Table { table, source })
}

impl Facts {
    /// Loads facts from texts, all or nothing: the data are ours, so a wrong
    /// row is a mistake to repair and not something to skip.
    pub fn load(texts: &Texts<'_>) -> Result<Self, LoadError> {
        let rows: Vec<ProgramRow> = rows("programs", texts.programs_csv)?;
        let mut sites = Sites::default();
        let mut programs = Vec::with_capacity(rows.len());
        let mut program_by_id = HashMap::with_capacity(rows.len());
        let mut programs_by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut site_links = HashMap::with_capacity(rows.len());
        let mut conflicts = Vec::new();
        for (idx, row) in rows.iter().enumerate() {
            let cells = Cells {
                row,
                number: idx + 1,
            };
            let program = cells.program(&mut sites, &mut conflicts)?;
            site_links.insert(program.id.clone(), sites.link(row));
            if program_by_id.insert(program.id.clone(), idx).is_some() {
                return Err(LoadError::Twice {
                    table: "programs",
                    row: idx + 1,
                    id: program.id.to_string(),
                });
            }
            programs_by_key
                .entry(program.institution_key.clone())
                .or_default()
                .push(idx);
            programs.push(program);
        }
        check_relations(&rows, &programs, &programs_by_key)?;

        let (sites, site_names) = sites.finish();
        let site_by_id = sites
            .iter()
            .enumerate()
            .map(|(idx, site)| (site.id.clone(), idx))
            .collect();
        let employers = employer::Index::build(&programs, &sites, &site_names, texts)?;
        let (evidence, limits) = networking::load(texts.networking_toml)?;
        Ok(Self {
            schools: Schools::load(texts.schools_csv, texts.shared_abbreviations_csv)?,
            programs,
            program_by_id,
            programs_by_key,
            site_links,
            conflicts,
            sites,
            site_by_id,
            site_names,
            evidence,
            limits,
            employers,
        })
    }
}

/// Checks that every named program exists and that the rows of one site key
/// name the same sister programs: those that the key really has.
fn check_relations(
    rows: &[ProgramRow],
    programs: &[Program],
    by_key: &HashMap<String, Vec<usize>>,
) -> Result<(), LoadError> {
    let ids: HashSet<&str> = programs.iter().map(|program| program.id.as_str()).collect();
    for (idx, row) in rows.iter().enumerate() {
        let related = &row.related_core_id;
        if !related.is_empty() && !ids.contains(related.as_str()) {
            return Err(LoadError::Dangling {
                row: idx + 1,
                column: "related_core_id",
                id: related.clone(),
            });
        }
        let of_track = |track| -> HashSet<&str> {
            by_key[&row.site_key]
                .iter()
                .map(|&sister| &programs[sister])
                .filter(|sister| sister.track == track)
                .map(|sister| sister.id.as_str())
                .collect()
        };
        let columns = [
            (&row.site_ir_integrated_ids, Track::IrIntegrated),
            (&row.site_ir_independent_ids, Track::IrIndependent),
            (&row.site_dr_ids, Track::Dr),
        ];
        for (cell, track) in columns {
            let named: HashSet<&str> = list(cell).collect();
            if named != of_track(track) {
                return Err(LoadError::Siblings {
                    row: idx + 1,
                    key: row.site_key.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Returns the parts of a `;` list, in order and without blanks around them.
pub(crate) fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn found<T>(value: T, provenance: Provenance) -> Fact<T> {
    Fact::Found(value, provenance)
}

fn text_fact(cell: &str, provenance: impl FnOnce() -> Provenance) -> Fact<String> {
    if cell.is_empty() {
        return Fact::NotFound;
    }
    found(cell.to_owned(), provenance())
}

/// A row with its number, for what is said about its cells.
struct Cells<'a> {
    row: &'a ProgramRow,
    number: usize,
}

impl Cells<'_> {
    fn wrong(&self, column: &'static str, found: &str, wanted: &'static str) -> LoadError {
        LoadError::Cell {
            table: "programs",
            row: self.number,
            column,
            found: found.to_owned(),
            wanted,
        }
    }

    fn program(
        &self,
        sites: &mut Sites,
        conflicts: &mut Vec<Conflict>,
    ) -> Result<Program, LoadError> {
        let row = self.row;
        let sources = Sources::new(&row.source);
        let id = self.id("acgme_id", &row.acgme_id)?;
        // ESIR is chosen inside a diagnostic program, so it is a fact and not a track.
        let (track, esir_by_track) = match row.track.as_str() {
            "dr-esir" => (Track::Dr, true),
            word => match Track::from_word(word) {
                Some(track) => (track, false),
                None => return Err(self.wrong("track", word, "a track")),
            },
        };
        if row.state.len() != 2 || !row.state.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(self.wrong("state", &row.state, "a two-letter state code"));
        }
        let esir = match (row.esir.as_str(), esir_by_track) {
            ("yes", _) | ("", true) => found(true, sources.about_the_program()),
            ("no", false) => found(false, sources.about_the_program()),
            ("", false) => Fact::NotFound,
            (other, _) => return Err(self.wrong("esir", other, "yes, no or blank")),
        };
        let related_core = match row.related_core_id.as_str() {
            "" => None,
            related => Some(self.id("related_core_id", related)?),
        };
        Ok(Program {
            track,
            institution: row.institution.clone(),
            city: row.city.clone(),
            state: row.state.clone(),
            institution_key: row.site_key.clone(),
            sites: sites
                .of_row(row)
                .map_err(|(column, found, wanted)| self.wrong(column, &found, wanted))?,
            nrmp_codes: self.nrmp_codes(&sources),
            positions: text_fact(&row.positions_per_year, || self.positions_source(&sources)),
            website: text_fact(&row.website_domain, || sources.about_the_program()),
            visa_j1: self.visa(&id, "visa_j1", &row.visa_j1, &sources, conflicts)?,
            visa_h1b: self.visa(&id, "visa_h1b", &row.visa_h1b, &sources, conflicts)?,
            img_note: text_fact(&row.img_note, || remark_source(&row.img_note, &sources)),
            signals: text_fact(&row.signals, || {
                dated(
                    sources.of_kinds(&[SourceKind::ProgramPage]),
                    leading_year(&row.signals),
                )
            }),
            esir,
            accreditation_note: self.accreditation(&sources),
            in_eras_2026: self.in_eras(&sources)?,
            in_acgme_june_2026: self.in_acgme(&sources)?,
            program_note: text_fact(&row.positions_and_program_note, || {
                remark_source(&row.positions_and_program_note, &sources)
            }),
            related_core,
            id,
        })
    }

    fn id(&self, column: &'static str, text: &str) -> Result<ProgramId, LoadError> {
        ProgramId::new(text).map_err(|err| self.wrong(column, text, err.wanted))
    }

    fn nrmp_codes(&self, sources: &Sources<'_>) -> Fact<Vec<String>> {
        let codes: Vec<String> = list(&self.row.nrmp_codes).map(str::to_owned).collect();
        if codes.is_empty() {
            return Fact::NotFound;
        }
        found(codes, self.positions_source(sources))
    }

    /// Match codes and positions come from the transcribed results where the
    /// row has them, and are dated by `positions_year`.
    fn positions_source(&self, sources: &Sources<'_>) -> Provenance {
        let provenance = if self.row.source.contains("NRMP_20") {
            sources.of_kinds(&[SourceKind::Nrmp])
        } else {
            sources.about_the_program()
        };
        dated(provenance, leading_year(&self.row.positions_year))
    }

    fn visa(
        &self,
        id: &ProgramId,
        field: &'static str,
        cell: &str,
        sources: &Sources<'_>,
        conflicts: &mut Vec<Conflict>,
    ) -> Result<Fact<bool>, LoadError> {
        let provenance = sources.of_kinds(&[SourceKind::ProgramPage, SourceKind::ThirdParty]);
        match cell {
            "" => Ok(Fact::NotFound),
            "yes" => Ok(found(true, provenance)),
            "no" => Ok(found(false, provenance)),
            "conflict" => {
                let note = &self.row.positions_and_program_note;
                let wording = note
                    .split_once("visa conflict:")
                    .map_or(note.as_str(), |(_, rest)| rest);
                conflicts.push(Conflict {
                    program: id.clone(),
                    field,
                    wording: wording.trim().to_owned(),
                    provenance,
                });
                Ok(Fact::NotFound)
            }
            other => Err(self.wrong(field, other, "yes, no, conflict or blank")),
        }
    }

    fn accreditation(&self, sources: &Sources<'_>) -> Fact<String> {
        let note = &self.row.accreditation_note;
        text_fact(note, || {
            let provenance = sources.of_kinds(&[SourceKind::Acgme, SourceKind::Eras]);
            dated(provenance, date_in(note))
        })
    }

    /// An independent program is not entered through that list, so the cell
    /// "not-applicable" is neither yes nor no.
    fn in_eras(&self, sources: &Sources<'_>) -> Result<Fact<bool>, LoadError> {
        match self.row.in_eras_2026.as_str() {
            "yes" => Ok(found(true, sources.of_kinds(&[SourceKind::Eras]))),
            "no" => Ok(found(
                false,
                Provenance {
                    source: "ERAS 2026-season participating list, on which it does not stand"
                        .to_owned(),
                    as_of: None,
                    reliability: Reliability::Transcribed,
                    private: false,
                },
            )),
            "" | "not-applicable" => Ok(Fact::NotFound),
            other => Err(self.wrong("in_eras_2026", other, "yes, no, not-applicable or blank")),
        }
    }

    /// "presumed" means: on the ERAS list, and not individually compared.
    fn in_acgme(&self, sources: &Sources<'_>) -> Result<Fact<bool>, LoadError> {
        match self.row.in_acgme_june_2026.as_str() {
            "yes" => Ok(found(true, sources.of_kinds(&[SourceKind::Acgme]))),
            "presumed" => {
                let eras = sources.of_kinds(&[SourceKind::Eras]);
                Ok(found(
                    true,
                    Provenance {
                        source: format!("presumed, not individually compared; {}", eras.source),
                        reliability: Reliability::Inferred,
                        ..eras
                    },
                ))
            }
            "no" => Ok(found(
                false,
                Provenance {
                    source: "ACGME ADS public Report 1 of 2026-06-16, in which it does not stand"
                        .to_owned(),
                    as_of: Date::new(2026, 6, 16).ok(),
                    reliability: Reliability::Transcribed,
                    private: false,
                },
            )),
            "" => Ok(Fact::NotFound),
            other => Err(self.wrong("in_acgme_june_2026", other, "yes, presumed, no or blank")),
        }
    }
}

/// Returns the provenance of a remark: the third parties alone where it says
/// that it is theirs, the Match results where it quotes them.
fn remark_source(remark: &str, sources: &Sources<'_>) -> Provenance {
    if remark.starts_with("third-party") {
        return sources.of_kinds(&[SourceKind::ThirdParty]);
    }
    if let Some(rest) = remark.strip_prefix("NRMP ") {
        return dated(sources.of_kinds(&[SourceKind::Nrmp]), leading_year(rest));
    }
    sources.about_the_program()
}

fn dated(provenance: Provenance, date: Option<Date>) -> Provenance {
    Provenance {
        as_of: date.or(provenance.as_of),
        ..provenance
    }
}
