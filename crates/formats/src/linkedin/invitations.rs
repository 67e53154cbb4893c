//! LinkedIn `Invitations.csv`, with 5 or 7 columns.

use std::io::BufRead;

use domain::{Channel, Direction, InteractionDraft, Problem, Sink};
use jiff::civil::Date;

use super::person_text;
use crate::rows::{Header, Row, Rows, header_in};
use crate::text::{Lines, quoted};
use crate::{Format, Head, ReadError};

/// LinkedIn `Invitations.csv`.
pub const INVITATIONS: Format = Format {
    name: "linkedin-invitations",
    label: "LinkedIn Invitations.csv",
    about: "Invitations you sent and got, from LinkedIn's \"Get a copy of your data\".",
    detect,
    read,
};

/// How the note of an invitation begins.
const INVITATION: &str = "Invitation to connect";

/// Returns the message of an invitation, which may be empty; `None` where the
/// interaction is none.
pub fn invitation_message(draft: &InteractionDraft) -> Option<&str> {
    let rest = draft.note.strip_prefix(INVITATION)?;
    match rest {
        "" => Some(""),
        rest => rest.strip_prefix(": "),
    }
}

const WANTED: &[&str] = &["From", "To", "Sent At", "Direction"];

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(10)
        .any(|line| header_in(line, |header| header.has_all(WANTED)).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header(WANTED) else {
        return Err(crate::no_header(&mut rows, INVITATIONS.label));
    };
    rows.each(sink, |row, sink| read_row(&header, &row, sink));
    Ok(())
}

fn read_row(header: &Header, row: &Row, sink: &mut dyn Sink) -> bool {
    if row.is_blank() {
        return true;
    }
    let cell = |name| header.cell(row, name);
    let lost = |field: &str, found: &str, would_do: &str| Problem {
        line: row.line,
        field: field.to_owned(),
        found: quoted(found),
        would_do: would_do.to_owned(),
        record_kept: false,
    };
    let Some(day) = us_day(cell("Sent At")) else {
        return sink.problem(lost(
            "Sent At",
            cell("Sent At"),
            "a day such as 1/29/26, 2:37 PM",
        ));
    };
    let (direction, name, url) = match cell("Direction").to_uppercase().as_str() {
        "INCOMING" => (Direction::Incoming, cell("From"), cell("inviterProfileUrl")),
        "OUTGOING" => (Direction::Outgoing, cell("To"), cell("inviteeProfileUrl")),
        _ => {
            let found = cell("Direction");
            return sink.problem(lost("Direction", found, "INCOMING or OUTGOING"));
        }
    };
    if name.is_empty() && url.is_empty() {
        return sink.problem(lost("To", "", "a name or a profile"));
    }
    let note = match cell("Message") {
        "" => INVITATION.to_owned(),
        message => format!("{INVITATION}: {message}"),
    };
    sink.interaction(InteractionDraft {
        line: row.line,
        people: vec![person_text(name, url)],
        day,
        at: None,
        channel: Channel::LinkedIn,
        direction,
        note,
        unwanted: false,
    })
}

/// Returns the day of `1/29/26, 2:37 PM`: this file always has the month first.
fn us_day(text: &str) -> Option<Date> {
    let mut parts = text.split(',').next()?.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year: i16 = year.parse().ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
