//! Drafts and problems as text, for fixtures to compare.

use std::fmt::Write as _;

use domain::{InteractionDraft, PersonDraft, Problem};
use formats::{Collected, ReadError, Summary};

/// Returns everything that a reading gave as text, one thing a line.
pub(crate) fn reading(outcome: &Result<Summary, ReadError>, found: &Collected) -> String {
    let mut text = String::new();
    for person in &found.people {
        show_person(&mut text, person);
    }
    for interaction in &found.interactions {
        show_interaction(&mut text, interaction);
    }
    for (line, hospital) in &found.hospitals {
        let label = hospital.label();
        let (site, kind) = (&hospital.site, &hospital.kind);
        writeln!(text, "hospital on line {line}: {site}: {label} ({kind})").unwrap();
    }
    for problem in &found.problems {
        show_problem(&mut text, problem);
    }
    for line in &found.empty_lines {
        writeln!(text, "empty record on line {line}").unwrap();
    }
    match outcome {
        Ok(summary) => {
            writeln!(text, "in all: {}", summary.sentence()).unwrap();
            assert_eq!(summary.n_people, found.people.len() as u64);
            assert_eq!(summary.n_hospitals, found.hospitals.len() as u64);
            assert_eq!(summary.n_problems, found.problems.len() as u64);
        }
        Err(e) => writeln!(text, "error: {e}").unwrap(),
    }
    text
}

fn show_person(text: &mut String, person: &PersonDraft) {
    writeln!(text, "person on line {}", person.line).unwrap();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let value = value.replace('\n', "⏎");
            writeln!(text, "  {name}: {value}").unwrap();
        }
    };
    field("title", &person.name.title);
    field("given", &person.name.given);
    field("family", &person.name.family);
    field("suffix", &person.name.suffix);
    field("credentials", &person.name.credentials);
    field("greet as", &person.name.greet_as);
    field("employer", &person.employer);
    field("position", &person.position);
    for contact in &person.contacts {
        let label = match contact.label.as_str() {
            "" => String::new(),
            label => format!(" ({label})"),
        };
        field(contact.kind.word(), &format!("{}{label}", contact.value));
    }
    if let Some(day) = person.known_since {
        field("known since", &day.to_string());
    }
    field("how found", &person.how_found);
    field("tags", &person.tags.join(" | "));
    field("note", &person.note);
    for (name, value) in &person.extra {
        field(&format!("extra {name}"), value);
    }
}

fn show_interaction(text: &mut String, interaction: &InteractionDraft) {
    writeln!(
        text,
        "interaction on line {}: {} {} {} with {}: {}",
        interaction.line,
        interaction.day,
        interaction.direction.word(),
        interaction.channel.word(),
        interaction.people.join(" | "),
        interaction.note.replace('\n', "⏎"),
    )
    .unwrap();
}

fn show_problem(text: &mut String, problem: &Problem) {
    let kept = if problem.record_kept { "kept" } else { "lost" };
    writeln!(text, "problem ({kept}): {problem}").unwrap();
}
