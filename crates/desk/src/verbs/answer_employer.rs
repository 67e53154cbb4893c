//! Remembers what an employer text names, so that it is asked once.

use domain::{SiteId, fold_key};
use store::EmployerAnswer;

use crate::views::import::{Employer, read_employer};
use crate::{Desk, DeskError, Done, Result};

/// What an employer text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// A program or site, as [`crate::views::who::who`] would find it.
    Place(String),
    /// The place at this position among those that the text may name, in the order
    /// in which a page offers them.
    Candidate(usize),
    /// None of the places that Vouch knows.
    Nothing,
}

impl Desk {
    /// Remembers what an employer text names, and links everybody with that text.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where the place is not known, and
    /// [`DeskError::Several`] where its name fits several institutions.
    pub fn answer_employer(&self, text: &str, names: &Names) -> Result<Done<()>> {
        let description = format!("Say what \"{text}\" is");
        self.write("answer-employer", text, &description, |writing| {
            let answer = match names {
                Names::Nothing => EmployerAnswer::Nothing,
                Names::Candidate(i) => {
                    let places = crate::places::Places::load(writing)?;
                    let answers = writing.employer_answers()?;
                    let candidates = match read_employer(&places, &answers, text, "") {
                        Employer::Open(candidates) => candidates,
                        Employer::Settled(_) => Vec::new(),
                    };
                    let Some(place) = candidates.into_iter().nth(*i) else {
                        return Err(DeskError::not_there("place for the text", text));
                    };
                    EmployerAnswer::Place {
                        institution_key: place.institution_key,
                        program: place.program,
                        site: place.site,
                    }
                }
                Names::Place(place) => {
                    let places = crate::places::Places::load(writing)?;
                    let found = places.find(place);
                    if let Some(first) = found.first() {
                        let key = &first.institution_key;
                        if found.iter().any(|p| p.institution_key != *key) {
                            return Err(DeskError::Several {
                                name: place.clone(),
                                candidates: found.iter().take(8).map(|p| p.name()).collect(),
                            });
                        }
                        EmployerAnswer::Place {
                            institution_key: Some(key.clone()),
                            program: (found.len() == 1).then(|| first.id.clone()),
                            site: None,
                        }
                    } else {
                        let id: SiteId = place
                            .parse()
                            .map_err(|_| DeskError::not_there("program or site", place))?;
                        if places.site(&id).is_none() {
                            return Err(DeskError::not_there("site", place));
                        }
                        EmployerAnswer::Place {
                            institution_key: None,
                            program: None,
                            site: Some(id),
                        }
                    }
                }
            };
            writing.set_employer_answer(&fold_key(text), &answer, "you said so")?;
            Ok(())
        })
    }
}
