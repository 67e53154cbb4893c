//! What a rule or guard rests on, with how good the evidence is, in words.

use serde::Serialize;

/// One source of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its id ("E-006", "S-096", "lint.lines").
    pub id: String,
    /// How good it is, in words; never more than it is.
    pub grade: &'static str,
    /// What it found, or empty where it is no study.
    pub claim: String,
    /// Who found it, or empty.
    pub source: String,
    /// What it does not say, or empty.
    pub caveat: String,
}

/// Returns what a grade of evidence means, in words.
pub fn grade_in_words(grade: &str) -> &'static str {
    match grade {
        "A" => "peer-reviewed study",
        "B" => "official body or regulation",
        "C" => "vendor data, other settings",
        "D" => "second-hand page",
        "M" => "our own small measurement",
        "S" => "advice of the article that Vouch began with",
        "X" => "our choice, not evidence",
        _ => "grade not stated",
    }
}

/// Returns the sources of a rule: studies with what they found, advice and our
/// own choices as what they are.
pub fn source_lines(ids: &[&str]) -> Vec<SourceLine> {
    ids.iter().map(|id| source_line(id)).collect()
}

fn source_line(id: &str) -> SourceLine {
    if let Some(evidence) = facts::shipped().evidence(id) {
        // "as E-001" stands for the words of that study.
        let same = evidence.caveat.strip_prefix("as ");
        let same = same.and_then(|id| facts::shipped().evidence(id));
        return SourceLine {
            id: id.to_owned(),
            grade: grade_in_words(&evidence.grade),
            claim: evidence.claim.clone(),
            source: evidence.source.clone(),
            caveat: same.unwrap_or(evidence).caveat.clone(),
        };
    }
    let grade = match id.split(['-', '.']).next() {
        Some("S" | "rules") => grade_in_words("S"),
        Some("letters") => grade_in_words("D"),
        Some("hipaa") => grade_in_words("B"),
        Some("measure") => grade_in_words("M"),
        _ => "our reading of the reference data",
    };
    SourceLine {
        id: id.to_owned(),
        grade,
        claim: String::new(),
        source: String::new(),
        caveat: String::new(),
    }
}
