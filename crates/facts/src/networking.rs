//! Evidence and the numbers that stand in `data/networking.toml`.

use serde::Deserialize;

use crate::load::LoadError;

/// A study, measurement or page that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Evidence {
    /// Its id, such as `E-001`.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// What it found, in our words.
    pub claim: String,
    /// Who found it.
    pub source: String,
    /// Where it was seen.
    pub url: String,
    /// More places where it was seen, if any.
    #[serde(default)]
    pub more: Option<String>,
    /// How good it is: A a peer-reviewed study, B an official body, C vendor
    /// data, D a secondary page, M our own small measurement, S the seed
    /// article, X a design choice.
    pub grade: String,
    /// What it does not say; empty when nothing is noted.
    #[serde(default)]
    pub caveat: String,
}

/// A lower and an upper bound, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Range {
    /// The lower bound.
    pub min: u32,
    /// The upper bound.
    pub max: u32,
}

impl Range {
    /// Returns whether the bounds include a number.
    pub fn contains(self, number: u32) -> bool {
        self.min <= number && number <= self.max
    }
}

/// A limit of characters that depends on the student's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharLimit {
    /// With a free account.
    pub basic: u32,
    /// With a paid account.
    pub premium: u32,
}

/// When two messages are the same text with another name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// Shared share of character 5-grams (Jaccard) from which to warn, 0 to 1.
    pub warn_at: f64,
    /// The same from which to refuse.
    pub error_at: f64,
    /// Length of the shingles for text the size of an e-mail, in characters.
    pub shingle_chars: u32,
}

/// The numbers that rules and reminders need; `None` where the data state none.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Lines of an e-mail at [`Limits::wrap_columns`], greeting and signature counted.
    pub email_lines: Range,
    /// Columns at which lines are counted.
    pub wrap_columns: u32,
    /// Words that drew replies to more than half of messages (E-001).
    pub words_good: Range,
    /// The best band of words (E-002).
    pub words_best: Range,
    /// Direct questions in one message.
    pub questions: Range,
    /// Words of a subject line that drew most replies.
    pub subject_words_best: Range,
    /// Best reading grade (Flesch-Kincaid); advice only.
    pub reading_grade_best: u32,
    /// Characters of a LinkedIn connection note.
    pub linkedin_note_chars: CharLimit,
    /// When two messages are too much alike.
    pub similarity: Similarity,
    /// Minutes of a call with an alumna or alumnus.
    pub alumni_call_minutes: u32,
    /// Minutes of a call with a resident.
    pub resident_call_minutes: Range,
    /// Minutes with a mentor.
    pub mentor_minutes: Range,
    /// Minutes of a meeting asked for before a conference.
    pub preconference_slot_minutes: Range,
    /// E-mails to send before a conference.
    pub preconference_emails: Range,
    /// Days after an interaction for the follow-up: best by `min`, late after `max`.
    pub conference_followup_days: Range,
    /// Months of contact before a favour is asked.
    pub contact_before_favour_months: Range,
    /// Months of acquaintance that a letter writer should have had.
    pub letter_acquaintance_months: Range,
    /// Weeks of notice for a letter writer.
    pub letter_notice_weeks: Range,
    /// Days before the agreed deadline on which to remind the writer.
    pub letter_reminder_days: u32,
    /// Letters that a program takes.
    pub letters_per_program: Range,
    /// Days between check-ins with a mentor, our reading of "every couple of months".
    pub mentor_checkin_days: u32,
    /// Fewest days before the first reminder of an unanswered message.
    pub first_nudge_min_days: u32,
    /// Most reminders of one message.
    pub max_followups: u32,
    /// Days to wait for a physician; a design choice (grade X).
    pub physician_nudge_days: u32,
    /// Half-life of a tie outside one's circle, in days; a derived bound (grade X).
    pub half_life_bridge_days: u32,
}

#[derive(Deserialize)]
struct Document {
    rules: Rules,
    lint: Lint,
    similarity: SimilarityTable,
    cadence: Cadence,
    tie: Tie,
    letters: Letters,
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Rules {
    conference_followup: Days,
    cold_email_lines: Range,
    preconference_emails: Range,
    preconference_slot_minutes: Range,
    alumni_call_minutes: Value,
    resident_call_minutes: Range,
    mentor_interaction_minutes: Range,
    contact_before_favour: Months,
    letter_acquaintance: Acquaintance,
    mentor_checkin: Checkin,
}

#[derive(Deserialize)]
struct Days {
    min_days: u32,
    max_days: u32,
}

#[derive(Deserialize)]
struct Months {
    min_months: u32,
    max_months: u32,
}

#[derive(Deserialize)]
struct Acquaintance {
    more_than_months_low: u32,
    more_than_months_high: u32,
}

#[derive(Deserialize)]
struct Checkin {
    proposed_days: u32,
}

#[derive(Deserialize)]
struct Value {
    value: u32,
}

#[derive(Deserialize)]
struct Lint {
    lines: Wrap,
    words: Words,
    reading_grade: Grade,
    questions: Range,
    subject: Subject,
    channel: Channels,
}

#[derive(Deserialize)]
struct Wrap {
    wrap_columns: u32,
}

#[derive(Deserialize)]
struct Words {
    good_min: u32,
    good_max: u32,
    best_min: u32,
    best_max: u32,
}

#[derive(Deserialize)]
struct Grade {
    best_grade: u32,
}

#[derive(Deserialize)]
struct Subject {
    words_best_min: u32,
    words_best_max: u32,
}

#[derive(Deserialize)]
struct Channels {
    linkedin_note: Note,
}

#[derive(Deserialize)]
struct Note {
    basic_chars: u32,
    premium_chars: u32,
}

#[derive(Deserialize)]
struct SimilarityTable {
    shingle: String,
    warn_at: f64,
    error_at: f64,
}

#[derive(Deserialize)]
struct Cadence {
    nudge: Nudge,
}

#[derive(Deserialize)]
struct Nudge {
    first_nudge_min_days: u32,
    max_followups: u32,
    physician_default_days: u32,
}

#[derive(Deserialize)]
struct Tie {
    half_life_bridge_days: u32,
}

#[derive(Deserialize)]
struct Letters {
    per_program_required: u32,
    per_program_max: u32,
    writer_notice_weeks: Range,
    reminder_days_before_agreed_deadline: u32,
}

/// Puts the other's words where a caveat is that of another piece: "as E-001".
fn write_out_caveats(evidence: &mut [Evidence]) {
    for i in 0..evidence.len() {
        let id = evidence[i].caveat.strip_prefix("as ");
        let other = id.and_then(|id| evidence.iter().find(|other| other.id == id));
        if let Some(caveat) = other.map(|other| other.caveat.clone()) {
            evidence[i].caveat = caveat;
        }
    }
}

/// Returns the evidence and the limits of the document.
pub(crate) fn load(text: &str) -> Result<(Vec<Evidence>, Limits), LoadError> {
    let document: Document = toml::from_str(text).map_err(|source| LoadError::Document {
        document: "networking.toml",
        source,
    })?;
    let Document {
        rules,
        lint,
        similarity,
        cadence,
        tie,
        letters,
        mut evidence,
    } = document;
    write_out_caveats(&mut evidence);
    let range = |min, max| Range { min, max };
    let limits = Limits {
        email_lines: rules.cold_email_lines,
        wrap_columns: lint.lines.wrap_columns,
        words_good: range(lint.words.good_min, lint.words.good_max),
        words_best: range(lint.words.best_min, lint.words.best_max),
        questions: lint.questions,
        subject_words_best: range(lint.subject.words_best_min, lint.subject.words_best_max),
        reading_grade_best: lint.reading_grade.best_grade,
        linkedin_note_chars: CharLimit {
            basic: lint.channel.linkedin_note.basic_chars,
            premium: lint.channel.linkedin_note.premium_chars,
        },
        similarity: Similarity {
            warn_at: similarity.warn_at,
            error_at: similarity.error_at,
            shingle_chars: shingle_chars(&similarity.shingle)?,
        },
        alumni_call_minutes: rules.alumni_call_minutes.value,
        resident_call_minutes: rules.resident_call_minutes,
        mentor_minutes: rules.mentor_interaction_minutes,
        preconference_slot_minutes: rules.preconference_slot_minutes,
        preconference_emails: rules.preconference_emails,
        conference_followup_days: range(
            rules.conference_followup.min_days,
            rules.conference_followup.max_days,
        ),
        contact_before_favour_months: range(
            rules.contact_before_favour.min_months,
            rules.contact_before_favour.max_months,
        ),
        letter_acquaintance_months: range(
            rules.letter_acquaintance.more_than_months_low,
            rules.letter_acquaintance.more_than_months_high,
        ),
        letter_notice_weeks: letters.writer_notice_weeks,
        letter_reminder_days: letters.reminder_days_before_agreed_deadline,
        letters_per_program: range(letters.per_program_required, letters.per_program_max),
        mentor_checkin_days: rules.mentor_checkin.proposed_days,
        first_nudge_min_days: cadence.nudge.first_nudge_min_days,
        max_followups: cadence.nudge.max_followups,
        physician_nudge_days: cadence.nudge.physician_default_days,
        half_life_bridge_days: tie.half_life_bridge_days,
    };
    Ok((evidence, limits))
}

/// Reads the length out of "character 5-grams for email-sized text …".
fn shingle_chars(words: &str) -> Result<u32, LoadError> {
    words
        .split_whitespace()
        .find_map(|word| word.strip_suffix("-grams")?.parse().ok())
        .ok_or_else(|| LoadError::Cell {
            table: "networking.toml",
            row: 0,
            column: "similarity.shingle",
            found: words.to_owned(),
            wanted: "a text with a length such as \"5-grams\"",
        })
}
