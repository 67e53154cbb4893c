//! The log (`log`), and what was understood (`log_understood`).

use super::Student;

#[tokio::test]
async fn what_is_understood_is_shown_before_it_is_saved() {
    let student = Student::new().await;
    let query =
        "/log?line=yesterday+call+with+Asha+Rao+%40SIR26+20+min%2C+she+offered+to+introduce+me";
    student.open(query).await.says(&[
        "What was understood",
        "Dr. Asha Rao",
        "SIR26",
        "20 minutes",
        "she offered to introduce me",
        "It can be saved as it is",
    ]);
    let fragment = student
        .post("/log/understand", &[("line", "today met with Zoe Unknown")])
        .await;
    fragment
        .says(&["new person", "Zoe Unknown"])
        .says_nothing_of(&["<html"]);
}

#[tokio::test]
async fn a_name_that_fits_two_is_asked_and_never_guessed() {
    let student = Student::new().await;
    let line = "today call with Dr. Rao, about a case log";
    let asked = student.log(line).await;
    asked.says(&["Who is", "Dr. Asha Rao", "Dr. Ravi Rao", line]);
    let who = student.person("ravi").await;
    let who = who.trim_start_matches("/people/");
    let saved = student
        .post("/log", &[("line", line), ("who-0-0", who)])
        .await;
    saved.says(&["Dr. Ravi Rao", "about a case log", "Undo"]);
}

#[tokio::test]
async fn nobody_named_says_what_would_do() {
    let student = Student::new().await;
    student.log("").await.says(&["Nothing is typed yet"]);
}

#[tokio::test]
async fn a_part_of_a_name_is_shown_as_one_with_another_way() {
    let student = Student::new().await;
    let line = "today call with Okaf";
    let fragment = student.post("/log/understand", &[("line", line)]).await;
    fragment.says(&[
        "Ben Okafor</a>",
        "“Okaf” is a part of the name",
        "name=\"who-0-0\" value=\"new\"",
    ]);
    student
        .post("/log", &[("line", line), ("who-0-0", "new")])
        .await
        .says(&["Log call with Okaf on"]);
}

#[tokio::test]
async fn a_day_that_no_calendar_has_is_pointed_out() {
    let student = Student::new().await;
    student
        .post(
            "/log/understand",
            &[("line", "30 Feb call with Ben Okafor")],
        )
        .await
        .says(&["which no calendar has", "no day is told, so today"]);
}

#[tokio::test]
async fn a_line_about_a_patient_waits_for_a_decision() {
    let student = Student::new().await;
    let line = "today rotation with Asha Rao, the man in bed 12 needs a drain";
    let fragment = student.post("/log/understand", &[("line", line)]).await;
    fragment.says(&["This may tell who a patient is", "bed 12"]);
    let refused = student.refused("/log", &[("line", line)]).await;
    super::Page(refused.text).says(&[line, "Not a patient: save it as it is", "hospital’s policy"]);
    let person = student.person("asha").await;
    student.open(&person).await.says_nothing_of(&["bed 12"]);
    let saved = student
        .post("/log", &[("line", line), ("patient", "remove")])
        .await;
    saved
        .says(&["(taken out)", "Undo"])
        .says_nothing_of(&["bed 12"]);
    let saved = student
        .post("/log", &[("line", line), ("patient", "not")])
        .await;
    saved.says(&["bed 12"]);
}
