//! Who may know somebody at a program, graduates near it, and its contact policy.

use desk::verbs::correct_fact::NewFact;
use desk::verbs::edit_people::BulkEdit;
use desk::views::program::{ProgramView, program};
use domain::ProgramId;

use crate::support::Bench;

fn maimonides(bench: &Bench) -> ProgramView {
    let id = ProgramId::new("4203521221").expect("an id");
    program(&bench.reader, &id).expect("a program")
}

/// Returns each way as who is between, who is there, and what they share.
fn ways(bench: &Bench) -> Vec<(String, String, String)> {
    let found = maimonides(bench).two_steps.into_iter();
    found
        .map(|way| (way.through.1, way.to.1, way.in_common))
        .collect()
}

#[test]
fn somebody_who_was_there_together_opens_a_door() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Ben Okafor, resident, Mount Sinai\n\
         Dr. Chi Lim, IR attending, Henry Ford Hospital",
    );
    assert!(ways(&bench).is_empty());
    bench.log("call with Ben Okafor");
    assert!(ways(&bench).is_empty(), "they have nothing in common");
    bench.log("talk with Dr. Asha Rao and Ben Okafor");
    let common = "you were all together on 1 Jul 2026";
    let way = |common: &str| ("Ben Okafor".into(), "Dr. Asha Rao".into(), common.into());
    assert_eq!(ways(&bench), [way(common)]);
    bench.days_later(2);
    bench.log("talk with Dr. Asha Rao and Ben Okafor");
    assert_eq!(
        ways(&bench),
        [way("you were all together 2 times, last on 3 Jul 2026")]
    );
    let gone = bench
        .desk
        .delete_people(&[bench.person("Ben Okafor")])
        .expect("deleted");
    assert!(ways(&bench).is_empty());
    bench
        .desk
        .undo_operation(gone.operation, false)
        .expect("undone");
    assert_eq!(ways(&bench).len(), 1);
}

#[test]
fn an_employer_in_common_is_told_as_not_more_than_that() {
    let bench = Bench::new();
    bench.import(
        "Asha,Rao,https://l/in/a,,Lakeside Imaging,,08 Feb 2026\n\
         Ben,Okafor,https://l/in/b,,Lakeside Imaging,,08 Feb 2026\n",
    );
    bench.import("Asha,Rao,https://l/in/a,,Maimonides Medical Center,,08 Feb 2026\n");
    assert!(ways(&bench).is_empty(), "nothing came back from Ben");
    bench.log("call with Ben Okafor");
    let found = maimonides(&bench);
    assert_eq!(found.who.len(), 1, "{:?}", found.who);
    let [way] = &found.two_steps[..] else {
        panic!("{:?}", found.two_steps);
    };
    assert_eq!((way.state, way.met), ("met", false));
    assert!(
        way.in_common.contains("Lakeside Imaging"),
        "{}",
        way.in_common
    );
    assert!(way.in_common.contains("not known"), "{}", way.in_common);
    assert_eq!(
        found.next_step,
        "Ask Ben Okafor whether they would introduce you to Asha Rao."
    );
}

#[test]
fn graduates_at_the_program_come_before_those_in_its_city_and_state() {
    let bench = Bench::new();
    assert!(maimonides(&bench).graduates.is_empty());
    bench.people(
        "Dr. Ana Albany, resident, Albany Med Health System\n\
         Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Dr. Chi Lim, IR attending, Henry Ford Hospital\n\
         Dr. Not Graduate, resident, Maimonides Medical Center",
    );
    let graduates = ["Ana Albany", "Asha Rao", "Chi Lim"].map(|name| bench.person(name));
    let edit = BulkEdit::SameSchool(Some(true));
    bench.desk.edit_people(&graduates, &edit).expect("changed");
    let found: Vec<(String, String)> = maimonides(&bench)
        .graduates
        .into_iter()
        .map(|line| (line.name, line.near))
        .collect();
    let line = |name: &str, near: &str| (name.to_owned(), near.to_owned());
    assert_eq!(
        found,
        [
            line("Dr. Asha Rao", "at the program"),
            line("Dr. Ana Albany", "in NY"),
        ]
    );
}

#[test]
fn the_contact_policy_is_the_first_step_while_nobody_there_answered() {
    let bench = Bench::new();
    let id = ProgramId::new("4203521221").expect("an id");
    let policy = NewFact {
        field: "contact_policy".to_owned(),
        value: "through the coordinator only.".to_owned(),
        source: "the program's page".to_owned(),
        as_of: None,
        private: false,
    };
    bench.desk.correct_fact(&id, &policy).expect("entered");
    let found = maimonides(&bench);
    assert_eq!(
        found.next_step,
        "Begin the way the program asks: through the coordinator only."
    );
    let shown = found.contact_policy.expect("a policy");
    assert_eq!(shown.value, "through the coordinator only.");
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    bench.log("call with Dr. Asha Rao");
    assert!(maimonides(&bench).next_step.starts_with("Stay useful"));
}
