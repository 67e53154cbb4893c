//! LinkedIn's data export: single files, or the zip as it was downloaded.

mod archive;
mod connections;
mod invitations;
mod messages;
mod own;

pub use archive::{ARCHIVE, ARCHIVE_MAX, ArchiveReading, read_archive};
pub use connections::CONNECTIONS;
pub use invitations::{INVITATIONS, invitation_message};
pub use messages::{MESSAGES, read_messages};
pub use own::{OwnEntry, OwnKind, read_own};

/// Returns the text of a person in an [`domain::InteractionDraft`] that has a
/// profile: the name, and the address between angle brackets.
pub(crate) fn person_text(name: &str, url: &str) -> String {
    match (name.trim(), url.trim()) {
        ("", url) => format!("<{url}>"),
        (name, "") => name.to_owned(),
        (name, url) => format!("{name} <{url}>"),
    }
}

/// Splits the text of a person in an interaction into name and profile.
///
/// ```
/// let text = "Asha Rao <https://www.linkedin.com/in/asha>";
/// let (name, url) = formats::linkedin::split_person(text);
/// assert_eq!((name, url), ("Asha Rao", Some("https://www.linkedin.com/in/asha")));
/// assert_eq!(formats::linkedin::split_person("Asha Rao"), ("Asha Rao", None));
/// ```
pub fn split_person(text: &str) -> (&str, Option<&str>) {
    match text
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        Some((name, url)) => (name.trim(), Some(url)),
        None => (text.trim(), None),
    }
}
