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
/// assert!(!is_in_radiology("Interventional Cardiologist"));
/// assert!(!is_in_radiology("Radiation oncology resident"));
/// assert!(!is_in_radiology("Attending"));
/// ```
pub fn is_in_radiology(position: &str) -> bool {
    let folded = fold(position);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let names_it = words
        .iter()
        .any(|word| word.contains("radiolog") || ABBREVIATIONS.contains(word));
    let intervenes = words.contains(&"interventional") || words.contains(&"interventionalist");
    let is_other = words
        .iter()
        .any(|word| OTHER_FIELDS.iter().any(|field| word.starts_with(field)));
    names_it || intervenes && !is_other
}
