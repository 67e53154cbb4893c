//! Judging what the names found in a text mean together.

use std::collections::HashSet;

use domain::{Program, ProgramId, SiteId, Track, fold_key};

use super::index::{Index, Level, PlaceSort};
use super::words::{Class, Token, WordId};
use super::{Candidate, EmployerReading};
use crate::Facts;

/// From this strength on, a name can mean one institution alone: one
/// distinctive word, or a shared one with the city.
const CLEAR_STRENGTH: f32 = 1.0;
/// What a shared word or a place's name adds.
const SHARED_STRENGTH: f32 = 0.35;
/// What the right city adds, inside the name or beside it.
const CITY_STRENGTH: f32 = 0.7;
/// What the right state adds.
const STATE_STRENGTH: f32 = 0.3;
/// What a university's hospital adds: "Temple University Hospital" is one,
/// whatever else is called Temple.
const UNIVERSITY_HOSPITAL_STRENGTH: f32 = 0.7;
/// An employer's name is never longer, in words; what follows is not read, so
/// that a hostile file costs no more than an honest one.
const WORDS_MAX: usize = 40;
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

/// What one name in the text could mean, and what the rest of the text says.
#[derive(Clone, Debug)]
struct Meaning {
    key: usize,
    site: Option<SiteId>,
    level: Level,
    /// Where the name stands in the text: position and length in words.
    start: usize,
    len: usize,
    strength: f32,
    /// A word beside the name that nothing explains.
    unexplained: bool,
    /// A place beside the name that is not this institution's.
    elsewhere: bool,
    /// Its own place stands beside the name.
    here: bool,
}

struct Reader<'a> {
    facts: &'a Facts,
    index: &'a Index,
    text: &'a str,
    position: &'a str,
    tokens: Vec<Token>,
    words: Vec<WordId>,
    /// Start, length and meanings of every place in the text.
    places: Vec<(usize, usize, Vec<usize>)>,
    medical: bool,
}

impl<'a> Reader<'a> {
    fn new(facts: &'a Facts, index: &'a Index, text: &'a str, position: &'a str) -> Self {
        let mut tokens = index.words.tokens(text);
        tokens.truncate(WORDS_MAX);
        let words: Vec<WordId> = tokens.iter().map(|token| token.word).collect();
        let mut places: Vec<_> = index
            .places_in(&words)
            .into_iter()
            .map(|(start, len, meanings)| (start, len, meanings.to_vec()))
            .collect();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(state) = token.state_code {
                places.push((at, 1, vec![usize::from(state)]));
            }
        }
        let medical_words = words
            .iter()
            .any(|&word| index.words.class(word) == Class::Department)
            || ["medical", "medicine", "hospital", "health"]
                .iter()
                .any(|word| words.contains(&index.words.id(word)));
        Self {
            facts,
            index,
            text,
            position,
            words,
            places,
            medical: medical_words || index.words.is_medical(position),
            tokens,
        }
    }

    /// Returns everything that the names in the text could mean.
    fn meanings(&self) -> Vec<Meaning> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        self.index
            .names_in(&self.words, |name, start| found.push((name, start)));
        let spans: Vec<_> = found
            .iter()
            .map(|&(name, start)| (start, start + self.index.names[name].words.len()))
            .collect();
        let mut meanings = Vec::new();
        for (&(name, start), &(_, end)) in found.iter().zip(&spans) {
            // A name inside a longer one is a part of it and means nothing itself.
            let inside = spans
                .iter()
                .any(|&(s, e)| s <= start && end <= e && e - s > end - start);
            if inside {
                continue;
            }
            for target in &self.index.names[name].targets {
                meanings.push(self.meaning(
                    target.key,
                    target.site.clone(),
                    target.level,
                    (start, end - start),
                ));
            }
        }
        meanings.retain(|meaning| meaning.strength > 0.0);
        meanings
    }

    /// Returns the institutions that a distinctive word alone points to.
    fn meanings_of_single_words(&self) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for (at, &word) in self.words.iter().enumerate() {
            if self.index.words.class(word) != Class::Distinctive {
                continue;
            }
            for &key in self.index.keys_by_word.get(&word).into_iter().flatten() {
                let meaning = self.meaning(key, None, Level::Alias, (at, 1));
                if !meaning.unexplained && !meaning.elsewhere {
                    meanings.push(meaning);
                }
            }
        }
        meanings
    }

    fn meaning(
        &self,
        key: usize,
        site: Option<SiteId>,
        level: Level,
        (start, len): (usize, usize),
    ) -> Meaning {
        let institution = &self.index.institutions[key];
        let in_name = |at: usize| start <= at && at < start + len;
        let mut meaning = Meaning {
            key,
            site,
            level,
            start,
            len,
            strength: 0.0,
            unexplained: false,
            elsewhere: false,
            here: false,
        };
        for &word in &self.words[start..start + len] {
            meaning.strength += match self.index.words.class(word) {
                Class::Distinctive => 1.0,
                Class::Shared => SHARED_STRENGTH,
                Class::Generic | Class::Department | Class::Unknown => 0.0,
            };
        }
        let (mut city, mut state, mut state_in_name) = (false, false, false);
        let mut explained_by_place = HashSet::new();
        for (at, n_words, meanings) in &self.places {
            let inside = in_name(*at) && in_name(at + n_words - 1);
            let mine: Vec<_> = meanings
                .iter()
                .filter(|place| institution.places.contains(place))
                .collect();
            city |= mine
                .iter()
                .any(|&&place| self.index.place_sorts[place] == PlaceSort::City);
            state |= mine
                .iter()
                .any(|&&place| self.index.place_sorts[place] == PlaceSort::State);
            if inside {
                state_in_name |= state;
                continue;
            }
            let a_word_of_it = self.words[*at..at + n_words]
                .iter()
                .all(|word| institution.words.contains(word));
            if mine.is_empty() && !a_word_of_it {
                meaning.elsewhere = true;
            }
            meaning.here |= !mine.is_empty();
            explained_by_place.extend(*at..at + n_words);
        }
        if city {
            meaning.strength += CITY_STRENGTH;
        }
        if state {
            meaning.strength += STATE_STRENGTH;
        }
        // "Maine Medical Center": a hospital that is named after its own state.
        if state_in_name && level == Level::Site {
            meaning.strength += CITY_STRENGTH;
        }
        meaning.strength += self.bonus(&meaning, state);
        meaning.unexplained = self.words.iter().enumerate().any(|(at, word)| {
            !in_name(at)
                && !explained_by_place.contains(&at)
                && !matches!(
                    self.index.words.class(*word),
                    Class::Generic | Class::Department
                )
                && !institution.words.contains(word)
        });
        let name = &self.words[start..start + len];
        // Where a word changes or carries on the name, it is another's name.
        meaning.unexplained |= self.words.iter().enumerate().any(|(at, &word)| {
            !in_name(at) && !explained_by_place.contains(&at) && self.index.words.is_changing(word)
        });
        let university = name.contains(&self.index.words.id("university"));
        let full = level <= Level::Base;
        meaning.unexplained |= full && !university && self.carries_on(start + len);
        if !meaning.here && self.index.words.is_borne_elsewhere(name) {
            meaning.strength = meaning.strength.min(CLEAR_STRENGTH / 2.0);
        }
        meaning
    }

    /// Returns whether the word at a position carries on the name before it,
    /// with nothing but a blank between.
    fn carries_on(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let before = self.tokens[at - 1].piece;
        let joined = token.piece == before
            || self
                .text
                .split_whitespace()
                .nth(before)
                .is_some_and(|piece| piece.ends_with(char::is_alphanumeric));
        joined && token.piece <= before + 1 && self.index.words.is_head(token.word)
    }

    /// Returns what the form of a full name adds to the strength of its words.
    fn bonus(&self, meaning: &Meaning, state: bool) -> f32 {
        if meaning.level > Level::Institution {
            return 0.0;
        }
        let name = &self.words[meaning.start..meaning.start + meaning.len];
        let has = |word: &str| name.contains(&self.index.words.id(word));
        let tells = name.iter().any(|word| {
            matches!(
                self.index.words.class(*word),
                Class::Shared | Class::Distinctive
            )
        });
        if !tells || !(has("university") || has("college")) {
            return 0.0;
        }
        let hospital = has("hospital") || has("medical");
        // "University of Maryland" is a hospital's name only in a medical setting.
        let public = state && self.medical;
        if hospital || public {
            UNIVERSITY_HOSPITAL_STRENGTH
        } else {
            0.0
        }
    }

    /// Returns whether a meaning alone would settle the text.
    fn settles(&self, meaning: &Meaning) -> bool {
        if meaning.unexplained || meaning.elsewhere {
            return false;
        }
        match meaning.level {
            Level::Abbreviation => true,
            Level::Site | Level::Institution | Level::Base => meaning.strength >= CLEAR_STRENGTH,
            // Without "University" or "Clinic" a shortened name is a mere word.
            Level::Short => {
                self.is_headed(meaning)
                    && (meaning.strength >= CLEAR_STRENGTH
                        && self.has_class(meaning, Class::Distinctive)
                        || meaning.strength >= SHARED_STRENGTH + CITY_STRENGTH)
            }
            Level::Partner | Level::Alias => false,
        }
    }

    fn name_of(&self, meaning: &Meaning) -> &[WordId] {
        &self.words[meaning.start..meaning.start + meaning.len]
    }

    fn is_headed(&self, meaning: &Meaning) -> bool {
        ["university", "clinic"]
            .iter()
            .any(|word| self.name_of(meaning).contains(&self.index.words.id(word)))
    }

    fn has_class(&self, meaning: &Meaning, class: Class) -> bool {
        self.name_of(meaning)
            .iter()
            .any(|word| self.index.words.class(*word) == class)
    }

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

    /// Returns the other institutions that have all telling words of the name.
    fn rivals(&self, best: &Meaning) -> impl Iterator<Item = usize> {
        let telling: Vec<WordId> = self
            .name_of(best)
            .iter()
            .copied()
            .filter(|word| {
                matches!(
                    self.index.words.class(*word),
                    Class::Shared | Class::Distinctive
                )
            })
            .collect();
        let own = best.key;
        let institutions = self.index.institutions.iter().enumerate();
        institutions
            .filter(move |(key, other)| {
                *key != own && telling.iter().all(|word| other.words.contains(word))
            })
            .map(|(key, _)| key)
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
            .filter(|meaning| meaning.level == Level::Short)
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
                format!("\"{quoted}\" names {name}, a main hospital of {label}")
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
