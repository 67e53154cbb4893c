//! How a text is spelled for finding names in it, whatever signs and letters a
//! keyboard gave for them.

use unicode_normalization::UnicodeNormalization;

use crate::fold::{fold_letter, is_apostrophe};

/// A text for finding names in it: folded, without apostrophes, and with one
/// blank for hyphens, underscores and blanks. "O’Brien‑Ødegård" is
/// "obrien odegard".
pub(super) struct Spelled {
    pub(super) text: String,
}

impl Spelled {
    pub(super) fn of(text: &str) -> Self {
        let mut spelled = String::with_capacity(text.len());
        spell(text, |_, c| spelled.push(c));
        Self { text: spelled }
    }

    /// Returns for each byte of the spelled text at which byte of the text the
    /// letter begins that it was made of.
    pub(super) fn places(&self, text: &str) -> Vec<usize> {
        let mut places = Vec::with_capacity(self.text.len());
        spell(text, |at, c| {
            places.extend(std::iter::repeat_n(at, c.len_utf8()));
        });
        places
    }
}

/// Gives the letters of the spelled text, each with the byte at which the letter
/// of the text begins that it is made of.
fn spell(text: &str, mut take: impl FnMut(usize, char)) {
    let mut is_after_blank = true;
    for (at, letter) in text.char_indices() {
        fold_letter(letter, |c| {
            let is_blank = matches!(c, '-' | '_') || c.is_whitespace();
            if c == '\'' || (is_blank && is_after_blank) {
                return;
            }
            is_after_blank = is_blank;
            take(at, if is_blank { ' ' } else { c });
        });
    }
}

/// Returns the ways in which a name or an address may be spelled, each as
/// [`Spelled`]: with a blank for an apostrophe ("O Brien"), without a hyphen
/// ("Annemarie"), and with the letters that stand for an umlaut ("Mueller").
pub(super) fn spellings(form: &str) -> Vec<String> {
    let form: String = form.trim().nfc().collect();
    let mut forms = vec![form.clone()];
    let mut also = |is_met: fn(char) -> bool, instead: fn(char) -> &'static str| {
        if !form.contains(is_met) {
            return;
        }
        let other = |form: &String| {
            let mut other = String::with_capacity(form.len());
            for c in form.chars() {
                match is_met(c) {
                    true => other.push_str(instead(c)),
                    false => other.push(c),
                }
            }
            other
        };
        let others: Vec<String> = forms.iter().map(other).collect();
        forms.extend(others);
    };
    also(is_apostrophe, |_| " ");
    also(is_hyphen, |_| "");
    also(|c| !umlaut(c).is_empty(), umlaut);
    let spelled = forms.iter().map(|form| Spelled::of(form).text);
    let mut spelled: Vec<String> = spelled
        .map(|form| form.trim_end().to_owned())
        .filter(|form| !form.is_empty())
        .collect();
    spelled.dedup();
    spelled
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Returns what people type for a letter that their keyboard does not have.
fn umlaut(c: char) -> &'static str {
    match c {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => "",
    }
}
