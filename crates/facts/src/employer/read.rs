//! Deciding what the names found in a text mean together.

use std::collections::HashSet;

use domain::{Program, ProgramId, Track, fold_key};

use super::index::{Index, Level};
use super::meaning::{CLEAR_STRENGTH, Meaning, Reader, SHARED_STRENGTH};
use super::{Candidate, EmployerReading};
use crate::Facts;

/// More candidates than this are no question that somebody can answer.
const CANDIDATES_MAX: usize = 8;

/// Returns what an employer text names; see [`Facts::read_employer`].
pub(crate) fn read(facts: &Facts, index: &Index, text: &str, position: &str) -> EmployerReading {
    let reading = read_text(facts, index, text, position);
    if reading != EmployerReading::Nothing {
        return reading;
    }
    // "Resident at Maimonides Medical Center", with no employer beside it.
    for joint in [" at ", " @ ", " @"] {
        if let Some((_, employer)) = position.split_once(joint) {
            return read_text(facts, index, employer, position);
        }
    }
    EmployerReading::Nothing
}

fn read_text(facts: &Facts, index: &Index, text: &str, position: &str) -> EmployerReading {
    if index.words.is_company(text) {
        return EmployerReading::Nothing;
    }
    let reader = Reader::new(facts, index, text, position);
    let mut meanings = reader.meanings();
    if meanings.is_empty() {
        meanings = reader.meanings_of_single_words();
    }
    reader.decide(meanings)
}

impl Reader<'_> {
    fn decide(&self, meanings: Vec<Meaning>) -> EmployerReading {
        let mut settling: Vec<&Meaning> = meanings.iter().filter(|m| self.settles(m)).collect();
        // A place beside the name decides between institutions of one name.
        if settling.iter().any(|meaning| meaning.here) {
            settling.retain(|meaning| meaning.here);
        }
        if let Some(best) = self.one_institution(&settling, &meanings) {
            return EmployerReading::Clear {
                institution_key: self.index.institutions[best.key].key.clone(),
                site: best.site.clone(),
                program: self.program(best.key),
                evidence: self.evidence(best),
            };
        }
        self.question(meanings)
    }

    /// Returns the strongest meaning if all that settle mean one institution,
    /// and no other institution answers to the words of the name as well.
    fn one_institution<'m>(
        &self,
        settling: &[&'m Meaning],
        meanings: &[Meaning],
    ) -> Option<&'m Meaning> {
        let keys: HashSet<usize> = settling.iter().map(|meaning| meaning.key).collect();
        let key = match keys.len() {
            0 => return None,
            1 => *keys.iter().next()?,
            _ => self.named_after(&keys, settling, meanings)?,
        };
        let best = settling
            .iter()
            .filter(|meaning| meaning.key == key)
            .min_by(|a, b| (a.level, b.len).cmp(&(b.level, a.len)))?;
        if best.here {
            return Some(*best);
        }
        // A hospital's full name is its own; what is shorter may be another's too.
        let shorter = matches!(best.level, Level::Base | Level::Short);
        if shorter && self.rivals(best).next().is_some() {
            return None;
        }
        let shared = best.site.is_none()
            && meanings.iter().any(|other| {
                other.key != key && (other.start, other.len) == (best.start, best.len)
            });
        (!shared).then_some(*best)
    }

    /// Of institutions that train at one hospital, returns the one that bears
    /// the hospital's name.
    fn named_after(
        &self,
        keys: &HashSet<usize>,
        settling: &[&Meaning],
        meanings: &[Meaning],
    ) -> Option<usize> {
        let site = settling.first()?.site.as_ref()?;
        if settling
            .iter()
            .any(|meaning| meaning.site.as_ref().is_some_and(|other| other != site))
        {
            return None;
        }
        let mut bearing = keys.iter().copied().filter(|&key| {
            meanings.iter().any(|meaning| {
                meaning.key == key
                    && meaning.site.is_none()
                    && matches!(
                        meaning.level,
                        Level::Institution | Level::Partner | Level::Base
                    )
            })
        });
        let only = bearing.next()?;
        bearing.next().is_none().then_some(only)
    }

    fn question(&self, mut meanings: Vec<Meaning>) -> EmployerReading {
        // A weak name with words that nothing explains is most likely another
        // place, and one shared word behind a shortened name is no name at all.
        meanings.retain(|meaning| {
            let full = meaning.level <= Level::Base || meaning.level == Level::Partner;
            let strong = meaning.strength >= CLEAR_STRENGTH
                && meaning.level <= Level::Short
                && (full || self.is_headed(meaning));
            let weak = !full && meaning.strength <= SHARED_STRENGTH;
            strong || !(weak || meaning.unexplained || meaning.elsewhere)
        });
        // Whoever has the same words in its names is asked about as well.
        let rivals: Vec<Meaning> = meanings
            .iter()
            .filter(|meaning| matches!(meaning.level, Level::Short | Level::Partner | Level::Alias))
            .flat_map(|meaning| {
                self.rivals(meaning)
                    .map(|key| self.meaning(key, None, Level::Alias, (meaning.start, meaning.len)))
                    .filter(|rival| !rival.unexplained && !rival.elsewhere)
                    .collect::<Vec<_>>()
            })
            .collect();
        meanings.extend(rivals);
        meanings.sort_by(|a, b| {
            (a.elsewhere, a.unexplained, !a.here, a.level, a.key).cmp(&(
                b.elsewhere,
                b.unexplained,
                !b.here,
                b.level,
                b.key,
            ))
        });
        let mut candidates: Vec<Candidate> = Vec::new();
        for meaning in &meanings {
            let institution = &self.index.institutions[meaning.key];
            let known = candidates
                .iter_mut()
                .find(|candidate| candidate.institution_key == institution.key);
            if let Some(known) = known {
                known.site = known.site.take().or_else(|| meaning.site.clone());
                continue;
            }
            candidates.push(Candidate {
                institution_key: institution.key.clone(),
                site: meaning.site.clone(),
                program: self.program(meaning.key),
                label: self.label(meaning.key),
                evidence: self.evidence(meaning),
            });
        }
        candidates.truncate(CANDIDATES_MAX);
        if candidates.is_empty() {
            EmployerReading::Nothing
        } else {
            EmployerReading::Unsure { candidates }
        }
    }

    fn label(&self, key: usize) -> String {
        let institution = &self.index.institutions[key];
        match self.facts.institution_programs(&institution.key).first() {
            Some(program) => format!(
                "{} ({}, {})",
                institution.label, program.city, program.state
            ),
            None => institution.label.clone(),
        }
    }

    /// Returns the words of the text that a meaning rests on.
    fn quoted(&self, meaning: &Meaning) -> String {
        let pieces: Vec<&str> = self.text.split_whitespace().collect();
        let first = self.tokens[meaning.start].piece;
        let last = self.tokens[meaning.start + meaning.len - 1].piece;
        pieces[first..=last]
            .join(" ")
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
    }

    fn evidence(&self, meaning: &Meaning) -> String {
        let quoted = self.quoted(meaning);
        let label = &self.index.institutions[meaning.key].label;
        let mut words = match (meaning.level, &meaning.site) {
            (_, Some(site)) => {
                let name = self
                    .facts
                    .site(site)
                    .map_or("a hospital", |site| site.name.as_str());
                match (
                    domain::fold_key(&quoted) == domain::fold_key(name),
                    name == label,
                ) {
                    // Saying the name three times would explain nothing.
                    (true, true) => format!("\"{quoted}\" is its name"),
                    (true, false) => format!("\"{quoted}\" is a main hospital of {label}"),
                    (false, _) => format!("\"{quoted}\" names {name}, a main hospital of {label}"),
                }
            }
            (Level::Abbreviation, _) => format!("\"{quoted}\" stands for {label}"),
            (Level::Institution | Level::Base, _) => format!("\"{quoted}\" names {label}"),
            (Level::Short, _) => format!("\"{quoted}\" is a shorter name of {label}"),
            (Level::Partner, _) => format!("\"{quoted}\" is one part of {label}"),
            (Level::Alias | Level::Site, _) => {
                format!("\"{quoted}\" is in common use for, or stands in the name of, {label}")
            }
        };
        if meaning.here {
            words.push_str("; the place fits");
        }
        if meaning.elsewhere {
            words.push_str("; but the text also names another place");
        } else if meaning.unexplained {
            words.push_str("; but the text says more than that");
        }
        words
    }

    /// Returns the program that somebody in training is in, when the position
    /// says so and the institution has just one that fits.
    fn program(&self, key: usize) -> Option<ProgramId> {
        let position = fold_key(self.position);
        let says = |word: &str| position.split(' ').any(|other| other == word);
        if !(says("resident") || says("residency") || says("pgy")) {
            return None;
        }
        let interventional = says("interventional") || says("ir") || says("vir");
        let diagnostic = says("diagnostic");
        let fits = |program: &Program| match program.track {
            // "Radiology resident" may be in either of the tracks.
            Track::Dr => !interventional && (diagnostic || says("radiology")),
            Track::IrIntegrated => {
                !says("independent") && (interventional || says("radiology") && !diagnostic)
            }
            Track::IrIndependent => !says("integrated") && interventional,
            Track::Prelim | Track::Transitional => false,
        };
        let programs = self
            .facts
            .institution_programs(&self.index.institutions[key].key);
        let mut fitting = programs.into_iter().filter(|program| fits(program));
        let only = fitting.next()?;
        fitting.next().is_none().then(|| only.id.clone())
    }
}
