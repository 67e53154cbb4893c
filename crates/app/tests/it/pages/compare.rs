//! Programs side by side.

use super::Student;

const FOUR: &str = "p=4203521221&p=4201121049&p=4200811040";

#[tokio::test]
async fn programs_stand_side_by_side_and_one_is_taken_out() {
    let student = Student::new().await;
    let page = student.open(&format!("/programs/compare?{FOUR}")).await;
    page.says(&[
        "3 of at most four",
        "Maimonides Medical Center",
        "Positions a year",
        "not known",
        "differs",
        "href=\"/programs/compare?p=4201121049&#38;p=4200811040\"",
    ]);
    let many: Vec<String> = facts::shipped()
        .programs()
        .iter()
        .take(6)
        .map(|program| format!("p={}", program.id))
        .collect();
    student
        .open(&format!("/programs/compare?{}", many.join("&")))
        .await
        .says(&["4 of at most four", "2 more were ticked"]);
}

#[tokio::test]
async fn an_empty_comparison_says_what_would_fill_it_and_offers_the_list() {
    let student = Student::new().await;
    student.post("/programs/4203521221/list", &[]).await;
    student.open("/programs/compare?p=nonsense").await.says(&[
        "Nothing to compare yet",
        "Add one of my list",
        "Maimonides",
    ]);
    let unknown = student.ask("/programs/compare?p=0000000000").await;
    assert_eq!(unknown.status, axum::http::StatusCode::NOT_FOUND);
}
