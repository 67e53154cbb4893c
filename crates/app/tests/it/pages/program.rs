//! One program: facts with their sources, corrections beside them, and who is known.

use axum::http::StatusCode;

use super::Student;

const MAIMONIDES: &str = "/programs/4203521221";

#[tokio::test]
async fn facts_carry_source_date_and_reliability() {
    let student = Student::new().await;
    let page = student.open(MAIMONIDES).await;
    page.says(&[
        "Who do I know here",
        "Dr. Asha Rao",
        "Not known",
        "Next sensible step",
    ]);
    let other = student.open("/programs/4201121049").await;
    other.says(&["Positions a year", "(transcribed)"]);
}

#[tokio::test]
async fn a_correction_stands_beside_the_shipped_value_and_a_conflict_is_shown() {
    let student = Student::new().await;
    let path = "/programs/4201121049/fact";
    let fields = [
        ("field", "positions"),
        ("value", "99"),
        ("source", "the coordinator"),
    ];
    let page = student.post(path, &fields).await;
    page.says(&[
        "99",
        "the coordinator",
        "Shipped value",
        "differs from what was shipped",
    ]);
    let wrong = [
        ("field", "visa_j1"),
        ("value", "perhaps"),
        ("source", "somebody"),
    ];
    student
        .post(path, &wrong)
        .await
        .says(&["yes or no", "value=\"perhaps\""]);
    let undated = [
        ("field", "director"),
        ("value", "Dr. A"),
        ("source", "page"),
        ("as_of", "yesterday"),
    ];
    student.post(path, &undated).await.says(&["a day such as"]);
}

#[tokio::test]
async fn sources_that_disagree_are_shown() {
    let student = Student::new().await;
    student
        .open("/programs/4200811040")
        .await
        .says(&["sources disagree"]);
}

#[tokio::test]
async fn a_program_goes_on_the_list_and_off_it() {
    let student = Student::new().await;
    let on = student.post(&format!("{MAIMONIDES}/list"), &[]).await;
    on.says(&["Take off my list", "On my list"]);
    let fields = [("priority", "7"), ("note", "near home")];
    let changed = student.post(&format!("{MAIMONIDES}/list"), &fields).await;
    changed.says(&["value=\"7\"", "near home"]);
    student
        .post(&format!("{MAIMONIDES}/unlist"), &[])
        .await
        .says(&["Put on my list"]);
}

#[tokio::test]
async fn an_unknown_program_is_a_page_with_a_way_on() {
    let student = Student::new().await;
    for path in ["/programs/0000000000", "/programs/nonsense"] {
        assert_eq!(student.ask(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_note_about_a_patient_waits_for_a_decision() {
    let student = Student::new().await;
    let path = format!("{MAIMONIDES}/list");
    let note = "they put the drain into MRN 00123456 at once";
    let fields = [("priority", "1"), ("note", note)];
    let refused = student.refused(&path, &fields).await;
    super::Page(refused.text).says(&["This may tell who a patient is", note]);
    let taken = [("priority", "1"), ("note", note), ("patient", "remove")];
    student
        .post(&path, &taken)
        .await
        .says(&["they put the drain into (taken out) at once"]);
}
