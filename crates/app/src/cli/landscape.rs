//! `vouch landscape`: the ways into interventional radiology and their results.

use desk::views::landscape::{Ground, Results, landscape};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch landscape`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let all = landscape(&reader)?;
    if args.json {
        context.print_json(&all)?;
        return Ok(Outcome::Done);
    }
    context.print("Three ways, in years after medical school:")?;
    for way in &all.ways {
        let own = if way.preferred { ", your pathway" } else { "" };
        let split = way.split.as_deref().unwrap_or("not found");
        context.print(format!(
            "  {}: {} years ({split}){own} {}",
            way.name,
            way.years,
            ground(&way.ground)
        ))?;
    }
    print_results(context, "", &all.independent)?;
    for results in &all.integrated {
        print_results(context, "Integrated IR: ", results)?;
    }
    for results in &all.diagnostic {
        print_results(context, "Diagnostic radiology: ", results)?;
    }
    context.print("Graduates of schools abroad:")?;
    for line in &all.abroad {
        let year = line
            .year
            .map_or_else(|| "any year".to_owned(), |year| year.to_string());
        context.print(format!(
            "  {}, {year}, {}: US citizens {}; others {}{}",
            line.about,
            line.counted,
            line.us.as_deref().unwrap_or("not found"),
            line.non_us.as_deref().unwrap_or("not found"),
            line.ground
                .as_ref()
                .map(|it| format!(" {}", ground(it)))
                .unwrap_or_default()
        ))?;
    }
    context.print("Sources:")?;
    for source in &all.sources {
        context.print(format!("  [{}] {}", source.number, source.text))?;
    }
    Ok(Outcome::Done)
}

fn print_results(context: &mut Context<'_>, what: &str, results: &Results) -> Result<(), CliError> {
    context.print(format!("{what}{}:", results.title))?;
    for year in &results.years {
        context.print(format!(
            "  {}: positions {}, applicants {}, filled {}, left open {} {}",
            year.year,
            number(year.positions),
            number(year.applicants),
            number(year.filled),
            number(year.open),
            ground(&year.ground)
        ))?;
    }
    Ok(())
}

fn number(found: Option<u32>) -> String {
    found.map_or_else(|| "not found".to_owned(), |n| n.to_string())
}

/// Returns the source's number and how far it can be relied on.
fn ground(ground: &Ground) -> String {
    let check = if ground.unverified {
        ", check first"
    } else {
        ""
    };
    format!("[{}, {}{check}]", ground.source, ground.reliability)
}
