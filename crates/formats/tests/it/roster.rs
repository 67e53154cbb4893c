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

#[test]
fn surnames_may_stand_first() {
    check(
        &department(),
        "\
Asha Rao, MD
Program Director
Haddad, Omar, DO
Associate Program Director
omar@x.org
Lee, Kim
Chief Resident

Núñez de la O, María
Resident, PGY-3
",
        &[
            "Asha Rao (MD) | Program Director |  |  | ",
            "Omar Haddad (DO) | Associate Program Director |  |  | ",
            "Kim Lee | Chief Resident |  |  | ",
            "María Núñez de la O | Resident, PGY-3 |  |  | ",
        ],
    );
    let alone = "Haddad, Omar\nRao, Asha\nGarcía López, Ana\nSmith, John A.\n";
    check(
        &department(),
        alone,
        &[
            "Omar Haddad |  |  |  | ",
            "Asha Rao |  |  |  | ",
            "Ana García López |  |  |  | ",
            "John A. Smith |  |  |  | ",
        ],
    );
}

#[test]
fn two_words_below_a_person_may_be_a_town() {
    let text = "Asha Rao, MD\nAustin, Texas\nasha@x.org\n\nBen Okafor\nOcho Rios, Saint Ann\nben@x.org\nLia Fox\nKingston, Jamaica\n";
    let reading = read_roster(text, &department());
    assert_eq!(reading.rows.len(), 3);
    assert_eq!(reading.rows[0].rest, "Austin, Texas");
    assert_eq!(reading.rows[2].rest, "Kingston, Jamaica");
    assert_eq!(reading.rows[1].contacts[0].value, "ben@x.org");
    assert_eq!(reading.problems[0].found, "\"Ocho Rios, Saint Ann\"");
}

#[test]
fn a_cell_between_tabs_is_one_cell() {
    check(
        &department(),
        "Name\tTitle\tEmail\nRao, Asha MD\tProgram Director\tasha@x.org\nHaddad, Omar MD PhD\tProgram Coordinator\t\n",
        &[
            "Asha Rao (MD) | Program Director |  |  | ",
            "Omar Haddad (MD, PhD) | Program Coordinator |  |  | ",
        ],
    );
    check(
        &department(),
        "Rao, Asha MD\tProgram Director\tasha@x.org\nNúñez de la O, María\tResident\n",
        &[
            "Asha Rao (MD) | Program Director |  |  | ",
            "María Núñez de la O | Resident |  |  | ",
        ],
    );
}

#[test]
fn a_hospital_needs_no_word_that_says_so() {
    let lines = [
        ("Ana A\tDiagnostic Radiology\tNYU Langone", "NYU Langone"),
        (
            "Ana A\tInterventional Radiology\tBrigham and Women's",
            "Brigham and Women's",
        ),
        (
            "Ana A\tDR\tRutgers - Robert Wood Johnson",
            "Rutgers - Robert Wood Johnson",
        ),
        ("Ana A\tRadiology-Diagnostic/IR\tEinstein", "Einstein"),
        ("Ana A\tMed/Peds\tLSU\tLA", "LSU"),
        (
            "Ana A, Family Medicine, UPMC Presbyterian, Pittsburgh, PA",
            "UPMC Presbyterian",
        ),
        (
            "Ana A – Diagnostic Radiology – Mount Sinai, New York, NY",
            "Mount Sinai, New York, NY",
        ),
        ("Ana A, Jackson Memorial, FL", "Jackson Memorial"),
        ("Ana A (2024) | Surgery - Prelim | Henry Ford", "Henry Ford"),
        ("Ana A: Diagnostic Radiology, Montefiore", "Montefiore"),
        ("Ana A    Diagnostic Radiology    Montefiore", "Montefiore"),
        ("Rao, Ana\tDiagnostic Radiology\tMayo", "Mayo"),
    ];
    for (line, place) in lines {
        let reading = read_roster(line, &match_list());
        let row = &reading.rows[0];
        assert_eq!(row.institution, place, "{line}");
        assert_eq!(row.name.given, "Ana", "{line}");
        assert!(
            !row.specialty.is_empty() || line.contains("Jackson"),
            "{line}"
        );
        assert!(!row.specialty.contains("PA"), "{line}");
    }
}

#[test]
fn match_lists_in_other_layouts() {
    check(
        &match_list(),
        "\
St. George's University 2026 Residency Match List

Name\tSpecialty\tHospital\tState
Bo Li (2024)\tRadiology-Diagnostic\tMaimonides Medical Center\tNY
Núñez de la O, María\tInterventional Radiology - Integrated\tHenry Ford\tMI

2025
Plato\tDiagnostic Radiology\tMount Sinai Hospital\tNY
Asha Rao, MD '23 – Emergency Medicine – Brookdale University Hospital, Brooklyn, NY
| Name | Specialty | Program |
|------|-----------|---------|
| Ana Pipe | Radiology | Yale |
",
        &[
            "Bo Li | Radiology-Diagnostic | Maimonides Medical Center | 2024 | NY",
            "María Núñez de la O | Interventional Radiology - Integrated | Henry Ford | 2026 | MI",
            "Plato | Diagnostic Radiology | Mount Sinai Hospital | 2025 | NY",
            "Asha Rao (MD) | Emergency Medicine | Brookdale University Hospital, Brooklyn, NY | 2023 | ",
            "Ana Pipe | Radiology | Yale | 2025 | ",
        ],
    );
    check(
        &match_list(),
        "\
2024 Residency Appointments
Adams, Kelly M.D.
Diagnostic Radiology
Yale-New Haven Hospital, CT

Baptiste, Solange
Internal Medicine
Brookdale Hospital, NY
Family Medicine
Sam Lee, Lakeside Hospital
",
        &[
            "Kelly Adams (M.D.) | Diagnostic Radiology | Yale-New Haven Hospital | 2024 | CT",
            "Solange Baptiste | Internal Medicine | Brookdale Hospital | 2024 | NY",
            "Sam Lee | Family Medicine | Lakeside Hospital | 2024 | ",
        ],
    );
    check(
        &match_list(),
        "María-José Núñez de la O y Gasset del Río\tDiagnostic Radiology\tMount Sinai\n",
        &["María-José Núñez de la O y Gasset del Río | Diagnostic Radiology | Mount Sinai |  | "],
    );
}

#[test]
fn a_match_list_may_be_a_table() {
    check(
        &match_list(),
        "\
Graduate,Specialty,Institution,Year
Ana Smith,Interventional Radiology,\"Montefiore, Bronx\",2023
Bob Ray,Radiology-Diagnostic,Montefiore,23
,Surgery,Nowhere,2023
\"Lee, Kim\",Vascular Surgery,,2022
",
        &[
            "Ana Smith | Interventional Radiology | Montefiore, Bronx | 2023 | ",
            "Bob Ray | Radiology-Diagnostic | Montefiore | 2023 | ",
            " | Surgery | Nowhere | 2023 | ",
            "Kim Lee | Vascular Surgery |  | 2022 | ",
        ],
    );
}

#[test]
fn a_year_of_training_may_stand_above_its_residents() {
    check(
        &department(),
        "\
Residents
PGY-4
Kim Min-jun, DO (St. George's University)
PGY-5
Marie St. Cyr, MD
Chief Resident
Our Faculty
Ines Okafor
",
        &[
            "Kim Min-jun (DO) | PGY-4 |  |  | St. George's University",
            "Marie St. Cyr (MD) | PGY-5, Chief Resident |  |  | ",
            "Ines Okafor | Faculty |  |  | ",
        ],
    );
    // Below each of them it is that person's.
    check(
        &department(),
        "Ben Carter, MD\nPGY-4\n\nSam Lee, MD\nPGY-5\n",
        &[
            "Ben Carter (MD) | PGY-4 |  |  | ",
            "Sam Lee (MD) | PGY-5 |  |  | ",
        ],
    );
}

/// Nobody is taken for what is known of the person above, and what is not sure
/// is told with what stands below it.
#[test]
fn nobody_is_swallowed() {
    for (text, n_rows, told) in [
        // The pair has the shape of a town, too: an address shows whose it is.
        (
            "Asha Rao, MD\nProgram Director\nWu, Li\nli.wu@x.org\nBen Okafor, MD",
            3,
            &[][..],
        ),
        (
            "Asha Rao, MD\nWu, Li\nProgram Coordinator\n415 555 0000\nBen Okafor, MD",
            2,
            &["\"Wu, Li\"", "\"Program Coordinator\"", "\"415 555 0000\""],
        ),
        (
            "Asha Rao, MD\nSome More Words here\nasha@x.org",
            1,
            &["\"Some More Words here\""],
        ),
        (
            "Asha Rao, MD\nSome More Words here\n415 555 0000",
            1,
            &["\"Some More Words here\"", "\"415 555 0000\""],
        ),
        ("Asha Rao, MD\nal-Sayed, Fatima, MD\nBen Okafor", 3, &[]),
        ("Asha Rao, MD\nde Souza, Beatriz, DO\nBen Okafor", 3, &[]),
        ("Asha Rao, MD\nYang, MD, Wei\nBen Okafor", 3, &[]),
        ("Asha Rao, MD\nSmith Jr., John\nBen Okafor", 3, &[]),
        ("Rao, Asha\nDo, Minh\nMa, Yo\nBen Okafor", 4, &[]),
        (
            "Asha Rao, MD\nBen Ray, MD\nSam Lee, DO\nEva Soto, MD\nDr. Ada Poe\n\nHappy Helpers Club\nLia Fox, NP\nJo Kay\nNurse",
            7,
            &["\"Happy Helpers Club\""],
        ),
        (
            "Asha Rao, MD\nBen Ray, MD\nOcho Rios, Saint Ann\nPager 1234 for all\nLia Fox, NP",
            3,
            &["\"Ocho Rios, Saint Ann\"", "\"Pager 1234 for all\""],
        ),
        ("RAO, ASHA\nDO, MINH\nMA, YO\nSMITH, AL\nBA, AICHA", 5, &[]),
        (
            "Nguyen, MBBS, MPH\nRao, Asha, MD\nBethesda, MD\nLee, Kim, MD",
            3,
            &[],
        ),
        (
            "Asha Rao, Boston\nBen Okafor, Miami\nLia Fox, Chicago",
            3,
            &[],
        ),
        ("Rao, Asha\nBrown, Virginia\nMa, Yo\nLee, Kim", 4, &[]),
        (
            "Asha Rao, MD\nAttending\nBen Okafor, MD\nSam Lee, MD\nLia Fox, MD",
            4,
            &["\"Attending\""],
        ),
        (
            "Chiefs\nAsha Rao, MD\nAttending\nBen Okafor, MD\nSam Lee, MD",
            3,
            &[],
        ),
    ] {
        let reading = read_roster(text, &department());
        let found: Vec<&str> = reading.problems.iter().map(|p| p.found.as_str()).collect();
        assert_eq!(found, told, "{text}");
        assert_eq!(reading.rows.len(), n_rows, "{text}: {:?}", reading.rows);
        let mut names = reading.rows.iter().map(|row| &row.name);
        assert!(names.all(|name| !name.family.contains("Rao ") && !name.given.contains("Boston")));
    }
}

#[test]
fn headings_apply_until_the_next() {
    check(
        &department(),
        "\
Attending
Asha Rao, MD
Ben Okafor, MD
Current Fellows
PGY-6
Lia d'Angelo
Program Leadership
Sam Lee, MD
Administrative Staff
Kim Fox
PGY-3 (R2)
Jo Ray
Interventional Radiology Faculty
Wei Yang, MD
Breast Imaging
Li Wu, MD
Class of 2027
Ana Diaz
",
        &[
            "Asha Rao (MD) | Attending |  |  | ",
            "Ben Okafor (MD) | Attending |  |  | ",
            "Lia d'Angelo | PGY-6 |  |  | ",
            "Sam Lee (MD) |  |  |  | ",
            "Kim Fox | Administrative Staff |  |  | ",
            "Jo Ray | PGY-3 (R2) |  |  | ",
            "Wei Yang (MD) | Interventional Radiology Faculty |  |  | ",
            "Li Wu (MD) | Breast Imaging |  |  | ",
            "Ana Diaz |  |  | 2027 | ",
        ],
    );
    // A post above its person, and one below each.
    check(
        &department(),
        "Program Director\nAsha Rao, MD\nasha@x.org\nProgram Coordinator\nLia Fox\nlia@x.org\n",
        &[
            "Asha Rao (MD) | Program Director |  |  | ",
            "Lia Fox | Program Coordinator |  |  | ",
        ],
    );
    check(
        &department(),
        "Asha Rao, MD\nProgram Director\nLia Fox\nProgram Coordinator\n",
        &[
            "Asha Rao (MD) | Program Director |  |  | ",
            "Lia Fox | Program Coordinator |  |  | ",
        ],
    );
}

/// A match list without a head: what the columns hold shows over the whole list.
#[test]
fn a_match_list_in_any_order() {
    let row = |text: &str| {
        let reading = read_roster(text, &match_list());
        let rows = reading.rows.iter().map(|row| {
            format!(
                "{}, {}: {} @ {}",
                row.name.family, row.name.given, row.specialty, row.institution
            )
        });
        rows.collect::<Vec<String>>().join("; ")
    };
    for (text, wanted) in [
        ("Duke\tIR\tAsha Rao", "Rao, Asha: IR @ Duke"),
        ("IR\tRao, Asha\tDuke", "Rao, Asha: IR @ Duke"),
        ("Do, Minh\tIR\tYale", "Do, Minh: IR @ Yale"),
        ("Lee, MD, Kim\tIR\tYale", "Lee, Kim: IR @ Yale"),
        ("de la Cruz, Ana\tIR\tMSKCC", "de la Cruz, Ana: IR @ MSKCC"),
        ("de la Cruz, Ana, IR, MSKCC", "de la Cruz, Ana: IR @ MSKCC"),
        ("Rao, Asha – IR – Duke", "Rao, Asha: IR @ Duke"),
        ("• Duke – IR – Asha Rao", "Rao, Asha: IR @ Duke"),
        ("Duke  IR  Asha Rao", "Rao, Asha: IR @ Duke"),
        (
            "Asha Rao\tIR\tOchsner, New Orleans, LA",
            "Rao, Asha: IR @ Ochsner, New Orleans, LA",
        ),
        (
            "Asha Rao, IR, Ochsner, New Orleans, LA",
            "Rao, Asha: IR @ Ochsner",
        ),
        (
            "Ochsner, New Orleans, LA, IR, Asha Rao",
            "Rao, Asha: IR @ Ochsner",
        ),
        // Where nothing shows which is which, the name stands first.
        ("Asha Rao\tIR\tLake Placid", "Rao, Asha: IR @ Lake Placid"),
        // The other lines show it.
        (
            "Lake Placid\tIR\tAsha Rao\nLakeside Hospital\tDR\tBen Okafor\nDuke\tDR\tLee, Kim",
            "Rao, Asha: IR @ Lake Placid; Okafor, Ben: DR @ Lakeside Hospital; Lee, Kim: DR @ Duke",
        ),
        (
            "Rao, Asha\nIR\nMSKCC\n\nDo, Minh\nDR\nHenry Ford\n",
            "Rao, Asha: IR @ MSKCC; Do, Minh: DR @ Henry Ford",
        ),
    ] {
        assert_eq!(row(text), wanted, "{text}");
    }
    let reading = read_roster("Diagnostic Radiology, Lake Placid", &match_list());
    assert_eq!(reading.rows.len(), 0, "{:?}", reading.rows);
    assert_eq!(
        reading.problems[0].found,
        "\"Diagnostic Radiology, Lake Placid\""
    );
}
