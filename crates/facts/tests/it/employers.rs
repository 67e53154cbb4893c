//! Employer texts and what they name: precision first.

use std::collections::{BTreeMap, BTreeSet};

use domain::fold_key;
use facts::EmployerReading;
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    position: String,
    expected: String,
    key: String,
    site: String,
}

fn table() -> Vec<Row> {
    csv::Reader::from_reader(include_str!("../../fixtures/employers.csv").as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("the fixture is a table")
}

/// Returns what the reading says as the table would have it, given the key and
/// site that the table expects.
fn as_row(reading: &EmployerReading, row: &Row) -> (&'static str, String, String) {
    let site_text =
        |site: &Option<domain::SiteId>| site.as_ref().map_or_else(String::new, ToString::to_string);
    match reading {
        EmployerReading::Clear {
            institution_key,
            site,
            ..
        } => ("clear", institution_key.clone(), site_text(site)),
        EmployerReading::Unsure { candidates } => {
            let wanted = candidates
                .iter()
                .find(|candidate| candidate.institution_key == row.key)
                .unwrap_or(&candidates[0]);
            // A candidate's site is a bonus, judged only where the table names one.
            let site = if row.site.is_empty() {
                String::new()
            } else {
                site_text(&wanted.site)
            };
            ("unsure", wanted.institution_key.clone(), site)
        }
        EmployerReading::Nothing => ("nothing", String::new(), String::new()),
    }
}

#[test]
fn every_labelled_text_is_read_as_labelled() {
    let rows = table();
    assert!(rows.len() >= 120, "{} labelled texts", rows.len());
    let facts = facts::shipped();
    let mut wrong = Vec::new();
    let mut false_clear = 0;
    for row in &rows {
        let reading = facts.read_employer(&row.text, &row.position);
        let got = as_row(&reading, row);
        let wanted = (row.expected.as_str(), row.key.clone(), row.site.clone());
        if got != wanted {
            false_clear += usize::from(got.0 == "clear");
            wrong.push(format!(
                "{} [{}]: {got:?} instead of {wanted:?}",
                row.text, row.position
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{false_clear} false clear\n{}",
        wrong.join("\n")
    );
}

#[derive(Deserialize)]
struct Hospital {
    #[serde(rename = "Facility ID")]
    ccn: String,
    #[serde(rename = "Facility Name")]
    name: String,
    #[serde(rename = "City/Town")]
    city: String,
    #[serde(rename = "State")]
    state: String,
}

/// The hospitals of the whole country are the hardest test of precision: a
/// clear reading with city and state must name a hospital of the same number.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "reads a sample file where it is present"
)]
fn hospitals_of_the_country_are_not_taken_for_ours() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/samples/cms_hospital/Hospital_General_Information_38col_a.csv"
    );
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: the sample of hospitals is not there");
        return;
    };
    let facts = facts::shipped();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(bytes.as_slice()).into_deserialize::<Hospital>() {
        let Ok(row) = row else { continue };
        let ccn = format!("ccn-{}", row.ccn);
        let placed = format!("{}, {}, {}", row.name, row.city, row.state);
        for (form, text) in [("name alone", &row.name), ("with place", &placed)] {
            let reading = facts.read_employer(text, "");
            let answer = match &reading {
                EmployerReading::Clear {
                    institution_key, ..
                } if facts
                    .institution_programs(institution_key)
                    .iter()
                    .any(|program| program.sites.iter().any(|site| site.as_str() == ccn)) =>
                {
                    "right"
                }
                EmployerReading::Clear { evidence, .. } => {
                    wrong.push(format!("{form} {ccn}: {text}: {evidence}"));
                    "clear otherwise"
                }
                EmployerReading::Unsure { .. } => "unsure",
                EmployerReading::Nothing => "nothing",
            };
            *counts.entry((form, answer)).or_default() += 1;
        }
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counts[&("with place", "right")] >= 170, "{counts:?}");
}

#[test]
fn evidence_quotes_the_text_and_names_what_it_rests_on() {
    let facts = facts::shipped();
    let reading = facts.read_employer("Dept of Radiology, Maimonides Medical Center, Brooklyn", "");
    let EmployerReading::Clear { evidence, .. } = reading else {
        panic!("{reading:?}");
    };
    assert_eq!(
        evidence,
        "\"Maimonides Medical Center\" is its name; the place fits"
    );
    let reading = facts.read_employer("Cleveland Clinic Abu Dhabi", "");
    let EmployerReading::Unsure { candidates } = reading else {
        panic!("{reading:?}");
    };
    assert!(
        candidates[0]
            .evidence
            .ends_with("; but the text says more than that")
    );
    assert_eq!(
        candidates[0].label,
        "Cleveland Clinic Foundation (Cleveland, OH)"
    );
}

#[test]
fn the_position_tells_the_program_only_where_one_fits() {
    let facts = facts::shipped();
    let program = |text: &str, position: &str| match facts.read_employer(text, position) {
        EmployerReading::Clear { program, .. } => program.map(|id| id.to_string()),
        other => panic!("{text}: {other:?}"),
    };
    // Maimonides has a diagnostic program alone.
    assert_eq!(
        program("Maimonides Medical Center", "Radiology Resident PGY-3").as_deref(),
        Some("4203521221")
    );
    assert_eq!(
        program("Maimonides Medical Center", "Attending Radiologist"),
        None
    );
    assert_eq!(program("Maimonides Medical Center", ""), None);
    // Rush has all three tracks, so a word must tell them apart.
    assert_eq!(
        program("Rush University Medical Center", "IR Resident"),
        None
    );
    assert!(program("Rush University Medical Center", "Integrated IR Resident").is_some());
    assert!(
        program(
            "Rush University Medical Center",
            "Diagnostic Radiology Resident"
        )
        .is_some()
    );
}

#[test]
fn an_employer_inside_the_position_is_read_when_the_employer_says_nothing() {
    let facts = facts::shipped();
    let reading = facts.read_employer("", "Radiology resident at Maimonides Medical Center");
    assert!(matches!(
        reading,
        EmployerReading::Clear { institution_key, .. } if institution_key == "maimonides"
    ));
    assert_eq!(
        facts.read_employer("", "Radiology resident at large"),
        EmployerReading::Nothing
    );
}

#[test]
fn odd_texts_are_nothing_and_never_a_panic() {
    let facts = facts::shipped();
    for text in [
        "",
        " ",
        "(",
        "— / ,",
        "🏥",
        "a\u{0}b",
        "of the and",
        ",,,, NY",
        &"Mayo ".repeat(2000),
    ] {
        let reading = facts.read_employer(text, text);
        assert!(
            !matches!(reading, EmployerReading::Clear { .. }),
            "{text:.20}: {reading:?}"
        );
    }
}

#[test]
fn a_bare_name_is_asked_with_everybody_who_bears_it() {
    let facts = facts::shipped();
    for text in [
        "Yale",
        "Duke",
        "Emory",
        "Tulane",
        "Stanford",
        "Vanderbilt",
        "Dartmouth",
        "Cornell",
        "Georgetown",
        "Northwestern",
        "Baylor",
        "Loyola",
        "Tufts",
        "Drexel",
        "Creighton",
        "Rutgers",
        "Mayo",
        "Einstein",
        "Montefiore",
        "Northwell",
    ] {
        let bearing: BTreeSet<&str> = facts
            .programs()
            .iter()
            .filter(|program| {
                let key = fold_key(&program.institution);
                key.split(' ').any(|word| word == fold_key(text))
            })
            .map(|program| program.institution_key.as_str())
            .collect();
        let asked: BTreeSet<String> = match facts.read_employer(text, "") {
            EmployerReading::Unsure { candidates } => candidates
                .into_iter()
                .map(|it| it.institution_key)
                .collect(),
            EmployerReading::Clear {
                institution_key, ..
            } => [institution_key].into(),
            EmployerReading::Nothing => BTreeSet::new(),
        };
        let missing: Vec<&&str> = bearing
            .iter()
            .filter(|key| !asked.contains(**key))
            .collect();
        // Where the name is a city's as well, nothing is asked.
        let is_whole = missing.is_empty() || asked.is_empty() || asked.len() == 8;
        assert!(is_whole, "{text}: {missing:?} of {asked:?}");
    }
}
