//! The brief: what stands on the page that is handed over, and what never does.

use desk::verbs::correct_fact::NewFact;
use desk::verbs::plan_rotation::RotationEdit;
use desk::views::brief::{Brief, Names, brief};
use domain::ProgramId;
use jiff::tz::TimeZone;

use crate::support::Bench;

fn shown(bench: &Bench, names: Names) -> Brief {
    brief(&bench.reader, bench.clock_now(), &TimeZone::UTC, names).expect("a brief")
}

fn program(institution: &str) -> ProgramId {
    let all = facts::shipped().programs().iter();
    let mut found = all.filter(|program| program.institution == institution);
    found.next().expect("it is shipped").id.clone()
}

#[test]
fn an_empty_vault_gives_a_page_that_asks() {
    let brief = shown(&Bench::new(), Names::Masked);
    assert_eq!((brief.n_listed, brief.promises.len()), (0, 0));
    assert_eq!(brief.questions.len(), 3);
    assert_eq!(brief.questions[0], "Which season should I aim at?");
}

#[test]
fn the_list_is_counted_by_state_and_its_gaps_become_questions() {
    let bench = Bench::new();
    let id = program("Henry Ford Health/Henry Ford Hospital");
    bench.desk.list_program(&id, None, "").expect("listed");
    let mut student = desk::views::set_up::student(&bench.reader).expect("a student");
    student.season = "2027".to_owned();
    bench.desk.set_up(&student).expect("stored");
    let brief = shown(&bench, Names::Masked);
    assert_eq!(brief.n_listed, 1);
    assert_eq!(brief.coverage[0], ("unknown", 1));
    let counted: usize = brief.coverage.iter().map(|(_, n)| n).sum();
    assert_eq!(counted, brief.n_listed);
    assert!(
        brief.questions[0].starts_with("Whom do you know at Henry Ford"),
        "{:?}",
        brief.questions
    );
    assert_eq!(brief.opens.as_deref(), Some("2026-09-02"));
}

#[test]
fn names_of_others_are_left_out_unless_wanted() {
    let bench = Bench::new();
    bench.log("today call with Dr. Cleo Marsh");
    bench.log("today email to Dr. Asha Rao #promise send rao the review with Cleo Marsh by Fri");
    let masked = shown(&bench, Names::Masked);
    let text = serde_json::to_string(&masked).expect("JSON");
    for name in ["Asha", "Rao", "rao", "Cleo", "Marsh"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    assert_eq!(
        masked.promises[0].what,
        "send [name] the review with [name]"
    );
    assert_eq!(masked.promises[0].person, None);
    assert_eq!(masked.days, [], "promises stand apart");
    let open = shown(&bench, Names::Shown);
    assert_eq!(open.promises[0].person.as_deref(), Some("Dr. Asha Rao"));
    assert!(open.promises[0].what.contains("Cleo Marsh"));
    bench.days_later(7);
    assert!(shown(&bench, Names::Masked).promises[0].late);
}

#[test]
fn names_typed_small_and_telephone_numbers_are_left_out() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao\nDr. Wei Li\nDr. Luc\u{ed}a de la Fuente\nDr. April May\nDr. Grace Long\nDr. Ben Okafor",
    );
    let masked = |promise: &str| {
        let done = bench
            .desk
            .log_interaction(
                &format!(
                    "today call with Ben Okafor, about {} #promise {promise}",
                    promise.len()
                ),
                &desk::views::log::LogChoices::new(),
            )
            .expect("logged");
        let what = shown(&bench, Names::Masked).promises.remove(0).what;
        bench
            .desk
            .undo_operation(done.operation, false)
            .expect("undone");
        what
    };
    for (promise, wanted) in [
        (
            "send lucia and wei li the draft",
            "send [name] and [name] the draft",
        ),
        ("show asha the poster", "show [name] the poster"),
        ("thank ben and asha rao", "thank [name] and [name]"),
        ("thank april may for it", "thank [name] for it"),
        // Words of every day stay where they stand alone and small.
        ("write a long note in april", "write a long note in april"),
        ("send Grace the note", "send [name] the note"),
        ("ring 246 555-0123 at noon", "ring [number] at noon"),
        ("ring +1 246 555 0123.", "ring [number]"),
        ("read all 120 pages of it", "read all 120 pages of it"),
    ] {
        assert_eq!(masked(promise), wanted);
    }
}

#[test]
fn days_beyond_those_that_fit_are_counted_and_a_service_has_no_name() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao");
    for day in 2..9 {
        let edit = RotationEdit {
            hospital: "Maimonides Medical Center".to_owned(),
            service: "surgery with asha".to_owned(),
            starts: format!("2026-07-{day:02}"),
            ends: format!("2026-07-{day:02}"),
            ..RotationEdit::default()
        };
        bench.desk.plan_rotation(None, &edit).expect("planned");
    }
    let brief = shown(&bench, Names::Masked);
    assert_eq!((brief.days.len(), brief.more_days), (5, 9));
    assert!(
        brief.days[0].what.contains("surgery with [name]"),
        "{:?}",
        brief.days
    );
}

/// What somebody said in confidence, a note and a remark on the list stand
/// nowhere, with names and without.
#[test]
fn what_was_told_in_confidence_is_never_on_it() {
    let bench = Bench::new();
    let id = program("Henry Ford Health/Henry Ford Hospital");
    bench
        .desk
        .list_program(&id, None, "zebrafish remark")
        .expect("listed");
    bench.log("yesterday call with Dr. Asha Rao 20 min, she said the zebrafish leaves");
    for field in ["director", "visa_j1", "contact_policy"] {
        let secret = NewFact {
            field: field.to_owned(),
            value: if field == "visa_j1" {
                "no"
            } else {
                "zebrafish"
            }
            .to_owned(),
            source: "a resident, zebrafish in confidence".to_owned(),
            as_of: None,
            private: true,
        };
        bench.desk.correct_fact(&id, &secret).expect("stored");
    }
    let stored = format!("{:?}", bench.dump());
    assert!(stored.contains("zebrafish"), "it is planted");
    for names in [Names::Masked, Names::Shown] {
        let text = serde_json::to_string(&shown(&bench, names)).expect("JSON");
        assert!(!text.contains("zebrafish"), "{text}");
    }
}

#[test]
fn all_promises_of_the_next_four_weeks_stand_there_or_are_counted() {
    let day = |days: i64| {
        let first = jiff::civil::date(2026, 7, 1);
        first.saturating_add(jiff::Span::new().days(days))
    };
    for (within, beyond, undated, wanted) in [
        (0, 0, 0, (0, 0)),
        (3, 0, 0, (3, 0)),
        (5, 0, 0, (5, 0)),
        (6, 0, 0, (6, 0)),
        (8, 2, 0, (8, 2)),
        (10, 0, 0, (10, 0)),
        (11, 0, 0, (10, 1)),
        (0, 7, 0, (5, 2)),
        (2, 7, 0, (5, 4)),
        (6, 1, 4, (6, 5)),
        (0, 0, 6, (5, 1)),
    ] {
        let bench = Bench::new();
        let mut lines = Vec::new();
        for n in 0..within {
            let due = day(n * 27 / within);
            lines.push(format!("#promise send draft {n} by {due}"));
        }
        for n in 0..beyond {
            let due = day(28 + n);
            lines.push(format!("#promise send poster {n} by {due}"));
        }
        for n in 0..undated {
            lines.push(format!("#promise read paper {n}"));
        }
        for (n, line) in lines.iter().enumerate() {
            bench.log(&format!("today call {n} with Dr. Asha Rao {line}"));
        }
        let brief = shown(&bench, Names::Masked);
        assert_eq!(
            (brief.promises.len(), brief.more_promises),
            wanted,
            "{within} within, {beyond} beyond, {undated} without a day"
        );
        let drafts = brief.promises.iter().filter(|p| p.what.contains("draft"));
        assert_eq!(drafts.count() as i64, within.min(10));
    }
}
