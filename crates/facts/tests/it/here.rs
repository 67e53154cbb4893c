//! What is told and asked at the hospital where the student rotates.

use std::collections::HashSet;

use facts::{here, shipped};

#[test]
fn every_line_has_a_word_of_its_own_a_reason_and_an_origin() {
    let here = here();
    let words: Vec<&str> = here.lists.iter().map(|list| list.word.as_str()).collect();
    assert_eq!(words, ["opening", "shadowing", "closing"]);
    let items: Vec<_> = here.lists.iter().flat_map(|list| &list.items).collect();
    let unique: HashSet<&str> = items.iter().map(|item| item.word.as_str()).collect();
    assert_eq!(unique.len(), items.len());
    for item in items {
        assert!(
            item.text.ends_with('.') && item.why.ends_with('.'),
            "{item:?}"
        );
        match item.grade.as_str() {
            "S" => assert!(!item.trace.is_empty(), "{item:?}"),
            grade => assert_eq!((grade, item.trace.len()), ("X", 0), "{item:?}"),
        }
    }
}

#[test]
fn what_is_cited_as_evidence_is_there() {
    let here = here();
    let items = here.lists.iter().flat_map(|list| &list.items);
    let cited = items.flat_map(|item| &item.evidence);
    let cited = cited.chain(here.introduce.iter().flat_map(|told| &told.evidence));
    let mut n_cited = 0;
    for id in cited {
        assert!(shipped().evidence(id).is_some(), "{id}");
        n_cited += 1;
    }
    assert!(n_cited >= 3);
}

#[test]
fn every_requirement_of_a_rotation_has_its_line() {
    let here = here();
    let items = here.lists.iter().flat_map(|list| &list.items);
    let traces = items.flat_map(|item| &item.trace);
    let traces: HashSet<&str> = traces
        .chain(here.introduce.iter().flat_map(|told| &told.trace))
        .map(String::as_str)
        .collect();
    for id in [
        "S-004", "S-052", "S-053", "S-054", "S-055", "S-056", "S-057", "S-152", "S-153", "S-154",
        "S-155", "S-156", "S-157",
    ] {
        assert!(traces.contains(id), "{id}");
    }
    let asked: Vec<&str> = here.services.iter().map(|it| it.word.as_str()).collect();
    assert_eq!(asked, ["radiology", "ir"]);
    assert!(here.services.iter().all(|it| it.ask.ends_with('?')));
    assert!(here.item("letter").is_some() && here.item("nothing").is_none());
    assert!(here.service("ir").is_some() && here.service("mri").is_none());
}
