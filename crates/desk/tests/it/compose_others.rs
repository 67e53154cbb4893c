//! Other people and other windows beside a message: colleagues however their place is
//! written, everybody who is credited, and what was typed elsewhere.

use desk::DeskError;
use desk::verbs::answer_message::NewAnswer;
use desk::verbs::edit_people::BulkEdit;
use desk::verbs::edit_person::PersonEdit;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{CreditedLine, start};

use crate::compose::*;

#[test]
fn a_legal_form_makes_no_other_place() {
    for employer in [
        "Quiet Bay Imaging Clinic Ltd.",
        "The Quiet Bay Imaging Clinic, Ltd.",
        "QUIET BAY IMAGING CLINIC, INC.",
        "Quiet Bay Imaging Clinic L.L.C.",
        "Quiet Bay Imaging Clinic, P.C.",
        "The Quiet Bay Imaging Clinic",
        "Quiet Bay Imaging Clinic GmbH",
    ] {
        for other_first in [true, false] {
            let bench = bench();
            let plain = "Quiet Bay Imaging Clinic";
            let (one, two) = match other_first {
                true => (employer, plain),
                false => (plain, employer),
            };
            bench.people("Dr. Uma Ucher\nDr. Val Vint");
            for (name, employer) in [("Uma Ucher", one), ("Val Vint", two)] {
                let edit = PersonEdit {
                    employer: Some(employer.to_owned()),
                    ..PersonEdit::default()
                };
                bench
                    .desk
                    .edit_person(bench.person(name), &edit)
                    .expect("changed");
            }
            sent(&bench, "Uma Ucher", LIMB);
            let second = written(&bench, "Val Vint", FILTERS);
            assert_eq!(
                shown(&bench, second).beside.colleagues.len(),
                1,
                "{employer}"
            );
        }
    }
}

#[test]
fn what_was_not_seen_is_not_written_over() {
    let bench = bench();
    let id = begun(&bench, "Asha Rao");
    let save =
        |text: &str, seen: &[String]| bench.desk.save_message_from(id, "About it", text, seen);
    let opened = [shown(&bench, id).version];
    save("First window", &opened).expect("nothing else came");
    let refused = save("Second window", &opened);
    assert!(
        matches!(refused, Err(DeskError::ChangedMeanwhile { .. })),
        "{refused:?}"
    );
    assert_eq!(shown(&bench, id).text, "First window");
    // The same text is nobody's loss, and who has seen it may write on.
    save("First window", &opened).expect("it is there already");
    let now = [shown(&bench, id).version, opened[0].clone()];
    save("First window, and on", &now).expect("seen");
    // A command says nothing of what it saw.
    save("By command", &[]).expect("kept");
    assert!(save("First window, and further", &now).is_err());
}

#[test]
fn news_for_everybody_lists_whom_the_record_credits() {
    let bench = bench();
    let lines = |template: &str| -> Vec<CreditedLine> {
        let today = bench.desk.today().expect("today");
        let view = start(&bench.reader, today, None, Some(template));
        view.expect("it begins").credited
    };
    assert_eq!(lines("milestone-update"), []);
    bench.log("call with Dr. Asha Rao on 3 March 2026; #intro Emil Frank");
    bench.log("call with Dr. Ben Okafor on 4 March 2026; #vouch at Tallgrass");
    bench.log("call with Dr. Ben Okafor on 9 March 2026; #vouch at Saltmarsh");
    bench.log("call with Dr. Dina Elias on 5 March 2026; #ask for a list");
    let carla = [bench.person("Carla Diaz")];
    for tag in ["Paper-veins", "abroad"] {
        let tag = BulkEdit::AddTag(tag.to_owned());
        bench.desk.edit_people(&carla, &tag).expect("tagged");
    }
    let told = lines("milestone-update");
    let told: Vec<(&str, String)> = told
        .iter()
        .map(|c| (c.name.as_str(), c.why.join("; ")))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    let [(asha, introduced), (ben, vouched), (carla, tagged)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        [*asha, *ben, *carla],
        ["Dr. Asha Rao", "Dr. Ben Okafor", "Dr. Carla Diaz"]
    );
    assert!(introduced.starts_with("introduction, "), "{introduced}");
    // The latest of a kind is enough.
    assert!(
        vouched.contains("9 Mar") && !vouched.contains("4 Mar"),
        "{vouched}"
    );
    assert_eq!(tagged, "tag \"Paper-veins\"");
    // What goes to one person lists nobody.
    assert_eq!(lines("thank-you"), []);

    // Who has it already is told by the message, and an answer is no letter.
    let new = NewMessage {
        template: "milestone-update".to_owned(),
        person: Some(bench.person("Asha Rao")),
        ..NewMessage::default()
    };
    let id = bench.desk.start_message(&new).expect("begun").result;
    let view = shown(&bench, id);
    assert_eq!(view.credited[0].message, Some((id.to_string(), "draft")));
    assert_eq!(view.credited[1].message, None);
    let first = sent(&bench, "Emil Frank", LIMB);
    let answered = bench.desk.mark_replied(first, &NewAnswer::default());
    answered.expect("noted");
    assert_eq!(lines("milestone-update").len(), 3);
}
