//! Outlook contacts CSV: of the desktop program and of the web.
//!
//! `Title` is how to address the person and `Job Title` the post; `0/0/00` is
//! no date; an Exchange directory path in an address column is no address.

use std::io::BufRead;

use domain::{Sink, fold_key};

use crate::columns::{ColumnRole, Label, Plan, Planned, read_people};
use crate::rows::{Header, Rows, header_in};
use crate::text::Lines;
use crate::{Format, Head, ReadError};

/// Outlook contacts CSV.
pub const OUTLOOK: Format = Format {
    name: "outlook-contacts",
    label: "Outlook contacts CSV",
    about: "Contacts exported from Outlook, from the program or the web.",
    detect,
    read,
};

/// The columns that both layouts have and no other export.
const WANTED: &[&str] = &[
    "First Name",
    "Last Name",
    "E-mail Address",
    "Business Phone",
];

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(3)
        .any(|line| header_in(line, |header| header.has_all(WANTED)).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header(WANTED) else {
        return Err(crate::no_header(&mut rows, OUTLOOK.label));
    };
    let plan = Plan {
        columns: planned(&header),
        joined_by: None,
        is_dull_tag: |_| false,
        is_dull_value,
        restored: |value| value,
    };
    read_people(&mut rows, &header, &plan, sink);
    Ok(())
}

/// Returns whether Outlook writes the value where nobody chose one.
fn is_dull_value(name: &str, value: &str) -> bool {
    match fold_key(name).as_str() {
        "birthday" | "anniversary" => {
            // "0/0/00", "00/00/00", "0.0.00": no day of any kind.
            value.contains('0') && value.chars().all(|c| matches!(c, '0' | '/' | '.' | '-'))
        }
        "gender" => value == "Unspecified",
        "sensitivity" | "priority" => value == "Normal",
        "private" => value.eq_ignore_ascii_case("false"),
        "e mail type" | "e mail 2 type" | "e mail 3 type" => value == "SMTP" || value == "EX",
        _ => false,
    }
}

fn planned(header: &Header) -> Vec<Planned> {
    header
        .names
        .iter()
        .map(|name| {
            let key = fold_key(name);
            let role = match key.as_str() {
                "title" => ColumnRole::Title,
                "first name" => ColumnRole::Given,
                "middle name" => ColumnRole::Middle,
                "last name" => ColumnRole::Family,
                "suffix" => ColumnRole::Suffix,
                "company" => ColumnRole::Employer,
                "job title" => ColumnRole::Position,
                "e mail address" | "e mail 2 address" | "e mail 3 address" => ColumnRole::Email,
                "web page" => ColumnRole::Url,
                "categories" => ColumnRole::Tags,
                "notes" => ColumnRole::Note,
                "assistant s phone" | "assistants phone" => ColumnRole::Extra,
                _ => {
                    let phone = key.strip_suffix(" phone").or(key.strip_suffix(" phone 2"));
                    return match phone {
                        Some(label) => Planned {
                            role: ColumnRole::Phone,
                            label: Label::Fixed(label.to_owned()),
                        },
                        None => Planned::new(ColumnRole::Extra),
                    };
                }
            };
            Planned::new(role)
        })
        .collect()
}
