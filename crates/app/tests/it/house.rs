//! The house tests: what `ARCHITECTURE.md` promises about the tree of files.
//!
//! A check is a function from the [`Tree`] to the culprits, one sentence each.
//! It stands here twice: it holds for the project, and it names the culprit in
//! a small tree that breaks it on purpose.

mod coverage;
mod crates;
mod documents;
mod sources;
mod tree;
mod words;

use tree::Tree;

/// Fails with every culprit that the check finds in the project.
#[track_caller]
fn holds(check: fn(&Tree) -> Vec<String>) {
    let culprits = check(Tree::project());
    assert!(culprits.is_empty(), "\n{}\n", culprits.join("\n"));
}

/// Fails unless the check names exactly this culprit in these files.
#[track_caller]
fn names(check: fn(&Tree) -> Vec<String>, culprit: &str, files: &[(&str, &str)]) {
    assert_eq!(check(&Tree::of(files)), [culprit]);
}

/// Fails unless the check finds nothing wrong with these files.
#[track_caller]
fn allows(check: fn(&Tree) -> Vec<String>, files: &[(&str, &str)]) {
    assert_eq!(check(&Tree::of(files)), [""; 0]);
}
