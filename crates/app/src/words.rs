//! Small pieces of wording that several templates share.

pub(crate) use desk::views::programs::town;
use desk::{Contents, Found};
use domain::{Channel, Direction};
use formats::ColumnRole;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Returns a stored day (`2027-03-01`) as a page shows it ("Mon 1 Mar 2027"), or
/// the text itself where it is no day.
pub(crate) fn day(text: &str) -> String {
    match text.parse::<Date>() {
        Ok(day) => domain::day_in_words(day),
        Err(_) => text.to_owned(),
    }
}

/// Returns a stored day with its age on another ("Thu 1 Jan 2026, 10 months old").
pub(crate) fn aged(text: &str, today: &str) -> String {
    let shown = day(text);
    let (Ok(then), Ok(now)) = (text.parse::<Date>(), today.parse::<Date>()) else {
        return shown;
    };
    let span = (jiff::Unit::Year, now);
    let Ok(age) = then.until(span) else {
        return shown;
    };
    let (years, months, days) = (age.get_years(), age.get_months(), age.get_days());
    let age = match (years, months) {
        _ if now <= then => return shown,
        (0, 0) => (i32::from(days == 1), days, "day"),
        (0, months) => (i32::from(months == 1), months, "month"),
        (1, months) => (0, 12 + months, "month"),
        (years, _) => (0, years.into(), "year"),
    };
    let (is_one, n, unit) = age;
    let s = if is_one == 1 { "" } else { "s" };
    format!("{shown}, {n} {unit}{s} old")
}

/// Returns what a page calls a channel and who reached out, for their words
/// ("e-mail to you"); what goes both ways is not said.
pub(crate) fn how(channel: &str, direction: &str) -> String {
    let name = match Channel::from_word(channel) {
        Some(channel) => channel.name(),
        None => channel,
    };
    match Direction::from_word(direction) {
        None | Some(Direction::Mutual) => name.to_owned(),
        Some(direction) => format!("{name} {}", direction.name()),
    }
}

/// Returns the count with the word in its number ("1 person", "3 people").
pub(crate) fn count(n: &usize, one: &str, many: &str) -> String {
    let n = *n;
    format!("{} {}", grouped(&n), if n == 1 { one } else { many })
}

/// Returns a number with thin groups of three ("30,000").
pub(crate) fn grouped(n: &usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns a word as it stands in attributes ("worked with" is "worked-with").
pub(crate) fn slug(word: &str) -> String {
    word.replace(' ', "-")
}

/// Returns whether a character turns the direction of what stands around it. The
/// marks U+200E and U+200F turn nothing and belong to names.
pub(crate) fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns a page on which no name or note can turn the words around it: its
/// texts without characters that do. What stands in a field stays as it is, so
/// that a form gives back what is stored.
pub(crate) fn unturned(page: String) -> String {
    if !page.contains(turns) {
        return page;
    }
    let mut out = String::with_capacity(page.len());
    let mut rest = page.as_str();
    let mut is_in_field = false;
    // A "<" of a text is written as an entity, so that each one begins a tag.
    while let Some((text, after)) = rest.split_once('<') {
        push_unturned(&mut out, text, is_in_field);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        out.extend(["<", tag, ">"]);
        is_in_field = tag.starts_with("textarea");
        rest = after;
    }
    push_unturned(&mut out, rest, is_in_field);
    out
}

fn push_unturned(out: &mut String, text: &str, is_in_field: bool) {
    if is_in_field {
        out.push_str(text);
    } else {
        out.extend(text.chars().filter(|c| !turns(*c)));
    }
}

/// Returns the text with a capital letter at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Returns the text as a sentence: with a capital letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut sentence = capital(text);
    if !sentence.is_empty() && !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

/// Characters and lines beyond which a text is folded.
const FOLDED_FROM: (usize, usize) = (1000, 20);

/// Characters and lines of a folded text that show.
const FIRST_PART: (usize, usize) = (300, 4);

/// Returns the first lines of a text that is too long to stand in whole among
/// other things; `None` where it is not.
pub(crate) fn first_part(text: &str) -> Option<&str> {
    let (n_chars, n_lines) = FOLDED_FROM;
    let is_long = text.chars().nth(n_chars).is_some() || text.lines().nth(n_lines).is_some();
    if !is_long {
        return None;
    }
    let (n_chars, n_lines) = FIRST_PART;
    let by_chars = text.char_indices().nth(n_chars).map(|(at, _)| at);
    let by_lines = text.match_indices('\n').nth(n_lines - 1).map(|(at, _)| at);
    let end = by_chars.into_iter().chain(by_lines).min()?;
    let first = &text[..end];
    // Words stay whole, where there are some.
    let cut = if by_lines == Some(end) {
        None
    } else {
        first.rfind(char::is_whitespace).filter(|at| *at > 0)
    };
    Some(first[..cut.unwrap_or(end)].trim_end())
}

/// Returns the number of characters of a text, in groups of three.
pub(crate) fn n_chars(text: &str) -> String {
    grouped(&text.chars().count())
}

/// Returns a size as a person compares it ("620 KB", "1.4 MB").
pub(crate) fn size(n_bytes: &u64) -> String {
    let kb = *n_bytes as f64 / 1000.0;
    if kb < 1000.0 {
        format!("{} KB", kb.ceil())
    } else {
        format!("{:.1} MB", kb / 1000.0)
    }
}

/// Returns what a restore finds in its place, in the same words.
pub(crate) fn found(found: &Found, zone: &TimeZone) -> String {
    match found {
        Found::Nothing => "nothing yet".to_owned(),
        Found::Vault(inside) => contents(inside, zone),
        Found::Unreadable => {
            "cannot be read: it is damaged, of a newer Vouch, or of another key".to_owned()
        }
    }
}

/// Returns what is in a vault ("12 people, 30 interactions, last change Mon 1 Mar 2027, 14:05").
pub(crate) fn contents(found: &Contents, zone: &TimeZone) -> String {
    let last = match found.last_change {
        Some(at) => {
            let at = at.to_zoned_datetime(zone.clone());
            format!("last change {}", at.strftime("%a %-d %b %Y, %H:%M"))
        }
        None => "never changed".to_owned(),
    };
    format!(
        "{}, {}, {last}",
        count(&found.people, "person", "people"),
        count(&found.interactions, "interaction", "interactions")
    )
}
/// Returns what a column holds, in the words of a page.
pub(crate) fn column_role(role: &ColumnRole) -> &'static str {
    match role {
        ColumnRole::Name => "the whole name",
        ColumnRole::Title => "the title (Dr.)",
        ColumnRole::Given => "given name",
        ColumnRole::Middle => "middle name",
        ColumnRole::Family => "family name",
        ColumnRole::Suffix => "degrees or suffix (MD, Jr.)",
        ColumnRole::Employer => "employer or hospital",
        ColumnRole::Position => "post or specialty",
        ColumnRole::Email => "e-mail address",
        ColumnRole::Phone => "telephone",
        ColumnRole::LinkedIn => "LinkedIn profile",
        ColumnRole::Url => "other web address",
        ColumnRole::Tags => "tags or groups",
        ColumnRole::Note => "a note",
        ColumnRole::KnownSince => "the day you met",
        ColumnRole::HowFound => "how you met",
        ColumnRole::Extra => "something else: keep it",
        ColumnRole::Ignore => "leave it out",
    }
}

/// Returns what the system says of a file, without its own number for it.
pub(crate) fn of_system(source: &std::io::Error) -> String {
    match source.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be opened".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => {
            let said = source.to_string();
            let words = said.split(" (os error").next().unwrap_or_default();
            words.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{aged, first_part};

    #[test]
    fn the_age_of_a_fact_is_told_in_days_months_or_years() {
        let on = |today: &str| aged("2026-01-01", today);
        assert_eq!(on("2026-01-01"), "Thu 1 Jan 2026");
        assert_eq!(on("2026-01-02"), "Thu 1 Jan 2026, 1 day old");
        assert_eq!(on("2026-02-05"), "Thu 1 Jan 2026, 1 month old");
        assert_eq!(on("2026-11-30"), "Thu 1 Jan 2026, 10 months old");
        assert_eq!(on("2027-06-30"), "Thu 1 Jan 2026, 17 months old");
        assert_eq!(on("2028-06-30"), "Thu 1 Jan 2026, 2 years old");
        assert_eq!(aged("2026", "2027-01-01"), "2026");
    }

    #[test]
    fn a_long_text_is_folded_at_a_word_or_a_line_and_a_short_one_is_not() {
        assert_eq!(first_part("She asked about limb salvage."), None);
        assert_eq!(first_part(&"a".repeat(1000)), None);
        let words = "salvage ".repeat(200);
        let first = first_part(&words).expect("it is long");
        assert!(words.starts_with(first), "{first}");
        assert!(first.ends_with("salvage") && first.len() <= 300, "{first}");
        // Without a space there is no word to keep, and no byte is cut in two.
        let one = "é".repeat(1_000_000);
        assert_eq!(
            first_part(&one).map(|first| first.chars().count()),
            Some(300)
        );
        let lines = "one line\n".repeat(21);
        assert_eq!(
            first_part(&lines),
            Some("one line\none line\none line\none line")
        );
    }
}
