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

#[tokio::test]
async fn what_is_due_comes_in_parts() {
    let student = Student::new().await;
    let names = [
        "Ada Abel",
        "Bo Baker",
        "Cy Cole",
        "Di Drake",
        "Ed Ellis",
        "Fay Frost",
        "Gus Grant",
        "Hal Hayes",
        "Ida Irwin",
        "Jo Jarvis",
        "Kit Knox",
        "Liv Lowe",
        "Max Mason",
        "Ned Noble",
        "Oz Owens",
    ];
    let preview = student
        .post("/import/typed", &[("names", &names.join("\n"))])
        .await;
    let import = preview.between("action=\"/import/", "\"");
    student.post(&format!("/import/{import}"), &[]).await;
    for name in &names {
        student.log(&format!("yesterday talk with {name}")).await;
    }
    let items = |page: &super::Page| page.0.matches("<li data-item").count();
    let first = student.open("/").await;
    first.says(&["1 to 12 of 15", "href=\"/?from=12\">Later"]);
    let rest = student.open("/?from=12").await;
    rest.says(&[
        "13 to 15 of 15",
        "15 things are worth doing",
        "href=\"/\">Earlier",
    ]);
    assert_eq!((items(&first), items(&rest)), (12, 3));
    // An address whose part is settled leads to the beginning.
    student
        .follow_to("/?from=60")
        .await
        .says(&["1 to 12 of 15"]);
}
