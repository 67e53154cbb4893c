//! The week: few things that fit the minutes, each with its aim.

use super::Student;
use crate::web_support::Shell;

#[tokio::test]
async fn an_empty_week_says_what_would_fill_it() {
    let page = Shell::new().open("/week").await.text;
    assert!(page.contains("Nothing for this week"), "{page}");
    assert!(page.contains("href=\"/import\""), "{page}");
}

#[tokio::test]
async fn the_week_shows_aims_and_a_decision_leads_back_to_it() {
    let student = Student::new().await;
    student
        .log("yesterday talk with Asha Rao, limb salvage")
        .await;
    let page = student.open("/week").await;
    page.says(&[
        "Thank Dr. Asha Rao, and name one concrete thing you learnt.",
        "about 10 of 60 minutes",
        "planned for an hour",
        "data-item-key=\"a\"",
    ])
    .says_nothing_of(&["On my day"]);
    student
        .post(
            "/set-up",
            &[("name", "Solange"), ("minutes", "90"), ("day", "Saturday")],
        )
        .await;
    let page = student.open("/week").await;
    page.says(&["For <time", "Sat ", "of 90 minutes", "On my day"]);
    let key = page.between("name=\"key\" value=\"", "\"");
    let fields = [("key", key.as_str()), ("kind", "usual"), ("back", "/week")];
    let after = student.post("/today/decide", &fields).await;
    after.says(&["Nothing for this week", "Put off until", "Undo"]);
}

#[tokio::test]
async fn a_day_that_is_not_set_cannot_be_waited_for() {
    let student = Student::new().await;
    let page = student
        .post("/today/decide", &[("key", "x"), ("kind", "usual")])
        .await;
    page.says(&["a usual day"]);
}

#[tokio::test]
async fn what_does_not_fit_and_cannot_wait_is_named() {
    let student = Student::new().await;
    student
        .log("today call with Asha Rao #promise send draft by tomorrow")
        .await;
    let minutes = async |minutes: &str| {
        let fields = [("name", "Solange"), ("minutes", minutes)];
        student.post("/set-up", &fields).await;
        student.open("/week").await
    };
    let page = minutes("30").await;
    page.says(&[
        "about 30 of 30 minutes",
        "1 thing does not fit, and cannot wait",
    ]);
    let page = minutes("5").await;
    page.says(&[
        "Nothing of what is due fits into 5 minutes.",
        "2 things do not fit, and cannot wait",
        "Keep your word to Dr. Asha Rao: send draft.",
    ])
    .says_nothing_of(&["Nothing for this week"]);
}
