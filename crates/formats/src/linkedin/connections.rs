//! LinkedIn `Connections.csv` in every variant that was seen.
//!
//! Notes may stand before the header, so the header is searched and never
//! assumed on a fixed line; with a plain header reader every row is skipped and
//! the import "succeeds" with nobody. The URL column came in 2023. Members who
//! hide themselves leave a row with a date and nothing else.

use std::io::BufRead;

use domain::{ContactKind, ContactPoint, PersonDraft, PersonName, Problem, Sink};
use jiff::civil::Date;

use crate::days::{file_day, fits_two_days, spoken};
use crate::rows::{Header, Row, Rows, header_in};
use crate::text::{Lines, quoted};
use crate::{Format, Head, ReadError};

/// LinkedIn `Connections.csv`.
pub const CONNECTIONS: Format = Format {
    name: "linkedin-connections",
    label: "LinkedIn Connections.csv",
    about: "Your connections, from LinkedIn's \"Get a copy of your data\".",
    detect,
    read,
};

/// The columns that make a header of this kind.
const WANTED: &[&str] = &["First Name", "Connected On"];

/// The columns whose content has a place in a draft.
const PLACED: &[&str] = &[
    "First Name",
    "Last Name",
    "URL",
    "Email Address",
    "Company",
    "Position",
    "Connected On",
];

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(30)
        .any(|line| header_in(line, |header| header.has_all(WANTED)).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header(WANTED) else {
        let start = rows.next_row().map(|row| row.cells.join(","));
        return Err(ReadError::NotThisFormat {
            found: format!(
                "no header with \"First Name\" and \"Connected On\"; the text begins {}",
                quoted(&start.unwrap_or_default())
            ),
            would_do: "Connections.csv from LinkedIn's \"Get a copy of your data\"".to_owned(),
        });
    };
    rows.each(sink, |row, sink| read_row(&header, row, sink));
    Ok(())
}

/// Hands on what one row says; `false` means stop.
fn read_row(header: &Header, mut row: Row, sink: &mut dyn Sink) -> bool {
    if row.is_blank() {
        return row.damage.is_empty() || sink.empty_record(row.line);
    }
    if let Some(problem) = fit_to_header(header, &mut row)
        && !sink.problem(problem)
    {
        return false;
    }
    let cell = |name| header.cell(&row, name);
    let (first, last) = (cell("First Name"), cell("Last Name"));
    let date_alone = ["URL", "Email Address", "Company", "Position"]
        .iter()
        .all(|name| cell(name).is_empty());
    if first.is_empty() && last.is_empty() {
        if date_alone {
            return sink.empty_record(row.line);
        }
        return sink.problem(Problem {
            line: row.line,
            field: "First Name".to_owned(),
            found: "neither a first nor a last name".to_owned(),
            would_do: "at least one of the two".to_owned(),
            record_kept: false,
        });
    }
    let mut draft = PersonDraft {
        line: row.line,
        name: name_of(first, last),
        employer: cell("Company").to_owned(),
        position: cell("Position").to_owned(),
        contacts: contacts(cell("URL"), cell("Email Address")),
        ..PersonDraft::default()
    };
    let written = [first, last].join(" ");
    if !without_pictures(&written).eq(written.trim()) {
        draft
            .extra
            .push(("Name as written".to_owned(), written.trim().to_owned()));
    }
    let connected_on = cell("Connected On");
    let day = file_day(connected_on);
    draft.known_since = day;
    draft.how_found = how_found(day);
    if day.is_none() && !connected_on.is_empty() {
        draft
            .extra
            .push(("Connected On".to_owned(), connected_on.to_owned()));
    }
    keep_other_columns(header, &row, &mut draft);
    if day.is_none() && !sink.problem(no_day(row.line, connected_on)) {
        return false;
    }
    if let Some(problem) = odd_address(row.line, cell("Email Address"))
        && !sink.problem(problem)
    {
        return false;
    }
    sink.person(draft)
}

/// Makes a row of the wrong length fit the header as well as it can be, and
/// returns what was wrong.
///
/// In a long row a comma stood outside quotes, almost always in the company or
/// the position: the first cells and the date at the end are certain, and of
/// what lies between the last is taken as the position.
fn fit_to_header(header: &Header, row: &mut Row) -> Option<Problem> {
    let (n_cells, n_names) = (row.cells.len(), header.names.len());
    if n_cells == n_names {
        return None;
    }
    let surplus_is_blank =
        n_cells > n_names && row.cells[n_names..].iter().all(|c| c.trim().is_empty());
    if surplus_is_blank {
        row.cells.truncate(n_names);
        return None;
    }
    let problem = Problem {
        line: row.line,
        field: String::new(),
        found: format!("{n_cells} cells where the header has {n_names}"),
        would_do: "a cell for every column, and quotes around a value with a comma".to_owned(),
        record_kept: true,
    };
    let company = header.position("Company");
    let position = header.position("Position");
    let date = header.position("Connected On");
    join_split_day(row, n_names);
    if row.cells.len() > n_names
        && let (Some(company), Some(position), Some(date)) = (company, position, date)
        && position == company + 1
        && date == position + 1
        && date + 1 == n_names
        && row.cells.last().is_some_and(|c| file_day(c).is_some())
    {
        let last = row.cells.pop().unwrap_or_default();
        let post = row.cells.pop().unwrap_or_default();
        let employer = row.cells.split_off(company).join(",");
        row.cells.extend([employer, post, last]);
    }
    Some(problem)
}

/// Puts "Feb 8" and "2026" at the end of a long row together again.
fn join_split_day(row: &mut Row, n_names: usize) {
    if row.cells.len() <= n_names {
        return;
    }
    if let [.., day, year] = row.cells.as_slice()
        && file_day(year).is_none()
        && let whole = format!("{day},{year}")
        && file_day(&whole).is_some()
    {
        row.cells.truncate(row.cells.len() - 2);
        row.cells.push(whole);
    }
}

/// Returns the name without emoji and other pictures, which people put into
/// their names on LinkedIn.
fn name_of(first: &str, last: &str) -> PersonName {
    let (given, family) = (without_pictures(first), without_pictures(last));
    let mut name = PersonName::from_parts(&given, &family);
    if name.is_empty() {
        // Only pictures or a degree: better those than nobody.
        name.given = format!("{first} {last}").trim().to_owned();
    }
    name
}

fn without_pictures(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !is_picture(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_picture(c: char) -> bool {
    matches!(u32::from(c),
        0x2190..=0x2BFF | 0x3030 | 0x303D | 0xFE00..=0xFE0F | 0x20E3
        | 0x1F000..=0x1FAFF | 0xE0020..=0xE007F)
        || matches!(c, '®' | '©' | '™' | '\u{200D}')
}

fn contacts(url: &str, email: &str) -> Vec<ContactPoint> {
    let mut contacts = Vec::new();
    if !url.is_empty() {
        contacts.push(ContactPoint {
            kind: ContactKind::LinkedIn,
            value: url.to_owned(),
            label: String::new(),
        });
    }
    if email.contains('@') {
        contacts.push(ContactPoint {
            kind: ContactKind::Email,
            value: email.to_owned(),
            label: String::new(),
        });
    }
    contacts
}

fn how_found(day: Option<Date>) -> String {
    match day {
        Some(day) => format!("LinkedIn connection since {}", spoken(day)),
        None => "LinkedIn connection".to_owned(),
    }
}

fn keep_other_columns(header: &Header, row: &Row, draft: &mut PersonDraft) {
    for (i, name) in header.names.iter().enumerate() {
        let value = row.cells.get(i).map_or("", |cell| cell.trim());
        let is_placed = || PLACED.iter().any(|p| header.position(p) == Some(i));
        if !value.is_empty() && !is_placed() {
            draft.extra.push((name.clone(), value.to_owned()));
        }
    }
    for (value, number) in row.cells.iter().zip(1..).skip(header.names.len()) {
        if !value.trim().is_empty() {
            let extra = (format!("column {number}"), value.trim().to_owned());
            draft.extra.push(extra);
        }
    }
    let email = header.cell(row, "Email Address");
    if !email.is_empty() && !email.contains('@') {
        draft
            .extra
            .push(("Email Address".to_owned(), email.to_owned()));
    }
}

fn no_day(line: u64, written: &str) -> Problem {
    let found = if fits_two_days(written) {
        format!("{}, which two days fit", quoted(written))
    } else {
        quoted(written)
    };
    Problem {
        line,
        field: "Connected On".to_owned(),
        found,
        would_do: "a day such as 08 Feb 2026".to_owned(),
        record_kept: true,
    }
}

fn odd_address(line: u64, email: &str) -> Option<Problem> {
    (!email.is_empty() && !email.contains('@')).then(|| Problem {
        line,
        field: "Email Address".to_owned(),
        found: quoted(email),
        would_do: "an address with \"@\"".to_owned(),
        record_kept: true,
    })
}
