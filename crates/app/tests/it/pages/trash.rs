//! The trash: who is deleted comes here, and goes back.

use axum::http::StatusCode;

use super::Student;

#[tokio::test]
async fn an_empty_trash_says_what_comes_here() {
    let student = Student::new().await;
    let page = student.open("/trash").await;
    page.says(&["The trash is empty", "comes here first"]);
    student.open("/people").await.says_nothing_of(&["/trash"]);
}

#[tokio::test]
async fn who_is_deleted_waits_in_the_trash_and_is_restored() {
    let student = Student::new().await;
    let asha = student.person("asha").await;
    let page = student.post(&format!("{asha}/delete"), &[]).await;
    page.says(&["Delete Dr. Asha Rao", "Undo", "2 people", "Trash (1)"]);
    let gone = student.ask(&asha).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(
        gone.text.contains("Dr. Asha Rao is in the trash"),
        "{}",
        gone.text
    );
    for path in ["/people", "/search?q=asha", "/"] {
        let answer = student.ask(path).await;
        assert!(!answer.text.contains("Asha"), "{path}");
    }
    let trash = student.open("/trash").await;
    trash.says(&[
        "1 deleted person",
        "Dr. Asha Rao",
        "Maimonides Medical Center",
    ]);
    student
        .post("/trash/restore", &[("who", "ticked")])
        .await
        .says(&["at least one ticked row"]);
    let id = asha.trim_start_matches("/people/").to_owned();
    let back = student
        .post("/trash/restore", &[("who", "ticked"), ("person", &id)])
        .await;
    back.says(&["Restore Dr. Asha Rao", "3 people"]);
    student.open(&asha).await.says(&["Dr. Asha Rao"]);
}

#[tokio::test]
async fn all_that_fit_a_filter_are_deleted_and_all_come_back() {
    let student = Student::new().await;
    let fields = [("who", "all"), ("what", "delete"), ("filter", "q=rao")];
    let page = student.post("/people/bulk", &fields).await;
    page.says(&["Delete 2 people", "Undo", "Nobody fits"]);
    let trash = student.open("/trash").await;
    trash.says(&["Restore all 2", "Dr. Ravi Rao"]);
    let page = student.post("/trash/restore", &[("who", "all")]).await;
    page.says(&["Restore 2 people", "3 people", "Dr. Ravi Rao"]);
    // Everybody at once leaves an empty list with a way to the trash.
    let fields = [("who", "all"), ("what", "delete"), ("filter", "")];
    let page = student.post("/people/bulk", &fields).await;
    page.says(&["Nobody here yet", "Open the trash (3)"]);
}
