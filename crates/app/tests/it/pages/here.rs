//! The hospital of today.

use super::Student;
use crate::web_support::Shell;

async fn rotate(student: &Student, hospital: &str, starts: &str, ends: &str) {
    let fields = [
        ("hospital", hospital),
        ("service", "surgery"),
        ("starts", starts),
        ("ends", ends),
    ];
    student.post("/set-up/rotation", &fields).await;
}

#[tokio::test]
async fn without_a_rotation_the_page_says_what_would_fill_it() {
    let page = Shell::new().open("/here").await.text;
    assert!(page.contains("No rotation yet"), "{page}");
    assert!(page.contains("href=\"/set-up#rotation-form\""), "{page}");
}

#[tokio::test]
async fn a_known_hospital_shows_services_people_programs_and_lists() {
    let student = Student::new().await;
    rotate(
        &student,
        "Maimonides Medical Center",
        "2026-06-15",
        "2099-07-24",
    )
    .await;
    let page = student.open("/here").await;
    page.says(&[
        "<h1 dir=\"auto\">Maimonides Medical Center</h1>",
        "Where you rotate now",
        "Brooklyn, NY",
        "trains here",
        "You know somebody of it here: <a",
        "IR attending</span>",
        "Ask them: “Is interventional radiology done",
        "Dr. Asha Rao",
        "I am Solange Baptiste, MS3 at St. George&#39;s",
        "href=\"/write?template=shadow-request\"",
        "observer form",
        "dosimeter",
        "clerkship director or the site office",
        "0 of 4 done",
        "<summary>Elsewhere in NY: ",
        "two weeks before your last day",
    ])
    .says_nothing_of(&[
        "Ben Okafor",
        "Before you leave",
        "<h3>In Brooklyn</h3><ul class=\"plain\"></ul>",
    ]);
}

#[tokio::test]
async fn a_line_is_ticked_taken_back_and_undone() {
    let student = Student::new().await;
    rotate(&student, "St. Nowhere", "2026-06-15", "").await;
    let page = student.open("/here").await;
    page.says(&["not known to Vouch", "Say when your last day is"]);
    let id = page.between("name=\"rotation\" value=\"", "\"");
    let tick = |tick: &'static str| {
        [
            ("rotation", id.clone()),
            ("item", "cleared".to_owned()),
            ("tick", tick.to_owned()),
        ]
    };
    let fields = tick("done");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let page = student.post("/here/tick", &fields).await;
    page.says(&["1 of 7 done", "Not done yet", "Tick &#34;Clear it", "Undo"]);
    let fields = tick("open");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let page = student.post("/here/tick", &fields).await;
    page.says(&["0 of 7 done"])
        .says_nothing_of(&["Not done yet:"]);
}

#[tokio::test]
async fn a_note_is_kept_with_who_said_it_and_a_refused_one_as_typed() {
    let student = Student::new().await;
    rotate(&student, "St. Nowhere", "2026-06-15", "").await;
    let page = student.open("/here").await;
    let id = page.between("name=\"rotation\" value=\"", "\"");
    let fields = [
        ("rotation", id.as_str()),
        ("service", "ir"),
        ("answer", ""),
        ("source", "the chief resident"),
    ];
    let refused = student.refused("/here/note", &fields).await.text;
    for words in [
        "Not saved yet",
        "yes or no",
        "value=\"ir\" selected",
        "value=\"the chief resident\"",
    ] {
        assert!(refused.contains(words), "no {words} in {refused}");
    }
    let fields = [
        ("rotation", id.as_str()),
        ("service", "ir"),
        ("answer", "no"),
        ("source", "the chief <resident>"),
    ];
    let page = student.post("/here/note", &fields).await;
    page.says(&["<dd>No", "your own", "the chief &#60;resident&#62;", "Undo"]);
}

#[tokio::test]
async fn a_rotation_that_is_not_there_is_told() {
    let student = Student::new().await;
    for id in ["nonsense", "00000000-0000-4000-8000-000000000000"] {
        let answer = student.ask(&format!("/here?rotation={id}")).await;
        assert_eq!(answer.status, 404, "{}", answer.text);
    }
}

#[tokio::test]
async fn the_log_shows_what_was_done_and_how_long_was_watched() {
    let student = Student::new().await;
    rotate(
        &student,
        "Maimonides Medical Center",
        "2026-06-15",
        "2099-07-24",
    )
    .await;
    let page = student.open("/here").await;
    page.says(&[
        "None logged in this rotation yet",
        "log a day",
        "0 of 4 done",
    ]);
    let id = page.between("name=\"rotation\" value=\"", "\"");
    let line = "today shadowed Dr. Asha Rao 4h #gave case-log";
    student.post("/log", &[("line", line)]).await;
    let page = student.open("/here").await;
    page.says(&[
        "<strong>4 h</strong> on 1 day",
        "1 of 4 done",
        "seen in your log on <time",
    ]);
    let fields = [
        ("rotation", id.as_str()),
        ("item", "offer"),
        ("tick", "not-yet"),
    ];
    let page = student.post("/here/tick", &fields).await;
    page.says(&["0 of 4 done", "Undo"])
        .says_nothing_of(&["seen in your log on <time"]);
}

#[tokio::test]
async fn another_hospital_is_looked_at_and_an_unknown_one_is_told() {
    let student = Student::new().await;
    let page = student.open("/here?hospital=maimonides+medical").await;
    page.says(&[
        "<h1 dir=\"auto\">Maimonides Medical Center</h1>",
        "A hospital where you do not rotate",
        "Dr. Asha Rao",
        "Tell that you rotate here",
    ])
    .says_nothing_of(&["Note what you found out", "In the first days"]);
    let answer = student.ask("/here?hospital=%3Cb%3ENowhere").await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    for words in [
        "Not found",
        "There is no hospital",
        "value=\"&#60;b&#62;Nowhere\"",
    ] {
        assert!(answer.text.contains(words), "no {words} in {}", answer.text);
    }
}

#[tokio::test]
async fn of_several_hospitals_one_is_chosen_by_a_link() {
    let student = Student::new().await;
    let refused = student.ask("/here?hospital=mount").await;
    let page = super::Page(refused.text);
    page.says(&["Several hospitals fit “", "Choose one"])
        .says_nothing_of(&["fits several:", "Not found"]);
    let list = page.between("Choose one", "</ul>");
    let links: Vec<&str> = list
        .split("<a href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(links.len() > 1, "{list}");
    for link in links {
        let answer = student.ask(&link.replace("&#38;", "&")).await;
        assert_eq!(answer.status, 200, "{link}: {}", answer.text);
        super::Page(answer.text).says_nothing_of(&["Several hospitals fit", "Not found"]);
    }
}
