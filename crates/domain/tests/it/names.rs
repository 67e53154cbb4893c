//! How names are read, shown and compared.

use domain::{PersonName, fold, fold_key, surname_of};
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, title: &str, given: &str, family: &str) {
    let name = PersonName::parse(text);
    assert_eq!(
        (
            name.title.as_str(),
            name.given.as_str(),
            name.family.as_str()
        ),
        (title, given, family),
        "{text}"
    );
}

#[test]
fn full_names_split_at_the_surname() {
    check("Asha Rao", "", "Asha", "Rao");
    check("Dr. Asha M. Rao", "Dr.", "Asha M.", "Rao");
    check(
        "Prof. Jürgen Müller-Lüdenscheidt",
        "Prof.",
        "Jürgen",
        "Müller-Lüdenscheidt",
    );
    check("Maria van der Berg", "", "Maria", "van der Berg");
    check("Ana Núñez de la O", "", "Ana", "Núñez de la O");
    check("Marcus St. Cyr", "", "Marcus", "St. Cyr");
    check("Dr. de la Peña", "Dr.", "", "de la Peña");
    check("Dr. St. Cyr", "Dr.", "", "St. Cyr");
    check("Dr. Van Dyke", "Dr.", "", "Van Dyke");
    check("Dr. Ben Okafor", "Dr.", "Ben", "Okafor");
    check("Dr. Al Smith", "Dr.", "Al", "Smith");
}

#[test]
fn commas_turn_names_round_or_bring_degrees() {
    check("Müller, Jürgen", "", "Jürgen", "Müller");
    check("St. Cyr, Marcus", "", "Marcus", "St. Cyr");
    check("Asha Rao, MD, PhD", "", "Asha", "Rao");
    let name = PersonName::parse("Robert Okafor, Jr., MD");
    assert_eq!(
        (name.suffix.as_str(), name.credentials.as_str()),
        ("Jr.", "MD")
    );
}

#[test]
fn degrees_without_a_comma_need_upper_case() {
    check("Asha Rao MD", "", "Asha", "Rao");
    check("Kim Do", "", "Kim", "Do");
    check("Asha Rao Do", "", "Asha Rao", "Do");
}

#[test]
fn columns_lose_degrees_and_titles() {
    let name = PersonName::from_parts("Dr. Fatima", "Al-Sayed, MD, MPH");
    assert_eq!(name.title, "Dr.");
    assert_eq!(name.family, "Al-Sayed");
    assert_eq!(name.credentials, "MD, MPH");
    assert_eq!(name.greeting(), "Dr. Al-Sayed");
}

#[track_caller]
fn check_parts(given: &str, family: &str, wanted: [&str; 5]) {
    let name = PersonName::from_parts(given, family);
    let got = [
        &name.title,
        &name.given,
        &name.family,
        &name.suffix,
        &name.credentials,
    ];
    assert_eq!(got.map(String::as_str), wanted, "{given:?} {family:?}");
}

#[test]
fn a_surname_of_one_word_loses_its_degrees() {
    check_parts("John", "Smith MD", ["", "John", "Smith", "", "MD"]);
    check_parts("John", "Smith MD PhD", ["", "John", "Smith", "", "MD, PhD"]);
    check_parts("Ann", "Ng M.D. MPH", ["", "Ann", "Ng", "", "M.D., MPH"]);
    check_parts("Tim", "O'Brien III", ["", "Tim", "O'Brien", "III", ""]);
    check_parts("Tim", "Smith Jr. MD", ["", "Tim", "Smith", "Jr.", "MD"]);
    // What is left must be a name, and an initial is one.
    check_parts("Linh", "DO", ["", "Linh", "DO", "", ""]);
    check_parts("Linh", "VAN DO", ["", "Linh", "VAN DO", "", ""]);
    check_parts("Linh", "Do", ["", "Linh", "Do", "", ""]);
    check_parts("John V", "Smith", ["", "John V", "Smith", "", ""]);
    let name = PersonName::parse("Dr. Smith MD");
    assert_eq!(
        (name.family.as_str(), name.credentials.as_str()),
        ("Smith", "MD")
    );
    let name = PersonName::parse("O'Brien Jr., Tim");
    assert_eq!(
        (name.family.as_str(), name.suffix.as_str()),
        ("O'Brien", "Jr.")
    );
    let name = PersonName::parse("Rao, Asha MD");
    assert_eq!(
        (name.given.as_str(), name.credentials.as_str()),
        ("Asha", "MD")
    );
}

#[test]
fn one_cell_may_hold_surname_and_given_name() {
    check_parts("Müller, Jürgen", "", ["", "Jürgen", "Müller", "", ""]);
    check_parts(
        "",
        "Müller, Dr. Jürgen",
        ["Dr.", "Jürgen", "Müller", "", ""],
    );
    check_parts("RAO, ASHA", "", ["", "ASHA", "RAO", "", ""]);
    check_parts("Asha, MD", "", ["", "Asha", "", "", "MD"]);
    check_parts("Asha, RDMS", "", ["", "Asha", "", "", "RDMS"]);
}

#[test]
fn titles_go_on() {
    check("Prof. Dr. med. Hans Meier", "Prof.", "Hans", "Meier");
    check("Mr. & Mrs. Smith", "Mr.", "", "Smith");
    check("Med Ahmed", "", "Med", "Ahmed");
}

/// Given names, surname, suffix and degrees of whole names.
#[test]
fn degrees_as_people_write_them() {
    for (text, wanted) in [
        ("Jane Smith MD/PhD", ["Jane", "Smith", "", "MD/PhD"]),
        ("Jane Smith, MD/PhD", ["Jane", "Smith", "", "MD/PhD"]),
        ("Jane Smith MD-PhD", ["Jane", "Smith", "", "MD-PhD"]),
        ("Jane Smith M.D./Ph.D.", ["Jane", "Smith", "", "M.D./Ph.D."]),
        ("Jane Smith BSc", ["Jane", "Smith", "", "BSc"]),
        ("Jane Smith MBChB", ["Jane", "Smith", "", "MBChB"]),
        ("Jane Smith MD, PhD", ["Jane", "Smith", "", "MD, PhD"]),
        ("Smith MD, Jane PhD", ["Jane", "Smith", "", "MD, PhD"]),
        ("Jane Smith MD (IR)", ["Jane", "Smith", "", "MD, IR"]),
        ("Jane Smith (MD)", ["Jane", "Smith", "", "MD"]),
        ("Jane Smith (MD, PhD)", ["Jane", "Smith", "", "MD, PhD"]),
        ("Jane Smith | IR", ["Jane", "Smith", "", "IR"]),
        (
            "Jane Smith, MD | IR | Boston",
            ["Jane", "Smith", "", "MD, IR, Boston"],
        ),
        ("Jane Smith she/her", ["Jane", "Smith", "", "she/her"]),
        (
            "Jane Smith (she/her), MD",
            ["Jane", "Smith", "", "MD, she/her"],
        ),
        ("Jane Smith [they/them]", ["Jane", "Smith", "", "they/them"]),
        ("Nguyen, MBBS, MPH", ["", "Nguyen", "", "MBBS, MPH"]),
        ("Kim Lee, RT(R)(VI)", ["Kim", "Lee", "", "RT(R)(VI)"]),
        ("Smith Jr.", ["", "Smith", "Jr.", ""]),
        ("Smith MD", ["", "Smith", "", "MD"]),
        ("Do MD", ["", "Do", "", "MD"]),
        ("Van MD", ["", "Van", "", "MD"]),
        ("Minh Do MD", ["Minh", "Do", "", "MD"]),
        ("Minh Do, DO", ["Minh", "Do", "", "DO"]),
        ("Do, Minh", ["Minh", "Do", "", ""]),
        ("Do, Minh, DO", ["Minh", "Do", "", "DO"]),
        ("Nguyen, Do", ["Do", "Nguyen", "", ""]),
        ("Ma, Yo", ["Yo", "Ma", "", ""]),
        ("Ba, Aïcha, MD", ["Aïcha", "Ba", "", "MD"]),
        ("Tom Pa", ["Tom", "Pa", "", ""]),
        ("Lin Rn", ["Lin", "Rn", "", ""]),
        ("Ana Np", ["Ana", "Np", "", ""]),
        ("Kim DO", ["Kim", "DO", "", ""]),
        ("Yang, MD, Wei", ["Wei", "Yang", "", "MD"]),
        ("Smith Jr., John", ["John", "Smith", "Jr.", ""]),
        ("Smith, Jr., John, MD", ["John", "Smith", "Jr.", "MD"]),
        ("Smith, John V", ["John V", "Smith", "", ""]),
        ("Smith, John III", ["John", "Smith", "III", ""]),
        ("asha rao md", ["asha", "rao", "", "md"]),
        ("Ana Diaz (née Soto)", ["Ana", "Diaz (née Soto)", "", ""]),
    ] {
        let name = PersonName::parse(text);
        let got = [&name.given, &name.family, &name.suffix, &name.credentials];
        assert_eq!(got.map(String::as_str), wanted, "{text}");
    }
}

#[test]
fn degrees_in_columns_of_names() {
    for (given, family, wanted) in [
        ("Jane", "Smith MD/PhD", ["", "Jane", "Smith", "", "MD/PhD"]),
        ("Jane", "Smith MD-PhD", ["", "Jane", "Smith", "", "MD-PhD"]),
        ("Jane", "Smith BSc", ["", "Jane", "Smith", "", "BSc"]),
        ("Jane", "Smith MD (IR)", ["", "Jane", "Smith", "", "MD, IR"]),
        ("Jane", "Smith (MD)", ["", "Jane", "Smith", "", "MD"]),
        ("Jane", "Smith | IR", ["", "Jane", "Smith", "", "IR"]),
        (
            "Jane",
            "Smith she/her",
            ["", "Jane", "Smith", "", "she/her"],
        ),
        (
            "Jane",
            "Smith MD, PhD",
            ["", "Jane", "Smith", "", "MD, PhD"],
        ),
        ("Jane MD", "Smith", ["", "Jane", "Smith", "", "MD"]),
        ("Jane DO", "Smith", ["", "Jane", "Smith", "", "DO"]),
        ("Minh", "Do MD", ["", "Minh", "Do", "", "MD"]),
        ("Anh", "Van MD", ["", "Anh", "Van", "", "MD"]),
        ("Minh", "Do", ["", "Minh", "Do", "", ""]),
        ("Yo", "Ma", ["", "Yo", "Ma", "", ""]),
        ("Aïcha", "Ba", ["", "Aïcha", "Ba", "", ""]),
        ("Do", "Nguyen", ["", "Do", "Nguyen", "", ""]),
        ("Minh Do", "Nguyen", ["", "Minh Do", "Nguyen", "", ""]),
        ("MINH DO", "NGUYEN", ["", "MINH DO", "NGUYEN", "", ""]),
        ("", "Nguyen, MBBS, MPH", ["", "", "Nguyen", "", "MBBS, MPH"]),
        ("John V", "Smith", ["", "John V", "Smith", "", ""]),
    ] {
        check_parts(given, family, wanted);
    }
}

#[test]
fn marks_of_direction_are_no_part_of_a_name() {
    check("\u{202E}Asha\u{200B} Rao\u{200F}", "", "Asha", "Rao");
    check_parts("\u{202A}Asha", "Rao\u{202C}", ["", "Asha", "Rao", "", ""]);
    check("علی\u{200C}رضا رضایی", "", "علی\u{200C}رضا", "رضایی");
}

#[test]
fn folded_names_compare() {
    assert_eq!(fold("Søren"), fold("Soren"));
    assert_eq!(fold_key("O’Brien"), fold_key("O'Brien"));
    assert_eq!(
        surname_of(&PersonName::parse("Dr. Lucía de la Peña Ibáñez")),
        "ibanez"
    );
    assert_eq!(fold("Ra\u{202E}o"), "rao");
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(fold_key(&fold_key(&text)), fold_key(&text));
    }

    #[test]
    fn no_word_of_a_plain_name_is_lost(words in prop::collection::vec("[A-Z][a-z]{3,8}", 1..5)) {
        let text = words.join(" ");
        let name = PersonName::parse(&text);
        let mut kept: Vec<String> =
            name.display().split_whitespace().map(str::to_owned).collect();
        kept.extend(name.credentials.split(", ").filter(|c| !c.is_empty()).map(str::to_owned));
        kept.sort();
        let mut wanted = words.clone();
        wanted.sort();
        prop_assert_eq!(kept.len(), wanted.len());
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        let name = PersonName::parse(&text);
        let _ = (name.display(), name.greeting(), name.key(), surname_of(&name));
    }
}
