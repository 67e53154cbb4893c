//! `vouch set-up`: who the student is.

use desk::verbs::plan_rotation::RotationEdit;
use desk::verbs::set_rhythms::RhythmOf;
use desk::views::set_up::{RotationLine, SetUp, set_up, student};
use desk::{Desk, Reader};
use domain::{Ring, RoleKind, RotationId, SiteId};
use jiff::civil::Date;

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
    /// The year you graduated, for a graduate.
    #[arg(long, value_name = "YEAR")]
    graduated: Option<String>,
    /// The year of the Match you aim at.
    #[arg(long, value_name = "YEAR")]
    season: Option<String>,
    /// Whether your school's own hospital has an IR program: yes or no.
    #[arg(long, value_name = "YES|NO")]
    home_ir: Option<String>,
    /// The visa you need: none, j1, h1b or either.
    #[arg(long)]
    visa: Option<String>,
    /// The way you prefer: integrated, diagnostic-first or open.
    #[arg(long)]
    pathway: Option<String>,
    /// Money for travel in a year, in US dollars.
    #[arg(long, value_name = "USD")]
    travel: Option<String>,
    /// Minutes a week for this work.
    #[arg(long)]
    minutes: Option<String>,
    /// The day of the week for it, such as Saturday.
    #[arg(long)]
    day: Option<String>,
    /// A rotation, now or next: "HOSPITAL; SERVICE; FIRST DAY; LAST DAY".
    #[arg(long, value_name = "ROTATION")]
    rotation: Vec<String>,
    /// Which hospital of the imported list a rotation's is: the rotation's
    /// hospital or id, and the number of the one that was offered.
    #[arg(long, value_name = "ROTATION=NUMBER")]
    hospital: Vec<String>,
    /// Take a rotation away, by its hospital or id.
    #[arg(long, value_name = "HOSPITAL")]
    remove_rotation: Vec<String>,
    /// How often to be in touch: "inner=60-120" for a ring, "resident=90" for a
    /// role, "tag:mentor=30-60" for a tag; nothing behind "=" takes it away.
    #[arg(long, value_name = "WHO=DAYS")]
    rhythm: Vec<String>,
    /// Most characters in a LinkedIn note: 200, or 300 on a paid account.
    #[arg(long, value_name = "NUMBER")]
    linkedin_characters: Option<String>,
    /// Most days of watching that a message may ask for.
    #[arg(long, value_name = "DAYS")]
    shadow_days: Option<String>,
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
        (&mut new.graduated, args.graduated),
        (&mut new.school, args.school),
        (&mut new.email, args.email),
        (&mut new.zone, args.zone),
        (&mut new.season, args.season),
        (&mut new.home_ir, args.home_ir),
        (&mut new.visa, args.visa),
        (&mut new.pathway, args.pathway),
        (&mut new.travel_usd, args.travel),
        (&mut new.minutes_week, args.minutes),
        (&mut new.usual_day, args.day),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            *field = value;
        }
    }
    if new != before {
        desk.set_up(&new)?;
    }
    let limits = [
        ("linkedin_characters", &args.linkedin_characters),
        ("shadow_days", &args.shadow_days),
    ];
    let set: Vec<(&str, &str)> = limits
        .into_iter()
        .filter_map(|(word, typed)| Some((word, typed.as_deref()?)))
        .collect();
    if !set.is_empty() {
        desk.set_limits(&set)?;
    }
    let mut typed = Vec::new();
    for text in &args.rhythm {
        typed.push(rhythm(text)?);
    }
    if !typed.is_empty() {
        desk.set_rhythms(&typed)?;
    }
    for text in &args.rotation {
        let mut parts = text.split(';').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        let edit = RotationEdit {
            hospital: next(),
            site: String::new(),
            service: next(),
            starts: next(),
            ends: next(),
        };
        desk.plan_rotation(None, &edit)?;
    }
    let today = desk.today()?;
    for text in &args.hospital {
        choose_hospital(text, &desk, &reader, today)?;
    }
    for hospital in &args.remove_rotation {
        let known = set_up(&reader, today)?.rotations;
        let (_, id) = rotation_called("--remove-rotation", hospital, &known)?;
        desk.remove_rotation(id)?;
    }
    let now = set_up(&reader, today)?;
    if args.json {
        context.print_json(&now)?;
        return Ok(Outcome::Done);
    }
    print(&now, context)
}

/// Returns the one rotation with this hospital or id.
fn rotation_called<'r>(
    option: &str,
    hospital: &str,
    known: &'r [RotationLine],
) -> Result<(&'r RotationLine, RotationId), CliError> {
    let fits = |r: &&RotationLine| r.id == *hospital || r.hospital == *hospital;
    let mut found = known.iter().filter(fits);
    let (Some(one), None) = (found.next(), found.next()) else {
        let all: Vec<String> = known
            .iter()
            .map(|r| format!("{} ({})", r.hospital, r.id))
            .collect();
        return Err(CliError::Usage(format!(
            "{option}: \"{hospital}\" cannot be used; use one of: {}",
            all.join("; ")
        )));
    };
    let id = one.id.parse();
    let id = id.map_err(|_| CliError::Usage(format!("{option}: \"{hospital}\" has no id")))?;
    Ok((one, id))
}

/// Says which hospital of the imported list that of a rotation is.
fn choose_hospital(text: &str, desk: &Desk, reader: &Reader, today: Date) -> Result<(), CliError> {
    let Some((hospital, number)) = text.rsplit_once('=') else {
        return Err(CliError::Usage(format!(
            "--hospital: \"{text}\" cannot be used; use \"Mercy Hospital=339902\""
        )));
    };
    let known = set_up(reader, today)?.rotations;
    let (rotation, id) = rotation_called("--hospital", hospital.trim(), &known)?;
    let edit = RotationEdit {
        hospital: rotation.hospital.clone(),
        site: SiteId::text_of_number(number),
        service: rotation.service.clone(),
        starts: rotation.starts.clone().unwrap_or_default(),
        ends: rotation.ends.clone().unwrap_or_default(),
    };
    desk.plan_rotation(Some(id), &edit)?;
    Ok(())
}

fn rhythm(text: &str) -> Result<(RhythmOf, String), CliError> {
    let would_do = || {
        CliError::Usage(format!(
            "--rhythm: \"{text}\" cannot be used; use inner=60-120, resident=90 or tag:mentor=30-60"
        ))
    };
    let (who, days) = text.rsplit_once('=').ok_or_else(would_do)?;
    let of = match who.strip_prefix("tag:") {
        Some(tag) => RhythmOf::Tag(tag.to_owned()),
        None => {
            let ring = Ring::from_word(who).map(RhythmOf::Ring);
            let role = RoleKind::from_word(who).map(RhythmOf::Role);
            ring.or(role).ok_or_else(would_do)?
        }
    };
    Ok((of, days.to_owned()))
}

fn print(now: &SetUp, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let s = &now.student;
    let lines = [
        ("name", &s.name),
        ("stage", &s.stage),
        ("graduated", &s.graduated),
        ("school", &s.school),
        ("email", &s.email),
        ("zone", &s.zone),
        ("season", &s.season),
        ("home IR program", &s.home_ir),
        ("visa", &s.visa),
        ("pathway", &s.pathway),
        ("money for travel", &s.travel_usd),
        ("minutes a week", &s.minutes_week),
        ("usual day", &s.usual_day),
    ];
    let mut unsaid = Vec::new();
    for (label, value) in lines {
        if value.is_empty() {
            unsaid.push(label);
        } else {
            context.print(format!("{label}: {value}"))?;
        }
    }
    for rotation in &now.rotations {
        let mut line = format!("rotation ({}): {}", rotation.when, rotation.hospital);
        if !rotation.service.is_empty() {
            line.push_str(&format!(", {}", rotation.service));
        }
        let days = [("from", &rotation.starts), ("to", &rotation.ends)];
        for (word, day) in days {
            if let Some(day) = day {
                line.push_str(&format!(" {word} {day}"));
            }
        }
        context.print(line)?;
        if !rotation.candidates.is_empty() {
            context.print(format!(
                "  Which hospital is it? `vouch set-up --hospital \"{}=NUMBER\"` says so:",
                rotation.hospital
            ))?;
        }
        for offered in &rotation.candidates {
            let (number, label, kind) = (offered.number(), &offered.label, &offered.kind);
            context.print(format!("  {number}: {label} ({kind})"))?;
        }
    }
    for (who, days) in &now.rhythms {
        context.print(format!("rhythm of {who}: {days} days"))?;
    }
    for limit in now
        .limits
        .iter()
        .filter(|l| l.number.value != l.number.usual)
    {
        context.print(format!("{}: {}", limit.number.label, limit.number.value))?;
    }
    if !now.applications_open.is_empty() {
        context.print(&now.applications_open)?;
    }
    if !unsaid.is_empty() {
        context.print(format!("not said: {}", unsaid.join(", ")))?;
    }
    Ok(Outcome::Done)
}
