//! The plan of the week, and that every answer of the set-up changes something.

use desk::Student;
use desk::verbs::correct_fact::NewFact;
use desk::verbs::edit_people::BulkEdit;
use desk::verbs::plan_rotation::RotationEdit;
use desk::views::week::{Week, week};
use domain::ProgramId;
use jiff::tz::TimeZone;

use crate::support::Bench;

fn plan(bench: &Bench) -> Week {
    week(&bench.reader, bench.clock_now(), &TimeZone::UTC).expect("a week")
}

fn say(bench: &Bench, change: impl FnOnce(&mut Student)) {
    let mut student = desk::views::set_up::student(&bench.reader).expect("a student");
    change(&mut student);
    bench.desk.set_up(&student).expect("stored");
}

fn program(institution: &str) -> ProgramId {
    let all = facts::shipped().programs().iter();
    let mut found = all.filter(|program| program.institution == institution);
    found.next().expect("it is shipped").id.clone()
}

#[test]
fn an_empty_vault_has_an_empty_week() {
    let bench = Bench::new();
    let week = plan(&bench);
    assert_eq!((week.items.len(), week.left, week.n_people), (0, 0, 0));
    assert_eq!((week.minutes, week.minutes_said), (60, false));
}

#[test]
fn minutes_and_day_shape_the_week() {
    let bench = Bench::new();
    // A Wednesday; the talks were on Monday and Tuesday.
    for (day, name) in [("Monday", "Dr. Asha Rao"), ("Tuesday", "Dr. Ben Okafor")] {
        bench.log(&format!("{day} talk with {name}"));
    }
    bench.log("today email to Dr. Cleo Marsh #promise read her paper by Fri");
    say(&bench, |s| {
        s.minutes_week = "45".to_owned();
        s.usual_day = "Saturday".to_owned();
    });
    let week = plan(&bench);
    assert_eq!((week.day.as_str(), week.minutes), ("2026-07-04", 45));
    let shown: Vec<(&str, u32)> = week.items.iter().map(|i| (i.kind, i.minutes)).collect();
    // The promise is due before Saturday, so it cannot wait for that day.
    assert_eq!(shown, [("commitment", 30), ("follow-up", 10)]);
    assert_eq!(week.items[0].urgency, "today");
    assert_eq!((week.minutes_planned, week.left), (40, 0));
    assert_eq!(week.unfit.len(), 1, "the other thank-you is over by then");
    assert!(week.items.iter().all(|item| !item.aim.is_empty()));
    say(&bench, |s| s.minutes_week = "120".to_owned());
    assert_eq!(plan(&bench).items.len(), 3);
    say(&bench, |s| s.usual_day = "Wednesday".to_owned());
    let week = plan(&bench);
    assert_eq!(week.day, "2026-07-01", "today is the day");
    assert!(
        week.items.iter().all(|item| item.urgency == "today"),
        "a week from now is too late for all three"
    );
}

#[test]
fn without_a_home_program_graduates_and_people_at_the_rotation_come_first() {
    let bench = Bench::new();
    bench.people(
        "Dr. Ada Alder, IR attending, Mount Sinai\n\
         Dr. Zoe Zimmer, IR attending, Maimonides Medical Center\n\
         Dr. Yan Young, DR attending, Henry Ford Hospital",
    );
    let graduate = [bench.person("Yan Young")];
    bench
        .desk
        .edit_people(&graduate, &BulkEdit::SameSchool(Some(true)))
        .expect("noted");
    for name in ["Ada Alder", "Zoe Zimmer", "Yan Young"] {
        bench.log(&format!("1 Jul 2025 email to {name} #ask call"));
    }
    bench.set_ring(
        &["Ada Alder", "Zoe Zimmer", "Yan Young"],
        domain::Ring::Wide,
    );
    let names = || -> Vec<String> {
        let items = plan(&bench).items;
        items.into_iter().map(|item| item.name).collect()
    };
    assert_eq!(
        names(),
        ["Dr. Ada Alder", "Dr. Yan Young", "Dr. Zoe Zimmer"]
    );
    let edit = RotationEdit {
        hospital: "Maimonides Medical Center".to_owned(),
        starts: "2026-06-15".to_owned(),
        ends: "2026-08-30".to_owned(),
        ..RotationEdit::default()
    };
    bench.desk.plan_rotation(None, &edit).expect("planned");
    assert_eq!(
        names()[0],
        "Dr. Ada Alder",
        "a rotation alone changes nothing"
    );
    say(&bench, |s| s.home_ir = "no".to_owned());
    assert_eq!(
        names(),
        ["Dr. Yan Young", "Dr. Zoe Zimmer", "Dr. Ada Alder"]
    );
    say(&bench, |s| s.home_ir = "yes".to_owned());
    assert_eq!(names()[0], "Dr. Ada Alder");
}

#[test]
fn season_visa_pathway_and_money_shape_what_is_said_of_programs() {
    let bench = Bench::new();
    let id = program("Maimonides Medical Center");
    bench.desk.list_program(&id, None, "").expect("listed");
    let only = || bench.due("nobody there").remove(0);
    assert_eq!(only().urgency, "when there is time");

    // 1 July 2026 is within six months of the opening for the Match of 2027.
    say(&bench, |s| s.season = "2027".to_owned());
    assert_eq!(only().urgency, "soon");
    assert!(only().why.contains("Applications open"), "{}", only().why);

    say(&bench, |s| s.travel_usd = "0".to_owned());
    assert!(
        only().aim.contains("nothing here needs a trip"),
        "{}",
        only().aim
    );

    // The student's own word about a visa counts before what is shipped.
    let says_no = NewFact {
        field: "visa_j1".to_owned(),
        value: "no".to_owned(),
        source: "the coordinator".to_owned(),
        as_of: None,
        private: false,
    };
    bench.desk.correct_fact(&id, &says_no).expect("corrected");
    assert!(!only().why.contains("J-1"), "{}", only().why);
    say(&bench, |s| s.visa = "j1".to_owned());
    assert!(
        only().why.contains("does not sponsor a J-1"),
        "{}",
        only().why
    );
    assert_eq!(only().urgency, "when there is time");

    let tracks = |bench: &Bench| -> Vec<String> {
        let items = bench.due("nobody there");
        items.into_iter().map(|item| item.name).collect()
    };
    let shipped = facts::shipped().programs();
    let of = |track: domain::Track| shipped.iter().find(|p| p.track == track && p.id != id);
    let (ir, dr) = (of(domain::Track::IrIntegrated), of(domain::Track::Dr));
    let (ir, dr) = (ir.expect("one"), dr.expect("one"));
    for one in [ir, dr] {
        bench
            .desk
            .list_program(&one.id, Some(2), "")
            .expect("listed");
    }
    say(&bench, |s| {
        s.visa = String::new();
        s.pathway = "integrated".to_owned();
    });
    let position = |names: &[String], name: String| names.iter().position(|n| *n == name);
    let names = tracks(&bench);
    assert!(
        position(&names, ir.name()) < position(&names, dr.name()),
        "{names:?}"
    );
    say(&bench, |s| s.pathway = "diagnostic-first".to_owned());
    let names = tracks(&bench);
    assert!(
        position(&names, dr.name()) < position(&names, ir.name()),
        "{names:?}"
    );
}

#[test]
fn a_rotation_that_ends_is_due() {
    let bench = Bench::new();
    let edit = RotationEdit {
        hospital: "Maimonides Medical Center".to_owned(),
        ends: "2026-07-10".to_owned(),
        ..RotationEdit::default()
    };
    let planned = bench.desk.plan_rotation(None, &edit).expect("planned");
    let items = bench.due("rotation ends");
    assert_eq!((items.len(), items[0].urgency), (1, "soon"));
    assert!(items[0].aim.contains("about a letter"), "{}", items[0].aim);
    bench.desk.remove_rotation(planned.result).expect("removed");
    assert_eq!(bench.due("rotation ends").len(), 0);
}

#[test]
fn what_closes_before_the_day_of_the_plan_says_by_when() {
    let bench = Bench::new();
    say(&bench, |s| {
        s.minutes_week = "30".to_owned();
        s.usual_day = "Wednesday".to_owned();
    });
    bench.days_later(1);
    bench.log("today call with Dr. Asha Rao #promise send draft by Mon");
    let week = plan(&bench);
    assert_eq!(week.day, "2026-07-08");
    let shown: Vec<_> = week
        .items
        .iter()
        .map(|i| (i.kind, i.do_by.as_deref()))
        .collect();
    assert_eq!(shown, [("commitment", Some("2026-07-06"))]);
    assert_eq!((week.unfit.len(), week.left), (1, 0), "the thank-you");
    say(&bench, |s| s.minutes_week = "0".to_owned());
    let week = plan(&bench);
    assert_eq!(
        (week.items.len(), week.minutes_planned, week.unfit.len()),
        (0, 0, 2)
    );
}
