//! Lines of text out of bytes of any encoding, in bounded memory.
//!
//! UTF-8 with or without a mark, UTF-16 by its mark or by its zero bytes, and
//! for every line that is not UTF-8 the code page that its letters speak for,
//! Windows-1252 unless they speak for another: a file put together from two
//! sources still reads line by line.

mod code_page;

use std::io::{self, BufRead};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

pub(crate) use code_page::CodePage;

/// The most bytes that a line may have; what is longer is cut and reported.
pub(crate) const LINE_MAX: usize = 1 << 20;

/// One line, decoded, without its line break.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The number of the line in the file, from 1.
    pub(crate) number: u64,
    /// The text; empty where the line was too long.
    pub(crate) text: String,
    /// Whether the line was longer than [`LINE_MAX`].
    pub(crate) too_long: bool,
    /// Whether the line is of another encoding than lines before it.
    pub(crate) mixed: Mixed,
    /// Whether zero bytes were taken out.
    pub(crate) had_nul: bool,
}

/// Whether a line is of another encoding than lines before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mixed {
    /// It is not.
    #[default]
    No,
    /// It is no UTF-8, where lines before it are.
    Other,
    /// It is the first line of UTF-8 behind lines that are not.
    Utf8,
    /// It is the first line that is no UTF-8, and its letters do not speak for
    /// Windows-1252.
    Guessed(CodePage),
}

/// What the bytes are, as far as the first of them tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, or Windows-1252 line by line.
    Bytes,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// Returns the encoding that the first bytes show, by mark or by zero bytes.
    pub(crate) fn of(head: &[u8]) -> Self {
        match head {
            [0xFF, 0xFE, ..] => Self::Utf16Le,
            [0xFE, 0xFF, ..] => Self::Utf16Be,
            [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Self::Utf16Le,
            [0, a, 0, b, ..] if *a != 0 && *b != 0 => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }
}

/// Decodes the head of a file for looking at it; never fails.
pub(crate) fn decode_head(head: &[u8]) -> String {
    let text = match Encoding::of(head) {
        Encoding::Utf16Le => UTF_16LE.decode(head).0.into_owned(),
        Encoding::Utf16Be => UTF_16BE.decode(head).0.into_owned(),
        Encoding::Bytes => {
            let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
            match std::str::from_utf8(body) {
                Ok(text) => text.to_owned(),
                // The head may end inside a character.
                Err(e) if e.error_len().is_none() => {
                    String::from_utf8_lossy(&body[..e.valid_up_to()]).into_owned()
                }
                Err(_) => CodePage::of(body)
                    .read_as
                    .decode_without_bom_handling(body)
                    .0
                    .into_owned(),
            }
        }
    };
    text.trim_start_matches('\u{FEFF}').to_owned()
}

/// Reads lines one by one.
pub(crate) struct Lines<'a> {
    source: Source<'a>,
    newline: u8,
    number: u64,
    started: bool,
    saw_utf8: bool,
    saw_other: bool,
    /// How lines are read that are not UTF-8.
    code_page: CodePage,
    /// Whether a line may go on behind a blank in the next, even within a letter.
    is_folded: bool,
    /// The bytes of the next line, where they were looked at.
    ahead: Option<(Vec<u8>, bool)>,
    failure: Option<io::Error>,
}

enum Source<'a> {
    Plain(&'a mut dyn BufRead),
    Utf16 {
        input: &'a mut dyn BufRead,
        decoder: Decoder,
        text: String,
        taken: usize,
        ended: bool,
    },
}

impl Source<'_> {
    fn fill(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Plain(input) => loop {
                match input.fill_buf() {
                    Ok(_) => break,
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    Err(e) => return Err(e),
                }
            },
            Self::Utf16 {
                input,
                decoder,
                text,
                taken,
                ended,
            } => {
                while *taken == text.len() && !*ended {
                    text.clear();
                    *taken = 0;
                    let bytes = match input.fill_buf() {
                        Ok(bytes) => bytes,
                        Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                        Err(e) => return Err(e),
                    };
                    *ended = bytes.is_empty();
                    text.reserve(64 * 1024);
                    let (result, read, _) = decoder.decode_to_string(bytes, text, *ended);
                    input.consume(read);
                    if *ended && result == CoderResult::OutputFull {
                        *ended = false;
                    }
                }
            }
        }
        match self {
            Self::Plain(input) => input.fill_buf(),
            Self::Utf16 { text, taken, .. } => Ok(&text.as_bytes()[*taken..]),
        }
    }

    fn consume(&mut self, n_bytes: usize) {
        match self {
            Self::Plain(input) => input.consume(n_bytes),
            Self::Utf16 { taken, .. } => *taken += n_bytes,
        }
    }
}

impl<'a> Lines<'a> {
    /// Returns the lines of `input`, having looked at its first bytes.
    pub(crate) fn new(input: &'a mut dyn BufRead) -> Self {
        let mut failure = None;
        let encoding = match input.fill_buf() {
            Ok(head) => Encoding::of(head),
            Err(e) => {
                failure = Some(e);
                Encoding::Bytes
            }
        };
        let utf16 = |input, encoding: &'static encoding_rs::Encoding| Source::Utf16 {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            text: String::new(),
            taken: 0,
            ended: false,
        };
        let source = match encoding {
            Encoding::Bytes => Source::Plain(input),
            Encoding::Utf16Le => utf16(input, UTF_16LE),
            Encoding::Utf16Be => utf16(input, UTF_16BE),
        };
        Self {
            source,
            newline: b'\n',
            number: 0,
            started: false,
            saw_utf8: false,
            saw_other: false,
            code_page: CodePage::WESTERN,
            is_folded: false,
            ahead: None,
            failure,
        }
    }

    /// Returns the lines of a file in which long lines are folded: what is cut in
    /// the middle of a letter is put together again.
    pub(crate) fn folded(input: &'a mut dyn BufRead) -> Self {
        Self {
            is_folded: true,
            ..Self::new(input)
        }
    }

    /// Returns why the bytes ended early, if they did.
    pub(crate) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// Returns the next line, or `None` at the end of the bytes.
    pub(crate) fn next_line(&mut self) -> Option<Line> {
        let (mut bytes, too_long) = match self.ahead.take() {
            Some(ahead) => ahead,
            None if self.failure.is_some() => return None,
            None => self.next_bytes()?,
        };
        self.number += 1;
        if !self.started {
            self.started = true;
            if bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
        }
        while self.newline == b'\n' && bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if self.is_folded {
            self.move_cut_letter(&mut bytes);
        }
        let mut line = Line {
            number: self.number,
            too_long,
            ..Line::default()
        };
        if too_long {
            return Some(line);
        }
        let n_bytes = bytes.len();
        bytes.retain(|b| *b != 0);
        line.had_nul = bytes.len() < n_bytes;
        let is_ascii = bytes.is_ascii();
        line.text = match String::from_utf8(bytes) {
            Ok(text) => {
                if !is_ascii && self.saw_other && !self.saw_utf8 {
                    line.mixed = Mixed::Utf8;
                }
                self.saw_utf8 |= !is_ascii;
                text
            }
            Err(e) => {
                let bytes = e.into_bytes();
                if self.saw_utf8 {
                    line.mixed = Mixed::Other;
                } else if !self.saw_other {
                    self.code_page = self.code_page_from(&bytes);
                    if self.code_page != CodePage::WESTERN {
                        line.mixed = Mixed::Guessed(self.code_page);
                    }
                }
                self.saw_other = true;
                let page = match self.saw_utf8 {
                    true => WINDOWS_1252,
                    false => self.code_page.read_as,
                };
                page.decode_without_bom_handling(&bytes).0.into_owned()
            }
        };
        Some(line)
    }

    /// Returns the code page of a line and of what is read already behind it.
    fn code_page_from(&mut self, line: &[u8]) -> CodePage {
        let behind = self.source.fill().unwrap_or_default();
        let behind = &behind[..behind.len().min(code_page::LOOKED_AT)];
        CodePage::of(&[line, b"\n", behind].concat())
    }

    /// Moves the bytes of a letter that goes on behind the fold to the next line.
    fn move_cut_letter(&mut self, bytes: &mut Vec<u8>) {
        let Err(error) = std::str::from_utf8(bytes) else {
            return;
        };
        if error.error_len().is_some() || self.failure.is_some() {
            return;
        }
        let cut = error.valid_up_to();
        self.ahead = self.next_bytes();
        let Some((next, false)) = &mut self.ahead else {
            return;
        };
        let goes_on = matches!(next.first(), Some(b' ' | b'\t'));
        let rest = next.get(1..).unwrap_or_default();
        let letter = [&bytes[cut..], &rest[..rest.len().min(3)]].concat();
        let is_whole = match std::str::from_utf8(&letter) {
            Ok(_) => true,
            Err(error) => error.valid_up_to() > 0,
        };
        if goes_on && is_whole {
            next.splice(1..1, bytes.drain(cut..));
        }
    }

    /// Returns the bytes of the next line, and whether it had to be cut.
    fn next_bytes(&mut self) -> Option<(Vec<u8>, bool)> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let buffer = match self.source.fill() {
                Ok(buffer) => buffer,
                Err(e) => {
                    self.failure = Some(e);
                    return any.then_some((bytes, too_long));
                }
            };
            if buffer.is_empty() {
                return any.then_some((bytes, too_long));
            }
            if !self.started && !any {
                self.newline = newline_of(buffer);
            }
            any = true;
            let end = memchr::memchr(self.newline, buffer);
            let chunk = &buffer[..end.unwrap_or(buffer.len())];
            if bytes.len() + chunk.len() > LINE_MAX {
                too_long = true;
                bytes = Vec::new();
            }
            if !too_long {
                bytes.extend_from_slice(chunk);
            }
            let n_used = chunk.len() + usize::from(end.is_some());
            self.source.consume(n_used);
            if end.is_some() {
                return Some((bytes, too_long));
            }
        }
    }
}

/// Returns the byte that ends lines: a carriage return only where the first
/// bytes have one inside and no line feed at all.
fn newline_of(buffer: &[u8]) -> u8 {
    let inside = &buffer[..buffer.len().saturating_sub(1)];
    if inside.contains(&b'\r') && !buffer.contains(&b'\n') {
        b'\r'
    } else {
        b'\n'
    }
}

/// Returns the text short enough to show in a problem, on one line.
pub(crate) fn shown(text: &str) -> String {
    const MAX: usize = 80;
    let mut short: String = text
        .chars()
        .take(MAX)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MAX).is_some() {
        short.push('…');
    }
    short.trim().to_owned()
}

/// Returns the text in quotation marks and short enough to show, or "nothing".
pub(crate) fn quoted(text: &str) -> String {
    let short = shown(text);
    if short.is_empty() {
        "nothing".to_owned()
    } else {
        format!("\"{short}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Line> {
        let mut input = bytes;
        let mut lines = Lines::new(&mut input);
        std::iter::from_fn(|| lines.next_line()).collect()
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        read(bytes).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn every_encoding_reads_the_same() {
        let wanted = ["Zoë Åkesson", "", "last"];
        let text = "Zoë Åkesson\r\n\r\nlast";
        assert_eq!(texts(text.as_bytes()), wanted);
        assert_eq!(texts(format!("\u{FEFF}{text}\n").as_bytes()), wanted);
        assert_eq!(texts(b"Zo\xEB \xC5kesson\n\nlast"), wanted);
        for bom in [true, false] {
            let marked = if bom {
                format!("\u{FEFF}{text}")
            } else {
                text.to_owned()
            };
            let low: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(texts(&low), wanted);
            let high: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(texts(&high), wanted);
        }
    }

    #[test]
    fn a_line_of_another_encoding_is_told() {
        let lines = read(
            "Zoë\n"
                .bytes()
                .chain(*b"Ana\nJ\xFCrgen\n")
                .collect::<Vec<_>>()
                .as_slice(),
        );
        let mixed: Vec<Mixed> = lines.iter().map(|line| line.mixed).collect();
        assert_eq!(mixed, [Mixed::No, Mixed::No, Mixed::Other]);
        assert_eq!(lines[2].text, "Jürgen");
        let lines = read(b"J\xFCrgen\nZo\xC3\xAB\nLuc\xC3\xADa\nJ\xFCrgen\nZo\xC3\xAB\n");
        let mixed: Vec<Mixed> = lines.iter().map(|line| line.mixed).collect();
        let wanted = [Mixed::No, Mixed::Utf8, Mixed::No, Mixed::Other, Mixed::No];
        assert_eq!(mixed, wanted);
        assert_eq!(lines[4].text, "Zoë");
    }

    /// Returns a line of a table in a code page, and whether it is told.
    fn in_code_page(page: &'static encoding_rs::Encoding, name: &str) -> (String, bool) {
        let text = format!("First Name,Last Name,Company\r\n{name},Clinic\r\n");
        let (bytes, _, _) = page.encode(&text);
        let lines = read(&bytes);
        let is_told = matches!(lines[1].mixed, Mixed::Guessed(_));
        (lines[1].text.clone(), is_told)
    }

    #[test]
    fn western_letters_are_windows_1252_in_silence() {
        for name in [
            "Jürgen,Müller",
            "Zoë,Brontë",
            "Lucía,Núñez",
            "François,Lefèvre",
            "André,Côté",
            "Søren,Kjær",
            "Åse,Ødegård",
            "João,Conceição",
            "Björn,Ångström",
            "Renée,Zellweger",
            "José,García Márquez",
            "Günther,Weiß",
            "Patrick,O’Malley",
            "Ramón,Peña",
            "Siobhán,Ní Mhurchú",
            "Guðrún,Þórsdóttir",
        ] {
            let wanted = (format!("{name},Clinic"), false);
            assert_eq!(in_code_page(WINDOWS_1252, name), wanted);
        }
    }

    #[test]
    fn letters_of_another_code_page_are_read_so_and_told() {
        use encoding_rs::{WINDOWS_1250, WINDOWS_1251, WINDOWS_1253};
        for (page, name) in [
            (WINDOWS_1250, "Łukasz,Świętek"),
            (WINDOWS_1250, "Małgorzata,Wiśniewska"),
            (WINDOWS_1250, "Agnieszka,Dąbrowska\r\nMichał,Zając"),
            (WINDOWS_1250, "Tomáš,Němec"),
            (WINDOWS_1250, "Lukáš,Řezníček"),
            (WINDOWS_1251, "Анна,Иванова"),
            (WINDOWS_1253, "Γιώργος,Παπαδόπουλος"),
        ] {
            let wanted = format!("{name},Clinic");
            let wanted = wanted.lines().next().unwrap_or_default();
            assert_eq!(in_code_page(page, name), (wanted.to_owned(), true));
        }
    }

    #[test]
    fn letters_that_may_be_of_two_code_pages_are_told() {
        use encoding_rs::WINDOWS_1250;
        let read = in_code_page(WINDOWS_1250, "Jiří,Dvořák");
        assert_eq!(read, ("Jiøí,Dvoøák,Clinic".to_owned(), true));
        let read = in_code_page(WINDOWS_1252, "Inês,Araújo");
        assert_eq!(read, ("Inês,Araújo,Clinic".to_owned(), true));
    }

    #[test]
    fn a_letter_that_is_cut_by_a_fold_is_put_together() {
        let read = |bytes: &[u8]| -> Vec<String> {
            let mut input = bytes;
            let mut lines = Lines::folded(&mut input);
            std::iter::from_fn(|| lines.next_line())
                .map(|line| line.text)
                .collect()
        };
        assert_eq!(read(b"J\xC3\r\n \xBCrgen\r\nb"), ["J", " ürgen", "b"]);
        assert_eq!(read(b"\xF0\x9F\n\t\x98\n x"), ["ðŸ", "\t\u{2DC}", " x"]);
        // What only looks so is of another encoding.
        assert_eq!(read(b"Ren\xE9\r\n x\r\nb"), ["René", " x", "b"]);
        assert_eq!(read(b"Ren\xE9\r\nx"), ["René", "x"]);
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_is_whole() {
        let mut bytes = vec![b'x'; LINE_MAX + 1];
        bytes.extend_from_slice(b"\nnext\n");
        let lines = read(&bytes);
        assert!(lines[0].too_long && lines[0].text.is_empty());
        assert_eq!(lines[1].text, "next");
        assert_eq!(lines[1].number, 2);
    }

    #[test]
    fn zero_bytes_and_lone_returns() {
        let lines = read(b"Ana\0 Rao\rBen\r");
        assert_eq!(lines.len(), 2);
        assert!(lines[0].had_nul);
        assert_eq!(lines[0].text, "Ana Rao");
    }
}
