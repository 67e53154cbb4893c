//! The recovery sheet: a code, what it is, and where to keep it.

use std::path::Path;

use desk::RecoveryCode;
use jiff::civil::Date;

use crate::words;

/// What the sheet says, one paragraph each; the page prints the same.
pub(crate) const WHAT_IT_IS: [&str; 3] = [
    "This code opens your Vouch vault when the passphrase is forgotten. Whoever has it and your \
     folder can read everything in it, so treat it like the passphrase itself.",
    "Keep the sheet where you keep your passport or your diploma, and not in the bag with your \
     computer. A photo or a file of it is safe only where you would write down the passphrase.",
    "A newer sheet makes this one void. Taking the passphrase off makes it void as well. A backup \
     has a passphrase of its own, which this code does not replace.",
];

/// How the sheet is used.
pub(crate) const HOW_TO_USE: &str = "Start Vouch, choose \"I have forgotten the passphrase\" and type the code; or run \
     \"vouch unlock --recovery\". Hyphens, spaces and small letters do not matter; O is read as 0, \
     I and L as 1. The last character of each group is a check: a slip is named with its group.";

/// Returns the sheet as plain text.
pub(crate) fn text(code: &RecoveryCode, today: Date, folder: &Path) -> String {
    let groups = code.groups();
    let rows: Vec<String> = groups
        .chunks(4)
        .enumerate()
        .map(|(row, groups)| {
            let first = row * 4 + 1;
            format!(
                "    groups {first} to {}:   {}",
                first + 3,
                groups.join("  ")
            )
        })
        .collect();
    let mut text = format!(
        "VOUCH: RECOVERY SHEET\nMade on {}\nFor the vault in {}\n\n{}\n\n",
        words::day(&today.to_string()),
        folder.display(),
        rows.join("\n")
    );
    for paragraph in WHAT_IT_IS.into_iter().chain([HOW_TO_USE]) {
        text.push_str(&wrapped(paragraph, 78));
        text.push('\n');
    }
    text
}

/// Returns a paragraph in lines of at most so many characters.
fn wrapped(paragraph: &str, width: usize) -> String {
    let mut text = String::new();
    let mut n_chars = 0;
    for word in paragraph.split_whitespace() {
        let n = word.chars().count();
        if n_chars > 0 && n_chars + 1 + n > width {
            text.push('\n');
            n_chars = 0;
        }
        if n_chars > 0 {
            text.push(' ');
            n_chars += 1;
        }
        text.push_str(word);
        n_chars += n;
    }
    text.push('\n');
    text
}
