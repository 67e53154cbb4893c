//! Mail: `.eml` drafts and `mailto:` addresses out, `.eml` files in.
//!
//! Vouch never sends. A draft is handed to the student's own mail program.

mod eml;
mod mailto;

pub use eml::{Mail, MailAddress, MailDraft, read_eml, write_eml};
pub use mailto::{MAILTO_MAX, Mailto, mailto};
