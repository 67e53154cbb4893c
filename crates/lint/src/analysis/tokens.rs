//! Words of a text, folded, with their places.

use domain::fold;

use crate::lexicon::lexicon;

/// A word, as rules compare it, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Folded; a slip of a key word is put right, a contraction is two tokens.
    pub(crate) word: String,
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether it is a short form in capitals, such as HCC or Y90.
    pub(crate) acronym: bool,
    /// What stands between the word before and this one.
    pub(crate) before: Gap,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Blanks, or nothing.
    #[default]
    None,
    /// A comma, a colon, a bracket, a dash.
    Break,
    /// A semicolon.
    Wall,
}

/// Spoken and typed short forms, and the words they stand for.
const SHORT_FORMS: &[(&str, &[&str])] = &[
    ("u", &["you"]),
    ("ur", &["your"]),
    ("r", &["are"]),
    ("pls", &["please"]),
    ("plz", &["please"]),
    ("plse", &["please"]),
    ("thx", &["thanks"]),
    ("thnx", &["thanks"]),
    ("tks", &["thanks"]),
    ("tx", &["thanks"]),
    ("ty", &["thanks"]),
    ("thankyou", &["thank", "you"]),
    ("gonna", &["going", "to"]),
    ("wanna", &["want", "to"]),
    ("gotta", &["have", "to"]),
    ("gimme", &["give", "me"]),
    ("lemme", &["let", "me"]),
    ("dont", &["do", "not"]),
    ("doesnt", &["does", "not"]),
    ("didnt", &["did", "not"]),
    ("cant", &["can", "not"]),
    ("cannot", &["can", "not"]),
    ("couldnt", &["could", "not"]),
    ("wouldnt", &["would", "not"]),
    ("wont", &["will", "not"]),
    ("isnt", &["is", "not"]),
    ("arent", &["are", "not"]),
    ("wasnt", &["was", "not"]),
    ("havent", &["have", "not"]),
    ("im", &["i", "am"]),
    ("ive", &["i", "have"]),
    ("youre", &["you", "are"]),
    ("youve", &["you", "have"]),
    ("thats", &["that", "is"]),
    ("whats", &["what", "is"]),
    ("theres", &["there", "is"]),
    ("lets", &["let", "us"]),
    ("sth", &["something"]),
    ("smth", &["something"]),
    ("abt", &["about"]),
    ("bc", &["because"]),
    ("cuz", &["because"]),
    ("msg", &["message"]),
    ("mins", &["minutes"]),
    ("info", &["information"]),
    ("lors", &["lor"]),
    ("hrs", &["hours"]),
    ("wks", &["weeks"]),
    ("tmrw", &["tomorrow"]),
    ("tmr", &["tomorrow"]),
    ("prof", &["professor"]),
    ("rec", &["recommendation"]),
    ("recs", &["recommendations"]),
    ("ref", &["reference"]),
    ("appt", &["appointment"]),
    ("pt", &["patient"]),
    ("pts", &["patients"]),
];

/// Endings after an apostrophe, and the word they stand for.
const ENDINGS: &[(&str, &str)] = &[
    ("m", "am"),
    ("re", "are"),
    ("ve", "have"),
    ("ll", "will"),
    ("d", "would"),
];

/// Most characters read as one word or address.
const LONGEST_WORD: usize = 400;

/// Words after which "'s" is "is".
const IS_BEFORE: &[&str] = &[
    "it", "that", "there", "what", "who", "where", "how", "he", "she", "here",
];

/// Returns the tokens of the text between two bytes.
pub(crate) fn tokens(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut found = Vec::with_capacity((to - from) / 5);
    let mut gap = Gap::None;
    let mut at = from;
    while at < to {
        let Some(c) = text[at..to].chars().next() else {
            break;
        };
        if !c.is_alphanumeric() {
            gap = gap.max(gap_of(c, text, at));
            at += c.len_utf8();
            continue;
        }
        let end = word_end(text, at, to);
        push(text, at, end, gap, &mut found);
        gap = Gap::None;
        at = end;
    }
    found
}

fn gap_of(c: char, text: &str, at: usize) -> Gap {
    match c {
        ';' => Gap::Wall,
        ',' | ':' | '(' | ')' | '[' | ']' | '–' | '—' | '"' | '“' | '”' | '…' | '.' | '?' | '!' => {
            Gap::Break
        }
        // A hyphen joins words unless blanks stand around it.
        '-' if text[..at].ends_with(' ') => Gap::Break,
        _ => Gap::None,
    }
}

/// Returns the end of the word that begins at `at`: letters and digits, inner
/// apostrophes, points and commas inside numbers, and whole addresses.
fn word_end(text: &str, at: usize, to: usize) -> usize {
    let rest = &text[at..to];
    // A run without blanks may be a whole text; no word is that long.
    let run = rest
        .char_indices()
        .take(LONGEST_WORD)
        .find(|(_, c)| c.is_whitespace())
        .map_or_else(
            || {
                rest.char_indices()
                    .nth(LONGEST_WORD)
                    .map_or(rest.len(), |(i, _)| i)
            },
            |(i, _)| i,
        );
    let chunk = &rest[..run];
    if is_address(chunk) {
        return at
            + chunk
                .trim_end_matches(['.', ',', ';', ')', '>', '!', '?'])
                .len();
    }
    let mut end = 0;
    let mut chars = chunk.char_indices().peekable();
    let mut previous = ' ';
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = c.is_alphanumeric()
            || domain_mark(c)
            || (is_minute_mark(c)
                && matches!(i, 1 | 2)
                && chunk.as_bytes()[..i].iter().all(u8::is_ascii_digit)
                && !next.is_some_and(char::is_alphanumeric))
            || (is_apostrophe(c) && next.is_some_and(char::is_alphabetic))
            || (matches!(c, '.' | ',')
                && previous.is_ascii_digit()
                && next.is_some_and(|c| c.is_ascii_digit()));
        if !inside {
            break;
        }
        end = i + c.len_utf8();
        previous = c;
    }
    at + end.max(chunk.chars().next().map_or(1, char::len_utf8))
}

/// Returns whether a sign behind a number may stand for minutes: "15'".
fn is_minute_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '′')
}

fn domain_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// Returns whether a run without blanks is a page or mailbox.
pub(crate) fn is_address(chunk: &str) -> bool {
    chunk.starts_with("http://")
        || chunk.starts_with("https://")
        || chunk.starts_with("www.")
        || chunk
            .find('@')
            .is_some_and(|i| i > 0 && chunk[i..].contains('.'))
}

/// Short forms of two letters; other pairs of capitals may be somebody's initials.
const PAIRS: &[&str] = &[
    "AI", "AV", "CT", "ED", "ER", "GI", "IR", "IV", "MR", "OR", "PE", "PV", "RF", "US",
];

fn is_acronym(raw: &str) -> bool {
    // A longer word in capitals is shouted.
    (3..=4).contains(&raw.len())
        && raw
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        || PAIRS.contains(&raw)
}

fn push(text: &str, start: usize, end: usize, gap: Gap, found: &mut Vec<Token>) {
    let raw = &text[start..end];
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let folded = if raw.is_ascii() {
        raw.to_ascii_lowercase()
    } else {
        fold(raw)
    };
    let acronym = is_acronym(raw);
    let mut add = |word: &str, before: Gap| {
        found.push(Token {
            word: word.to_owned(),
            start,
            end,
            capital,
            acronym,
            before,
        });
    };
    if let Some(number) = folded.strip_suffix(is_minute_mark) {
        add(number, gap);
        add("minutes", Gap::None);
        return;
    }
    if let Some((_, words)) = SHORT_FORMS.iter().find(|(short, _)| *short == folded) {
        // "PT" and "Rec" in capitals are other things.
        if !(raw.len() > 1 && raw.chars().all(char::is_uppercase)) || raw == "U" {
            for (i, word) in words.iter().enumerate() {
                add(word, if i == 0 { gap } else { Gap::None });
            }
            return;
        }
    }
    if let Some((stem, ending)) = folded.rsplit_once('\'') {
        if ending == "t" && stem.ends_with('n') {
            let verb = match stem {
                "won" => "will",
                "can" => "can",
                "shan" => "shall",
                other => other.strip_suffix('n').unwrap_or(other),
            };
            add(verb, gap);
            add("not", Gap::None);
            return;
        }
        if let Some((_, word)) = ENDINGS.iter().find(|(e, _)| *e == ending) {
            add(stem, gap);
            add(word, Gap::None);
            return;
        }
        if ending == "s" {
            add(stem, gap);
            if IS_BEFORE.contains(&stem) {
                add("is", Gap::None);
            }
            return;
        }
        // O'Brien and d'Avila are one word.
        add(&folded.replace('\'', ""), gap);
        return;
    }
    let lexicon = lexicon();
    // A capital letter in the middle of a sentence is a name, and no slip.
    let may_be_slip = !capital || opens_sentence(text, start);
    let slip = if may_be_slip && !lexicon.sets_of(&folded, |_| {}) {
        lexicon.slip_of(&folded)
    } else {
        None
    };
    add(slip.unwrap_or(&folded), gap);
}

/// Returns whether the text before is empty or ends a sentence or line.
fn opens_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '"', '“', '(', '*', '-', '\t']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', ';'])
}
