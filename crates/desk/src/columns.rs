//! What the columns of a table hold, as the settings remember it.
//!
//! A header is known again by its fingerprint. The setting holds a line that
//! says whether the first row names the columns, and a line for each column:
//! the role's word, a tab, and the column's name.

use formats::ColumnRole;
use formats::contacts::{CsvLook, Mapping};

/// The settings of remembered columns begin so.
pub(crate) const PREFIX: &str = "columns.";

/// The columns of a table and what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) names: Vec<String>,
    pub(crate) mapping: Mapping,
}

/// Returns the setting under which a header's columns are remembered; `None`
/// where the file has no header to know it by.
pub(crate) fn setting_of(look: &CsvLook) -> Option<String> {
    Some(format!("{PREFIX}{}", look.fingerprint()?))
}

/// Returns the value of the setting.
pub(crate) fn written(look: &CsvLook, mapping: &Mapping) -> String {
    let mut text = String::from("header");
    for (name, role) in look.columns.iter().zip(&mapping.roles) {
        let name: String = name
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        text.push_str(&format!("\n{}\t{name}", role.word()));
    }
    text
}

/// Returns what a setting's value says; `None` where it is not understood.
pub(crate) fn read(value: &str) -> Option<Remembered> {
    let mut lines = value.split('\n');
    if lines.next() != Some("header") {
        return None;
    }
    let mut remembered = Remembered {
        names: Vec::new(),
        mapping: Mapping {
            roles: Vec::new(),
            has_header: true,
        },
    };
    for line in lines {
        let (word, name) = line.split_once('\t')?;
        remembered.mapping.roles.push(ColumnRole::from_word(word)?);
        remembered.names.push(name.to_owned());
    }
    Some(remembered)
}
