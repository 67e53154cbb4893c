//! Today: who is due, each item (`today_item`), and what the student decides about it.

use super::Student;
use crate::web_support::Shell;

#[tokio::test]
async fn an_empty_vault_says_how_to_begin() {
    let page = Shell::new().open("/").await.text;
    assert!(
        page.contains("Start with the people you already know"),
        "{page}"
    );
    assert!(page.contains("href=\"/set-up\""), "{page}");
}

#[tokio::test]
async fn a_talk_calls_for_a_thank_you_until_it_is_put_off() {
    let student = Student::new().await;
    student
        .log("yesterday talk with Asha Rao, limb salvage")
        .await;
    let page = student.open("/").await;
    page.says(&[
        "Dr. Asha Rao",
        "You talked yesterday",
        "Settled by",
        "limb salvage",
    ]);
    let key = page.between("name=\"key\" value=\"", "\"");
    let after = student
        .post(
            "/today/decide",
            &[("key", &key), ("kind", "snooze"), ("name", "Dr. Asha Rao")],
        )
        .await;
    after
        .says(&["put off to a later day", "Undo"])
        .says_nothing_of(&["You talked yesterday"]);
}

#[tokio::test]
async fn a_decision_that_is_none_is_refused_in_words() {
    let student = Student::new().await;
    let page = student
        .post("/today/decide", &[("key", "x"), ("kind", "burn")])
        .await;
    page.says(&["snooze, skip or done"]);
}
