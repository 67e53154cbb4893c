//! History, and the page that asks about later changes (`undo_later`).

use super::Student;

#[tokio::test]
async fn a_change_is_undone_and_the_undo_too() {
    let student = Student::new().await;
    student.log("today call with Asha Rao").await;
    let history = student.open("/history").await;
    history.says(&[
        "Log call with Dr. Asha Rao",
        "Import typed names",
        "Say who you are",
    ]);
    let undo = history.between("action=\"/history/", "\"");
    let undone = student.post(&format!("/history/{undo}"), &[]).await;
    undone.says(&["Undo: Log call with Dr. Asha Rao", "undone"]);
    let again = undone.between("action=\"/history/", "\"");
    student.post(&format!("/history/{again}"), &[]).await;
    let person = student.person("asha").await;
    student.open(&person).await.says(&["1 live talk"]);
}

#[tokio::test]
async fn an_undo_that_needs_later_ones_asks_first() {
    let student = Student::new().await;
    let edit = format!("{}/edit", student.person("asha").await);
    student.post(&edit, &[("note", "one")]).await;
    let first = student
        .open("/history")
        .await
        .between("action=\"/history/", "\"");
    student.post(&edit, &[("note", "two")]).await;
    let asked = student.post(&format!("/history/{first}"), &[]).await;
    asked.says(&[
        "Undo more?",
        "Undo these too",
        "Change what is stored of Dr. Asha Rao",
    ]);
    student
        .post(&format!("/history/{first}"), &[("later", "yes")])
        .await;
    student
        .open(&edit)
        .await
        .says_nothing_of(&[">one<", ">two<"]);
}

#[tokio::test]
async fn a_change_that_is_not_there_is_told() {
    let student = Student::new().await;
    student
        .post("/history/nonsense/undo", &[])
        .await
        .says(&["There is no change"]);
}

#[tokio::test]
async fn past_its_end_the_history_says_so_with_a_way_back() {
    let student = Student::new().await;
    for path in ["/history?before=-5", "/history?before=1"] {
        student
            .open(path)
            .await
            .says(&[
                "past the end of the history",
                "href=\"/history\">The latest",
            ])
            .says_nothing_of(&["Nothing was changed yet"]);
    }
}
