//! vCard 2.1, 3.0 and 4.0 in, 3.0 and 4.0 out; jCard in.
//!
//! Cards and their lines are split here, so that a damaged line costs itself
//! only and keeps its number; `calcard` decodes what stands in a line. What
//! Vouch has no place for is kept as its raw line.

mod card;
mod jcard;
mod jcard_split;
mod lines;
mod property;
mod write;

use std::io::BufRead;

use domain::Sink;

use crate::text::Lines;
use crate::{Format, Head, ReadError};

pub use jcard::JCARD;
pub use write::{VcardVersion, write_vcards};

use lines::{Cards, Piece};

/// vCard files.
pub const VCARD: Format = Format {
    name: "vcard",
    label: "vCard file (.vcf)",
    about: "Contacts from a phone, iCloud, Google, Outlook or a mail program.",
    detect,
    read,
};

fn detect(head: &Head) -> bool {
    head.text
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(5)
        .any(|line| line.eq_ignore_ascii_case("BEGIN:VCARD"))
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut cards = Cards::new(Lines::folded(input));
    let mut n_cards = 0;
    while let Some(piece) = cards.next_piece() {
        let goes_on = match piece {
            Piece::Problem(problem) => sink.problem(problem),
            Piece::Card(raw) => {
                n_cards += 1;
                card::hand_on(raw, sink)
            }
        };
        if !goes_on {
            return Ok(());
        }
    }
    if let Some(failure) = cards.failure() {
        sink.problem(crate::unread_rest(failure));
    } else if n_cards == 0 {
        return Err(ReadError::NotThisFormat {
            found: "text without BEGIN:VCARD".to_owned(),
            would_do: "a .vcf file as the address book exported it".to_owned(),
        });
    }
    Ok(())
}
