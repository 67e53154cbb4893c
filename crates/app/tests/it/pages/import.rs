//! Import: a file or typed names (`import`), and the preview (`import_preview`).

use super::Student;

const FILE: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Asha,Rao,https://www.linkedin.com/in/asha,,Maimonides Medical Center,Attending,08 Feb 2026\n\
    Asha,Rao,https://www.linkedin.com/in/another,,Fabrikam GmbH,Engineer,09 Feb 2026\n\
    Elif,Kowalczyk,https://www.linkedin.com/in/elif,,Mount Sinai,Resident Physician,31 Feb 2026\n\
    ,,,,,,10 Feb 2026\n";

#[tokio::test]
async fn a_file_is_previewed_decided_and_taken_over_once() {
    let student = Student::new().await;
    let preview = student.drop_file("Connections.csv", FILE.as_bytes()).await;
    preview.says(&[
        "3 people",
        "read",
        "Hidden members",
        "Line 4, Connected On",
        "Is it the same person?",
    ]);
    let id = preview.between("action=\"/import/", "\"");
    let row = preview.between("name=\"ask-", "\"");
    let ask = format!("ask-{row}");
    let done = student
        .post(&format!("/import/{id}"), &[(&ask, "new"), ("school", "no")])
        .await;
    done.says(&["Import Connections.csv", "Undo"]);
    student
        .open(&format!("/people?q={}", "elif"))
        .await
        .says(&["Elif Kowalczyk"]);
}

#[tokio::test]
async fn a_preview_is_made_again_when_something_changed_meanwhile() {
    let student = Student::new().await;
    let preview = student.drop_file("Connections.csv", FILE.as_bytes()).await;
    let id = preview.between("action=\"/import/", "\"");
    student.log("today call with Ravi Rao").await;
    let again = student.post(&format!("/import/{id}"), &[]).await;
    again.says(&["Something was changed meanwhile"]);
    let id = again.between("action=\"/import/", "\"");
    student
        .post(&format!("/import/{id}"), &[])
        .await
        .says(&["Import Connections.csv"]);
}

#[tokio::test]
async fn what_is_no_list_of_people_is_named() {
    let student = Student::new().await;
    let cases: [(&str, &[u8], &str); 6] = [
        (
            "page.csv",
            b"<!DOCTYPE html><html><body>404</body></html>",
            "web page",
        ),
        ("empty.csv", b"", "empty"),
        ("book.xlsx", b"PK\x03\x04nonsense", "found"),
        ("binary.csv", b"\x00\xff\xfe\x01\x02\x03\x00\x00", "found"),
        (
            "head.csv",
            b"First Name,Last Name,Company,Position,Connected On\n",
            "without any record",
        ),
        ("notes.txt", b"just some words", "found"),
    ];
    for (name, bytes, word) in cases {
        let page = student.drop_file(name, bytes).await;
        page.says(&["That could not be read", name, word]);
    }
    student
        .drop_file("", b"")
        .await
        .says(&["No file was chosen"]);
}

#[tokio::test]
async fn typed_nonsense_keeps_what_was_typed() {
    let student = Student::new().await;
    let page = student.post("/import/typed", &[("names", "###")]).await;
    page.says(&["That could not be read", "###"]);
}

#[tokio::test]
async fn a_preview_that_is_gone_says_so() {
    let student = Student::new().await;
    let answer = student
        .ask("/import/00000000-0000-4000-8000-000000000000")
        .await;
    assert!(
        answer.text.contains("This preview is gone"),
        "{}",
        answer.text
    );
}

const MESSAGES: &str = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
    c1,Solange Baptiste,https://l/in/me,Elif Kowalczyk,https://l/in/elif,2026-02-08 10:00:00 UTC,,A secret word,INBOX\n\
    c2,Rex Recruiter,https://l/in/rex,Solange Baptiste,https://l/in/me,2026-02-08 10:00:00 UTC,,A job,INBOX\n\
    c3,Sam Spam,https://l/in/sam,Solange Baptiste,https://l/in/me,2026-02-08 10:00:00 UTC,,Buy,SPAM\n";

#[tokio::test]
async fn messages_become_entries_without_their_text() {
    let student = Student::new().await;
    let preview = student.drop_file("messages.csv", MESSAGES.as_bytes()).await;
    preview.says(&[
        "messages, and no list of people",
        "1 message with people you know",
        "1 message of the spam folder is left out",
        "value=\"facts\" checked",
        "Add 1 person who wrote and whom you never answered",
    ]);
    let id = preview.between("action=\"/import/", "\"");
    let fields = [("messages", "facts"), ("strangers", "yes")];
    student
        .post(&format!("/import/{id}"), &fields)
        .await
        .says(&["Import messages.csv: 2 added, 0 updated, 2 messages"]);
    let elif = student.person("elif").await;
    student
        .open(&elif)
        .await
        .says(&["1 LinkedIn message", "LinkedIn messages since 8 Feb 2026"])
        .says_nothing_of(&["A secret word"]);
    let again = student.drop_file("messages.csv", MESSAGES.as_bytes()).await;
    again.says(&["2 of them stored already", "nothing would change"]);
}

#[tokio::test]
async fn the_posts_of_the_archive_are_shown_with_who_is_there() {
    let student = Student::new().await;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("Connections.csv", FILE),
        (
            "Positions.csv",
            "Company Name,Title,Description,Location,Started On,Finished On\n\
             Mount Sinai,Scribe,,,Aug 2021,Jul 2022\n<b>Café</b>,,,,Jun 2019,\n",
        ),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(name, options).expect("a file");
        std::io::Write::write_all(&mut archive, content.as_bytes()).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    let preview = student.drop_file("Basic.zip", &bytes).await;
    preview
        .says(&[
            "Where you worked",
            "Mount Sinai",
            "Scribe",
            "1 person of this file is there",
        ])
        .says_nothing_of(&["<b>Café"]);
}

#[tokio::test]
async fn ten_thousand_problems_are_grouped_and_handed_over_as_a_table() {
    let student = Student::new().await;
    let mut text = FILE.lines().next().expect("a header").to_owned();
    for i in 0..10_000 {
        text.push_str(&format!("\nGiven{i},Family{i},,,Fabrikam,,=some day {i}"));
    }
    text.push_str("\n,,,,Acme,MS3,08 Feb 2026\n");
    let preview = student.drop_file("Connections.csv", text.as_bytes()).await;
    preview.says(&[
        "10,000 people",
        "<span class=\"count\">10,000 times</span> first in line 2, Connected On: found &#34;=some day 0&#34;",
        "Line 10002, First Name: found neither a first nor a last name",
        "The row is left out.",
        "All 10,001 problems as a table",
    ]);
    assert!(preview.0.len() < 200_000, "{} bytes", preview.0.len());
    let id = preview.between("action=\"/import/", "\"");
    let table = student.open(&format!("/import/{id}/problems.csv")).await;
    assert!(
        table
            .0
            .starts_with("Line,Field,Found,Would do,Kept\r\n2,Connected On,")
    );
    assert_eq!(table.0.matches("\r\n").count(), 10_002);
    table.says(&["1 more, which were only counted"]);
}
