//! Evidence and limits.

use facts::{CharLimit, Range};

#[test]
fn limits_are_the_numbers_of_the_document() {
    let limits = facts::shipped().limits();
    assert_eq!(limits.email_lines, Range { min: 8, max: 12 });
    assert_eq!(limits.wrap_columns, 72);
    assert_eq!(
        limits.linkedin_note_chars,
        CharLimit {
            basic: 200,
            premium: 300
        }
    );
    assert_eq!(limits.conference_followup_days, Range { min: 3, max: 5 });
    assert_eq!(limits.words_best, Range { min: 75, max: 100 });
    assert_eq!(
        (limits.similarity.warn_at, limits.similarity.error_at),
        (0.5, 0.7)
    );
    assert_eq!(limits.similarity.shingle_chars, 5);
    assert_eq!(limits.alumni_call_minutes, 15);
    assert!(
        limits.resident_call_minutes.contains(20) && !limits.resident_call_minutes.contains(21)
    );
}

#[test]
fn follow_up_days_agree_with_the_agenda() {
    let days = facts::shipped().limits().conference_followup_days;
    assert_eq!(i64::from(days.min), i64::from(domain::FOLLOW_UP_BEST_DAY));
    assert_eq!(i64::from(days.max), i64::from(domain::FOLLOW_UP_LATE_AFTER));
}

#[test]
fn evidence_is_found_by_id_and_graded() {
    let facts = facts::shipped();
    let evidence = facts.evidence("E-001").expect("E-001 is shipped");
    assert_eq!(
        (evidence.topic.as_str(), evidence.grade.as_str()),
        ("email length", "C")
    );
    assert!(evidence.caveat.contains("not cold mail to doctors"));
    // "as E-001" in the data: the reader is shown the words.
    let same = facts.evidence("E-002").expect("E-002 is shipped");
    assert_eq!(same.caveat, evidence.caveat);
    assert!(facts.evidence("E-999").is_none());
    for evidence in facts.all_evidence() {
        assert!(evidence.id.starts_with("E-"), "{}", evidence.id);
        assert!(!evidence.caveat.starts_with("as E-"), "{}", evidence.id);
        assert!(
            ["S", "A", "B", "C", "D", "M", "X"].contains(&evidence.grade.as_str()),
            "{}",
            evidence.id
        );
    }
}
