//! What `vouch import` prints of a preview.

use desk::views::import::{PreviewView, ProblemLine};

use super::{CliError, Context};
use crate::words::count;

pub(super) fn show(view: &PreviewView, context: &mut Context<'_>) -> Result<(), CliError> {
    context.print(format!("{}: {}", view.source, view.kind))?;
    context.print(format!(
        "  {} read: {} new, {} unchanged, {} changed, {} to decide",
        view.n_read, view.n_new, view.n_same, view.n_update, view.n_ask
    ))?;
    if view.n_repeat > 0 {
        let rows = count(&view.n_repeat, "row stands", "rows stand");
        context.print(format!("  {rows} twice in the file"))?;
    }
    if view.n_empty > 0 {
        let hidden = count(&view.n_empty, "hidden member", "hidden members");
        context.print(format!("  {hidden} without a name"))?;
    }
    show_messages(view, context)?;
    if view.n_at_programs > 0 {
        context.print(format!(
            "  {} of the new work where programs are:",
            view.n_at_programs
        ))?;
    }
    for line in view.new.iter().filter(|line| line.place.is_some()) {
        if let Some((place, evidence)) = &line.place {
            context.print(format!("    {}: {place} ({evidence})", line.name))?;
        }
    }
    for update in &view.updates {
        for (field, stored, found, taken) in &update.changes {
            let taken = if *taken {
                ""
            } else {
                " (kept as you wrote it)"
            };
            context.print(format!(
                "  line {}: {} {field}: \"{stored}\" becomes \"{found}\"{taken}",
                update.line, update.person.1
            ))?;
        }
    }
    for ask in &view.asks {
        context.print(format!(
            "  line {}: is {} the same person as",
            ask.line, ask.name
        ))?;
        for (id, name, employer, reason) in &ask.candidates {
            context.print(format!("    {name}, {employer} ({reason}; {id})"))?;
        }
    }
    for employer in &view.employers {
        let n = if employer.n == 1 {
            String::new()
        } else {
            format!(" ({} people)", employer.n)
        };
        context.print(format!("  which place is \"{}\"{n}?", employer.text))?;
        for (label, evidence) in &employer.candidates {
            context.print(format!("    {label}: {evidence}"))?;
        }
    }
    if view.n_problems <= view.problems.len() {
        for problem in &view.problems {
            show_problem(problem, context)?;
        }
        return Ok(());
    }
    context.print(format!("  {} problems:", view.n_problems))?;
    for kind in &view.problem_kinds {
        let field = match kind.field.as_str() {
            "" => String::new(),
            field => format!("{field}, "),
        };
        context.print(format!(
            "    {} times, first in line {}: {field}found {}; would do: {}; {} left out",
            kind.n,
            kind.first_line,
            kind.first_found,
            kind.would_do,
            count(&kind.n_lost, "row", "rows"),
        ))?;
    }
    context.print("  --problems FILE writes them all into a table")?;
    Ok(())
}

fn show_messages(view: &PreviewView, context: &mut Context<'_>) -> Result<(), CliError> {
    if view.n_messages > 0 {
        let stored = match view.n_stored_messages {
            0 => String::new(),
            n => format!(", {n} of them stored already"),
        };
        let messages = count(&view.n_messages, "message", "messages");
        context.print(format!("  {messages} with people you know{stored}"))?;
    }
    if view.n_unclear_messages > 0 {
        let messages = count(&view.n_unclear_messages, "message waits", "messages wait");
        context.print(format!("  {messages} until it is clear with whom"))?;
    }
    if view.n_unwanted > 0 {
        let messages = count(&view.n_unwanted, "message", "messages");
        context.print(format!("  {messages} of the spam folder left out"))?;
    }
    if view.n_strangers > 0 {
        let people = count(&view.n_strangers, "person", "people");
        context.print(format!(
            "  {people} who wrote and whom you never answered left out; --strangers adds them"
        ))?;
    }
    let offer = &view.offer;
    if !offer.name.is_empty() || !offer.schools.is_empty() {
        let school = offer.schools.first().map_or("", String::as_str);
        let about = [offer.name.as_str(), school];
        let about: Vec<&str> = about.into_iter().filter(|t| !t.is_empty()).collect();
        context.print(format!(
            "  about you: {}; --about-me puts it into the set-up",
            about.join(", ")
        ))?;
    }
    for post in &offer.posts {
        let there = match post.n_colleagues {
            0 => String::new(),
            1 => "; 1 person of this file is there".to_owned(),
            n => format!("; {n} people of this file are there"),
        };
        context.print(format!("  you worked at {}{there}", post.place))?;
    }
    Ok(())
}

fn show_problem(problem: &ProblemLine, context: &mut Context<'_>) -> Result<(), CliError> {
    let kept = if problem.record_kept {
        "the rest is kept"
    } else {
        "the row is left out"
    };
    let field = match problem.field.as_str() {
        "" => String::new(),
        field => format!(", {field}"),
    };
    context.print(format!(
        "  line {}{field}: found {}; would do: {}; {kept}",
        problem.line, problem.found, problem.would_do
    ))
}
