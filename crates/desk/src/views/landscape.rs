//! The ways into interventional radiology: years, positions, results, and what
//! is known for graduates of schools abroad, each figure with its source.

use domain::Pathway;
use facts::{EntryStanding, MatchResult, Pathways, Seasons, ShareOf, TrainingRoute};
use serde::Serialize;
use store::Reader;

use crate::Result;
use crate::student::Student;

const INTEGRATED: &str = "interventional-radiology-integrated";
const DIAGNOSTIC: &str = "diagnostic-radiology";

/// The tracks whose results are shown, with what a page calls them. Places for
/// those who are physicians already stand in the sum only.
const TRACKS: [(&str, &str); 3] = [
    ("pgy1", "From the first year"),
    ("pgy2", "From the second year"),
    ("all", "All tracks together"),
];

/// What a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// The number of the source in the list of sources, from 1.
    pub source: usize,
    /// How far it can be relied on.
    pub reliability: &'static str,
    /// Not to be relied on before it is checked.
    pub unverified: bool,
    /// What is to be known when using it.
    pub note: Option<String>,
}

/// Where figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its number, from 1.
    pub number: usize,
    /// What was read.
    pub text: String,
}

/// One way into the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Its word: `integrated`, `esir` or `independent`.
    pub word: &'static str,
    /// What a page calls it.
    pub name: &'static str,
    /// Years after medical school.
    pub years: u32,
    /// How the years are divided; `null` is "not found".
    pub split: Option<String>,
    /// How it is entered; `null` is "not found".
    pub entry: Option<String>,
    /// What the years rest on.
    pub ground: Ground,
    /// What the entry rests on.
    pub entry_ground: Option<Ground>,
    /// Whether the student prefers it.
    pub preferred: bool,
}

/// What early specialisation asks for and gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Esir {
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
    /// Whether an independent place comes with it.
    pub match_guaranteed: bool,
    /// What it rests on.
    pub ground: Ground,
}

/// The results of one specialty and track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Results {
    /// What it is about: specialty and track.
    pub title: String,
    /// One line a year, newest first.
    pub years: Vec<YearResult>,
}

/// The results of one year. A number that is `null` was not found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearResult {
    /// The year of the Match, or in which the training begins.
    pub year: i16,
    /// Positions offered.
    pub positions: Option<u32>,
    /// Applicants who ranked a program of the track.
    pub applicants: Option<u32>,
    /// Positions filled.
    pub filled: Option<u32>,
    /// Positions left open.
    pub open: Option<u32>,
    /// What it rests on.
    pub ground: Ground,
}

/// What is known for graduates of schools abroad, of one specialty and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Abroad {
    /// The specialty and track.
    pub about: String,
    /// The year of the Match; `null` where no year was found.
    pub year: Option<i16>,
    /// What is counted.
    pub counted: &'static str,
    /// US citizens; `null` is "not found".
    pub us: Option<String>,
    /// Others; `null` is "not found".
    pub non_us: Option<String>,
    /// What it rests on; `null` where neither was found.
    pub ground: Option<Ground>,
}

/// The ways into the field with their results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Landscape {
    /// The three ways.
    pub ways: Vec<Way>,
    /// What early specialisation asks for.
    pub esir: Esir,
    /// The match for independent programs.
    pub independent: Results,
    /// Integrated interventional radiology, by track.
    pub integrated: Vec<Results>,
    /// Diagnostic radiology, by track: how the other two ways begin.
    pub diagnostic: Vec<Results>,
    /// What is known for graduates of schools abroad.
    pub abroad: Vec<Abroad>,
    /// Every source, in the order of its first use.
    pub sources: Vec<Source>,
}

/// Returns the ways into the field, with the student's own marked.
pub fn landscape(reader: &Reader) -> Result<Landscape> {
    let student = reader.read(|snapshot| {
        let settings = snapshot.settings()?;
        Ok::<_, crate::DeskError>(Student::from_settings(&settings))
    })?;
    Ok(compose(
        facts::pathways(),
        facts::seasons(),
        Pathway::from_word(&student.pathway),
    ))
}

fn compose(pathways: &Pathways, seasons: &Seasons, preferred: Option<Pathway>) -> Landscape {
    let mut sources = Sources::default();
    let ways = ways(pathways, preferred, &mut sources);
    let esir = Esir {
        ir_rotations: pathways.esir.ir_rotations,
        icu_rotations: pathways.esir.icu_rotations,
        rotations: pathways.esir.rotations,
        procedures: pathways.esir.procedures,
        effect: pathways.esir.effect.clone(),
        match_guaranteed: pathways.esir.match_guaranteed,
        ground: sources.ground(&pathways.esir.standing),
    };
    let independent = Results {
        title: "Independent IR".to_owned(),
        years: pathways
            .independent
            .iter()
            .map(|result| YearResult {
                year: result.year,
                positions: Some(result.positions),
                applicants: result.applicants,
                filled: None,
                open: None,
                ground: sources.ground(&result.standing),
            })
            .collect(),
    };
    Landscape {
        ways,
        esir,
        independent,
        integrated: results(seasons, INTEGRATED, &mut sources),
        diagnostic: results(seasons, DIAGNOSTIC, &mut sources),
        abroad: abroad(pathways, seasons, &mut sources),
        sources: sources.listed,
    }
}

/// The sources in the order of their first use, each once.
#[derive(Default)]
struct Sources {
    listed: Vec<Source>,
}

impl Sources {
    fn ground(&mut self, standing: &EntryStanding) -> Ground {
        let text = &standing.provenance.source;
        let known = self.listed.iter().find(|source| source.text == *text);
        let source = known.map_or(self.listed.len() + 1, |source| source.number);
        if source > self.listed.len() {
            self.listed.push(Source {
                number: source,
                text: text.clone(),
            });
        }
        Ground {
            source,
            reliability: standing.provenance.reliability.word(),
            unverified: standing.unverified,
            note: standing.note.clone(),
        }
    }
}

/// The ways: word, name on pages, name in the data, name of what is entered
/// first, and the preference that it belongs to.
const WAYS: [(&str, &str, &str, &str, Pathway); 3] = [
    (
        "integrated",
        "Integrated IR",
        "integrated IR",
        "integrated IR",
        Pathway::Integrated,
    ),
    (
        "esir",
        "DR with ESIR, then independent IR",
        "DR with ESIR + independent IR",
        "DR residency",
        Pathway::DiagnosticFirst,
    ),
    (
        "independent",
        "DR, then independent IR",
        "DR + independent IR (no ESIR)",
        "DR residency",
        Pathway::DiagnosticFirst,
    ),
];

fn ways(pathways: &Pathways, preferred: Option<Pathway>, sources: &mut Sources) -> Vec<Way> {
    let route = |name: &str| -> Option<&TrainingRoute> {
        pathways.routes.iter().find(|route| route.name == name)
    };
    WAYS.iter()
        .filter_map(|(word, name, whole, first, pathway)| {
            let whole = route(whole)?;
            let first = route(first);
            Some(Way {
                word,
                name,
                years: whole.years,
                split: whole.split.clone(),
                entry: first.and_then(|route| route.entry.clone()),
                ground: sources.ground(&whole.standing),
                entry_ground: first
                    .filter(|route| route.entry.is_some())
                    .map(|route| sources.ground(&route.standing)),
                preferred: preferred == Some(*pathway),
            })
        })
        .collect()
}

fn results(seasons: &Seasons, specialty: &str, sources: &mut Sources) -> Vec<Results> {
    TRACKS
        .iter()
        .map(|(track, label)| {
            let mut found: Vec<&MatchResult> = of(seasons, specialty)
                .filter(|result| result.track == *track)
                .filter(|result| result.positions.is_some())
                .collect();
            found.sort_by_key(|result| std::cmp::Reverse(result.year));
            Results {
                title: (*label).to_owned(),
                years: found
                    .into_iter()
                    .map(|result| YearResult {
                        year: result.year,
                        positions: result.positions,
                        applicants: result.applicants,
                        filled: result.matched,
                        open: result.unfilled,
                        ground: sources.ground(&result.standing),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn of<'a>(seasons: &'a Seasons, specialty: &str) -> impl Iterator<Item = &'a MatchResult> {
    seasons
        .results
        .iter()
        .filter(move |result| result.specialty == specialty)
}

fn abroad(pathways: &Pathways, seasons: &Seasons, sources: &mut Sources) -> Vec<Abroad> {
    let mut lines = Vec::new();
    for (specialty, short) in [(INTEGRATED, "Integrated IR"), (DIAGNOSTIC, "DR")] {
        for result in of(seasons, specialty) {
            let us = out_of(result.matched_us_img, result.applicants_us_img);
            let non_us = out_of(result.matched_non_us_img, result.applicants_non_us_img);
            if us.is_none() && non_us.is_none() {
                continue;
            }
            lines.push(Abroad {
                about: format!("{short}, {}", track_in_words(&result.track)),
                year: Some(result.year),
                counted: "matched, of those who ranked one",
                us,
                non_us,
                ground: Some(sources.ground(&result.standing)),
            });
        }
        for choice in &pathways.first_choice {
            if choice.specialty != specialty {
                continue;
            }
            let words = out_of(
                Some(choice.matched),
                Some(choice.matched + choice.not_matched),
            );
            let is_us = choice.population == "us-img";
            lines.push(Abroad {
                about: format!("{short}, all tracks"),
                year: Some(choice.year),
                counted: "matched, of those who ranked it first",
                us: words.clone().filter(|_| is_us),
                non_us: words.filter(|_| !is_us),
                ground: Some(sources.ground(&choice.standing)),
            });
        }
        for share in &pathways.shares {
            // A share of the year's first-year places repeats the counts above.
            if share.specialty != specialty || share.track.as_deref() == Some("pgy1") {
                continue;
            }
            let track = share.track.as_deref().map_or("all tracks", track_in_words);
            lines.push(Abroad {
                about: format!("{short}, {track}"),
                year: Some(share.year),
                counted: match share.of {
                    ShareOf::Filled => "share of the places that were filled",
                    ShareOf::OnlyChoice => "matched, of those who ranked nothing else",
                },
                us: share.us_img.map(percent),
                non_us: share.non_us_img.map(percent),
                ground: Some(sources.ground(&share.standing)),
            });
        }
    }
    // Looked for, and not found for any year.
    for about in ["Integrated IR, from the second year", "Independent IR"] {
        lines.push(Abroad {
            about: about.to_owned(),
            year: None,
            counted: "matched",
            us: None,
            non_us: None,
            ground: None,
        });
    }
    lines
}

fn track_in_words(track: &str) -> &'static str {
    match track {
        "pgy1" => "from the first year",
        "pgy2" => "from the second year",
        _ => "all tracks",
    }
}

fn out_of(matched: Option<u32>, applicants: Option<u32>) -> Option<String> {
    Some(format!("{} of {}", matched?, applicants?))
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
