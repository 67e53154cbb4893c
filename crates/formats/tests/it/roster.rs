//! Lists pasted from a page.

use formats::roster::{RosterKind, read_roster};
use jiff::civil::date;

#[track_caller]
fn check(kind: &RosterKind, text: &str, wanted: &[&str]) {
    let reading = read_roster(text, kind);
    let rows: Vec<String> = reading
        .rows
        .iter()
        .map(|row| {
            let year = row.year.map_or(String::new(), |year| year.to_string());
            let name = match row.name.credentials.as_str() {
                "" => row.name.display(),
                credentials => format!("{} ({credentials})", row.name.display()),
            };
            [&name, &row.specialty, &row.institution, &year, &row.rest]
                .map(String::as_str)
                .join(" | ")
        })
        .collect();
    assert_eq!(rows, wanted);
}

fn match_list() -> RosterKind {
    RosterKind::MatchList {
        school: "SGU".to_owned(),
    }
}

fn department() -> RosterKind {
    RosterKind::Department {
        employer: "Example Hospital".to_owned(),
    }
}

#[test]
fn match_lists() {
    let text = "\
Class of 2025
Diagnostic Radiology
Asha Rao, Maimonides Medical Center, Brooklyn, NY
Ben Okafor – Lakeside Hospital, Exampleville, NY
Interventional Radiology
Lucía de la Peña\tExample University Hospital\tNY

2024 Residency Match Results
Sam Lee | Interventional Radiology | Example University | NJ
Diagnostic Radiology - Other Hospital, PA
";
    check(
        &match_list(),
        text,
        &[
            "Asha Rao | Diagnostic Radiology | Maimonides Medical Center | 2025 | Brooklyn, NY",
            "Ben Okafor | Diagnostic Radiology | Lakeside Hospital, Exampleville, NY | 2025 | ",
            "Lucía de la Peña | Interventional Radiology | Example University Hospital | 2025 | NY",
            "Sam Lee | Interventional Radiology | Example University | 2024 | NJ",
            " | Diagnostic Radiology | Other Hospital, PA | 2024 | ",
        ],
    );
    let reading = read_roster(text, &match_list());
    let day = date(2026, 11, 24);
    let person = reading.rows[0].person(&match_list(), day).unwrap();
    assert_eq!(person.how_found, "match list of SGU 2025");
    assert_eq!(person.tags, ["alumni"]);
    assert_eq!(
        person.position,
        "Resident, Diagnostic Radiology (matched 2025)"
    );
    assert!(!person.former);
    assert_eq!(reading.rows[4].person(&match_list(), day), None);
    let later = reading.rows[0].person(&match_list(), date(2031, 1, 1));
    let later = later.unwrap();
    assert_eq!(later.position, "Matched 2025: Diagnostic Radiology");
    assert!(later.former);
}

#[test]
fn department_rosters() {
    let text = "\
Asha Rao, MD, FSIR
Professor of Radiology
Program Director
asha@example.org

Dr. Ines Okafor
Assistant Professor
Ben Carter, MD, PGY-4 Resident
";
    check(
        &department(),
        text,
        &[
            "Asha Rao (MD, FSIR) | Professor of Radiology, Program Director |  |  | ",
            "Dr. Ines Okafor | Assistant Professor |  |  | ",
            "Ben Carter (MD) | PGY-4 Resident |  |  | ",
        ],
    );
    let reading = read_roster(text, &department());
    let person = reading.rows[0]
        .person(&department(), date(2026, 11, 24))
        .unwrap();
    assert_eq!(person.employer, "Example Hospital");
    assert_eq!(person.contacts[0].value, "asha@example.org");
    assert_eq!(person.how_found, "roster of Example Hospital");
}

#[test]
fn lines_that_are_no_rows_are_told() {
    let reading = read_roster("Our proud graduates\n\n...\nAsha Rao, IR\n", &match_list());
    assert_eq!(reading.rows.len(), 1);
    let lines: Vec<u64> = reading
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!(lines, [1, 3]);
}
