//! The words of a mail that is written in HTML.

use mail_parser::decoders::html::html_to_text;

/// Tags at which a quotation begins and ends, and from which on Outlook keeps the
/// message that is answered.
const QUOTE: &str = "<blockquote";
const QUOTE_END: &str = "</blockquote";
const BELOW: [&str; 3] = [
    "<div id=\"divrplyfwdmsg\"",
    "<div id=\"appendonsend\"",
    "<div id=\"mail-editor-reference-message-container\"",
];

/// How the message below is divided off in plain text.
const DIVIDER: &str = "________________________________\n";

/// Returns the words of HTML. A quotation has "> " before its lines, as it has in
/// plain text, and what Outlook keeps below has a line above it.
pub(super) fn text_of_html(html: &str) -> String {
    let small = html.to_ascii_lowercase();
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some((start, tag)) = next_tag(&small, at) {
        put(&mut text, &html[at..start], depth);
        match tag {
            QUOTE => depth += 1,
            QUOTE_END => depth = depth.saturating_sub(1),
            _ => text.push_str(DIVIDER),
        }
        at = small[start..]
            .find('>')
            .map_or(html.len(), |n| start + n + 1);
    }
    put(&mut text, &html[at..], depth);
    text.trim().to_owned()
}

/// Returns where the next of the tags begins.
fn next_tag(small: &str, at: usize) -> Option<(usize, &'static str)> {
    let tags = [QUOTE, QUOTE_END].into_iter().chain(BELOW);
    let found = tags.filter_map(|tag| Some((at + small[at..].find(tag)?, tag)));
    found.min_by_key(|(start, _)| *start)
}

fn put(text: &mut String, html: &str, depth: usize) {
    for line in html_to_text(html).lines() {
        if depth > 0 {
            text.push_str("> ");
        }
        text.push_str(line);
        text.push('\n');
    }
}
