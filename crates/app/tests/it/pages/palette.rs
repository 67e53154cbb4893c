//! The palette over everything: it is compared with the command line, with the
//! router and with the questions of the set-up, so that nothing can be forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use app::cli;
use app::web::palette::{self, Entry};
use axum::http::StatusCode;

use super::Student;
use crate::web_support::Shell;

/// Addresses that are no place to go to, and why.
const NO_PLACES: &[(&str, &str)] = &[
    ("/palette", "the palette itself"),
    ("/log/understand", "the live part of the log page"),
    ("/write/{id}/check", "the live part of the composer"),
    ("/set-up/hospitals", "what a field of the set-up offers"),
    ("/styleguide/check", "shows a component"),
    ("/styleguide/done", "shows a component"),
    ("/styleguide/file", "shows a component"),
    ("/import/{id}/progress", "only while a file is read"),
    ("/import/{id}/stop", "only while a file is read"),
    ("/unlock", "only while the vault is locked"),
    ("/forgotten", "only right after somebody was forgotten"),
    ("/favicon.ico", "a picture"),
];

/// Options that say how any command works, and no deed.
const HOW: [&str; 6] = ["json", "limit", "yes", "all", "out", "port"];

/// Returns the addresses of every `.route("…")` below a folder.
fn routes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            routes(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            for (at, _) in text.match_indices(".route(") {
                let rest = text[at + ".route(".len()..].trim_start();
                if let Some(rest) = rest.strip_prefix('"') {
                    found.extend(rest.split('"').next().map(str::to_owned));
                }
            }
        }
    }
}

fn finds(text: &str, fits: impl Fn(&Entry) -> bool) -> bool {
    palette::pages(text).iter().any(fits)
}

#[test]
fn every_command_is_found_by_its_name_and_by_its_options() {
    let commands = cli::commands();
    assert!(commands.len() > 30);
    for command in commands {
        let hint = format!("vouch {}", command.name);
        let is_it = |entry: &Entry| entry.hint.split(", ").any(|it| it == hint);
        assert!(finds(&command.name, is_it), "{}", command.name);
        for option in command.options {
            if !HOW.contains(&option.as_str()) {
                let text = format!("{} {option}", command.name);
                assert!(finds(&text, is_it), "{text}");
                assert!(finds(&option, |_| true), "{option}");
            }
        }
    }
}

#[test]
fn every_address_of_the_router_is_stood_for() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut all = BTreeSet::new();
    routes(&source, &mut all);
    all.remove("/hello");
    assert!(all.len() > 80, "{all:?}");
    let named: BTreeSet<String> = palette::routes().into_iter().map(str::to_owned).collect();
    let none: BTreeSet<String> = NO_PLACES
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let missing: Vec<&String> = all
        .iter()
        .filter(|path| !named.contains(*path) && !none.contains(*path))
        .collect();
    assert!(missing.is_empty(), "not in the palette: {missing:?}");
    let gone: Vec<&String> = named
        .union(&none)
        .filter(|path| !all.contains(*path))
        .collect();
    assert!(gone.is_empty(), "not in the router: {gone:?}");
}

#[tokio::test]
async fn every_entry_leads_to_a_place_that_is_there() {
    let shell = Shell::new();
    let frame = shell.open("/").await.text;
    let all = palette::pages("");
    assert!(all.len() > 80, "{}", all.len());
    for Entry { title, href, .. } in all {
        if let Some(deed) = href.strip_prefix('#') {
            assert!(frame.contains(&format!("data-do=\"{deed}\"")), "{title}");
            continue;
        }
        let page = shell.open(&href).await;
        assert_eq!(page.status, StatusCode::OK, "{title}: {href}");
        if let Some((_, place)) = href.split_once('#') {
            let id = format!("id=\"{place}\"");
            assert!(page.text.contains(&id), "{title}: {href}");
        }
    }
}

#[tokio::test]
async fn every_question_of_the_set_up_is_found_by_its_label() {
    let page = Shell::new().open("/set-up").await.text;
    let (questions, rotation) = page.split_once("id=\"rotations\"").expect("both parts");
    assert!(!rotation.is_empty());
    let mut n = 0;
    for label in questions.split("<label for=\"").skip(1) {
        let (field, rest) = label.split_once("\">").expect("a label");
        let text = rest.split('<').next().expect("its text").trim();
        n += 1;
        let href = format!("/set-up#{field}");
        let words = text.replace("'s", "").replace("&#39;s", "");
        assert!(
            finds(&words, |entry| entry.href == href)
                || words
                    .split(' ')
                    .any(|word| finds(word, |entry| entry.href == href)),
            "{text}: {href}"
        );
    }
    assert!(n >= 12, "{n} questions");
}

#[test]
fn what_a_tired_student_types_comes_first() {
    let mut wrong = Vec::new();
    for (typed, href) in [
        ("add person", "/import#typed"),
        ("new contact", "/import#typed"),
        ("snooze", "/"),
        ("remind me later", "/"),
        ("forget", "/people"),
        ("erase a person", "/people"),
        ("tag", "/people"),
        ("visa", "/set-up#visa"),
        ("j1", "/set-up#visa"),
        ("J-1 visa", "/set-up#visa"),
        ("graduated", "/set-up#graduated"),
        ("year of graduation", "/set-up#graduated"),
        ("time zone", "/set-up#zone"),
        ("timezone", "/set-up#zone"),
        ("settings", "/set-up"),
        ("preferences", "/set-up"),
        ("setup", "/set-up"),
        ("set up", "/set-up"),
        ("check", "/write"),
        ("proofread", "/write"),
        ("csv", "/import#file-title"),
        ("export csv", "/export#csv"),
        ("excel export", "/export#csv"),
        ("vcard", "/import#file-title"),
        ("linkedin", "/import#file-title"),
        ("backup", "/vault#backup-title"),
        ("restore", "/vault#restore-title"),
        ("password", "/vault#passphrase-title"),
        ("forgot password", "/vault#passphrase-title"),
        ("undo", "/history"),
        ("take it back", "/history"),
        ("UNDO", "/history"),
        ("dark mode", "#colours"),
        ("exit", "#quit"),
        ("email", "/write"),
        ("email address", "/set-up#email"),
        ("draft", "/write"),
        ("log a call", "/log"),
        ("coffee", "/log"),
        ("map", "/programs?view=states"),
        ("compare", "/programs/compare"),
        ("priority", "/programs"),
        ("director", "/programs"),
        ("duplicates", "/duplicates"),
        ("same person twice", "/duplicates"),
        ("checklist", "/here"),
        ("badge", "/here"),
        ("odds", "/landscape"),
        ("match rate", "/landscape"),
        ("advisor", "/brief"),
        ("alumni", "/people?school=yes"),
        ("promise", "/people"),
        ("filter", "/people"),
        ("deleted", "/trash"),
        ("simulate", "/help#command-match"),
        ("portfolio", "/help#command-portfolio"),
        ("demo", "/help#command-demo"),
        ("terminal", "/help#commands"),
    ] {
        let found = palette::pages(typed);
        let first = found.iter().take(3).map(|entry| entry.href.as_str());
        if !first.clone().any(|it| it == href) {
            wrong.push(format!("{typed}: {:?}", first.collect::<Vec<_>>()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for nothing in ["xyzzy", "ogram", "rao", "visa rao", "undo asha"] {
        assert_eq!(palette::pages(nothing), [], "{nothing}");
    }
}

#[tokio::test]
async fn a_deed_and_a_name_lead_to_the_deed_with_the_person_or_program() {
    let student = Student::new().await;
    let line = "today call with Asha Rao #promise send the draft";
    student.log(line).await;
    let first = async |query: &str| -> (String, String) {
        let answer = student
            .ask(&format!("/palette?q={}", query.replace(' ', "+")))
            .await;
        let entries: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
        let text = |key: &str| entries[0][key].as_str().unwrap_or_default().to_owned();
        (text("title"), text("href"))
    };
    for (typed, title, end) in [
        ("email asha", "Write to Dr. Asha Rao", ""),
        ("write to asha rao", "Write to Dr. Asha Rao", ""),
        ("called asha", "Log something with Dr. Asha Rao", ""),
        ("call with rao", "Log something with Dr. Asha Rao", ""),
        ("tag asha", "Edit Dr. Asha Rao", "/edit"),
        ("edit asha", "Edit Dr. Asha Rao", "/edit"),
        ("promise asha", "Promises with Dr. Asha Rao", "#promises"),
        ("delete asha", "Delete Dr. Asha Rao", "#leave"),
        ("Forget asha", "Forget for good: Dr. Asha Rao", "/forget"),
        ("next asha", "What next with Dr. Asha Rao", "#next"),
        ("who henry ford", "Whom I know at Henry Ford", "#who"),
        ("visa henry ford", "Facts of Henry Ford", "#facts"),
        (
            "list henry ford",
            "Put on my list, or take off: Henry Ford",
            "#mine",
        ),
    ] {
        let (shown, href) = first(typed).await;
        assert!(shown.starts_with(title), "{typed}: {shown}");
        assert!(href.ends_with(end), "{typed}: {href}");
        let page = student.open(&href).await;
        // A program that is not on the list has the button at its top instead.
        let place = href.split_once('#').filter(|(_, place)| *place != "mine");
        if let Some((_, place)) = place {
            page.says(&[&format!("id=\"{place}\"")]);
        }
    }
    // A name alone is no deed.
    assert_eq!(first("asha").await.0, "Dr. Asha Rao");
}
