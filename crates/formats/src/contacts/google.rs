//! Google Contacts CSV, in the layout since 2024 and the one before.
//!
//! Numbered groups such as `E-mail 2 - Value` come in any number, and one cell
//! may hold several values joined by ` ::: `, some of them empty. A `*` in front marks a primary
//! label or a group of the system.

use std::io::BufRead;

use domain::{Sink, fold_key};

use crate::columns::{ColumnRole, Label, Plan, Planned, read_people};
use crate::rows::{Header, Rows, header_in};
use crate::text::Lines;
use crate::{Format, Head, ReadError};

/// Google Contacts CSV.
pub const GOOGLE: Format = Format {
    name: "google-contacts",
    label: "Google Contacts CSV",
    about: "Contacts exported from contacts.google.com as \"Google CSV\".",
    detect,
    read,
};

fn fits(header: &Header) -> bool {
    header.has_all(&["First Name", "Last Name", "File As", "Labels"])
        || header.has_all(&["Given Name", "Family Name", "Group Membership"])
        || header.has_all(&["Given Name", "Family Name", "E-mail 1 - Value"])
        || header.has_all(&["First Name", "Last Name", "E-mail 1 - Value"])
}

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(3)
        .any(|line| header_in(line, fits).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header_where(fits) else {
        return Err(crate::no_header(&mut rows, GOOGLE.label));
    };
    let plan = Plan {
        columns: planned(&header),
        joined_by: Some(":::"),
        is_dull_tag: |tag| matches!(tag, "* myContacts" | "* starred" | "* My Contacts"),
        is_dull_value: |_, value| value == "*",
        restored: |value| value,
    };
    read_people(&mut rows, &header, &plan, sink);
    Ok(())
}

fn planned(header: &Header) -> Vec<Planned> {
    header
        .names
        .iter()
        .map(|name| {
            let key = fold_key(name);
            let role = match key.as_str() {
                "name" | "file as" => ColumnRole::Name,
                "name prefix" => ColumnRole::Title,
                "first name" | "given name" => ColumnRole::Given,
                "middle name" | "additional name" => ColumnRole::Middle,
                "last name" | "family name" => ColumnRole::Family,
                "name suffix" => ColumnRole::Suffix,
                "organization name" | "organization 1 name" => ColumnRole::Employer,
                "organization title" | "organization 1 title" => ColumnRole::Position,
                "labels" | "group membership" => ColumnRole::Tags,
                "notes" => ColumnRole::Note,
                _ => return numbered(header, &key),
            };
            Planned::new(role)
        })
        .collect()
}

/// Returns the plan for a column of a numbered group: "e mail 2 value".
fn numbered(header: &Header, key: &str) -> Planned {
    let groups = [
        ("e mail ", ColumnRole::Email),
        ("phone ", ColumnRole::Phone),
        ("website ", ColumnRole::Url),
    ];
    for (start, role) in groups {
        let Some(rest) = key.strip_prefix(start) else {
            continue;
        };
        if let Some(number) = rest.strip_suffix(" value") {
            let label = ["label", "type"]
                .iter()
                .find_map(|word| header.position(&format!("{start}{number} {word}")));
            return Planned {
                role,
                label: label.map_or(Label::None, Label::Column),
            };
        }
        if rest.ends_with(" label") || rest.ends_with(" type") {
            return Planned::new(ColumnRole::Ignore);
        }
    }
    Planned::new(ColumnRole::Extra)
}
