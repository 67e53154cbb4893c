//! The landscape: figures with their sources, and "not found" in words.

use super::Student;
use crate::web_support::Shell;

#[tokio::test]
async fn the_landscape_shows_figures_and_what_is_not_found() {
    let student = Student::new().await;
    let page = student.open("/landscape").await;
    page.says(&[
        "Three ways",
        "98 applicants for 146 places",
        "0 of 9",
        "14 of 29",
        "looked for, not found",
        "transcribed",
        "second-hand",
        "no promise",
    ])
    .says_nothing_of(&["your pathway</span>"]);
}

/// Every row with a figure names a source that stands on the page.
#[tokio::test]
async fn every_row_leads_to_its_source() {
    let page = Shell::new().open("/landscape").await.text;
    let rows = page.split("<tr><th scope=\"row\">").skip(1);
    let mut n_rows = 0;
    for row in rows {
        let row = row.split("</tr>").next().unwrap_or_default();
        n_rows += 1;
        let Some((_, after)) = row.rsplit_once("href=\"#source-") else {
            assert!(row.contains("looked for, not found"), "{row}");
            continue;
        };
        let number = after.split('"').next().unwrap_or_default();
        let anchor = format!("<li id=\"source-{number}\"");
        assert!(page.contains(&anchor), "{row}");
    }
    assert!(n_rows > 30, "{n_rows}");
}

#[tokio::test]
async fn the_own_pathway_is_marked_and_no_way_is_hidden() {
    let student = Student::new().await;
    let fields = [("name", "Solange"), ("pathway", "diagnostic-first")];
    student.post("/set-up", &fields).await;
    let page = student.open("/landscape").await;
    page.says(&[
        "your pathway</span>",
        "Integrated IR",
        "DR, then independent IR",
    ]);
}

#[tokio::test]
async fn a_first_draft_leads_to_the_landscape() {
    let student = Student::new().await;
    let page = student.open("/write?template=alumni-office").await;
    page.says(&["href=\"/landscape\""]);
}

/// Every table of results has its bars, with every number of the table that
/// they draw and no other.
#[tokio::test]
async fn every_table_of_results_has_its_picture() {
    let page = Shell::new().open("/landscape").await.text;
    let mut n_pictures = 0;
    for part in page.split("<svg class=\"year-bars\"").skip(1) {
        n_pictures += 1;
        let (picture, rest) = part.split_once("</svg>").expect("its end");
        assert!(picture.contains("aria-hidden=\"true\""), "{picture}");
        let table = rest.split("</table>").next().unwrap_or_default();
        let mut wanted = Vec::new();
        for row in table.split("<tr><th scope=\"row\">").skip(1) {
            wanted.push(row.split('<').next().unwrap_or_default().to_owned());
            for label in ["Positions", "Applicants"] {
                let cell = format!("<td data-label=\"{label}\" class=\"number\">");
                let cell = row.split_once(&cell).expect(label).1;
                let cell = cell.trim_start_matches("<span class=\"soft\">");
                wanted.push(cell.split('<').next().unwrap_or_default().to_owned());
            }
        }
        let drawn: Vec<&str> = picture
            .split("</text>")
            .filter_map(|text| text.rsplit_once('>'))
            .map(|(_, text)| text)
            .filter(|text| !text.trim().is_empty())
            .collect();
        assert_eq!(drawn, wanted);
        assert!(wanted.len() > 3, "{wanted:?}");
    }
    assert_eq!(n_pictures, 7, "independent, and two specialties by track");
}
