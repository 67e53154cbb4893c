//! What a message promises, and by when.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::analysis::{Analysis, Part, Sentence, measures};
use crate::{Message, Settings};

/// Something that the sender says they will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What, in the message's own words, from the verb on ("read it this week").
    pub what: String,
    /// By when, where the sentence tells.
    pub due: Option<Date>,
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

/// Verbs of deeds that somebody can wait for. "I will be glad" promises nothing.
const DEEDS: &[&str] = &[
    "add",
    "arrange",
    "ask",
    "bring",
    "call",
    "check",
    "collect",
    "complete",
    "deliver",
    "draft",
    "email",
    "enter",
    "extract",
    "fill",
    "finish",
    "follow",
    "forward",
    "get",
    "give",
    "have",
    "hand",
    "let",
    "look",
    "mail",
    "make",
    "post",
    "prepare",
    "present",
    "proofread",
    "provide",
    "read",
    "register",
    "reply",
    "report",
    "return",
    "review",
    "revise",
    "rewrite",
    "ring",
    "screen",
    "send",
    "share",
    "submit",
    "summarise",
    "summarize",
    "take",
    "tell",
    "transcribe",
    "translate",
    "try",
    "update",
    "upload",
    "watch",
    "write",
];

/// Words that may stand between "will" and the deed.
const BETWEEN: &[&str] = &[
    "also",
    "certainly",
    "definitely",
    "gladly",
    "happily",
    "now",
    "then",
    "and",
    "first",
    "of",
    "course",
    "surely",
];

/// Words of a condition: what hangs on it is an offer, not a promise.
const CONDITIONS: &[&str] = &["if", "unless", "whenever", "should"];

/// Longest wording that is kept, in characters.
const WHAT_MAX: usize = 90;

/// Returns what the sender promises, in the order of the text.
///
/// A day is read from the sentence, seen from the day of writing: "by Friday",
/// "this week" (its Friday), "this month" (its last day).
pub fn promises(message: &Message) -> Vec<Promise> {
    let settings = Settings::default();
    let analysis = Analysis::new(message, &settings);
    analysis
        .sentences
        .iter()
        .filter(|s| s.part != Part::Greeting && !s.is_question && !s.is_forward)
        .filter_map(|s| promise(s, &analysis.text, message.context.date))
        .collect()
}

fn promise(sentence: &Sentence, text: &str, today: Date) -> Option<Promise> {
    let word = |i: usize| sentence.tokens.get(i).map_or("", |t| t.word.as_str());
    let is_quoted = |i: usize| i < 128 && sentence.quoted & (1 << i) != 0;
    let due = due(sentence, text, today);
    let deed = (0..sentence.tokens.len()).find_map(|i| {
        if word(i) != "i" || is_quoted(i) {
            return None;
        }
        let mut at = match (word(i + 1), word(i + 2), word(i + 3)) {
            ("will" | "wil" | "shall", _, _) => i + 2,
            ("promise", "to", _) => i + 3,
            ("am", "going", "to") => i + 4,
            // A plan with a day can be waited for, one without cannot.
            ("plan" | "intend" | "mean", "to", _) if due.is_some() => i + 3,
            _ => return None,
        };
        while BETWEEN.contains(&word(at)) {
            at += 1;
        }
        let is_deed = DEEDS.contains(&word(at));
        // "I will have to miss it" and "I will have a question" are no deeds.
        let owned = word(at) == "have" && matches!(word(at + 1), "to" | "a" | "no" | "many");
        let conditional = (0..i).any(|n| CONDITIONS.contains(&word(n)));
        (is_deed && !owned && !conditional).then_some(at)
    });
    let deed = deed.or_else(|| due.and_then(|_| thing_to_come(sentence)))?;
    let start = sentence.tokens[deed].start;
    let end = sentence.tokens.last().map_or(sentence.end, |t| t.end);
    if sentence.tokens[deed..].iter().any(|t| t.word == "if") {
        return None;
    }
    let what = shortened(text.get(start..end)?);
    Some(Promise {
        what,
        due,
        start,
        end,
    })
}

/// Returns where a thing of the sender's stands that is to come on a day: "you
/// will have my list by Monday", "my notes follow by Friday".
fn thing_to_come(sentence: &Sentence) -> Option<usize> {
    let word = |i: usize| sentence.tokens.get(i).map_or("", |t| t.word.as_str());
    (0..sentence.tokens.len()).find(|&i| {
        let is_quoted = i < 128 && sentence.quoted & (1 << i) != 0;
        if word(i) != "my" || is_quoted || (0..i).any(|n| CONDITIONS.contains(&word(n))) {
            return false;
        }
        let is_given = i >= 3
            && word(i - 3) == "you"
            && matches!(word(i - 2), "will" | "wil" | "shall")
            && matches!(word(i - 1), "have" | "get" | "receive");
        let follows = (i + 2..i + 5).any(|at| {
            matches!(word(at), "follow" | "follows") && !matches!(word(at - 1), "to" | "not")
        });
        // "Expect my draft on Thursday."
        let is_expected = i > 0 && word(i - 1) == "expect" && (i == 1 || word(i - 2) == "please");
        is_given || follows || is_expected
    })
}

fn shortened(words: &str) -> String {
    let mut kept = String::new();
    for word in words.split_whitespace() {
        if !kept.is_empty() && kept.chars().count() + word.chars().count() >= WHAT_MAX {
            kept.push('…');
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

fn due(sentence: &Sentence, text: &str, today: Date) -> Option<Date> {
    let pair = |first: &str, second: &str| {
        sentence
            .tokens
            .windows(2)
            .any(|w| w[0].word == first && w[1].word == second)
    };
    if pair("this", "week") {
        return Some(end_of_week(today));
    }
    if pair("this", "weekend") {
        return (0..7).find_map(|n| {
            let day = today.checked_add(n.days()).ok()?;
            (day.weekday() == Weekday::Sunday).then_some(day)
        });
    }
    let end_of = |what: &str| {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.word.as_str()).collect();
        let is_end = |w: &[&str]| w[..2] == ["end", "of"] && w[2..].contains(&what);
        words.windows(4).any(&is_end) || words.windows(3).any(is_end)
    };
    if pair("this", "month") || end_of("month") {
        return Some(today.last_of_month());
    }
    if end_of("week") {
        return Some(end_of_week(today));
    }
    measures::dates(sentence, text, today)
        .into_iter()
        .filter(|day| *day >= today)
        .min()
}

/// Returns the Friday of the week, or its Sunday where Friday is past.
fn end_of_week(today: Date) -> Date {
    let monday_offset = i64::from(today.weekday().to_monday_zero_offset());
    let last = if monday_offset > 4 { 6 } else { 4 };
    today.saturating_add((last - monday_offset).days())
}
