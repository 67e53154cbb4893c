//! The published schema of an export: it is current, says something of every table, and real exports follow it.

use std::path::{Path, PathBuf};

use desk::views::export::{about, schema, tables, write_everything};
use desk::{Ids, Reader, Vault};
use jiff::tz::TimeZone;
use serde_json::Value;

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/export-schema.json")
}

/// Returns the made-up student's year.
fn year() -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::at(folder.path());
    let now = "2027-03-02T14:00:00Z".parse().expect("an instant");
    desk::demo::fill(&vault, now, TimeZone::UTC).expect("a made-up year");
    let clock = std::sync::Arc::new(desk::FixedClock::new(now, TimeZone::UTC));
    let (_, reader) = vault.open(clock, Ids::random()).expect("it opens");
    (folder, reader)
}

fn checker() -> jsonschema::Validator {
    let text = std::fs::read_to_string(document()).expect("docs/export-schema.json");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a schema of draft 2020-12")
}

#[test]
fn the_published_schema_is_current() {
    let (_folder, reader) = year();
    let fresh = schema(&reader).expect("a schema");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(document(), fresh).expect("docs/export-schema.json can be written");
        return;
    }
    let published = std::fs::read_to_string(document()).unwrap_or_default();
    assert!(
        published == fresh,
        "docs/export-schema.json is stale; UPDATE_DOCS=1 cargo test -p app rewrites it"
    );
}

#[test]
fn every_table_is_told_about_and_nothing_else() {
    let (_folder, reader) = year();
    let schema: Value = serde_json::from_str(&schema(&reader).expect("a schema")).expect("JSON");
    let mut known = Vec::new();
    for table in schema["properties"]["tables"]["items"]["oneOf"]
        .as_array()
        .expect("tables")
    {
        let name = table["properties"]["name"]["const"]
            .as_str()
            .expect("a name");
        assert!(
            about().contains_key(name),
            "crates/desk/data/export-tables.txt says nothing of the table {name}"
        );
        known.push(name.to_owned());
        let columns = table["properties"]["rows"]["items"]["properties"]
            .as_object()
            .expect("columns");
        known.extend(columns.keys().map(|column| format!("{name}.{column}")));
    }
    for key in about().keys() {
        assert!(
            known.iter().any(|name| name == key),
            "crates/desk/data/export-tables.txt tells about {key}, which is not there"
        );
    }
    let exported = tables(&reader).expect("tables").len();
    assert_eq!(
        known.iter().filter(|name| !name.contains('.')).count(),
        exported
    );
}

#[test]
fn real_exports_follow_it_and_others_do_not() {
    let (_folder, reader) = year();
    let mut bytes = Vec::new();
    write_everything(&reader, &mut bytes).expect("an export");
    let mut export: Value = serde_json::from_slice(&bytes).expect("JSON");
    let checker = checker();
    let errors: Vec<String> = checker
        .iter_errors(&export)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());

    let first = &mut export["tables"][0]["rows"][0]["id"];
    assert!(first.is_number(), "the made-up year has people");
    *first = Value::String("one".to_owned());
    assert!(!checker.is_valid(&export), "an id is a number");
}
