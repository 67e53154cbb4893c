//! Any CSV through a mapping of its columns.

use formats::contacts::{CsvLook, Mapping, look_at_csv, read_mapped};
use formats::export::{Cell, Table, write_csv};
use formats::{Collected, ColumnRole, ReadError};

fn look(text: &str) -> CsvLook {
    look_at_csv(&mut text.as_bytes()).expect("a table")
}

fn read(mapping: &Mapping, text: &str) -> Result<Collected, ReadError> {
    let mut found = Collected::default();
    read_mapped(mapping, &mut text.as_bytes(), &mut found)?;
    Ok(found)
}

#[test]
fn columns_are_guessed_by_name_and_content() {
    let look = look(
        "Who,Surname,Where,X,Y,First name\na,Rao,Acme,a@example.org,https://www.linkedin.com/in/a,Asha\n",
    );
    use ColumnRole::{Email, Extra, Family, Given, LinkedIn};
    assert_eq!(
        look.guess.roles,
        [Extra, Family, Extra, Email, LinkedIn, Given]
    );
    assert!(look.guess.has_header && look.guess.gives_people());
    assert_eq!(look.rows[0][1], "Rao");
}

#[test]
fn a_title_beside_a_job_title_stands_before_the_name() {
    let text = "First Name,Last Name,Title,Job Title,E-mail Address\nAsha,Rao,Dr.,Attending,a@example.org\n";
    let found = read(&look(text).guess, text).unwrap();
    assert_eq!(found.people[0].name.title, "Dr.");
    assert_eq!(found.people[0].position, "Attending");
    let alone = look("Name,Title\nAsha Rao,Attending\n");
    assert_eq!(alone.guess.roles[1], ColumnRole::Position);
}

#[test]
fn a_header_has_a_fingerprint_of_its_own() {
    let of = |text: &str| look(text).fingerprint();
    let one = of("Who,Where\na,b\n");
    assert!(one.is_some());
    assert_eq!(one, of("\u{FEFF}WHO ; where\nx;y\n"));
    assert_ne!(one, of("Where,Who\na,b\n"));
    assert_ne!(one, of("Who,Where,When\na,b,c\n"));
    assert_ne!(of("ab,c\n1,2\n"), of("a,bc\n1,2\n"));
    assert_eq!(of("Asha,asha@example.org\nBen,ben@example.org\n"), None);
}

#[test]
fn a_chosen_mapping_is_what_is_read() {
    let text = "Who,Where,When\n\"Rao, Asha\",Acme,3 Mar 2026\n";
    let mut mapping = look(text).guess;
    assert!(!mapping.gives_people());
    let refused = read(&mapping, text).unwrap_err();
    assert!(
        refused.to_string().contains("Who, Where, When"),
        "{refused}"
    );
    mapping.roles = vec![
        ColumnRole::Name,
        ColumnRole::Employer,
        ColumnRole::KnownSince,
    ];
    let found = read(&mapping, text).unwrap();
    let person = &found.people[0];
    assert_eq!(
        (person.name.family.as_str(), person.employer.as_str()),
        ("Rao", "Acme")
    );
    assert_eq!(person.known_since.unwrap().to_string(), "2026-03-03");
}

#[test]
fn a_file_without_header_loses_no_row() {
    let text = "Asha Rao,asha@example.org,Acme\nBen Okafor,ben@example.org,Acme\n";
    let look = look(text);
    assert!(!look.guess.has_header);
    assert_eq!(look.columns, ["column 1", "column 2", "column 3"]);
    let mut mapping = look.guess;
    mapping.roles[0] = ColumnRole::Name;
    assert_eq!(read(&mapping, text).unwrap().people.len(), 2);
    // The student may also say that what looks like a header is none.
    let text = "Asha Rao,Acme\nBen Okafor,Acme\n";
    let mapping = Mapping {
        roles: vec![ColumnRole::Name, ColumnRole::Employer],
        has_header: false,
    };
    assert_eq!(read(&mapping, text).unwrap().people.len(), 2);
}

#[test]
fn our_own_csv_comes_back_without_its_apostrophes() {
    let text = |text: &str| Cell::Text(text.to_owned());
    let table = Table {
        name: "people".to_owned(),
        columns: vec!["Name".to_owned(), "Phone".to_owned(), "Note".to_owned()],
        rows: vec![vec![
            text("'t Hooft"),
            text("+1 415 555 0000"),
            text("=1+1"),
        ]],
    };
    let mut bytes = Vec::new();
    write_csv(&table, &mut bytes).unwrap();
    let written = String::from_utf8(bytes).unwrap();
    let found = read(&look(&written).guess, &written).unwrap();
    let person = &found.people[0];
    assert_eq!(person.name.plain(), "'t Hooft");
    assert_eq!(person.contacts[0].value, "+1 415 555 0000");
    assert_eq!(person.note, "=1+1");
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(
        look_at_csv(&mut "one word a line\nand another\n".as_bytes()),
        None
    );
    let mapping = Mapping {
        roles: vec![ColumnRole::Name],
        has_header: true,
    };
    assert!(matches!(
        read(&mapping, ""),
        Err(ReadError::NotThisFormat { .. })
    ));
}

#[test]
fn a_file_without_headings_may_hold_names() {
    let text = "Asha Rao,asha@example.org,Lakeside Hospital\nBen Okafor,ben@example.org,Acme\n";
    let look = look(text);
    assert!(!look.guess.has_header);
    use ColumnRole::{Email, Extra, Name};
    assert_eq!(look.guess.roles, [Name, Email, Extra]);
    let found = read(&look.guess, text).unwrap();
    assert_eq!(found.people[0].name.family, "Rao");
}

#[test]
fn a_table_of_too_many_columns_keeps_what_can_be_read() {
    let table = |n: usize| {
        let names: String = (0..n).map(|i| format!(",c{i}")).collect();
        format!("First Name,Last Name{names}\nAsha,Rao{}\n", ",x".repeat(n))
    };
    let text = table(5_000);
    let mut found = Collected::default();
    let format = formats::detect(text.as_bytes(), "").format.unwrap();
    formats::read(format, &mut text.as_bytes(), &mut found).unwrap();
    assert_eq!(found.people[0].name.family, "Rao");
    assert!(found.problems[0].found.contains("more than 4096 cells"));
    // The names of so many fill a line that is too long to be read.
    let text = table(300_000);
    let error = formats::read(format, &mut text.as_bytes(), &mut found).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("where the columns are named (line 1)"),
        "{error}"
    );
    assert!(error.contains("at most 4096 columns"), "{error}");
}

#[test]
fn the_year_of_a_match_list_is_told() {
    for (text, told) in [
        (
            "Name,Specialty,Hospital,Year\nAna Smith,IR,Yale,2024\n",
            Some("Year"),
        ),
        (
            "Graduate,Program,Match Year\nAna Smith,Yale,2024\n",
            Some("Match Year"),
        ),
        (
            "Name,Hospital,Class of\nAna Smith,Yale,2024\n",
            Some("Class of"),
        ),
        ("Name,Email,Year\nAna Smith,ana@x.org,2024\n", None),
        ("Name,Hospital,Years there\nAna Smith,Yale,4\n", None),
    ] {
        let found = read(&look(text).guess, text).unwrap();
        assert_eq!(found.people.len(), 1);
        let fields = found.problems.iter().map(|problem| problem.field.as_str());
        assert_eq!(fields.collect::<Vec<_>>(), told.as_slice(), "{text}");
    }
}
