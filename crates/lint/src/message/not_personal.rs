//! not-personal: a text that would fit any colleague of the recipient

use domain::fold_key;

use crate::analysis::{Analysis, GENERIC_SCHOOL_WORDS, Gap, Part, Sentence};
use crate::rule::Hit;
use crate::{Channel, Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "not-personal",
        level: Level::Warn,
        why: "A detail that only this reader has shows that the letter was written to them.",
        source: &["S-173", "S-172", "S-074"],
        scope: "first contact by e-mail or LinkedIn note",
        flags: &[Example::plain("Your outstanding lectures inspire us.")],
        allows: &[
            Example::plain("Your night float panel changed how I plan my week."),
            Example::plain("How do you read at night at Tallgrass?"),
            Example::with("channel=spoken", "Hello."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let message = a.message;
    if !message.is_first_contact()
        || !matches!(message.channel, Channel::Email | Channel::LinkedinNote)
    {
        return;
    }
    if !is_personal(a) {
        hits.push(Hit::whole(
            "would fit any colleague of this person; name one thing that is theirs, in a sentence with \"you\"",
        ));
    }
}

/// Words that are said of anybody.
const GENERIC: &[&str] = &[
    "graduate",
    "student",
    "resident",
    "attending",
    "fellow",
    "program",
    "website",
    "page",
    "list",
    "found",
    "talk",
    "lecture",
    "session",
    "paper",
    "article",
    "post",
    "thread",
    "work",
    "school",
    "medicine",
    "medical",
    "hospital",
    "evening",
    "meeting",
    "with",
    "from",
    "that",
    "this",
    "about",
    "their",
    "they",
    "have",
    "into",
    "were",
    "your",
    "when",
    "what",
    "which",
    "for",
    "and",
    "the",
];

/// Letters of a word that are compared.
const BEGINNING: usize = 6;

/// Returns whether a sentence with "you" holds a detail of the recipient: a word
/// of the known facts, an acronym of them, or the name of the institution.
pub(super) fn is_personal(a: &Analysis<'_>) -> bool {
    let institution = &a.message.recipient.institution;
    let details = Details::of_facts(a).and_of_institution(institution);
    a.sentences
        .iter()
        .any(|sentence| details.are_in(sentence, a))
}

/// Returns whether the sender tells of something of the recipient's that they
/// know: a word of the known facts with "your", where nothing is asked.
pub(super) fn tells_of_their_work(a: &Analysis<'_>) -> bool {
    let details = Details::of_facts(a);
    a.sentences.iter().enumerate().any(|(i, sentence)| {
        sentence.part == Part::Body
            && !sentence.is_question
            && sentence.tokens.iter().any(|t| t.word == "your")
            && details.are_in(sentence, a)
            && !a.sentence_has(i, "ask-any")
    })
}

/// What is the recipient's own: beginnings of words, and acronyms.
struct Details {
    /// Words that are said of anybody, or belong to the event or the sender.
    left_out: Vec<String>,
    words: Vec<String>,
    acronyms: Vec<String>,
}

/// Words in the names of institutions that tell none of them.
const GENERIC_INSTITUTION_WORDS: &[&str] = &[
    "hospital",
    "center",
    "centre",
    "clinic",
    "general",
    "system",
    "st",
    "saint",
    "for",
    "regional",
    "memorial",
    "community",
];

impl Details {
    /// Collects the words of the known facts.
    fn of_facts(a: &Analysis<'_>) -> Self {
        let message = a.message;
        let mut left_out: Vec<String> = GENERIC.iter().map(|w| (*w).to_owned()).collect();
        for text in [&message.context.event, &message.sender.school] {
            left_out.extend(fold_key(text).split(' ').map(str::to_owned));
        }
        let mut details = Self {
            left_out,
            words: Vec::new(),
            acronyms: Vec::new(),
        };
        for fact in &message.recipient.facts {
            details.add_fact(fact);
        }
        details
    }

    /// Adds the words of the institution's name.
    fn and_of_institution(mut self, name: &str) -> Self {
        for word in fold_key(name).split(' ') {
            let tells_none =
                GENERIC_SCHOOL_WORDS.contains(&word) || GENERIC_INSTITUTION_WORDS.contains(&word);
            if word.chars().count() >= 3 && !tells_none && !self.is_generic(word) {
                self.words.push(beginning(word));
            }
        }
        self
    }

    fn add_fact(&mut self, fact: &str) {
        let all = fold_key(fact);
        let all: Vec<&str> = all.split(' ').filter(|w| !w.is_empty()).collect();
        for word in &all {
            let long = word.chars().count() >= 4 || word.chars().any(|c| c.is_ascii_digit());
            if long && !self.is_generic(word) {
                self.words.push(beginning(word));
            }
        }
        for n in 3..=4 {
            for run in all.windows(n) {
                if !run.iter().all(|word| self.is_generic(word)) {
                    let initials = run.iter().filter_map(|w| w.chars().next());
                    self.acronyms.push(initials.collect());
                }
            }
        }
        // A short acronym of the fact itself, such as UFE, is a detail too.
        for raw in fact.split(|c: char| !c.is_alphanumeric()) {
            let short = fold_key(raw);
            let is_short = raw.len() >= 2
                && raw.chars().any(char::is_uppercase)
                && raw.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
            if is_short && !self.is_generic(&short) {
                self.acronyms.push(short);
            }
        }
    }

    /// Returns whether a word is no detail; "SIR27" is the meeting "SIR 2027" as well.
    fn is_generic(&self, word: &str) -> bool {
        let is_left_out = |word: &str| {
            self.left_out.iter().any(|w| {
                w == word || word.strip_suffix('s') == Some(w) || w.strip_suffix('s') == Some(word)
            })
        };
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        is_left_out(word) || !name.is_empty() && is_left_out(name)
    }

    /// Returns whether a sentence with "you" holds one of them.
    fn are_in(&self, sentence: &Sentence, a: &Analysis<'_>) -> bool {
        let says_you = sentence
            .tokens
            .iter()
            .any(|t| matches!(t.word.as_str(), "you" | "your" | "yours"));
        if sentence.part == Part::Greeting || !says_you {
            return false;
        }
        let raw = fold_key(&without_own_plans(sentence, &a.text));
        raw.split(' ').any(|w| {
            self.words.contains(&beginning(w)) && !self.is_generic(w)
                || self.acronyms.iter().any(|x| x == w)
        })
    }
}

/// Words by which somebody tells what they are about to do.
const PLANS: &[&str] = &[
    "plan",
    "planning",
    "intend",
    "prepare",
    "preparing",
    "organise",
    "organize",
    "organising",
    "organizing",
    "start",
    "starting",
    "will",
    "shall",
    "going",
];

/// Returns the text of a sentence without the clauses in which the sender tells
/// of plans and does not speak of the reader.
fn without_own_plans(sentence: &Sentence, text: &str) -> String {
    let mut rest = String::with_capacity(sentence.end - sentence.start);
    let clauses = sentence.tokens.chunk_by(|_, next| next.before == Gap::None);
    for clause in clauses {
        let words: Vec<&str> = clause.iter().map(|token| token.word.as_str()).collect();
        let plans = words.iter().enumerate().any(|(i, word)| {
            let next = &words[i + 1..words.len().min(i + 3)];
            matches!(*word, "i" | "we") && next.iter().any(|word| PLANS.contains(word))
        });
        if !plans || words.iter().any(|w| matches!(*w, "you" | "your" | "yours")) {
            rest.push_str(&text[clause[0].start..clause[clause.len() - 1].end]);
            rest.push(' ');
        }
    }
    rest
}

fn beginning(word: &str) -> String {
    word.chars().take(BEGINNING).collect()
}
