//! A vault in a temporary folder, and short ways to make what goes into it.

use domain::{
    Affiliation, Certainty, Channel, Confirmed, ContactKind, ContactPoint, Direction, Interaction,
    InteractionId, Message, MessageId, MessageState, OperationId, Person, PersonId, PersonName,
    Ring, RoleKind,
};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{
    DumpTable, Key, Limits, MIGRATIONS, Migration, NewOperation, Pen, Reader, Snapshot, StoreError,
    Writing,
};
use uuid::Uuid;

/// A vault that lasts as long as the value.
pub(crate) struct Vault {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) pen: Pen,
    pub(crate) reader: Reader,
}

impl Vault {
    pub(crate) fn new() -> Self {
        Self::with(Limits::default())
    }

    pub(crate) fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (pen, reader) = store::open_with(&folder.path().join("vault.db"), &key(), limits)
            .expect("a new vault opens");
        Self {
            folder,
            pen,
            reader,
        }
    }

    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("vault.db")
    }

    /// Writes one operation with the number `n`.
    pub(crate) fn write<T>(
        &self,
        n: u128,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> T {
        self.pen
            .write(operation(n), f)
            .expect("the operation is written")
    }

    pub(crate) fn read<T>(&self, f: impl FnOnce(&Snapshot<'_>) -> Result<T, StoreError>) -> T {
        self.reader.read(f).expect("the snapshot is read")
    }

    pub(crate) fn dump(&self) -> Vec<DumpTable> {
        self.read(|snapshot| snapshot.dump())
    }

    /// Returns how many rows a logged table has.
    pub(crate) fn n_rows(&self, table: &str) -> usize {
        let dump = self.dump();
        let table = dump.iter().find(|found| found.name == table);
        table.expect("a logged table").rows.len()
    }

    /// Undoes the operation `target` as operation `n`.
    pub(crate) fn undo(&self, n: u128, target: u128) -> Result<(), store::UndoError> {
        self.pen.undo(undo_operation(n), operation_id(target))
    }
}

/// Holds what search keeps of people against an index that is made anew: the
/// same words in the same columns of the same people, and nobody left to index.
pub(crate) fn assert_search_is_true(vault: &Vault) {
    let connection = rusqlite::Connection::open(vault.path()).expect("the file opens");
    let sql = format!(
        "PRAGMA key = \"x'{}'\";
         CREATE VIRTUAL TABLE temp.anew USING fts5 (
            name, work, contact, tag, note,
            content = '', contentless_delete = 1, tokenize = \"unicode61 remove_diacritics 2\"
         );
         INSERT INTO temp.anew (rowid, name, work, contact, tag, note) SELECT * FROM person_text;
         CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab (temp, anew, instance);
         CREATE VIRTUAL TABLE temp.words_kept USING fts5vocab (main, person_search, instance);",
        *key().hex()
    );
    connection.execute_batch(&sql).expect("an index of its own");
    let words = |table: &str| -> Vec<(String, i64, String, i64)> {
        let mut statement = connection
            .prepare(&format!(
                "SELECT term, doc, col, count(*) FROM {table} GROUP BY term, doc, col ORDER BY term, doc, col"
            ))
            .expect("the words");
        let rows = statement
            .query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .expect("the words");
        rows.collect::<Result<_, _>>().expect("the words are read")
    };
    assert_eq!(words("words_kept"), words("words_anew"));
    let n_left: i64 = connection
        .query_row("SELECT count(*) FROM unindexed", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(n_left, 0, "nobody is left to index");
}

/// Every migration and these after them, as a later version would know them.
pub(crate) fn later_migrations(after: &[Migration]) -> Limits {
    Limits {
        migrations: Box::leak([MIGRATIONS, after].concat().into_boxed_slice()),
        ..Limits::default()
    }
}

pub(crate) fn key() -> Key {
    Key::new([7; 32])
}

pub(crate) fn operation_id(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(n))
}

pub(crate) fn person_id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

pub(crate) fn interaction_id(n: u128) -> InteractionId {
    InteractionId(Uuid::from_u128(n))
}

pub(crate) fn message_id(n: u128) -> MessageId {
    MessageId(Uuid::from_u128(n))
}

pub(crate) fn instant(seconds: i64) -> Timestamp {
    Timestamp::new(1_780_000_000 + seconds, 0).expect("an instant")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn operation(n: u128) -> NewOperation<'static> {
    NewOperation {
        id: operation_id(n),
        at: instant(n as i64),
        verb: "test",
        subject: "",
        description: "A test",
        extend: false,
    }
}

pub(crate) fn undo_operation(n: u128) -> NewOperation<'static> {
    NewOperation {
        verb: "undo",
        description: "Took it back",
        ..operation(n)
    }
}

pub(crate) fn person(n: u128, name: &str) -> Person {
    Person {
        id: person_id(n),
        name: PersonName::parse(name),
        ring: Ring::Stored,
        cadence_days: None,
        affiliations: Vec::new(),
        contacts: Vec::new(),
        tags: Vec::new(),
        how_found: String::new(),
        note: String::new(),
        same_school: None,
        known_since: None,
        source: "typed".to_owned(),
        archived: false,
    }
}

pub(crate) fn affiliation(employer: &str, position: &str) -> Affiliation {
    Affiliation {
        employer: employer.to_owned(),
        position: position.to_owned(),
        role: RoleKind::from_position(position),
        institution_key: None,
        program: None,
        site: None,
        evidence: String::new(),
        certainty: Certainty::Clear,
        as_of: None,
        current: true,
    }
}

pub(crate) fn email(address: &str) -> ContactPoint {
    ContactPoint {
        kind: ContactKind::Email,
        value: address.to_owned(),
        label: "work".to_owned(),
    }
}

/// A person with something in every child table.
pub(crate) fn full_person(n: u128, name: &str) -> Person {
    Person {
        affiliations: vec![affiliation("Lakeside Medical Center", "Resident Physician")],
        contacts: vec![email("a@example.org")],
        tags: vec!["ir".to_owned(), "alumni".to_owned()],
        ring: Ring::Working,
        note: "Likes aortic work".to_owned(),
        known_since: Some(day("2026-02-08")),
        same_school: Some(true),
        cadence_days: Some(45),
        ..person(n, name)
    }
}

pub(crate) fn interaction(n: u128, on: &str, channel: Channel, people: &[u128]) -> Interaction {
    Interaction {
        id: interaction_id(n),
        people: people.iter().map(|n| person_id(*n)).collect(),
        day: day(on),
        channel,
        direction: if channel.is_live() {
            Direction::Mutual
        } else {
            Direction::Outgoing
        },
        duration_min: None,
        event: String::new(),
        program: None,
        note: String::new(),
        exchanges: Vec::new(),
        follow_up: false,
        message: None,
    }
}

/// A warning that was confirmed: its rule and the reason.
pub(crate) fn confirmed((rule, reason): (&str, &str)) -> Confirmed {
    Confirmed {
        rule: rule.to_owned(),
        about: format!("what {rule} said"),
        reason: reason.to_owned(),
    }
}

pub(crate) fn message(n: u128, person: Option<u128>) -> Message {
    Message {
        id: message_id(n),
        person: person.map(person_id),
        program: None,
        template: "alumni-intro".to_owned(),
        scenario: "alumni-intro".to_owned(),
        channel: "email".to_owned(),
        event: String::new(),
        subject: "A question from a third-year student".to_owned(),
        text: "Dear Dr. Rao, thank you".to_owned(),
        state: MessageState::Draft,
        confirmed: vec![confirmed(("too-long", "they asked for detail"))],
        sent_on: None,
        changed_at: instant(0),
        mail_id: "m1@example.org".to_owned(),
        switched_off: vec!["too-short".to_owned()],
        follows: None,
    }
}
