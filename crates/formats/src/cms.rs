//! CMS "Hospital General Information": every hospital that Medicare knows.
//!
//! The file is published at data.cms.gov/provider-data (data set `xubh-q36u`),
//! a public domain work, renewed every few months. Its columns were renamed
//! twice: "Provider ID" and "Hospital Name" (about 2017), "Facility ID",
//! "City" and "County Name" (to about 2021), "City/Town" (now); the interface
//! of the same data set writes `facility_id` and `citytown`. What goes wrong
//! with such files: a page of the site saved as `.csv`, and a spreadsheet that
//! took the numbers of hospitals for numbers and dropped the zeros before them.

use std::io::BufRead;

use domain::{Hospital, Problem, Sink, SiteId};

use crate::rows::{Header, Row, Rows, header_in};
use crate::text::{Lines, quoted};
use crate::{Format, Head, ReadError};

/// CMS "Hospital General Information".
pub const HOSPITALS: Format = Format {
    name: "cms-hospitals",
    label: "CMS Hospital General Information list",
    about: "Hospitals with city and state, \"Hospital General Information\" from data.cms.gov/provider-data.",
    detect,
    read,
};

/// The names that a column has had, the present one first.
const ID: &[&str] = &["Facility ID", "Provider ID"];
const NAME: &[&str] = &["Facility Name", "Hospital Name"];
const CITY: &[&str] = &["City/Town", "City", "citytown"];
const STATE: &[&str] = &["State"];
const KIND: &[&str] = &["Hospital Type"];

/// The characters of a certification number.
const CCN_LEN: usize = 6;

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(10)
        .any(|line| header_in(line, is_header).is_some())
}

/// Other files of CMS have an id and a name, too; only this one has the type.
fn is_header(header: &Header) -> bool {
    [ID, NAME, STATE, KIND]
        .iter()
        .all(|names| column(header, names).is_some())
}

/// Returns the name under which a column stands in this file.
fn column(header: &Header, names: &[&'static str]) -> Option<&'static str> {
    let mut names = names.iter().copied();
    names.find(|name| header.position(name).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header_where(is_header) else {
        return Err(crate::no_header(&mut rows, HOSPITALS.label));
    };
    rows.each(sink, |row, sink| read_row(&header, &row, sink));
    Ok(())
}

fn read_row(header: &Header, row: &Row, sink: &mut dyn Sink) -> bool {
    if row.is_blank() {
        return true;
    }
    let cell = |names: &[&'static str]| column(header, names).map_or("", |it| header.cell(row, it));
    let problem = |names: &[&'static str], would_do: &str, record_kept: bool| Problem {
        line: row.line,
        field: column(header, names).unwrap_or(names[0]).to_owned(),
        found: quoted(cell(names)),
        would_do: would_do.to_owned(),
        record_kept,
    };
    let Some((site, is_mended)) = site(cell(ID)) else {
        return sink.problem(problem(ID, "six letters and digits, as in 220071", false));
    };
    let name = one_line(cell(NAME));
    if name.is_empty() {
        return sink.problem(problem(NAME, "the name of the hospital", false));
    }
    if is_mended {
        let would_do = "all six characters; the zeros before them were put back";
        if !sink.problem(problem(ID, would_do, true)) {
            return false;
        }
    }
    let state = cell(STATE).to_uppercase();
    let is_state = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    if !is_state && !sink.problem(problem(STATE, "two letters, as in NY", true)) {
        return false;
    }
    let hospital = Hospital {
        site,
        name,
        city: one_line(cell(CITY)),
        state: if is_state { state } else { String::new() },
        kind: one_line(cell(KIND)),
    };
    sink.hospital(row.line, hospital)
}

/// Returns the site of a certification number, and whether zeros that a
/// spreadsheet dropped were put back.
fn site(id: &str) -> Option<(SiteId, bool)> {
    let is_short = (1..CCN_LEN).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    let whole = if is_short {
        format!("{id:0>CCN_LEN$}")
    } else {
        id.to_uppercase()
    };
    let is_whole = whole.len() == CCN_LEN && whole.bytes().all(|b| b.is_ascii_alphanumeric());
    let site = is_whole.then(|| SiteId::new(&format!("ccn-{whole}")))?;
    Some((site.ok()?, is_short))
}

/// Returns a cell without the double blanks and line breaks that this file has.
fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}
