//! Programs: filters and their counts, states, corrections, and one's own.

use std::collections::BTreeMap;

use desk::DeskError;
use desk::verbs::add_own_place::{NewProgram, NewSite};
use desk::verbs::correct_fact::NewFact;
use desk::views::compare::compare;
use desk::views::program::program;
use desk::views::programs::{Answer, Programs, ProgramsQuery, Question, programs};
use domain::{ProgramId, RelationshipState};

use crate::support::Bench;

fn asked(bench: &Bench, answers: &[(Question, &[Answer])]) -> Programs {
    let query = ProgramsQuery {
        answers: answers
            .iter()
            .map(|(q, a)| (*q, a.to_vec()))
            .collect::<BTreeMap<_, _>>(),
        ..ProgramsQuery::default()
    };
    programs(&bench.reader, &query).expect("programs")
}

fn tally(found: &Programs, question: Question) -> [usize; 3] {
    let tally = found.tallies.iter().find(|t| t.question == question.word());
    let answers = &tally.expect("a tally").answers;
    [answers[0].1, answers[1].1, answers[2].1]
}

fn maimonides() -> ProgramId {
    let all = facts::shipped().programs();
    let found = all
        .iter()
        .find(|p| p.institution == "Maimonides Medical Center");
    found.expect("it is shipped").id.clone()
}

fn fact(field: &str, value: &str) -> NewFact {
    NewFact {
        field: field.to_owned(),
        value: value.to_owned(),
        source: "the coordinator".to_owned(),
        as_of: None,
        private: false,
    }
}

#[test]
fn not_known_stays_in_until_it_is_removed() {
    let bench = Bench::new();
    let all = asked(&bench, &[]);
    assert_eq!(all.rows.len(), all.stored);
    let [yes, no, not_known] = tally(&all, Question::VisaJ1);
    assert_eq!(yes + no + not_known, all.stored);
    assert!(not_known > 0, "the facts do not know everything");

    let open = asked(
        &bench,
        &[(Question::VisaJ1, &[Answer::Yes, Answer::NotKnown])],
    );
    assert_eq!(open.rows.len(), yes + not_known);
    let strict = asked(&bench, &[(Question::VisaJ1, &[Answer::Yes])]);
    assert_eq!(strict.rows.len(), yes);
    assert_eq!(
        tally(&strict, Question::VisaJ1),
        [yes, no, not_known],
        "a filter's own counts say what choosing otherwise would give"
    );
}

#[test]
fn a_correction_stands_beside_what_was_shipped_and_counts() {
    let bench = Bench::new();
    let id = maimonides();
    let flag = |bench: &Bench| {
        let rows = asked(bench, &[]).rows;
        rows.into_iter()
            .find(|row| row.id == id.as_str())
            .expect("a row")
            .visa_h1b
    };
    let before = flag(&bench);
    bench
        .desk
        .correct_fact(&id, &fact("visa_h1b", "yes"))
        .expect("entered");
    assert_eq!(flag(&bench), Answer::Yes);
    let done = bench
        .desk
        .correct_fact(&id, &fact("visa_h1b", "no"))
        .expect("entered");
    assert_eq!(flag(&bench), Answer::No, "the newest counts");
    let view = program(&bench.reader, &id).expect("a program");
    let line = view
        .facts
        .iter()
        .find(|f| f.field == "visa_h1b")
        .expect("the field");
    let values: Vec<&str> = line.corrections.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(values, ["no", "yes"]);
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(flag(&bench), Answer::Yes);
    let first = bench
        .operations()
        .last()
        .expect("one")
        .id
        .parse()
        .expect("an id");
    bench.desk.undo_operation(first, false).expect("undone");
    assert_eq!(flag(&bench), before);
}

#[test]
fn a_correction_needs_a_known_field_a_value_and_a_source() {
    let bench = Bench::new();
    let id = maimonides();
    let without_source = NewFact {
        source: " ".to_owned(),
        ..fact("director", "Dr. Rao")
    };
    for (new, named) in [
        (fact("colour", "blue"), "field"),
        (fact("visa_j1", "perhaps"), "value"),
        (fact("director", " "), "value"),
        (without_source, "source"),
    ] {
        let refused = bench.desk.correct_fact(&id, &new);
        assert!(
            matches!(&refused, Err(DeskError::Bad { field, .. }) if *field == named),
            "{named}: {refused:?}"
        );
    }
}

#[test]
fn the_state_of_a_program_is_computed_from_what_happened() {
    let bench = Bench::new();
    let id = maimonides();
    let state = |bench: &Bench| program(&bench.reader, &id).expect("a program").relationship;
    assert_eq!(state(&bench), "unknown");
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    assert_eq!(state(&bench), "unknown");
    bench.log("Dr. Asha Rao answered by email");
    assert_eq!(state(&bench), "aware");
    bench.log("call with Dr. Asha Rao");
    assert_eq!(state(&bench), "met");
    for _ in 0..5 {
        bench.log("rotation with Dr. Asha Rao");
        bench.days_later(1);
    }
    assert_eq!(state(&bench), "worked with");
    bench.log("talk with Dr. Asha Rao #vouch");
    assert_eq!(state(&bench), "advocate");
    let row = asked(&bench, &[(Question::Known, &[Answer::Yes])]).rows;
    assert!(
        row.iter()
            .any(|row| row.id == id.as_str() && row.relationship == "advocate")
    );
}

#[test]
fn ones_own_program_and_hospital_are_found_at_import() {
    let bench = Bench::new();
    let new = NewProgram {
        track: "dr".to_owned(),
        institution: "Harbour Teaching Hospital".to_owned(),
        city: "Bridgetown".to_owned(),
        state: "pr".to_owned(),
    };
    let id = bench.desk.add_own_program(&new).expect("added").result;
    let site = NewSite {
        name: "Lighthouse Infirmary".to_owned(),
        city: String::new(),
        state: "NY".to_owned(),
    };
    bench.desk.add_own_site(&site).expect("added");
    bench.import(
        "Asha,Rao,https://l/in/a,,HARBOUR TEACHING HOSPITAL,,08 Feb 2026\n\
         Omar,Haddad,https://l/in/o,,Lighthouse Infirmary,,08 Feb 2026\n",
    );
    let view = program(&bench.reader, &id).expect("one's own");
    assert!(view.own);
    assert_eq!((view.state_code.as_str(), view.who.len()), ("PR", 1));
    let there = desk::views::who::who(&bench.reader, "Lighthouse Infirmary").expect("a site");
    assert_eq!(there.people[0].person.name, "Omar Haddad");
}

#[test]
fn places_in_no_state_are_near_each_other_in_one_city_only() {
    let bench = Bench::new();
    let add = |institution: &str, city: &str| {
        let new = NewProgram {
            track: "dr".to_owned(),
            institution: institution.to_owned(),
            city: city.to_owned(),
            state: String::new(),
        };
        bench.desk.add_own_program(&new).expect("added").result
    };
    add("Harbour Teaching Hospital", "Bridgetown");
    let near = add("Lighthouse Infirmary", "Bridgetown");
    let far = add("Blue Mountain Clinic", "Kingston");
    bench.import("Asha,Rao,https://l/in/a,,HARBOUR TEACHING HOSPITAL,,08 Feb 2026\n");
    let query = desk::views::people::PeopleQuery::default();
    let asha = desk::views::people::people_ids(&bench.reader, &query).expect("one person");
    let edit = desk::verbs::edit_people::BulkEdit::SameSchool(Some(true));
    bench.desk.edit_people(&asha, &edit).expect("changed");
    let graduates = |id| program(&bench.reader, id).expect("one's own").graduates;
    assert_eq!(graduates(&near)[0].near, "in Bridgetown");
    assert_eq!(graduates(&far), []);
}

#[test]
fn ones_own_program_needs_track_name_and_state() {
    let bench = Bench::new();
    let new = |track: &str, institution: &str, state: &str| NewProgram {
        track: track.to_owned(),
        institution: institution.to_owned(),
        city: String::new(),
        state: state.to_owned(),
    };
    for (new, named) in [
        (new("surgery", "A", "NY"), "track"),
        (new("dr", " ", "NY"), "institution"),
        (new("dr", "A", "New York"), "state"),
        (new("dr", "A", "ZZ"), "state"),
    ] {
        let refused = bench.desk.add_own_program(&new);
        assert!(
            matches!(&refused, Err(DeskError::Bad { field, .. }) if *field == named),
            "{named}: {refused:?}"
        );
    }
}

#[test]
fn the_list_is_covered_by_state_and_can_be_asked_for_one() {
    let bench = Bench::new();
    assert!(asked(&bench, &[]).coverage.is_empty());
    let id = maimonides();
    let other = facts::shipped()
        .programs()
        .iter()
        .find(|p| p.institution != "Maimonides Medical Center");
    let other = other.expect("another").id.clone();
    for id in [&id, &other] {
        bench.desk.list_program(id, None, "").expect("listed");
    }
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    bench.log("call with Dr. Asha Rao");
    let coverage = asked(&bench, &[]).coverage;
    assert_eq!(
        coverage,
        [
            ("unknown", 1),
            ("aware", 0),
            ("met", 1),
            ("worked with", 0),
            ("advocate", 0)
        ]
    );
    let query = ProgramsQuery {
        relationship: Some(RelationshipState::Met),
        answers: BTreeMap::from([(Question::Listed, vec![Answer::Yes])]),
        ..ProgramsQuery::default()
    };
    let met = programs(&bench.reader, &query).expect("programs").rows;
    assert_eq!(
        met.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        [id.as_str()]
    );
}

#[test]
fn programs_stand_side_by_side_without_what_was_told_in_confidence() {
    let bench = Bench::new();
    let all = facts::shipped().programs();
    let ids: Vec<ProgramId> = all.iter().take(6).map(|p| p.id.clone()).collect();
    let told = NewFact {
        private: true,
        ..fact("director", "Dr. Whisper")
    };
    bench.desk.correct_fact(&ids[0], &told).expect("told");
    bench
        .desk
        .correct_fact(&ids[1], &fact("director", "Dr. Loud"))
        .expect("told");
    let compared = compare(&bench.reader, &[&ids[..], &ids[..1]].concat()).expect("compared");
    let shown: Vec<&str> = compared.programs.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(
        shown,
        ids[..4].iter().map(ProgramId::as_str).collect::<Vec<_>>()
    );
    assert_eq!(compared.left_out, 2);
    assert!(compared.rows.iter().all(|row| row.values.len() == 4));
    let director = compared
        .rows
        .iter()
        .find(|row| row.label == "Program director");
    let director = director.expect("a row");
    assert_eq!(director.values[0].value, None);
    assert_eq!(director.values[1].value.as_deref(), Some("Dr. Loud"));
    assert!(director.values[1].own && !director.differs);
    let here = compared
        .rows
        .iter()
        .find(|row| row.label == "Where")
        .expect("a row");
    assert!(here.differs);

    let nowhere = ProgramId::new("0000000000").expect("an id");
    assert!(matches!(
        compare(&bench.reader, &[nowhere]),
        Err(DeskError::NotThere { .. })
    ));
    assert!(
        compare(&bench.reader, &[])
            .expect("nothing")
            .rows
            .iter()
            .all(|r| r.values.is_empty())
    );
}

#[test]
fn a_state_counts_its_programs_and_how_well_the_list_is_known() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let line = |state: &str| {
        let all = programs(&bench.reader, &ProgramsQuery::default()).expect("a list");
        let mut states = all.states.into_iter();
        let line = states.find(|line| line.state == state).expect(state);
        (line.programs, line.listed, line.known, line.relationship)
    };
    assert_eq!(line("NY"), (44, 0, 0, None));
    let new_york = facts::shipped().programs().iter();
    let new_york: Vec<&domain::Program> = new_york.filter(|it| it.state == "NY").collect();
    let elsewhere = new_york
        .iter()
        .find(|it| !it.institution.contains("Maimonides"))
        .expect("another");
    bench
        .desk
        .list_program(&elsewhere.id, None, "")
        .expect("listed");
    assert_eq!(line("NY"), (44, 1, 0, Some("unknown")));
    let maimonides = "4203521221".parse().expect("an id");
    bench
        .desk
        .list_program(&maimonides, None, "")
        .expect("listed");
    bench.log("call with Asha Rao");
    assert_eq!(line("NY"), (44, 2, 1, Some("met")));
    assert_eq!(line("PR"), (1, 0, 0, None));
}

/// S-014: surgeons, oncologists and internists refer patients, so whom the
/// student knows among them there is told apart, and so is nobody.
#[test]
fn those_who_refer_patients_are_told_by_specialty() {
    let bench = Bench::new();
    bench.people(
        "Dr. Ada Alder, attending surgeon, Maimonides Medical Center\n\
         Dr. Bo Birch, Surgical Oncology, Maimonides Medical Center\n\
         Dr. Cy Cedar, IR attending, Maimonides Medical Center\n\
         Dr. Di Dogwood, attending oncologist, Newark Beth Israel Medical Center\n",
    );
    let view = program(&bench.reader, &maimonides()).expect("a program");
    assert_eq!(view.who.len(), 3);
    let referring = view.referring;
    assert!(
        referring
            .text
            .contains("surgeons, oncologists and internists")
    );
    assert!(referring.grade.contains("article"));
    let names: Vec<(&str, Vec<&str>)> = referring
        .specialties
        .iter()
        .map(|it| (it.word, it.people.iter().map(|p| p.1.as_str()).collect()))
        .collect();
    assert_eq!(
        names,
        [
            ("surgery", vec!["Dr. Ada Alder", "Dr. Bo Birch"]),
            ("oncology", vec!["Dr. Bo Birch"]),
            ("internal-medicine", vec![]),
        ]
    );
}
