//! Write: the start (`write`), the composer (`write_message`) and its findings
//! (`write_findings`).

use axum::http::StatusCode;

use super::{Page, Student};

pub(super) async fn begin(student: &Student) -> (String, Page) {
    let person = student.person("asha").await;
    let id = person.trim_start_matches("/people/");
    let start = student
        .open(&format!("/write?person={id}&template=alumni-intro"))
        .await;
    start.says(&[
        "your own words",
        "from the record",
        "For example",
        "8 to 12 lines",
        "at most 15 minutes asked for",
        "What you know",
        "Contact policy of",
    ]);
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

/// A message to Asha that the rules let pass.
pub(super) const GOOD: &str = "Dear Dr. Rao,\n\nI am Solange Baptiste, MS3 at St. George's University, where \
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
        ("do", "hand-over"),
    ];
    let refused = student.refused(&path, &typed).await;
    super::Page(refused.text).says(&[
        "Not yet",
        "href=\"#in-the-way\"",
        "in the way",
        "id=\"in-the-way\"",
        "[more]",
        "value=\"Rounds\"",
    ]);
    let answer = student.ask(&format!("{path}/message.eml")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_count_outside_of_the_usual_says_which_way() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let check = format!("{path}/check");
    let of = |page: &super::Page, label: &str| page.between(&format!("<dt>{label}</dt>"), "</dd>");
    let short = [("subject", "Rounds"), ("text", "Dear Dr. Rao,\n\nHello.")];
    let page = student.post(&check, &short).await;
    for label in ["Words", "Lines", "Questions"] {
        let count = of(&page, label);
        assert!(count.contains("fewer than usual"), "{label}: {count}");
    }
    let long = "Could we speak about your rounds in Brooklyn this week?\n".repeat(30);
    let page = student
        .post(&check, &[("subject", "Rounds"), ("text", &long)])
        .await;
    for label in ["Words", "Lines", "Questions"] {
        let count = of(&page, label);
        assert!(count.contains("more than usual"), "{label}: {count}");
    }
}

#[tokio::test]
async fn what_follows_a_template_has_its_name() {
    let student = Student::new().await;
    student
        .open("/write?template=thank-you")
        .await
        .says(&["Follow-up: None."])
        .says_nothing_of(&[">None.<"]);
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
    let (start, _) = GOOD.split_once(" I found your name").expect("how found");
    let (_, ask) = GOOD.split_once("films first.").expect("the ask");
    let text = format!("{start}{ask}");
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
    let refused = student.refused(&path, &[("do", "prose:3")]).await;
    Page(refused.text).says(&["a note on spelling or grammar"]);
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

/// Writes the good text, confirms what is only a warning, and hands it over.
/// Writes a message to Asha and hands it over, and returns its address and page.
pub(super) async fn handed_over(student: &Student, text: &str) -> (String, Page) {
    let (path, _) = begin(student).await;
    let fields = [("subject", "Your rounds"), ("text", text), ("do", "save")];
    let mut page = student.post(&path, &fields).await;
    while page.0.contains("value=\"confirm-") {
        let code = page.between("value=\"confirm-", "\"");
        let (deed, reason) = (format!("confirm-{code}"), format!("reason-{code}"));
        page = student
            .post(&path, &[("do", &deed), (&reason, "it is right here")])
            .await;
    }
    let page = student.post(&path, &[("do", "hand-over")]).await;
    page.says(&["Ready to leave"]);
    (path, page)
}

#[tokio::test]
async fn sending_is_offered_only_after_the_hand_over_and_refused_before() {
    let student = Student::new().await;
    let (path, page) = begin(&student).await;
    page.says(&["Ready: hand it over", "Discard"])
        .says_nothing_of(&["I sent it"]);
    let refused = student.refused(&path, &[("do", "sent")]).await;
    Page(refused.text).says(&["The message is a draft; hand it over first."]);

    let (path, page) = handed_over(&student, GOOD).await;
    page.says(&[
        "I sent it",
        "Open in Gmail",
        "https://mail.google.com/mail/?view=cm",
        "Open in Outlook on the web",
        "rel=\"noopener noreferrer\"",
    ]);
    let sent = student.post(&path, &[("do", "sent")]).await;
    sent.says(&["No answer yet", "No reminder was sent.", "E-008"])
        .says_nothing_of(&["Discard", "I sent it"]);
    let refused = student.refused(&path, &[("do", "discard")]).await;
    Page(refused.text).says(&["The message is sent; undo that first."]);
}

#[tokio::test]
async fn a_text_too_long_for_a_link_says_so() {
    let student = Student::new().await;
    let long = GOOD.replace(
        "Could we speak",
        &format!("{}\n\nCould we speak", "I read about filters. ".repeat(80)),
    );
    let (_, page) = handed_over(&student, &long).await;
    page.says(&["The text is too long for a link", "message.eml"]);
}

#[tokio::test]
async fn a_fix_is_made_by_one_click_and_undone() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let text = GOOD.replace("Dear Dr. Rao,\n\n", "");
    let typed = [("subject", "Rounds"), ("text", text.as_str())];
    let page = student.post(&format!("{path}/check"), &typed).await;
    page.says(&[
        "value=\"fix:missing-salutation\"",
        "Begin with &#34;Dear Dr. Rao,&#34;",
    ]);
    let fields = [
        ("subject", "Rounds"),
        ("text", text.as_str()),
        ("do", "fix:missing-salutation"),
    ];
    let mended = student.post(&path, &fields).await;
    mended
        .says(&[">Dear Dr. Rao,\n\nI am Solange", "Undo"])
        .says_nothing_of(&["help/missing-salutation"]);
    let undo = mended.between("action=\"/history/", "\"");
    student.post(&format!("/history/{undo}"), &[]).await;
    student
        .open(&path)
        .await
        .says(&[">I am Solange", "help/missing-salutation"]);
    let refused = student.refused(&path, &[("do", "fix:no-such")]).await;
    Page(refused.text).says(&["no-such"]);
}

#[tokio::test]
async fn a_rule_is_switched_off_for_one_message_and_that_is_seen() {
    let student = Student::new().await;
    let (path, page) = begin(&student).await;
    page.says(&["help/placeholder-left", "Switch off for this message"]);
    let page = student
        .post(&path, &[("do", "off-here:placeholder-left")])
        .await;
    page.says(&["value=\"on-here:placeholder-left\"", "for this message"])
        .says_nothing_of(&["confirm-placeholder-left", "fix:placeholder-left"]);
    let refused = student
        .refused(&path, &[("do", "off-here:rank-question")])
        .await;
    Page(refused.text).says(&["stay on"]);
    let page = student
        .post(&path, &[("do", "on-here:placeholder-left")])
        .await;
    page.says_nothing_of(&["value=\"on-here:placeholder-left\""]);
}

#[tokio::test]
async fn what_a_message_promises_becomes_a_commitment() {
    let student = Student::new().await;
    let text = GOOD.replace(
        "\n\nCould we speak",
        " I will read your paper on filters this week.\n\nCould we speak",
    );
    let (path, page) = handed_over(&student, &text).await;
    page.says(&[
        "You promise something",
        "read your paper on filters this week",
    ]);
    let due = page.between("name=\"promise-due-0\" value=\"", "\"");
    assert!(!due.is_empty());
    let fields = [
        ("do", "sent"),
        ("promise-keep-0", "yes"),
        ("promise-what-0", "read her paper on filters"),
        ("promise-due-0", due.as_str()),
    ];
    student.post(&path, &fields).await;
    let person = student.person("asha").await;
    student
        .open(&person)
        .await
        .says(&["read her paper on filters"]);
    student
        .open("/search?q=filters")
        .await
        .says(&["Could we speak by phone"]);
}

#[tokio::test]
async fn an_answer_about_a_patient_is_asked_about_and_kept() {
    let student = Student::new().await;
    let (path, _) = handed_over(&student, GOOD).await;
    student.post(&path, &[("do", "sent")]).await;
    let note = "Come on Friday. The man in bed 12 needs a drain.";
    let fields = [
        ("do", "replied"),
        ("note", note),
        ("sign", "sign: offered help"),
    ];
    let refused = Page(student.refused(&path, &fields).await.text);
    let left = "Come on Friday. (taken out)";
    refused.says(&["This may tell who a patient is", note, "bed 12", left]);
    let taken = [
        ("note", note),
        ("patient", "remove"),
        ("left", left),
        ("sign", "sign: offered help"),
    ];
    let page = student.post(&path, &taken).await;
    page.says(&["What next", "Book the call", "They agreed to updates"]);
    let person = student.person("asha").await;
    student
        .open(&person)
        .await
        .says(&[left, "sign: offered help"])
        .says_nothing_of(&["bed 12"]);
    let page = student.post(&path, &[("do", "consent")]).await;
    page.says(&["wants updates"]);
}

#[tokio::test]
async fn an_empty_text_is_named_and_cannot_leave() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let fields = [("subject", ""), ("text", "  "), ("do", "hand-over")];
    let refused = student.refused(&path, &fields).await;
    Page(refused.text).says(&["Not yet", "The text is empty"]);
}

#[tokio::test]
async fn letters_of_every_script_are_kept() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let text = "Dear Dr. Rao,\n\n\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202e}abc\u{202c} e\u{301}\u{327} \u{1f9d1}\u{200d}\u{2695}\u{fe0f}";
    let page = student
        .post(
            &path,
            &[("subject", "\u{5d0}"), ("text", text), ("do", "save")],
        )
        .await;
    page.says(&[text, "value=\"\u{5d0}\""]);
}

#[tokio::test]
async fn what_was_typed_for_a_template_is_kept_when_it_is_refused() {
    let student = Student::new().await;
    let fields = [
        ("template", "alumni-office"),
        ("slot-nonsense", "x"),
        ("slot-why", "kept"),
    ];
    let refused = student.refused("/write", &fields).await;
    Page(refused.text).says(&["Not begun", "nonsense"]);
}

#[tokio::test]
async fn more_than_a_form_takes_leaves_the_draft_as_it_was() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let before = [("subject", "Rounds"), ("text", GOOD), ("do", "save")];
    student.post(&path, &before).await;
    let long = "I read about filters. ".repeat(200_000);
    let page = student
        .post(
            &path,
            &[("subject", "Rounds"), ("text", &long), ("do", "save")],
        )
        .await;
    page.says_nothing_of(&["I read about filters"]);
    student
        .open(&path)
        .await
        .says(&["where you graduated before me"]);
}
