//! One person (the template `person`), and the form `person_edit`.

use axum::http::StatusCode;

use super::Student;

#[tokio::test]
async fn a_person_shows_where_they_work_and_why_vouch_thinks_so() {
    let student = Student::new().await;
    let path = student.person("asha").await;
    let page = student.open(&path).await;
    page.says(&[
        "Dr. Asha Rao",
        "Maimonides Medical Center",
        "is its name",
        "met on rounds",
        "Dear Dr. Rao,",
    ]);
    let unsure = student.person("okafor").await;
    let page = student.open(&unsure).await;
    page.says(&["It is not clear which place this is", "Remember it"]);
    let fields = [("employer", "Mount Sinai"), ("place", "0")];
    let answered = student.post(&format!("{unsure}/place"), &fields).await;
    answered.says(&[
        "confirmed: you said so",
        "Icahn School of Medicine at Mount Sinai",
        "Undo",
    ]);
}

#[tokio::test]
async fn a_change_is_saved_and_a_wrong_one_keeps_what_was_typed() {
    let student = Student::new().await;
    let path = student.person("asha").await;
    let edit = format!("{path}/edit");
    student
        .open(&edit)
        .await
        .says(&["value=\"Asha\"", "value=\"Maimonides Medical Center\""]);
    let wrong = student
        .post(
            &edit,
            &[("given", ""), ("family", " "), ("note", "typed at length")],
        )
        .await;
    wrong.says(&[
        "Not saved yet",
        "typed at length",
        "a given name or a surname",
    ]);
    let saved = student
        .post(
            &edit,
            &[
                ("note", "likes short questions"),
                ("ring", "inner"),
                ("tags", "mentor, ir"),
            ],
        )
        .await;
    saved.says(&[
        "likes short questions",
        "inner",
        "about every 60 days",
        "mentor",
        "Undo",
    ]);
}

#[tokio::test]
async fn a_promise_is_kept() {
    let student = Student::new().await;
    let line = "today call with Asha Rao #promise read her paper by tomorrow";
    let page = student.log(line).await;
    page.says(&["You promised: read her paper"]);
    let promise = page.between("name=\"promise\" value=\"", "\"");
    let path = student.person("asha").await;
    let fields = [("promise", promise.as_str()), ("state", "kept")];
    student
        .post(&format!("{path}/promise"), &fields)
        .await
        .says(&["kept"]);
}

#[tokio::test]
async fn nobody_there_is_a_page_with_a_way_on() {
    let student = Student::new().await;
    for path in [
        "/people/00000000-0000-4000-8000-000000000000",
        "/people/nonsense",
    ] {
        let answer = student.ask(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(
            answer.text.contains("There is no person"),
            "{}",
            answer.text
        );
        assert!(answer.text.contains("Go to Today"));
    }
}

#[tokio::test]
async fn the_second_of_two_tabs_is_told_and_keeps_what_was_typed() {
    let student = Student::new().await;
    let person = student.person("asha").await;
    let edit = format!("{person}/edit");
    let form = student.open(&edit).await;
    let seen = form.between("name=\"seen\" value=\"", "\"");
    let first = [("seen", seen.as_str()), ("note", "Likes lymphatic work")];
    student
        .post(&edit, &first)
        .await
        .says(&["Likes lymphatic work"]);
    let second = [
        ("seen", seen.as_str()),
        ("given", "Asha"),
        ("note", "Asked for my poster"),
    ];
    let refused = student.post(&edit, &second).await;
    refused.says(&[
        "Changed elsewhere, so not saved yet",
        ">Asked for my poster</textarea>",
        "<dt>Note</dt><dd class=\"note\" dir=\"auto\">Likes lymphatic work</dd>",
    ]);
    let now = refused.between("name=\"seen\" value=\"", "\"");
    let again = [("seen", now.as_str()), ("note", "Asked for my poster")];
    student
        .post(&edit, &again)
        .await
        .says(&["Asked for my poster", "Undo"]);
}

#[tokio::test]
async fn a_rhythm_that_is_no_number_is_told_and_kept() {
    let student = Student::new().await;
    let edit = format!("{}/edit", student.person("asha").await);
    student
        .post(&edit, &[("cadence", "now and then")])
        .await
        .says(&["Not saved yet", "a whole number", "value=\"now and then\""]);
}

#[tokio::test]
async fn a_refused_form_keeps_everything_that_was_chosen() {
    let student = Student::new().await;
    let path = student.person("ravi").await;
    student
        .post(&format!("{path}/edit"), &[("school", "yes")])
        .await;
    let fields = [
        ("given", ""),
        ("family", ""),
        ("school", "no"),
        ("archived", "no"),
        ("archived", "yes"),
        ("note", "kept"),
    ];
    let refused = student.refused(&format!("{path}/edit"), &fields).await;
    super::Page(refused.text).says(&[
        "a given name or a surname",
        "<option value=\"no\" selected>went to another school",
        "name=\"archived\" value=\"yes\" checked",
        ">kept</textarea>",
    ]);
    // Nothing was saved: what is stored is shown again.
    student
        .open(&format!("{path}/edit"))
        .await
        .says(&["<option value=\"yes\" selected>went to my school"])
        .says_nothing_of(&["value=\"yes\" checked"]);
}

#[tokio::test]
async fn a_note_about_a_patient_waits_for_a_decision() {
    let student = Student::new().await;
    let path = student.person("asha").await;
    let edit = format!("{path}/edit");
    let note = "Kind to students. Showed me the scan of MRN 00123456.";
    let left = "Kind to students. (taken out)";
    let refused = student.refused(&edit, &[("note", note)]).await;
    super::Page(refused.text).says(&["This may tell who a patient is", note, left]);
    // Other words than were shown are shown first.
    let other = [("note", note), ("patient", "remove"), ("left", "Kind.")];
    student.refused(&edit, &other).await;
    student
        .post(
            &edit,
            &[("note", note), ("patient", "remove"), ("left", left)],
        )
        .await
        .says(&[left]);
    // Where nothing else stands, the field is empty without it; tags and post are
    // looked through as notes are.
    let all = "Showed me the scan of MRN 00123456";
    for field in ["note", "how_found", "tags", "position"] {
        let refused = student.refused(&edit, &[(field, all)]).await;
        super::Page(refused.text).says(&["Nothing else stands here", "Take it out and save", all]);
        let gone = [(field, all), ("patient", "remove"), ("left", "(taken out)")];
        student
            .post(&edit, &gone)
            .await
            .says_nothing_of(&["00123456", "(taken out)"]);
    }
}

#[tokio::test]
async fn a_long_note_is_folded_here_and_beside_a_draft() {
    let student = Student::new().await;
    let people = student.open("/people?q=asha").await;
    let id = people.between("<th scope=\"row\"><a href=\"/people/", "\"");
    let short = student.open(&format!("/people/{id}")).await;
    short.says_nothing_of(&["class=\"fold\""]);
    let note = "limb salvage ".repeat(2000);
    student
        .post(&format!("/people/{id}/edit"), &[("note", &note)])
        .await;
    let told = format!("today call with Asha Rao, {}", "long story ".repeat(150));
    student.log(&told).await;
    let page = student.open(&format!("/people/{id}")).await;
    page.says(&["Show all 25,999 characters"]);
    assert_eq!(page.0.matches("<details class=\"fold\">").count(), 2);
    let write = student.open(&format!("/write?person={id}")).await;
    write.says(&["<details class=\"fold\">", "Show all 25,999 characters"]);
}

#[tokio::test]
async fn a_name_turns_nothing_that_stands_around_it() {
    let student = Student::new().await;
    let asha = student.person("asha").await;
    let edit = format!("{asha}/edit");
    let fields = [("family", "Rao\u{202E}x"), ("note", "a \u{2066}b")];
    let changed = student.post(&edit, &fields).await;
    changed.says(&[
        "Change what is stored of Dr. Asha Raox.",
        "<h1 dir=\"auto\">Dr. Asha Raox",
        "a b",
    ]);
    for path in [&asha, "/people", "/history", "/programs/4203521221"] {
        let page = student.open(path).await;
        let texts = page.0.split('<').filter_map(|tag| tag.split_once('>'));
        for (_, text) in texts {
            assert!(!text.contains(['\u{202E}', '\u{2066}']), "{path}: {text}");
        }
    }
    // A form gives back what is stored.
    student
        .open(&edit)
        .await
        .says(&["value=\"Rao\u{202E}x\"", "a \u{2066}b</textarea>"]);
}

#[tokio::test]
async fn what_can_be_no_address_is_told_and_kept() {
    let student = Student::new().await;
    let asha = student.person("asha").await;
    let edit = format!("{asha}/edit");
    for typed in ["not an address", "a@", "@b", "a@b@c"] {
        let refused = student.refused(&edit, &[("email", typed)]).await;
        super::Page(refused.text).says(&[
            "one &#34;@&#34; and something on both sides",
            &format!("value=\"{typed}\""),
        ]);
    }
    for typed in ["asha@localhost", ""] {
        student.post(&edit, &[("email", typed)]).await;
    }
}

#[tokio::test]
async fn a_person_shows_what_is_next_and_whom_they_know() {
    let student = Student::new().await;
    let path = student.person("asha").await;
    let page = student.open(&path).await;
    page.says(&[
        "What next",
        "Nothing is due. Write a first, short message to Dr. Asha Rao.",
        "No tie is logged.",
    ]);
    student.log("yesterday email to Asha Rao").await;
    let page = student.open(&path).await;
    page.says(&["Nothing is due. You wrote to Dr. Asha Rao on"]);
    student
        .log("yesterday call with Asha Rao and Wanda Tie #intro #promise send draft by today")
        .await;
    let page = student.open(&path).await;
    page.says(&[
        "Keep your word to Dr. Asha Rao: send draft.",
        "Wanda Tie</a>",
        "you were all together on",
        "an introduction was logged",
    ])
    .says_nothing_of(&["Nothing is due"]);
}
