//! Importing: what a preview counts, what is applied, and what is left alone.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use desk::verbs::apply_import::{AskChoice, EmployerChoice, ImportChoices};
use desk::verbs::edit_person::PersonEdit;
use desk::views::import::{PreviewStep, preview, preview_watched};
use desk::views::person::person;
use desk::{DeskError, Reading, read_people};
use domain::{Field, fold_key};
use uuid::Uuid;

use crate::support::{Bench, counts};

const TWO: &str = "\
Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026
Omar,Haddad,https://www.linkedin.com/in/omar-haddad,omar@example.org,Fabrikam,Engineer,09 Feb 2026
";

#[test]
fn preview_counts_every_kind_of_row() {
    let bench = Bench::new();
    bench.import(TWO);
    bench.people("Grace Oduya");
    let rows = "\
Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026
Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026
Omar,Haddad,https://www.linkedin.com/in/omar-haddad,omar@example.org,Northwind,Engineer,09 Feb 2026
Grace,Oduya,https://www.linkedin.com/in/grace-oduya,,Fabrikam,,10 Feb 2026
Noor,Al-Sayegh,https://www.linkedin.com/in/noor,,,,11 Feb 2026
Colm,Brannigan,https://www.linkedin.com/in/colm,,,,the other day
,,,,,,12 Feb 2026
";
    let view = bench.preview(rows).view(10);
    assert_eq!(counts(&view), [2, 1, 1, 1, 1, 1, 1]);
    let update = &view.updates[0];
    assert_eq!(update.person.1, "Omar Haddad");
    assert_eq!(update.reason, "same LinkedIn profile");
    let change = ("employer", "Fabrikam".into(), "Northwind".into(), true);
    assert_eq!(update.changes, [change]);
    assert_eq!(view.asks[0].name, "Grace Oduya");
    assert_eq!(view.problems[0].line, 7);
    assert_eq!(view.problems[0].found, "\"the other day\"");
}

#[test]
fn same_file_again_changes_nothing() {
    let bench = Bench::new();
    assert_eq!(bench.import(TWO).added, 2);
    let (dump, n) = (bench.dump(), bench.operations().len());
    let again = bench.import(TWO);
    assert_eq!((again.added, again.updated, again.same), (0, 0, 2));
    assert!(!again.changed_anything());
    assert_eq!(bench.dump(), dump);
    assert_eq!(bench.operations().len(), n);
}

#[test]
fn updates_go_field_by_field() {
    let bench = Bench::new();
    bench.import(TWO);
    let omar = bench.person("Omar Haddad");
    let moved = "Omar,Haddad,https://www.linkedin.com/in/omar-haddad,o.haddad@example.org,Northwind,Lead,09 Feb 2026\n";
    let choices = ImportChoices {
        declined: [(0, Field::Email)].into(),
        ..ImportChoices::default()
    };
    let report = bench
        .apply(&bench.preview(moved), &choices)
        .expect("applied");
    assert_eq!(report.updated, 1);
    let view = person(&bench.reader, omar).expect("Omar");
    assert_eq!(view.email, "omar@example.org");
    assert_eq!(view.contacts.len(), 2, "{:?}", view.contacts);
    let works: Vec<(&str, bool)> = view
        .affiliations
        .iter()
        .map(|a| (a.employer.as_str(), a.current))
        .collect();
    assert_eq!(works, [("Northwind", true), ("Fabrikam", false)]);
}

#[test]
fn fields_that_the_student_wrote_are_kept_unless_accepted() {
    let bench = Bench::new();
    bench.import(TWO);
    let omar = bench.person("Omar Haddad");
    let edit = PersonEdit {
        employer: Some("Riverside Clinic".to_owned()),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(omar, &edit).expect("edited");
    let employer = || {
        person(&bench.reader, omar).expect("Omar").affiliations[0]
            .employer
            .clone()
    };

    let shown = bench.preview(TWO);
    let change = &shown.view(10).updates[0].changes[0];
    assert_eq!((change.0, change.3), ("employer", false));
    let report = bench
        .apply(&shown, &ImportChoices::default())
        .expect("applied");
    assert_eq!(report.updated, 0);
    assert_eq!(employer(), "Riverside Clinic");

    let choices = ImportChoices {
        accepted: [(1, Field::Employer)].into(),
        ..ImportChoices::default()
    };
    bench.apply(&bench.preview(TWO), &choices).expect("applied");
    assert_eq!(employer(), "Fabrikam");
}

#[test]
fn a_row_to_decide_is_new_or_a_person_or_left_for_later() {
    let row = "Grace,Oduya,https://www.linkedin.com/in/grace-oduya,,Fabrikam,,10 Feb 2026\n";
    let decided = |choice: Option<fn(domain::PersonId) -> AskChoice>| {
        let bench = Bench::new();
        bench.people("Grace Oduya");
        let grace = bench.person("Grace Oduya");
        let choices = ImportChoices {
            asks: choice
                .map(|choose| (0, choose(grace)))
                .into_iter()
                .collect(),
            ..ImportChoices::default()
        };
        let report = bench.apply(&bench.preview(row), &choices).expect("applied");
        let contacts = person(&bench.reader, grace).expect("Grace").contacts.len();
        (
            (report.added, report.updated, report.left_open),
            bench.table("person").len(),
            contacts,
        )
    };
    assert_eq!(decided(None), ((0, 0, 1), 1, 0));
    assert_eq!(decided(Some(|_| AskChoice::LeaveOut)), ((0, 0, 1), 1, 0));
    assert_eq!(decided(Some(|_| AskChoice::New)), ((1, 0, 0), 2, 0));
    assert_eq!(decided(Some(AskChoice::Person)), ((0, 1, 0), 1, 1));
}

#[test]
fn an_unsure_employer_is_asked_once_and_remembered() {
    let bench = Bench::new();
    let first =
        bench.preview("Asha,Rao,https://l/in/asha,,Cleveland Clinic Abu Dhabi,,08 Feb 2026\n");
    let asked = first.view(10).employers;
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (asked[0].text.as_str(), asked[0].n),
        ("Cleveland Clinic Abu Dhabi", 1)
    );
    assert!(!asked[0].candidates.is_empty());
    let key = fold_key("Cleveland Clinic Abu Dhabi");
    let choices = ImportChoices {
        employers: [(key, EmployerChoice::Nothing)].into(),
        ..ImportChoices::default()
    };
    bench.apply(&first, &choices).expect("applied");

    let second =
        bench.preview("Omar,Haddad,https://l/in/omar,,Cleveland clinic abu dhabi,,08 Feb 2026\n");
    let view = second.view(10);
    assert_eq!(view.employers, []);
    assert_eq!(view.new[0].place, None);
}

#[test]
fn a_chosen_place_holds_for_the_next_person_too() {
    let bench = Bench::new();
    let first =
        bench.preview("Asha,Rao,https://l/in/asha,,Cleveland Clinic Abu Dhabi,,08 Feb 2026\n");
    let label = first.view(1).employers[0].candidates[0].0.clone();
    let key = fold_key("Cleveland Clinic Abu Dhabi");
    let choices = ImportChoices {
        employers: [(key, EmployerChoice::Candidate(0))].into(),
        ..ImportChoices::default()
    };
    bench.apply(&first, &choices).expect("applied");
    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    let works = &asha.affiliations[0];
    assert_eq!(
        (works.certainty, works.evidence.as_str()),
        ("confirmed", "you said so")
    );

    let second =
        bench.preview("Omar,Haddad,https://l/in/omar,,Cleveland Clinic Abu Dhabi,,08 Feb 2026\n");
    let (place, evidence) = second.view(1).new[0].place.clone().expect("a place");
    assert_eq!(evidence, "you said so");
    assert!(
        label.starts_with(&place) || place.starts_with(&label),
        "{label} / {place}"
    );
}

#[test]
fn same_school_is_a_choice_and_never_inferred() {
    let bench = Bench::new();
    bench.set_up();
    let row =
        "Asha,Rao,https://l/in/asha,,Windward Isles College of Medicine,Student,08 Feb 2026\n";
    bench.import(row);
    let same_school = |name| {
        person(&bench.reader, bench.person(name))
            .expect(name)
            .same_school
    };
    assert_eq!(same_school("Asha Rao"), None);
    let choices = ImportChoices {
        same_school: Some(true),
        ..ImportChoices::default()
    };
    let both = format!("{row}Omar,Haddad,https://l/in/omar,,,,08 Feb 2026\n");
    bench
        .apply(&bench.preview(&both), &choices)
        .expect("applied");
    assert_eq!(same_school("Omar Haddad"), Some(true));
    assert_eq!(same_school("Asha Rao"), None, "only those who are added");
}

#[test]
fn a_preview_that_was_overtaken_is_refused() {
    let bench = Bench::new();
    let shown = bench.preview(TWO);
    bench.people("Grace Oduya");
    let dump = bench.dump();
    let refused = bench.apply(&shown, &ImportChoices::default());
    assert!(
        matches!(refused, Err(DeskError::PreviewMoved)),
        "{refused:?}"
    );
    assert_eq!(bench.dump(), dump);
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let bench = Bench::new();
    bench.people("Grace Oduya");
    let (dump, n) = (bench.dump(), bench.operations().len());
    let rows: String = (0..600)
        .map(|i| format!("Given{i},Family{i},https://l/in/{i},,,,08 Feb 2026\n"))
        .collect();
    let shown = bench.preview(&rows);
    for stop_at in [0, 250, 500, 600] {
        let stopped = bench
            .desk
            .apply_import(&shown, &ImportChoices::default(), &mut |done, _| {
                done < stop_at
            });
        assert!(matches!(stopped, Err(DeskError::Stopped)), "{stop_at}");
        assert_eq!(bench.dump(), dump, "{stop_at}");
        assert_eq!(bench.operations().len(), n, "{stop_at}");
    }
}

#[test]
fn undo_restores_every_table() {
    let bench = Bench::new();
    bench.import(TWO);
    let dump = bench.dump();
    let rows = "\
Omar,Haddad,https://www.linkedin.com/in/omar-haddad,o.haddad@example.org,Northwind,Lead,09 Feb 2026
Noor,Al-Sayegh,https://www.linkedin.com/in/noor,noor@example.org,Cleveland Clinic Abu Dhabi,,11 Feb 2026
";
    let key = fold_key("Cleveland Clinic Abu Dhabi");
    let choices = ImportChoices {
        employers: [(key, EmployerChoice::Candidate(0))].into(),
        same_school: Some(false),
        ..ImportChoices::default()
    };
    let done = bench
        .desk
        .apply_import(&bench.preview(rows), &choices, &mut |_, _| true)
        .expect("applied");
    assert_ne!(bench.dump(), dump);
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.dump(), dump);
}

#[test]
fn real_exports_have_the_counts_that_others_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/linkedin");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.json")) else {
        println!("skipped: the samples of LinkedIn exports are not there");
        return;
    };
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
    let files = expected["files"].as_object().expect("files");
    let mut n = 0;
    for (name, facts) in files
        .iter()
        .filter(|(_, facts)| facts["kind"] == "connections")
    {
        let bench = Bench::new();
        let file = File::open(folder.join(name)).expect(name);
        let reading = read_people(name, &mut BufReader::new(file)).expect(name);
        let shown = preview(&bench.reader, Uuid::nil(), Arc::new(reading)).expect(name);
        let view = shown.view(10);
        assert_eq!(facts["contacts_with_a_name"], view.n_read, "{name}");
        assert_eq!(facts["nameless_rows"], view.n_empty, "{name}");
        let report = bench.apply(&shown, &ImportChoices::default()).expect(name);
        assert_eq!(
            facts["contacts_with_a_name"],
            report.added + report.repeated,
            "{name}"
        );
        n += 1;
    }
    assert!(n > 0, "no file of connections among the samples");
}

#[test]
fn a_preview_can_be_stopped_while_it_is_made() {
    let bench = Bench::new();
    let before = bench.preview(TWO).reading.people.len();
    let lines: Vec<String> = (0..700)
        .map(|i| format!("Given{i} Family{i}, Fellow, Clinic {i}"))
        .collect();
    let reading = || Arc::new(Reading::typed(&lines.join("\n")).expect("names"));
    for last in [PreviewStep::Notes, PreviewStep::People, PreviewStep::Places] {
        let mut seen = Vec::new();
        let stopped = preview_watched(
            &bench.reader,
            Uuid::nil(),
            reading(),
            &mut |step, done, of| {
                seen.push((step, done));
                assert_eq!(of, 700);
                step != last || done == 0
            },
        );
        assert!(matches!(stopped, Err(DeskError::Stopped)), "{last:?}");
        let (step, done) = seen.last().copied().expect("it was told");
        assert_eq!(step, last);
        assert!((1..700).contains(&done), "{seen:?}");
    }
    assert_eq!(bench.preview(TWO).reading.people.len(), before);
}
