//! Greeting, body and signature of a message.

use domain::fold;

use crate::{Channel, Message};

/// Longest line that can belong to a signature, in characters.
const SIGNATURE_COLUMNS: usize = 60;

/// Where the parts of a message are, in bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    /// The greeting, without its line break; `None` when there is none.
    pub(crate) greeting: Option<(usize, usize)>,
    /// What follows the greeting and precedes the signature.
    pub(crate) body: (usize, usize),
    /// The trailing short lines of an e-mail; empty elsewhere.
    pub(crate) signature: (usize, usize),
}

/// First words of a greeting, folded.
const OPENERS: &[&str] = &[
    "dear",
    "hello",
    "hi",
    "hey",
    "hiya",
    "respected",
    "greetings",
    "estimado",
    "estimada",
    "cher",
    "chere",
    "caro",
    "cara",
    "prezado",
    "prezada",
    "querido",
    "querida",
    "bonjour",
    "hola",
    "ola",
    "salut",
    "dearest",
    "hullo",
    "esteemed",
    "helo",
    "hallo",
    "bonsoir",
    "howdy",
    "buenos",
    "buenas",
    "namaste",
    "salaam",
    "assalamualaikum",
    "ciao",
    "deer",
    "dera",
    "gm",
    "honored",
    "honoured",
];

/// Titles that may open a greeting on their own.
const TITLES: &[&str] = &[
    "dr",
    "doctor",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "dra",
    "mx",
    "sir",
    "madam",
];

/// Returns the parts of a text.
pub(crate) fn parts(text: &str, message: &Message) -> Parts {
    let lines = non_empty_lines(text);
    let greeting = lines.first().and_then(|&(start, end)| {
        let line = &text[start..end];
        // What nobody gets opens with "Mr. Rao, …" as a sentence does.
        let is_sentence = message.channel.is_public() && opens_with_title(line);
        let n = greeting_end(line).filter(|_| !is_sentence)?;
        Some((start, start + n))
    });
    let body_start = greeting.map_or_else(|| lines.first().map_or(0, |l| l.0), |g| g.1);
    let mut signature_start = text.len();
    if message.channel == Channel::Email {
        for &(start, end) in lines.iter().rev() {
            let is_first = greeting.is_some_and(|g| g.0 == start);
            if is_first || text[start..end].chars().count() >= SIGNATURE_COLUMNS {
                break;
            }
            signature_start = start;
        }
    }
    let signature_start = signature_start.max(body_start);
    Parts {
        greeting,
        body: (body_start, signature_start),
        signature: (signature_start, text.len()),
    }
}

fn opens_with_title(line: &str) -> bool {
    let first = line.split(|c: char| !c.is_alphanumeric()).next();
    first.is_some_and(|word| TITLES.contains(&fold(word).as_str()))
}

fn non_empty_lines(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            found.push((start, start + trimmed.len()));
        }
        at += line.len() + 1;
    }
    found
}

/// Returns how many bytes of the first line are its greeting, if it has one.
///
/// A greeting that runs on into a sentence ends at its first comma, colon,
/// dash or exclamation mark.
fn greeting_end(line: &str) -> Option<usize> {
    let mut words = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':' | '!' | '-' | '–' | '—'))
        .filter(|w| !w.is_empty())
        .map(fold);
    let first = words.next()?;
    let second = words.next().unwrap_or_default();
    let opens = OPENERS.contains(&first.as_str())
        || (first == "good"
            && ["morning", "afternoon", "evening", "day"].contains(&second.as_str()))
        || (first == "goodmorning" || first == "goodafternoon" || first == "goodevening");
    let titled = TITLES.contains(&first.as_str());
    if !opens && !titled {
        return None;
    }
    let stop = greeting_stop(line, &first);
    if titled && !opens {
        // "Dr. Rao," is a greeting; "Dr. Rao sent me." is a sentence.
        let stop = stop.filter(|n| !line[..=*n].ends_with('.'))?;
        let n_words = line[..stop].split_whitespace().count();
        return (n_words <= 7).then_some(stop + 1);
    }
    match stop {
        Some(stop) => {
            // "Hello, Dr. Rao," and "Good morning, Dr. Rao." go on to the name.
            let rest = line[stop + 1..].trim_start();
            let next = rest
                .split(|c: char| c.is_whitespace() || c == '.')
                .next()
                .map(fold)
                .unwrap_or_default();
            if TITLES.contains(&next.as_str()) && line[..stop].split_whitespace().count() <= 2 {
                let from = line.len() - rest.len();
                let end = greeting_stop(rest, &next).map_or(line.len(), |n| from + n + 1);
                return Some(end);
            }
            Some(stop + 1)
        }
        None => Some(line.len()),
    }
}

/// Returns the byte at which a greeting stops, if punctuation stops it.
fn greeting_stop(line: &str, first: &str) -> Option<usize> {
    let abbreviation = |at: usize| {
        let word = line[..at]
            .rsplit(|c: char| c.is_whitespace() || c == '.' || c == '-')
            .next()
            .map(fold)
            .unwrap_or_default();
        word == first && TITLES.contains(&first)
            || [
                "dr", "prof", "mr", "mrs", "ms", "dra", "st", "jr", "sr", "ph", "m", "mx",
            ]
            .contains(&word.as_str())
            || word.chars().count() == 1
    };
    line.char_indices()
        .find_map(|(at, c)| match c {
            ',' => {
                // "Ferrand, MD," and "Ferrand, Jr.," go on to the suffix.
                let next = line[at + 1..].trim_start().to_lowercase();
                let suffix = [
                    "md", "jr", "sr", "iii", "ii", "phd", "m.d", "do,", "facr", "fsir",
                ]
                .iter()
                .any(|s| next.starts_with(s));
                (!suffix).then_some(at)
            }
            ':' | '!' | ';' | '—' | '–' | '?' => Some(at),
            '.' if !abbreviation(at) => Some(at),
            '-' if line[..at].ends_with(' ') => Some(at),
            _ => None,
        })
        .map(|at| {
            // The stop itself may be more than one byte.
            at + line[at..].chars().next().map_or(0, |c| c.len_utf8() - 1)
        })
}

#[cfg(test)]
mod tests {
    use super::greeting_end;

    fn check(line: &str, greeting: Option<&str>) {
        assert_eq!(greeting_end(line).map(|n| &line[..n]), greeting, "{line}");
    }

    #[test]
    fn a_greeting_ends_where_its_sentence_begins() {
        check("Dear Dr. Rao,", Some("Dear Dr. Rao,"));
        check("hello dr. Brzezinska,", Some("hello dr. Brzezinska,"));
        check("Dr. Rao, your talk was new to me.", Some("Dr. Rao,"));
        check("Dr. Rao sent me.", None);
        check(
            "Good morning, Dr. Rao. I am Solange.",
            Some("Good morning, Dr. Rao."),
        );
        check("I was in your Friday workshop.", None);
        check("To whom it may concern,", None);
        check(
            "Dear Dr. Núñez, Jr., thank you",
            Some("Dear Dr. Núñez, Jr.,"),
        );
        check("Hi Dr. Rao — a question", Some("Hi Dr. Rao —"));
        check("Dear Dr Rao", Some("Dear Dr Rao"));
    }
}
