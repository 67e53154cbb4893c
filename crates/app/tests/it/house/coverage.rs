//! Every format has its fixtures, and every page its test.

use super::tree::Tree;
use super::{allows, holds, names};

const FIXTURES: &str = "crates/formats/fixtures/";

/// Returns the names in the values of type `Format` in the sources.
fn format_names(tree: &Tree) -> Vec<&str> {
    let sources = tree.texts("crates/formats/src/", ".rs");
    sources
        .flat_map(|(_, text)| text.split("Format = Format {").skip(1))
        .filter_map(|value| {
            let (_, after) = value.split_once("name: \"")?;
            Some(after.split_once('"')?.0)
        })
        .collect()
}

fn formats_have_fixtures(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    let formats = format_names(tree);
    if formats.is_empty() {
        culprits
            .push("crates/formats/src has no value `: Format = Format { name: \"…\"`".to_owned());
    }
    for name in formats {
        let folder = format!("{FIXTURES}{name}/");
        let expected: Vec<&str> = tree.paths(&folder, ".expected").collect();
        if expected.is_empty() {
            culprits.push(format!("the format {name} has no case in {folder}"));
        } else if !expected.iter().any(|path| path.contains("damaged")) {
            culprits.push(format!("the format {name} has no damaged case in {folder}"));
        }
    }
    for path in tree.paths(FIXTURES, ".expected") {
        if !tree.has(path.trim_end_matches(".expected")) {
            culprits.push(format!("{path} lies beside no input"));
        }
    }
    culprits
}

fn page_templates_are_used(tree: &Tree) -> Vec<String> {
    let users: Vec<&str> = tree
        .texts("crates/app/src/", ".rs")
        .chain(tree.texts("crates/app/templates/", ".html"))
        .map(|(_, text)| text)
        .collect();
    tree.paths("crates/app/templates/pages/", ".html")
        .filter(|path| {
            let name = path.trim_start_matches("crates/app/templates/");
            !users
                .iter()
                .any(|text| text.contains(&format!("\"{name}\"")))
        })
        .map(|path| format!("{path} is used by no page"))
        .collect()
}

/// A template is tested where a test file is called like it or like the page
/// that uses it, or where a test, in Rust or in the browser, speaks of it.
fn page_templates_are_tested(tree: &Tree) -> Vec<String> {
    let tests: Vec<(&str, &str)> = tree
        .texts("crates/app/tests/", ".rs")
        .filter(|(path, _)| !path.starts_with("crates/app/tests/it/house"))
        .chain(tree.texts("e2e/tests/", ".js"))
        .collect();
    let has_file = |page: &str| {
        let file = format!("/{page}.rs");
        tests.iter().any(|(path, _)| path.ends_with(&file))
    };
    let mut culprits = Vec::new();
    for path in tree.paths("crates/app/templates/pages/", ".html") {
        let template = path.trim_start_matches("crates/app/templates/pages/");
        let stem = template.trim_end_matches(".html");
        let spellings = [
            stem.to_owned(),
            stem.replace('_', "/"),
            stem.replace('_', "-"),
        ];
        let is_spoken_of = tests
            .iter()
            .any(|(_, text)| spellings.iter().any(|word| speaks_of(text, word)));
        if !is_spoken_of && !has_file(stem) && !pages_of(tree, template).any(has_file) {
            culprits.push(format!("{path} has no test"));
        }
    }
    culprits
}

/// Returns the pages whose source names the template.
fn pages_of<'a>(tree: &'a Tree, template: &str) -> impl Iterator<Item = &'a str> {
    let named = format!("\"pages/{template}\"");
    let sources = tree.texts("crates/app/src/web/pages/", ".rs");
    sources
        .filter(move |(_, text)| text.contains(&named))
        .filter_map(|(path, _)| path.rsplit('/').next()?.strip_suffix(".rs"))
}

/// Returns whether the word stands in the text, and not only inside another.
fn speaks_of(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

#[test]
fn every_format_has_fixtures() {
    holds(formats_have_fixtures);
    let source = (
        "crates/formats/src/cards.rs",
        "pub const CARDS: Format = Format {\n    name: \"cards\",\n};",
    );
    let input = ("crates/formats/fixtures/cards/damaged.vcf", "");
    let expected = ("crates/formats/fixtures/cards/damaged.vcf.expected", "");
    allows(formats_have_fixtures, &[source, input, expected]);
    names(
        formats_have_fixtures,
        "the format cards has no case in crates/formats/fixtures/cards/",
        &[source, input],
    );
    names(
        formats_have_fixtures,
        "the format cards has no damaged case in crates/formats/fixtures/cards/",
        &[
            source,
            ("crates/formats/fixtures/cards/plain.vcf", ""),
            ("crates/formats/fixtures/cards/plain.vcf.expected", ""),
        ],
    );
    names(
        formats_have_fixtures,
        "crates/formats/fixtures/cards/damaged.vcf.expected lies beside no input",
        &[source, expected],
    );
    names(
        formats_have_fixtures,
        "crates/formats/src has no value `: Format = Format { name: \"…\"`",
        &[],
    );
}

#[test]
fn every_page_template_is_used() {
    holds(page_templates_are_used);
    let template = ("crates/app/templates/pages/roof.html", "");
    allows(
        page_templates_are_used,
        &[
            template,
            (
                "crates/app/src/web/pages/roof.rs",
                "#[template(path = \"pages/roof.html\")]",
            ),
        ],
    );
    names(
        page_templates_are_used,
        "crates/app/templates/pages/roof.html is used by no page",
        &[template],
    );
}

#[test]
fn every_page_template_is_tested() {
    holds(page_templates_are_tested);
    let template = ("crates/app/templates/pages/roof_check.html", "");
    for test in [
        ("crates/app/tests/it/pages/roof_check.rs", ""),
        ("crates/app/tests/it/shell.rs", "get(\"/roof/check\")"),
        ("e2e/tests/roof.test.js", "goto('/roof-check')"),
    ] {
        allows(page_templates_are_tested, &[template, test]);
    }
    allows(
        page_templates_are_tested,
        &[
            template,
            (
                "crates/app/src/web/pages/roof.rs",
                "#[template(path = \"pages/roof_check.html\")]",
            ),
            ("crates/app/tests/it/pages/roof.rs", ""),
        ],
    );
    names(
        page_templates_are_tested,
        "crates/app/templates/pages/roof_check.html has no test",
        &[
            template,
            ("crates/app/tests/it/shell.rs", "get(\"/roof/checks\")"),
            ("crates/app/tests/it/house.rs", "get(\"/roof/check\")"),
        ],
    );
}
