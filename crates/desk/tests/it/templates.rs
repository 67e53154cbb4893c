//! The templates that fit a person, a purpose and a channel.

use desk::DeskError;
use desk::views::templates::{Templates, TemplatesQuery, templates};

use crate::support::Bench;

fn names(found: &Templates) -> Vec<&str> {
    let groups = found.groups.iter();
    groups
        .flat_map(|g| g.templates.iter().map(|t| t.name.as_str()))
        .collect()
}

#[test]
fn without_a_person_every_template_is_offered_under_its_purpose() {
    let bench = Bench::new();
    let found = templates(&bench.reader, &TemplatesQuery::default()).expect("templates");
    assert_eq!(names(&found).len(), lint::TEMPLATES.len());
    assert!(found.not_yet.is_empty());
    assert_eq!(found.groups.len(), found.purposes.len());
    let spoken = TemplatesQuery {
        channel: "spoken".to_owned(),
        ..TemplatesQuery::default()
    };
    let found = templates(&bench.reader, &spoken).expect("templates");
    assert_eq!(names(&found), ["talk-approach", "ir-attending-intro"]);
    let observe = TemplatesQuery {
        purpose: "observe".to_owned(),
        channel: "email".to_owned(),
        ..TemplatesQuery::default()
    };
    let found = templates(&bench.reader, &observe).expect("templates");
    assert_eq!(names(&found), ["shadow-request"]);
}

#[test]
fn a_stranger_is_not_asked_for_a_letter_and_a_friend_not_introduced_to() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let query = TemplatesQuery {
        person: Some(bench.person("Asha Rao")),
        ..TemplatesQuery::default()
    };
    let before = templates(&bench.reader, &query).expect("templates");
    assert!(names(&before).contains(&"alumni-intro"));
    assert!(!names(&before).contains(&"letter-request"));
    let reason = |found: &Templates, name: &str| {
        let line = found.not_yet.iter().find(|(t, _)| t.name == name);
        line.map(|(_, reason)| *reason)
    };
    let letter = reason(&before, "letter-request").expect("set apart");
    assert!(letter.contains("worked with you"), "{letter}");
    let thanks = reason(&before, "thank-you").expect("set apart");
    assert!(thanks.contains("log it first"), "{thanks}");
    // A public text is for everybody.
    assert!(names(&before).contains(&"public-post"));

    bench.log("today call with Dr. Rao 15 min");
    let after = templates(&bench.reader, &query).expect("templates");
    assert!(names(&after).contains(&"thank-you"));
    let intro = reason(&after, "alumni-intro").expect("set apart");
    assert_eq!(intro, "You know each other already.");
}

#[test]
fn a_word_that_is_not_known_is_named_with_those_that_are() {
    let bench = Bench::new();
    let query = TemplatesQuery {
        purpose: "romance".to_owned(),
        ..TemplatesQuery::default()
    };
    let refused = templates(&bench.reader, &query).expect_err("refused");
    let DeskError::Bad {
        field, would_do, ..
    } = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(field, "purpose");
    assert!(would_do.contains("first-words"), "{would_do}");
}
