//! How a row's list of sources becomes the provenance of one of its fields.
//!
//! A row names its sources in one cell, and not which of them said what. So a
//! field gets those sources that can hold its kind of value, and the least
//! reliable of them decides:
//!
//! | source | reliability | why |
//! |---|---|---|
//! | ACGME report, ERAS list | transcribed | primary lists, read through a third party's parse |
//! | NRMP results, Florida | transcribed | a dated transcription of the official table |
//! | CMS hospital file | transcribed | a copy of the official file |
//! | a program's own page | official | right when written, often undated |
//! | residencyadvisor.com | second-hand | aggregator, tags unverified |
//! | avatarmd, radsresident, caferoentgen, irmeds, radiologybusiness | second-hand | individual writers and press |
//! | SIR list of 2016, FREIDA copy | second-hand | partly visible; a copy of a copy |

use domain::{Provenance, Reliability};
use jiff::civil::Date;

/// The kinds of source that a row can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// The report of the accrediting body.
    Acgme,
    /// The list of programs taking part in the application service.
    Eras,
    /// Program results of the Match.
    Nrmp,
    /// The government's file of hospitals.
    Cms,
    /// The program's own page.
    ProgramPage,
    /// An aggregator, an individual writer or a copy of a copy.
    ThirdParty,
}

/// Names that mark a source as second-hand.
const THIRD_PARTIES: [&str; 7] = [
    "residencyadvisor.com",
    "avatarmd.net",
    "radsresident.com",
    "caferoentgen.com",
    "irmeds.com",
    "radiologybusiness.com",
    "freida-admin",
];

impl SourceKind {
    /// Returns the kind of one source, by its words.
    pub(crate) fn of(source: &str) -> Self {
        if source.starts_with("ACGME ADS") {
            Self::Acgme
        } else if source.starts_with("ERAS 20") {
            Self::Eras
        } else if source.contains("NRMP_20") {
            Self::Nrmp
        } else if source.starts_with("CMS ") {
            Self::Cms
        } else if THIRD_PARTIES.iter().any(|name| source.starts_with(name))
            || source.starts_with("Society of Interventional Radiology")
        {
            Self::ThirdParty
        } else {
            Self::ProgramPage
        }
    }

    /// Returns how far a source of this kind can be relied on.
    pub(crate) fn reliability(self) -> Reliability {
        match self {
            Self::Acgme | Self::Eras | Self::Nrmp | Self::Cms => Reliability::Transcribed,
            Self::ProgramPage => Reliability::Official,
            Self::ThirdParty => Reliability::SecondHand,
        }
    }
}

/// The sources of one row.
pub(crate) struct Sources<'a>(Vec<(&'a str, SourceKind)>);

impl<'a> Sources<'a> {
    /// Reads the cell, in which " | " stands between sources.
    pub(crate) fn new(cell: &'a str) -> Self {
        Self(
            cell.split(" | ")
                .map(str::trim)
                .filter(|source| !source.is_empty())
                .map(|source| (source, SourceKind::of(source)))
                .collect(),
        )
    }

    /// Returns the provenance from the sources of the wanted kinds; from all
    /// of the row's sources when it names none of them.
    pub(crate) fn of_kinds(&self, wanted: &[SourceKind]) -> Provenance {
        let fitting: Vec<_> = self
            .0
            .iter()
            .filter(|(_, kind)| wanted.contains(kind))
            .copied()
            .collect();
        let chosen = if fitting.is_empty() {
            &self.0
        } else {
            &fitting
        };
        provenance_of(chosen)
    }

    /// Returns the sources that describe a program beyond the national lists.
    pub(crate) fn about_the_program(&self) -> Provenance {
        self.of_kinds(&[
            SourceKind::ProgramPage,
            SourceKind::ThirdParty,
            SourceKind::Nrmp,
        ])
    }
}

fn provenance_of(sources: &[(&str, SourceKind)]) -> Provenance {
    let names: Vec<_> = sources.iter().map(|(source, _)| *source).collect();
    // A date counts only where all sources agree on one, or just one is dated.
    let mut dates: Vec<_> = names.iter().filter_map(|name| date_in(name)).collect();
    dates.dedup();
    Provenance {
        source: names.join(" | "),
        as_of: if dates.len() == 1 { dates.pop() } else { None },
        reliability: sources
            .iter()
            .map(|(_, kind)| kind.reliability())
            .max()
            .unwrap_or(Reliability::SecondHand),
        private: false,
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Returns the date that a text names: a full date, a month and a year (its
/// first day), or a year that stands alone (its first day).
///
/// A season ("2026-season"), a range ("2020_2026") and a file name hold no date.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split([' ', '(', ')', ',', ';', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    if let Some(date) = words.iter().find_map(|word| iso_date(word)) {
        return Some(date);
    }
    let (idx, year) = words
        .iter()
        .enumerate()
        .find_map(|(idx, word)| Some((idx, lone_year(word)?)))?;
    let month = idx
        .checked_sub(1)
        .and_then(|before| MONTHS.iter().position(|m| words[before].starts_with(m)))
        .map_or(1, |position| position as i8 + 1);
    Date::new(year, month, 1).ok()
}

/// Returns the first day of the year with which a text begins ("2024-25",
/// "2024 start"), if it does.
pub(crate) fn leading_year(text: &str) -> Option<Date> {
    let year = lone_year(text.get(..4)?)?;
    Date::new(year, 1, 1).ok()
}

fn iso_date(word: &str) -> Option<Date> {
    (word.len() == 10).then(|| word.parse().ok()).flatten()
}

fn lone_year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.starts_with("20"))
        .then(|| word.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_where_the_source_names_one() {
        let cases = [
            (
                "ACGME ADS public Report 1 of 2026-06-16, as parsed in x@1949c0ee",
                Some(date(2026, 6, 16)),
            ),
            (
                "CMS Hospital General Information (Nov 2025 copy in x)",
                Some(date(2025, 11, 1)),
            ),
            (
                "Society of Interventional Radiology ESIR list, 2016 (partly visible)",
                Some(date(2016, 1, 1)),
            ),
            (
                "ERAS 2026-season participating list, Matchly/Data/ERAS2026.json",
                None,
            ),
            ("public/NRMP_2020_2026_Main_and_Specialty.csv", None),
            ("radiology.uams.edu", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(date_in(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_least_reliable_source_decides() {
        let sources = Sources::new(
            "ERAS 2026-season list | radiology.x.edu | residencyadvisor.com program page",
        );
        let provenance = sources.about_the_program();
        assert_eq!(provenance.reliability, Reliability::SecondHand);
        assert_eq!(
            provenance.source,
            "radiology.x.edu | residencyadvisor.com program page"
        );
        assert_eq!(
            sources.of_kinds(&[SourceKind::Eras]).reliability,
            Reliability::Transcribed
        );
    }
}
