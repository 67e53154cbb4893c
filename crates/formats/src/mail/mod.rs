//! Mail: `.eml` drafts and `mailto:` addresses out, `.eml` files in.
//!
//! Vouch never sends. A draft is handed to the student's own mail program.

mod answer;
mod compose_link;
mod eml;
mod html;
mod mailto;

pub use answer::{is_text, own_words, plain_text};
pub use compose_link::{COMPOSE_LINK_MAX, ComposeLink, WebMail, compose_link};
pub use eml::{Automatic, Mail, MailAddress, MailDraft, read_eml, write_eml};
pub use mailto::{MAILTO_MAX, Mailto, mailto};
