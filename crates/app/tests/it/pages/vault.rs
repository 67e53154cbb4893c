//! The vault: its lock, its sheet of paper, its backups.

use axum::body::Body;
use axum::http::{Method, StatusCode};

use super::{Page, Student};
use crate::web_support::Answer;

const PASSPHRASE: &str = "copper river lantern moth";
const OTHER: &str = "another phrase of mine";

async fn lock(student: &Student, passphrase: &str) -> Page {
    student
        .post("/vault/lock", &[("new", passphrase), ("again", passphrase)])
        .await
}

/// Posts a form, and returns the very answer.
async fn answer(student: &Student, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let request = student
        .0
        .own(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.finish()));
    student.0.send(request.expect("well formed")).await
}

#[tokio::test]
async fn the_page_says_plainly_what_protects_what() {
    let student = Student::new().await;
    student
        .open("/vault")
        .await
        .says(&[
            "There is no passphrase",
            "Whoever can read the folder can read everything in it",
            "this computer while Vouch is open",
            "Set the passphrase",
        ])
        .says_nothing_of(&["/vault/close", "Make a recovery sheet"]);
    student.open("/set-up").await.says(&["href=\"/vault\""]);
    lock(&student, PASSPHRASE).await.says(&[
        "The passphrase is set. Vouch asks for it from the next start on",
        "Your vault is locked with a passphrase",
        "Make a recovery sheet",
        "Take the passphrase off",
    ]);
    student
        .open("/people")
        .await
        .says(&["Asha Rao", "Ravi Rao"]);
}

#[tokio::test]
async fn a_refused_passphrase_is_told_and_changes_nothing() {
    let student = Student::new().await;
    for (fields, words) in [
        (
            [("new", PASSPHRASE), ("again", OTHER)],
            "The two passphrases differ.",
        ),
        ([("new", "short"), ("again", "short")], "That is too short"),
    ] {
        let answer = answer(&student, "/vault/lock", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        Page(answer.text).says(&["Nothing was changed", words, "There is no passphrase"]);
    }
    lock(&student, PASSPHRASE).await;
    let wrong = [("present", "wrong wrong"), ("new", OTHER), ("again", OTHER)];
    student.post("/vault/lock", &wrong).await.says(&[
        "Nothing was changed",
        "This is not the passphrase of the vault.",
    ]);
    // The right one, too early: guessing through an open page is slowed as well.
    let right = [("present", PASSPHRASE)];
    student
        .post("/vault/unlock", &right)
        .await
        .says(&["Try again in 1 second."]);
}

#[tokio::test]
async fn a_locked_vault_shows_one_page_until_it_is_unlocked() {
    let student = Student::new().await;
    lock(&student, PASSPHRASE).await;
    let closed = answer(&student, "/vault/close", &[]).await;
    assert_eq!(closed.header("location"), Some("/unlock"));
    for path in ["/", "/people", "/vault", "/export/vouch.json", "/nowhere"] {
        let answer = student.ask(path).await;
        assert_eq!(answer.header("location"), Some("/unlock"), "{path}");
        assert!(!answer.text.contains("Rao"), "{path}");
    }
    let posted = answer(&student, "/log", &[("line", "call with Dr. Rao")]).await;
    assert_eq!(posted.status, StatusCode::CONFLICT);
    assert!(posted.text.contains("Nothing was changed."));
    student
        .open("/unlock")
        .await
        .says(&["Your vault is locked.", "No recovery sheet was made"])
        .says_nothing_of(&["<nav", "Rao"]);
    let wrong = answer(&student, "/unlock", &[("passphrase", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.text.contains("value=\"wrong\""));
    Page(wrong.text).says(&["This is not the passphrase of the vault."]);
    let early = answer(&student, "/unlock", &[("passphrase", PASSPHRASE)]).await;
    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(early.header("retry-after"), Some("1"));
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    let opened = answer(&student, "/unlock", &[("passphrase", PASSPHRASE)]).await;
    assert_eq!(opened.header("location"), Some("/"));
    student.open("/people").await.says(&["Asha Rao"]);
}

#[tokio::test]
async fn the_recovery_sheet_opens_a_forgotten_vault() {
    let student = Student::new().await;
    lock(&student, PASSPHRASE).await;
    let sheet = student
        .post("/vault/recovery", &[("present", PASSPHRASE)])
        .await;
    sheet.says(&["Recovery code of a Vouch vault", "Keep the sheet where"]);
    let code: Vec<&str> = sheet
        .0
        .split("<li><code>")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .collect();
    assert_eq!(code.len(), 8, "{}", sheet.0);
    answer(&student, "/vault/close", &[]).await;

    let mut slip = code.clone();
    let other = if code[2].starts_with('0') { "1" } else { "0" };
    let mistyped = format!("{other}{}", &code[2][1..]);
    slip[2] = &mistyped;
    // A slip is named, kept for mending, and costs no wait.
    student
        .post("/unlock", &[("code", &slip.join("-"))])
        .await
        .says(&["group 3 (", "has a slip in it", &slip.join("-")]);
    student
        .post("/unlock", &[("code", &code.join(" ").to_lowercase())])
        .await
        .says(&["The recovery code opened the vault."]);
    let code = code.join("-");
    let change = [("present", code.as_str()), ("new", OTHER), ("again", OTHER)];
    student
        .post("/vault/lock", &change)
        .await
        .says(&["The passphrase is changed. Your recovery sheet goes on working."]);
    student
        .post("/vault/unlock", &[("present", OTHER)])
        .await
        .says(&["The passphrase is taken off", "There is no passphrase"]);
}

#[tokio::test]
async fn a_backup_is_downloaded_and_restored_from_an_upload() {
    let student = Student::new().await;
    let made = answer(
        &student,
        "/vault/backup",
        &[("new", OTHER), ("again", OTHER), ("to", "download")],
    )
    .await;
    let address = made.header("location").expect("a download").to_owned();
    assert!(address.ends_with(".vouch-backup"), "{address}");
    let bytes = student.0.bytes(&address).await;
    assert!(bytes.starts_with(b"vouch backup 1\n"));
    student
        .post(
            "/log",
            &[("line", "call with Dr. Asha Rao"), ("save", "yes")],
        )
        .await;

    let wrong = student.upload(&bytes, "wrong wrong").await;
    // Focus goes to the reason, which stands far below the top.
    wrong.says(&["role=\"alert\" tabindex=\"-1\" autofocus"]);
    wrong.says(&[
        "Nothing was restored",
        "This is not the passphrase of this backup.",
    ]);
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    student
        .upload(&damaged, OTHER)
        .await
        .says(&["Nothing was restored", "is damaged"]);
    student
        .upload(b"Dear Dr. Rao", OTHER)
        .await
        .says(&["is not a backup of Vouch"]);

    let compared = student.upload(&bytes, OTHER).await;
    compared.says(&["Nothing is changed yet", "3 people", "Your vault now"]);
    let path = compared.between("action=\"/vault/restore/", "\"");
    student
        .post(&format!("/vault/restore/{path}"), &[])
        .await
        .says(&[
            "The backup is restored: 3 people.",
            "is kept as replaced-",
            "replaced by a restore",
        ]);
    student.open("/people").await.says(&["Asha Rao"]);
    // Twice is once.
    student
        .post(&format!("/vault/restore/{path}"), &[])
        .await
        .says(&["nothing was restored"]);
}

#[tokio::test]
async fn backups_in_the_folder_are_listed_and_nothing_else_is_handed_out() {
    let student = Student::new().await;
    let fields = [("new", OTHER), ("again", OTHER), ("to", "folder")];
    let page = student.post("/vault/backup", &fields).await;
    page.says(&["lies in the folder", "your backup", "today"]);
    let name = page.between("href=\"/vault/backups/", "\"");
    for path in ["vouch.key", "..%2Fvouch.key", "..%2Fvouch.db", "none"] {
        let answer = student.ask(&format!("/vault/backups/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let fields = [("name", name.as_str()), ("passphrase", OTHER)];
    student
        .post("/vault/restore/named", &fields)
        .await
        .says(&["The backup was checked from beginning to end"]);
    let fields = [("path", "/no/such/file"), ("passphrase", OTHER)];
    student
        .post("/vault/restore/named", &fields)
        .await
        .says(&["Nothing was restored", "value=\"/no/such/file\""]);
    student
        .post("/vault/restore/named", &[])
        .await
        .says(&["No backup was named."]);
}
