//! Set-up: who the student is.

use super::Student;

#[tokio::test]
async fn the_school_is_kept_under_its_full_name() {
    let student = Student::new().await;
    student.open("/set-up").await.says(&[
        "St. George&#39;s University School of Medicine",
        "Solange Baptiste",
    ]);
}

#[tokio::test]
async fn what_is_not_understood_is_told_and_kept() {
    let student = Student::new().await;
    let cases = [
        ([("name", "S"), ("school", "MUA")], "Several schools"),
        (
            [("name", "S"), ("zone", "Mars/Olympus")],
            "America/Barbados",
        ),
        ([("name", "S"), ("email", "nobody")], "an address with"),
        ([("name", "S"), ("stage", "MS9")], "MS1, MS2"),
    ];
    for (fields, words) in cases {
        student
            .post("/set-up", &fields)
            .await
            .says(&["Not saved yet", words, "value=\"S\""]);
    }
}
