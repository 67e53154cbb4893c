//! Schools by any abbreviation or form of the name.

use domain::{Fact, Reliability};
use facts::SchoolAnswer;

fn check(text: &str, wanted: &[&str]) {
    let answer = facts::shipped().school(text);
    let found: Vec<&str> = match &answer {
        SchoolAnswer::One(school) => vec![&school.name],
        SchoolAnswer::Several(schools) => std::iter::once("?")
            .chain(schools.iter().map(|school| school.name.as_str()))
            .collect(),
        SchoolAnswer::None => vec![],
    };
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn full_names_forms_and_abbreviations_name_one_school() {
    let sgu = ["St. George's University School of Medicine"];
    for text in [
        "SGU",
        "sgu",
        "St Georges University",
        "St. George’s University",
        "Saint George's University School of Medicine",
        "SGU School of Medicine",
        "St. George's University, Grenada",
    ] {
        check(text, &sgu);
    }
    check("Ross University", &["Ross University School of Medicine"]);
    check(
        "AUC",
        &["American University of the Caribbean School of Medicine"],
    );
    check(
        "Trinity Medical Sciences University",
        &["Trinity Medical Sciences University"],
    );
}

#[test]
fn what_others_bear_too_is_a_question() {
    check("MUA", &["?", "Medical University of the Americas"]);
    check("SMU", &["?", "St. Matthew's University School of Medicine"]);
    check(
        "All Saints University",
        &[
            "?",
            "All Saints University School of Medicine",
            "All Saints University College of Medicine",
        ],
    );
    check("Washington University", &[]);
}

#[test]
fn the_country_settles_a_shared_name() {
    check(
        "SMU, Cayman Islands",
        &["St. Matthew's University School of Medicine"],
    );
    check(
        "All Saints University, Dominica",
        &["All Saints University School of Medicine"],
    );
    check(
        "Xavier University, Aruba",
        &["Xavier University School of Medicine"],
    );
}

#[test]
fn other_texts_name_none() {
    for text in [
        "",
        "  ",
        "Harvard Medical School",
        "School of Medicine",
        "University",
        "Grenada",
    ] {
        check(text, &[]);
    }
}

#[test]
fn every_school_is_found_by_its_own_name() {
    let facts = facts::shipped();
    assert_eq!(facts.schools().len(), 42);
    for school in facts.schools() {
        check(&school.name, &[&school.name]);
    }
    let n_listed = facts
        .schools()
        .iter()
        .filter(|school| facts.on_accredited_list_2023(school) == Some(true))
        .count();
    assert_eq!(n_listed, 17);
}

#[test]
fn an_accreditor_carries_its_evidence() {
    let SchoolAnswer::One(saba) = facts::shipped().school("Saba University") else {
        panic!("Saba is one school");
    };
    assert_eq!(saba.accreditor, Fact::NotFound);
    let SchoolAnswer::One(mua) = facts::shipped().school("Medical University of the Americas")
    else {
        panic!("the full name is one school's");
    };
    let provenance = mua.accreditor.provenance().unwrap();
    assert!(
        provenance
            .source
            .starts_with("ACCM since 2007; table said until 31 May 2022")
    );
    assert_eq!(provenance.reliability, Reliability::SecondHand);
}
