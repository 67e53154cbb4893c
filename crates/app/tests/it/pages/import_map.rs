//! Import: what the columns of a table hold (`import_map`).

use super::Student;

const FILE: &str = "Who,Where,Reached at\n\
    Dr. Noor Haddad,Henry Ford Hospital,noor@example.org\n\
    Elif Kowalczyk,Fabrikam,elif@example.org\n";

#[tokio::test]
async fn a_table_is_explained_once_and_remembered() {
    let student = Student::new().await;
    let page = student.drop_file("club.csv", FILE.as_bytes()).await;
    page.says(&[
        "Columns of club.csv",
        "Dr. Noor Haddad",
        "Henry Ford Hospital",
        "<option value=\"email\" selected>",
    ]);
    let id = page.between("action=\"/import/", "/map\"");
    let path = format!("/import/{id}/map");
    let fields = [
        ("role-0", "name"),
        ("role-1", "employer"),
        ("role-2", "email"),
    ];
    let looked = [&fields[..], &[("do", "look")]].concat();
    student.post(&path, &looked).await.says(&[
        "<th scope=\"row\" dir=\"auto\">Dr. Noor Haddad</th>",
        "<option value=\"employer\" selected>",
    ]);
    let read = [&fields[..], &[("do", "read")]].concat();
    let preview = student.post(&path, &read).await;
    preview.says(&[
        "2 people",
        "Say what the columns Who, Where, Reached at hold",
        "Change what the columns hold",
    ]);
    student
        .post(&format!("/import/{id}"), &[])
        .await
        .says(&["Import club.csv: 2 added"]);

    let again = student.drop_file("other.csv", FILE.as_bytes()).await;
    again.says(&["Everybody in this file is stored already"]);
    let imports = student.open("/import").await;
    imports.says(&["Tables that Vouch remembers", "Reached at"]);
    let header = imports.between("action=\"/import/headers/", "/forget\"");
    student
        .post(&format!("/import/headers/{header}/forget"), &[])
        .await
        .says(&[
            "Forget what the columns Who, Where, Reached at hold",
            "Undo",
        ])
        .says_nothing_of(&["Tables that Vouch remembers"]);
    student
        .drop_file("other.csv", FILE.as_bytes())
        .await
        .says(&["Columns of other.csv"]);
}

#[tokio::test]
async fn columns_that_give_nobody_are_refused_and_kept() {
    let student = Student::new().await;
    let page = student.drop_file("club.csv", FILE.as_bytes()).await;
    let id = page.between("action=\"/import/", "/map\"");
    let chosen = [
        ("role-0", "note"),
        ("role-1", "employer"),
        ("role-2", "extra"),
        ("do", "read"),
    ];
    student
        .post(&format!("/import/{id}/map"), &chosen)
        .await
        .says(&[
            "This gives nobody yet",
            "Say which column holds the name",
            "<option value=\"note\" selected>",
        ]);
    let gone = student
        .ask("/import/00000000-0000-4000-8000-000000000000/map")
        .await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn a_table_with_known_columns_is_read_at_once() {
    let student = Student::new().await;
    let preview = student
        .drop_file("club.csv", b"Name,Hospital\nElif Kowalczyk,Fabrikam\n")
        .await;
    preview.says(&["Elif Kowalczyk", "Change what the columns hold"]);
    // Prose with commas is no table.
    student
        .drop_file(
            "note.txt",
            b"Dear all, thank you.\n\nIt was good to see you, really, all of you.\nBest\n",
        )
        .await
        .says(&["That could not be read"]);
}
