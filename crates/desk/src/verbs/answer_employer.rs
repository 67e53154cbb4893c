//! Remembers what an employer text names, so that it is asked once.

use domain::{SiteId, fold_key};
use store::EmployerAnswer;

use crate::{Desk, DeskError, Done, Result};

/// What an employer text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// A program or site, as [`crate::views::who::who`] would find it.
    Place(String),
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
