//! The ways into interventional radiology, and what is known of their results
//! for graduates of schools abroad.
//!
//! Results by year, specialty and track stand in [`crate::Seasons`]; here is
//! what does not fit that table. Parsed when first asked for.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::load::LoadError;
use crate::seasons::{Common, EntryStanding, wrong};

/// The ways into interventional radiology.
#[derive(Clone, Debug, PartialEq)]
pub struct Pathways {
    /// How training is built, one for each way.
    pub routes: Vec<TrainingRoute>,
    /// What early specialisation asks for.
    pub esir: EsirRule,
    /// Results of the match for independent programs, newest first.
    pub independent: Vec<IndependentResult>,
    /// Applicants who ranked a specialty first, by kind of applicant.
    pub first_choice: Vec<FirstChoice>,
    /// Shares of graduates of schools abroad.
    pub shares: Vec<AbroadShare>,
}

/// How the training of one way is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingRoute {
    /// The name in the data, such as `integrated IR`.
    pub name: String,
    /// Years after medical school.
    pub years: u32,
    /// How the years are divided, where it was found.
    pub split: Option<String>,
    /// How it is entered, where it was found.
    pub entry: Option<String>,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// What early specialisation inside a residency asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EsirRule {
    /// Rotations in IR, at least.
    pub ir_rotations: u32,
    /// Rotations in intensive care, at least.
    pub icu_rotations: u32,
    /// Rotations in all.
    pub rotations: u32,
    /// Procedures, at least.
    pub procedures: u32,
    /// What it gives.
    pub effect: String,
    /// Whether a place in an independent program comes with it.
    pub match_guaranteed: bool,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// The outcome of one match for independent programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndependentResult {
    /// The year in which the training begins.
    pub year: i16,
    /// Positions offered.
    pub positions: u32,
    /// Applicants who ranked a program, where it was found.
    pub applicants: Option<u32>,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// What became of those who ranked a specialty first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstChoice {
    /// The year of the Match.
    pub year: i16,
    /// The specialty, as in [`crate::MatchResult`].
    pub specialty: String,
    /// `us-img` or `non-us-img`.
    pub population: String,
    /// Matched to it.
    pub matched: u32,
    /// Not matched to it.
    pub not_matched: u32,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// A share that concerns graduates of schools abroad, between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct AbroadShare {
    /// The year of the Match.
    pub year: i16,
    /// The specialty, as in [`crate::MatchResult`].
    pub specialty: String,
    /// The track, where it is of one.
    pub track: Option<String>,
    /// What it is a share of.
    pub of: ShareOf,
    /// US citizens, where it was found.
    pub us_img: Option<f64>,
    /// Those who are not US citizens, where it was found.
    pub non_us_img: Option<f64>,
    /// Where it comes from.
    pub standing: EntryStanding,
}

/// What a share is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// Of the positions that were filled, those that they took.
    Filled,
    /// Of those who ranked only this specialty, the ones who matched.
    OnlyChoice,
}

static SHIPPED: OnceLock<Pathways> = OnceLock::new();

/// Returns the shipped ways, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn pathways() -> &'static Pathways {
    SHIPPED.get_or_init(|| {
        Pathways::load(include_str!("../data/match.toml"))
            .expect("the compiled-in data pass their own checks")
    })
}

#[derive(Deserialize)]
struct Document {
    pathway: Vec<RouteTable>,
    esir_rule: Vec<EsirTable>,
    independent_ir_match: Vec<IndependentTable>,
    charting: Vec<ChartingTable>,
    img_share: Vec<ShareTable>,
    only_choice_match_rate: Vec<OnlyChoiceTable>,
}

#[derive(Deserialize)]
struct RouteTable {
    name: String,
    years_total: u32,
    split: Option<String>,
    entry: Option<String>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct EsirTable {
    ir_rotations_min: u32,
    icu_rotations_min: u32,
    total_rotations: u32,
    procedures_min: u32,
    effect: String,
    match_guaranteed: bool,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct IndependentTable {
    appointment_year: i16,
    positions: u32,
    active_applicants: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct ChartingTable {
    year: i16,
    population: String,
    specialty: String,
    matched: Option<u32>,
    not_matched: Option<u32>,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct ShareTable {
    year: i16,
    specialty: String,
    track: String,
    us_img: Option<f64>,
    non_us_img: Option<f64>,
    of: String,
    #[serde(flatten)]
    common: Common,
}

#[derive(Deserialize)]
struct OnlyChoiceTable {
    year: i16,
    specialty: String,
    us_img: Option<f64>,
    non_us_img: Option<f64>,
    #[serde(flatten)]
    common: Common,
}

impl Pathways {
    /// Loads the document, all or nothing.
    pub fn load(text: &str) -> Result<Self, LoadError> {
        let document: Document = toml::from_str(text).map_err(|source| LoadError::Document {
            document: "match.toml",
            source,
        })?;
        let [esir] = <[EsirTable; 1]>::try_from(document.esir_rule)
            .map_err(|found| wrong("esir_rule", &found.len().to_string(), "one table"))?;
        let routes = document.pathway.into_iter().map(|table| {
            Ok(TrainingRoute {
                name: table.name,
                years: table.years_total,
                split: table.split,
                entry: table.entry,
                standing: table.common.standing()?,
            })
        });
        let independent = document.independent_ir_match.into_iter().map(|table| {
            Ok(IndependentResult {
                year: table.appointment_year,
                positions: table.positions,
                applicants: table.active_applicants,
                standing: table.common.standing()?,
            })
        });
        let mut independent = independent.collect::<Result<Vec<_>, LoadError>>()?;
        independent.sort_by_key(|result| std::cmp::Reverse(result.year));
        Ok(Self {
            routes: routes.collect::<Result<_, LoadError>>()?,
            esir: EsirRule {
                ir_rotations: esir.ir_rotations_min,
                icu_rotations: esir.icu_rotations_min,
                rotations: esir.total_rotations,
                procedures: esir.procedures_min,
                effect: esir.effect,
                match_guaranteed: esir.match_guaranteed,
                standing: esir.common.standing()?,
            },
            independent,
            first_choice: first_choice(document.charting)?,
            shares: shares(document.img_share, document.only_choice_match_rate)?,
        })
    }
}

/// Returns the tables that count both who matched and who did not; the others
/// describe only those who matched, and say nothing about a chance.
fn first_choice(tables: Vec<ChartingTable>) -> Result<Vec<FirstChoice>, LoadError> {
    let mut found = Vec::new();
    for table in tables {
        let (Some(matched), Some(not_matched)) = (table.matched, table.not_matched) else {
            continue;
        };
        found.push(FirstChoice {
            year: table.year,
            specialty: table.specialty,
            population: table.population,
            matched,
            not_matched,
            standing: table.common.standing()?,
        });
    }
    Ok(found)
}

/// Returns shares of filled positions, and of those who ranked one specialty
/// only. A share of the positions offered is left out: it is none of either.
fn shares(
    tables: Vec<ShareTable>,
    only_choice: Vec<OnlyChoiceTable>,
) -> Result<Vec<AbroadShare>, LoadError> {
    let filled = tables
        .into_iter()
        .filter(|table| table.of == "filled positions")
        .map(|table| {
            Ok(AbroadShare {
                year: table.year,
                specialty: table.specialty,
                track: Some(table.track),
                of: ShareOf::Filled,
                us_img: share(table.us_img)?,
                non_us_img: share(table.non_us_img)?,
                standing: table.common.standing()?,
            })
        });
    let only_choice = only_choice.into_iter().map(|table| {
        Ok(AbroadShare {
            year: table.year,
            specialty: table.specialty,
            track: None,
            of: ShareOf::OnlyChoice,
            us_img: share(table.us_img)?,
            non_us_img: share(table.non_us_img)?,
            standing: table.common.standing()?,
        })
    });
    filled.chain(only_choice).collect()
}

fn share(value: Option<f64>) -> Result<Option<f64>, LoadError> {
    match value {
        Some(found) if !(0.0..=1.0).contains(&found) => {
            Err(wrong("share", &found.to_string(), "between 0 and 1"))
        }
        value => Ok(value),
    }
}
