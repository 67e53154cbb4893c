//! What can be counted in a message: lines, words, questions, minutes asked for.

use unicode_normalization::UnicodeNormalization;

use crate::analysis::{Analysis, Part, measures};
use crate::message::reading_grade;
use crate::{Message, Settings};

/// Words spoken in a minute at a calm pace. A choice of ours.
pub const SPOKEN_WORDS_A_MINUTE: usize = 130;

/// What can be counted in a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Lines of 72 columns, greeting and signature counted, blank lines not.
    pub n_lines: usize,
    /// Words.
    pub n_words: usize,
    /// Characters; an accented letter is one, however it is written.
    pub n_chars: usize,
    /// Sentences that end in a question mark.
    pub n_questions: usize,
    /// Flesch-Kincaid grade of the body; `None` where it is too short to measure.
    pub reading_grade: Option<f64>,
    /// The longest meeting asked for, in minutes, where one is asked for.
    pub asked_minutes: Option<f64>,
    /// How long it takes to say it, in seconds.
    pub spoken_seconds: usize,
    /// Whether it asks for anything.
    pub asks: bool,
}

/// Returns what can be counted in a message.
pub fn measures(message: &Message) -> Measures {
    let settings = Settings::default();
    let analysis = Analysis::new(message, &settings);
    let n_words = message.text.split_whitespace().count();
    let asked_minutes = analysis
        .requests_of("ask-meeting")
        .iter()
        .flat_map(|request| measures::minutes(&analysis.sentences[request.sentence]))
        .reduce(f64::max);
    Measures {
        n_lines: analysis.n_lines(),
        n_words,
        n_chars: message.text.nfc().count(),
        n_questions: analysis
            .sentences
            .iter()
            .filter(|s| s.is_question && !s.is_forward && s.part != Part::Greeting)
            .count(),
        reading_grade: reading_grade(&analysis),
        asked_minutes,
        spoken_seconds: (n_words * 60).div_ceil(SPOKEN_WORDS_A_MINUTE),
        asks: analysis.asks(),
    }
}
