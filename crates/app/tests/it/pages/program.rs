//! One program: facts with their sources, corrections beside them, and who is known.

use axum::http::StatusCode;

use super::Student;

const MAIMONIDES: &str = "/programs/4203521221";

#[tokio::test]
async fn facts_carry_source_date_and_reliability() {
    let student = Student::new().await;
    let page = student.open(MAIMONIDES).await;
    page.says(&[
        "Who do I know here",
        "Dr. Asha Rao",
        "Not known",
        "Next sensible step",
        "Who refers patients here",
        "Internists",
        "Nobody known yet",
    ]);
    let other = student.open("/programs/4201121049").await;
    other.says(&["Positions a year", "(transcribed)"]);
}

#[tokio::test]
async fn a_correction_stands_beside_the_shipped_value_and_a_conflict_is_shown() {
    let student = Student::new().await;
    let path = "/programs/4201121049/fact";
    let fields = [
        ("field", "positions"),
        ("value", "99"),
        ("source", "the coordinator"),
    ];
    let page = student.post(path, &fields).await;
    page.says(&[
        "99",
        "the coordinator",
        "Shipped value",
        "differs from what was shipped",
    ]);
    let wrong = [
        ("field", "visa_j1"),
        ("value", "perhaps"),
        ("source", "somebody"),
    ];
    student
        .post(path, &wrong)
        .await
        .says(&["yes or no", "value=\"perhaps\""]);
    let undated = [
        ("field", "director"),
        ("value", "Dr. A"),
        ("source", "page"),
        ("as_of", "yesterday"),
    ];
    student.post(path, &undated).await.says(&["a day such as"]);
}

#[tokio::test]
async fn sources_that_disagree_are_shown() {
    let student = Student::new().await;
    student
        .open("/programs/4200811040")
        .await
        .says(&["sources disagree"]);
}

#[tokio::test]
async fn a_program_goes_on_the_list_and_off_it() {
    let student = Student::new().await;
    let on = student.post(&format!("{MAIMONIDES}/list"), &[]).await;
    on.says(&["Take off my list", "On my list"]);
    let fields = [("priority", "7"), ("note", "near home")];
    let changed = student.post(&format!("{MAIMONIDES}/list"), &fields).await;
    changed.says(&["value=\"7\"", "near home"]);
    student
        .post(&format!("{MAIMONIDES}/unlist"), &[])
        .await
        .says(&["Put on my list"]);
}

#[tokio::test]
async fn a_priority_that_is_none_is_told_and_kept() {
    let student = Student::new().await;
    let path = format!("{MAIMONIDES}/list");
    student.post(&path, &[("priority", "7")]).await;
    for typed in ["-3", "abc", "0", "100000", "2.5"] {
        let fields = [("priority", typed), ("note", "near home")];
        let refused = student.refused(&path, &fields).await;
        super::Page(refused.text).says(&[
            "Not saved yet",
            &format!("&#34;{typed}&#34; cannot be used"),
            "a whole number from 1 to 999",
            &format!("value=\"{typed}\" aria-invalid=\"true\""),
            "value=\"near home\"",
        ]);
    }
    student
        .open(MAIMONIDES)
        .await
        .says(&["value=\"7\""])
        .says_nothing_of(&["near home", "aria-invalid"]);
}

#[tokio::test]
async fn positions_are_a_number() {
    let student = Student::new().await;
    let fields = [
        ("field", "positions"),
        ("value", "banana"),
        ("source", "somebody"),
    ];
    let refused = student
        .refused(&format!("{MAIMONIDES}/fact"), &fields)
        .await;
    super::Page(refused.text).says(&["a whole number from 0 to 500", "value=\"banana\""]);
}

#[tokio::test]
async fn an_unknown_program_is_a_page_with_a_way_on() {
    let student = Student::new().await;
    for path in ["/programs/0000000000", "/programs/nonsense"] {
        assert_eq!(student.ask(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_note_about_a_patient_waits_for_a_decision() {
    let student = Student::new().await;
    let path = format!("{MAIMONIDES}/list");
    let note = "small team; they put the drain into MRN 00123456 at once";
    let left = "small team; (taken out)";
    let fields = [("priority", "1"), ("note", note)];
    let refused = student.refused(&path, &fields).await;
    super::Page(refused.text).says(&["This may tell who a patient is", note, left]);
    let taken = [
        ("priority", "1"),
        ("note", note),
        ("patient", "remove"),
        ("left", left),
    ];
    student
        .post(&path, &taken)
        .await
        .says(&[left])
        .says_nothing_of(&["00123456"]);
}

#[tokio::test]
async fn who_may_know_somebody_is_shown_with_the_evidence_of_both_steps() {
    let student = Student::new().await;
    student
        .open(MAIMONIDES)
        .await
        .says_nothing_of(&["Who may know somebody here"]);
    let line = "talk with Dr. Asha Rao and Ben Okafor";
    student.log(line).await;
    student.open(MAIMONIDES).await.says(&[
        "Who may know somebody here",
        "You and Ben Okafor: 1 live talk.",
        "Ben Okafor and Dr. Asha Rao: you were all together on",
        "template=intro-request",
    ]);
}

#[tokio::test]
async fn without_a_graduate_nearby_the_page_offers_two_ways_to_find_one() {
    let student = Student::new().await;
    student.open(MAIMONIDES).await.says(&[
        "None are known yet",
        "Write to the alumni office",
        "href=\"/import#roster\"",
    ]);
    let fields = [("who", "all"), ("what", "school-yes"), ("filter", "q=asha")];
    student.post("/people/bulk", &fields).await;
    student
        .open(MAIMONIDES)
        .await
        .says(&["at the program"])
        .says_nothing_of(&["None are known yet"]);
}

#[tokio::test]
async fn the_contact_policy_stands_before_the_buttons_that_write() {
    let student = Student::new().await;
    let fields = [
        ("field", "contact_policy"),
        ("value", "through the coordinator only"),
        ("source", "the program's page"),
    ];
    let page = student.post(&format!("{MAIMONIDES}/fact"), &fields).await;
    page.says(&[
        "Through the coordinator only.",
        "Begin the way the program asks",
    ]);
    let policy = page.0.find("Before you write").expect("the policy");
    let write = page.0.find("href=\"/write?person=").expect("a button");
    assert!(policy < write);
}

#[tokio::test]
async fn who_may_be_here_is_named_with_the_question() {
    const DETROIT: &str = "/programs/4202521096";
    let student = Student::new().await;
    student
        .log("today talk with Dr. Fatou Diallo at Detroit Medical Center")
        .await;
    student.post(&format!("{DETROIT}/list"), &[]).await;
    let page = student.open(DETROIT).await;
    page.says(&[
        "1 person may be here",
        "Dr. Fatou Diallo</a>",
        "“Detroit Medical Center”",
        "Say whether Dr. Fatou Diallo works here",
    ])
    .says_nothing_of(&["Nobody yet", "Nobody is known", "Nobody known yet"]);
    let list = page.between("Say which place it is", "#is\"");
    let person = list.rsplit('"').next().expect("a link").to_owned();
    let asked = student.open(&person).await;
    asked.says(&["<h2 id=\"is\">", "Remember it", "none of these"]);
    student
        .open("/brief")
        .await
        .says_nothing_of(&["Whom do you know at"]);
    let employer = "Detroit Medical Center";
    let none = [("employer", employer), ("place", "none")];
    student.post(&format!("{person}/place"), &none).await;
    student.open(DETROIT).await.says(&["Nobody yet"]);
    student.open("/brief").await.says(&["Whom do you know at"]);
}

#[tokio::test]
async fn somebody_who_was_written_to_is_waited_for_and_facts_tell_their_age() {
    let student = Student::new().await;
    let first = "Write a first, short message to Dr. Asha Rao.";
    student.open(MAIMONIDES).await.says(&[first]);
    student.log("yesterday email to Asha Rao #ask call").await;
    let page = student.open(MAIMONIDES).await;
    page.says(&["You wrote to Dr. Asha Rao on", "wait for the answer"])
        .says_nothing_of(&[first]);
    let facts = student.open("/programs/4201121049").await;
    facts.says(&[" old (transcribed)"]);
}
