//! What the composer keeps while somebody types, and what it shows of texts that
//! everybody reads or that need a policy.

use super::write::{GOOD, begin};
use super::{Page, Student};

#[tokio::test]
async fn what_is_typed_is_kept_as_it_is_typed() {
    let student = Student::new().await;
    let (path, page) = begin(&student).await;
    page.says(&["data-live-keeps", "What you type is kept as you type."]);
    let check = format!("{path}/check");
    let mut n_told = Vec::new();
    for text in ["Dear Dr. Rao,", "Dear Dr. Rao,\n\nHello"] {
        let fields = [("subject", "Rounds"), ("text", text)];
        student.post(&check, &fields).await;
        let history = student.open("/history").await;
        n_told.push(history.0.matches("Write &#34;Rounds&#34;").count());
    }
    // All of it is one thing that can be undone.
    assert!(n_told[0] > 0 && n_told[0] == n_told[1], "{n_told:?}");
    student
        .open(&path)
        .await
        .says(&["value=\"Rounds\"", ">Dear Dr. Rao,\n\nHello</textarea>"]);
    // What was thrown away is not there to be kept.
    let fields = [("subject", "Rounds"), ("text", GOOD), ("do", "discard")];
    student.post(&path, &fields).await;
    let gone = student.ask(&path).await;
    assert_eq!(gone.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_public_text_is_for_everybody_and_posted() {
    let student = Student::new().await;
    let page = student.post("/write", &[("template", "x-post")]).await;
    page.says(&["Everybody can read this", "at most 280"])
        .says_nothing_of(&["This message is to an office", "missing-identity"]);
    let path = format!("/write/{}", page.between("action=\"/write/", "\""));
    let text = "I read every film twice now, as a lecture taught me. What do you do?";
    let fields = [("subject", ""), ("text", text), ("do", "hand-over")];
    let page = student.post(&path, &fields).await;
    page.says(&["I posted it", "Copy it to where you post it"]);
    let page = student.post(&path, &[("do", "sent")]).await;
    page.says_nothing_of(&["No answer yet", "Write a reminder"]);
}

#[tokio::test]
async fn a_policy_that_is_needed_stands_first_where_it_is_not_known() {
    let student = Student::new().await;
    let person = student.person("asha").await;
    let id = person.trim_start_matches("/people/");
    let at = |template: &str| format!("/write?person={id}&template={template}");
    let page = student.open(&at("interview-thank-you")).await;
    let first = page.between("</h1>", "What you know");
    Page(first).says(&["say about being written to?", "send nothing"]);
    student
        .open(&at("thank-you"))
        .await
        .says_nothing_of(&["say about being written to?"]);
}

#[tokio::test]
async fn the_second_of_two_windows_is_told_and_nothing_is_lost() {
    let student = Student::new().await;
    let (path, first) = begin(&student).await;
    let second = student.open(&path).await;
    let window = |page: &Page| {
        let of = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"");
        (of("seen"), of("page"))
    };
    let ((seen, one), (_, two)) = (window(&first), window(&second));
    assert_ne!(one, two);
    let check = format!("{path}/check");
    let typed = |text: &'static str, page: &str| {
        vec![
            ("subject", "Rounds".to_owned()),
            ("text", text.to_owned()),
            ("seen", seen.clone()),
            ("page", page.to_owned()),
        ]
    };
    let post = async |at: &str, fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        student.post(at, &fields).await
    };
    // The first types on while its own posts are still under way.
    for text in ["From the first", "From the first, and on"] {
        post(&check, &typed(text, &one))
            .await
            .says_nothing_of(&["data-overtaken"]);
    }
    let told = post(&check, &typed("From the second", &two)).await;
    told.says(&["data-overtaken", "Keep this text instead", &seen]);
    let here = student.open(&path).await;
    here.says(&[">From the first, and on</textarea>"]);
    // Saved, it is told as well, with what was typed.
    let mut save = typed("From the second", &two);
    save.push(("do", "save".to_owned()));
    let fields: Vec<(&str, &str)> = save.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let refused = student.refused(&path, &fields).await;
    Page(refused.text).says(&["Changed elsewhere", ">From the second</textarea>"]);
    save.pop();
    save.push(("do", "save-over".to_owned()));
    post(&path, &save)
        .await
        .says(&[">From the second</textarea>"])
        .says_nothing_of(&["Changed elsewhere"]);
}

#[tokio::test]
async fn a_word_of_reason_is_looked_through_and_its_trouble_stands_beside_it() {
    let student = Student::new().await;
    let (path, _) = begin(&student).await;
    let found = "I found your name among our graduates on the alumni page.";
    let text = GOOD.replace(found, "");
    let with = |deed: &'static str, reason: &'static str| {
        [
            ("subject", "Rounds".to_owned()),
            ("text", text.clone()),
            ("do", deed.to_owned()),
            ("reason-missing-how-found", reason.to_owned()),
        ]
    };
    let refused = async |fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Page(student.refused(&path, &fields).await.text)
    };
    let confirm = "confirm-missing-how-found";
    for deed in [confirm, "save"] {
        let page = refused(&with(deed, "   ")).await;
        page.says(&[
            "id=\"reason-missing-how-found-error\"",
            "aria-invalid=\"true\"",
        ]);
    }
    let reason = "Mr. Quayle, admitted 3 May, bled";
    for deed in [confirm, "save"] {
        let page = refused(&with(deed, reason)).await;
        page.says(&[
            "This may tell who a patient is",
            "Take it out and save",
            &format!("value=\"{reason}\""),
        ]);
    }
    let not = |answer: &'static str| {
        let mut fields = with("", reason).to_vec();
        fields.push(("patient", answer.to_owned()));
        fields.push(("left", "(taken out)".to_owned()));
        fields
    };
    // Taken out, no reason is left.
    refused(&not("remove"))
        .await
        .says(&["id=\"reason-missing-how-found-error\""]);
    let fields = not("not");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    student
        .post(&path, &fields)
        .await
        .says(&["Confirmed: Mr. Quayle"]);
}
