//! `vouch merge`: makes two stored people one.

use std::collections::BTreeMap;

use desk::views::duplicates::comparison;
use desk::views::people::find_person;
use domain::{MergeChoice, MergeField};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch merge`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The person to keep: the name, part of it, or the id.
    keep: String,
    /// The other record of the same person.
    other: String,
    /// Whose value stays where they differ: "note=both", "name=other", "ring=kept".
    #[arg(long, value_name = "FIELD=WHOSE")]
    take: Vec<String>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let choices = choices(&args.take)?;
    let (desk, reader) = context.open()?;
    let kept = find_person(&reader, &args.keep)?;
    let other = find_person(&reader, &args.other)?;
    let pair = comparison(&reader, kept, other)?;
    desk.merge_people(kept, other, &choices)?;
    context.print(format!(
        "Merged {} into {}. `vouch undo` takes it back.",
        pair.other.name, pair.kept.name
    ))?;
    for difference in &pair.differences {
        let field = MergeField::from_word(difference.field);
        let chosen = field.and_then(|field| choices.get(&field));
        let stays = match chosen.map_or(difference.suggested, |choice| choice.word()) {
            "other" => difference.other.clone(),
            "both" => format!("{} and {}", difference.kept, difference.other),
            _ => difference.kept.clone(),
        };
        context.print(format!("  {}: {stays}", difference.field))?;
    }
    Ok(Outcome::Done)
}

fn choices(take: &[String]) -> Result<BTreeMap<MergeField, MergeChoice>, CliError> {
    let read = |text: &String| {
        let (field, whose) = text.split_once('=')?;
        let field = MergeField::from_word(field.trim())?;
        let choice = MergeChoice::from_word(whose.trim())?;
        (choice != MergeChoice::Both || field.can_be_both()).then_some((field, choice))
    };
    let read_all = take.iter().map(|text| {
        read(text).ok_or_else(|| {
            let fields: Vec<&str> = MergeField::ALL.iter().map(|field| field.word()).collect();
            CliError::Usage(format!(
                "--take: \"{text}\" cannot be used; use a field ({}), \"=\", and kept, other, or both where both can stay",
                fields.join(", ")
            ))
        })
    });
    read_all.collect()
}
