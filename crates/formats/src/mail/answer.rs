//! What somebody wrote in an answer, without the message that they quote.

/// Returns the part of an answer that its sender wrote: everything before the
/// quoted message. Where all of it looks quoted, all of it is kept, because
/// losing an answer is worse than keeping a quotation.
///
/// ```
/// let answer = "Happy to talk.\n\nOn Wed, 1 Jul 2026, Ana wrote:\n> Dear Dr. Rao,";
/// assert_eq!(formats::mail::own_words(answer), "Happy to talk.");
/// ```
pub fn own_words(text: &str) -> &str {
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim()))
        })
        .collect();
    let cut = lines.iter().enumerate().find(|(i, (_, line))| {
        line.starts_with('>') || is_divider(line) || opens_quotation(&lines, *i)
    });
    let own = cut.map_or(text, |(_, (at, _))| &text[..*at]).trim();
    if own.is_empty() { text.trim() } else { own }
}

/// Returns whether a line divides an answer from the message below it, as
/// Outlook writes it.
fn is_divider(line: &str) -> bool {
    let bare = line.trim_matches(['-', '_', ' ']);
    let ruled = line.starts_with("--") || line.starts_with("__");
    ruled && line.len() >= 10 && matches!(bare, "" | "Original Message" | "Forwarded message")
}

/// Returns whether "On Wed, … wrote:" begins at a line, in whatever language; it
/// may run over two, and a quotation must follow.
fn opens_quotation(lines: &[(usize, &str)], at: usize) -> bool {
    let line = |i: usize| lines.get(i).map_or("", |(_, line)| line);
    let next_of = |end: usize| {
        let mut next = (end + 1..lines.len()).map(line).filter(|l| !l.is_empty());
        next.next()
    };
    let in_english = line(at).starts_with("On ");
    (at..at + 2).any(|end| {
        let next = next_of(end);
        let is_quoted = next.is_some_and(|l| l.starts_with('>'));
        if in_english && line(end).ends_with("wrote:") {
            return is_quoted || next.is_none();
        }
        // A day or an address stands in it, from its first line on.
        let tells = |text: &str| {
            text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 4
        };
        is_quoted && tells(line(at)) && line(end).ends_with(':')
    })
}

/// Shares of a file in which characters that nobody types make it no text: one in
/// so many.
const CONTROL_SHARE: usize = 100;

/// How files begin that hold readable lines and are no text all the same.
const NO_TEXT: [&[u8]; 4] = [b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xD0\xCF\x11\xE0"];

/// Returns whether bytes are a text that somebody wrote, in whatever encoding.
///
/// ```
/// assert!(formats::mail::is_text("caf\u{e9}, h\u{e9}".as_bytes()));
/// assert!(!formats::mail::is_text(b"%PDF-1.7 stream"));
/// ```
pub fn is_text(bytes: &[u8]) -> bool {
    if NO_TEXT.iter().any(|start| bytes.starts_with(start)) {
        return false;
    }
    let text = crate::text::decode_head(bytes);
    let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    let n_odd = text.chars().filter(odd).count();
    n_odd * CONTROL_SHARE <= text.chars().count() && !text.contains("\0\0")
}

/// Returns the text of bytes that are no e-mail, in whatever encoding they are,
/// with plain line breaks.
pub fn plain_text(bytes: &[u8]) -> String {
    crate::text::decode_head(bytes)
        .replace("\r\n", "\n")
        .replace(['\r', '\0'], "\n")
}
