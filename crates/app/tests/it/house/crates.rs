//! The crates are those of the table in `ARCHITECTURE.md`, and use one another
//! only as it says.

use std::collections::BTreeMap;

use super::tree::Tree;
use super::{allows, holds, names};

/// What a pure crate's `clippy.toml` forbids at least.
const FORBIDDEN_ON_PURE_GROUND: [&str; 8] = [
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "std::env::var",
    "std::fs::read",
    "std::fs::read_to_string",
    "std::fs::write",
    "std::fs::File::open",
    "std::fs::File::create",
];

/// How unsafe code begins, put together here so that this file is clean itself.
const UNSAFE_BEGINS: [&str; 5] = [
    concat!("unsafe", " {"),
    concat!("unsafe", " fn "),
    concat!("unsafe", " impl "),
    concat!("unsafe", " trait "),
    concat!("unsafe", " extern "),
];

/// What a crate takes over from the workspace.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// One row of the table of crates.
struct Row {
    floor: u8,
    is_pure: bool,
    is_later: bool,
    may_use: Vec<String>,
    never_uses: Vec<String>,
}

/// Reads the table whose head begins with `| crate | floor |`.
fn table(tree: &Tree) -> BTreeMap<String, Row> {
    let text = tree.text("ARCHITECTURE.md").unwrap_or_default();
    let rows = text
        .lines()
        .skip_while(|line| !line.starts_with("| crate | floor |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, floor, pure, _, may_use, never_uses, ..] = cells[..] else {
            return None;
        };
        let row = Row {
            floor: floor.parse().ok()?,
            is_pure: pure == "yes",
            is_later: name.contains("later"),
            may_use: quoted(may_use),
            never_uses: quoted(never_uses),
        };
        Some((quoted(name).pop()?, row))
    })
    .collect()
}

/// Returns what stands between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Returns the names in the tables of dependencies of a `Cargo.toml`, those of
/// single platforms included.
fn uses(manifest: &toml::Table, sections: &[&str]) -> Vec<String> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = platforms.into_iter().flat_map(|it| it.values());
    let tables = std::iter::once(manifest).chain(platforms.filter_map(toml::Value::as_table));
    tables
        .flat_map(|table| sections.iter().filter_map(|name| table.get(*name)))
        .filter_map(toml::Value::as_table)
        .flat_map(|section| section.keys().cloned())
        .collect()
}

fn crates_are_those_of_the_table(tree: &Tree) -> Vec<String> {
    let table = table(tree);
    let mut culprits = Vec::new();
    if table.is_empty() {
        culprits.push("ARCHITECTURE.md has no table of crates".to_owned());
    }
    for name in tree.crates() {
        match table.get(name) {
            None => culprits.push(format!("crates/{name} is not in ARCHITECTURE.md")),
            Some(row) if row.is_later => culprits.push(format!(
                "crates/{name} is there, and ARCHITECTURE.md says that it comes later"
            )),
            Some(_) => {}
        }
    }
    let is_there: Vec<&str> = tree.crates().collect();
    for (name, row) in &table {
        if !row.is_later && !is_there.contains(&name.as_str()) {
            culprits.push(format!(
                "ARCHITECTURE.md names crates/{name}, which is not there"
            ));
        }
    }
    culprits
}

fn crates_use_what_the_table_allows(tree: &Tree) -> Vec<String> {
    let table = table(tree);
    let mut culprits = Vec::new();
    for name in tree.crates() {
        let Some(row) = table.get(name) else { continue };
        let manifest = tree.toml(&format!("crates/{name}/Cargo.toml"));
        for other in uses(
            &manifest,
            &["dependencies", "build-dependencies", "dev-dependencies"],
        ) {
            if table.contains_key(&other) && other != name && !row.may_use.contains(&other) {
                culprits.push(format!(
                    "crates/{name} uses `{other}`, which its row does not allow"
                ));
            }
        }
        for other in uses(&manifest, &["dependencies", "build-dependencies"]) {
            if row.never_uses.contains(&other) {
                culprits.push(format!(
                    "crates/{name} uses `{other}`, which its row forbids"
                ));
            }
        }
    }
    culprits
}

fn floors_carry_what_stands_on_them(tree: &Tree) -> Vec<String> {
    let table = table(tree);
    let mut culprits = Vec::new();
    for (name, row) in &table {
        for other in &row.may_use {
            let Some(below) = table.get(other) else {
                culprits.push(format!(
                    "`{name}` may use `{other}`, which is not in the table"
                ));
                continue;
            };
            let are_neighbours = below.floor == row.floor && row.floor > 1;
            if below.floor > row.floor || are_neighbours {
                culprits.push(format!(
                    "`{name}` on floor {} may use `{other}` on floor {}",
                    row.floor, below.floor
                ));
            }
            if row.is_pure && !below.is_pure {
                culprits.push(format!(
                    "`{name}` is pure and may use `{other}`, which is not"
                ));
            }
        }
    }
    culprits
}

fn crates_inherit_from_the_workspace(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for name in tree.crates() {
        let manifest = tree.toml(&format!("crates/{name}/Cargo.toml"));
        let package = manifest.get("package");
        let stated = package.and_then(|it| it.get("name"));
        if stated.and_then(toml::Value::as_str) != Some(name) {
            culprits.push(format!(
                "crates/{name} is a package of another name than its folder"
            ));
        }
        for key in INHERITED {
            if !is_inherited(package.and_then(|it| it.get(key))) {
                culprits.push(format!("crates/{name} does not say {key}.workspace = true"));
            }
        }
        if !is_inherited(manifest.get("lints")) {
            culprits.push(format!(
                "crates/{name} does not take over the workspace's lints"
            ));
        }
    }
    culprits
}

fn is_inherited(value: Option<&toml::Value>) -> bool {
    value.and_then(|it| it.get("workspace")) == Some(&toml::Value::Boolean(true))
}

fn unsafe_code_is_forbidden(tree: &Tree) -> Vec<String> {
    let workspace = tree.toml("Cargo.toml");
    let lints = workspace.get("workspace").and_then(|it| it.get("lints"));
    let level = lints
        .and_then(|it| it.get("rust"))
        .and_then(|it| it.get("unsafe_code"));
    let mut culprits = Vec::new();
    if level.and_then(toml::Value::as_str) != Some("forbid") {
        culprits.push("Cargo.toml does not forbid unsafe_code for the workspace".to_owned());
    }
    for (path, text) in tree.texts("crates/", ".rs") {
        for (i, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if UNSAFE_BEGINS.iter().any(|begin| code.contains(begin)) {
                culprits.push(format!("{path}:{} is unsafe", i + 1));
            }
        }
    }
    culprits
}

fn pure_ground_forbids_the_world(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for (name, row) in table(tree) {
        if !row.is_pure || row.is_later {
            continue;
        }
        let path = format!("crates/{name}/clippy.toml");
        let settings = tree.toml(&path);
        let methods = settings
            .get("disallowed-methods")
            .and_then(toml::Value::as_array);
        let Some(methods) = methods else {
            culprits.push(format!("{path} is missing, or has no disallowed-methods"));
            continue;
        };
        let said = |method: &toml::Value, key| {
            let text = method.get(key).and_then(toml::Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let paths: Vec<String> = methods.iter().map(|it| said(it, "path")).collect();
        for method in FORBIDDEN_ON_PURE_GROUND {
            if !paths.iter().any(|it| it == method) {
                culprits.push(format!("{path} does not disallow {method}"));
            }
        }
        for method in methods.iter().filter(|it| said(it, "reason").is_empty()) {
            culprits.push(format!(
                "{path} gives no reason for {}",
                said(method, "path")
            ));
        }
    }
    culprits
}

/// A table of two crates, of which the upper one may use the lower one.
const TWO_CRATES: &str = "\
| crate | floor | pure | holds | may use | never uses | must never |
|---|---|---|---|---|---|---|
| `ground` | 1 | yes | things | | `serde` | know the clock |
| `roof` | 2 | no | the rest | `ground` | | leak |
";

const MANIFEST: &str = "\
[package]
name = \"roof\"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true
[lints]
workspace = true
[dependencies]
ground.workspace = true
";

#[test]
fn the_crates_are_those_of_the_table() {
    holds(crates_are_those_of_the_table);
    allows(
        crates_are_those_of_the_table,
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            ("crates/ground/Cargo.toml", ""),
            ("crates/roof/Cargo.toml", ""),
        ],
    );
    names(
        crates_are_those_of_the_table,
        "crates/shed is not in ARCHITECTURE.md",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            ("crates/ground/Cargo.toml", ""),
            ("crates/roof/Cargo.toml", ""),
            ("crates/shed/Cargo.toml", ""),
        ],
    );
    names(
        crates_are_those_of_the_table,
        "ARCHITECTURE.md names crates/roof, which is not there",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            ("crates/ground/Cargo.toml", ""),
        ],
    );
    let later = TWO_CRATES.replace("`roof`", "`roof` (later)");
    names(
        crates_are_those_of_the_table,
        "crates/roof is there, and ARCHITECTURE.md says that it comes later",
        &[
            ("ARCHITECTURE.md", &later),
            ("crates/ground/Cargo.toml", ""),
            ("crates/roof/Cargo.toml", ""),
        ],
    );
}

#[test]
fn the_crates_use_what_the_table_allows() {
    holds(crates_use_what_the_table_allows);
    allows(
        crates_use_what_the_table_allows,
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            ("crates/roof/Cargo.toml", MANIFEST),
        ],
    );
    names(
        crates_use_what_the_table_allows,
        "crates/ground uses `roof`, which its row does not allow",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            (
                "crates/ground/Cargo.toml",
                "[dev-dependencies]\nroof.workspace = true",
            ),
        ],
    );
    names(
        crates_use_what_the_table_allows,
        "crates/ground uses `serde`, which its row forbids",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            (
                "crates/ground/Cargo.toml",
                "[target.'cfg(unix)'.dependencies]\nserde = \"1\"",
            ),
        ],
    );
}

#[test]
fn the_floors_carry_what_stands_on_them() {
    holds(floors_carry_what_stands_on_them);
    let upside_down = TWO_CRATES.replace("| things | |", "| things | `roof` |");
    assert_eq!(
        floors_carry_what_stands_on_them(&Tree::of(&[("ARCHITECTURE.md", &upside_down)])),
        [
            "`ground` on floor 1 may use `roof` on floor 2",
            "`ground` is pure and may use `roof`, which is not",
        ],
    );
}

#[test]
fn the_crates_inherit_from_the_workspace() {
    holds(crates_inherit_from_the_workspace);
    allows(
        crates_inherit_from_the_workspace,
        &[("crates/roof/Cargo.toml", MANIFEST)],
    );
    let own_edition = MANIFEST.replace("edition.workspace = true", "edition = \"2021\"");
    names(
        crates_inherit_from_the_workspace,
        "crates/roof does not say edition.workspace = true",
        &[("crates/roof/Cargo.toml", &own_edition)],
    );
    let own_lints = MANIFEST.replace("[lints]\nworkspace = true\n", "");
    names(
        crates_inherit_from_the_workspace,
        "crates/roof does not take over the workspace's lints",
        &[("crates/roof/Cargo.toml", &own_lints)],
    );
}

#[test]
fn no_crate_is_unsafe() {
    holds(unsafe_code_is_forbidden);
    let workspace = "[workspace.lints.rust]\nunsafe_code = \"forbid\"";
    names(
        unsafe_code_is_forbidden,
        "Cargo.toml does not forbid unsafe_code for the workspace",
        &[(
            "Cargo.toml",
            "[workspace.lints.rust]\nunsafe_code = \"warn\"",
        )],
    );
    let line = format!("{} *pointer }}", UNSAFE_BEGINS[0]);
    names(
        unsafe_code_is_forbidden,
        "crates/roof/src/lib.rs:2 is unsafe",
        &[
            ("Cargo.toml", workspace),
            ("crates/roof/src/lib.rs", &format!("//! Roof.\n{line}\n")),
        ],
    );
}

#[test]
fn pure_crates_forbid_the_world() {
    holds(pure_ground_forbids_the_world);
    names(
        pure_ground_forbids_the_world,
        "crates/ground/clippy.toml is missing, or has no disallowed-methods",
        &[("ARCHITECTURE.md", TWO_CRATES)],
    );
    let methods = FORBIDDEN_ON_PURE_GROUND
        .map(|path| format!("  {{ path = \"{path}\", reason = \"pure\" }},\n"));
    let settings = format!("disallowed-methods = [\n{}]\n", methods.concat());
    allows(
        pure_ground_forbids_the_world,
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            ("crates/ground/clippy.toml", &settings),
        ],
    );
    names(
        pure_ground_forbids_the_world,
        "crates/ground/clippy.toml does not disallow std::env::var",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            (
                "crates/ground/clippy.toml",
                &settings.replace("std::env::var", "std::env::vars"),
            ),
        ],
    );
    names(
        pure_ground_forbids_the_world,
        "crates/ground/clippy.toml gives no reason for std::env::var",
        &[
            ("ARCHITECTURE.md", TWO_CRATES),
            (
                "crates/ground/clippy.toml",
                &settings.replace(
                    "std::env::var\", reason = \"pure\"",
                    "std::env::var\", reason = \"\"",
                ),
            ),
        ],
    );
}
