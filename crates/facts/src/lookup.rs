//! Programs and sites by what they are called and where they stand, and
//! counts of yes, no and not known.

use domain::{Program, Site, SiteId, Track, fold_key};

use crate::Facts;

/// Which programs are wanted; what is `None` or empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramQuery {
    /// A fragment of the institution's or a hospital's name, or of the id.
    pub text: String,
    /// A city, compared without case and accents.
    pub city: Option<String>,
    /// A two-letter state code.
    pub state: Option<String>,
    /// A track.
    pub track: Option<Track>,
    /// A site at which it trains.
    pub site: Option<SiteId>,
    /// The key that joins the programs of one sponsor at one place.
    pub institution_key: Option<String>,
}

/// Which sites are wanted; what is `None` or empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteQuery {
    /// A fragment of any of its names, or of its id.
    pub text: String,
    /// A city, compared without case and accents; a site without a known city
    /// is not among the answers.
    pub city: Option<String>,
    /// A two-letter state code.
    pub state: Option<String>,
}

/// How many answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Known, and yes.
    pub yes: usize,
    /// Known, and no.
    pub no: usize,
    /// Not known; a filter leaves these in until they are removed.
    pub not_known: usize,
}

/// Counts the answers to one question about some programs.
///
/// ```
/// let facts = facts::shipped();
/// let tally = facts::tally(facts.programs(), |program| program.visa_j1.value().copied());
/// assert_eq!((tally.yes, tally.no, tally.not_known), (19, 1, 381));
/// ```
pub fn tally<'a>(
    programs: impl IntoIterator<Item = &'a Program>,
    question: impl Fn(&Program) -> Option<bool>,
) -> Tally {
    let mut tally = Tally::default();
    for program in programs {
        match question(program) {
            Some(true) => tally.yes += 1,
            Some(false) => tally.no += 1,
            None => tally.not_known += 1,
        }
    }
    tally
}

impl Facts {
    /// Returns the programs that a query wants, in the order of the data.
    ///
    /// Every word of the text must begin a word of the institution, a hospital,
    /// the city or the key, so that "mount sinai west" finds one.
    pub fn find_programs(&self, query: &ProgramQuery) -> Vec<&Program> {
        let text = fold_key(&query.text);
        let city = query.city.as_deref().map(fold_key);
        self.programs
            .iter()
            .filter(|program| query.track.is_none_or(|track| program.track == track))
            .filter(|program| same_state(query.state.as_deref(), &program.state))
            .filter(|program| {
                city.as_ref()
                    .is_none_or(|city| *city == fold_key(&program.city))
            })
            .filter(|program| {
                query
                    .site
                    .as_ref()
                    .is_none_or(|site| program.sites.contains(site))
            })
            .filter(|program| {
                query
                    .institution_key
                    .as_ref()
                    .is_none_or(|key| *key == program.institution_key)
            })
            .filter(|program| text.is_empty() || self.program_has(program, &text))
            .collect()
    }

    fn program_has(&self, program: &Program, text: &str) -> bool {
        let mut words = format!(
            "{} {} {} {}",
            program.id, program.institution, program.city, program.institution_key
        );
        for name in program.sites.iter().flat_map(|site| self.site_names(site)) {
            words.push(' ');
            words.push_str(name);
        }
        has_words(&fold_key(&words), text)
    }

    /// Returns the sites that a query wants, in the order of the data.
    pub fn find_sites(&self, query: &SiteQuery) -> Vec<&Site> {
        let text = fold_key(&query.text);
        let city = query.city.as_deref().map(fold_key);
        self.sites
            .iter()
            .filter(|site| same_state(query.state.as_deref(), &site.state))
            .filter(|site| {
                city.as_ref().is_none_or(|city| {
                    site.city
                        .value()
                        .is_some_and(|known| *city == fold_key(known))
                })
            })
            .filter(|site| {
                text.is_empty() || {
                    let names = self.site_names(&site.id).join(" ");
                    has_words(&fold_key(&format!("{} {names}", site.id)), &text)
                }
            })
            .collect()
    }
}

fn same_state(wanted: Option<&str>, state: &str) -> bool {
    wanted.is_none_or(|wanted| wanted.trim().eq_ignore_ascii_case(state))
}

/// Returns whether every word of a folded text begins a word of another.
pub(crate) fn has_words(haystack: &str, text: &str) -> bool {
    text.split(' ')
        .all(|wanted| haystack.split(' ').any(|word| word.starts_with(wanted)))
}
