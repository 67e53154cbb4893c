//! People: filters in the address, and changes to many at once.

use super::Student;

#[tokio::test]
async fn filters_narrow_the_list_and_can_be_taken_away() {
    let student = Student::new().await;
    let all = student.open("/people").await;
    all.says(&["3 people", "Dr. Asha Rao", "Dr. Ravi Rao"]);
    let found = student
        .open("/people?q=rao&role=attending&order=recent")
        .await;
    found
        .says(&["Words: rao", "Role: attending", "Dr. Asha Rao"])
        .says_nothing_of(&["Okafor"]);
    student
        .open("/people?q=nobodyatall")
        .await
        .says(&["Nobody fits"]);
    student
        .open("/people?role=nonsense&from=abc")
        .await
        .says(&["3 people"]);
}

#[tokio::test]
async fn a_name_with_script_in_it_is_inert() {
    let student = Student::new().await;
    let file = "First Name,Last Name,Company,Position,Connected On\n\
        <script>alert(1)</script>,Mallory,\"<img src=x onerror=alert(2)>\",Resident,08 Feb 2026\n";
    let preview = student
        .drop_file("<b>Connections.csv", file.as_bytes())
        .await;
    let hostile = ["<script>alert", "<img src=x", "<b>Conn"];
    preview
        .says_nothing_of(&hostile)
        .says(&["&#60;script&#62;alert"]);
    let id = preview.between("action=\"/import/", "\"");
    student.post(&format!("/import/{id}"), &[]).await;
    let person = student.person("mallory").await;
    let edit = format!("{person}/edit");
    for path in [
        "/people",
        "/search?q=mallory",
        "/history",
        "/",
        &person,
        &edit,
    ] {
        student.open(path).await.says_nothing_of(&hostile);
    }
    student
        .open("/people")
        .await
        .says(&["&#60;script&#62;alert"]);
}

#[tokio::test]
async fn the_school_is_a_choice_for_many_and_is_undone() {
    let student = Student::new().await;
    let page = student
        .post(
            "/people/bulk",
            &[("who", "all"), ("what", "school-yes"), ("filter", "q=rao")],
        )
        .await;
    page.says(&["same school", "2 people", "my school", "Undo"]);
    let undo = page.between("action=\"/history/", "\"");
    student.post(&format!("/history/{undo}"), &[]).await;
    student
        .open("/people")
        .await
        .says_nothing_of(&["tag accent\">my school"]);
}

#[tokio::test]
async fn a_change_for_nobody_says_what_is_missing() {
    let student = Student::new().await;
    let fields = [
        ("who", "ticked"),
        ("what", "untag"),
        ("tag", "mentor"),
        ("filter", "q=rao"),
    ];
    let refused = student.refused("/people/bulk", &fields).await;
    super::Page(refused.text).says(&[
        "Nothing was changed",
        "at least one ticked row",
        "name=\"q\" type=\"search\" value=\"rao\"",
        "name=\"filter\" value=\"q=rao\"",
        "2 people",
        "<option value=\"untag\" selected>",
        "value=\"mentor\"",
    ]);
    let rao = student.person("asha").await;
    let id = rao.trim_start_matches("/people/");
    let fields = [("who", "ticked"), ("person", id), ("what", "")];
    let refused = student.refused("/people/bulk", &fields).await;
    super::Page(refused.text).says(&[
        "one of the changes offered",
        &format!("value=\"{id}\" checked"),
    ]);
}

#[tokio::test]
async fn filters_combine_and_stay_in_the_address() {
    let student = Student::new().await;
    let rao = student.person("asha").await;
    student.log("call with Dr. Asha Rao").await;
    for tag in ["sir", "mentor"] {
        let fields = [
            ("who", "all"),
            ("what", "tag"),
            ("tag", tag),
            ("filter", "q=asha"),
        ];
        student.post("/people/bulk", &fields).await;
    }
    let path = "/people?tag=sir&tag=mentor&state=met&last=within-30&role=attending&program=4203521221&in=NY";
    let page = student.open(path).await;
    page.says(&[
        &rao,
        "1 person",
        "Tag: sir",
        "Tag: mentor",
        "You are: met",
        "Last contact: in the last month",
        "Program: Maimonides Medical Center",
        "State: NY",
        // The chip of one tag keeps the other.
        "href=\"/people?tag=mentor&#38;state=met",
    ])
    .says_nothing_of(&["Dr. Ravi Rao", "Ben Okafor"]);
    student
        .open("/people?state=unknown&reply=nonsense&last=never")
        .await
        .says(&["Dr. Ravi Rao", "Ben Okafor"])
        .says_nothing_of(&["Dr. Asha Rao"]);
    student
        .open("/people?reply=mine")
        .await
        .says(&["Nobody fits"]);
}

#[tokio::test]
async fn a_filter_is_saved_under_a_name_and_let_go_with_undo() {
    let student = Student::new().await;
    let saved = student
        .post(
            "/people/filters",
            &[("name", "Attendings"), ("filter", "role=attending")],
        )
        .await;
    saved.says(&[
        "Save the filter",
        "Undo",
        "Let “Attendings” go",
        "aria-current",
    ]);
    student
        .open("/people")
        .await
        .says(&["href=\"/people?role=attending\" dir=\"auto\">Attendings"]);
    let fields = [("name", "Attendings"), ("filter", "role=attending")];
    let gone = student.post("/people/filters/drop", &fields).await;
    gone.says_nothing_of(&[">Attendings</a>"]);
    let undo = gone.between("action=\"/history/", "\"");
    student.post(&format!("/history/{undo}"), &[]).await;
    student.open("/people").await.says(&[">Attendings</a>"]);
    let long = "x".repeat(61);
    let refused = student
        .refused("/people/filters", &[("name", &long), ("filter", "q=rao")])
        .await;
    super::Page(refused.text).says(&["Not saved yet", &long, "Words: rao"]);
}

#[tokio::test]
async fn columns_are_chosen_in_the_address_and_saved_with_a_filter() {
    let student = Student::new().await;
    let usual = student.open("/people").await;
    usual
        .says(&[
            "Works at</th><th scope=\"col\">Role</th>",
            "value=\"last\" checked",
        ])
        .says_nothing_of(&["Ring</th>", "name=\"columns\" value=\"name,"]);
    // As the boxes send it, and as somebody would type it.
    for words in [
        "columns=name&columns=ring&columns=known",
        "columns=ring,known,shoe",
    ] {
        let page = student.open(&format!("/people?q=rao&{words}")).await;
        page.says(&[
            "Ring</th><th scope=\"col\">Known since</th></tr>",
            "data-label=\"Ring\">wide</td>",
            "Words: rao",
            // Taking the filter away and filtering again keep the columns.
            "href=\"/people?columns=name%2Cring%2Cknown\"",
            "name=\"columns\" value=\"name,ring,known\"",
            "<input type=\"hidden\" name=\"q\" value=\"rao\">",
        ])
        .says_nothing_of(&["Works at</th>", "data-label=\"Works at\""]);
    }
    let bare = student.open("/people?columns=name").await;
    bare.says(&["Name</th></tr>", "Dr. Asha Rao"])
        .says_nothing_of(&[
            "data-label",
            "value=\"place\" checked",
            "value=\"last\" checked",
        ]);
    let fields = [("name", "Rings"), ("filter", "q=rao&columns=name,ring")];
    let saved = student.post("/people/filters", &fields).await;
    saved.says(&["Ring</th></tr>", "aria-current=\"true\">Rings"]);
}

#[tokio::test]
async fn tags_stand_by_the_name_or_in_their_column() {
    let student = Student::new().await;
    let fields = [
        ("who", "all"),
        ("what", "tag"),
        ("tag", "sir"),
        ("filter", "q=asha"),
    ];
    student.post("/people/bulk", &fields).await;
    let tag = "<span class=\"tag\" dir=\"auto\">sir</span>";
    let by_name = student.open("/people").await;
    by_name.says(&[&format!("</a> {tag}")]);
    let apart = student.open("/people?columns=tags").await;
    apart
        .says(&[&format!("data-label=\"Tags\" dir=\"auto\">{tag}")])
        .says_nothing_of(&[&format!("</a> {tag}")]);
}

#[tokio::test]
async fn past_its_end_the_list_says_so_with_its_first_page() {
    let student = Student::new().await;
    student
        .open("/people?q=a&from=9950")
        .await
        .says(&["past the end of the list", "href=\"/people?q=a\""])
        .says_nothing_of(&["Nobody fits"]);
    let asked = student.open("/people?q=zzzz&from=9950").await;
    asked.says(&["Nobody fits"]);
}
