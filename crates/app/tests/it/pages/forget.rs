//! Forgetting says what goes, wants the surname typed, and is for good.

use axum::http::StatusCode;

use super::Student;

#[tokio::test]
async fn somebody_is_forgotten_only_when_the_surname_is_typed() {
    let student = Student::new().await;
    for line in [
        "call with Dr. Asha Rao",
        "lunch with Asha Rao and Ben Okafor",
    ] {
        student
            .post("/log", &[("line", line), ("log", "yes")])
            .await;
    }
    let asha = student.person("asha").await;
    let forget = format!("{asha}/forget");
    student.open(&asha).await.says(&[&forget]);
    let page = student.open(&forget).await;
    page.says(&[
        "Forget Dr. Asha Rao?",
        "there is no undo",
        "1 interaction with nobody else",
        "1 interaction with others",
        "your browser saved from the page Export",
    ]);
    let page = student.post(&forget, &[("typed", "Okafor")]).await;
    page.says(&["Nothing was forgotten", "not “Rao”", "value=\"Okafor\""]);
    student.open(&asha).await.says(&["Dr. Asha Rao"]);

    let page = student.post(&forget, &[("typed", " rao ")]).await;
    page.says(&["Gone for good", "Forget 1 person with 1 interaction"]);
    for path in ["/", "/people", "/search?q=asha", "/trash"] {
        student.open(path).await.says_nothing_of(&["Asha"]);
    }
    let history = student.open("/history").await;
    history
        .says(&[
            "cannot be undone any more",
            "forgetting is for good",
            "somebody who was forgotten",
        ])
        .says_nothing_of(&["Asha"]);
    for path in [asha.as_str(), forget.as_str()] {
        assert_eq!(student.ask(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_trash_is_emptied_when_the_number_is_typed() {
    let student = Student::new().await;
    let page = student.open("/people").await;
    page.says(&["3 people"]);
    let fields = [("who", "all"), ("what", "delete"), ("filter", "q=rao")];
    student.post("/people/bulk", &fields).await;
    student.open("/trash").await.says(&["/trash/empty"]);
    let page = student.open("/trash/empty").await;
    page.says(&[
        "Forget 2 people in the trash?",
        "Type <strong dir=\"auto\">2</strong>",
    ]);
    let page = student.post("/trash/empty", &[("typed", "all")]).await;
    page.says(&["Nothing was forgotten"]);
    let page = student.post("/trash/empty", &[("typed", "2")]).await;
    page.says(&["Gone for good", "Forget 2 people"]);
    student.open("/trash").await.says(&["The trash is empty"]);
    student
        .open("/people")
        .await
        .says(&["Ben Okafor", "1 person"]);
    // Nothing to empty leads to the empty trash.
    let answer = student.ask("/trash/empty").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/trash");
}

#[tokio::test]
async fn somebody_in_the_trash_can_be_forgotten_alone() {
    let student = Student::new().await;
    let asha = student.person("asha").await;
    student.post(&format!("{asha}/delete"), &[]).await;
    let forget = format!("{asha}/forget");
    student.open("/trash").await.says(&[&forget]);
    let page = student.open(&forget).await;
    page.says(&["Forget Dr. Asha Rao?", "href=\"/trash\""]);
    let page = student.post(&forget, &[("typed", "Rao")]).await;
    page.says(&["Gone for good"]);
    student.open("/trash").await.says(&["The trash is empty"]);
}

#[tokio::test]
async fn only_a_forgetting_has_a_page_that_says_what_went() {
    let student = Student::new().await;
    for path in ["/forgotten", "/forgotten?operation=nonsense"] {
        assert_eq!(student.ask(path).await.status, StatusCode::NOT_FOUND);
    }
    let history = student.open("/history").await;
    let other = history.between("action=\"/history/", "/undo\"");
    let answer = student.ask(&format!("/forgotten?operation={other}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
