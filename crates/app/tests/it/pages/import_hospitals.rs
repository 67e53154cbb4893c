//! A list of hospitals: looked at, taken over, and chosen from (`import_hospitals`).

use super::Student;

const FILE: &str = "Facility ID,Facility Name,City/Town,State,Hospital Type\n\
    019901,MERCY HOSPITAL,EXAMPLEVILLE,AL,Acute Care Hospitals\n\
    339902,MERCY HOSPITAL,BROOKLYN,NY,Acute Care Hospitals\n\
    339904,,BROOKLYN,NY,Acute Care Hospitals\n";

async fn taken_over() -> Student {
    let student = Student::new().await;
    let page = student.drop_file("Hospitals.csv", FILE.as_bytes()).await;
    page.says(&[
        "2 hospitals read",
        "Nothing is changed yet",
        "What could not be read",
        "Line 4, Facility Name",
    ]);
    let id = page.between("action=\"/import/", "/hospitals\"");
    let done = student.post(&format!("/import/{id}/hospitals"), &[]).await;
    done.says(&["2 hospitals added", "Undo"]);
    student
}

#[tokio::test]
async fn a_list_is_looked_at_and_taken_over() {
    let student = taken_over().await;
    student
        .open("/set-up")
        .await
        .says(&["2 hospitals of the imported list"]);
    // The same file again has nothing to take over.
    let page = student.drop_file("Hospitals.csv", FILE.as_bytes()).await;
    page.says(&["This list is stored already"]);
    page.says_nothing_of(&["Take over the list"]);
}

#[tokio::test]
async fn a_piece_of_the_list_is_refused_in_words() {
    let student = taken_over().await;
    let header = FILE.lines().next().expect("a header");
    let damaged = format!("{header}\n339904,,BROOKLYN,NY,Acute\n");
    let page = student.drop_file("Hospitals.csv", damaged.as_bytes()).await;
    page.says(&["That could not be read", "nothing could be read"]);
    let gone = student
        .ask("/import/00000000-0000-4000-8000-000000000000/hospitals")
        .await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn a_rotation_chooses_between_hospitals_of_one_name() {
    let student = taken_over().await;
    let fields = [("hospital", "Mercy Hospital"), ("starts", "2026-01-05")];
    let page = student.post("/set-up/rotation", &fields).await;
    page.says(&[
        "Which hospital is Mercy Hospital?",
        "MERCY HOSPITAL, BROOKLYN, NY",
        "MERCY HOSPITAL, EXAMPLEVILLE, AL",
    ]);
    let id = page.between("/set-up/rotation/", "/remove");
    let here = format!("/here?rotation={id}");
    student
        .open(&here)
        .await
        .says(&["The name fits several hospitals", "Choose the hospital"]);
    let chosen = [
        ("id", id.as_str()),
        ("hospital", "Mercy Hospital"),
        ("site", "ccn-339902"),
    ];
    let page = student.post("/set-up/rotation", &chosen).await;
    page.says_nothing_of(&["Which hospital is"]);
    student.open(&here).await.says(&[
        "In BROOKLYN",
        "CMS Hospital General Information, file Hospitals.csv as imported",
    ]);
    let unknown = [
        ("id", id.as_str()),
        ("hospital", "Mercy Hospital"),
        ("site", "ccn-999999"),
    ];
    let page = student.post("/set-up/rotation", &unknown).await;
    page.says(&["Not saved yet", "one of those that are offered"]);
}

#[tokio::test]
async fn hospitals_are_offered_while_one_types() {
    let student = taken_over().await;
    let answer = student.ask("/set-up/hospitals?q=merc+ny").await;
    assert_eq!(answer.text, "[\"MERCY HOSPITAL, BROOKLYN, NY\"]");
    let nothing = student.ask("/set-up/hospitals?q=").await;
    assert_eq!(nothing.text, "[]");
}
