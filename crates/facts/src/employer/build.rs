//! Taking the names of the data in: full names, their shorter forms,
//! abbreviations and short names in common use.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{Program, Site, SiteId};
use serde::Deserialize;

use super::index::{Index, Institution, Level, Name, PLACE_MAX_WORDS, PlaceSort, Target};
use super::words::{Class, WordId, Words};
use crate::load::{LoadError, Texts, rows};

/// A word in the names of more institutions than this tells little.
const DISTINCTIVE_MAX_KEYS: usize = 8;

#[derive(Deserialize)]
struct AliasRow {
    alias: String,
    site_key: String,
}

impl Index {
    pub(crate) fn build(
        programs: &[Program],
        sites: &[Site],
        site_names: &HashMap<SiteId, Vec<String>>,
        texts: &Texts<'_>,
    ) -> Result<Self, LoadError> {
        let mut builder = Builder::new(Words::load(texts.employer_words_toml)?);
        for program in programs {
            builder.add_program(program, sites, site_names);
        }
        let aliases: Vec<AliasRow> = rows("aliases", texts.aliases_csv)?;
        for (idx, row) in aliases.iter().enumerate() {
            let Some(&key) = builder.key_idx.get(&row.site_key) else {
                return Err(LoadError::Cell {
                    table: "aliases",
                    row: idx + 1,
                    column: "site_key",
                    found: row.site_key.clone(),
                    wanted: "a site key of the programs",
                });
            };
            builder.add(&row.alias, key, None, Level::Alias);
        }
        Ok(builder.finish())
    }
}

struct Builder {
    words: Words,
    institutions: Vec<Institution>,
    key_idx: HashMap<String, usize>,
    /// A sorted map, so that the order of names never depends on hashing.
    names: BTreeMap<Vec<WordId>, Vec<Target>>,
    /// Names already taken in, since the programs of one institution repeat them.
    taken: HashSet<(usize, String)>,
    /// Institutions by the first letters of their names, for abbreviations
    /// that could be read in two ways.
    initials: HashMap<String, BTreeSet<usize>>,
    places: HashMap<Vec<WordId>, Vec<usize>>,
    place_sorts: Vec<PlaceSort>,
}

impl Builder {
    fn new(mut words: Words) -> Self {
        let mut places: HashMap<Vec<WordId>, Vec<usize>> = HashMap::new();
        let mut place_sorts = Vec::new();
        for (_, name) in words.states().to_vec() {
            let run = words.intern_name(&name);
            places.entry(run).or_default().push(place_sorts.len());
            place_sorts.push(PlaceSort::State);
        }
        Self {
            words,
            institutions: Vec::new(),
            key_idx: HashMap::new(),
            names: BTreeMap::new(),
            taken: HashSet::new(),
            initials: HashMap::new(),
            places,
            place_sorts,
        }
    }

    fn add_program(
        &mut self,
        program: &Program,
        sites: &[Site],
        site_names: &HashMap<SiteId, Vec<String>>,
    ) {
        let key = self.institution(program);
        self.add_places(key, &program.city, &program.state);
        self.add_institution_name(key, &program.institution);
        for part in program.institution.split('/') {
            self.initials.entry(initials(part)).or_default().insert(key);
        }
        for id in &program.sites {
            for name in site_names.get(id).into_iter().flatten() {
                self.initials.entry(initials(name)).or_default().insert(key);
                self.add_site_name(key, name, id);
            }
            if let Some(site) = sites.iter().find(|site| site.id == *id)
                && let Some(city) = site.city.value()
            {
                self.add_places(key, city, &site.state);
            }
        }
        self.add_abbreviation(key, program);
    }

    fn institution(&mut self, program: &Program) -> usize {
        let key = &program.institution_key;
        if let Some(&idx) = self.key_idx.get(key) {
            return idx;
        }
        let idx = self.institutions.len();
        self.key_idx.insert(key.clone(), idx);
        self.institutions.push(Institution {
            key: key.clone(),
            label: program.institution.clone(),
            words: HashSet::new(),
            places: BTreeSet::new(),
        });
        idx
    }

    fn add_places(&mut self, key: usize, city: &str, state: &str) {
        let run = self.words.intern_name(city);
        let cities = self.places.entry(run).or_default();
        // Cities of one name in two states are two places; a city is known by
        // its state beside it, so both are kept as meanings.
        let city_idx = cities
            .iter()
            .copied()
            .find(|&place| {
                self.place_sorts[place] == PlaceSort::City
                    && self.institutions.iter().any(|other| {
                        other.places.contains(&place)
                            && state_idx(&self.words, state)
                                .is_some_and(|state| other.places.contains(&state))
                    })
            })
            .unwrap_or_else(|| {
                self.place_sorts.push(PlaceSort::City);
                cities.push(self.place_sorts.len() - 1);
                self.place_sorts.len() - 1
            });
        let places = &mut self.institutions[key].places;
        places.insert(city_idx);
        places.extend(state_idx(&self.words, state));
    }

    fn add_institution_name(&mut self, key: usize, name: &str) {
        if !self.taken.insert((key, name.to_owned())) {
            return;
        }
        let (base, brackets) = split_brackets(name);
        let partners: Vec<&str> = base.split('/').map(str::trim).collect();
        // What stands in brackets is a place, an abbreviation or a second name.
        for bracket in &brackets {
            if let [word] = bracket.split_whitespace().collect::<Vec<_>>()[..]
                && is_capitals(word)
            {
                self.add(word, key, None, Level::Abbreviation);
            }
            let run = self.words.intern_name(bracket);
            if run.len() <= PLACE_MAX_WORDS {
                self.institutions[key].words.extend(run);
            }
        }
        // "University of Arkansas for Medical Sciences (UAMS) College of Medicine":
        // an abbreviation follows the name that it stands for.
        if let Some((before, rest)) = name.split_once(" (")
            && rest
                .split_once(')')
                .is_some_and(|(inside, behind)| is_capitals(inside) && !behind.is_empty())
        {
            self.add(before, key, None, Level::Institution);
        }
        let level = if partners.len() == 1 {
            Level::Institution
        } else {
            Level::Partner
        };
        let whole = partners.join(" ");
        if brackets.is_empty() {
            self.add(&whole, key, None, Level::Institution);
        } else {
            self.add(
                &format!("{whole} {}", brackets.join(" ")),
                key,
                None,
                Level::Institution,
            );
        }
        for partner in &partners {
            if partners.len() > 1 {
                self.add(partner, key, None, Level::Partner);
            } else if !brackets.is_empty() {
                self.add(partner, key, None, Level::Base);
            }
            self.add_short_forms(key, partner, level);
        }
    }

    fn add_site_name(&mut self, key: usize, name: &str, site: &SiteId) {
        if !self.taken.insert((key, format!("{site} {name}"))) {
            return;
        }
        let (base, brackets) = split_brackets(name);
        for part in base.split('/').map(str::trim) {
            let level = if !brackets.is_empty() {
                Level::Base
            } else if base.contains('/') {
                Level::Partner
            } else {
                Level::Site
            };
            self.add(part, key, Some(site), level);
            self.add_short_forms(key, part, Level::Institution);
        }
        if !brackets.is_empty() {
            self.add(
                &format!("{base} {}", brackets.join(" ")),
                key,
                Some(site),
                Level::Site,
            );
        }
    }

    /// Adds a name without its last words of the usual kinds, step by step, and
    /// "X University" inside a longer name.
    fn add_short_forms(&mut self, key: usize, name: &str, level: Level) {
        let level = if level == Level::Partner {
            Level::Partner
        } else {
            Level::Short
        };
        let mut run = self.words.intern_name(name);
        let university = self.words.id("university");
        if let Some(at) = run.iter().position(|word| *word == university) {
            let start = run[..at]
                .iter()
                .rposition(|word| self.words.class(*word) != Class::Distinctive)
                .map_or(0, |before| before + 1);
            if start < at {
                self.add_run(run[start..=at].to_vec(), key, None, level);
            }
        }
        while let Some(&last) = run.last() {
            if self.words.class(last) != Class::Generic || run.len() < 2 {
                break;
            }
            run.pop();
            let tells = run
                .iter()
                .any(|word| self.words.class(*word) != Class::Generic);
            if !tells {
                break;
            }
            self.add_run(run.clone(), key, None, level);
        }
    }

    /// Adds the key itself as an abbreviation where the data spell it out: as
    /// the first letters of a name, or as a word in capitals inside one.
    fn add_abbreviation(&mut self, key: usize, program: &Program) {
        let short = program.institution_key.as_str();
        if short.contains('-') || short.len() < 3 {
            return;
        }
        let capitals = program
            .institution
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| is_capitals(word) && word.eq_ignore_ascii_case(short));
        let letters = initials(&program.institution);
        let of_site = self
            .initials
            .get(short)
            .is_some_and(|keys| keys.contains(&key));
        if capitals || of_site || letters.starts_with(short) {
            self.add(short, key, None, Level::Abbreviation);
        }
    }

    fn add(&mut self, name: &str, key: usize, site: Option<&SiteId>, level: Level) {
        let run = self.words.intern_name(name);
        self.add_run(run, key, site, level);
    }

    fn add_run(&mut self, run: Vec<WordId>, key: usize, site: Option<&SiteId>, level: Level) {
        if run.is_empty() {
            return;
        }
        self.institutions[key].words.extend(&run);
        let targets = self.names.entry(run).or_default();
        let same = targets.iter().any(|target| {
            target.key == key && target.site.as_ref() == site && target.level == level
        });
        if !same {
            targets.push(Target {
                key,
                site: site.cloned(),
                level,
            });
        }
    }

    /// Gives every abbreviation the other institutions whose names have the
    /// same first letters: "UMMC" is Mississippi's key and Maryland's initials.
    fn add_second_readings(&mut self) {
        for (letters, keys) in std::mem::take(&mut self.initials) {
            let run = vec![self.words.id(&letters)];
            let Some(targets) = self.names.get(&run) else {
                continue;
            };
            if !targets
                .iter()
                .any(|target| target.level == Level::Abbreviation)
            {
                continue;
            }
            for key in keys {
                self.add_run(run.clone(), key, None, Level::Alias);
            }
        }
    }

    fn finish(mut self) -> Index {
        self.add_second_readings();
        let mut keys_by_word: HashMap<WordId, Vec<usize>> = HashMap::new();
        for (key, institution) in self.institutions.iter().enumerate() {
            for &word in &institution.words {
                keys_by_word.entry(word).or_default().push(key);
            }
        }
        for run in self.places.keys() {
            for &word in run {
                self.words.weaken(word);
            }
        }
        for (&word, keys) in &keys_by_word {
            if keys.len() > DISTINCTIVE_MAX_KEYS {
                self.words.weaken(word);
            }
        }
        // A shortened name that is one shared word, such as a state, names nothing.
        let words = &self.words;
        self.names.retain(|run, targets| {
            !(run.len() == 1
                && words.class(run[0]) == Class::Shared
                && targets.iter().all(|target| target.level >= Level::Short))
        });
        let mut n_names: HashMap<WordId, usize> = HashMap::new();
        for word in self.names.keys().flatten() {
            *n_names.entry(*word).or_default() += 1;
        }
        let mut by_anchor: HashMap<WordId, Vec<(usize, usize)>> = HashMap::new();
        let mut names = Vec::with_capacity(self.names.len());
        for (words, targets) in self.names {
            let anchor = (0..words.len())
                .min_by_key(|&position| n_names[&words[position]])
                .unwrap_or(0);
            by_anchor
                .entry(words[anchor])
                .or_default()
                .push((names.len(), anchor));
            names.push(Name { words, targets });
        }
        Index {
            words: self.words,
            names,
            by_anchor,
            institutions: self.institutions,
            keys_by_word,
            places: self.places,
            place_sorts: self.place_sorts,
        }
    }
}

/// Returns the index of a state's place, which is that of its code.
fn state_idx(words: &Words, state: &str) -> Option<usize> {
    words.states().iter().position(|(code, _)| code == state)
}

/// Returns the first letters of a name's words, in lower case, up to a bracket.
fn initials(name: &str) -> String {
    name.split_once('(')
        .map_or(name, |(before, _)| before)
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|word| !matches!(*word, "of" | "the" | "and" | "at" | "for"))
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the text outside brackets, and what stands in each pair.
fn split_brackets(name: &str) -> (String, Vec<&str>) {
    let mut base = String::with_capacity(name.len());
    let mut brackets = Vec::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('(') {
        base.push_str(before);
        let (inside, behind) = after.split_once(')').unwrap_or((after, ""));
        brackets.push(inside.trim());
        rest = behind;
    }
    base.push_str(rest);
    (
        base.split_whitespace().collect::<Vec<_>>().join(" "),
        brackets,
    )
}

fn is_capitals(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}
