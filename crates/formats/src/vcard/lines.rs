//! Cards of a file and their unfolded lines.

use std::borrow::Cow;

use domain::Problem;

use crate::text::{LINE_MAX, Line, Lines, Mixed, quoted};

/// The most lines that are kept of one card.
const CARD_LINES_MAX: usize = 2_000;

/// One line of a card, unfolded.
#[derive(Clone, Debug, Default)]
pub(super) struct RawLine {
    pub(super) line: u64,
    pub(super) text: String,
}

/// One card and what was wrong with its lines.
#[derive(Debug, Default)]
pub(super) struct RawCard {
    pub(super) line: u64,
    pub(super) lines: Vec<RawLine>,
    pub(super) problems: Vec<Problem>,
}

/// What comes next in a file.
pub(super) enum Piece {
    Card(RawCard),
    Problem(Problem),
}

/// The cards of a file, one by one.
pub(super) struct Cards<'a> {
    lines: Lines<'a>,
    next: Option<Line>,
    /// The blanks in front of every line of this card.
    indent: usize,
    /// A BEGIN that ended the card before it.
    begun: Option<u64>,
    told_stray: bool,
}

/// A line as it stands in the file after unfolding.
struct Logical {
    line: u64,
    text: String,
    too_long: bool,
    damage: Option<Cow<'static, str>>,
}

impl<'a> Cards<'a> {
    pub(super) fn new(lines: Lines<'a>) -> Self {
        Self {
            lines,
            next: None,
            indent: 0,
            begun: None,
            told_stray: false,
        }
    }

    pub(super) fn failure(&self) -> Option<&std::io::Error> {
        self.lines.failure()
    }

    /// Returns the next card, or a problem with what stands between cards.
    pub(super) fn next_piece(&mut self) -> Option<Piece> {
        if let Some(line) = self.begun.take() {
            return Some(Piece::Card(self.card_from(line)));
        }
        loop {
            let logical = self.next_logical()?;
            let text = logical.text.trim();
            if text.is_empty() && !logical.too_long {
                continue;
            }
            if text.eq_ignore_ascii_case("BEGIN:VCARD") {
                self.told_stray = false;
                return Some(Piece::Card(self.card_from(logical.line)));
            }
            if !self.told_stray {
                self.told_stray = true;
                return Some(Piece::Problem(Problem {
                    line: logical.line,
                    field: String::new(),
                    found: format!("text outside of a card, {}", quoted(text)),
                    would_do: "BEGIN:VCARD before it".to_owned(),
                    record_kept: false,
                }));
            }
        }
    }

    fn card_from(&mut self, line: u64) -> RawCard {
        let mut card = RawCard {
            line,
            ..RawCard::default()
        };
        // Cards inside an AGENT property of vCard 2.1 are passed over.
        let mut n_inner = 0_u32;
        loop {
            let Some(logical) = self.next_logical() else {
                card.problem(line, "the end of the file before END:VCARD", "END:VCARD");
                return card;
            };
            let text = logical.text.trim();
            if text.eq_ignore_ascii_case("END:VCARD") {
                if n_inner == 0 {
                    return card;
                }
                n_inner -= 1;
                continue;
            }
            if text.eq_ignore_ascii_case("BEGIN:VCARD") {
                let in_agent = card.lines.last().is_some_and(|last| {
                    last.text
                        .get(..6)
                        .is_some_and(|s| s.eq_ignore_ascii_case("AGENT:"))
                });
                if n_inner > 0 || in_agent {
                    if n_inner == 0 {
                        let found = "a card inside another, which was left out";
                        card.problem(logical.line, found, "a card of its own");
                    }
                    n_inner += 1;
                    continue;
                }
                let found = "another card before END:VCARD";
                card.problem(logical.line, found, "END:VCARD before BEGIN:VCARD");
                self.begun = Some(logical.line);
                return card;
            }
            if n_inner == 0 {
                card.take(logical);
            }
        }
    }

    fn next_physical(&mut self) -> Option<Line> {
        if let Some(line) = self.next.take() {
            return Some(line);
        }
        let mut line = self.lines.next_line()?;
        let start = line.text.trim_start();
        if is_boundary(start) {
            self.indent = line.text.len() - start.len();
        }
        let is_blank = |b: &u8| matches!(b, b' ' | b'\t');
        let n_blanks = line.text.bytes().take_while(|b| is_blank(b)).count();
        line.text.drain(..n_blanks.min(self.indent));
        Some(line)
    }

    /// Returns the next line with the folded lines behind it.
    fn next_logical(&mut self) -> Option<Logical> {
        let first = self.next_physical()?;
        let mut logical = Logical {
            line: first.number,
            too_long: first.too_long,
            damage: damage_of(&first),
            text: first.text,
        };
        let encoding = encoding_of(&logical.text);
        if is_boundary(&logical.text) {
            // Nothing is folded behind the ends of a card, whatever follows.
            return Some(logical);
        }
        while let Some(line) = self.next_physical() {
            let soft = encoding == Encoding::QuotedPrintable && logical.text.ends_with('=');
            let folded = line.text.starts_with([' ', '\t']);
            let bare = encoding == Encoding::Base64 && is_base64(&line.text);
            if !(soft || folded || bare) {
                self.next = Some(line);
                break;
            }
            logical.too_long |= line.too_long;
            logical.damage = logical.damage.or(damage_of(&line));
            if logical.text.len() + line.text.len() > LINE_MAX {
                logical.too_long = true;
                logical.text.clear();
            }
            if logical.too_long {
                continue;
            }
            if soft {
                logical.text.pop();
                logical.text.push_str(&line.text);
            } else if encoding == Encoding::Base64 {
                logical.text.push_str(line.text.trim());
            } else {
                logical.text.push_str(&line.text[1..]);
            }
        }
        Some(logical)
    }
}

impl RawCard {
    fn take(&mut self, logical: Logical) {
        let Logical { line, text, .. } = logical;
        if logical.too_long {
            let found = format!("a line of more than {LINE_MAX} bytes");
            return self.problem(line, &found, "a shorter line");
        }
        if let Some(damage) = logical.damage {
            self.problem(line, &damage, "text in one encoding, UTF-8");
        }
        if text.trim().is_empty() {
            return;
        }
        if !text.contains(':') {
            let found = format!("a line without a colon, {}", quoted(&text));
            return self.problem(line, &found, "a name, a colon and a value");
        }
        if self.lines.len() < CARD_LINES_MAX {
            return self.lines.push(RawLine { line, text });
        }
        if self.lines.len() == CARD_LINES_MAX {
            let found = format!("more than {CARD_LINES_MAX} lines in one card");
            self.problem(line, &found, "END:VCARD earlier; the rest was left out");
            // One line more than the limit marks that this was said.
            self.lines.push(RawLine::default());
        }
    }

    fn problem(&mut self, line: u64, found: &str, would_do: &str) {
        self.problems.push(Problem {
            line,
            field: String::new(),
            found: found.to_owned(),
            would_do: would_do.to_owned(),
            record_kept: true,
        });
    }
}

fn is_boundary(text: &str) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case("BEGIN:VCARD") || text.eq_ignore_ascii_case("END:VCARD")
}

fn damage_of(line: &Line) -> Option<Cow<'static, str>> {
    if line.had_nul {
        return Some("zero bytes, which were left out".into());
    }
    match line.mixed {
        Mixed::No => None,
        Mixed::Other => Some("bytes of another encoding, read as Windows-1252".into()),
        Mixed::Utf8 => Some("UTF-8 behind lines of another encoding".into()),
        Mixed::Guessed(page) => page.doubt().map(Cow::from),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    QuotedPrintable,
    Base64,
}

fn encoding_of(text: &str) -> Encoding {
    let name = text.split(':').next().unwrap_or_default();
    if !name.contains(';') || name.len() > 500 {
        return Encoding::Plain;
    }
    let name = name.to_ascii_uppercase();
    if name.contains("QUOTED-PRINTABLE") {
        Encoding::QuotedPrintable
    } else if name.contains("BASE64") || name.split(';').any(|p| p == "ENCODING=B") {
        Encoding::Base64
    } else {
        Encoding::Plain
    }
}

/// Returns whether a line can only be the rest of a picture whose lines nobody
/// indented.
fn is_base64(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}
