//! Which code page a file is written in that does not say it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1250, WINDOWS_1252};

/// Bytes that are looked at to tell the code page.
pub(super) const LOOKED_AT: usize = 64 * 1024;

/// Letters beyond ASCII that stand side by side in no western word.
const IN_A_ROW: usize = 4;

/// What is made of bytes that are no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodePage {
    /// How they are read.
    pub(super) read_as: &'static Encoding,
    /// What their letters speak for.
    speaks_for: &'static Encoding,
}

impl CodePage {
    /// What western files are in.
    pub(super) const WESTERN: Self = Self {
        read_as: WINDOWS_1252,
        speaks_for: WINDOWS_1252,
    };

    /// Returns the code page of some bytes. Windows-1252 stays where its letters
    /// make words: a few names are too little to know by.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let speaks_for = detector.guess(None, Utf8Detection::Deny);
        // "Mhurchú" is the same in both.
        let read = |page: &'static Encoding| page.decode_without_bom_handling(bytes).0;
        if read(speaks_for) == read(WINDOWS_1252) {
            return Self::WESTERN;
        }
        let is_sure = speaks_for != WINDOWS_1252 && !are_western_words(bytes, speaks_for);
        Self {
            read_as: if is_sure { speaks_for } else { WINDOWS_1252 },
            speaks_for,
        }
    }

    /// Returns what the student has to know of it, if anything.
    pub(crate) fn doubt(self) -> Option<String> {
        let name = capitalised(self.speaks_for.name());
        if self.speaks_for == WINDOWS_1252 {
            None
        } else if self.read_as == self.speaks_for {
            Some(format!(
                "no UTF-8, taken for {name} by its letters, some of which may be wrong"
            ))
        } else {
            Some(format!(
                "no UTF-8, read as Windows-1252; it may be {name}, and some letters wrong"
            ))
        }
    }
}

/// Returns whether the bytes, read as Windows-1252, are words that a western
/// language may have.
fn are_western_words(bytes: &[u8], speaks_for: &'static Encoding) -> bool {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let is_central = speaks_for == WINDOWS_1250 || speaks_for == ISO_8859_2;
    let mut n_in_a_row = 0;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        n_in_a_row = match c.is_alphabetic() && !c.is_ascii() {
            true => n_in_a_row + 1,
            false => 0,
        };
        let is_beside_letter = before.is_alphabetic() || after.is_alphabetic();
        if n_in_a_row == IN_A_ROW
            || is_no_letter(c) && is_beside_letter
            || is_central && matches!(c, 'š' | 'ž' | 'Š' | 'Ž')
        {
            return false;
        }
        before = c;
    }
    true
}

/// Returns whether a sign stands in Windows-1252 where other code pages have a
/// letter, and within no word.
fn is_no_letter(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '¡'..='©' | '¬' | '¯' | '±'..='³' | 'µ' | '¶' | '¸' | '¹'
        | '¼'..='¾')
}

/// Returns the name of an encoding as people write it: "Windows-1250".
fn capitalised(name: &str) -> String {
    match name.strip_prefix('w') {
        Some(rest) => format!("W{rest}"),
        None => name.to_owned(),
    }
}
