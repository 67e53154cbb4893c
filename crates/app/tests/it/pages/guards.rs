//! Guards on outreach (the template `guards`).

use super::{Page, Student};

#[tokio::test]
async fn guards_stand_with_our_numbers_and_what_they_rest_on() {
    let student = Student::new().await;
    student.open("/set-up/guards").await.says(&[
        "name=\"contacts_a_day\" inputmode=\"numeric\" value=\"3\"",
        "name=\"contacts_a_week\" inputmode=\"numeric\" value=\"8\"",
        "id=\"overdue-commitment\"",
        "vendor data, other settings",
    ]);
}

#[tokio::test]
async fn limits_of_rules_are_set_refused_and_brought_back() {
    let student = Student::new().await;
    let rule = student.open("/help/over-channel-limit").await;
    rule.says(&[
        "Characters in a LinkedIn note: 200",
        "/set-up/guards#limits",
    ]);
    let at = "/set-up/guards";
    let save = |n| {
        [
            ("do", "limits"),
            ("linkedin_characters", n),
            ("shadow_days", "5"),
        ]
    };
    let page = student.post(at, &save("300")).await;
    page.says(&[
        "name=\"linkedin_characters\" inputmode=\"numeric\" value=\"300\"",
        "Undo",
    ]);
    // The guards stay as they are.
    page.says(&["value=\"first-contacts-a-day\" checked"]);
    let refused = student.refused(at, &save("400")).await;
    Page(refused.text).says(&["a number from 200 to 300", "value=\"400\""]);
    let page = student.post(at, &save("")).await;
    page.says(&["name=\"linkedin_characters\" inputmode=\"numeric\" value=\"200\""]);
}

#[tokio::test]
async fn numbers_are_changed_refused_and_brought_back() {
    let student = Student::new().await;
    let fields = [("on", "first-contacts-a-day"), ("contacts_a_day", "5")];
    let page = student.post("/set-up/guards", &fields).await;
    page.says(&[
        "name=\"contacts_a_day\" inputmode=\"numeric\" value=\"5\"",
        "value=\"first-contacts-a-day\" checked",
        "Undo",
    ])
    .says_nothing_of(&["value=\"reminder-limit\" checked"]);
    for (word, typed, told) in [
        ("contacts_a_day", "many", "a number up to 50"),
        ("contacts_a_week", "999", "a number up to 200"),
        ("conference_min", "9", "the smaller one first"),
    ] {
        let refused = student.refused("/set-up/guards", &[(word, typed)]).await;
        Page(refused.text).says(&[told, &format!("value=\"{typed}\"")]);
    }
    let page = student.post("/set-up/guards", &[("do", "defaults")]).await;
    page.says(&[
        "name=\"contacts_a_day\" inputmode=\"numeric\" value=\"3\"",
        "value=\"reminder-limit\" checked",
    ]);
}
