//! Addresses that open a message in mail on the web, for the student's own click.

use super::mailto::{MAILTO_MAX, encoded};

/// The most characters of such an address. Neither page documents a limit, so
/// it is that of mail programs, which is well within what servers take.
pub const COMPOSE_LINK_MAX: usize = MAILTO_MAX;

/// Mail on the web that can be opened with a message begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebMail {
    /// Gmail.
    Gmail,
    /// Outlook on the web, for work and school accounts.
    Outlook,
}

/// An address that opens a message in mail on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposeLink {
    /// The address.
    pub url: String,
    /// Whether the text of the message is in it. Where it is not, being too
    /// long, the student copies the text.
    pub has_text: bool,
}

/// Returns the address that opens mail on the web with a message.
///
/// ```
/// use formats::mail::{WebMail, compose_link};
///
/// let link = compose_link(WebMail::Gmail, "asha@example.org", "A & B", "Dear Dr. Rao,");
/// assert!(link.url.ends_with("&to=asha%40example.org&su=A%20%26%20B&body=Dear%20Dr.%20Rao%2C"));
/// assert!(link.has_text);
/// ```
pub fn compose_link(mail: WebMail, to: &str, subject: &str, text: &str) -> ComposeLink {
    let (mut url, subject_key) = match mail {
        WebMail::Gmail => (
            "https://mail.google.com/mail/?view=cm&fs=1".to_owned(),
            "su",
        ),
        WebMail::Outlook => (
            "https://outlook.office.com/mail/deeplink/compose?popoutv2=1".to_owned(),
            "subject",
        ),
    };
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            url.push_str(&format!("&{key}={value}"));
        }
    };
    put("to", &encoded(to.trim()));
    put(subject_key, &encoded(&subject.replace(['\r', '\n'], " ")));
    let lines: Vec<String> = text.lines().map(encoded).collect();
    let body = lines.join("%0A");
    let has_text = url.len() + "&body=".len() + body.len() <= COMPOSE_LINK_MAX;
    if has_text && !body.is_empty() {
        url.push_str("&body=");
        url.push_str(&body);
    }
    ComposeLink { url, has_text }
}
