//! How often the check is wrong about a message that is right.

use std::path::Path;

use grammar::Checker;

/// Most notes on a hundred clean messages. They were written by many hands, often
/// in a second language, and labelled clean by people who did not know the check.
const NOTES_PER_100: usize = 3;

#[test]
fn clean_messages_get_hardly_a_note() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/corpus");
    let mut checker = Checker::new();
    let (mut n_messages, mut n_notes) = (0, 0);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus of the rules")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        // Nobody who tunes a rule reads the held-out messages, and a failure here prints them.
        .filter(|path| {
            let name = path.file_stem().map(|name| name.to_string_lossy());
            name.is_some_and(|name| !name.starts_with("heldout"))
        })
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        for line in text.lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            if record["expect"]
                .as_array()
                .is_none_or(|labels| !labels.is_empty())
            {
                continue;
            }
            let word = |at: &serde_json::Value| at.as_str().unwrap_or_default().to_owned();
            let names = [
                word(&record["sender"]["name"]),
                word(&record["sender"]["school"]),
                word(&record["recipient"]["name"]),
                word(&record["recipient"]["institution"]),
            ];
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            n_messages += 1;
            for note in checker.notes(record["text"].as_str().unwrap_or_default(), &names) {
                n_notes += 1;
                println!("{}: {}", record["id"], note.finding.message);
            }
        }
    }
    println!("{n_notes} notes on {n_messages} clean messages");
    assert!(n_messages >= 120, "{n_messages}");
    assert!(
        n_notes * 100 <= NOTES_PER_100 * n_messages,
        "{n_notes} of {n_messages}"
    );
}
