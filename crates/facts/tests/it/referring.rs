//! Who refers patients to interventional radiology.

use facts::referring;

fn words(position: &str) -> Vec<&str> {
    let found = referring().of_position(position).into_iter();
    found.map(|it| it.word.as_str()).collect()
}

#[test]
fn a_position_shows_its_specialties() {
    assert_eq!(words("attending surgeon"), ["surgery"]);
    assert_eq!(words("Vascular Surgery Fellow"), ["surgery"]);
    assert_eq!(words("Chief, Surgical Oncology"), ["surgery", "oncology"]);
    assert_eq!(words("Transplant hepatologist"), ["internal-medicine"]);
    assert_eq!(words("PGY-2 Internal Medicine"), ["internal-medicine"]);
    assert_eq!(
        words("Hematology/Oncology attending"),
        ["oncology", "internal-medicine"]
    );
}

#[test]
fn radiology_and_posts_that_refer_nobody_show_none() {
    for position in [
        "",
        "IR attending",
        "Interventional Radiology and Oncology",
        "Interventional oncologist",
        "Surgical technologist",
        "Surgery program coordinator",
        "Medical student, surgery rotation",
        // The words are beginnings: this one only ends alike.
        "Internal Auditor, Medicine",
    ] {
        assert_eq!(words(position), [""; 0], "{position}");
    }
}

#[test]
fn the_three_of_the_article_are_there_and_folded() {
    let referring = referring();
    let labels: Vec<&str> = referring
        .specialties
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["Surgeons", "Oncologists", "Internists"]);
    assert_eq!(
        (referring.trace[0].as_str(), referring.grade.as_str()),
        ("S-014", "S")
    );
    let words = referring.specialties.iter().flat_map(|it| &it.words);
    for word in words.chain(&referring.except) {
        assert_eq!(&domain::fold_key(word), word);
    }
}
