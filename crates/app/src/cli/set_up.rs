//! `vouch set-up`: who the student is.

use desk::views::set_up::student;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch set-up`. What is left out stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Your name.
    #[arg(long)]
    name: Option<String>,
    /// MS1, MS2, MS3, MS4 or graduate.
    #[arg(long)]
    stage: Option<String>,
    /// Your medical school, by name or usual abbreviation.
    #[arg(long)]
    school: Option<String>,
    /// Your e-mail address, for the sender line of message files.
    #[arg(long)]
    email: Option<String>,
    /// Your time zone, such as America/Barbados.
    #[arg(long)]
    zone: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let mut new = student(&reader)?;
    let before = new.clone();
    let fields = [
        (&mut new.name, args.name),
        (&mut new.stage, args.stage),
        (&mut new.school, args.school),
        (&mut new.email, args.email),
        (&mut new.zone, args.zone),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            *field = value;
        }
    }
    if new != before {
        desk.set_up(&new)?;
    }
    let now = student(&reader)?;
    if args.json {
        context.print_json(&now)?;
        return Ok(Outcome::Done);
    }
    let shown = |text: &str| {
        if text.is_empty() {
            "not said".to_owned()
        } else {
            text.to_owned()
        }
    };
    let lines = [
        ("name", shown(&now.name)),
        ("stage", shown(&now.stage)),
        ("school", shown(&now.school)),
        ("email", shown(&now.email)),
        ("zone", shown(&now.zone)),
    ];
    for (label, value) in lines {
        context.print(format!("{label}: {value}"))?;
    }
    Ok(Outcome::Done)
}
