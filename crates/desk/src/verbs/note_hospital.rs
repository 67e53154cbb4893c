//! Notes whether a hospital of the student's rotations has a service.

use domain::{Provenance, Reliability, RotationId};
use store::Correction;

use crate::views::here::{hospital_subject, service_field};
use crate::{Desk, DeskError, Done, Result};

/// What the student found out about a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceNote {
    /// The service's word: "radiology" or "ir".
    pub service: String,
    /// "yes" or "no".
    pub answer: String,
    /// Who said it, or empty where the student saw it.
    pub source: String,
}

impl Desk {
    /// Notes whether the hospital of a rotation has a service. The note stays
    /// with the hospital, for a later rotation there.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where service or answer is none,
    /// [`DeskError::NotThere`] where no rotation has the identity.
    pub fn note_hospital(&self, rotation: RotationId, note: &ServiceNote) -> Result<Done<()>> {
        let services = &facts::here().services;
        let Some(service) = facts::here().service(note.service.trim()) else {
            let words: Vec<&str> = services.iter().map(|it| it.word.as_str()).collect();
            return Err(DeskError::bad("service", &note.service, words.join(" or ")));
        };
        let answer = note.answer.trim();
        if !["yes", "no"].contains(&answer) {
            return Err(DeskError::bad(service.label.as_str(), answer, "yes or no"));
        }
        let source = match note.source.trim() {
            "" => "you noted it",
            source => source,
        };
        let today = self.today()?;
        let now = self.now();
        let subject = rotation.to_string();
        let description = format!("Note \"{}: {answer}\"", service.label);
        self.write("note-hospital", &subject, &description, |writing| {
            let known = writing.rotations()?;
            let Some(rotation) = known.into_iter().find(|known| known.id == rotation) else {
                return Err(DeskError::not_there("rotation", rotation));
            };
            writing.describe(&format!("{description} at {}", rotation.hospital));
            writing.add_correction(&Correction {
                subject: hospital_subject(rotation.site.as_ref(), &rotation.hospital),
                field: service_field(&service.word),
                value: answer.to_owned(),
                provenance: Provenance {
                    source: source.to_owned(),
                    as_of: Some(today),
                    reliability: Reliability::OwnWord,
                    private: false,
                },
                entered_at: now,
            })?;
            Ok(())
        })
    }
}
