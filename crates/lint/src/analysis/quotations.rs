//! What stands inside quotation marks.

/// Returns the byte ranges inside quotation marks, the marks left out.
pub(super) fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut previous = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        match open {
            None => {
                let single_opens = matches!(c, '\'' | '‘')
                    && !previous.is_alphanumeric()
                    && next.is_alphanumeric();
                let double_opens = matches!(c, '“' | '«')
                    || (c == '"' && !previous.is_alphanumeric() && !next.is_whitespace());
                if single_opens || double_opens {
                    open = Some((at + c.len_utf8(), c));
                }
            }
            Some((start, mark)) => {
                let closes = match mark {
                    '“' | '"' => matches!(c, '”' | '"'),
                    '«' => c == '»',
                    _ => matches!(c, '\'' | '’') && !next.is_alphanumeric(),
                };
                if closes {
                    found.push((start, at));
                    open = None;
                } else if c == '\n' && (next == '\n' || matches!(mark, '\'' | '‘')) {
                    // A mark that never closes was no quotation.
                    open = None;
                }
            }
        }
        previous = c;
    }
    found
}
