//! The hospital of today: which one, what is there, and its checklists.

use desk::DeskError;
use desk::verbs::add_own_place::NewSite;
use desk::verbs::note_hospital::ServiceNote;
use desk::verbs::plan_rotation::RotationEdit;
use desk::verbs::tick_item::Tick;
use desk::views::here::{Here, Hospital, ServiceLine, TickLine, Watched, WhichRotation, here};
use domain::RotationId;

use crate::support::Bench;

fn rotate(bench: &Bench, hospital: &str, starts: &str, ends: &str) -> RotationId {
    let edit = RotationEdit {
        hospital: hospital.to_owned(),
        site: String::new(),
        service: "surgery".to_owned(),
        starts: starts.to_owned(),
        ends: ends.to_owned(),
    };
    bench
        .desk
        .plan_rotation(None, &edit)
        .expect("planned")
        .result
}

fn shown(bench: &Bench, which: &WhichRotation) -> Result<Here, DeskError> {
    here(&bench.reader, which, bench.desk.today().expect("a day"))
}

fn hospital(bench: &Bench) -> Hospital {
    let here = shown(bench, &WhichRotation::Usual).expect("a page");
    here.hospital.expect("a rotation")
}

fn service(bench: &Bench, word: &str) -> ServiceLine {
    let mut services = hospital(bench).services.into_iter();
    services.find(|it| it.word == word).expect(word)
}

fn note(bench: &Bench, rotation: RotationId, service: &str, answer: &str) -> Result<(), DeskError> {
    let note = ServiceNote {
        service: service.to_owned(),
        answer: answer.to_owned(),
        source: "the chief resident".to_owned(),
    };
    bench.desk.note_hospital(rotation, &note).map(|_| ())
}

#[test]
fn without_a_rotation_there_is_no_hospital() {
    let bench = Bench::new();
    let here = shown(&bench, &WhichRotation::Usual).expect("a page");
    assert_eq!((here.today.as_str(), here.hospital), ("2026-07-01", None));
    let named = WhichRotation::Named("Nowhere at All".to_owned());
    let refused = shown(&bench, &named).expect_err("there is none");
    assert!(matches!(refused, DeskError::NotThere { .. }), "{refused}");
}

#[test]
fn the_present_rotation_is_meant_then_the_next_then_the_last() {
    let bench = Bench::new();
    let named = |bench: &Bench| hospital(bench).name;
    rotate(&bench, "Long Past", "2026-01-05", "2026-02-13");
    rotate(&bench, "Just Past", "2026-05-04", "2026-06-26");
    assert_eq!(named(&bench), "Just Past");
    rotate(&bench, "No Dates", "", "");
    assert_eq!(named(&bench), "No Dates");
    rotate(&bench, "Much Later", "2026-10-05", "2026-11-13");
    rotate(&bench, "Next", "2026-08-03", "2026-09-11");
    assert_eq!(named(&bench), "Next");
    rotate(&bench, "Now", "2026-06-29", "2026-07-24");
    assert_eq!(named(&bench), "Now");
    assert_eq!(hospital(&bench).others.len(), 5);
    let asked = WhichRotation::Named("past".to_owned());
    let found = shown(&bench, &asked).expect("a page").hospital;
    assert_eq!(found.expect("one").name, "Just Past");
    let empty = shown(&bench, &WhichRotation::Named(" ".to_owned()));
    assert!(empty.is_err(), "no words name no hospital");
}

#[test]
fn a_shipped_hospital_has_services_people_and_programs_around_it() {
    let bench = Bench::new();
    bench.people(
        "Dr. Zoe Zimmer, IR attending, Henry Ford Hospital\n\
         Dr. Ada Alder, IR attending, Mount Sinai",
    );
    rotate(&bench, "Henry Ford Hospital", "2026-06-15", "2026-08-30");
    let here = hospital(&bench);
    assert_eq!(
        (here.city.as_str(), here.state_code.as_str()),
        ("Detroit", "MI")
    );
    let names: Vec<&str> = here.who.iter().map(|it| it.person.name.as_str()).collect();
    assert_eq!(names, ["Dr. Zoe Zimmer"]);
    for word in ["radiology", "ir"] {
        let service = service(&bench, word);
        assert_eq!(service.answer, "yes", "{word}");
        assert!(service.shipped.iter().all(|it| !it.source.is_empty()));
    }
    assert_eq!(service(&bench, "radiology").shipped.len(), 3);
    assert_eq!(service(&bench, "ir").shipped.len(), 2, "not the DR program");
    assert_eq!(here.programs.len(), 3);
    assert!(here.in_city.iter().all(|it| it.city == "Detroit"));
    assert!(!here.in_city.is_empty() && !here.in_state.is_empty());
    assert!(here.in_state.iter().all(|it| it.city != "Detroit"));
    let shown: Vec<&String> = [&here.programs, &here.in_city, &here.in_state]
        .into_iter()
        .flatten()
        .map(|it| &it.id)
        .collect();
    let michigan = facts::shipped().programs().iter();
    assert_eq!(shown.len(), michigan.filter(|it| it.state == "MI").count());
}

#[test]
fn a_program_on_the_list_comes_first() {
    let bench = Bench::new();
    rotate(&bench, "Henry Ford Hospital", "2026-06-15", "2026-08-30");
    let before = hospital(&bench).in_state;
    let last = before.last().expect("one").id.clone();
    let id = last.parse().expect("an id");
    bench.desk.list_program(&id, None, "").expect("listed");
    let after = hospital(&bench).in_state;
    assert_eq!(after[0].id, last);
    assert_eq!(after[0].priority, Some(1));
}

#[test]
fn what_is_not_known_is_asked_and_a_note_stays_with_the_hospital() {
    let bench = Bench::new();
    let first = rotate(&bench, "St. Nowhere", "2026-06-15", "2026-07-24");
    let ask = service(&bench, "ir");
    assert_eq!((ask.answer, ask.shipped.len()), ("ask", 0));
    assert!(ask.ask.ends_with('?'));
    note(&bench, first, "ir", "no").expect("noted");
    note(&bench, first, "ir", "yes").expect("noted");
    let noted = service(&bench, "ir");
    let values: Vec<&str> = noted.notes.iter().map(|it| it.value.as_str()).collect();
    assert_eq!((noted.answer, values), ("yes", vec!["yes", "no"]));
    assert_eq!(noted.notes[0].source, "the chief resident");
    assert_eq!(service(&bench, "radiology").answer, "ask");
    rotate(&bench, "st. nowhere", "2026-07-01", "2026-08-01");
    assert_eq!(hospital(&bench).name, "st. nowhere");
    let noted = bench.operations()[1].id.parse().expect("an id");
    assert_eq!(service(&bench, "ir").answer, "yes");
    bench.desk.undo_operation(noted, false).expect("undone");
    assert_eq!(service(&bench, "ir").answer, "no");
    for (service, answer) in [("mri", "yes"), ("ir", ""), ("ir", "maybe")] {
        let refused = note(&bench, first, service, answer).expect_err("it is refused");
        assert!(matches!(refused, DeskError::Bad { .. }), "{refused}");
    }
    let nobody = RotationId(uuid::Uuid::nil());
    let refused = note(&bench, nobody, "ir", "yes").expect_err("there is none");
    assert!(matches!(refused, DeskError::NotThere { .. }), "{refused}");
}

#[test]
fn a_note_against_the_facts_is_a_conflict() {
    let bench = Bench::new();
    let id = rotate(&bench, "Henry Ford Hospital", "2026-06-15", "2026-08-30");
    note(&bench, id, "ir", "no").expect("noted");
    let service = service(&bench, "ir");
    assert_eq!((service.answer, service.conflict), ("no", true));
    assert_eq!(service.shipped.len(), 2, "what was shipped stays beside it");
}

#[test]
fn a_hospital_nobody_knows_has_people_by_its_name_and_a_town_once_it_is_added() {
    let bench = Bench::new();
    bench.people(
        "Dr. Zoe Zimmer, surgeon, St. Nowhere\n\
         Dr. Ada Alder, surgeon, St. Nowhere East",
    );
    rotate(&bench, "St Nowhere", "2026-06-15", "2026-08-30");
    let here = hospital(&bench);
    let names: Vec<&str> = here.who.iter().map(|it| it.person.name.as_str()).collect();
    assert_eq!(names, ["Dr. Zoe Zimmer"]);
    assert_eq!((here.city.as_str(), here.in_city.len()), ("", 0));
    let site = NewSite {
        name: "St Nowhere".to_owned(),
        city: "Brooklyn".to_owned(),
        state: "NY".to_owned(),
    };
    bench.desk.add_own_site(&site).expect("added");
    let here = hospital(&bench);
    assert_eq!(
        (here.city.as_str(), here.state_code.as_str()),
        ("Brooklyn", "NY")
    );
    assert!(here.in_city.iter().any(|it| it.name.contains("Maimonides")));
    let names: Vec<&str> = here.who.iter().map(|it| it.person.name.as_str()).collect();
    assert_eq!(names, ["Dr. Zoe Zimmer"], "who was known there still is");
}

#[test]
fn the_closing_list_opens_two_weeks_before_the_end() {
    let bench = Bench::new();
    rotate(&bench, "St. Nowhere", "2026-06-15", "2026-07-16");
    let words = |bench: &Bench| -> Vec<&'static str> {
        hospital(bench).lists.iter().map(|list| list.word).collect()
    };
    assert_eq!(words(&bench), ["opening", "shadowing"]);
    assert_eq!(hospital(&bench).closing_from.as_deref(), Some("2026-07-02"));
    bench.days_later(1);
    assert_eq!(words(&bench), ["closing", "opening", "shadowing"]);
    assert_eq!(hospital(&bench).closing_from, None);
}

#[test]
fn ticks_are_kept_undone_and_go_with_their_rotation() {
    let bench = Bench::new();
    let id = rotate(&bench, "St. Nowhere", "2026-06-15", "2026-07-16");
    let other = rotate(&bench, "Elsewhere", "2026-09-01", "");
    let ticked = |bench: &Bench| -> Vec<(&'static str, Option<String>)> {
        let lists = hospital(bench).lists;
        let items = lists.into_iter().flat_map(|list| list.items);
        let ticked = items.filter(|item| item.ticked.is_some());
        ticked.map(|item| (item.word, item.ticked)).collect()
    };
    let done = bench
        .desk
        .tick_item(id, "cleared", Tick::Done)
        .expect("ticked");
    bench
        .desk
        .tick_item(other, "badge", Tick::Done)
        .expect("ticked");
    let day = Some("2026-07-01".to_owned());
    assert_eq!(ticked(&bench), [("cleared", day.clone())]);
    assert_eq!(hospital(&bench).lists[1].n_ticked, 1);
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(ticked(&bench), []);
    bench
        .desk
        .tick_item(id, "lead", Tick::Done)
        .expect("ticked");
    bench
        .desk
        .tick_item(id, "lead", Tick::Open)
        .expect("taken back");
    assert_eq!(ticked(&bench), []);
    bench
        .desk
        .tick_item(id, "cleared", Tick::Done)
        .expect("ticked");
    let n_settings = bench.table("setting").len();
    let removed = bench.desk.remove_rotation(id).expect("removed");
    assert_eq!(
        bench.table("setting").len(),
        n_settings - 1,
        "its tick went with it"
    );
    bench
        .desk
        .undo_operation(removed.operation, false)
        .expect("undone");
    assert_eq!(ticked(&bench), [("cleared", day)]);
    let refused = bench.desk.tick_item(id, "nothing", Tick::Done);
    assert!(matches!(refused, Err(DeskError::NotThere { .. })));
    let nobody = RotationId(uuid::Uuid::nil());
    let refused = bench.desk.tick_item(nobody, "lead", Tick::Done);
    assert!(matches!(refused, Err(DeskError::NotThere { .. })));
}

#[test]
fn the_sentence_to_begin_with_is_made_of_what_the_student_told() {
    let bench = Bench::new();
    rotate(&bench, "St. Nowhere", "2026-06-15", "2026-07-24");
    assert_eq!(hospital(&bench).say, "", "too little is told");
    bench.set_up();
    let say = hospital(&bench).say;
    let begin = "I am Solange Baptiste, MS3 at Windward Isles College of Medicine, \
                 on surgery here until 24 July.";
    assert!(say.starts_with(begin), "{say}");
    assert!(hospital(&bench).introduce.len() >= 2);
    bench.days_later(30);
    assert!(!hospital(&bench).say.contains("until"), "it is over");
}

fn item(bench: &Bench, word: &str) -> TickLine {
    let lists = hospital(bench).lists.into_iter();
    let mut items = lists.flat_map(|list| list.items);
    items.find(|item| item.word == word).expect(word)
}

fn seen(bench: &Bench, word: &str) -> Option<(String, String)> {
    item(bench, word).seen.map(|seen| (seen.day, seen.with))
}

#[test]
fn a_line_is_seen_in_the_log_and_never_ticked_by_it() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Ben Okafor, Radiology resident, Maimonides Medical Center\n\
         Dr. Chi Lim, Internal medicine attending, Maimonides Medical Center\n\
         Dr. Dana Ek, IR attending, Henry Ford Hospital",
    );
    let id = rotate(
        &bench,
        "Maimonides Medical Center",
        "2026-06-15",
        "2026-07-24",
    );
    bench.log("10 June 2026 emailed Asha Rao");
    bench.log("16 June 2026 talk with Ben Okafor");
    bench.log("16 June 2026 rotation with Chi Lim 8h");
    bench.log("17 June 2026 talk with Dana Ek");
    bench.log("18 June 2026 emailed Asha Rao");
    // Another hospital and a mail make nobody known.
    assert_eq!(seen(&bench, "radiology-staff"), None);
    bench.log("22 June 2026 shadowed Asha Rao 4h");
    let met = (
        "2026-06-22".to_owned(),
        "Dr. Asha Rao and Dr. Ben Okafor".to_owned(),
    );
    assert_eq!(seen(&bench, "radiology-staff"), Some(met.clone()));
    let line = item(&bench, "radiology-staff");
    assert!(line.is_done() && line.ticked.is_none());
    let ticks = bench.table("setting");
    assert!(
        ticks
            .iter()
            .all(|row| !format!("{row:?}").contains("here.")),
        "nothing is stored: {ticks:?}"
    );
    let tick = |tick| {
        let done = bench.desk.tick_item(id, "radiology-staff", tick);
        done.expect("ticked").operation
    };
    let not_yet = tick(Tick::NotYet);
    assert_eq!(seen(&bench, "radiology-staff"), None);
    assert!(!item(&bench, "radiology-staff").is_done());
    bench.desk.undo_operation(not_yet, false).expect("undone");
    assert_eq!(seen(&bench, "radiology-staff"), Some(met));
    tick(Tick::NotYet);
    tick(Tick::Done);
    let line = item(&bench, "radiology-staff");
    assert_eq!(line.ticked.as_deref(), Some("2026-07-01"));

    assert_eq!(seen(&bench, "offer"), None);
    bench.log("23 June 2026 talk with Ben Okafor #gave case-log 1h");
    assert_eq!(
        seen(&bench, "offer"),
        Some(("2026-06-23".to_owned(), "Dr. Ben Okafor".to_owned()))
    );
    // S-157: within five days of the day, and not to somebody else.
    bench.log("28 June 2026 emailed Asha Rao");
    bench.log("24 June 2026 emailed Ben Okafor");
    assert_eq!(seen(&bench, "thanked"), None);
    bench.log("27 June 2026 emailed Asha Rao");
    assert_eq!(
        seen(&bench, "thanked"),
        Some(("2026-06-27".to_owned(), "Dr. Asha Rao".to_owned()))
    );
}

#[test]
fn whom_the_student_met_before_the_rotation_is_known_in_it() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Ben Okafor, PGY-4 DR resident, Maimonides Medical Center\n\
         Dr. Chi Lim, Internal medicine attending, Maimonides Medical Center",
    );
    rotate(
        &bench,
        "Maimonides Medical Center",
        "2026-06-15",
        "2026-07-24",
    );
    bench.log("10 May 2026 shadowed Asha Rao 4h");
    assert_eq!(seen(&bench, "radiology-staff"), None);
    bench.log("2 June 2026 coffee with Ben Okafor #gave case-log 1h");
    assert_eq!(
        seen(&bench, "radiology-staff"),
        Some((
            "2026-06-02".to_owned(),
            "Dr. Asha Rao and Dr. Ben Okafor".to_owned()
        ))
    );
    // What was done before counts for no other line, and adds no day.
    assert_eq!(seen(&bench, "offer"), None);
    assert_eq!(hospital(&bench).watched, Watched::default());
    let services = hospital(&bench).services;
    let known: Vec<(&str, Vec<&str>)> = services
        .iter()
        .map(|it| {
            let people = it.people.iter();
            (it.word, people.map(|(_, name, _)| name.as_str()).collect())
        })
        .collect();
    assert_eq!(
        known,
        [
            ("radiology", vec!["Dr. Ben Okafor", "Dr. Asha Rao"]),
            ("ir", vec!["Dr. Asha Rao"]),
        ]
    );
}

#[test]
fn days_with_radiology_are_summed_with_their_dates() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Ben Okafor, Radiology resident, Maimonides Medical Center\n\
         Dr. Chi Lim, Internal medicine attending, Maimonides Medical Center",
    );
    rotate(
        &bench,
        "Maimonides Medical Center",
        "2026-06-15",
        "2026-07-24",
    );
    assert_eq!(hospital(&bench).watched, Watched::default());
    bench.log("1 June 2026 shadowed Asha Rao 3h");
    bench.log("16 June 2026 rotation with Chi Lim 8h");
    bench.log("17 June 2026 shadowed Asha Rao and Ben Okafor 4h");
    bench.log("18 June 2026 shadowing with Ben Okafor");
    bench.log("19 June 2026 call with Asha Rao 30 min");
    bench.log("22 June 2026 rotation with Asha Rao 90 min");
    bench.log("22 June 2026 shadowed Ben Okafor 1h");
    let watched = hospital(&bench).watched;
    assert_eq!(watched.in_words(), "6 h 30 min");
    let days: Vec<(&str, Option<u32>, &str)> = watched
        .days
        .iter()
        .map(|day| (day.day.as_str(), day.minutes, day.with.as_str()))
        .collect();
    assert_eq!(
        days,
        [
            ("2026-06-22", Some(90), "Dr. Asha Rao"),
            ("2026-06-22", Some(60), "Dr. Ben Okafor"),
            ("2026-06-18", None, "Dr. Ben Okafor"),
            ("2026-06-17", Some(240), "Dr. Asha Rao, Dr. Ben Okafor"),
        ]
    );
    assert_eq!(watched.days[2].in_words(), "no length logged");
    assert_eq!(watched.n_days, 3, "two lines of one day are one day");
}

#[test]
fn what_falls_into_a_rotation_is_told_until_it_is_over() {
    let bench = Bench::new();
    rotate(
        &bench,
        "Maimonides Medical Center",
        "2026-09-07",
        "2026-10-16",
    );
    rotate(&bench, "St. Nowhere", "2026-10-12", "2026-11-20");
    rotate(&bench, "No Last Day", "2026-10-12", "");
    let what = |bench: &Bench| -> Vec<(String, bool)> {
        let overlaps = hospital(bench).overlaps.into_iter();
        overlaps.map(|it| (it.what, it.is_rotation)).collect()
    };
    let cirse = ("CIRSE 2026, Copenhagen".to_owned(), false);
    let nowhere = ("St. Nowhere".to_owned(), true);
    assert_eq!(what(&bench), [cirse, nowhere.clone()]);
    let told = hospital(&bench).overlaps;
    assert!(told[0].source.is_some() && told[1].source.is_none());
    bench.days_later(75);
    assert_eq!(what(&bench), [nowhere]);
}

#[test]
fn a_hospital_is_looked_at_without_a_rotation_there() {
    let bench = Bench::new();
    bench.people("Dr. Zoe Zimmer, IR attending, Henry Ford Hospital");
    let look = |words: &str| shown(&bench, &WhichRotation::Named(words.to_owned()));
    let found = look("henry ford hospital").expect("it is known");
    let found = found.hospital.expect("a hospital");
    assert_eq!(
        (found.name.as_str(), found.city.as_str()),
        ("Henry Ford Hospital", "Detroit")
    );
    assert_eq!((found.rotation, found.lists.len()), (None, 0));
    assert_eq!(found.who.len(), 1);
    assert_eq!(found.programs.len(), 3);
    let several = look("university hospital").expect_err("many fit");
    assert!(matches!(several, DeskError::Several { .. }), "{several}");
    for words in ["Nowhere at All", " "] {
        let refused = look(words).expect_err("none fits");
        let is_hospital = matches!(
            &refused,
            DeskError::NotThere {
                what: "hospital",
                ..
            }
        );
        assert!(is_hospital, "{refused}");
    }
    let own = NewSite {
        name: "St. Nowhere".to_owned(),
        city: "Newport".to_owned(),
        state: "NY".to_owned(),
    };
    bench.desk.add_own_site(&own).expect("added");
    let found = look("nowhere").expect("it is known").hospital.expect("one");
    assert_eq!(
        (found.name.as_str(), found.city.as_str()),
        ("St. Nowhere", "Newport")
    );
    rotate(&bench, "St. Nowhere", "2026-06-15", "2026-07-24");
    let found = look("nowhere").expect("it is known").hospital.expect("one");
    assert!(found.rotation.is_some(), "one's own rotation comes first");
}
