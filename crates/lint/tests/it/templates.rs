//! Every shipped template parses, is listed, and passes the rules when filled.

use std::collections::BTreeMap;
use std::path::Path;

use lint::{Example, Level, Settings, TEMPLATES, Template, TemplateError, check, fill, template};

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
}

/// Returns the filled template as a message to the person of the examples.
fn filled(template: &Template) -> lint::Message {
    let draft = fill(template, &template.examples());
    assert_eq!(draft.missing, [], "{}", template.name);
    let mut message = Example::plain("").message();
    message.text = draft.text;
    message.subject = draft.subject;
    message.channel = template.channel;
    message.scenario = template.scenario;
    if let Some(name) = template.examples().get("addressee") {
        message.recipient.name = name.replace("Ms. ", "");
        "Ms.".clone_into(&mut message.recipient.title);
    }
    message
}

#[test]
fn a_filled_template_passes_the_rules() {
    for template in TEMPLATES.iter() {
        let message = filled(template);
        let findings = check(&message, &Settings::default());
        assert!(
            findings.is_empty(),
            "{}: {findings:#?}\n{}",
            template.name,
            message.text
        );
        let lines = message
            .text
            .lines()
            .map(|l| l.len().div_ceil(72))
            .sum::<usize>();
        assert!(
            template.limits.lines_min.is_none_or(|n| n <= lines),
            "{}",
            template.name
        );
    }
}

#[test]
fn an_empty_template_cannot_be_ready() {
    for template in TEMPLATES.iter() {
        let draft = fill(template, &BTreeMap::new());
        assert_eq!(draft.missing.len(), template.slots.len());
        let mut message = filled(template);
        message.text = draft.text;
        let errors = check(&message, &Settings::default())
            .into_iter()
            .filter(|f| f.code == "placeholder-left" && f.level == Level::Error)
            .count();
        assert!(errors > 0, "{}", template.name);
    }
}

#[test]
fn a_template_that_does_not_parse_names_the_line() {
    let found = Template::parse("x", "title = \"a\"\nscenario = 3\n");
    assert!(
        matches!(found, Err(TemplateError::Shape { line: 2, .. })),
        "{found:?}"
    );
    assert!(template("no-such-template").is_none());
}
