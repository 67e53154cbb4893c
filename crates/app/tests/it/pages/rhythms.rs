//! How often to be in touch.

use super::Student;

#[tokio::test]
async fn rhythms_are_set_by_ring_role_and_tag() {
    let student = Student::new().await;
    student.open("/set-up/rhythms").await.says(&[
        "placeholder=\"60-120\"",
        "By what they do",
        "Another tag",
    ]);
    let fields = [
        ("ring-inner", "45"),
        ("role-resident", "90-100"),
        ("tag", "Mentor"),
        ("tag-days", "30"),
    ];
    let page = student.post("/set-up/rhythms", &fields).await;
    page.says(&[
        "value=\"45-90\"",
        "value=\"90-100\"",
        "value=\"mentor\"",
        "Undo",
    ]);
    let without = [
        ("tag", "mentor"),
        ("tag-days", ""),
        ("tag", ""),
        ("tag-days", ""),
    ];
    student
        .post("/set-up/rhythms", &without)
        .await
        .says(&["value=\"45-90\""])
        .says_nothing_of(&["value=\"mentor\""]);
}

#[tokio::test]
async fn days_that_are_none_are_told_and_kept() {
    let student = Student::new().await;
    let fields = [
        ("ring-inner", "now and then"),
        ("tag", "mentor"),
        ("tag-days", "7"),
    ];
    student.post("/set-up/rhythms", &fields).await.says(&[
        "Not saved yet",
        "days such as 60",
        "value=\"now and then\"",
        "value=\"mentor\"",
        "value=\"7\"",
    ]);
}
