//! Help: every rule with its examples.

use super::Student;

#[tokio::test]
async fn every_rule_has_its_place() {
    let page = Student::new().await.open("/help").await;
    for rule in lint::RULES {
        page.says(&[&format!("id=\"rule-{}\"", rule.meta.name)]);
    }
    page.says(&["The log line", "Privacy", "promises no match"]);
}
