//! What the rules find in labelled messages, counted.
//!
//! `docs/lint-quality.md` is what this test counts; a stale page fails, and
//! `UPDATE_DOCS=1 cargo test -p lint` rewrites it. The figures are told as they
//! are: this test asks that they are true, not that they are good.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lint::{Message, RULES, Settings, check_batch};
use serde_json::Value;

use crate::records::{Labels, expected, message};

/// The codes of which nearly nothing may be missed.
const WATCHED: [&str; 10] = [
    "vague-ask",
    "letter-from-stranger",
    "guarantee-request",
    "job-request",
    "exaggeration-request",
    "patient-identifier",
    "rank-question",
    "rank-promise",
    "placeholder-left",
    "mass-text",
];

#[derive(Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn blocks(label: &(String, String)) -> bool {
    label.1 == "error" || label.1 == "warn"
}

/// Returns the section of one corpus; `notes` says whether notes are labelled too.
fn section(name: &str, about: &str, notes: bool) -> Option<String> {
    let file = root().join("crates/lint/corpus").join(name);
    let lines = std::fs::read_to_string(file).ok()?;
    let records: Vec<Value> = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let messages: Vec<Message> = records.iter().map(message).collect();
    let found: Vec<Labels> = check_batch(&messages, &Settings::default())
        .into_iter()
        .map(|findings| {
            findings
                .into_iter()
                .map(|f| (f.code.to_owned(), f.level.word().to_owned()))
                .filter(|label| notes || blocks(label))
                .collect()
        })
        .collect();

    let mut codes: BTreeMap<&str, Counts> = BTreeMap::new();
    let (mut n_clean, mut n_spoiled) = (0, 0);
    let mut others = Counts::default();
    let mut watched = Counts::default();
    for (record, found) in records.iter().zip(&found) {
        let wanted = expected(record);
        if !wanted.iter().any(blocks) {
            n_clean += 1;
            n_spoiled += usize::from(found.iter().any(blocks));
        }
        for rule in RULES {
            let code = rule.meta.name;
            let counts = codes.entry(code).or_default();
            let of = |labels: &Labels| -> Labels {
                labels
                    .iter()
                    .filter(|label| label.0 == code)
                    .cloned()
                    .collect()
            };
            let (wanted, found) = (of(&wanted), of(found));
            let right = wanted.intersection(&found).count();
            let missed = wanted.difference(&found).count();
            counts.right += right;
            counts.missed += missed;
            counts.wrong += found.difference(&wanted).count();
            if WATCHED.contains(&code) {
                watched.right += right;
                watched.missed += missed;
            } else {
                others.right += wanted.intersection(&found).filter(|l| blocks(l)).count();
                others.missed += wanted.difference(&found).filter(|l| blocks(l)).count();
            }
        }
    }

    let mut page = format!("## {name}\n\n{about}\n\n");
    let _ = writeln!(
        page,
        "- {} messages, {n_clean} of them clean of errors and warnings.",
        records.len()
    );
    let _ = writeln!(
        page,
        "- Clean messages with a false error or warning: {n_spoiled} ({}); goal at most 5 %.",
        percent(n_spoiled, n_clean)
    );
    let _ = writeln!(
        page,
        "- Recall over the ten watched codes: {}; goal at least 95 % each.",
        percent(watched.right, watched.right + watched.missed)
    );
    let _ = writeln!(
        page,
        "- Recall over all other errors and warnings: {}; goal at least 80 %.\n",
        percent(others.right, others.right + others.missed)
    );
    page.push_str("| code | found rightly | found wrongly | missed | precision | recall |\n|---|---|---|---|---|---|\n");
    for (code, c) in codes
        .iter()
        .filter(|(_, c)| c.right + c.wrong + c.missed > 0)
    {
        let star = if WATCHED.contains(code) {
            " (watched)"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "| {code}{star} | {} | {} | {} | {} | {} |",
            c.right,
            c.wrong,
            c.missed,
            percent(c.right, c.right + c.wrong),
            percent(c.right, c.right + c.missed)
        );
    }
    Some(page)
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{} %", (100 * part + whole / 2) / whole)
}

#[test]
fn the_page_tells_what_is_measured() {
    let mut page = "# How good the rules on messages are\n\n\
        Counted by `crates/lint/tests/it/quality.rs` over labelled messages; a label is a code with its level.\n\
        The labels are one person's reading of the definitions.\n\
        Patterns and classifier decide together ([decision 6](decisions/0006-a-classifier-beside-the-patterns.md)).\n\
        A goal that is not met stands here as it is.\n\n"
        .to_owned();
    let about = "Written by people who had not seen the rules' code, and read by nobody who tunes the rules. Only the \
        counts of each code were looked at: three times before `tuned-third.jsonl` was there (9, 8 and 8 % of the clean \
        messages with a false error or warning; recall over the watched codes 72, 74 and 77 %, over the others 91, 90 \
        and 90 %), and about a dozen times while the rules were tuned on that one, once with the scenarios of the messages that were wrongly flagged; then some \
        thirty times while they were tuned on `tuned-fourth.jsonl`, to see which frame flags wrongly. In between, rules were widened where the \
        counts were low, so this reading is not quite innocent. The patterns alone found 80 % over the watched codes and \
        90 % over the others, with 6 % of the clean messages flagged wrongly. The classifier was not trained on it; its counts were looked \
        at about ten times while the classifier was made, and its totals four times while patterns were mended by other sets.";
    page.push_str(&section("heldout.jsonl", about, true).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody else who had not seen the rules' code either, in voices as different as possible. \
        Only its counts were looked at, three times: with earlier patterns (15 % of the clean ones with a false error or \
        warning, recall 59 % over the watched codes and 54 % over the others), with all patterns there are (11, 67 and \
        55 %), and with the classifier beside them; its totals four times more while patterns were mended by other sets. Judged for errors and warnings only. Nothing may be tuned on it.";
    page.push_str(&section("heldout-second.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had seen the definitions only, when the classifier was there. Its counts were looked at \
        once at first (3 % of the clean ones flagged wrongly, recall 97 and 90 %), and five times more while 4,673 passages \
        were added, to see which of them to take; its totals four times more while patterns were mended by other sets. Judged for errors and warnings only. Nothing may be tuned on it.";
    page.push_str(&section("heldout-third.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had not seen the rules' code. It was the held-out corpus until its totals had \
        been seen twice; since then the rules are tuned on it.";
    page.push_str(&section("tuned-second.jsonl", about, true).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who knew the rules' code, to find what they get wrong; labelled for errors and \
        warnings only. The rules are tuned on it.";
    page.push_str(&section("tuned.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had not seen the rules' code, hard cases of the rules on asks. Before anybody read \
        it, 25 % of its clean messages had a false error or warning and the recall over its watched codes was 57 %; \
        since then the rules are tuned on it.";
    page.push_str(&section("tuned-asks.jsonl", about, true).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had not seen the rules' code, hard cases of the rules on patients and tone. Before \
        anybody read it, 14 % of its clean messages had a false error or warning, the recall over its watched codes \
        was 77 % and over its other errors and warnings about 30 %; since then the rules are tuned on it.";
    page.push_str(&section("tuned-conduct.jsonl", about, true).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had not seen the rules' code. Before anybody read it, 10 % of its clean messages had \
        a false error or warning, the recall over its watched codes was 53 % and over its other errors and warnings \
        74 %; since then the rules are tuned on it, and the labels of eight messages were corrected by the definitions. \
        Judged for errors and warnings only.";
    page.push_str(&section("tuned-third.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had not seen the rules' code, in many voices. Before anybody read it, 12 % of its \
        clean messages had a false error or warning, the recall over its watched codes was 56 % and over its other errors \
        and warnings 83 %; since then the rules are tuned on it, and the labels of two messages were corrected by the \
        definitions. Judged for errors and warnings only.";
    page.push_str(&section("tuned-fourth.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had seen the definitions only. Before anybody read it, the patterns flagged 13 % of its \
        clean messages wrongly and found 87 % over the watched codes and 90 % over the others; with the classifier, \
        trained on fewer passages than there are now, that was 9, 93 and 94 %. Since then it was read, and the \
        thresholds of the classifier are found on it, as on all the tuned ones. Judged for errors and warnings only.";
    page.push_str(&section("tuned-fifth.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody else who had seen the definitions only, while the classifier was made. Before anybody read it, \
        patterns and classifier flagged 5 % of its clean messages wrongly and found 94 % over the watched codes and 96 % \
        over the others. Since then it was read, some patterns were mended by it, and thresholds are found on it. Judged \
        for errors and warnings only.";
    page.push_str(&section("tuned-sixth.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by somebody who had seen the definitions only, after all that was done for the sets above. Before \
        anybody read it, patterns and classifier flagged 8 % of its clean messages wrongly and found 94 % over the watched \
        codes and 90 % over the others. Since then it was read, the patterns on how a name was found were mended by it, and \
        thresholds are found on it. Judged for errors and warnings only.";
    page.push_str(&section("tuned-seventh.jsonl", about, false).expect("the corpus is there"));
    page.push('\n');
    let about = "Written by two people who had seen the definitions only, in voices as different as possible. Before anybody \
        read it, patterns and classifier flagged 11 % of its clean messages wrongly and found 91 % over the watched codes \
        (twins not counted) and 90 % over the others. Most of the false findings were one rule, on how a name was found. \
        Since then it was read, patterns were mended by it, and thresholds are found on it. Judged for errors and warnings only.";
    page.push_str(&section("tuned-eighth.jsonl", about, false).expect("the corpus is there"));

    let file = root().join("docs/lint-quality.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &page).expect("the page can be written");
        return;
    }
    let stored = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        stored == page,
        "docs/lint-quality.md is stale; UPDATE_DOCS=1 cargo test -p lint rewrites it"
    );
}
