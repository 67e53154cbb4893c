//! How well a program knows the student, computed from what is stored.

/// What is stored about the people of one program, or about one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelationshipEvidence {
    /// Answers received.
    pub answers: u32,
    /// Introductions made or received.
    pub introductions: u32,
    /// Live talks: calls, talks, interviews, rotation days.
    pub live_talks: u32,
    /// Distinct days of rotation or work together.
    pub days_together: u32,
    /// Projects and other gives that were delivered.
    pub delivered_gives: u32,
    /// Offers to speak for the student.
    pub vouches: u32,
}

impl RelationshipEvidence {
    /// Returns the evidence of both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            answers: self.answers + other.answers,
            introductions: self.introductions + other.introductions,
            live_talks: self.live_talks + other.live_talks,
            days_together: self.days_together + other.days_together,
            delivered_gives: self.delivered_gives + other.delivered_gives,
            vouches: self.vouches + other.vouches,
        }
    }
}

/// How well the student is known (S-023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationshipState {
    /// Nothing has come back yet.
    Unknown,
    /// They answered, or an introduction was made.
    Aware,
    /// They talked live.
    Met,
    /// Five days together, or a delivered project.
    WorkedWith,
    /// Somebody offered to speak for the student.
    Advocate,
}

/// Days together from which a person has worked with the student.
const DAYS_OF_WORK: u32 = 5;

impl RelationshipState {
    /// Every state, from unknown to advocate.
    pub const ALL: [Self; 5] = [
        Self::Unknown,
        Self::Aware,
        Self::Met,
        Self::WorkedWith,
        Self::Advocate,
    ];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Aware => "aware",
            Self::Met => "met",
            Self::WorkedWith => "worked with",
            Self::Advocate => "advocate",
        }
    }

    /// Returns the state for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Returns the state that the evidence gives, with the reason in words.
///
/// ```
/// use domain::{RelationshipEvidence, RelationshipState, relationship};
///
/// let evidence = RelationshipEvidence { live_talks: 2, ..Default::default() };
/// assert_eq!(relationship(evidence).0, RelationshipState::Met);
/// ```
pub fn relationship(evidence: RelationshipEvidence) -> (RelationshipState, String) {
    let e = evidence;
    if e.vouches > 0 {
        let reason = count(
            e.vouches,
            "offer to speak for you",
            "offers to speak for you",
        );
        return (RelationshipState::Advocate, reason);
    }
    if e.days_together >= DAYS_OF_WORK {
        let reason = count(e.days_together, "day together", "days together");
        return (RelationshipState::WorkedWith, reason);
    }
    if e.delivered_gives > 0 {
        let reason = count(
            e.delivered_gives,
            "piece of work delivered",
            "pieces of work delivered",
        );
        return (RelationshipState::WorkedWith, reason);
    }
    if e.live_talks > 0 {
        return (
            RelationshipState::Met,
            count(e.live_talks, "live talk", "live talks"),
        );
    }
    if e.answers > 0 {
        return (
            RelationshipState::Aware,
            count(e.answers, "answer", "answers"),
        );
    }
    if e.introductions > 0 {
        return (
            RelationshipState::Aware,
            count(e.introductions, "introduction", "introductions"),
        );
    }
    (
        RelationshipState::Unknown,
        "nothing has come back yet".to_owned(),
    )
}

fn count(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
