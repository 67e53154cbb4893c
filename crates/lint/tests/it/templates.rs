//! Every shipped template parses, is listed, passes the rules when different
//! students fill it, and does not make them write the same letter.

use std::collections::BTreeMap;
use std::path::Path;

use lint::{
    Channel, Example, FIXED_SENTENCES, Finding, Level, Message, Purpose, Relationship, Scenario,
    Settings, TEMPLATES, Template, TemplateProblem, check, fill, similarity, template,
};

use crate::voices::{Voice, voices};

/// Returns all templates and their later steps.
fn all() -> impl Iterator<Item = &'static Template> {
    TEMPLATES
        .iter()
        .flat_map(|t| [t].into_iter().chain(&t.steps))
}

#[test]
fn the_list_of_templates_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    #[expect(clippy::disallowed_methods, reason = "a test may look at the folder")]
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    files.sort();
    let mut names: Vec<String> = TEMPLATES.iter().map(|t| t.name.clone()).collect();
    names.sort();
    assert_eq!(files, names);
    assert_eq!(names.len(), 28);
}

#[test]
fn every_scenario_and_purpose_has_a_template() {
    for scenario in Scenario::ALL {
        assert!(
            TEMPLATES.iter().any(|t| t.name == scenario.word()),
            "{scenario:?}"
        );
    }
    for purpose in Purpose::ALL {
        assert!(TEMPLATES.iter().any(|t| t.serves == *purpose));
        assert_eq!(Purpose::from_word(purpose.word()), Some(*purpose));
    }
}

#[test]
fn a_step_is_found_under_its_template() {
    let step = template("intro-request/thanks").expect("a step");
    assert_eq!(step.serves, Purpose::Thanks);
    assert!(template("intro-request/dance").is_none());
    assert!(template("no-such-template").is_none());
}

/// Returns the message that a voice makes of a template, as written to somebody
/// who knows them that well.
fn written(voice: &Voice, template: &Template, relationship: Option<Relationship>) -> Message {
    let values = voice.values(template);
    let draft = fill(template, &values);
    assert_eq!(
        draft.missing.iter().filter(|m| m.required).count(),
        0,
        "{} by {}: {:?}",
        template.name,
        voice.name,
        draft.missing
    );
    let mut message = Message::new(
        template.channel,
        template.scenario,
        jiff::civil::date(2027, 6, 1),
        &draft.text,
    );
    message.subject = draft.subject;
    voice.tell(template, &mut message);
    if template.scenario == Scenario::InterviewThankYou {
        message.context.season_phase = lint::SeasonPhase::Interview;
    }
    match relationship {
        None => "audience".clone_into(&mut message.recipient.role),
        Some(relationship) => {
            message.recipient.relationship = relationship;
            message.recipient.acquainted_days = match relationship {
                Relationship::Stranger => 0,
                Relationship::MetOnce => 5,
                _ => 200,
            };
        }
    }
    message
}

/// Returns the ways in which a template may be used: how well the recipient
/// knows the student, or nobody in particular.
fn relationships(template: &Template) -> Vec<Option<Relationship>> {
    match template.fits.as_slice() {
        [] => vec![None],
        fits => fits.iter().copied().map(Some).collect(),
    }
}

/// Returns the findings that stand in the way.
fn blocking(message: &Message) -> Vec<Finding> {
    let mut findings = check(message, &Settings::default());
    findings.retain(|f| f.level < Level::Note);
    findings
}

#[test]
fn a_template_filled_by_different_voices_passes_the_rules() {
    let mut wrong = Vec::new();
    for template in all() {
        for voice in voices() {
            for relationship in relationships(template) {
                let message = written(voice, template, relationship);
                for finding in blocking(&message) {
                    wrong.push(format!(
                        "{} by {} to {relationship:?}: {} {:?}\n{}",
                        template.name,
                        voice.name,
                        finding.code,
                        finding
                            .start
                            .zip(finding.end)
                            .map(|(s, e)| &message.text[s..e]),
                        message.text
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n---\n")
    );
}

#[test]
fn a_template_filled_by_its_examples_passes_all_rules_but_the_twin() {
    let mut wrong = Vec::new();
    for template in all() {
        let mut message = Example::plain("").message();
        let examples = template.examples();
        let draft = fill(template, &examples);
        assert_eq!(draft.missing, [], "{}", template.name);
        message.text = draft.text;
        message.subject = draft.subject;
        message.channel = template.channel;
        message.scenario = template.scenario;
        if let Some(name) = examples.get("addressee") {
            message.recipient.name = name.replace("Ms. ", "");
            "Ms.".clone_into(&mut message.recipient.title);
        }
        let Some(first) = template.fits.first() else {
            "audience".clone_into(&mut message.recipient.role);
            continue;
        };
        message.recipient.relationship = *first;
        message.recipient.acquainted_days = 200;
        let findings = check(&message, &Settings::default());
        let twin = findings.iter().find(|f| f.code == "mass-text");
        // Who sends the examples sends what every other student could.
        assert_eq!(
            twin.map(|f| f.level),
            (!message.channel.is_public()).then_some(Level::Error),
            "{}",
            template.name
        );
        for finding in findings.iter().filter(|f| f.code != "mass-text") {
            wrong.push(format!(
                "{}: {} {:?}\n{}",
                template.name,
                finding.code,
                finding
                    .start
                    .zip(finding.end)
                    .map(|(s, e)| &message.text[s..e]),
                message.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

#[test]
fn two_students_with_one_template_do_not_write_one_letter() {
    let mut wrong = Vec::new();
    for template in all() {
        let messages: Vec<Message> = voices()
            .iter()
            .map(|voice| written(voice, template, template.fits.first().copied()))
            .collect();
        for (n, one) in messages.iter().enumerate() {
            for other in &messages[n + 1..] {
                let score = similarity(one, other);
                if score >= 0.40 {
                    wrong.push(format!(
                        "{}: {score:.2}\n{}\n{}",
                        template.name, one.text, other.text
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

#[test]
fn who_writes_little_into_a_template_is_warned() {
    let template = template("alumni-intro").expect("shipped");
    let voice = &voices()[0];
    let mut values = voice.values(template);
    let warned = |values: &BTreeMap<String, String>| {
        let mut message = written(voice, template, Some(Relationship::Stranger));
        message.text = fill(template, values).text;
        let findings = check(&message, &Settings::default());
        let found = findings.iter().find(|f| f.code == "mass-text");
        found.map(|f| (f.level, f.message.clone()))
    };
    assert_eq!(warned(&values), None);
    for (slot, little) in [("personal", "I like it."), ("question", "more")] {
        values.insert(slot.to_owned(), little.to_owned());
    }
    values.remove("how_found");
    values.insert("how_found".to_owned(), "A page.".to_owned());
    let (level, message) = warned(&values).expect("a warning");
    assert_eq!(level, Level::Warn);
    assert!(
        message.contains("Write to a graduate of your school"),
        "{message}"
    );
    let (level, _) = warned(&template.examples()).expect("an error");
    assert_eq!(level, Level::Error);
}

#[test]
fn a_filled_template_keeps_its_own_limits() {
    for template in all() {
        for voice in voices() {
            let message = written(voice, template, template.fits.first().copied());
            let text = &message.text;
            let place = format!("{} by {}", template.name, voice.name);
            let limits = &template.limits;
            let n_chars = text.chars().count();
            assert!(
                limits.characters.is_none_or(|n| n_chars <= n),
                "{place}: {n_chars}"
            );
            let seconds =
                u32::try_from((text.split_whitespace().count() * 60).div_ceil(130)).expect("short");
            assert!(
                limits.seconds.is_none_or(|n| seconds <= n),
                "{place}: {seconds} s"
            );
            assert_eq!(
                limits.seconds.is_some(),
                template.channel == Channel::Spoken,
                "{place}"
            );
            let n_lines: usize = text.lines().map(|l| l.chars().count().div_ceil(72)).sum();
            assert!(
                limits.lines_min.is_none_or(|n| n <= n_lines),
                "{place}: {n_lines}"
            );
            assert!(
                limits.lines_max.is_none_or(|n| n_lines <= n),
                "{place}: {n_lines}"
            );
        }
    }
}

#[test]
fn an_untouched_template_cannot_be_ready() {
    for template in all() {
        let draft = fill(template, &BTreeMap::new());
        assert_eq!(draft.missing.len(), template.slots.len());
        assert!(has_blank(template, &draft.text), "{}", template.name);

        // The same where only the personal slots are left as they came.
        for voice in voices() {
            let mut values = voice.values(template);
            values.retain(|name, _| template.slot(name).is_none_or(|s| !s.personal));
            let text = fill(template, &values).text;
            assert!(has_blank(template, &text), "{}", template.name);
        }
    }
}

fn has_blank(template: &Template, text: &str) -> bool {
    let mut message = written(&voices()[0], template, template.fits.first().copied());
    message.text = text.to_owned();
    let findings = check(&message, &Settings::default());
    // What is blank is one finding, not a chorus.
    assert!(
        findings.iter().all(|f| f.code != "mass-text"),
        "{findings:?}"
    );
    findings
        .iter()
        .any(|f| f.code == "placeholder-left" && f.level == Level::Error)
}

#[test]
fn the_match_and_the_patients_come_first() {
    let before = |name: &str| template(name).expect("shipped").before.join(" ");
    assert!(before("advocacy-request").contains("Match"));
    assert!(before("interview-thank-you").contains("send nothing"));
    assert!(before("public-post").contains("No patient"));
    assert!(before("case-summary").contains("hospital"));
    assert_eq!(template("letter-request").expect("shipped").packet.len(), 3);
    let cleared = template("shadow-request").and_then(|t| t.slot("cleared"));
    assert_eq!(cleared.expect("a slot").choices.len(), 3);
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let good = "title = \"a\"\nserves = \"thanks\"\nscenario = \"thank-you\"\nchannel = \"email\"\n\
        audience = \"b\"\nfits = [\"mentor\"]\npurpose = \"c\"\nbody = \"\"\"\nDear {surname},\n\
        {own}\n\"\"\"\nfollow_up = \"d\"\n\n[[slot]]\nname = \"own\"\npersonal = true\n\
        hint = \"e\"\nexample = \"f\"\n";
    assert!(Template::parse("x", good).is_ok());
    let broken = |from: &str, to: &str| {
        let error = Template::parse("x", &good.replace(from, to)).expect_err("broken");
        error.to_string()
    };
    let wrong = [
        ("title = \"a\"", "title = a", "x.toml, line 1: "),
        (
            "title = \"a\"",
            "titel = \"a\"",
            "x.toml, line 1: unknown field `titel`",
        ),
        (
            "hint = \"e\"",
            "hunt = \"e\"",
            "x.toml, line 17: unknown field `hunt`",
        ),
        (
            "serves = \"thanks\"\n",
            "",
            "x.toml, line 1: missing field `serves`",
        ),
        (
            "email",
            "pigeon",
            "x.toml, line 4: channel: found \"pigeon\"; would do: email, ",
        ),
        (
            "[\"mentor\"]",
            "[\"boss\"]",
            "x.toml, line 6: fits: found \"boss\"",
        ),
        (
            "{own}",
            "{won}",
            "x.toml, line 10: the slot \"won\" is used but not declared",
        ),
        (
            "{own}",
            "{own",
            "x.toml, line 10: a brace is not closed in \"{own\"",
        ),
        (
            "{own}",
            "a b c. d e f. g h i. {own}",
            "x.toml, line 8: 3 sentences have no slot",
        ),
        (
            "personal = true\n",
            "",
            "x.toml, line 8: no required slot is personal",
        ),
        (
            "personal = true",
            "from = \"moon\"",
            "x.toml, line 16: from: found \"moon\"",
        ),
        (
            "follow_up = \"d\"\n",
            "follow_up = \"d\"\n\n[[slot]]\nname = \"z\"\nhint = \"\"\nexample = \"\"\n",
            "x.toml, line 14: the slot \"z\" is declared but not used",
        ),
        (
            "follow_up = \"d\"\n",
            "follow_up = \"d\"\n\n[[slot]]\nname = \"own\"\nhint = \"\"\nexample = \"\"\n",
            "x.toml, line 19: the slot \"own\" is declared twice",
        ),
    ];
    for (from, to, expected) in wrong {
        let said = broken(from, to);
        assert!(said.starts_with(expected), "{to}\n{said}");
    }
    let error = Template::parse("x", "scenario = 3\n").expect_err("broken");
    assert!(matches!(error.problem, TemplateProblem::Shape(_)));
    assert_eq!((error.file.as_str(), error.line), ("x.toml", 1));
    assert_eq!(FIXED_SENTENCES, 2);
}
