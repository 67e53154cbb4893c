//! Whether a post is one in radiology, as far as its wording tells.

use crate::fold;

/// Words that name a department of radiology or IR on their own.
const ABBREVIATIONS: [&str; 3] = ["ir", "vir", "esir"];

/// Beginnings of words of other fields that intervene, too.
const OTHER_FIELDS: [&str; 5] = ["cardio", "nephro", "pulmono", "gastro", "pain"];

/// Returns whether a post's wording names radiology, diagnostic or
/// interventional. A wording that names no field is none.
///
/// ```
/// use domain::is_in_radiology;
///
/// assert!(is_in_radiology("IR attending"));
/// assert!(is_in_radiology("Neuroradiologist"));
/// assert!(is_in_radiology("PGY-3, Interventional and Diagnostic Radiology"));
/// assert!(is_in_radiology("PGY-4 DR resident"));
/// assert!(!is_in_radiology("Office of Dr. Rao"));
/// assert!(!is_in_radiology("Interventional Cardiologist"));
/// assert!(!is_in_radiology("Radiation oncology resident"));
/// assert!(!is_in_radiology("Attending"));
/// ```
pub fn is_in_radiology(position: &str) -> bool {
    let folded = fold(position);
    // "DR" in capitals is diagnostic radiology; "Dr" is a title.
    let says_dr = || words(position).any(|word| word == "DR");
    words(&folded).any(|word| word.contains("radiolog")) || is_in_ir(position) || says_dr()
}

/// Returns whether a post's wording names interventional radiology.
///
/// ```
/// use domain::is_in_ir;
///
/// assert!(is_in_ir("IR attending"));
/// assert!(is_in_ir("Vascular and Interventional Radiology fellow"));
/// assert!(!is_in_ir("Radiology resident"));
/// assert!(!is_in_ir("Interventional Cardiologist"));
/// ```
pub fn is_in_ir(position: &str) -> bool {
    let folded = fold(position);
    let is_other =
        || words(&folded).any(|word| OTHER_FIELDS.iter().any(|field| word.starts_with(field)));
    let intervenes =
        words(&folded).any(|word| matches!(word, "interventional" | "interventionalist"));
    words(&folded).any(|word| ABBREVIATIONS.contains(&word)) || intervenes && !is_other()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
