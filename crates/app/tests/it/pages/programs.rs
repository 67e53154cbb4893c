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
        .post(
            "/log",
            &[(
                "line",
                "5 days rotation with Dr. Asha Rao #gave lit-review 3h",
            )],
        )
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
