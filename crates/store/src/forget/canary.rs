//! What is planted in every column of somebody is nowhere in the vault's files
//! once they are forgotten, and what belongs to others is all there.

use std::path::Path;

use aes::Aes256;
use aes::cipher::{BlockCipherDecrypt as _, KeyInit as _};
use domain::{OperationId, PersonId};
use rusqlite::Connection;
use uuid::Uuid;

use crate::sql::{column, quoted};
use crate::triggers::LoggedTable;
use crate::{Key, NewOperation, Pen, Snapshot, StoreError};

const KEY: [u8; 32] = [0x5A; 32];

/// Who is forgotten, who stays, and who is in the trash and stays there.
const GONE: i64 = 1;
const STAYS: i64 = 2;

fn uuid_of(person: i64) -> Uuid {
    Uuid::from_u128(0xC0FF_EE00_0000_0000_0000_0000_0000_0000 + person as u128)
}

fn operation(n: u128, description: &str) -> NewOperation<'_> {
    NewOperation {
        id: OperationId(Uuid::from_u128(n)),
        at: jiff::Timestamp::UNIX_EPOCH,
        verb: "plant",
        subject: "",
        description,
        extend: false,
    }
}

/// A word that begins unlike every other, so that no index stores it as "the
/// same as the one before, and then".
fn word(kind: &str, n: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(n as u64 + 1);
    state ^= state >> 29;
    format!(
        "{:016x}{kind}{n}",
        state.wrapping_mul(0xBF58_476D_1CE4_E5B9)
    )
}

/// Plants words of a kind; each is a new one.
struct Planter {
    kind: &'static str,
    person: i64,
    n: usize,
}

impl Planter {
    fn word(&mut self) -> String {
        self.n += 1;
        word(self.kind, self.n * 10 + self.person as usize)
    }

    /// Returns a value for a column of the row `id`, which is the person's.
    fn value(&mut self, table: &LoggedTable, name: &str, kind: &str, id: i64) -> String {
        if table.references.iter().any(|key| key.from == name)
            || (&*table.name, name) == ("trash", "person")
        {
            // Each table has one row of each person, with the person's number.
            return id.to_string();
        }
        match (table.name.as_str(), name, kind) {
            ("person" | "trash", "uuid", _) => format!("'{}'", uuid_of(self.person)),
            ("decision", "item_key", _) => {
                format!("'rhythm:{}:{}'", uuid_of(self.person), self.word())
            }
            ("employer_answer", "employer_key", _) => format!("'{}'", employer_key(self.kind)),
            ("affiliation", "employer_key", _) => format!("'{}'", employer_key(self.kind)),
            (_, "day", _) => "'2026-07-01'".to_owned(),
            (_, _, "TEXT") => format!("'{}'", self.word()),
            _ => "0".to_owned(),
        }
    }

    fn insert(&mut self, connection: &Connection, table: &LoggedTable, id: i64) {
        let values: Vec<String> = columns(connection, table)
            .into_iter()
            .map(|(name, kind)| self.value(table, &name, &kind, id))
            .collect();
        let sql = format!(
            "INSERT INTO {} VALUES ({id}, {})",
            quoted(&table.name),
            values.join(", ")
        );
        connection
            .execute(&sql, [])
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Gives every text of a row another value.
    fn update(&mut self, connection: &Connection, table: &LoggedTable, id: i64) {
        let set: Vec<String> = columns(connection, table)
            .into_iter()
            .filter(|(name, kind)| {
                kind == "TEXT" && name != "uuid" && !name.ends_with("_key") && name != "day"
            })
            .map(|(name, kind)| {
                let value = self.value(table, &name, &kind, id);
                format!("{} = {value}", quoted(&name))
            })
            .collect();
        if set.is_empty() {
            return;
        }
        let sql = format!(
            "UPDATE {} SET {} WHERE id = {id}",
            quoted(&table.name),
            set.join(", ")
        );
        connection
            .execute(&sql, [])
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

fn employer_key(kind: &str) -> String {
    word(kind, 5_000)
}

fn columns(connection: &Connection, table: &LoggedTable) -> Vec<(String, String)> {
    let mut statement = connection
        .prepare("SELECT name, type FROM pragma_table_info(?1) WHERE name <> 'id'")
        .expect("the table is described");
    statement
        .query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("its columns")
        .collect::<rusqlite::Result<_>>()
        .expect("its columns")
}

/// Returns the tables whose rows belong to somebody: by a key, or by a text.
fn tables_of_people(tables: &[LoggedTable]) -> Vec<&LoggedTable> {
    let mut theirs = vec![
        "person",
        "interaction",
        "trash",
        "decision",
        "employer_answer",
    ];
    loop {
        let more: Vec<&str> = tables
            .iter()
            .filter(|table| !theirs.contains(&&*table.name))
            .filter(|table| {
                let mut parts = table
                    .references
                    .iter()
                    .filter(|key| key.makes_part(&table.name));
                parts.any(|key| theirs.contains(&&*key.parent))
            })
            .map(|table| table.name.as_str())
            .collect();
        if more.is_empty() {
            break;
        }
        theirs.extend(more);
    }
    tables
        .iter()
        .filter(|table| theirs.contains(&&*table.name))
        .collect()
}

/// Writes one operation with a line of the history.
fn write(pen: &Pen, n: u128, line: &str, f: impl FnOnce(&Connection)) {
    pen.write::<(), StoreError>(operation(n, line), |writing| {
        f(writing.connection());
        Ok(())
    })
    .expect("it is written");
}

/// Returns whether a second row of the same person, or message, is one of theirs.
fn may_have_another_row(table: &LoggedTable) -> bool {
    const ONCE: [&str; 4] = ["person", "interaction", "decision", "employer_answer"];
    let is_key = |column: &String| table.references.iter().any(|key| key.from == *column);
    let names_once = table
        .unique
        .iter()
        .any(|columns| columns.iter().all(is_key));
    !names_once && !ONCE.contains(&&*table.name)
}

fn names_of(pen: &Pen, person: i64) -> (String, String) {
    pen.lock()
        .query_row(
            "SELECT given, family FROM person WHERE id = ?1",
            [person],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("a name")
}

/// Plants words in every column of two people, in rows that are there and in
/// rows that only the history keeps, and in what others wrote about the first.
fn plant(pen: &Pen) {
    let tables = pen.tables().to_vec();
    let theirs = tables_of_people(&tables);
    let mut gone = Planter {
        kind: "canary",
        person: GONE,
        n: 0,
    };
    let mut stays = Planter {
        kind: "keep",
        person: STAYS,
        n: 0,
    };
    let live = theirs.iter().filter(|table| table.name != "trash");
    write(pen, 1, "Plant", |connection| {
        for table in live.clone() {
            gone.insert(connection, table, GONE);
            stays.insert(connection, table, STAYS);
        }
    });
    let (given, family) = names_of(pen, GONE);
    let told = format!("Log a call with Dr. {given} {family}");
    write(pen, 2, &told, |connection| {
        for table in live.clone() {
            gone.update(connection, table, GONE);
        }
    });
    let (given, family) = names_of(pen, GONE);
    // Rows that come and go leave images only.
    write(pen, 3, &format!("Change {given} {family}"), |connection| {
        for table in live.clone().filter(|table| may_have_another_row(table)) {
            let values: Vec<String> = columns(connection, table)
                .into_iter()
                .map(|(name, kind)| gone.value(table, &name, &kind, GONE))
                .collect();
            let sql = format!(
                "INSERT INTO {} VALUES (77, {})",
                quoted(&table.name),
                values.join(", ")
            );
            connection
                .execute(&sql, [])
                .unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    });
    write(pen, 4, "Take away", |connection| {
        for table in live.clone() {
            let sql = format!("DELETE FROM {} WHERE id = 77", quoted(&table.name));
            connection.execute(&sql, []).expect("deleted");
        }
    });
    let tag: String = pen
        .lock()
        .query_row("SELECT tag FROM tag WHERE person = ?1", [GONE], |row| {
            row.get(0)
        })
        .expect("a tag");
    // Others write about them, and take part with them.
    write(
        pen,
        5,
        &format!("Add the tag \"{tag}\": 2 people"),
        |connection| {
            let note = format!("keepnote: {given} {family} knows Dr. {family}");
            connection
                .execute("UPDATE person SET note = ?1 WHERE id = ?2", (&note, STAYS))
                .expect("noted");
            connection
            .execute(
                "INSERT INTO interaction (id, uuid, day, channel, direction, event, note, follow_up)
                 VALUES (3, 'keepshared', '2026-07-02', 'talk', 'mutual', 'keepevent', ?1, 0)",
                [format!("keeplunch with {family}, {given}")],
            )
            .expect("logged");
            for person in [GONE, STAYS] {
                connection
                .execute(
                    "INSERT INTO participant (interaction, person, place, day, channel, direction)
                     VALUES (3, ?1, 0, '2026-07-02', 'talk', 'mutual')",
                    [person],
                )
                .expect("took part");
            }
        },
    );
    for name in [format!("{family} {given}"), given.clone(), family.clone()] {
        pen.note_exported(&crate::ExportedFile {
            path: format!("/keepfolder/{name}.vcf"),
            day: jiff::civil::date(2026, 7, 1),
        })
        .expect("noted");
    }
    write(pen, 6, "Set", |connection| {
        connection
            .execute(
                "INSERT INTO setting (key, value) VALUES ('keepsetting', ?1)",
                [format!("keepvalue {given} {family}")],
            )
            .expect("set");
    });
    write(
        pen,
        7,
        &format!("Set again for {given} {family}"),
        |connection| {
            connection
                .execute("UPDATE setting SET value = 'keepother'", [])
                .expect("set");
        },
    );
}

/// Plants a long text that is deleted at once, so that it lies in free pages.
fn plant_in_free_pages(pen: &Pen) {
    let text: Vec<String> = (0..3_000).map(|n| word("canary", 10_000 + n)).collect();
    let text = text.join(" ");
    write(pen, 8, "Write", |connection| {
        connection
            .execute("UPDATE message SET text = ?1 WHERE id = ?2", (&text, GONE))
            .expect("written");
    });
    write(pen, 9, "Write again", |connection| {
        connection
            .execute("UPDATE message SET text = 'canary' WHERE id = ?1", [GONE])
            .expect("written");
    });
}

/// Returns all bytes of the vault's files as SQLite sees them.
fn decrypted(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let content = std::fs::read(&path).expect("it is read");
        match path.extension().and_then(|it| it.to_str()) {
            Some("db") => {
                for (i, page) in content.chunks(PAGE).enumerate() {
                    decrypt_page(page, i == 0, &mut bytes);
                }
            }
            Some("db-wal") => {
                for frame in content.get(32..).unwrap_or_default().chunks(24 + PAGE) {
                    decrypt_page(&frame[24..], frame[..4] == [0, 0, 0, 1], &mut bytes);
                }
            }
            _ => {}
        }
        bytes.extend(content);
    }
    bytes
}

const PAGE: usize = 4096;
/// Bytes at the end of a page that hold its initialisation vector and seal.
const RESERVE: usize = 80;

/// Decrypts a page as SQLCipher 4 writes it: AES-256 in CBC mode, with the salt
/// of the file before the first one.
fn decrypt_page(page: &[u8], is_first: bool, out: &mut Vec<u8>) {
    let cipher = Aes256::new(&KEY.into());
    let from = if is_first { 16 } else { 0 };
    let body = &page[from..PAGE - RESERVE];
    let mut previous: [u8; 16] = page[PAGE - RESERVE..][..16].try_into().expect("16 bytes");
    for block in body.chunks(16) {
        let block: [u8; 16] = block.try_into().expect("16 bytes");
        let mut clear = block.into();
        cipher.decrypt_block(&mut clear);
        out.extend(clear.iter().zip(previous).map(|(byte, mask)| byte ^ mask));
        previous = block;
    }
}

fn count(bytes: &[u8], wanted: &str) -> usize {
    let wanted = wanted.as_bytes();
    bytes
        .windows(wanted.len())
        .filter(|it| *it == wanted)
        .count()
}

/// Returns every word of a kind that stands in the tables.
fn words_in_tables(pen: &Pen, kind: &str) -> Vec<String> {
    let dump = Snapshot::of(&pen.lock()).dump().expect("a dump");
    let text = format!("{dump:?}");
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| word.contains(kind))
        .map(str::to_owned)
        .collect()
}

fn open(path: &Path) -> (Pen, crate::Reader) {
    crate::open(path, &Key::new(KEY)).expect("it opens")
}

/// Plants, does `also`, forgets, and looks for what is left.
fn check(also: impl FnOnce(&Pen), forget: impl FnOnce(&Pen, &Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vault.db");
    let (pen, _reader) = open(&path);
    plant(&pen);
    also(&pen);
    let before = decrypted(folder.path());
    let n_planted = words_in_tables(&pen, "canary").len();
    assert!(n_planted > 60, "{n_planted} words are planted");
    assert!(
        count(&before, "canary") > 2 * n_planted,
        "the pages can be read"
    );
    assert!(count(&before, &uuid_of(GONE).to_string()) > 1);
    let kept = words_in_tables(&pen, "keep");

    forget(&pen, &path);

    let after = decrypted(folder.path());
    for wanted in ["canary", &uuid_of(GONE).to_string()] {
        let at = after
            .windows(wanted.len())
            .position(|it| it == wanted.as_bytes());
        let around = at.map(|at| String::from_utf8_lossy(&after[at.saturating_sub(200)..at + 100]));
        assert_eq!(around, None, "\"{wanted}\" is left");
    }
    assert!(words_in_tables(&pen, "keep").iter().eq(&kept));
    for word in &kept {
        assert!(count(&after, word) > 0, "{word} is lost");
    }
    let connection = pen.lock();
    for (check, expected) in [("integrity_check", Some("ok")), ("foreign_key_check", None)] {
        let mut statement = connection
            .prepare(&format!("PRAGMA {check}"))
            .expect("a check");
        let found: Vec<String> = column(&mut statement, [], 0).expect("an answer");
        assert_eq!(found.first().map(String::as_str), expected);
    }
    let note: String = connection
        .query_row("SELECT note FROM person WHERE id = ?1", [STAYS], |row| {
            row.get(0)
        })
        .expect("the neighbour's note");
    assert_eq!(note, "keepnote: (forgotten) knows (forgotten)");
    let mut lines = connection
        .prepare("SELECT description FROM operation ORDER BY seq")
        .expect("history");
    let lines: Vec<String> = column(&mut lines, [], 0).expect("history");
    assert_eq!(
        lines[..3],
        [
            "Plant",
            "Log a call with Dr. (forgotten)",
            "Change (forgotten)"
        ]
    );
    assert!(lines.contains(&"Add the tag \"(forgotten)\": 2 people".to_owned()));
    assert!(lines.contains(&"Set again for (forgotten)".to_owned()));
}

fn forget_all(pen: &Pen) {
    let forgotten = pen
        .forget(operation(99, ""), &[PersonId(uuid_of(GONE))], |_| {
            "Forget".to_owned()
        })
        .expect("forgotten");
    assert_eq!(forgotten.what.people, 1);
    assert!(forgotten.swept);
}

#[test]
fn nothing_of_who_is_forgotten_is_left_in_any_page() {
    check(plant_in_free_pages, |pen, _| forget_all(pen));
}

#[test]
fn nothing_is_left_of_who_was_in_the_trash() {
    check(
        |_| (),
        |pen, _| {
            pen.write::<_, StoreError>(operation(50, "Delete"), |writing| {
                writing.delete_people(&[PersonId(uuid_of(GONE))])
            })
            .expect("deleted");
            forget_all(pen);
        },
    );
}

#[test]
fn nothing_is_left_where_the_sweeping_is_finished_later() {
    check(
        |_| (),
        |pen, path| {
            {
                let mut connection = pen.lock();
                let tables = pen.tables();
                super::erase(
                    &mut connection,
                    tables,
                    operation(99, ""),
                    &[PersonId(uuid_of(GONE))],
                    |_| "Forget".to_owned(),
                )
                .expect("erased");
            }
            assert!(count(&decrypted(path.parent().expect("a folder")), "canary") > 0);
            // The next opening does the rest.
            open(path);
        },
    );
}
