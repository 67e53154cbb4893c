//! Import: a pasted list, confirmed row by row (`import_roster`).

use super::Student;

const LIST: &str = "Class of 2025\nDiagnostic Radiology\nElif Kowalczyk, Maimonides Medical Center\nNoor Haddad, Henry Ford Hospital\nLakeside Hospital\n...\n";

fn form<'a>(list: &'a str, place: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("what", "match"),
        ("place", place),
        ("year", ""),
        ("source", "https://example.org/match"),
        ("day", "2026-03-20"),
        ("list", list),
    ]
}

#[tokio::test]
async fn rows_are_mended_left_out_and_become_alumni() {
    let student = Student::new().await;
    let page = student.post("/import/roster", &form(LIST, "SGU")).await;
    page.says(&[
        "Match list of ",
        "https://example.org/match",
        "value=\"Elif Kowalczyk\"",
        "value=\"Diagnostic Radiology\"",
        "No name: left out unless you write one.",
        "Lines that are no row",
    ]);
    let id = page.between("action=\"/import/", "/rows\"");
    let path = format!("/import/{id}/rows");
    let rows = [
        ("keep-0", "yes"),
        ("name-0", "Elif Kowalczyk, MD"),
        ("post-0", "Diagnostic Radiology"),
        ("place-0", "Maimonides Medical Center"),
        ("year-0", "x"),
        ("name-1", "Noor Haddad"),
        ("post-1", "Diagnostic Radiology"),
        ("place-1", "Henry Ford Hospital"),
        ("year-1", "2025"),
    ];
    student.post(&path, &rows).await.says(&[
        "“x” is no year such as 2025.",
        "value=\"Elif Kowalczyk, MD\"",
        "aria-invalid=\"true\"",
    ]);
    let mended: Vec<(&str, &str)> = rows
        .into_iter()
        .map(|(name, value)| (name, if name == "year-0" { "2025" } else { value }))
        .collect();
    let preview = student.post(&path, &mended).await;
    preview.says(&[
        "Pasted match list: 1 person",
        "value=\"yes\" checked> <span>Yes, all of them",
        "Resident, Diagnostic Radiology (matched 2025)",
    ]);
    student
        .post(&format!("/import/{id}"), &[("school", "yes")])
        .await
        .says(&["1 added"]);
    student
        .open("/people?school=yes&q=elif")
        .await
        .says(&["Elif Kowalczyk", "my school"]);
    let elif = student.person("elif").await;
    student.open(&elif).await.says(&[
        "https://example.org/match, seen 2026-03-20",
        "(matched 2025)",
    ]);
}

#[tokio::test]
async fn a_list_without_a_source_or_rows_is_refused_and_kept() {
    let student = Student::new().await;
    let mut fields = form(LIST, "A school of ours");
    fields[3].1 = " ";
    student.post("/import/roster", &fields).await.says(&[
        "Source: nothing is entered; enter the page",
        "Elif Kowalczyk, Maimonides",
        "value=\"A school of ours\"",
        "value=\"2026-03-20\"",
    ]);
    let page = student.post("/import/roster", &form(LIST, "SGU")).await;
    let id = page.between("action=\"/import/", "/rows\"");
    student
        .post(&format!("/import/{id}/rows"), &[("name-0", "Elif")])
        .await
        .says(&["Names: nothing is entered; enter at least one row with a name"]);
}
