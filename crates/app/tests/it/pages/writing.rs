//! What the composer keeps while somebody types, and what it shows of texts that
//! everybody reads or that need a policy.

use super::write::{GOOD, begin};
use super::{Page, Student};

#[tokio::test]
async fn what_is_typed_is_kept_as_it_is_typed() {
    let student = Student::new().await;
    let (path, page) = begin(&student).await;
    page.says(&["data-live-keeps", "What you type is kept as you type."]);
    let check = format!("{path}/check");
    let mut n_told = Vec::new();
    for text in ["Dear Dr. Rao,", "Dear Dr. Rao,\n\nHello"] {
        let fields = [("subject", "Rounds"), ("text", text)];
        student.post(&check, &fields).await;
        let history = student.open("/history").await;
        n_told.push(history.0.matches("Write &#34;Rounds&#34;").count());
    }
    // All of it is one thing that can be undone.
    assert!(n_told[0] > 0 && n_told[0] == n_told[1], "{n_told:?}");
    student
        .open(&path)
        .await
        .says(&["value=\"Rounds\"", ">Dear Dr. Rao,\n\nHello</textarea>"]);
    // What was thrown away is not there to be kept.
    let fields = [("subject", "Rounds"), ("text", GOOD), ("do", "discard")];
    student.post(&path, &fields).await;
    let gone = student.ask(&path).await;
    assert_eq!(gone.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_public_text_is_for_everybody_and_posted() {
    let student = Student::new().await;
    let page = student.post("/write", &[("template", "x-post")]).await;
    page.says(&["Everybody can read this", "at most 280"])
        .says_nothing_of(&["This message is to an office", "missing-identity"]);
    let path = format!("/write/{}", page.between("action=\"/write/", "\""));
    let text = "I read every film twice now, as a lecture taught me. What do you do?";
    let fields = [("subject", ""), ("text", text), ("do", "hand-over")];
    let page = student.post(&path, &fields).await;
    page.says(&["I posted it", "Copy it to where you post it"]);
    let page = student.post(&path, &[("do", "sent")]).await;
    page.says_nothing_of(&["No answer yet", "Write a reminder"]);
}

#[tokio::test]
async fn a_policy_that_is_needed_stands_first_where_it_is_not_known() {
    let student = Student::new().await;
    let person = student.person("asha").await;
    let id = person.trim_start_matches("/people/");
    let at = |template: &str| format!("/write?person={id}&template={template}");
    let page = student.open(&at("interview-thank-you")).await;
    let first = page.between("</h1>", "What you know");
    Page(first).says(&["say about being written to?", "send nothing"]);
    student
        .open(&at("thank-you"))
        .await
        .says_nothing_of(&["say about being written to?"]);
}
