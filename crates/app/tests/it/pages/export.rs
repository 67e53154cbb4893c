//! Export: everything that is stored, as files.

use axum::http::StatusCode;

use super::Student;

#[tokio::test]
async fn everything_is_in_the_export() {
    let student = Student::new().await;
    student
        .open("/export")
        .await
        .says(&["person.csv", "3 rows"]);
    let json = student.ask("/export/vouch.json").await;
    assert_eq!(json.header("content-type"), Some("application/json"));
    let value: serde_json::Value = serde_json::from_str(&json.text).expect("JSON");
    assert!(value.to_string().contains("Asha"));
    let csv = student.ask("/export/csv/person.csv").await;
    assert!(csv.text.contains("Asha"), "{}", csv.text);
    assert_eq!(
        student.ask("/export/csv/nonsense.csv").await.status,
        StatusCode::NOT_FOUND
    );
}

/// Returns a student with a vault in which nobody is.
async fn newcomer() -> Student {
    Student(crate::web_support::Shell::new())
}

#[tokio::test]
async fn an_empty_vault_takes_an_export_over_whole() {
    let student = Student::new().await;
    student
        .log("yesterday call with Dr. Asha Rao, =SUM(1)")
        .await;
    let out = student.ask("/export/vouch.json").await.text;
    let other = newcomer().await;
    other
        .open("/export")
        .await
        .says(&["Nobody is stored yet", "Import a file or type a few names"]);
    let page = other.drop_file("vouch.json", out.as_bytes()).await;
    page.says(&["Asha Rao", "Bring back an export"]);
    assert_eq!(other.ask("/export/vouch.json").await.text, out);

    // A vault in use compares each person instead, and nobody comes twice.
    let again = student.drop_file("vouch.json", out.as_bytes()).await;
    again.says(&["Vouch export"]);
    let unchanged = again.between("Unchanged", "To decide");
    assert!(unchanged.contains(">3<"), "{unchanged}");
}

#[tokio::test]
async fn tables_that_are_dropped_together_come_back_whole() {
    let student = Student::new().await;
    let page = student.open("/export").await.0;
    let mut files = Vec::new();
    for link in page.split("href=\"/export/csv/").skip(1) {
        let name = link.split('"').next().expect("a name").to_owned();
        let text = student.ask(&format!("/export/csv/{name}")).await.text;
        files.push((name, text));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (&**n, t.as_bytes())).collect();
    let other = newcomer().await;
    other
        .drop_files(&files)
        .await
        .says(&["Asha Rao", "Bring back an export"]);
    let whole = student.ask("/export/vouch.json").await.text;
    assert_eq!(other.ask("/export/vouch.json").await.text, whole);
    // Into a vault in use the people's table alone brings the people.
    let person = files.iter().filter(|(name, _)| *name == "person.csv");
    let person: Vec<(&str, &[u8])> = person.copied().collect();
    student
        .drop_files(&person)
        .await
        .says(&["Import person.csv"]);
    let strange = [person[0], ("notes.csv", b"a,b\n1,2\n".as_slice())];
    student
        .drop_files(&strange)
        .await
        .says(&["tables of a Vouch export"]);
}

#[tokio::test]
async fn an_export_that_does_not_fit_is_refused_with_its_place() {
    let student = Student::new().await;
    let out = student.ask("/export/vouch.json").await.text;
    let other = newcomer().await;
    let broken = out.replacen("\"cadence_days\":null", "\"cadence_days\":\"often\"", 1);
    assert_ne!(broken, out);
    let page = other.drop_file("vouch.json", broken.as_bytes()).await;
    page.says(&["vouch.json", "table person, row 1"]);
    other.open("/people").await.says(&["Nobody"]);
}

#[tokio::test]
async fn people_go_out_as_cards_without_notes() {
    let student = Student::new().await;
    let all = student.ask("/export/people.vcf?version=3").await;
    assert_eq!(
        all.header("content-type"),
        Some("text/vcard; charset=utf-8")
    );
    assert_eq!(all.text.matches("BEGIN:VCARD").count(), 3);
    assert!(all.text.contains("VERSION:3.0") && !all.text.contains("NOTE:"));
    let one = student
        .ask("/export/people.vcf?version=4&q=okafor&notes=yes")
        .await;
    assert_eq!(one.text.matches("BEGIN:VCARD").count(), 1);
    assert!(one.text.contains("VERSION:4.0"), "{}", one.text);
}

#[tokio::test]
async fn the_schema_is_there_for_programmers() {
    let student = Student::new().await;
    let schema = student.ask("/export/schema.json").await;
    assert!(schema.text.contains("2020-12"), "{}", schema.text);
}
