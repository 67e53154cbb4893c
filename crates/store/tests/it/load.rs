//! A whole vault out, and into another one.

use domain::Channel;
use proptest::prelude::*;
use store::{DumpTable, LoadError, StoreError, Value};

use crate::common::*;
use crate::model::{Deed, act, deed, is_identity_used_twice};

/// Does what students do, and returns the vault.
fn worked_on(deeds: &[Deed]) -> Vault {
    let vault = Vault::new();
    for (deed, n) in deeds.iter().zip(1..) {
        let outcome = vault
            .pen
            .write::<(), StoreError>(operation(n), |writing| act(writing, deed));
        if let Err(error) = outcome {
            assert!(is_identity_used_twice(&error), "{deed:?}: {error:?}");
        }
    }
    vault
}

/// Everything but the list of who can come back, which means nothing without the log.
fn exported(vault: &Vault) -> Vec<DumpTable> {
    let mut tables = vault.dump();
    tables.retain(|table| table.name != "trash");
    tables
}

fn load(vault: &Vault, tables: &[DumpTable]) -> Result<(), LoadError> {
    vault
        .pen
        .write(operation(900), |writing| writing.load(tables))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_went_out_comes_back_the_same(deeds in prop::collection::vec(deed(), 0..24)) {
        let out = exported(&worked_on(&deeds));
        let other = Vault::new();
        load(&other, &out).expect("an export is taken over");
        prop_assert_eq!(&exported(&other), &out);

        // Whatever is made next gets ids of its own, and one undo takes all of it away.
        if out.iter().any(|table| !table.rows.is_empty()) {
            other.write(901, |writing| act(writing, &Deed::Set { which: 7, value: "later".into() }));
            other.undo(902, 901).expect("the later one goes");
            prop_assert_eq!(&exported(&other), &out);
            other.undo(903, 900).expect("all of it goes");
            prop_assert!(other.dump().iter().all(|table| table.rows.is_empty()));
        }
    }
}

/// A vault with a person, an interaction and a setting.
fn small() -> Vec<DumpTable> {
    let vault = Vault::new();
    vault.write(1, |writing| {
        writing.add_person(&person(1, "Asha Rao"), &[])?;
        writing.add_interaction(&interaction(1, "2026-05-01", Channel::Call, &[1]))?;
        writing.set_setting("name", "Solange")
    });
    vault.dump()
}

fn table<'a>(tables: &'a mut [DumpTable], name: &str) -> &'a mut DumpTable {
    let found = tables.iter_mut().find(|table| table.name == name);
    found.expect("the table is there")
}

#[test]
fn search_finds_what_was_loaded() {
    let vault = Vault::new();
    load(&vault, &small()).expect("loaded");
    let hits = vault.read(|snapshot| snapshot.search("rao", 10));
    assert_eq!(hits.people.len(), 1);
}

#[test]
fn settings_alone_do_not_stand_in_the_way() {
    let vault = Vault::new();
    vault.write(1, |writing| writing.set_setting("zone", "America/Grenada"));
    let out = small();
    load(&vault, &out).expect("loaded");
    assert_eq!(vault.dump(), out);
}

#[track_caller]
fn check_refused(change: impl FnOnce(&mut Vec<DumpTable>), message: &str) {
    let mut tables = small();
    change(&mut tables);
    let vault = Vault::new();
    let before = vault.dump();
    let error = load(&vault, &tables).expect_err("refused");
    assert!(error.to_string().contains(message), "{error}");
    assert_eq!(vault.dump(), before, "nothing is left behind");
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    check_refused(
        |tables| table(tables, "person").name = "planet".into(),
        "table planet is not known",
    );
    check_refused(
        |tables| table(tables, "person").columns[3] = "shoe_size".into(),
        "table person has no column shoe_size",
    );
    check_refused(
        |tables| table(tables, "person").rows.clear(),
        "names a row of person that is not there",
    );
    check_refused(
        |tables| {
            let people = table(tables, "person");
            people.rows.push(people.rows[0].clone());
        },
        "table person, row 1: UNIQUE",
    );
    check_refused(
        |tables| table(tables, "person").rows[0][0] = Value::Text("first".into()),
        "table person, row number 1: a row begins with its id",
    );
    check_refused(
        |tables| table(tables, "person").rows[0][1] = Value::Text("no identity".into()),
        "table person, row no identity: the uuid is none",
    );
    check_refused(
        |tables| table(tables, "participant").rows[0][1] = Value::Text("one".into()),
        "table participant, row 1: cannot store TEXT value in INTEGER column",
    );
}

#[test]
fn a_word_that_no_version_writes_is_found_at_once() {
    let mut tables = small();
    let people = table(&mut tables, "person");
    let ring = people.columns.iter().position(|name| name == "ring");
    people.rows[0][ring.expect("a ring")] = Value::Text("saturn".into());
    let vault = Vault::new();
    let error = load(&vault, &tables).expect_err("refused");
    assert!(
        matches!(error, LoadError::Store(StoreError::Damaged(_))),
        "{error:?}"
    );
    assert!(vault.dump().iter().all(|table| table.rows.is_empty()));
}

#[test]
fn a_vault_in_use_is_left_alone() {
    let vault = Vault::new();
    vault.write(1, |writing| writing.add_person(&person(5, "Noor Ali"), &[]));
    let before = vault.dump();
    let error = load(&vault, &small()).expect_err("refused");
    assert!(
        matches!(&error, LoadError::NotEmpty { table } if table == "person"),
        "{error:?}"
    );
    assert_eq!(vault.dump(), before);
}

#[test]
fn columns_that_an_older_export_lacks_stay_empty() {
    let mut tables = small();
    let people = table(&mut tables, "person");
    let at = people.columns.iter().position(|name| name == "known_since");
    let at = at.expect("a column that may be empty");
    people.columns.remove(at);
    people.rows[0].remove(at);
    let vault = Vault::new();
    load(&vault, &tables).expect("loaded");
    let person = vault.read(|snapshot| snapshot.person(person_id(1)));
    assert_eq!(person.expect("there").known_since, None);
}

#[test]
fn shapes_tell_what_the_tables_hold() {
    let vault = Vault::new();
    let shapes = vault.read(|snapshot| snapshot.shapes());
    let dumped: Vec<(String, Vec<String>)> = vault
        .dump()
        .into_iter()
        .map(|table| (table.name, table.columns))
        .collect();
    let shaped: Vec<(String, Vec<String>)> = shapes
        .iter()
        .map(|shape| {
            let columns = shape.columns.iter().map(|column| column.name.clone());
            (shape.name.clone(), columns.collect())
        })
        .collect();
    assert_eq!(shaped, dumped);
    let contact = shapes.iter().find(|shape| shape.name == "contact");
    let columns = &contact.expect("contacts").columns;
    assert!(columns[0].is_number && !columns[0].may_be_null);
    assert_eq!(columns[1].references.as_deref(), Some("person"));
    assert!(!columns[3].is_number);
}
