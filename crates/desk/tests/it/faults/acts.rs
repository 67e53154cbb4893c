//! What is cut off: each act on a vault, and the vault that it begins with.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::Arc;

use desk::verbs::apply_import::ImportChoices;
use desk::verbs::edit_people::BulkEdit;
use desk::verbs::edit_person::PersonEdit;
use desk::views::history::last_undoable;
use desk::views::import::preview;
use desk::views::people::{PeopleQuery, find_person, people_ids};
use desk::views::trash::everybody_in_trash;
use desk::{Clock, Desk, FixedClock, Ids, Reader, Reading, Secret, Vault, read_people};
use domain::PersonId;
use jiff::tz::TimeZone;
use store::{Limits, MIGRATIONS};
use uuid::Uuid;

use crate::support::FIRST_DAY;

pub(super) const PASSPHRASE: &str = "copper river lantern moth";

/// How a child ends: with the act done, or with the sentence that refused it.
pub(super) type Acted = Result<(), String>;

/// One act.
pub(super) struct Act {
    pub(super) name: &'static str,
    /// What the vault holds before, besides the people of [`fill`].
    pub(super) prepare: fn(&Path) -> Acted,
    /// The act itself, on a vault in a folder.
    pub(super) act: fn(&Path) -> Acted,
    /// Whether it opens the vault: then no file may be cut off below the size
    /// of SQLite's shared memory, which is made before the act begins.
    pub(super) opens: bool,
}

pub(super) const ACTS: [Act; 14] = [
    Act {
        name: "import",
        prepare: nothing,
        act: import,
        opens: true,
    },
    Act {
        name: "edit",
        prepare: nothing,
        act: edit,
        opens: true,
    },
    Act {
        name: "change many",
        prepare: nothing,
        act: change_many,
        opens: true,
    },
    Act {
        name: "merge",
        prepare: nothing,
        act: merge,
        opens: true,
    },
    Act {
        name: "undo",
        prepare: import,
        act: undo,
        opens: true,
    },
    Act {
        name: "delete",
        prepare: nothing,
        act: delete,
        opens: true,
    },
    Act {
        name: "restore from the trash",
        prepare: delete,
        act: restore,
        opens: true,
    },
    Act {
        name: "forget",
        prepare: nothing,
        act: forget,
        opens: true,
    },
    Act {
        name: "empty the trash",
        prepare: delete,
        act: empty_trash,
        opens: true,
    },
    Act {
        name: "migrate",
        prepare: begin_anew,
        act: migrate,
        opens: true,
    },
    Act {
        name: "lock",
        prepare: nothing,
        act: lock,
        opens: false,
    },
    Act {
        name: "unlock",
        prepare: lock,
        act: unlock,
        opens: false,
    },
    Act {
        name: "back up",
        prepare: nothing,
        act: back_up,
        opens: true,
    },
    Act {
        name: "restore a backup",
        prepare: back_up_and_go_on,
        act: restore_backup,
        opens: true,
    },
];

/// Tells the parent that the act begins now.
fn begin() {
    println!("begin");
    std::io::stdout().flush().expect("the parent listens");
}

fn sentence(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn clock() -> Arc<dyn Clock> {
    let now = FIRST_DAY.parse().expect("a time");
    Arc::new(FixedClock::new(now, TimeZone::UTC))
}

/// Opens the vault with whatever opens it.
pub(super) fn open(folder: &Path) -> Result<(Desk, Reader), String> {
    let vault = Vault::at(folder);
    let locked = vault.protection().map_err(sentence)?.locked;
    let secret = if locked {
        Secret::Passphrase(PASSPHRASE)
    } else {
        Secret::None
    };
    // The vault was filled, prepared and acted on with seeds of their own, so
    // that no identity repeats and each run gives the same.
    let seed = if std::env::var(super::ACT).is_ok() {
        9
    } else {
        8
    };
    vault
        .open_with(secret, clock(), Ids::seeded(seed))
        .map_err(sentence)
}

/// Does something with an open vault, and closes it.
fn with_desk(folder: &Path, act: impl FnOnce(&Desk, &Reader) -> Acted) -> Acted {
    let (desk, reader) = open(folder)?;
    begin();
    act(&desk, &reader)
}

fn take_over(desk: &Desk, reader: &Reader, reading: Reading) -> Acted {
    let preview = preview(reader, Uuid::nil(), Arc::new(reading)).map_err(sentence)?;
    desk.apply_import(&preview, &ImportChoices::default(), &mut |_, _| true)
        .map(drop)
        .map_err(sentence)
}

/// Fills a new vault with people and what happened with them.
pub(super) fn fill(folder: &Path) -> Acted {
    let (desk, reader) = Vault::at(folder)
        .open(clock(), Ids::seeded(7))
        .map_err(sentence)?;
    let mut lines = String::from(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center, met on rounds\n\
         A. Rao, attending, Maimonides Medical Center\n",
    );
    for (i, letter) in ('a'..='t').enumerate() {
        lines.push_str(&format!(
            "Nora{letter} Brandt{letter}, resident, Fabrikam {}
",
            i % 4
        ));
    }
    take_over(&desk, &reader, Reading::typed(&lines).map_err(sentence)?)?;
    for line in [
        "call with Dr. Asha Rao about the aorta #promise send poster by Fri",
        "lunch with Dr. Asha Rao and Norac Brandtc",
        "yesterday talk with Norad Brandtd @SIR26 20 min",
    ] {
        desk.log_interaction(line, &desk::views::log::LogChoices::new())
            .map_err(sentence)?;
    }
    Ok(())
}

fn nothing(_: &Path) -> Acted {
    Ok(())
}

fn person(reader: &Reader, name: &str) -> Result<PersonId, String> {
    find_person(reader, name).map_err(sentence)
}

fn everybody(reader: &Reader) -> Result<Vec<PersonId>, String> {
    people_ids(reader, &PeopleQuery::default()).map_err(sentence)
}

fn import(folder: &Path) -> Acted {
    let mut csv =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for i in 0..60 {
        csv.push_str(&format!(
            "New{i},Person{i},https://www.linkedin.com/in/made-up-{i},,Contoso {},Resident,08 Feb 2026\n",
            i % 7
        ));
    }
    with_desk(folder, |desk, reader| {
        let reading = read_people("Connections.csv", &mut Cursor::new(csv)).map_err(sentence)?;
        take_over(desk, reader, reading)
    })
}

fn edit(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let edit = PersonEdit {
            // More than a few pages, so that there is something to cut off.
            note: Some("a long note ".repeat(4_000)),
            ..PersonEdit::default()
        };
        let done = desk.edit_person(person(reader, "Norac")?, &edit);
        done.map(drop).map_err(sentence)
    })
}

fn change_many(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let edit = BulkEdit::AddTag("met at the meeting".to_owned());
        let done = desk.edit_people(&everybody(reader)?, &edit);
        done.map(drop).map_err(sentence)
    })
}

fn merge(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let (one, two) = (person(reader, "Asha Rao")?, person(reader, "A. Rao")?);
        let done = desk.merge_people(one, two, &BTreeMap::new());
        done.map(drop).map_err(sentence)
    })
}

fn undo(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let last = last_undoable(reader).map_err(sentence)?;
        desk.undo_operation(last, false).map(drop).map_err(sentence)
    })
}

fn delete(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let done = desk.delete_people(&everybody(reader)?);
        done.map(drop).map_err(sentence)
    })
}

fn restore(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let everybody = everybody_in_trash(reader).map_err(sentence)?;
        let done = desk.restore_people(&everybody);
        done.map(drop).map_err(sentence)
    })
}

fn forget(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let done = desk.forget_person(person(reader, "Asha Rao")?, "Rao");
        done.map(drop).map_err(sentence)
    })
}

fn empty_trash(folder: &Path) -> Acted {
    with_desk(folder, |desk, reader| {
        let n = everybody_in_trash(reader).map_err(sentence)?.len();
        let done = desk.empty_trash(&n.to_string());
        done.map(drop).map_err(sentence)
    })
}

/// Puts a vault of the first version in the place of the one that is there.
fn begin_anew(folder: &Path) -> Acted {
    let vault = Vault::at(folder);
    let key = vault.key(Secret::None).map_err(sentence)?;
    std::fs::remove_file(vault.data_file()).map_err(sentence)?;
    let limits = Limits {
        migrations: &MIGRATIONS[..1],
        ..Limits::default()
    };
    let (pen, _) = store::open_with(&vault.data_file(), &key, limits).map_err(sentence)?;
    let operation = store::NewOperation {
        id: domain::OperationId(Uuid::from_u128(1)),
        at: FIRST_DAY.parse().expect("a time"),
        verb: "set-up",
        subject: "",
        description: "Say who you are",
        extend: false,
    };
    pen.write::<_, store::StoreError>(operation, |writing| {
        for i in 0..200 {
            writing.set_setting(&format!("key {i}"), "a value of the first version")?;
        }
        Ok(())
    })
    .map_err(sentence)
}

fn migrate(folder: &Path) -> Acted {
    begin();
    open(folder).map(drop)
}

fn lock(folder: &Path) -> Acted {
    begin();
    let vault = Vault::at(folder);
    vault.lock(Secret::None, PASSPHRASE).map_err(sentence)
}

fn unlock(folder: &Path) -> Acted {
    begin();
    let vault = Vault::at(folder);
    vault
        .unlock(Secret::Passphrase(PASSPHRASE))
        .map_err(sentence)
}

fn back_up(folder: &Path) -> Acted {
    with_desk(folder, |desk, _| {
        let done = desk.backup_into_folder(PASSPHRASE);
        done.map(drop).map_err(sentence)
    })
}

fn back_up_and_go_on(folder: &Path) -> Acted {
    back_up(folder)?;
    edit(folder)
}

fn restore_backup(folder: &Path) -> Acted {
    let vault = Vault::at(folder);
    let key = vault.key(Secret::None).map_err(sentence)?;
    let backups = vault.backups().map_err(sentence)?;
    let backup = backups.first().ok_or("there is no backup")?;
    begin();
    let prepared = vault
        .prepare_restore(&key, &backup.file, PASSPHRASE)
        .map_err(sentence)?;
    vault
        .finish_restore(&key, prepared, clock().now())
        .map(drop)
        .map_err(sentence)
}
