//! How often reconciliation is right about labelled pairs of names, counted.
//!
//! `docs/reconcile-quality.md` is what this test counts; a stale page fails, and
//! `UPDATE_DOCS=1 cargo test -p domain` rewrites it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use domain::{
    ContactKind, ContactPoint, Known, Match, PersonDraft, PersonId, PersonName, Schools, reconcile,
};
use uuid::Uuid;

/// What a careful person would do with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Same,
    Different,
    Hard,
}

/// What reconciliation does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Settled,
    Asked,
    New,
}

struct Pair {
    line: usize,
    label: Label,
    stored: PersonDraft,
    found: PersonDraft,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[expect(clippy::disallowed_methods, reason = "the corpus is a file")]
fn pairs(file: &str) -> Vec<Pair> {
    let path = root().join("crates/domain/corpus").join(file);
    let text = std::fs::read_to_string(path).expect("the corpus is there");
    let lines = text.lines().zip(1..);
    let labelled = lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    labelled
        .map(|(text, line)| {
            let parts: Vec<&str> = text.split(" | ").collect();
            let [label, stored, found] = parts.as_slice() else {
                panic!("{file}, line {line}: a label and two people");
            };
            Pair {
                line,
                label: match *label {
                    "same" => Label::Same,
                    "different" => Label::Different,
                    "hard" => Label::Hard,
                    other => panic!("{file}, line {line}: no label \"{other}\""),
                },
                stored: draft(stored),
                found: draft(found),
            }
        })
        .collect()
}

fn draft(text: &str) -> PersonDraft {
    let mut fields = text.split(" ; ");
    let name = fields.next().unwrap_or_default();
    let mut draft = PersonDraft {
        name: match name.split_once(" / ") {
            Some((given, family)) => PersonName::from_parts(given, family),
            None => PersonName::parse(name),
        },
        ..PersonDraft::default()
    };
    if name.contains('@') {
        draft.name = PersonName {
            given: name.to_owned(),
            ..PersonName::default()
        };
    }
    for field in fields {
        let (key, value) = field.split_once('=').expect("a field and its value");
        let mut contact = |kind| {
            draft.contacts.push(ContactPoint {
                kind,
                value: value.to_owned(),
                label: String::new(),
            });
        };
        match key {
            "m" => contact(ContactKind::Email),
            "p" => contact(ContactKind::Phone),
            "l" => contact(ContactKind::LinkedIn),
            "e" => value.clone_into(&mut draft.employer),
            "t" => value.clone_into(&mut draft.position),
            "c" => draft.extra.push(("City".to_owned(), value.to_owned())),
            "d" => draft.known_since = Some(value.parse().expect("a day")),
            other => panic!("no field \"{other}\""),
        }
    }
    draft
}

fn outcome(stored: &PersonDraft, found: &PersonDraft) -> (Outcome, String) {
    let known = Known {
        id: PersonId(Uuid::from_u128(1)),
        name: stored.name.clone(),
        contacts: stored.contacts.clone(),
        uids: Vec::new(),
        cities: domain::cities_of(&stored.extra),
        employers: vec![stored.employer.clone()],
        position: stored.position.clone(),
        known_since: stored.known_since,
        edited: Vec::new(),
        apart: Vec::new(),
    };
    let matches = reconcile(std::slice::from_ref(found), &[known], &Schools::default());
    match matches.into_iter().next() {
        Some(Match::Same { reason, .. } | Match::Update { reason, .. }) => {
            (Outcome::Settled, reason)
        }
        Some(Match::Ask { candidates }) => {
            let reason = candidates.into_iter().next().map(|(_, reason)| reason);
            (Outcome::Asked, reason.unwrap_or_default())
        }
        _ => (Outcome::New, String::new()),
    }
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{} %", (100 * part + whole / 2) / whole)
}

/// Returns the section of one part, with every pair that goes wrong.
fn section(title: &str, file: &str, about: &str) -> String {
    let pairs = pairs(file);
    let judged: Vec<(&Pair, Outcome, String)> = pairs
        .iter()
        .map(|pair| {
            let (outcome, reason) = outcome(&pair.stored, &pair.found);
            (pair, outcome, reason)
        })
        .collect();
    let n = |label: Label, outcome: Outcome| {
        let fits =
            |(pair, found, _): &&(&Pair, Outcome, String)| pair.label == label && *found == outcome;
        judged.iter().filter(fits).count()
    };
    let of = |label: Label| {
        judged
            .iter()
            .filter(|(pair, _, _)| pair.label == label)
            .count()
    };
    let settled = n(Label::Same, Outcome::Settled);
    let wrong = n(Label::Different, Outcome::Settled) + n(Label::Hard, Outcome::Settled);
    let clear = of(Label::Same) + of(Label::Different);
    let needless = n(Label::Same, Outcome::Asked) + n(Label::Different, Outcome::Asked);
    let unasked = n(Label::Hard, Outcome::New);
    let missed = n(Label::Same, Outcome::New);
    let mut page = format!("## {title}\n\n{about}\n\n");
    let _ = writeln!(
        page,
        "- {} pairs: {} same, {} different, {} hard.",
        judged.len(),
        of(Label::Same),
        of(Label::Different),
        of(Label::Hard)
    );
    let _ = writeln!(
        page,
        "- Merged without asking though not the same, or hard: {wrong}; goal 0."
    );
    let _ = writeln!(
        page,
        "- Asked needlessly: {needless} of {clear} clear pairs ({}); goal at most 5 %.",
        percent(needless, clear)
    );
    let _ = writeln!(
        page,
        "- Precision of merging without asking: {} ({settled} of {}).",
        percent(settled, settled + wrong),
        settled + wrong
    );
    let _ = writeln!(
        page,
        "- Recall, same people found without asking: {} ({settled} of {}); found or asked about: {}.",
        percent(settled, of(Label::Same)),
        of(Label::Same),
        percent(of(Label::Same) - missed, of(Label::Same))
    );
    let _ = writeln!(
        page,
        "- Hard pairs that are asked about: {} ({} of {}); taken for two people unasked: {unasked}.\n",
        percent(n(Label::Hard, Outcome::Asked), of(Label::Hard)),
        n(Label::Hard, Outcome::Asked),
        of(Label::Hard)
    );
    page.push_str("| label | line | outcome | why |\n|---|---|---|---|\n");
    for (pair, outcome, reason) in &judged {
        let (label, is_right) = match pair.label {
            Label::Same => ("same", *outcome == Outcome::Settled),
            Label::Different => ("different", *outcome == Outcome::New),
            Label::Hard => ("hard", *outcome == Outcome::Asked),
        };
        if is_right {
            continue;
        }
        let outcome = match outcome {
            Outcome::Settled => "merged",
            Outcome::Asked => "asked",
            Outcome::New => "two people",
        };
        let _ = writeln!(page, "| {label} | {} | {outcome} | {reason} |", pair.line);
    }
    page
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the page is a file")]
fn the_page_tells_what_is_measured() {
    let mut page = "# How well Vouch tells who is who\n\n\
        Counted by `crates/domain/tests/it/quality.rs` over labelled pairs of made-up people.\n\
        A pair is what is stored of somebody and what a file says; nothing else is stored.\n\
        \"Hard\" is a pair about which a careful person would ask, so asking is the right answer there.\n\
        The labels are one person's, and the same person wrote the rules.\n\
        The tables list every pair that goes otherwise than its label says.\n\n"
        .to_owned();
    page.push_str(&section(
        "name-pairs.txt",
        "name-pairs.txt",
        "The rules were tuned on these.",
    ));
    page.push('\n');
    page.push_str(&section(
        "name-pairs-held-back.txt",
        "name-pairs-held-back.txt",
        "Written before the rules were tuned.\n\
         At the first count 2 of 57 merges were wrong, both of a surname that was taken for a middle name; \
         recall was 92 %, and 4 % were asked needlessly.\n\
         That one rule was changed afterwards, to ask.\n\
         Later a part of a surname with the same employer was called a question, and two of these pairs, \
         \"same\" until then, were labelled \"hard\"; nothing else was tuned on these.",
    ));
    let file = root().join("docs/reconcile-quality.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &page).expect("the page can be written");
        return;
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        stored, page,
        "docs/reconcile-quality.md is stale; UPDATE_DOCS=1 cargo test -p domain rewrites it"
    );
}

#[test]
fn the_pairs_do_not_depend_on_which_one_is_stored() {
    for file in ["name-pairs.txt", "name-pairs-held-back.txt"] {
        for pair in pairs(file) {
            let (there, _) = outcome(&pair.stored, &pair.found);
            let (back, _) = outcome(&pair.found, &pair.stored);
            assert_eq!(there, back, "{file}, line {}", pair.line);
        }
    }
}
