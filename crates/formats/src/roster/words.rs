//! Words by which the cells of a pasted list are known.

use domain::{fold, fold_key};

/// Words of which each names a field of medicine, as lists write them.
const FIELDS: &[&str] = &[
    "anesthesia",
    "anesthesiology",
    "anaesthesiology",
    "cardiology",
    "dermatology",
    "dr",
    "em",
    "ent",
    "fm",
    "genetics",
    "gyn",
    "gynecology",
    "im",
    "ir",
    "med",
    "medicine",
    "neurology",
    "neurosurgery",
    "ob",
    "obgyn",
    "obstetrics",
    "oncology",
    "ophthalmology",
    "orthopaedics",
    "orthopedics",
    "otolaryngology",
    "pathology",
    "pediatrics",
    "peds",
    "pm",
    "prelim",
    "preliminary",
    "psych",
    "psychiatry",
    "radiology",
    "rehabilitation",
    "surgery",
    "transitional",
    "urology",
    "vir",
];

/// Words that go with a field.
const QUALIFIERS: &[&str] = &[
    "adolescent",
    "advanced",
    "and",
    "anatomic",
    "body",
    "cardiothoracic",
    "categorical",
    "child",
    "clinical",
    "combined",
    "diagnostic",
    "emergency",
    "family",
    "general",
    "head",
    "independent",
    "integrated",
    "internal",
    "interventional",
    "medical",
    "neck",
    "neurological",
    "nuclear",
    "orthopaedic",
    "orthopedic",
    "physical",
    "plastic",
    "preventive",
    "primary",
    "care",
    "r",
    "radiation",
    "thoracic",
    "track",
    "traditional",
    "vascular",
    "year",
];

/// Words that make a cell a place.
const PLACES: &[&str] = &[
    "hospital",
    "hospitals",
    "university",
    "univ",
    "college",
    "school",
    "center",
    "centre",
    "ctr",
    "clinic",
    "institute",
    "health",
    "healthcare",
    "medical",
    "foundation",
    "infirmary",
    "system",
    "consortium",
    "hosp",
];

/// Groups of people that a department's page sets as headings.
const GROUPS: &[&str] = &[
    "alumni",
    "attendings",
    "faculty",
    "fellows",
    "leadership",
    "our",
    "people",
    "residents",
    "staff",
    "team",
];

/// States, districts and provinces, which stand behind towns.
const STATES: &[&str] = &[
    "alabama",
    "alaska",
    "alberta",
    "arizona",
    "arkansas",
    "british columbia",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "district of columbia",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "manitoba",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new york",
    "north carolina",
    "north dakota",
    "nova scotia",
    "ohio",
    "oklahoma",
    "ontario",
    "oregon",
    "pennsylvania",
    "puerto rico",
    "quebec",
    "rhode island",
    "saskatchewan",
    "south carolina",
    "south dakota",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "west virginia",
    "wisconsin",
    "wyoming",
];

/// Their codes, in capitals.
const STATE_CODES: &str = "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI \
    MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VT WA WI WV WY";

const HEADING_WORDS: &[&str] = &[
    "class",
    "of",
    "match",
    "matches",
    "list",
    "lists",
    "residency",
    "residencies",
    "appointments",
    "results",
    "placements",
    "graduates",
    "the",
    "year",
    "our",
    "day",
    "postgraduate",
    "and",
];

pub(super) fn bare_year(text: &str) -> Option<i16> {
    let year: i16 = text.trim().parse().ok()?;
    (text.trim().len() == 4 && (1970..=2100).contains(&year)).then_some(year)
}

/// Returns the year that two digits mean: "'24" is 2024, "'98" is 1998.
pub(super) fn short_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    let is_short = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    is_short.then_some(if year < 70 { 2000 + year } else { 1900 + year })
}

/// Returns the year of a heading such as "Class of 2025" or "2024 Match List".
pub(super) fn heading_year(text: &str) -> Option<i16> {
    let key = fold_key(text);
    let mut words = key.split(' ');
    let year = words.clone().find_map(bare_year)?;
    // "St. George's University 2026 Residency Match List" says whose it is.
    let is_match_list = words.clone().any(|word| word == "match");
    let is_heading = |word| bare_year(word).is_some() || HEADING_WORDS.contains(&word);
    (is_match_list || words.all(is_heading)).then_some(year)
}

/// Returns whether a cell names a field of medicine and nothing else:
/// "Radiology-Diagnostic/IR", "Surgery - Prelim".
pub(super) fn is_specialty(text: &str) -> bool {
    let key = fold_key(text);
    let mut words = key.split(' ');
    words.clone().any(|word| FIELDS.contains(&word))
        && words.all(|word| FIELDS.contains(&word) || QUALIFIERS.contains(&word))
}

pub(super) fn is_place(text: &str) -> bool {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| PLACES.contains(&word))
}

pub(super) fn is_state(text: &str) -> bool {
    STATE_CODES.split(' ').any(|code| code == text) || STATES.contains(&fold_key(text).as_str())
}

/// Returns whether a line is only a group of people: "Our Faculty", "Fellows:".
/// Below a person, "Faculty" alone is what that person is.
pub(super) fn is_group(text: &str, is_below_person: bool) -> bool {
    let key = fold_key(text);
    let is_post = is_below_person && matches!(key.as_str(), "faculty" | "leadership" | "staff");
    !is_post && key.split(' ').all(|word| GROUPS.contains(&word))
}

/// Returns whether a line is only a year of training: "PGY-4", "PGY2 Residents", "R1".
pub(super) fn training_year(text: &str) -> bool {
    let key = fold_key(text);
    let mut words = key.split(' ').filter(|word| !GROUPS.contains(word));
    let is_year = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
    let (first, second) = (words.next().unwrap_or_default(), words.next());
    let behind = ["pgy", "r", "ca"]
        .iter()
        .find_map(|start| first.strip_prefix(start));
    let is_training = match (behind, second) {
        (Some(""), Some(year)) => is_year(year),
        (Some(year), None) => is_year(year),
        _ => false,
    };
    is_training && words.next().is_none()
}

/// Returns what stands in a cell that is wholly in brackets.
pub(super) fn aside(cell: &str) -> Option<&str> {
    cell.strip_prefix('(')?.strip_suffix(')').map(str::trim)
}
