//! Documents lead where they say, and nothing tracked tells whose machine it
//! was written on.

use super::tree::Tree;
use super::{allows, holds, names};

/// Folders whose files are named in running text as `folder/…`.
const NAMED_FOLDERS: [&str; 5] = ["crates/", "docs/", "scripts/", "e2e/", ".ci/"];

/// How a path of somebody's own machine begins, put together here so that this
/// file is clean itself.
const MACHINE_PATHS: [&str; 4] = [
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
];

/// Who may have a home folder in examples.
const EXAMPLE_NAME: &str = "student";

/// Settings of cargo and npm that point a machine at its own registry.
const MACHINE_SETTINGS: [&str; 3] = ["/.npmrc", "/.cargo/config", "/.cargo/config.toml"];

/// Each lock file, how it names where a package comes from, and what this has to
/// be. That of npm names no place at all, so that every machine uses its own.
const LOCK_FILES: [(&str, &str, &str); 2] = [
    (
        "Cargo.lock",
        "source = \"",
        "registry+https://github.com/rust-lang/crates.io-index\"",
    ),
    ("e2e/package-lock.json", "\"resolved\": \"", "(no place)"),
];

/// A link in a document: the line it is on, and where it leads.
struct Link<'a> {
    line: usize,
    target: &'a str,
}

/// Returns the Markdown documents that people read.
fn documents(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.texts("", ".md")
        .filter(|(path, _)| !path.contains("/fixtures/"))
}

/// Returns the lines outside of code blocks, with their numbers.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    text.lines().enumerate().filter_map(move |(i, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then_some((i + 1, line))
    })
}

fn links(text: &str) -> impl Iterator<Item = Link<'_>> {
    prose(text).flat_map(|(line, text)| {
        text.split("](").skip(1).filter_map(move |rest| {
            let target = rest.split_once(')')?.0;
            Some(Link { line, target })
        })
    })
}

/// Returns the path from the project's folder, or `None` where a link leads to
/// another place than a file.
fn resolved(document: &str, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let file = target.split('#').next().unwrap_or_default();
    if file.is_empty() {
        return Some(document.to_owned());
    }
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn links_lead_somewhere(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for (path, text) in documents(tree) {
        for Link { line, target } in links(text) {
            let Some(file) = resolved(path, target) else {
                continue;
            };
            if !tree.has(&file) {
                culprits.push(format!("{path}:{line}: {target} is not there"));
                continue;
            }
            let Some((_, anchor)) = target.split_once('#') else {
                continue;
            };
            let goal = tree.text(&file).unwrap_or_default();
            if !prose(goal).any(|(_, line)| anchor_of(line).as_deref() == Some(anchor)) {
                culprits.push(format!("{path}:{line}: no heading of {file} is #{anchor}"));
            }
        }
    }
    culprits
}

/// Returns the anchor that a heading gets.
fn anchor_of(line: &str) -> Option<String> {
    let (marks, heading) = line.split_once(' ')?;
    let is_heading = !marks.is_empty() && marks.chars().all(|c| c == '#');
    is_heading.then(|| {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let plain: String = heading.to_lowercase().chars().filter(kept).collect();
        plain.trim().replace(' ', "-")
    })
}

fn named_paths_are_there(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for (path, text) in documents(tree) {
        for (line, text) in prose(text) {
            let spans = text.split('`').skip(1).step_by(2);
            for named in spans.filter(|it| names_one_path(it)) {
                if !tree.has(named.trim_end_matches('/')) {
                    culprits.push(format!("{path}:{line}: {named} is not there"));
                }
            }
        }
    }
    culprits
}

/// Returns whether the words are one path, and no pattern of many.
fn names_one_path(span: &str) -> bool {
    NAMED_FOLDERS.iter().any(|it| span.starts_with(it))
        && !span.contains(['<', '*', '…', '{', ' '])
        && !span.contains("NNNN")
}

fn decisions_are_linked(tree: &Tree) -> Vec<String> {
    let linked: Vec<String> = documents(tree)
        .flat_map(|(path, text)| links(text).filter_map(|link| resolved(path, link.target)))
        .collect();
    tree.paths("docs/decisions/", ".md")
        .filter(|path| !linked.iter().any(|it| it == path))
        .map(|path| format!("{path} is linked from no document"))
        .collect()
}

fn the_changelog_has_unreleased(tree: &Tree) -> Vec<String> {
    let text = tree.text("CHANGELOG.md").unwrap_or_default();
    let first = prose(text).find(|(_, line)| line.starts_with("## "));
    if first.is_some_and(|(_, line)| line == "## Unreleased") {
        return Vec::new();
    }
    vec!["CHANGELOG.md does not begin with the section \"Unreleased\"".to_owned()]
}

fn no_machine_is_told(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for (path, text) in tree.texts("", "") {
        for (i, line) in text.lines().enumerate() {
            if MACHINE_PATHS.iter().any(|begin| tells_a_path(line, begin)) {
                culprits.push(format!("{path}:{}: a path of somebody's machine", i + 1));
            }
        }
        if MACHINE_SETTINGS
            .iter()
            .any(|it| format!("/{path}").ends_with(it))
        {
            culprits.push(format!("{path} is a setting of one machine"));
        }
    }
    culprits
}

/// Returns whether a path begins like this, and not only the rest of an address
/// or of a longer path.
fn tells_a_path(line: &str, begin: &str) -> bool {
    line.match_indices(begin).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_inside = before.is_some_and(|c| c.is_alphanumeric() || "./-_~}>$…".contains(c));
        !is_inside && !line[at + begin.len()..].starts_with(EXAMPLE_NAME)
    })
}

fn lock_files_name_public_registries(tree: &Tree) -> Vec<String> {
    let mut culprits = Vec::new();
    for (path, begin, public) in LOCK_FILES {
        let text = tree.text(path).unwrap_or_default();
        for (i, line) in text.lines().enumerate() {
            let source = line.trim_start().strip_prefix(begin);
            if source.is_some_and(|it| !it.starts_with(public)) {
                culprits.push(format!("{path}:{} names another registry", i + 1));
            }
        }
    }
    culprits
}

#[test]
fn every_link_leads_somewhere() {
    holds(links_lead_somewhere);
    allows(
        links_lead_somewhere,
        &[
            (
                "docs/roof.md",
                "# The roof\nSee [walls](../WALLS.md#bricks-and-mortar), [here](#the-roof), \
                 [docs](.) and [far](https://example.org/x).\n```\n[code](nowhere.md)\n```\n",
            ),
            (
                "WALLS.md",
                "## Bricks, and mortar\n## Bricks and `mortar`\n",
            ),
        ],
    );
    names(
        links_lead_somewhere,
        "docs/roof.md:1: walls.md is not there",
        &[("docs/roof.md", "See [walls](walls.md)."), ("walls.md", "")],
    );
    names(
        links_lead_somewhere,
        "roof.md:1: no heading of walls.md is #bricks",
        &[
            ("roof.md", "See [bricks](walls.md#bricks)."),
            ("walls.md", "# Stones\n```\n# bricks\n```\n"),
        ],
    );
}

#[test]
fn every_path_that_is_named_is_there() {
    holds(named_paths_are_there);
    names(
        named_paths_are_there,
        "roof.md:2: crates/roof/src/tiles.rs is not there",
        &[
            (
                "roof.md",
                "`crates/roof/`, `crates/<name>/src`\nand `crates/roof/src/tiles.rs`.",
            ),
            ("crates/roof/src/lib.rs", ""),
        ],
    );
}

#[test]
fn every_decision_is_linked() {
    holds(decisions_are_linked);
    let decision = ("docs/decisions/0001-tiles.md", "# Tiles");
    names(
        decisions_are_linked,
        "docs/decisions/0001-tiles.md is linked from no document",
        &[decision, ("roof.md", "`docs/decisions/0001-tiles.md`")],
    );
    allows(
        decisions_are_linked,
        &[
            decision,
            ("docs/roof.md", "[tiles](decisions/0001-tiles.md)"),
        ],
    );
}

#[test]
fn the_changelog_speaks_of_what_comes() {
    holds(the_changelog_has_unreleased);
    names(
        the_changelog_has_unreleased,
        "CHANGELOG.md does not begin with the section \"Unreleased\"",
        &[("CHANGELOG.md", "# Changes\n## 1.0.0\n## Unreleased\n")],
    );
}

#[test]
fn no_file_tells_whose_machine_it_was() {
    holds(no_machine_is_told);
    let example = format!("export HOME={}{EXAMPLE_NAME}/files", MACHINE_PATHS[2]);
    let address = format!("https://example.org{}page", MACHINE_PATHS[1]);
    allows(
        no_machine_is_told,
        &[("roof.md", &example), ("walls.md", &address)],
    );
    for begin in MACHINE_PATHS {
        names(
            no_machine_is_told,
            "roof.md:2: a path of somebody's machine",
            &[("roof.md", &format!("Built\nin \"{begin}x/roof\"."))],
        );
    }
    names(
        no_machine_is_told,
        "e2e/.npmrc is a setting of one machine",
        &[("e2e/.npmrc", "")],
    );
}

#[test]
fn lock_files_name_only_public_registries() {
    holds(lock_files_name_public_registries);
    names(
        lock_files_name_public_registries,
        "Cargo.lock:2 names another registry",
        &[(
            "Cargo.lock",
            "name = \"roof\"\nsource = \"registry+https://registry.example.org/index\"",
        )],
    );
    names(
        lock_files_name_public_registries,
        "e2e/package-lock.json:1 names another registry",
        &[(
            "e2e/package-lock.json",
            "  \"resolved\": \"https://registry.example.org/roof.tgz\",",
        )],
    );
}
