//! The page that Quit answers with.

use axum::http::StatusCode;

use super::Student;

#[tokio::test]
async fn quit_stands_in_the_menu_and_says_that_the_tab_may_be_closed() {
    let student = Student::new().await;
    let today = student.open("/").await;
    today.says(&["action=\"/quit\"", "Quit Vouch"]);
    let page = student.post("/quit", &[]).await;
    page.says(&[
        "You may close this tab",
        "Everything that you saved is kept",
    ])
    .says_nothing_of(&["<nav", "A demonstration"]);
}

#[tokio::test]
async fn an_address_that_is_only_opened_quits_nothing() {
    let student = Student::new().await;
    let answer = student.ask("/quit").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}
