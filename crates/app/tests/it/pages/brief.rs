//! The brief: what stands on the page that is handed over, and what never does.

use super::Student;
use crate::web_support::Shell;

const PROGRAM: &str = "/programs/4202511093";

#[tokio::test]
async fn an_empty_brief_says_what_would_fill_it() {
    let page = Shell::new().open("/brief").await.text;
    for words in [
        "Not said yet",
        "No program is on the list yet",
        "Which season should I aim at?",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn names_are_left_out_until_they_are_ticked() {
    let student = Student::new().await;
    let line = "today email to Asha Rao #promise send the review to Asha Rao tomorrow";
    student.log(line).await;
    student.post(&format!("{PROGRAM}/list"), &[]).await;
    let page = student.open("/brief").await;
    page.says(&["I promised", "[name]", "1</strong> unknown", "Henry Ford"])
        .says_nothing_of(&["Asha", "Rao"]);
    let page = student.open("/brief?names=yes").await;
    page.says(&["Asha Rao", "checked"]);
}

#[tokio::test]
async fn what_was_told_in_confidence_is_not_on_it() {
    let student = Student::new().await;
    student.post(&format!("{PROGRAM}/list"), &[]).await;
    let secret = [
        ("field", "director"),
        ("value", "Dr. Zebrafish"),
        ("source", "a resident"),
        ("private", "yes"),
    ];
    let page = student.post(&format!("{PROGRAM}/fact"), &secret).await;
    page.says(&["Zebrafish", "in confidence"]);
    let line = "yesterday talk with Asha Rao, zebrafish is leaving";
    student.log(line).await;
    for path in ["/brief", "/brief?names=yes"] {
        let page = student.open(path).await;
        page.says(&["Henry Ford"])
            .says_nothing_of(&["Zebrafish", "zebrafish"]);
    }
}
