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

/// Returns whether "On Wed, … wrote:" begins at a line; it may run over two, and
/// a quotation must follow.
fn opens_quotation(lines: &[(usize, &str)], at: usize) -> bool {
    let line = |i: usize| lines.get(i).map_or("", |(_, line)| line);
    if !line(at).starts_with("On ") {
        return false;
    }
    let ends = (at..at + 2).find(|i| line(*i).ends_with("wrote:"));
    ends.is_some_and(|end| {
        let mut next = (end + 1..lines.len()).map(line).filter(|l| !l.is_empty());
        next.next().is_none_or(|l| l.starts_with('>'))
    })
}

/// Returns the text of bytes that are no e-mail, in whatever encoding they are,
/// with plain line breaks.
pub fn plain_text(bytes: &[u8]) -> String {
    crate::text::decode_head(bytes)
        .replace("\r\n", "\n")
        .replace(['\r', '\0'], "\n")
}
