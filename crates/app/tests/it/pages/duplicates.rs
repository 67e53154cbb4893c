//! Duplicates: a pair side by side, and what is decided about it.

use super::Student;

/// Types names whose question "same person?" is answered with "somebody new".
async fn add(student: &Student, names: &str) {
    let preview = student.post("/import/typed", &[("names", names)]).await;
    let path = preview.between("action=\"/import/", "\"");
    let fields: Vec<(String, &str)> = (0..names.lines().count())
        .map(|row| (format!("ask-{row}"), "new"))
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    student.post(&format!("/import/{path}"), &fields).await;
}

fn ids(page: &super::Page) -> (String, String) {
    (
        page.between("name=\"kept\" value=\"", "\""),
        page.between("name=\"other\" value=\"", "\""),
    )
}

#[tokio::test]
async fn an_empty_review_says_what_would_fill_it() {
    let student = Student::new().await;
    let page = student.open("/duplicates").await;
    page.says(&["Nobody seems to be stored twice", "after an import"]);
    student
        .open("/people")
        .await
        .says_nothing_of(&["stored twice"]);
}

#[tokio::test]
async fn a_pair_is_merged_with_what_was_chosen_and_undone() {
    let student = Student::new().await;
    add(&student, "Ben Okafor, fellow, Hillcrest").await;
    let page = student.open("/duplicates").await;
    page.says(&[
        "Is this one person?",
        "Same name, and nothing else to tell by.",
        "Mount Sinai",
        "Hillcrest",
        "name=\"choice-works at\"",
    ]);
    let (kept, other) = ids(&page);
    let merged = student
        .post(
            "/duplicates/merge",
            &[
                ("kept", &kept),
                ("other", &other),
                ("choice-works at", "other"),
            ],
        )
        .await;
    merged.says(&[
        "Nobody seems to be stored twice",
        "Merge Ben Okafor into Ben Okafor",
        "Undo",
    ]);
    let person = student.open(&format!("/people/{kept}")).await;
    person.says(&[
        "<dt>Works at</dt><dd><span dir=\"auto\">Hillcrest",
        "Was at",
    ]);
    // The old address leads to the person who was kept.
    let moved = student.0.open(&format!("/people/{other}")).await;
    assert_eq!(
        moved.header("location"),
        Some(format!("/people/{kept}").as_str())
    );

    let undo = merged.between("action=\"/history/", "\"");
    student.post(&format!("/history/{undo}"), &[]).await;
    student
        .open("/duplicates")
        .await
        .says(&["1 pair of records", "Is this one person?"]);
    student
        .open(&format!("/people/{other}"))
        .await
        .says_nothing_of(&["Mount Sinai"]);
}

#[tokio::test]
async fn two_people_are_told_apart_and_not_asked_about_again() {
    let student = Student::new().await;
    add(&student, "Ben Okafor, fellow, Hillcrest").await;
    let page = student.open("/duplicates").await;
    let (kept, other) = ids(&page);
    let told = student
        .post("/duplicates/apart", &[("kept", &kept), ("other", &other)])
        .await;
    told.says(&[
        "Nobody seems to be stored twice",
        "Keep Ben Okafor and Ben Okafor apart",
    ]);
    let again = student
        .open(&format!("/duplicates?keep={kept}&other={other}"))
        .await;
    again.says(&["You said that these are two people", "Merge into one"]);
}

#[tokio::test]
async fn later_goes_to_the_next_pair_and_the_kept_record_can_be_the_other() {
    let student = Student::new().await;
    add(
        &student,
        "Ben Okafor, fellow, Hillcrest\nDr. Asha Rao, Northwind",
    )
    .await;
    let page = student.open("/duplicates").await;
    page.says(&[
        "2 pairs of records",
        "The next pairs",
        "href=\"/duplicates?from=1\"",
    ]);
    let (kept, other) = ids(&page);
    let next = student.open("/duplicates?from=1").await;
    assert_ne!(ids(&next), (kept.clone(), other.clone()));
    next.says(&["Go back one pair"]);
    let swapped = student
        .open(&format!("/duplicates?keep={other}&other={kept}"))
        .await;
    assert_eq!(ids(&swapped), (other, kept));
    // A position past the end shows what is left.
    student
        .open("/duplicates?from=9")
        .await
        .says(&["2 pairs of records"]);
}

#[tokio::test]
async fn people_says_that_somebody_is_stored_twice() {
    let student = Student::new().await;
    add(&student, "Ben Okafor, fellow, Hillcrest").await;
    student
        .open("/people")
        .await
        .says_nothing_of(&["stored twice"]);
    for name in ["Mount Sinai", "Hillcrest"] {
        let person = student.person(&format!("okafor {name}")).await;
        student
            .post(&format!("{person}/edit"), &[("email", "ben@example.org")])
            .await;
    }
    student
        .open("/people")
        .await
        .says(&["1 person seems to be stored twice", "href=\"/duplicates\""]);
}

#[tokio::test]
async fn nobody_is_merged_with_nobody() {
    let student = Student::new().await;
    student
        .post("/duplicates/merge", &[("kept", "nonsense"), ("other", "")])
        .await
        .says(&["There is no person"]);
    let asha = student.person("asha").await;
    let id = asha.trim_start_matches("/people/").to_owned();
    student
        .post("/duplicates/merge", &[("kept", &id), ("other", &id)])
        .await
        .says(&["two different people"]);
}
