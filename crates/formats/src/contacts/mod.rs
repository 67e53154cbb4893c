//! Address books of Google and Outlook, and any other CSV by its columns.

mod google;
mod headings;
mod mapping;
mod outlook;

pub use google::GOOGLE;
pub(crate) use headings::known_role;
pub use mapping::{CSV, CsvLook, Mapping, look_at_csv, read_mapped};
pub use outlook::OUTLOOK;
