//! The ways in which one employer is written.

use domain::fold_key;

/// Legal forms, folded as employers are; a name means the same place with and
/// without one.
const LEGAL_FORMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "l l c",
    "llp",
    "lp",
    "plc",
    "pllc",
    "pc",
    "p c",
    "pa",
    "p a",
    "corp",
    "corporation",
    "co",
    "company",
    "co ltd",
    "pty ltd",
    "gmbh",
    "ag",
    "kg",
    "bv",
    "nv",
    "sa",
    "s a",
    "sarl",
    "srl",
];

/// Returns the folded forms under which an employer may be stored: with and without
/// "the" and a legal form.
pub(super) fn employer_keys(employer: &str) -> Vec<String> {
    let key = fold_key(employer);
    let mut bare = key.strip_prefix("the ").unwrap_or(&key);
    while let Some(rest) = LEGAL_FORMS.iter().find_map(|form| without(bare, form)) {
        bare = rest;
    }
    if bare.is_empty() {
        return Vec::new();
    }
    let forms = LEGAL_FORMS.iter().map(|form| format!("{bare} {form}"));
    let mut keys: Vec<String> = forms.chain([bare.to_owned()]).collect();
    let with_the: Vec<String> = keys.iter().map(|key| format!("the {key}")).collect();
    keys.extend(with_the);
    keys
}

/// Returns a name without a legal form at its end; a form alone is a name.
fn without<'k>(key: &'k str, form: &str) -> Option<&'k str> {
    let rest = key.strip_suffix(form)?.strip_suffix(' ')?;
    (!rest.is_empty()).then_some(rest)
}
