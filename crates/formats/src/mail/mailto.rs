//! `mailto:` addresses after RFC 6068.

/// The most characters of an address that common mail programs take. Outlook
/// cuts longer ones in silence, so the text is left out instead.
pub const MAILTO_MAX: usize = 2000;

/// A `mailto:` address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailto {
    /// The address.
    pub url: String,
    /// Whether the text of the message is in it. Where it is not, being too
    /// long, the student copies the text.
    pub has_text: bool,
}

/// Returns the address that opens the student's mail program with a message.
///
/// Everything but letters, digits and `-._~` is percent-encoded, for a plus or
/// an ampersand in an address means something else to many programs. Line
/// breaks become `%0D%0A`.
///
/// ```
/// let mail = formats::mail::mailto(&["asha@example.org"], "A & B", "Dear Dr. Rao,\nthank you");
/// assert_eq!(
///     mail.url,
///     "mailto:asha@example.org?subject=A%20%26%20B&body=Dear%20Dr.%20Rao%2C%0D%0Athank%20you"
/// );
/// ```
pub fn mailto(to: &[&str], subject: &str, text: &str) -> Mailto {
    let addresses: Vec<String> = to.iter().map(|address| encoded_address(address)).collect();
    let mut url = format!("mailto:{}", addresses.join(","));
    let mut joiner = '?';
    if !subject.is_empty() {
        url.push_str("?subject=");
        url.push_str(&encoded(&subject.replace(['\r', '\n'], " ")));
        joiner = '&';
    }
    let lines: Vec<String> = text.lines().map(encoded).collect();
    let mut body = lines.join("%0D%0A");
    if text.ends_with('\n') {
        body.push_str("%0D%0A");
    }
    if body.is_empty() {
        return Mailto {
            url,
            has_text: true,
        };
    }
    let has_text = url.len() + "?body=".len() + body.len() <= MAILTO_MAX;
    if has_text {
        url.push(joiner);
        url.push_str("body=");
        url.push_str(&body);
    }
    Mailto { url, has_text }
}

fn encoded_address(address: &str) -> String {
    match address.trim().rsplit_once('@') {
        Some((local, domain)) => format!("{}@{}", encoded(local), encoded(domain)),
        None => encoded(address.trim()),
    }
}

pub(super) fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}
