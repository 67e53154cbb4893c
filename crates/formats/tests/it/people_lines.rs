//! People typed or pasted one a line.

use formats::people_lines::{PersonPart, parse};

#[track_caller]
fn check(line: &str, wanted: &str) {
    let (people, problems) = parse(line);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(people.len(), 1, "{line}");
    let draft = &people[0].draft;
    let contacts: Vec<String> = draft
        .contacts
        .iter()
        .map(|c| format!("{} {}", c.kind.word(), c.value))
        .collect();
    let mut name = draft.name.display();
    if !draft.name.credentials.is_empty() {
        name = format!("{name} ({})", draft.name.credentials);
    }
    let fields = [
        name.as_str(),
        &draft.position,
        &draft.employer,
        &contacts.join(" "),
        &draft.how_found,
        &draft.note,
    ];
    assert_eq!(fields.join(" | "), wanted, "{line}");
    for part in &people[0].parts {
        assert_eq!(&line[part.span.clone()], part.text);
    }
}

#[test]
fn lines() {
    check(
        "Dr. Rao, IR, Maimonides, met on rounds",
        "Dr. Rao | IR | Maimonides |  | met on rounds | ",
    );
    check(
        "Ben Okafor, MD, MPH, vascular surgery resident at Lakeside Hospital",
        "Ben Okafor (MD, MPH) | vascular surgery resident | Lakeside Hospital |  |  | ",
    );
    check(
        "- Lucía de la Peña (PD, Example University)",
        "Lucía de la Peña | PD | Example University |  |  | ",
    );
    check(
        "2. Asha Rao — IR attending — ar@example.org — +1 415 555 0000",
        "Asha Rao | IR attending |  | email ar@example.org phone +1 415 555 0000 |  | ",
    );
    check(
        "Dr. Rao at Maimonides met at SIR26",
        "Dr. Rao |  | Maimonides met at SIR26 |  |  | ",
    );
    check(
        "Dr. Rao met on rounds",
        "Dr. Rao |  |  |  | met on rounds | ",
    );
    check(
        "Dr. Rao from Maimonides, likes sailing, PGY-3",
        "Dr. Rao | PGY-3 | Maimonides |  |  | likes sailing",
    );
    check("Asha Rao", "Asha Rao |  |  |  |  | ");
    check(
        "[ ] Asha Rao; https://www.linkedin.com/in/asha",
        "Asha Rao |  |  | linkedin https://www.linkedin.com/in/asha |  | ",
    );
    check(
        "Prof. Núñez, Example School of Medicine, classmate of Ben",
        "Prof. Núñez |  | Example School of Medicine |  | classmate of Ben | ",
    );
    check(
        "Müller\tradiology\tExample Clinic",
        "Müller | radiology | Example Clinic |  |  | ",
    );
    check("李小明, IR fellow", "李小明 | IR fellow |  |  |  | ");
}

#[test]
fn lines_that_name_nobody_are_problems() {
    let text = "\n  \n- \nDr. Rao, IR\n12345\n, IR, Maimonides\nx@example.org\nmet on rounds\nPD, Example\n";
    let (people, problems) = parse(text);
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].draft.line, 4);
    assert_eq!(people[0].parts[0].part, PersonPart::Name);
    let lines: Vec<u64> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [5, 6, 7, 8, 9]);
}
