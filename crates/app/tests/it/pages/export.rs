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
