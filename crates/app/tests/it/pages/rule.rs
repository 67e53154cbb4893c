//! One rule on messages (the template `rule`).

use axum::http::StatusCode;

use super::{Page, Student};

#[tokio::test]
async fn every_rule_has_a_page_with_what_it_rests_on() {
    let student = Student::new().await;
    for rule in lint::RULES {
        let page = student.open(&format!("/help/{}", rule.meta.name)).await;
        page.says(&["What it rests on", "Leaves alone", "24 Nov 2026"]);
    }
    student
        .open("/help/too-long")
        .await
        .says(&["vendor data, other settings", "Boomerang 2016"]);
    let answer = student.ask("/help/no-such-rule").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_rules_of_the_match_stay_on_and_say_to_check_the_agreement() {
    let student = Student::new().await;
    student
        .open("/help/rank-question")
        .await
        .says(&["Check the current agreement", "always on"])
        .says_nothing_of(&["Switch it off"]);
    // The same words are right or wrong by the time of the year, which is said.
    student
        .open("/help/rank-promise")
        .await
        .says(&["While rank lists are made", "outside the season"]);
    let refused = student
        .refused("/help/rank-question", &[("do", "off")])
        .await;
    Page(refused.text).says(&["stay on"]);
    student
        .open("/help/patient-identifier")
        .await
        .says(&["always on"]);
}

#[tokio::test]
async fn another_rule_is_switched_off_and_on() {
    let student = Student::new().await;
    let page = student.post("/help/too-short", &[("do", "off")]).await;
    page.says(&["It is off for every message", "Switch it on", "Undo"]);
    let page = student.post("/help/too-short", &[("do", "on")]).await;
    page.says(&["It is on for every message"]);
}

#[tokio::test]
async fn the_code_of_a_guard_leads_to_the_guards() {
    let student = Student::new().await;
    let answer = student.ask("/help/first-contacts-a-day").await;
    assert_eq!(
        answer.header("location"),
        Some("/set-up/guards#first-contacts-a-day")
    );
}
