//! Import of large files: by path, with progress and a stop (`import_progress`).

use std::fmt::Write as _;
use std::path::Path;

use super::{Page, Student};

const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

fn connections(folder: &Path, n: usize) -> String {
    let mut text = HEADER.to_owned();
    for i in 0..n {
        writeln!(
            text,
            "Given{i},Family{i},https://www.linkedin.com/in/p-{i},,Fabrikam,,08 Feb 2026"
        )
        .expect("a line");
    }
    let path = folder.join("Connections.csv");
    std::fs::write(&path, text).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

/// Looks at a page of progress until the work has come to its end.
async fn end_of(student: &Student, path: &str) -> Page {
    loop {
        let page = student.follow_to(path).await;
        if !page.0.contains("data-progress") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_read_by_its_path_and_taken_over_with_progress() {
    let student = Student::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = connections(folder.path(), 6_000);
    let begun = student.begin("/import/path", &[("path", &path)]).await;
    assert!(begun.ends_with("/progress"), "{begun}");
    let preview = end_of(&student, &begun).await;
    preview.says(&["6,000 people", "read. Nothing is changed yet."]);
    let id = preview.between("action=\"/import/", "\"");
    let begun = student.begin(&format!("/import/{id}"), &[]).await;
    let done = end_of(&student, &begun).await;
    done.says(&["Import Connections.csv: 6000 added", "Undo"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_in_the_middle_leaves_nothing_behind() {
    let student = Student::new().await;
    let before = student.open("/export/vouch.json").await.0;
    let folder = tempfile::tempdir().expect("a folder");
    let path = connections(folder.path(), 20_000);
    let begun = student.begin("/import/path", &[("path", &path)]).await;
    let preview = end_of(&student, &begun).await;
    let id = preview.between("action=\"/import/", "\"");
    let begun = student.begin(&format!("/import/{id}"), &[]).await;
    student
        .follow_to(&begun)
        .await
        .says(&["Importing Connections.csv", "<progress", "Stop"]);
    student.begin(&format!("/import/{id}/stop"), &[]).await;
    let stopped = end_of(&student, &begun).await;
    stopped.says(&[
        "Stopped",
        "Nothing was changed, and nothing was left behind.",
    ]);
    let after = student.open("/export/vouch.json").await.0;
    assert!(before == after, "the vault is not as it was");
    // What was read is still there to be imported.
    student
        .open(&format!("/import/{id}"))
        .await
        .says(&["20,000 people"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_the_comparing_after_the_reading_too() {
    let student = Student::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = connections(folder.path(), 30_000);
    let begun = student.begin("/import/path", &[("path", &path)]).await;
    let id = begun.trim_start_matches("/import/");
    let id = id.trim_end_matches("/progress").to_owned();
    // The bytes are read in no time; what comes then says so.
    loop {
        let page = student.follow_to(&begun).await;
        assert!(page.0.contains("data-progress"), "it was not stopped");
        if page
            .0
            .contains("Comparing Connections.csv with who is here")
        {
            page.says(&["of 30,000"]);
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    student.begin(&format!("/import/{id}/stop"), &[]).await;
    end_of(&student, &begun).await.says(&["Stopped"]);
    assert_eq!(student.ask(&format!("/import/{id}")).await.status, 404);
}

#[tokio::test]
async fn what_is_no_file_is_refused_and_kept() {
    let student = Student::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().to_str().expect("UTF-8");
    let missing = format!("{folder}/missing.csv");
    for (path, says) in [
        (folder, "which is a folder"),
        (missing.as_str(), "which is not there"),
        ("Downloads/messages.csv", "the whole path of a file"),
        ("  ", "nothing is entered"),
        ("/dev/zero", "which is no"),
    ] {
        if path.starts_with("/dev") && !Path::new(path).exists() {
            continue;
        }
        student
            .post("/import/path", &[("path", path)])
            .await
            .says(&["That could not be read", says, path.trim()]);
    }
    let gone = student
        .ask("/import/00000000-0000-4000-8000-000000000000/progress")
        .await;
    assert_eq!(gone.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_table_is_explained_first() {
    let student = Student::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("club.csv");
    std::fs::write(&path, "Who,Where\nElif Kowalczyk,Fabrikam\n").expect("written");
    let quoted = format!("\"{}\"", path.display());
    let page = student.post("/import/path", &[("path", &quoted)]).await;
    page.says(&["Columns of club.csv"]);
    let id = page.between("action=\"/import/", "/map\"");
    let fields = [("role-0", "name"), ("role-1", "employer"), ("do", "read")];
    let begun = student.begin(&format!("/import/{id}/map"), &fields).await;
    end_of(&student, &begun).await.says(&["Elif Kowalczyk"]);
    // The file may be gone by the time the student comes back.
    std::fs::remove_file(&path).expect("removed");
    let again = student.ask(&format!("/import/{id}/map")).await;
    assert!(again.text.contains("which is not there"), "{}", again.text);
}
