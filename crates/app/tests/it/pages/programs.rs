//! Programs as a list (the template `programs`), and `programs_new`.

use super::Student;

#[tokio::test]
async fn a_filter_counts_yes_no_and_not_known_and_keeps_not_known_until_it_is_removed() {
    let student = Student::new().await;
    let all = student.open("/programs").await;
    all.says(&["401 programs of 401", "not known"]);
    let both = student.open("/programs?j1=yes&j1=not-known").await;
    let yes = student.open("/programs?j1=yes").await;
    both.says(&["400 programs of 401"]);
    yes.says(&["19 programs of 401"]);
}

#[tokio::test]
async fn programs_where_somebody_is_known_come_first() {
    let student = Student::new().await;
    let known = student.open("/programs?known=yes").await;
    known
        .says(&["Maimonides Medical Center", "Henry Ford"])
        .says_nothing_of(&["Tulane"]);
}

#[tokio::test]
async fn a_program_of_ones_own_is_added_or_told_what_is_missing() {
    let student = Student::new().await;
    let wrong = student
        .post(
            "/programs/new",
            &[
                ("kind", "program"),
                ("name", "Harbour"),
                ("state", "New York"),
            ],
        )
        .await;
    wrong.says(&["Not added yet", "value=\"Harbour\""]);
    let unknown = [("kind", "site"), ("name", "Harbour"), ("state", "ZZ")];
    student.post("/programs/new", &unknown).await.says(&[
        "&#34;ZZ&#34; cannot be used",
        "nothing for a place outside the United States",
        "value=\"Harbour\"",
    ]);
    let fields = [
        ("kind", "program"),
        ("name", "Harbour Community Hospital"),
        ("city", "Newport"),
        ("state", "ny"),
        ("track", "transitional"),
    ];
    let page = student.post("/programs/new", &fields).await;
    page.says(&[
        "Harbour Community Hospital",
        "Transitional year",
        "Newport, NY",
    ]);
    student
        .open("/programs?q=harbour")
        .await
        .says(&["1 program of 402"]);
}

#[tokio::test]
async fn the_list_is_shown_by_how_well_the_student_is_known() {
    let student = Student::new().await;
    student
        .open("/programs")
        .await
        .says_nothing_of(&["Your list, by how well you are known"]);
    student.post("/programs/4203521221/list", &[]).await;
    student
        .log("5 days rotation with Dr. Asha Rao #gave lit-review 3h")
        .await;
    let page = student.open("/programs").await;
    page.says(&["Your list, by how well you are known", "Compare the ticked"]);
    let to = page.between("<a href=\"/programs?listed=yes&amp;you=", "\"");
    assert_eq!(to, "worked%20with");
    student
        .open(&format!("/programs?listed=yes&you={to}"))
        .await
        .says(&["1 program of 401", "Maimonides"]);
}

#[tokio::test]
async fn the_map_of_states_has_the_numbers_of_its_table() {
    let student = Student::new().await;
    student.post("/programs/4203521221/list", &[]).await;
    let own = [
        ("kind", "program"),
        ("name", "Rehoboth <General>"),
        ("city", "Toronto"),
        ("state", ""),
        ("track", "dr"),
    ];
    student.post("/programs/new", &own).await;
    let page = student.open("/programs?view=states").await;
    page.says(&[
        "<svg class=\"state-map\"",
        "aria-label=\"NY 44 programs in New York, 1 on your list, you are ",
        "aria-label=\"PR 1 program in Puerto Rico, none on your list\"",
        "name=\"view\" value=\"states\"",
        "aria-current=\"page\">By state</a>",
    ])
    .says_nothing_of(&["Compare the ticked", "style=", "aria-label=\"WY"]);
    let tiles: Vec<(String, String)> = page
        .0
        .split("<a class=\"state-tile\" href=\"")
        .skip(1)
        .map(|tile| {
            let href = tile.split('"').next().unwrap_or_default();
            let tile = tile.split("</a>").next().unwrap_or_default();
            let n = tile.rsplit("</text>").nth(1).unwrap_or_default();
            let n = n.rsplit('>').next().unwrap_or_default();
            (href.to_owned(), n.to_owned())
        })
        .collect();
    let table = page.between("</figure>", "</main>");
    let mut n_programs = 0;
    assert!(table.contains("In no state</th><td data-label=\"Programs\" class=\"number\">1<"));
    let rows: Vec<(String, String)> = table
        .split("<tr><th scope=\"row\"><a href=\"")
        .skip(1)
        .map(|row| {
            let href = row.split('"').next().unwrap_or_default();
            let n = row
                .split("<td data-label=\"Programs\" class=\"number\">")
                .nth(1)
                .unwrap_or_default();
            let n = n.split('<').next().unwrap_or_default();
            n_programs += n.parse::<usize>().expect("a number");
            (href.to_owned(), n.to_owned())
        })
        .collect();
    assert_eq!(n_programs, 401);
    let mut drawn = tiles;
    drawn.sort();
    let mut listed = rows;
    listed.sort();
    assert_eq!(drawn, listed);
    let there = student
        .open("/programs?view=states&track=dr&state=NY")
        .await;
    let to = there.between("<a class=\"state-tile\" href=\"/programs?", "\"");
    assert!(
        to.starts_with("track=dr&#38;state="),
        "the filters stay: {to}"
    );
    student
        .open("/programs?view=states&q=nowhereatall")
        .await
        .says(&["No program fits"]);
}

#[tokio::test]
async fn the_list_comes_in_parts_and_the_ticked_are_compared_from_each() {
    let student = Student::new().await;
    let first = student.open("/programs").await;
    first.says(&["1 to 50 of 401", "Later", "class=\"bar\""]);
    let later = student.open("/programs?from=400&track=").await;
    later
        .says(&["401 to 401 of 401", "Earlier", "Compare the ticked"])
        .says_nothing_of(&[">Later<"]);
    let beyond = student.open("/programs?from=9000").await;
    beyond.says(&["401 to 401 of 401"]);
    let few = student.open("/programs?q=maimonides").await;
    few.says_nothing_of(&["Parts of this list"]);
}

#[tokio::test]
async fn states_with_nothing_on_the_list_are_folded() {
    let student = Student::new().await;
    student.post("/programs/4203521221/list", &[]).await;
    let page = student.open("/programs?view=states").await;
    let shown = page.between("</figure>", "<details");
    assert_eq!(shown.matches("<th scope=\"row\">").count(), 1, "{shown}");
    assert!(shown.contains("New York"), "{shown}");
    let folded = page.between("states have nothing on your list", "</details>");
    assert!(
        folded.matches("<th scope=\"row\">").count() > 40,
        "{folded}"
    );
}
