//! Match results, fees, signals and dates of past and coming seasons.
//!
//! These stand apart from [`crate::Facts`] and are parsed when first asked
//! for: the pages that need them are few, and start-up does not wait.

use std::sync::OnceLock;

use domain::{Provenance, Reliability};
use jiff::civil::Date;
use serde::Deserialize;

use crate::load::LoadError;
use crate::provenance::date_in;

/// Results, fees, signals and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seasons {
    /// Results by year, specialty and track.
    pub results: Vec<MatchResult>,
    /// Fees for applications and for the Match.
    pub fees: Vec<Fee>,
    /// How many signals an applicant had.
    pub signals: Vec<SignalBudget>,
    /// Dates of application seasons.
    pub calendar: Vec<CalendarEntry>,
}

/// How far an entry can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryStanding {
    /// Where it comes from.
    pub provenance: Provenance,
    /// Not to be relied on before it is checked.
    pub unverified: bool,
    /// What is to be known when using it.
    pub note: Option<String>,
}

/// The outcome of one Match for a specialty and track.
///
/// A number that is `None` was not found, and is never zero. Applicants are
/// those who ranked at least one program of the track, so the same person may
/// be counted in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchResult {
    /// The year of the Match.
    pub year: i16,
    /// The specialty, such as `interventional-radiology-integrated`.
    pub specialty: String,
    /// The track: `pgy1`, `pgy2`, `physician-r`, `pgy1+pgy2` or `all`.
    pub track: String,
    /// Programs that offered positions.
    pub programs: Option<u32>,
    /// Positions offered.
    pub positions: Option<u32>,
    /// Applicants of every kind.
    pub applicants: Option<u32>,
    /// Positions filled.
    pub matched: Option<u32>,
    /// Filled by seniors of MD schools.
    pub matched_md_senior: Option<u32>,
    /// Filled by seniors of DO schools.
    pub matched_do_senior: Option<u32>,
    /// Applicants who are US citizens from schools abroad.
    pub applicants_us_img: Option<u32>,
    /// Applicants who are not US citizens, from schools abroad.
    pub applicants_non_us_img: Option<u32>,
    /// Filled by US citizens from schools abroad.
    pub matched_us_img: Option<u32>,
    /// Filled by graduates of schools abroad who are not US citizens.
    pub matched_non_us_img: Option<u32>,
    /// Positions left open.
    pub unfilled: Option<u32>,
    /// Where it comes from; inferred where the numbers were computed.
    pub standing: EntryStanding,
}

/// What something costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// The year of the season or of the Match.
    pub year: i16,
    /// What it is for.
    pub name: String,
    /// How much, in US dollars.
    pub usd: u32,
    /// For what: each program, or once.
    pub per: FeeUnit,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// For what a fee is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeUnit {
    /// For each program of the tier.
    Program,
    /// Once.
    Flat,
}

/// How many signals an applicant had in a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignalBudget {
    /// The season of the application service.
    pub eras_season: i16,
    /// The specialty whose programs share the signals.
    pub specialty: String,
    /// Whether signals come in tiers.
    pub tiered: bool,
    /// Signals of the higher tier.
    pub gold: Option<u32>,
    /// Signals of the lower tier.
    pub silver: Option<u32>,
    /// All signals; `None` where the source gives only the tiers.
    pub total: Option<u32>,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// A date of a season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The season, in the source's words: "2026 Match".
    pub cycle: String,
    /// What happens.
    pub event: String,
    /// When.
    pub when: When,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// When something happens, as closely as the source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// On a day.
    Day(Date),
    /// From one day to another, both included.
    Days(Date, Date),
    /// In a month, given by its first day.
    Month(Date),
    /// Not as a date.
    Words(String),
}

static SHIPPED: OnceLock<Seasons> = OnceLock::new();

/// Returns the shipped results, fees, signals and dates, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn seasons() -> &'static Seasons {
    SHIPPED.get_or_init(|| {
        Seasons::load(include_str!("../data/match.toml"))
            .expect("the compiled-in data pass their own checks")
    })
}

/// The fields that every table of the document shares.
#[derive(Deserialize)]
pub(crate) struct Common {
    reliability: String,
    source: String,
    #[serde(default)]
    unverified: bool,
    #[serde(default)]
    derived: bool,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Document {
    nrmp_result: Vec<ResultTable>,
    eras_fee: Vec<ErasFeeTable>,
    nrmp_fee: Vec<NrmpFeeTable>,
    other_fee: Vec<OtherFeeTable>,
    signals: Vec<SignalTable>,
    calendar: Vec<CalendarTable>,
}

#[derive(Deserialize)]
struct ResultTable {
    year: i16,
    specialty: String,
    track: String,
    programs: Option<u32>,
    positions: Option<u32>,
    applicants_total: Option<u32>,
    matched_total: Option<u32>,
    matched_md_senior: Option<u32>,
    matched_do_senior: Option<u32>,
    applicants_us_img: Option<u32>,
    applicants_non_us_img: Option<u32>,
    matched_us_img: Option<u32>,
    matched_non_us_img: Option<u32>,
    unfilled: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct ErasFeeTable {
    season: i16,
    tier: String,
    per_program: Option<u32>,
    flat: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct NrmpFeeTable {
    match_year: i16,
    name: String,
    amount: u32,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct OtherFeeTable {
    year: i16,
    name: String,
    amount: u32,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct SignalTable {
    eras_season: i16,
    specialty: String,
    tiered: bool,
    gold: Option<u32>,
    silver: Option<u32>,
    total: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct CalendarTable {
    cycle: String,
    event: String,
    date: String,
    #[serde(flatten)]
    common: Common,
}

impl Common {
    /// Turns the document's letter into a reliability: A the publisher's own
    /// page, B a transcription, C a single second-hand source, D a projection
    /// of ours. Whatever was computed is inferred.
    pub(crate) fn standing(self) -> Result<EntryStanding, LoadError> {
        let reliability = match (self.reliability.as_str(), self.derived) {
            ("A" | "B" | "C" | "D", true) | ("D", false) => Reliability::Inferred,
            ("A", false) => Reliability::Official,
            ("B", false) => Reliability::Transcribed,
            ("C", false) => Reliability::SecondHand,
            (other, _) => return Err(wrong("reliability", other, "A, B, C or D")),
        };
        Ok(EntryStanding {
            provenance: Provenance {
                as_of: date_in(&self.source),
                source: self.source,
                reliability,
                private: false,
            },
            unverified: self.unverified,
            note: self.note,
        })
    }
}

/// Returns the complaint about a value of the document.
pub(crate) fn wrong(column: &'static str, found: &str, wanted: &'static str) -> LoadError {
    LoadError::Cell {
        table: "match.toml",
        row: 0,
        column,
        found: found.to_owned(),
        wanted,
    }
}

impl Seasons {
    /// Loads the document, all or nothing.
    pub fn load(text: &str) -> Result<Self, LoadError> {
        let document: Document = toml::from_str(text).map_err(|source| LoadError::Document {
            document: "match.toml",
            source,
        })?;
        let results = document.nrmp_result.into_iter().map(result);
        let fees = document
            .eras_fee
            .into_iter()
            .map(eras_fee)
            .chain(
                document
                    .nrmp_fee
                    .into_iter()
                    .map(|table| fee(table.match_year, table.name, table.amount, table.common)),
            )
            .chain(
                document
                    .other_fee
                    .into_iter()
                    .map(|table| fee(table.year, table.name, table.amount, table.common)),
            );
        let signals = document.signals.into_iter().map(|table| {
            Ok(SignalBudget {
                eras_season: table.eras_season,
                specialty: table.specialty,
                tiered: table.tiered,
                gold: table.gold,
                silver: table.silver,
                total: table.total,
                standing: table.common.standing()?,
            })
        });
        let calendar = document.calendar.into_iter().map(|table| {
            Ok(CalendarEntry {
                cycle: table.cycle,
                event: table.event,
                when: when(&table.date),
                standing: table.common.standing()?,
            })
        });
        Ok(Self {
            results: results.collect::<Result<_, _>>()?,
            fees: fees.collect::<Result<_, _>>()?,
            signals: signals.collect::<Result<_, LoadError>>()?,
            calendar: calendar.collect::<Result<_, LoadError>>()?,
        })
    }
}

fn result(table: ResultTable) -> Result<MatchResult, LoadError> {
    Ok(MatchResult {
        year: table.year,
        specialty: table.specialty,
        track: table.track,
        programs: table.programs,
        positions: table.positions,
        applicants: table.applicants_total,
        matched: table.matched_total,
        matched_md_senior: table.matched_md_senior,
        matched_do_senior: table.matched_do_senior,
        applicants_us_img: table.applicants_us_img,
        applicants_non_us_img: table.applicants_non_us_img,
        matched_us_img: table.matched_us_img,
        matched_non_us_img: table.matched_non_us_img,
        unfilled: table.unfilled,
        standing: table.common.standing()?,
    })
}

fn eras_fee(table: ErasFeeTable) -> Result<Fee, LoadError> {
    let (usd, per) = match (table.per_program, table.flat) {
        (Some(usd), None) => (usd, FeeUnit::Program),
        (None, Some(usd)) => (usd, FeeUnit::Flat),
        _ => {
            return Err(wrong(
                "eras_fee",
                &table.tier,
                "a tier with either per_program or flat",
            ));
        }
    };
    Ok(Fee {
        year: table.season,
        name: format!("ERAS applications, {}", table.tier),
        usd,
        per,
        standing: table.common.standing()?,
    })
}

fn fee(year: i16, name: String, usd: u32, common: Common) -> Result<Fee, LoadError> {
    Ok(Fee {
        year,
        name,
        usd,
        per: FeeUnit::Flat,
        standing: common.standing()?,
    })
}

/// Reads "2026-03-20", "2026-03-16/2026-03-19" or "2026-06"; the rest are words.
fn when(text: &str) -> When {
    if let Ok(day) = text.parse() {
        return When::Day(day);
    }
    let month = || {
        format!("{text}-01")
            .parse()
            .ok()
            .filter(|_| text.len() == 7)
    };
    match text.split_once('/') {
        Some((first, last)) => match (first.parse(), last.parse()) {
            (Ok(first), Ok(last)) => When::Days(first, last),
            _ => When::Words(text.to_owned()),
        },
        None => month().map_or_else(|| When::Words(text.to_owned()), When::Month),
    }
}
