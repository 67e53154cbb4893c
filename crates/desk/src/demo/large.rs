//! A large vault of made-up people, for measuring and for trying pages out.

use std::sync::Arc;

use domain::{
    Affiliation, Certainty, Channel, Commitment, CommitmentId, CommitmentState, ContactKind,
    ContactPoint, Direction, Exchange, ExchangeKind, Interaction, InteractionId, Owner, Person,
    PersonId, PersonName, Program, Ring,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::DemoError;
use crate::ids::split_mix;
use crate::verbs::apply_import::affiliation;
use crate::views::import::PlaceRef;
use crate::{Desk, FixedClock, Ids, Result, Student, Vault};

/// The seed of identities and of everything that happened.
const SEED: u64 = 0x1A46E;

/// Rows an operation: few operations make it quick, and none is so large that
/// its log fills the memory.
const ROWS_AN_OPERATION: usize = 4_000;

/// Programs on the list.
const LISTED: usize = 40;

/// Fills a vault with made-up people and what happened with them up to `now`;
/// the same numbers give the same vault.
///
/// A third of the people work where programs are, a few are close, and those
/// few have most of the interactions, as it is in a real vault.
///
/// # Errors
/// Whatever opening the vault or writing says.
pub fn large(
    vault: &Vault,
    n_people: usize,
    n_interactions: usize,
    now: Timestamp,
) -> Result<(), DemoError> {
    let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
    let (desk, _) = vault.open(clock, Ids::seeded(SEED))?;
    let mut crowd = Crowd {
        today: desk.today()?,
        desk: &desk,
        state: SEED,
        people: Vec::with_capacity(n_people),
    };
    desk.set_up(&Student {
        name: "Solange Baptiste".to_owned(),
        stage: "MS3".to_owned(),
        school: "Windward Isles College of Medicine".to_owned(),
        email: "solange.baptiste@example.org".to_owned(),
        ..Student::default()
    })?;
    crowd.add_people(n_people)?;
    crowd.add_interactions(n_interactions)?;
    let programs = facts::shipped().programs();
    let step = (programs.len() / LISTED).max(1);
    for program in programs.iter().step_by(step).take(LISTED) {
        desk.list_program(&program.id, None, "")?;
    }
    Ok(())
}

struct Crowd<'a> {
    desk: &'a Desk,
    today: Date,
    state: u64,
    people: Vec<PersonId>,
}

impl Crowd<'_> {
    /// Returns the next number of the sequence, below `n`.
    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).unwrap_or(u64::MAX);
        usize::try_from(split_mix(&mut self.state) % n).unwrap_or(0)
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        let i = self.below(words.len());
        words.get(i).copied().unwrap_or_default()
    }

    fn days_ago(&mut self, most: usize) -> Date {
        let days = i64::try_from(self.below(most)).unwrap_or(0);
        self.today.saturating_sub(days.days())
    }

    fn add_people(&mut self, n: usize) -> Result<()> {
        let mut first = 0;
        while first < n {
            let end = n.min(first + ROWS_AN_OPERATION);
            let people: Vec<Person> = (first..end).map(|i| self.person(i)).collect();
            let description = format!("Add {} made-up people", people.len());
            self.desk.write("demo", "", &description, |writing| {
                for person in &people {
                    writing.add_person(person, &[])?;
                }
                Ok(())
            })?;
            self.people.extend(people.iter().map(|person| person.id));
            first = end;
        }
        Ok(())
    }

    fn person(&mut self, i: usize) -> Person {
        let name = person_name(i);
        let (employer, place) = self.employer();
        let position = self.one_of(&POSITIONS);
        let handle = format!("{}-{}-{i}", name.given, name.family)
            .to_lowercase()
            .replace([' ', '.'], "");
        let mut contacts = vec![contact(
            ContactKind::LinkedIn,
            format!("https://www.linkedin.com/in/{handle}"),
        )];
        if i.is_multiple_of(5) {
            contacts.push(contact(ContactKind::Email, format!("{handle}@example.org")));
        }
        let certainty = if place.is_some() {
            Certainty::Clear
        } else {
            Certainty::Unsure
        };
        let affiliations: Vec<Affiliation> = vec![affiliation(
            &employer, position, place, certainty, self.today,
        )];
        Person {
            id: PersonId(self.desk.new_id()),
            name,
            ring: ring(i),
            cadence_days: None,
            affiliations,
            contacts,
            tags: if i.is_multiple_of(20) {
                vec!["alumni".to_owned()]
            } else {
                Vec::new()
            },
            how_found: "LinkedIn connection".to_owned(),
            note: String::new(),
            same_school: i.is_multiple_of(20).then_some(true),
            known_since: Some(self.days_ago(1_500)),
            source: "made up".to_owned(),
            archived: false,
        }
    }

    fn employer(&mut self) -> (String, Option<PlaceRef>) {
        if self.below(3) > 0 {
            let n = self.below(2_000);
            return (format!("{} {n}", self.one_of(&EMPLOYERS)), None);
        }
        let programs = facts::shipped().programs();
        let i = self.below(programs.len());
        let Some(program) = programs.get(i) else {
            return (String::new(), None);
        };
        (program.institution.clone(), Some(place_of(program)))
    }

    fn add_interactions(&mut self, n: usize) -> Result<()> {
        if self.people.is_empty() {
            return Ok(());
        }
        let mut first = 0;
        while first < n {
            let end = n.min(first + ROWS_AN_OPERATION);
            let interactions: Vec<Interaction> = (first..end).map(|_| self.interaction()).collect();
            let promises: Vec<Commitment> = interactions
                .iter()
                .step_by(200)
                .filter_map(|interaction| self.promise(interaction))
                .collect();
            let description = format!("Log {} made-up interactions", interactions.len());
            self.desk.write("demo", "", &description, |writing| {
                for interaction in &interactions {
                    writing.add_interaction(interaction)?;
                }
                for promise in &promises {
                    writing.add_commitment(promise)?;
                }
                Ok(())
            })?;
            first = end;
        }
        Ok(())
    }

    fn interaction(&mut self) -> Interaction {
        // The product of two numbers leans to the low ones, who are the close people.
        let n = self.people.len();
        let person = self.below(n) * self.below(n) / n;
        let mut people: Vec<PersonId> = self.people.get(person).copied().into_iter().collect();
        if self.below(20) == 0 {
            let other = self.below(n);
            people.extend(
                self.people
                    .get(other)
                    .filter(|id| !people.contains(id))
                    .copied(),
            );
        }
        let (channel, direction) = CHANNELS[self.below(CHANNELS.len())];
        let exchanges = match self.below(200) {
            0 => vec![exchange(ExchangeKind::Intro, "")],
            1 => vec![exchange(ExchangeKind::Vouch, "")],
            2..=9 => vec![exchange(ExchangeKind::Ask, "advice")],
            10..=15 => vec![exchange(ExchangeKind::Give, "lit-review")],
            _ => Vec::new(),
        };
        Interaction {
            id: InteractionId(self.desk.new_id()),
            people,
            day: self.days_ago(1_200),
            channel,
            direction,
            duration_min: (direction == Direction::Mutual).then_some(15),
            event: if self.below(10) == 0 {
                "SIR 2026".to_owned()
            } else {
                String::new()
            },
            program: None,
            note: format!(
                "{} {}, {}",
                self.one_of(&BEGINNINGS),
                self.one_of(&TOPICS),
                self.one_of(&ENDINGS)
            ),
            exchanges,
            follow_up: false,
            message: None,
        }
    }

    fn promise(&mut self, interaction: &Interaction) -> Option<Commitment> {
        let open = self.below(10) == 0;
        Some(Commitment {
            id: CommitmentId(self.desk.new_id()),
            person: *interaction.people.first()?,
            interaction: Some(interaction.id),
            owner: Owner::Student,
            what: format!("send a table on {}", self.one_of(&TOPICS)),
            due: Some(interaction.day.saturating_add(14.days())),
            state: if open {
                CommitmentState::Open
            } else {
                CommitmentState::Kept
            },
        })
    }
}

fn place_of(program: &Program) -> PlaceRef {
    PlaceRef {
        institution_key: Some(program.institution_key.clone()),
        site: None,
        program: None,
        label: program.institution.clone(),
        evidence: "the text is the institution's name".to_owned(),
        confirmed: false,
    }
}

/// Returns a name that no other position below half a million has: from ten
/// thousand on, people have two surnames.
fn person_name(i: usize) -> PersonName {
    let given = GIVEN[i % GIVEN.len()];
    let family = FAMILY[i / GIVEN.len() % FAMILY.len()];
    let ending = FAMILY_ENDINGS[i / GIVEN.len() / FAMILY.len() % FAMILY_ENDINGS.len()];
    let round = i / (GIVEN.len() * FAMILY.len() * FAMILY_ENDINGS.len());
    let second = match round.checked_sub(1) {
        Some(n) => format!(" {}", FAMILY[n % FAMILY.len()]),
        None => String::new(),
    };
    PersonName {
        title: if i.is_multiple_of(3) { "Dr." } else { "" }.to_owned(),
        given: given.to_owned(),
        family: format!("{family}{ending}{second}"),
        ..PersonName::default()
    }
}

fn ring(i: usize) -> Ring {
    match i {
        0..20 => Ring::Inner,
        20..120 => Ring::Working,
        120..500 => Ring::Wide,
        _ => Ring::Stored,
    }
}

fn contact(kind: ContactKind, value: String) -> ContactPoint {
    ContactPoint {
        kind,
        value,
        label: String::new(),
    }
}

fn exchange(kind: ExchangeKind, what: &str) -> Exchange {
    Exchange {
        kind,
        what: what.to_owned(),
        minutes: None,
    }
}

const GIVEN: [&str; 40] = [
    "Asha", "Mateo", "Henrik", "Marisol", "Ana", "Omar", "Grace", "Rafael", "Fatou", "Lucía",
    "Elias", "Johan", "Kwame", "Tunde", "Noor", "Colm", "Leila", "Sabine", "Delphine", "Ingrid",
    "Jonas", "Priya", "Rohan", "Mei", "Hana", "Kenji", "Sofia", "Pavel", "Zofia", "Amara", "Chidi",
    "Ngozi", "Tomás", "Aoife", "Declan", "Yusuf", "Samira", "Imani", "Luka", "Vera",
];

const FAMILY: [&str; 50] = [
    "Rao",
    "Quisp",
    "Solberg",
    "Ibarr",
    "Beltr",
    "Haddad",
    "Odu",
    "Monteir",
    "Diall",
    "Fuent",
    "Thorn",
    "Merw",
    "Boateng",
    "Adeyem",
    "Sayegh",
    "Brannig",
    "Farahan",
    "Kerkhof",
    "Charl",
    "Lindqvist",
    "Okaf",
    "Sharm",
    "Tanak",
    "Novak",
    "Kowal",
    "Petrov",
    "Santos",
    "Pereir",
    "Costel",
    "Moreau",
    "Girard",
    "Weber",
    "Fisch",
    "Larsen",
    "Nyberg",
    "Hansen",
    "Kimura",
    "Saito",
    "Nguyen",
    "Pham",
    "Hussein",
    "Rahman",
    "Chowdh",
    "Mensah",
    "Asant",
    "Mwang",
    "Otien",
    "Byrne",
    "Walsh",
    "Keane",
];

const FAMILY_ENDINGS: [&str; 5] = ["", "a", "en", "ov", "i"];

const POSITIONS: [&str; 8] = [
    "Resident Physician",
    "Interventional Radiologist",
    "Attending Radiologist",
    "IR Fellow",
    "Program Coordinator",
    "Medical Student",
    "Engineer, Platform",
    "Nurse Practitioner",
];

const EMPLOYERS: [&str; 6] = [
    "Northwind Imaging",
    "Fabrikam Devices",
    "Example College",
    "Riverside Clinic",
    "Harbour Family Practice",
    "Hillside Analytics",
];

const CHANNELS: [(Channel, Direction); 8] = [
    (Channel::Email, Direction::Outgoing),
    (Channel::Email, Direction::Outgoing),
    (Channel::Email, Direction::Incoming),
    (Channel::Call, Direction::Mutual),
    (Channel::Talk, Direction::Mutual),
    (Channel::LinkedIn, Direction::Outgoing),
    (Channel::Rotation, Direction::Mutual),
    (Channel::Webinar, Direction::Mutual),
];

const BEGINNINGS: [&str; 6] = [
    "spoke about",
    "asked about",
    "read a paper on",
    "watched a case of",
    "sent thanks for the talk on",
    "was told how to begin with",
];

const TOPICS: [&str; 10] = [
    "limb salvage",
    "prostate artery embolization",
    "radial access",
    "lymphatic work",
    "vena cava filters",
    "liver ablation",
    "dialysis access",
    "the call schedule",
    "research for students",
    "away electives",
];

const ENDINGS: [&str; 6] = [
    "kind and brief",
    "said to write again in spring",
    "wants to see a draft",
    "named two people to ask",
    "answered every question",
    "had little time",
];
