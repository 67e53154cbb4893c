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
async fn each_rhythm_that_is_none_is_marked() {
    let student = Student::new().await;
    let stored = [("tag", "mentor"), ("tag-days", "30")];
    student.post("/set-up/rhythms", &stored).await;
    let fields = [
        ("ring-inner", "120-60"),
        ("ring-wide", "90"),
        ("role-resident", "soon"),
        ("tag", "mentor"),
        ("tag-days", "x"),
        ("tag", "friend"),
        ("tag-days", "y"),
    ];
    let refused = student.refused("/set-up/rhythms", &fields).await;
    let page = super::Page(refused.text);
    for (id, label, found) in [
        ("ring-inner", "Ring, inner", "120-60"),
        ("role-resident", "What they do, resident", "soon"),
        ("tag-days-1", "Days for mentor", "x"),
        ("tag-days-new", "Days for friend", "y"),
    ] {
        page.says(&[
            &format!(
                "<a href=\"#{id}\" dir=\"auto\">{label}</a>: &#34;{found}&#34; cannot be used"
            ),
            &format!("value=\"{found}\""),
            &format!("aria-invalid=\"true\" aria-describedby=\"{id}-problem\""),
            &format!("<p class=\"error\" id=\"{id}-problem\">&#34;"),
        ]);
    }
    assert_eq!(page.0.matches("aria-invalid").count(), 4);
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
