//! Search, and the palette's answers.

use super::Student;

#[tokio::test]
async fn people_programs_and_notes_are_found() {
    let student = Student::new().await;
    student
        .log("today call with Asha Rao, limb salvage trial")
        .await;
    student
        .open("/search?q=salvage")
        .await
        .says(&["Notes and messages", "limb salvage trial"]);
    student
        .open("/search?q=maimonides")
        .await
        .says(&["Programs", "Dr. Asha Rao"]);
    student
        .open("/search?q=")
        .await
        .says(&["What are you looking for?"]);
    student
        .open("/search?q=%22%27+zzzz*")
        .await
        .says(&["Nothing holds these words"]);
}

#[tokio::test]
async fn the_palette_leads_to_people_and_programs() {
    let student = Student::new().await;
    let answer = student.ask("/palette?q=asha").await;
    let entries: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(entries[0]["title"], "Dr. Asha Rao");
    assert_eq!(entries[0]["kind"], "person");
}

#[tokio::test]
async fn the_palette_writes_to_a_person_and_notes_an_answer() {
    let student = Student::new().await;
    let of = async |query: &str| -> serde_json::Value {
        let answer = student.ask(&format!("/palette?q={query}")).await;
        serde_json::from_str(&answer.text).expect("JSON")
    };
    let entry = &of("write+asha").await[0];
    assert_eq!(entry["title"], "Write to Dr. Asha Rao");
    let href = entry["href"].as_str().expect("an address");
    student.open(href).await.says(&["What for", "Asha Rao"]);
    assert_eq!(of("answer").await[0]["href"], "/write/reply");
}

#[tokio::test]
async fn every_page_of_the_palette_is_there_and_leaves_room_for_people() {
    let student = Student::new().await;
    let all = app::web::palette::pages("");
    assert!(all.len() > 20, "{all:?}");
    for entry in &all {
        let path = entry.href.split('#').next().unwrap_or_default();
        // The style guide and the vault are served beside the vault's own pages,
        // and a button is on every one.
        if !path.is_empty() && path != "/vault" {
            student.open(path).await;
        }
    }
    let found = app::web::palette::pages("pa");
    assert!(found.iter().any(|entry| entry.href == "/import#roster"));
    assert!(app::web::palette::pages("p").len() <= 8);
    assert!(app::web::palette::pages("uplicates").is_empty());
}

#[tokio::test]
async fn more_than_the_page_shows_is_said_and_leads_to_the_list() {
    let student = Student::new().await;
    let names: Vec<String> = (0..35).map(|i| format!("Rada Number{i}")).collect();
    let preview = student
        .post("/import/typed", &[("names", &names.join("\n"))])
        .await;
    let import = preview.between("action=\"/import/", "\"");
    student.post(&format!("/import/{import}"), &[]).await;
    let page = student.open("/search?q=rad").await;
    page.says(&[
        "30 of 35. <a href=\"/people?q=rad\"",
        "<a href=\"/programs?q=rad\"",
    ]);
    let n = page.between("</ul><p>30 of ", ".");
    assert_eq!(n, "35");
    student
        .open("/people?q=rad")
        .await
        .says(&["35 fit the filter"]);
    student
        .open("/search?q=maimonides")
        .await
        .says_nothing_of(&["See them all"]);
}
