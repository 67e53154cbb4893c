//! Cuts a file of jCards into its cards, so that a damaged one does not cost the others.
//!
//! A card opens with `["vcard"`. Within a JSON text these signs cannot mean anything else: inside of a string the quotes
//! would be escaped. So every place where they stand begins a card, however the cards are put together and whatever is
//! missing before it.

use std::io::{self, BufRead};

/// The most bytes that a card may have; pictures are the largest part of one.
pub(super) const CARD_MAX: usize = 16 << 20;

/// What opens a card, behind its bracket and white space.
const KIND: &[u8] = b"\"vcard\"";

/// The text of one card, with what stands between it and the next.
#[derive(Debug, Default)]
pub(super) struct CardText {
    /// The text from the opening bracket; cut where it was too long.
    pub(super) bytes: Vec<u8>,
    /// Whether the text was longer than [`CARD_MAX`].
    pub(super) too_long: bool,
}

impl CardText {
    fn push(&mut self, bytes: &[u8]) {
        let room = CARD_MAX.saturating_sub(self.bytes.len());
        self.too_long |= bytes.len() > room;
        self.bytes
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

/// The cards of a file, one after the other.
pub(super) struct Cards<'a> {
    input: &'a mut dyn BufRead,
    /// What was read behind the last bracket and belongs to the next card.
    opened: Option<CardText>,
    failure: Option<io::Error>,
}

impl<'a> Cards<'a> {
    /// Reads from here; what stands before the first card is passed over.
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self {
            input,
            opened: None,
            failure: None,
        }
    }

    /// Returns why the file could not be read to its end, if so.
    pub(super) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Returns the next card, or nothing at the end.
    pub(super) fn next_card(&mut self) -> Option<CardText> {
        let mut card = self.opened.take();
        loop {
            let piece = self.next_piece();
            if piece.bytes.is_empty() {
                return card;
            }
            if piece
                .bytes
                .trim_ascii_start()
                .get(..KIND.len())
                .is_some_and(|kind| kind.eq_ignore_ascii_case(KIND))
            {
                let mut next = CardText::default();
                next.push(b"[");
                next.push(&piece.bytes);
                next.too_long |= piece.too_long;
                if let Some(mut card) = card {
                    // The bracket that ended the piece before opens this card.
                    card.bytes.pop_if(|last| *last == b'[');
                    self.opened = Some(next);
                    return Some(card);
                }
                card = Some(next);
            } else if let Some(card) = &mut card {
                card.push(&piece.bytes);
                card.too_long |= piece.too_long;
            }
        }
    }

    /// Reads on to the next opening bracket, which ends the piece, or to the end.
    fn next_piece(&mut self) -> CardText {
        let mut piece = CardText::default();
        loop {
            let held = match self.input.fill_buf() {
                Ok(held) => held,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => {
                    self.failure = Some(e);
                    return piece;
                }
            };
            let bracket = memchr::memchr(b'[', held);
            let n = bracket.map_or(held.len(), |at| at + 1);
            piece.push(&held[..n]);
            self.input.consume(n);
            if n == 0 || bracket.is_some() {
                return piece;
            }
        }
    }
}
