//! A made-up student's year, so that every page can be seen with content.
//!
//! The student and all people are made up; the programs are real. What happened
//! is written as log lines and goes through the same verbs as the student's own.

mod large;

use std::sync::Arc;

use domain::{PersonId, ProgramId, Ring};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

use crate::verbs::apply_import::ImportChoices;
use crate::verbs::correct_fact::NewFact;
use crate::verbs::edit_people::BulkEdit;
use crate::verbs::edit_person::PersonEdit;
use crate::verbs::plan_rotation::RotationEdit;
use crate::verbs::write_message::NewMessage;
use crate::views::import::preview;
use crate::views::log::LogChoices;
use crate::views::people::find_person;
use crate::{Clock, Desk, DeskError, FixedClock, Ids, Reader, Reading, Student, Vault, VaultError};

pub use large::large;

const PEOPLE: &str = include_str!("../data/demo-people.txt");
const LOG: &str = include_str!("../data/demo-log.txt");
const LIST: &str = include_str!("../data/demo-list.txt");

/// Where the student rotates: hospital and service, and in how many days from
/// when it is told each begins and ends.
const ROTATIONS: [(&str, &str, i32, i32); 2] = [
    ("Maimonides Medical Center", "surgery", 2, 43),
    (
        "Newark Beth Israel Medical Center",
        "internal medicine",
        50,
        91,
    ),
];

/// The seed of the identities, so that the demonstration is the same everywhere.
const SEED: u64 = 0x5EED;

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The vault did not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A verb refused.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Fills a vault with a made-up student's year that ends at `now`.
///
/// # Errors
/// Whatever opening the vault or a verb says.
pub fn fill(vault: &Vault, now: Timestamp, zone: TimeZone) -> Result<(), DemoError> {
    let clock = Arc::new(FixedClock::new(now, zone));
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let (desk, reader) = vault.open(shared, Ids::seeded(SEED))?;
    let year = Year {
        desk: &desk,
        reader: &reader,
        clock: &clock,
        now,
    };
    Ok(year.fill()?)
}

struct Year<'a> {
    desk: &'a Desk,
    reader: &'a Reader,
    clock: &'a FixedClock,
    now: Timestamp,
}

impl Year<'_> {
    fn fill(&self) -> Result<(), DeskError> {
        self.at_days_ago(350);
        self.desk.set_up(&Student {
            name: "Solange Baptiste".to_owned(),
            stage: "MS3".to_owned(),
            school: "Windward Isles College of Medicine".to_owned(),
            email: "solange.baptiste@example.org".to_owned(),
            zone: "America/Barbados".to_owned(),
            home_ir: "no".to_owned(),
            visa: "j1".to_owned(),
            pathway: "diagnostic-first".to_owned(),
            travel_usd: "800".to_owned(),
            minutes_week: "90".to_owned(),
            usual_day: "Saturday".to_owned(),
            ..Student::default()
        })?;
        let reading = Arc::new(Reading::typed(PEOPLE)?);
        let preview = preview(self.reader, Uuid::from_u128(1), reading)?;
        self.desk
            .apply_import(&preview, &ImportChoices::default(), &mut |_, _| true)?;
        for line in lines(LIST) {
            let id = ProgramId::new(line)
                .map_err(|error| DeskError::bad("program", error.found, error.wanted))?;
            self.desk.list_program(&id, None, "")?;
        }
        for line in lines(LOG) {
            let Some((days, what)) = line.split_once('|') else {
                continue;
            };
            let days: i64 = days.trim().parse().unwrap_or(0);
            self.at_days_ago(days);
            self.desk.log_interaction(what.trim(), &LogChoices::new())?;
        }
        self.rings_and_schools()?;
        self.rotations()?;
        self.facts()?;
        self.messages()?;
        Ok(())
    }

    fn at_days_ago(&self, days: i64) {
        // Ten in the morning or so: whatever `now` is, the day is the right one.
        self.clock.set(self.now - (days * 24).hours());
    }

    fn person(&self, name: &str) -> Result<PersonId, DeskError> {
        find_person(self.reader, name)
    }

    fn rings_and_schools(&self) -> Result<(), DeskError> {
        self.at_days_ago(27);
        let inner = [self.person("Asha Rao")?];
        self.desk
            .edit_people(&inner, &BulkEdit::Ring(Ring::Inner))?;
        let mut working = Vec::new();
        for name in [
            "Mateo Quispe",
            "Henrik Solberg",
            "Marisol Ibarra",
            "Ana Beltrán",
        ] {
            working.push(self.person(name)?);
        }
        self.desk
            .edit_people(&working, &BulkEdit::Ring(Ring::Working))?;
        let mut same_school = Vec::new();
        for name in [
            "Omar Haddad",
            "Grace Oduya",
            "Rafael Monteiro",
            "Fatou Diallo",
        ] {
            same_school.push(self.person(name)?);
        }
        self.desk
            .edit_people(&same_school, &BulkEdit::SameSchool(Some(true)))?;
        self.desk
            .edit_people(&same_school, &BulkEdit::AddTag("alumni".to_owned()))?;
        let edit = PersonEdit {
            note: Some(
                "Limb salvage; likes short questions. Reads mail in the evening.".to_owned(),
            ),
            email: Some("h.solberg@example.org".to_owned()),
            ..PersonEdit::default()
        };
        self.desk
            .edit_person(self.person("Henrik Solberg")?, &edit)?;
        let edit = PersonEdit {
            email: Some("grace.oduya@example.org".to_owned()),
            ..PersonEdit::default()
        };
        self.desk.edit_person(self.person("Grace Oduya")?, &edit)?;
        Ok(())
    }

    /// Says where the student rotates now and next, at hospitals of programs
    /// that exist.
    fn rotations(&self) -> Result<(), DeskError> {
        self.at_days_ago(24);
        let today = self.desk.today()?;
        for (hospital, service, starts, ends) in ROTATIONS {
            self.desk.plan_rotation(
                None,
                &RotationEdit {
                    hospital: hospital.to_owned(),
                    service: service.to_owned(),
                    starts: today.saturating_add(starts.days()).to_string(),
                    ends: today.saturating_add(ends.days()).to_string(),
                    ..RotationEdit::default()
                },
            )?;
        }
        Ok(())
    }

    fn facts(&self) -> Result<(), DeskError> {
        self.at_days_ago(20);
        let program = ProgramId::new("4203521221")
            .map_err(|error| DeskError::bad("program", error.found, error.wanted))?;
        let new = |field: &str, value: &str, source: &str, private: bool| NewFact {
            field: field.to_owned(),
            value: value.to_owned(),
            source: source.to_owned(),
            as_of: None,
            private,
        };
        let facts = [
            new("visa_j1", "yes", "the coordinator, by e-mail", false),
            new(
                "contact_policy",
                "through the coordinator first",
                "the program's page",
                false,
            ),
            new("director", "Dr. Marisol Ibarra (made up)", "Dr. Rao", false),
        ];
        for fact in &facts {
            self.desk.correct_fact(&program, fact)?;
        }
        Ok(())
    }

    fn messages(&self) -> Result<(), DeskError> {
        self.at_days_ago(9);
        let slots = [
            (
                "how_found",
                "I found your name among our graduates on the alumni page.",
            ),
            (
                "personal",
                "Your way from our island to Staten Island gives me courage: you said in the \
                 alumni letter that a month on night float taught you to read calmly.",
            ),
            ("question", "how you chose your programs"),
            ("subject_topic", "Your alumni letter"),
        ];
        let new = NewMessage {
            template: "alumni-intro".to_owned(),
            person: Some(self.person("Rafael Monteiro")?),
            program: None,
            slots: slots
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
            ..NewMessage::default()
        };
        let sent = self.desk.start_message(&new)?.result;
        let check =
            crate::views::compose::compose(self.reader, self.desk.today()?, sent, None)?.check;
        for finding in check.findings.iter().filter(|f| f.level == "warn") {
            self.desk
                .confirm_warning(sent, finding.code, "it is what I want to say here")?;
        }
        self.desk.hand_over(sent)?;
        self.desk.mark_sent(sent, &[])?;
        self.at_days_ago(0);
        let draft = NewMessage {
            template: "alumni-intro".to_owned(),
            person: Some(self.person("Fatou Diallo")?),
            ..NewMessage::default()
        };
        self.desk.start_message(&draft)?;
        Ok(())
    }
}

/// Returns the lines of a data file that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
