//! An answer that is pasted or opened from a file (the template `reply`).

use super::write::{GOOD, handed_over};
use super::{Page, Student};

/// Sends a message to Asha and returns its address and its Message-ID.
async fn sent(student: &Student) -> (String, String) {
    let (path, _) = handed_over(student, GOOD).await;
    let file = student.ask(&format!("{path}/message.eml")).await.text;
    let mail_id = Page(file).between("Message-ID: <", ">");
    student.post(&path, &[("do", "sent")]).await;
    (path, mail_id)
}

fn eml(headers: &str, text: &str) -> String {
    format!(
        "From: Asha Rao <asha@hospital.example>\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n\
         Message-ID: <answer-1@hospital.example>\r\n{headers}Content-Type: text/plain; \
         charset=utf-8\r\n\r\n{text}\r\n"
    )
}

#[tokio::test]
async fn a_file_finds_its_message_and_is_noted_once() {
    let student = Student::new().await;
    let (path, mail_id) = sent(&student).await;
    let file = eml(
        &format!("In-Reply-To: <{mail_id}>\r\n"),
        "Happy to talk on Friday.\r\n\r\nOn Tue, Solange wrote:\r\n> Dear Dr. Rao,",
    );
    let at = "/write/reply/file";
    let page = student
        .drop_file_at(at, "answer.eml", file.as_bytes())
        .await;
    page.says(&[
        "It names the message that it answers.",
        ">Happy to talk on Friday.</textarea>",
        "selected>Dr. Asha Rao: Your rounds",
    ]);
    let message = path.trim_start_matches("/write/");
    let fields = [
        ("message", message),
        ("note", "Happy to talk on Friday."),
        ("mail_id", "answer-1@hospital.example"),
        ("day", "2026-11-24"),
    ];
    let noted = student.post("/write/reply/note", &fields).await;
    noted.says(&["replied", "What next", "Undo"]);
    let again = student
        .drop_file_at(at, "answer.eml", file.as_bytes())
        .await;
    again.says(&["This e-mail was noted before."]);
    let refused = student.refused("/write/reply/note", &fields).await;
    Page(refused.text).says(&["not noted already", ">Happy to talk on Friday.</textarea>"]);
}

#[tokio::test]
async fn a_pasted_text_is_given_to_a_message_by_hand() {
    let student = Student::new().await;
    let (path, _) = sent(&student).await;
    let page = student
        .post(
            "/write/reply",
            &[("text", "Yes, gladly.\n\n> Dear Dr. Rao,")],
        )
        .await;
    page.says(&[">Yes, gladly.</textarea>", "choose a message"]);
    let fields = [("message", ""), ("note", "Yes, gladly.")];
    let refused = student.refused("/write/reply/note", &fields).await;
    Page(refused.text).says(&["the message that this answers", ">Yes, gladly.</textarea>"]);
    let message = path.trim_start_matches("/write/");
    let fields = [("message", message), ("note", "Yes, gladly.")];
    student
        .post("/write/reply/note", &fields)
        .await
        .says(&["What next"]);
    let person = student.person("asha").await;
    student.open(&person).await.says(&["Yes, gladly."]);
}

#[tokio::test]
async fn nothing_and_no_text_are_told() {
    let student = Student::new().await;
    let refused = student.refused("/write/reply", &[("text", " ")]).await;
    Page(refused.text).says(&["the text of the answer, pasted"]);
    let page = student
        .drop_file_at("/write/reply/file", "a.eml", b"")
        .await;
    page.says(&["a file with an e-mail or a text in it"]);
    sent(&student).await;
    let bare = "From: Asha Rao <asha@hospital.example>\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n\
                Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n";
    student
        .drop_file_at("/write/reply/file", "a.eml", bare.as_bytes())
        .await
        .says(&["No text can be read in this e-mail"]);
}

#[tokio::test]
async fn before_anything_was_sent_the_page_says_what_is_missing() {
    let student = Student::new().await;
    student
        .post("/write/reply", &[("text", "Yes, gladly.")])
        .await
        .says(&["No message was sent yet"]);
}

#[tokio::test]
async fn what_is_no_answer_is_told_and_an_empty_one_is_not_noted() {
    let student = Student::new().await;
    let (path, mail_id) = sent(&student).await;
    let head =
        "From: Asha Rao <asha@hospital.example>\r\nTo: s@example.org\r\nSubject: Re: Rounds\r\n";
    let pdf = format!(
        "{head}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    );
    let noise: Vec<u8> = (0..2500_u32)
        .map(|i| u8::try_from(i % 256).unwrap())
        .collect();
    for (bytes, said) in [
        (pdf.as_bytes(), "No text can be read in this e-mail."),
        (noise.as_slice(), "This file is no e-mail and no text."),
        (b"%PDF-1.7\n1 0 obj", "This file is no e-mail and no text."),
        (b" \n ", "There is no word in it."),
    ] {
        let page = student
            .drop_file_at("/write/reply/file", "answer.eml", bytes)
            .await;
        page.says(&[
            said,
            "dir=\"auto\" aria-describedby=\"note-hint\"></textarea>",
        ]);
    }
    let marked = format!("\u{feff}{head}In-Reply-To: <{mail_id}>\r\n\r\nYes, Monday.\r\n");
    let page = student
        .drop_file_at("/write/reply/file", "answer.eml", marked.as_bytes())
        .await;
    page.says(&[
        "It names the message that it answers.",
        ">Yes, Monday.</textarea>",
    ]);
    let message = path.trim_start_matches("/write/");
    for note in ["", "  \n"] {
        let fields = [("message", message), ("note", note)];
        let refused = student.refused("/write/reply/note", &fields).await;
        Page(refused.text).says(&["Not noted yet", "or your own words about it"]);
    }
    student.open(&path).await.says(&["No answer yet"]);
}
