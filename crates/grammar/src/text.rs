//! A text with what belongs to the writer told from what does not.

use harper_core::Span;

/// What stands before a name with a full stop.
const TITLES: &[&str] = &[
    "dr", "dra", "prof", "mr", "mrs", "ms", "mx", "st", "sr", "sra", "jr", "mme",
];

/// A text, by characters and by bytes.
pub(crate) struct Text<'t> {
    text: &'t str,
    chars: Vec<char>,
    /// Byte of each character, and of the end.
    bytes: Vec<usize>,
    /// Characters of blanks, quotations and quoted lines.
    foreign: Vec<(usize, usize)>,
    /// Characters of greeting, signature and other lines that are no sentences.
    labels: Vec<(usize, usize)>,
}

impl<'t> Text<'t> {
    /// Reads at most so many characters of a text.
    pub(crate) fn new(text: &'t str, most: usize) -> Self {
        let end = text
            .char_indices()
            .nth(most)
            .map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let chars: Vec<char> = text.chars().collect();
        let bytes = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let mut read = Self {
            text,
            chars,
            bytes,
            foreign: Vec::new(),
            labels: Vec::new(),
        };
        read.find_lines();
        read.find_enclosed('[', ']');
        read.find_enclosed('"', '"');
        read.find_enclosed('“', '”');
        read.find_enclosed('«', '»');
        read
    }

    pub(crate) fn as_str(&self) -> &'t str {
        self.text
    }

    pub(crate) fn chars(&self, span: Span<char>) -> &[char] {
        let end = span.end.min(self.chars.len());
        &self.chars[span.start.min(end)..end]
    }

    /// Returns the bytes of a span of characters.
    pub(crate) fn bytes(&self, span: Span<char>) -> (usize, usize) {
        let last = self.bytes.len() - 1;
        (
            self.bytes[span.start.min(last)],
            self.bytes[span.end.min(last)],
        )
    }

    /// Returns whether a span touches a blank of a template, a quotation or a line
    /// that somebody else wrote.
    pub(crate) fn is_not_the_writers(&self, span: Span<char>) -> bool {
        touches(&self.foreign, span)
    }

    /// Returns whether a span stands in a line that is no sentence.
    pub(crate) fn is_label(&self, span: Span<char>) -> bool {
        touches(&self.labels, span)
    }

    /// Returns whether a word opens a sentence: only there may a capital letter
    /// belong to an everyday word. After a title or an initial ("Dr. Quist") a name
    /// follows.
    pub(crate) fn opens_sentence(&self, span: Span<char>) -> bool {
        let is_between = |c: &char| matches!(c, ' ' | '"' | '“' | '\'' | '(');
        let before = &self.chars[..span.start];
        let end = before.iter().rposition(|c| !is_between(c));
        let Some(end) = end else { return true };
        match before[end] {
            '.' => {
                let word = before[..end].rsplit(|c| !c.is_alphabetic()).next();
                let word: String = word.unwrap_or_default().iter().collect();
                word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str())
            }
            '!' | '?' | '\n' | ':' | '-' | '•' => true,
            _ => false,
        }
    }

    fn find_lines(&mut self) {
        let mut start = 0;
        for line in self.chars.split(|c| *c == '\n') {
            let end = start + line.len();
            let first = line.iter().find(|c| !c.is_whitespace());
            let last = line.iter().rev().find(|c| !c.is_whitespace());
            if first == Some(&'>') {
                self.foreign.push((start, end));
            } else if last.is_some_and(|c| !matches!(c, '.' | '!' | '?' | ':' | ';' | '"' | '”'))
                && line.len() < 60
            {
                self.labels.push((start, end));
            }
            start = end + 1;
        }
    }

    /// Remembers what stands between two marks within one paragraph.
    fn find_enclosed(&mut self, open: char, close: char) {
        let mut from = None;
        for (at, c) in self.chars.iter().enumerate() {
            match from {
                Some(start) if *c == close => {
                    self.foreign.push((start, at + 1));
                    from = None;
                }
                Some(_) if *c == '\n' => from = None,
                None if *c == open => from = Some(at),
                _ => {}
            }
        }
    }
}

fn touches(ranges: &[(usize, usize)], span: Span<char>) -> bool {
    ranges
        .iter()
        .any(|(start, end)| span.start < *end && *start < span.end)
}
