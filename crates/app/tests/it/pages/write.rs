//! Write: the start (`write`), the composer (`write_message`) and its findings
//! (`write_findings`).

use axum::http::StatusCode;

use super::{Page, Student};

async fn begin(student: &Student) -> (String, Page) {
    let person = student.person("asha").await;
    let id = person.trim_start_matches("/people/");
    let start = student
        .open(&format!("/write?person={id}&template=alumni-intro"))
        .await;
    start.says(&["your own words", "from the record", "For example"]);
    let page = student
        .post(
            "/write",
            &[
                ("template", "alumni-intro"),
                ("person", id),
                ("slot-question", "how you chose"),
            ],
        )
        .await;
    let path = format!("/write/{}", page.between("action=\"/write/", "\""));
    (path, page)
}

const GOOD: &str = "Dear Dr. Rao,\n\nI am Solange Baptiste, MS3 at St. George's University, where \
    you graduated before me. I found your name among our graduates on the alumni page.\n\nYour \
    rounds at Maimonides Medical Center stayed with me, because you let us read the films \
    first.\n\nCould we speak by phone for 15 minutes, so that I can hear how you chose your \
    program?\n\nThank you for reading this,\nSolange Baptiste";

#[tokio::test]
async fn a_message_with_an_error_cannot_be_handed_over_and_is_not_lost() {
    let student = Student::new().await;
    let (path, page) = begin(&student).await;
    page.says(&["placeholder-left", "Dear Dr. Rao,", "how you chose"]);
    let typed = [
        ("subject", "Rounds"),
        ("text", "Dear Dr. Rao,\r\n\r\n[more]"),
        ("do", "sent"),
    ];
    let refused = student.post(&path, &typed).await;
    refused.says(&[
        "Not yet",
        "the message is not ready",
        "[more]",
        "value=\"Rounds\"",
    ]);
    let answer = student.ask(&format!("{path}/message.eml")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_live_check_answers_with_a_fragment() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let fragment = student
        .post(
            &format!("{path}/check"),
            &[("subject", "Rounds"), ("text", GOOD)],
        )
        .await;
    fragment.says_nothing_of(&["<html", "data-level=\"error\""]);
    let wrong = GOOD.replace("Dr. Rao", "Dr. Roa");
    let fields = [("subject", "Rounds"), ("text", wrong.as_str())];
    student
        .post(&format!("{path}/check"), &fields)
        .await
        .says(&["wrong-name"]);
}

#[tokio::test]
async fn a_good_message_is_handed_over_sent_and_answered() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let fields = [
        ("subject", "Your rounds"),
        ("text", GOOD),
        ("do", "hand-over"),
    ];
    let mut page = student.post(&path, &fields).await;
    // Warnings may stand; each is confirmed with a word of reason.
    while page.0.contains("value=\"confirm-") {
        let code = page.between("value=\"confirm-", "\"");
        let (deed, reason) = (format!("confirm-{code}"), format!("reason-{code}"));
        student
            .post(&path, &[("do", &deed), (&reason, "it is right here")])
            .await;
        page = student.post(&path, &[("do", "hand-over")]).await;
    }
    page.says(&["Ready to leave", "href=\"mailto:", "message.eml"]);
    let file = student.ask(&format!("{path}/message.eml")).await;
    assert_eq!(file.header("content-type"), Some("message/rfc822"));
    assert!(file.text.contains("Subject: Your rounds"), "{}", file.text);
    let sent = student.post(&path, &[("do", "sent")]).await;
    sent.says(&["They answered", "Undo"]);
    let person = student.person("asha").await;
    student.open(&person).await.says(&["Sent: Your rounds"]);
    let answered = student
        .post(&path, &[("do", "replied"), ("note", "happy to talk")])
        .await;
    answered.says(&["replied"]);
    student
        .open(&person)
        .await
        .says(&["happy to talk", "aware"]);
}

#[tokio::test]
async fn enter_in_the_field_of_a_reason_confirms_the_warning() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let text = GOOD.replace(
        "I found your name among our graduates on the alumni page.",
        "",
    );
    let page = student
        .post(
            &path,
            &[("subject", "Rounds"), ("text", &text), ("do", "save")],
        )
        .await;
    page.says(&["missing-how-found"]);
    let fields = [
        ("subject", "Rounds"),
        ("text", text.as_str()),
        ("do", "save"),
        ("reason-missing-how-found", "she told me to write"),
    ];
    student
        .post(&path, &fields)
        .await
        .says(&["Confirmed: she told me to write"]);
}

#[tokio::test]
async fn an_unknown_template_or_slot_is_named() {
    let student = Student::new().await;
    student
        .post("/write", &[("template", "love-letter")])
        .await
        .says(&["love-letter", "alumni-office"]);
    let fields = [("template", "alumni-office"), ("slot-nonsense", "x")];
    student.post("/write", &fields).await.says(&["nonsense"]);
}

#[tokio::test]
async fn slips_are_noted_once_the_checker_is_loaded_and_mended_with_a_click() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let slip = GOOD.replace("because you", "becuase you");
    let fields = [("subject", "Rounds"), ("text", slip.as_str())];
    let check = format!("{path}/check");
    let mut fragment = student.post(&check, &fields).await;
    while fragment.0.contains("from your next change on") {
        // The checker is loaded in the background, and the rules do not wait for it.
        fragment.says(&["class=\"findings\""]);
        std::thread::yield_now();
        fragment = student.post(&check, &fields).await;
    }
    fragment.says(&["Spelling and grammar", "becuase", "Write “because”"]);
    let button = fragment.between("value=\"prose:", "\"");
    let deed = format!("prose:{button}");
    let fields = [fields[0], fields[1], ("do", deed.as_str())];
    let page = student.post(&path, &fields).await;
    page.says(&["because you let us", "Undo"]);
    page.says_nothing_of(&["becuase"]);
    let gone = student.post(&path, &[("do", "prose:3")]).await;
    gone.says(&["Not yet", "a note on spelling or grammar"]);
}

#[tokio::test]
async fn templates_are_offered_by_person_purpose_and_channel() {
    let student = Student::new().await;
    let all = student.open("/write").await;
    all.says(&[
        "Write to somebody new",
        "Ask for support",
        "Put something right",
        "To say aloud",
    ]);
    let support = student.open("/write?purpose=support").await;
    support.says(&[
        "Ask for a letter of recommendation",
        "Ask for an introduction",
    ]);
    support.says_nothing_of(&["Ask the alumni office"]);
    student
        .open("/write?purpose=observe&channel=spoken")
        .await
        .says(&["Introduce yourself to an IR attending"]);
    student
        .open("/write?purpose=support&channel=spoken")
        .await
        .says(&["Nothing fits this choice"]);
    // Asha is an attending whom the student never met.
    let id = student.person("asha").await;
    let id = id.trim_start_matches("/people/");
    let page = student.open(&format!("/write?person={id}")).await;
    page.says(&[
        "do not fit",
        "For somebody who has worked with you",
        &format!("person={id}"),
    ]);
}

#[tokio::test]
async fn a_template_says_first_what_must_be_settled_and_last_what_follows() {
    let student = Student::new().await;
    let page = student.open("/write?template=advocacy-request").await;
    page.says(&["The Match: nobody may ask", "What comes after"]);
    let page = student.open("/write?template=interview-thank-you").await;
    page.says(&["policy first"]);
    let page = student.open("/write?template=letter-request").await;
    page.says(&[
        "Goes with it:",
        "personal statement",
        "letter-request%2Freminder",
    ]);
    let kit = student.open("/write?template=intro-request").await;
    kit.says(&["Lines to forward", "Say what came of the introduction"]);
    let begun = student
        .post("/write", &[("template", "intro-request/blurb")])
        .await;
    begun.says(&["Lines to forward", "here are the lines to pass on"]);
}
