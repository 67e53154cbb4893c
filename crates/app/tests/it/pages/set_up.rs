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

#[tokio::test]
async fn every_field_that_is_wrong_is_marked_with_its_label() {
    let student = Student::new().await;
    let fields = [
        ("name", "S"),
        ("school", "MUA"),
        ("email", "nobody"),
        ("season", "1850"),
        ("travel", "much"),
        ("minutes", "90"),
    ];
    let refused = student.refused("/set-up", &fields).await;
    let page = super::Page(refused.text);
    let told = page.between("<strong>Not saved yet</strong>", "</div>");
    for (id, label, found) in [
        ("school", "Medical school", "Several schools"),
        ("email", "Your e-mail", "&#34;nobody&#34; cannot be used"),
        (
            "season",
            "Match you aim at",
            "&#34;1850&#34; cannot be used",
        ),
        (
            "travel",
            "Money for travel, US$ a year",
            "&#34;much&#34; cannot be used",
        ),
    ] {
        let line = format!("<a href=\"#{id}\" dir=\"auto\">{label}</a>: {found}");
        assert!(told.contains(&line), "no {line} in {told}");
        page.says(&[
            &format!("id=\"{id}-problem\""),
            &format!("aria-invalid=\"true\" aria-describedby=\"{id}-problem {id}-hint\""),
        ]);
    }
    assert_eq!(page.0.matches("aria-invalid").count(), 4);
    page.says(&["value=\"1850\"", "value=\"much\"", "value=\"90\""])
        .says_nothing_of(&["season:"]);
}

#[tokio::test]
async fn every_answer_says_what_it_changes_and_is_kept() {
    let student = Student::new().await;
    student
        .post(
            "/set-up",
            &[
                ("name", "Solange Baptiste"),
                ("stage", "graduate"),
                ("graduated", "2024"),
                ("season", "2028"),
                ("home_ir", "no"),
                ("visa", "j1"),
                ("pathway", "diagnostic-first"),
                ("travel", "800"),
                ("minutes", "90"),
                ("day", "Saturday"),
            ],
        )
        .await;
    student.open("/set-up").await.says(&[
        "value=\"2024\"",
        "value=\"2028\"",
        "first week of September",
        "<option value=\"no\" selected>",
        "<option value=\"j1\" selected>",
        "<option value=\"diagnostic-first\" selected>",
        "value=\"800\"",
        "value=\"90\"",
        "<option value=\"Saturday\" selected>",
        "No rotation yet",
    ]);
}

#[tokio::test]
async fn rotations_are_added_changed_and_removed() {
    let student = Student::new().await;
    let refused = student
        .post(
            "/set-up/rotation",
            &[
                ("hospital", "Maimonides Medical Center"),
                ("starts", "2027-02-30"),
            ],
        )
        .await;
    refused.says(&[
        "Not saved yet",
        "first day",
        "value=\"Maimonides Medical Center\"",
    ]);
    let page = student
        .post(
            "/set-up/rotation",
            &[
                ("hospital", "Maimonides Medical Center"),
                ("service", "surgery"),
            ],
        )
        .await;
    page.says(&[
        "Maimonides Medical Center</strong>, <span dir=\"auto\">surgery",
        "no dates",
        "Undo",
    ]);
    let id = page.between("/set-up?rotation=", "#");
    student
        .open(&format!("/set-up?rotation={id}"))
        .await
        .says(&["Save this rotation", "value=\"surgery\""]);
    student
        .post(&format!("/set-up/rotation/{id}/remove"), &[])
        .await
        .says(&["No rotation yet", "Undo"]);
}
