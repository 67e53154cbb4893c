//! Every rule flags what it says it flags, and allows what it says it allows.

use lint::{Level, Message, RULES, Settings, check, check_batch, similarity};

/// Returns what the rules find; `mass-text` sees a twin sent to somebody else.
fn findings(message: &Message) -> Vec<lint::Finding> {
    let mut twin = message.clone();
    "twin".clone_into(&mut twin.id);
    "Asha Rao".clone_into(&mut twin.recipient.name);
    twin.text = "Dear Dr. Rao,\n\nYour podcast is the best hour of my week. May I ask you for ten \
                 minutes on Friday about the way into radiology from an island school?"
        .to_owned();
    check_batch(&[message.clone(), twin], &Settings::default()).swap_remove(0)
}

#[test]
fn every_rule_keeps_to_its_examples() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let meta = rule.meta;
        let fires = |example: &lint::Example| {
            findings(&example.message())
                .iter()
                .any(|finding| finding.code == meta.name)
        };
        assert!(!meta.flags.is_empty(), "{} flags nothing", meta.name);
        assert!(!meta.allows.is_empty(), "{} allows nothing", meta.name);
        for example in meta.flags {
            if !fires(example) {
                wrong.push(format!("{} misses: {example:?}", meta.name));
            }
        }
        for example in meta.allows {
            if fires(example) {
                wrong.push(format!("{} flags: {example:?}", meta.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_that_is_switched_off_is_silent() {
    let rule = RULES
        .iter()
        .find(|r| r.meta.name == "missing-salutation")
        .expect("missing-salutation is a rule");
    let message = rule.meta.flags[0].message();
    let mut settings = Settings::default();
    assert!(
        check(&message, &settings)
            .iter()
            .any(|f| f.code == "missing-salutation")
    );
    settings.off.insert("missing-salutation".to_owned());
    assert!(
        check(&message, &settings)
            .iter()
            .all(|f| f.code != "missing-salutation")
    );
}

#[test]
fn findings_come_in_the_documented_order_and_point_into_the_text() {
    for rule in RULES {
        for example in rule.meta.flags {
            let message = example.message();
            let findings = check(&message, &Settings::default());
            let keys: Vec<_> = findings.iter().map(|f| (f.start, f.code)).collect();
            let mut sorted = keys.clone();
            sorted.sort();
            assert_eq!(keys, sorted);
            for finding in &findings {
                assert_eq!(finding.start.is_some(), finding.end.is_some());
                if let (Some(start), Some(end)) = (finding.start, finding.end) {
                    assert!(start <= end && message.text.get(start..end).is_some());
                }
            }
        }
    }
}

#[test]
fn twins_are_reported_on_both_sides_with_the_name_of_the_other() {
    let text = "Your panel on night float changed how I plan my week at the hospital.";
    let mut one = lint::Example::plain(text).message();
    "m1".clone_into(&mut one.id);
    let mut other = one.clone();
    "m2".clone_into(&mut other.id);
    "Asha Rao".clone_into(&mut other.recipient.name);
    assert!(similarity(&one, &other) > 0.99);
    let found = check_batch(&[one.clone(), other.clone()], &Settings::default());
    for (findings, twin) in found.iter().zip(["m2", "m1"]) {
        let finding = findings
            .iter()
            .find(|f| f.code == "mass-text")
            .expect("both are reported");
        assert_eq!(finding.level, Level::Error);
        assert!(finding.message.contains(twin));
    }
    // The same person may get two drafts; another sender is another matter.
    other.recipient = one.recipient.clone();
    let found = check_batch(&[one.clone(), other.clone()], &Settings::default());
    assert!(found.iter().flatten().all(|f| f.code != "mass-text"));
    "Asha Rao".clone_into(&mut other.recipient.name);
    "Somebody Else".clone_into(&mut other.sender.name);
    let found = check_batch(&[one, other], &Settings::default());
    assert!(found.iter().flatten().all(|f| f.code != "mass-text"));
}

#[test]
fn a_megabyte_and_strange_texts_come_back() {
    let texts = [
        "Could you tell me where I stand on your list, if I may ask? ".repeat(300),
        "rank ".repeat(200_000),
        "x".repeat(1_000_000),
        "[".repeat(100_000),
        "\"a\n".repeat(50_000),
        "s h i t ".repeat(20_000),
        "Ça va? \u{202e}\u{0301}".repeat(6_000),
        String::new(),
    ];
    for text in texts {
        let mut message = lint::Example::with("phase=ranking", "").message();
        message.text = text;
        for finding in check(&message, &Settings::default()) {
            if let (Some(start), Some(end)) = (finding.start, finding.end) {
                assert!(message.text.get(start..end).is_some(), "{finding:?}");
            }
        }
    }
}
