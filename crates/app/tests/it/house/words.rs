//! One word per thing: no address, and no page, command, verb or view, is
//! called by a word that the glossary puts aside.

use std::collections::BTreeSet;

use super::tree::Tree;
use super::{allows, holds, names};

/// Folders in which a file is called like what it is.
const NAMED_FOLDERS: [&str; 4] = [
    "crates/app/src/cli/",
    "crates/app/src/web/pages/",
    "crates/desk/src/verbs/",
    "crates/desk/src/views/",
];

/// Returns the words that `docs/glossary.md` puts aside: those of its column
/// "not" that are not the word for something else.
fn words_put_aside(tree: &Tree) -> BTreeSet<String> {
    let text = tree.text("docs/glossary.md").unwrap_or_default();
    let rows: Vec<Vec<Vec<String>>> = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .map(|line| line.trim_matches('|').split('|').map(words).collect())
        .filter(|cells: &Vec<Vec<String>>| cells.len() == 3)
        .collect();
    let kept: BTreeSet<&String> = rows.iter().flat_map(|cells| &cells[0]).collect();
    let aside = rows.iter().flat_map(|cells| &cells[2]);
    aside.filter(|word| !kept.contains(word)).cloned().collect()
}

/// Returns the single words of a cell; its remarks in brackets are none.
fn words(cell: &str) -> Vec<String> {
    let outside = cell
        .split('(')
        .map(|part| part.split_once(')').map_or(part, |(_, after)| after));
    let cell: String = outside.collect();
    cell.split([',', ';'])
        .map(|word| word.trim().trim_matches('`').to_lowercase())
        .filter(|word| !word.is_empty() && !word.contains(' '))
        .collect()
}

fn names_use_the_words_of_the_glossary(tree: &Tree) -> Vec<String> {
    let aside = words_put_aside(tree);
    if aside.is_empty() {
        return vec!["docs/glossary.md puts no word aside".to_owned()];
    }
    let mut culprits = Vec::new();
    for (path, text) in tree.texts("crates/app/src/web/", ".rs") {
        for route in text.split(".route(").skip(1).filter_map(first_string) {
            for word in parts_put_aside(route, &aside) {
                culprits.push(format!("{path}: the address {route} says \"{word}\""));
            }
        }
    }
    let files = NAMED_FOLDERS.iter().flat_map(|it| tree.paths(it, ".rs"));
    for path in files {
        let name = path.rsplit('/').next().unwrap_or_default();
        for word in parts_put_aside(name.trim_end_matches(".rs"), &aside) {
            culprits.push(format!("{path} says \"{word}\""));
        }
    }
    culprits
}

/// Returns the string literal that the text begins with.
fn first_string(text: &str) -> Option<&str> {
    Some(text.trim_start().strip_prefix('"')?.split_once('"')?.0)
}

fn parts_put_aside<'a>(name: &'a str, aside: &BTreeSet<String>) -> Vec<&'a str> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|part| aside.contains(*part) || aside.contains(part.trim_end_matches('s')))
        .collect()
}

#[test]
fn every_name_uses_the_words_of_the_glossary() {
    holds(names_use_the_words_of_the_glossary);
    let glossary = (
        "docs/glossary.md",
        "| word | means | not |\n|---|---|---|\n\
         | person | somebody | contact, lead |\n\
         | event | a conference | |\n\
         | operation | a change | event (of a, b), transaction |\n",
    );
    allows(
        names_use_the_words_of_the_glossary,
        &[
            glossary,
            (
                "crates/app/src/web/routes.rs",
                ".route(\"/events/{id}\", get(event))",
            ),
            ("crates/desk/src/verbs/edit_person.rs", ""),
        ],
    );
    names(
        names_use_the_words_of_the_glossary,
        "crates/app/src/web/routes.rs: the address /contacts/{id} says \"contacts\"",
        &[
            glossary,
            (
                "crates/app/src/web/routes.rs",
                ".route(\n    \"/contacts/{id}\", get(person))",
            ),
        ],
    );
    names(
        names_use_the_words_of_the_glossary,
        "crates/desk/src/verbs/undo_transaction.rs says \"transaction\"",
        &[glossary, ("crates/desk/src/verbs/undo_transaction.rs", "")],
    );
    names(
        names_use_the_words_of_the_glossary,
        "docs/glossary.md puts no word aside",
        &[],
    );
}
