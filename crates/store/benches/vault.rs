//! How long a vault takes at 10,000 people and 100,000 interactions.
//!
//! `cargo bench -p store`; the figures are kept in `docs/benchmarks.md`.

use std::sync::LazyLock;

use divan::Bencher;
use domain::{
    Affiliation, Certainty, Channel, ContactKind, ContactPoint, Direction, Exchange, ExchangeKind,
    Interaction, InteractionId, Message, MessageId, MessageState, OperationId, Person, PersonId,
    PersonName, ProgramId, Ring, RoleKind,
};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use store::{
    Key, Listing, NewOperation, Pen, PeopleFilter, PeopleOrder, Place, Reader, StoreError,
};
use uuid::Uuid;

const N_PEOPLE: u128 = 10_000;
const N_INTERACTIONS: u128 = 100_000;
const TODAY: Date = Date::constant(2026, 7, 15);

const GIVEN: [&str; 12] = [
    "Asha", "Ben", "Chi", "Dora", "Emeka", "Fatima", "Gustavo", "Hana", "Imran", "Jürgen", "Kofi",
    "Lucía",
];
const FAMILY: [&str; 15] = [
    "Rao",
    "Adler",
    "Ng",
    "Okafor",
    "Silva",
    "Haddad",
    "Peña",
    "Müller",
    "Mensah",
    "Ødegård",
    "Smith",
    "O'Brien",
    "Tanaka",
    "Kowalski",
    "Baptiste",
];
const WORDS: [&str; 16] = [
    "talked",
    "about",
    "aortic",
    "stents",
    "rotation",
    "poster",
    "letter",
    "visa",
    "program",
    "ranking",
    "mentor",
    "conference",
    "biopsy",
    "embolisation",
    "follow",
    "thanks",
];

/// A small generator of our own, so that the data is the same everywhere.
fn mix(n: u128) -> usize {
    let mut x = (n as u64).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) as usize
}

fn pick<'a>(of: &[&'a str], n: u128) -> &'a str {
    of[mix(n) % of.len()]
}

fn id(kind: u128, n: u128) -> Uuid {
    Uuid::from_u128((mix(n * 8 + kind) as u128) << 64 | kind << 60 | n)
}

fn person(n: u128) -> Person {
    let name = PersonName {
        given: pick(&GIVEN, n).to_owned(),
        family: format!("{} {}", pick(&FAMILY, n + 1), pick(&FAMILY, n + 7)),
        title: if n.is_multiple_of(3) {
            "Dr.".to_owned()
        } else {
            String::new()
        },
        ..PersonName::default()
    };
    let linked = n.is_multiple_of(10);
    let institution = mix(n) % 200;
    Person {
        id: PersonId(id(1, n)),
        name,
        // A fifth has a rhythm; most are stored only, as after an import.
        ring: if n.is_multiple_of(5) {
            Ring::Wide
        } else {
            Ring::Stored
        },
        cadence_days: None,
        affiliations: vec![Affiliation {
            employer: format!("{} Medical Center {institution}", pick(&FAMILY, n + 3)),
            position: "Resident Physician, Diagnostic Radiology".to_owned(),
            role: RoleKind::Resident,
            institution_key: linked.then(|| format!("institution {institution}")),
            program: None,
            site: None,
            evidence: String::new(),
            certainty: Certainty::Clear,
            as_of: Some(TODAY),
            current: true,
        }],
        contacts: vec![ContactPoint {
            kind: ContactKind::LinkedIn,
            value: format!("https://www.linkedin.com/in/person-{n}"),
            label: String::new(),
        }],
        tags: if n.is_multiple_of(8) {
            vec!["ir".to_owned()]
        } else {
            Vec::new()
        },
        how_found: "LinkedIn connection since 8 Feb 2026".to_owned(),
        note: String::new(),
        same_school: None,
        known_since: Some(Date::constant(2026, 2, 8)),
        source: "LinkedIn Connections.csv".to_owned(),
        archived: false,
    }
}

fn interaction(n: u128) -> Interaction {
    // A hundred a day, logged as they happen.
    let days_ago = (N_INTERACTIONS.saturating_sub(n + 1) / 100) as i32;
    let channel = Channel::ALL[mix(n + 5) % Channel::ALL.len()];
    let words: Vec<&str> = (0..12).map(|i| pick(&WORDS, n * 16 + i)).collect();
    Interaction {
        id: InteractionId(id(2, n)),
        people: vec![PersonId(id(1, mix(n + 9) as u128 % N_PEOPLE))],
        day: TODAY.saturating_sub(Span::new().days(days_ago)),
        channel,
        direction: match mix(n + 3) % 3 {
            _ if channel.is_live() => Direction::Mutual,
            0 => Direction::Incoming,
            _ => Direction::Outgoing,
        },
        duration_min: None,
        event: String::new(),
        program: None,
        note: words.join(" "),
        exchanges: if n.is_multiple_of(20) {
            vec![Exchange {
                kind: ExchangeKind::Give,
                what: "review".to_owned(),
                minutes: None,
            }]
        } else {
            Vec::new()
        },
        follow_up: false,
        message: None,
    }
}

fn message(n: u128) -> Message {
    Message {
        id: MessageId(id(3, n)),
        person: Some(PersonId(id(1, n * 3))),
        program: None,
        template: "alumni-intro".to_owned(),
        scenario: "alumni-intro".to_owned(),
        channel: "email".to_owned(),
        event: String::new(),
        subject: "A question".to_owned(),
        text: format!(
            "Dear Dr. {}, I read about {}",
            pick(&FAMILY, n),
            pick(&WORDS, n)
        ),
        state: if n.is_multiple_of(10) {
            MessageState::Sent
        } else {
            MessageState::Replied
        },
        confirmed: Vec::new(),
        sent_on: Some(TODAY.saturating_sub(Span::new().days((n % 60) as i32))),
        changed_at: Timestamp::UNIX_EPOCH,
        mail_id: String::new(),
        switched_off: Vec::new(),
        follows: None,
    }
}

fn operation(n: u128) -> NewOperation<'static> {
    NewOperation {
        id: OperationId(id(4, n)),
        at: Timestamp::UNIX_EPOCH,
        verb: "bench",
        subject: "",
        description: "A bench",
        extend: false,
    }
}

struct Vault {
    folder: tempfile::TempDir,
    pen: Pen,
    reader: Reader,
}

fn empty() -> Vault {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (pen, reader) =
        store::open(&folder.path().join("vault.db"), &Key::new([7; 32])).expect("a vault");
    Vault {
        folder,
        pen,
        reader,
    }
}

static FULL: LazyLock<Vault> = LazyLock::new(|| {
    let vault = empty();
    let filled = vault.pen.write::<(), StoreError>(operation(1), |w| {
        (0..N_PEOPLE).try_for_each(|n| w.add_person(&person(n), &[]))?;
        (0..N_INTERACTIONS).try_for_each(|n| w.add_interaction(&interaction(n)))?;
        (0..2000).try_for_each(|n| w.save_message(&message(n)))?;
        (0..50).try_for_each(|n| {
            w.list_program(&Listing {
                program: ProgramId::new(&format!("{n:010}")).expect("ten digits"),
                priority: n,
                note: String::new(),
                listed_on: TODAY,
                institution_key: format!("institution {n}"),
                sites: Vec::new(),
            })
        })
    });
    filled.expect("the vault is filled");
    vault
});

fn main() {
    let bytes = std::fs::metadata(FULL.folder.path().join("vault.db")).map_or(0, |file| file.len());
    println!(
        "the file has {} MB before its log is folded in",
        bytes / 1_000_000
    );
    divan::main();
}

fn read<T>(f: impl FnOnce(&store::Snapshot<'_>) -> Result<T, StoreError>) -> T {
    FULL.reader.read(f).expect("the snapshot is read")
}

#[divan::bench]
fn agenda_input() -> domain::AgendaInput {
    read(|s| s.agenda_input(TODAY, &domain::Cadences::default()))
}

#[divan::bench]
fn person_page() -> usize {
    let who = PersonId(id(1, 4_321));
    read(|s| {
        let person = s.person(who)?;
        let timeline = s.timeline(who, 50, None)?;
        let commitments = s.commitments(Some(who), false)?;
        let messages = s.messages(Some(who), 50)?;
        s.evidence(who)?;
        Ok(person.iter().len() + timeline.len() + commitments.len() + messages.len())
    })
}

#[divan::bench]
fn people_at() -> usize {
    let keys = ["institution 17"];
    read(|s| {
        s.people_at(&Place {
            institution_keys: &keys,
            ..Place::default()
        })
    })
    .len()
}

#[divan::bench]
fn standing_of_every_place() -> usize {
    read(|s| s.standing_by_institution()).len()
}

#[divan::bench(args = ["r", "ra", "rao", "müller asha", "stents", "visa embol", "person-4321"])]
fn search(text: &str) -> usize {
    let hits = read(|s| s.search(text, 20));
    hits.people.len() + hits.notes.len()
}

#[divan::bench(args = [PeopleOrder::Name, PeopleOrder::Recent, PeopleOrder::LongSilent])]
fn people_first_page(order: PeopleOrder) -> usize {
    let filter = PeopleFilter {
        order,
        limit: Some(50),
        ..PeopleFilter::default()
    };
    read(|s| s.people(&filter)).rows.len()
}

#[divan::bench]
fn person_names() -> usize {
    read(|s| s.person_names()).len()
}

#[divan::bench]
fn known_for_reconciliation() -> usize {
    read(|s| s.known()).len()
}

#[divan::bench]
fn log_one_interaction() {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = N_INTERACTIONS + u128::from(NEXT.fetch_add(1, Ordering::Relaxed));
    FULL.pen
        .write::<(), StoreError>(operation(n), |w| w.add_interaction(&interaction(n)))
        .expect("it is written");
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn add_30000_people_in_one_operation(bencher: Bencher<'_, '_>) {
    let people: Vec<Person> = (0..30_000).map(person).collect();
    bencher.with_inputs(empty).bench_values(|vault| {
        vault
            .pen
            .write::<(), StoreError>(operation(1), |w| {
                people
                    .iter()
                    .try_for_each(|person| w.add_person(person, &[]))
            })
            .expect("they are written");
        vault
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn undo_adding_30000_people(bencher: Bencher<'_, '_>) {
    let people: Vec<Person> = (0..30_000).map(person).collect();
    let filled = || {
        let vault = empty();
        vault
            .pen
            .write::<(), StoreError>(operation(1), |w| {
                people
                    .iter()
                    .try_for_each(|person| w.add_person(person, &[]))
            })
            .expect("they are written");
        vault
    };
    bencher.with_inputs(filled).bench_values(|vault| {
        vault
            .pen
            .undo(operation(2), operation(1).id)
            .expect("it is undone");
        vault
    });
}

#[divan::bench]
fn open(bencher: Bencher<'_, '_>) {
    let path = FULL.folder.path().join("vault.db");
    bencher.bench(|| store::open(&path, &Key::new([7; 32])).expect("it opens"));
}
