//! Source files open with a sentence, none is forgotten, and every crate has
//! one test program.

use super::tree::Tree;
use super::{allows, holds, names};

fn source_files_open_with_a_sentence(tree: &Tree) -> Vec<String> {
    let files = tree
        .texts("crates/", ".rs")
        .filter(|(path, _)| is_source(path));
    files
        .filter(|(_, text)| !text.starts_with("//! ") || text.starts_with("//! \n"))
        .map(|(path, _)| format!("{path} does not open with a //! sentence"))
        .collect()
}

/// Returns whether the file is Rust of ours: a fixture may hold anything.
fn is_source(path: &str) -> bool {
    !path.contains("/fixtures/")
}

fn crates_have_one_test_program(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for name in tree.crates() {
        let main = format!("crates/{name}/tests/it/main.rs");
        if !tree.has(&main) {
            culprits.push(format!("crates/{name} has no {main}"));
        }
        let tests = format!("crates/{name}/tests/");
        for path in tree.paths(&tests, ".rs").filter(|path| **path != main) {
            let inside = path.strip_prefix(&tests).unwrap_or_default();
            let depth = inside.matches('/').count();
            if depth == 0 || (depth == 1 && inside.ends_with("/main.rs")) {
                culprits.push(format!("{path} is a second test program of crates/{name}"));
            }
        }
        if tree
            .toml(&format!("crates/{name}/Cargo.toml"))
            .contains_key("test")
        {
            culprits.push(format!(
                "crates/{name}/Cargo.toml names test programs of its own"
            ));
        }
    }
    culprits
}

/// A file that no `mod` line names is not compiled, and nobody is told.
fn no_file_is_forgotten(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for path in tree.paths("crates/", ".rs").filter(|path| is_source(path)) {
        let Some((folder, file)) = path.rsplit_once('/') else {
            continue;
        };
        let stem = file.trim_end_matches(".rs");
        let (module, home) = match stem {
            "main" | "lib" | "build" => continue,
            "mod" => match folder.rsplit_once('/') {
                Some((home, module)) => (module, home),
                None => continue,
            },
            _ => (stem, folder),
        };
        if is_program_folder(home) {
            continue;
        }
        let parents = [
            format!("{home}/main.rs"),
            format!("{home}/lib.rs"),
            format!("{home}/mod.rs"),
            format!("{home}.rs"),
        ];
        let is_named = parents
            .iter()
            .filter_map(|parent| tree.text(parent))
            .any(|text| text.lines().any(|line| declares(line, module)));
        if !is_named {
            culprits.push(format!("{path} is named by no `mod {module};`"));
        }
    }
    culprits
}

/// Returns whether each file of the folder is a program of its own.
fn is_program_folder(folder: &str) -> bool {
    let parts: Vec<&str> = folder.split('/').collect();
    matches!(parts[..], ["crates", _, "benches" | "examples"]) || parts.ends_with(&["src", "bin"])
}

fn declares(line: &str, module: &str) -> bool {
    let line = line.split("//").next().unwrap_or_default().trim();
    let Some(line) = line.strip_suffix(';') else {
        return false;
    };
    let mut words = line.split_whitespace().rev();
    words.next() == Some(module) && words.next() == Some("mod")
}

#[test]
fn every_source_file_opens_with_a_sentence() {
    holds(source_files_open_with_a_sentence);
    names(
        source_files_open_with_a_sentence,
        "crates/roof/src/lib.rs does not open with a //! sentence",
        &[
            ("crates/roof/src/lib.rs", "pub mod tiles;"),
            ("crates/roof/src/tiles.rs", "//! Tiles.\n"),
        ],
    );
}

#[test]
fn every_crate_has_one_test_program() {
    holds(crates_have_one_test_program);
    names(
        crates_have_one_test_program,
        "crates/roof has no crates/roof/tests/it/main.rs",
        &[("crates/roof/Cargo.toml", "")],
    );
    let roof = ("crates/roof/Cargo.toml", "");
    let main = ("crates/roof/tests/it/main.rs", "mod rain;");
    allows(
        crates_have_one_test_program,
        &[roof, main, ("crates/roof/tests/it/rain.rs", "")],
    );
    for second in [
        "crates/roof/tests/snow.rs",
        "crates/roof/tests/snow/main.rs",
    ] {
        names(
            crates_have_one_test_program,
            &format!("{second} is a second test program of crates/roof"),
            &[roof, main, (second, "")],
        );
    }
    names(
        crates_have_one_test_program,
        "crates/roof/Cargo.toml names test programs of its own",
        &[
            ("crates/roof/Cargo.toml", "[[test]]\nname = \"snow\""),
            main,
        ],
    );
}

#[test]
fn no_source_file_is_forgotten() {
    holds(no_file_is_forgotten);
    allows(
        no_file_is_forgotten,
        &[
            (
                "crates/roof/src/lib.rs",
                "pub(crate) mod tiles; // of clay\nmod beams;",
            ),
            ("crates/roof/src/tiles.rs", "mod clay;"),
            ("crates/roof/src/tiles/clay.rs", ""),
            ("crates/roof/src/beams/mod.rs", ""),
            ("crates/roof/benches/rain.rs", ""),
        ],
    );
    names(
        no_file_is_forgotten,
        "crates/roof/tests/it/rain.rs is named by no `mod rain;`",
        &[
            ("crates/roof/tests/it/main.rs", "// mod rain;\nmod rains;"),
            ("crates/roof/tests/it/rains.rs", ""),
            ("crates/roof/tests/it/rain.rs", ""),
        ],
    );
    names(
        no_file_is_forgotten,
        "crates/roof/src/beams/mod.rs is named by no `mod beams;`",
        &[
            ("crates/roof/src/lib.rs", "mod tiles;"),
            ("crates/roof/src/beams/mod.rs", ""),
        ],
    );
}
