//! The vault: the only place in Vouch that knows SQL.
//!
//! [`open`] gives a [`Pen`], which writes, and a [`Reader`], which reads one
//! [`Snapshot`] at a time. Every write is one operation: it is logged row by row
//! with images from before and after, and can be undone while nothing later has
//! touched the same rows.
//!
//! ```
//! use domain::{OperationId, Person, PersonId, PersonName, Ring};
//! use store::{Key, NewOperation, StoreError};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let uuid = |n: u128| uuid::Uuid::from_u128(n);
//! let (pen, reader) = store::open(&folder.path().join("vault.db"), &Key::new([7; 32]))?;
//! let person = Person {
//!     id: PersonId(uuid(1)),
//!     name: PersonName::parse("Dr. Asha Rao"),
//!     ring: Ring::Wide,
//! #   cadence_days: None, affiliations: vec![], contacts: vec![], tags: vec![],
//! #   how_found: String::new(), note: String::new(), same_school: None,
//! #   known_since: None, source: "typed".to_owned(), archived: false,
//!     // …
//! };
//! let adding = NewOperation {
//!     id: OperationId(uuid(2)),
//!     at: "2026-07-01T12:00:00Z".parse()?,
//!     verb: "add person",
//!     subject: "",
//!     description: "Added Asha Rao",
//!     extend: false,
//! };
//! pen.write(adding, |writing| writing.add_person(&person, &[]))?;
//! let found = reader.read(|snapshot| snapshot.search("rao", 10))?;
//! assert_eq!(found.people[0].name.family, "Rao");
//!
//! pen.undo(NewOperation { id: OperationId(uuid(3)), verb: "undo", ..adding }, adding.id)?;
//! let gone = reader.read::<_, StoreError>(|snapshot| snapshot.person(person.id))?;
//! assert_eq!(gone, None);
//! # Ok(())
//! # }
//! ```

mod agenda;
mod bulk;
mod copy;
mod credited;
mod dump;
mod error;
mod exported;
mod forget;
mod going;
mod history;
mod hospitals;
mod interactions;
mod key;
mod known;
mod load;
mod merge;
mod messages;
mod migrate;
mod open;
mod operation;
mod people;
mod person;
mod programs;
mod rotations;
mod search;
mod settings;
mod sql;
mod standing;
mod trash;
mod triggers;
mod two_steps;
mod undo;

pub use bulk::BulkChange;
pub use copy::{CheckError, Contents, check, copy, stored_version};
pub use credited::Credit;
pub use dump::{DumpTable, Value};
pub use error::{OpenError, Result, StoreError, UndoError};
pub use exported::ExportedFile;
pub use forget::{Forgetting, Forgotten, TextMention, TextPlace};
pub use history::{ChangeRow, Counts, NotUndoable, OperationRow};
pub use interactions::InteractionOf;
pub use key::Key;
pub use known::KNOWN_TABLES;
pub use load::{ColumnShape, LoadError, TableShape};
pub use messages::FirstContact;
pub use migrate::{MIGRATIONS, Migration};
pub use open::{Limits, Reader, open, open_with};
pub use operation::{NewOperation, Pen, Snapshot, Writing};
pub use people::{AnyOf, LastContact, Page, PeopleFilter, PeopleOrder, PersonRow, ReplyOwed};
pub use programs::{Correction, EmployerAnswer, Listing, OwnProgram, OwnSite};
pub use search::{Hits, NoteHit, NoteSource};
pub use settings::ReadingRow;
pub use standing::{PersonAt, Place};
pub use trash::TrashRow;
pub use two_steps::{Graduate, InCommon, SecondStep, Together};
