//! wrong-name: the greeting does not carry the title and surname of the record.

use domain::fold;

use super::missing_salutation::blank_in_first_line;
use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Channel, Example, Level, Meta, Relationship, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "wrong-name",
        level: Level::Error,
        why: "A wrong name or title is the first thing that is noticed, and often the last thing \
              that is read.",
        source: &["S-218"],
        scope: "e-mail; notes and spoken cards that open with a title and name",
        flags: &[
            Example::with("name=Ola Brzezinska", "Dear Mrs. Brzezinska,\n\nHello."),
            Example::plain("Dear Dr. Ochoa,\n\nHello."),
            Example::plain("Dear Nils,\n\nHello."),
            Example::plain("Dear Dr. Ferand-Ochoa,\n\nHello."),
            Example::plain("Dear Sir,\n\nHello."),
            Example::with("channel=spoken", "Dr. Rao, one question about your talk."),
        ],
        allows: &[
            Example::with(
                "name=Lucía de la Peña Ibáñez",
                "Dear Dr Pena Ibanez,\n\nHello.",
            ),
            Example::plain("Dear Doctor Nils Ferrand-Ochoa,\n\nHello."),
            Example::with("name=Aoife O’Brien, III, MD", "Hi Dr. O'Brien,\n\nHello."),
            Example::with("to=mentor; greet=Nils", "Dear Nils,\n\nHello."),
            Example::plain("Dear Dr. [surname],\n\nHello."),
            Example::with(
                "channel=linkedin-note",
                "Your panel on night float helped me.",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let message = a.message;
    let Some((start, end)) = a.parts.greeting else {
        return;
    };
    if message.recipient.role == "audience" || blank_in_first_line(a) {
        return;
    }
    let greeting = Greeting::read(&a.text[start..end]);
    let applies = match message.channel {
        Channel::Email => true,
        Channel::LinkedinNote | Channel::Spoken => {
            !greeting.titles.is_empty() && !greeting.names.is_empty()
        }
        Channel::Post | Channel::XPost => false,
    };
    if !applies {
        return;
    }
    let recipient = &message.recipient;
    let wanted = name_words(&recipient.name);
    if wanted.is_empty() {
        return;
    }
    if recipient.relationship != Relationship::Stranger
        && !recipient.greet_as.trim().is_empty()
        && greeting.is_addressed_as(&recipient.greet_as)
    {
        return;
    }
    let title_fits = match title_key(&recipient.title) {
        Some(title) => greeting.titles.contains(&title),
        // Without a title in the record, none can be required.
        None => true,
    };
    let name_fits = names_fit(&greeting.names, &wanted);
    if title_fits && name_fits {
        return;
    }
    let surname = display_surname(&recipient.name);
    let right = format!("{} {surname}", recipient.title);
    hits.push(Hit::at(
        (start, end),
        format!(
            "the greeting reads \"{}\"; the record says \"{}\"",
            a.text[start..end].trim(),
            right.trim()
        ),
    ));
}

/// A greeting taken apart.
struct Greeting {
    titles: Vec<&'static str>,
    names: Vec<String>,
}

impl Greeting {
    fn read(text: &str) -> Self {
        let text = text.trim_end_matches([',', ':', '!', '.', ';', '-', '–', '—', ' ', '?']);
        let text = without_postnominals(text);
        let mut words: Vec<String> = text
            .split([' ', '\t', ',', '\u{a0}'])
            .filter(|w| !w.is_empty())
            .map(|w| fold(w.trim_matches(['.', '!', ':', ';', '(', ')'])))
            .filter(|w| !w.is_empty())
            .flat_map(split_title)
            .collect();
        let n_openers = words
            .iter()
            .take_while(|w| OPENERS.contains(&w.as_str()))
            .count();
        words.drain(..n_openers);
        // "Dear Prof. Dr. Rao" carries two titles, and either may be the record's.
        let titles: Vec<&'static str> = words.iter().map_while(|w| title_key(w)).collect();
        let names = words.split_off(titles.len());
        Self { titles, names }
    }

    fn is_addressed_as(&self, greet_as: &str) -> bool {
        let other = Self::read(greet_as);
        self.names == other.names && (other.titles.is_empty() || self.titles == other.titles)
    }
}

/// Takes "Dr.Rao" apart.
fn split_title(word: String) -> Vec<String> {
    match word.split_once('.') {
        Some((title, rest)) if title_key(title).is_some() && !rest.is_empty() => {
            vec![title.to_owned(), rest.to_owned()]
        }
        _ => vec![word],
    }
}

const OPENERS: &[&str] = &[
    "dear",
    "hello",
    "hi",
    "hey",
    "hiya",
    "respected",
    "greetings",
    "good",
    "morning",
    "afternoon",
    "evening",
    "day",
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
    "to",
    "there",
    "my",
    "dearest",
    "most",
    "hullo",
    "esteemed",
    "helo",
    "hallo",
    "bonsoir",
    "and",
    "buenos",
    "buenas",
    "dias",
    "tardes",
    "noches",
    "the",
    "honorable",
    "ciao",
    "howdy",
    "goodmorning",
    "goodafternoon",
    "goodevening",
];

/// Returns one word for every spelling of a title.
fn title_key(word: &str) -> Option<&'static str> {
    Some(match fold(word).trim_end_matches('.') {
        "dr" | "doctor" | "dra" | "doctora" | "docteur" | "doutor" | "doutora" => "dr",
        "prof" | "professor" | "profesor" | "profesora" | "professeur" | "professora" => "prof",
        "mr" | "mister" | "sir" | "senor" | "sr" | "monsieur" | "senhor" => "mr",
        "mrs" | "senora" | "sra" | "madame" | "mme" => "mrs",
        "ms" => "ms",
        "miss" => "miss",
        "mx" => "mx",
        "madam" | "maam" | "ma'am" => "madam",
        _ => return None,
    })
}

/// Suffixes and degrees that are no part of the surname, without full stops.
const POSTNOMINALS: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "md", "do", "mbbs", "mbchb", "mph", "phd", "msc", "mba", "mha",
    "fsir", "facr", "frcr", "frcpc", "ebir", "facs", "ma", "ms", "bsc", "rn", "np", "pa", "dphil",
    "mhs", "mpp", "esq",
];

fn is_postnominal(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    POSTNOMINALS.contains(&bare.as_str())
}

/// Drops suffixes and degrees from the end.
fn without_postnominals(text: &str) -> String {
    let mut words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|w| is_postnominal(&fold(w))) {
        words.pop();
    }
    words.join(" ")
}

fn name_words(name: &str) -> Vec<String> {
    without_postnominals(name)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(|w| fold(w.trim_matches('.')))
        .filter(|w| title_key(w).is_none())
        .collect()
}

/// Returns the last word of a name, suffixes dropped, as it is written.
pub(crate) fn display_surname(name: &str) -> String {
    let words = without_postnominals(name);
    words.rsplit(' ').next().unwrap_or(name).to_owned()
}

/// Returns whether the names of a greeting are the end of the full name: the
/// last word is needed, what stands before it may be left out.
fn names_fit(given: &[String], full: &[String]) -> bool {
    let Some((last, before)) = given.split_last() else {
        return false;
    };
    let Some((surname, earlier)) = full.split_last() else {
        return false;
    };
    // "Ferrand Ochoa" is "Ferrand-Ochoa" without its hyphen.
    let joined = before.last().map(|w| format!("{w}-{last}"));
    if joined.as_ref() == Some(surname) {
        return names_fit(
            &[&before[..before.len() - 1], std::slice::from_ref(surname)].concat(),
            full,
        );
    }
    if last != surname {
        return false;
    }
    // Every other word of the greeting stands in the full name, in order.
    let mut rest = earlier.iter();
    before.iter().all(|word| {
        rest.any(|w| w == word || (word.chars().count() == 1 && w.starts_with(word.as_str())))
    })
}
