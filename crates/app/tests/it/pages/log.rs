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
async fn a_day_that_is_none_or_still_to_come_is_not_saved() {
    let student = Student::new().await;
    for (day, found) in [
        ("30 Feb", "which no calendar has"),
        ("tomorrow", "which is still to come"),
        ("99 Foo 2026", "which no calendar has"),
        ("3 Mar 2099", "#promise … by …"),
    ] {
        let line = format!("{day} call with Ben Okafor");
        let fragment = student.post("/log/understand", &[("line", &line)]).await;
        fragment
            .says(&[found, "no day yet", "cannot be saved"])
            .says_nothing_of(&["so today", "It can be saved as it is"]);
        let refused = student.refused("/log", &[("line", &line)]).await;
        super::Page(refused.text).says(&[found, &line, "cannot be saved"]);
    }
    let ben = student.person("ben").await;
    let page = student.open(&ben).await;
    page.says_nothing_of(&["30 Feb", "99 Foo", "2099"]);
}

#[tokio::test]
async fn one_line_without_a_day_holds_the_others_back_and_loses_none() {
    let student = Student::new().await;
    let lines = "yesterday call with Asha Rao\n31 Feb call with Ben Okafor";
    let refused = student.refused("/log", &[("line", lines)]).await;
    super::Page(refused.text).says(&[
        lines,
        "31 Feb call with Ben Okafor</h3>",
        "which no calendar has",
    ]);
    let mended = lines.replace("31 Feb", "today");
    student
        .post("/log", &[("line", &mended)])
        .await
        .says(&["Log 2 interactions"]);
}

#[tokio::test]
async fn a_line_about_a_patient_waits_for_a_decision() {
    let student = Student::new().await;
    let line = "today rotation with Asha Rao, the man in bed 12 needs a drain";
    let fragment = student.post("/log/understand", &[("line", line)]).await;
    fragment
        .says(&[
            "This may tell who a patient is",
            "bed 12",
            "It cannot be saved before",
        ])
        .says_nothing_of(&["It can be saved as it is"]);
    let refused = student.refused("/log", &[("line", line)]).await;
    super::Page(refused.text).says(&[line, "Not a patient: save it as it is", "hospital’s policy"]);
    let person = student.person("asha").await;
    student.open(&person).await.says_nothing_of(&["bed 12"]);
    // What would be saved is shown first; without having been shown it is not saved.
    let left = "today rotation with Asha Rao, (taken out)";
    fragment.says(&["Take it out and save this", left]);
    let unseen = [("line", line), ("patient", "remove")];
    let refused = student.refused("/log", &unseen).await;
    super::Page(refused.text).says(&[line, left]);
    let saved = student
        .post(
            "/log",
            &[("line", line), ("patient", "remove"), ("left", left)],
        )
        .await;
    saved
        .says(&["(taken out)", "Undo"])
        .says_nothing_of(&["bed 12"]);
    let saved = student
        .post("/log", &[("line", line), ("patient", "not")])
        .await;
    saved.says(&["bed 12"]);
}

#[tokio::test]
async fn notes_pasted_twice_are_told_and_logged_once() {
    let student = Student::new().await;
    let notes = "1 Jun call with Asha Rao 20 min\n28 May met Asha Rao";
    student.log(notes).await;
    let refused = student.refused("/log", &[("line", notes)]).await.text;
    assert!(refused.contains("Nothing of it is new"), "{refused}");
    let longer = format!("{notes}\n2 Jun call with Asha Rao");
    let read = student.post("/log/understand", &[("line", &longer)]).await;
    read.says(&[
        "This is logged already and is left out",
        "It can be saved as it is",
    ]);
    student
        .log(&longer)
        .await
        .says(&["2 lines were logged already", "Undo"]);
}

#[tokio::test]
async fn what_stops_nothing_is_no_error() {
    let student = Student::new().await;
    let understood = async |line| student.post("/log/understand", &[("line", line)]).await;
    understood("call with Ben Okafor")
        .await
        .says(&["no day is told, so today", "It can be saved as it is"])
        .says_nothing_of(&["found no day", "class=\"error\""]);
    understood("Mon 16 Nov\ncall with Ben Okafor")
        .await
        .says_nothing_of(&["no day is told", "class=\"error\""]);
    understood("still no reply from Ben Okafor").await.says(&[
        "class=\"error\"",
        "which is nothing that happened",
        "cannot be saved: found",
    ]);
}
