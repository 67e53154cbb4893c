//! What was promised in a log line, and by when.

use domain::{Owner, fold};
use jiff::civil::Date;

use super::day::past_day;
use super::due::due_day;
use super::marked::is_clock_behind;
use super::no_day::{WhyNot, no_day, said};
use super::read::{PendingPromise, Reader, problem};
use super::token::Kind;

impl Reader<'_> {
    pub(super) fn read_promise(&mut self, i: usize, mut owner: Owner, value: Option<String>) {
        let mut end = i + 1;
        let mut what = value.clone();
        if what.is_none()
            && let Some(Kind::Quoted(text)) = self.tokens.get(end).map(|token| &token.kind)
        {
            what = Some(text.clone());
            end += 1;
        }
        let words: Vec<String> = self.tokens[end..]
            .iter()
            .map_while(|token| token.word().map(str::to_owned))
            .collect();
        let mut due = Vec::new();
        let mut n_more = 0;
        let what = match what {
            // Behind a quoted text only "by" and a day may follow.
            Some(what) => {
                if let Some((skip, n_words)) = due_phrase(&borrowed(&words), self.today) {
                    due = words[skip..n_words].to_vec();
                    end += n_words;
                }
                what
            }
            None => {
                let plain = borrowed(&words);
                let by = (0..words.len()).find_map(|i| {
                    let (skip, n_words) = due_phrase(&plain[i..], self.today)?;
                    (i + n_words == words.len()).then_some((i, skip))
                });
                if let Some((at, skip)) = by {
                    // "by Friday, 4 December" goes on behind the comma.
                    let reaching = self.words_from(end + at + skip);
                    let n_due = due_day(&reaching, self.today).map_or(0, |phrase| phrase.n_words);
                    n_more = n_due.saturating_sub(words.len() - at - skip);
                    due = reaching[..n_due]
                        .iter()
                        .map(|word| (*word).to_owned())
                        .collect();
                } else {
                    self.notice_no_due(&plain);
                }
                let n_what = by.map_or(words.len(), |(at, _)| at);
                let first = words.first().map(|word| word.to_lowercase());
                if matches!(first.as_deref(), Some("she" | "he" | "they")) {
                    owner = Owner::Person;
                }
                let what = self.text_of(end..end + n_what).to_owned();
                end += words.len() + n_more;
                what
            }
        };
        if what.trim().is_empty() {
            // Nothing to keep; the tag stays in the note, as an unknown one does.
            let would_do = "what was promised behind it, such as \"#promise read paper by Fri\"";
            let problem = problem("promise", "no words".to_owned(), would_do);
            self.out.problems.push(problem);
            return;
        }
        for used in &mut self.used[i..end] {
            *used = true;
        }
        let span = self.tokens[i].span.start..self.tokens[end - 1].span.end;
        self.promises.push(PendingPromise {
            owner,
            what,
            due,
            span,
        });
    }

    /// Says that a promise's day is none, where "by" and such a day end it.
    fn notice_no_due(&mut self, words: &[&str]) {
        let leads = |word: &&str| matches!(fold(word).as_str(), "by" | "until" | "till" | "before");
        let Some(at) = words.iter().rposition(leads) else {
            return;
        };
        let rest = &words[at + 1..];
        let no_day = no_day(rest, self.today, true);
        let why =
            if let Some(found) = no_day.filter(|found| is_clock_behind(&rest[found.n_words..])) {
                match found.why {
                    WhyNot::ToCome => return,
                    why => why.in_words().0,
                }
            } else if let Some(phrase) = past_day(rest, self.today, true)
                && is_clock_behind(&rest[phrase.n_words..])
            {
                "which has been".to_owned()
            } else if rest.first().is_some_and(|word| is_holiday(word)) && rest.len() <= 2 {
                "whose day is not known here".to_owned()
            } else if let Some(why) = self.event_due(rest) {
                why
            } else {
                return;
            };
        let found = format!("\"{}\", {why}", said(rest));
        let problem = problem("promise", found, "a day such as \"by 3 Mar\"");
        self.out.problems.push(problem);
    }
}

impl Reader<'_> {
    /// Returns why the name of a conference is no day: "by SIR".
    fn event_due(&self, words: &[&str]) -> Option<String> {
        let ([name] | [name, _]) = words else {
            return None;
        };
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let key = fold(bare);
        let editions = self.names.events().iter().filter(|m| fold(&m.name) == key);
        let next = editions
            .clone()
            .filter(|event| event.first_day >= self.today)
            .min_by_key(|event| event.first_day);
        if let Some(next) = next {
            let day = next.first_day.strftime("%-d %b %Y");
            return Some(format!("which begins on {day}"));
        }
        let is_letters = bare.len() > 2 && bare.chars().all(|c| c.is_ascii_uppercase());
        (is_letters || editions.count() > 0).then(|| "whose day is not known here".to_owned())
    }
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Returns whether a word names a day that moves or that Vouch does not know.
fn is_holiday(word: &str) -> bool {
    matches!(
        fold(word).as_str(),
        "christmas" | "xmas" | "easter" | "thanksgiving" | "new" | "holidays"
    )
}

/// Returns how many words stand before the day, and how many are it together:
/// "by" or "until" and a day, or a day that tells by itself that it lies ahead.
pub(super) fn due_phrase(words: &[&str], today: Date) -> Option<(usize, usize)> {
    let skip = match fold(words.first()?).as_str() {
        "by" | "until" | "till" => 1,
        "in" | "within" | "before" | "on" | "tomorrow" | "tonight" | "next" | "this" => 0,
        _ => return None,
    };
    due_day(&words[skip..], today).map(|phrase| (skip, phrase.n_words + skip))
}
