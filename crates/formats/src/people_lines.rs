//! People typed or pasted one a line: "Dr. Rao, IR, Maimonides, met on rounds".
//!
//! The parts between commas are read one by one: the name comes first, then in
//! any order what the person does, where, how to reach them and how the student
//! came upon them. Every part is returned with its reading, so that the student
//! sees what was understood before anything is kept.

use std::ops::Range;

use domain::{ContactKind, ContactPoint, PersonDraft, PersonName, Problem, RoleKind, fold};

use crate::text::quoted;

/// The most lines that are read from one text.
const LINES_MAX: usize = 20_000;

/// What a part of the line was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonPart {
    /// The name.
    Name,
    /// What the person does.
    Position,
    /// Where the person works.
    Employer,
    /// An address or number.
    Contact,
    /// How the student came upon the person.
    HowFound,
    /// Anything else.
    Note,
}

impl PersonPart {
    /// Returns the word that stands in pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Position => "position",
            Self::Employer => "employer",
            Self::Contact => "contact",
            Self::HowFound => "how found",
            Self::Note => "note",
        }
    }
}

/// A part of the line and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePart {
    /// The bytes of the line.
    pub span: Range<usize>,
    /// What it was read as.
    pub part: PersonPart,
    /// The text that was taken.
    pub text: String,
}

/// One person as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The line as typed; the spans of `parts` are its bytes.
    pub text: String,
    /// The person; the draft's line is the line of the text.
    pub draft: PersonDraft,
    /// Every part with its reading, in the order of the line.
    pub parts: Vec<LinePart>,
}

/// Returns the people in a text, and the lines that name nobody.
///
/// Empty lines are passed over; bullets and numbers before a name are dropped.
pub fn parse(text: &str) -> (Vec<PersonLine>, Vec<Problem>) {
    let mut people = Vec::new();
    let mut problems = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if people.len() + problems.len() >= LINES_MAX {
            problems.push(Problem {
                line: number,
                field: String::new(),
                found: format!("more than {LINES_MAX} lines"),
                would_do: "the rest pasted on its own".to_owned(),
                record_kept: false,
            });
            break;
        }
        if without_bullet(line).is_empty() {
            continue;
        }
        match parse_line(line, number) {
            Some(person) => people.push(person),
            None => problems.push(Problem {
                line: number,
                field: "name".to_owned(),
                found: quoted(line),
                would_do: "a name at the start of the line".to_owned(),
                record_kept: false,
            }),
        }
    }
    (people, problems)
}

/// Returns the line without the bullet, box or number in front of it.
pub(crate) fn without_bullet(line: &str) -> &str {
    let mut rest = line.trim();
    loop {
        let before = rest;
        for bullet in [
            "- ", "* ", "• ", "– ", "— ", "· ", "‣ ", "◦ ", "> ", "[ ]", "[x]", "[X]", "☐", "☑",
            "☒", "□", "■", "◻", "◼", "⬜", "✓", "✔", "✅", "○ ", "● ", "▪ ", "\u{FE0F}",
        ] {
            rest = rest.strip_prefix(bullet).unwrap_or(rest).trim_start();
        }
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=3).contains(&n_digits)
            && let Some(behind) = rest[n_digits..].strip_prefix(['.', ')'])
            && behind.starts_with(' ')
        {
            rest = behind.trim_start();
        }
        if rest == before {
            break;
        }
    }
    match rest {
        "-" | "*" | "•" | "–" | "—" | "·" => "",
        rest => rest,
    }
}

fn parse_line(line: &str, number: u64) -> Option<PersonLine> {
    let mut reader = LineReader {
        line,
        draft: PersonDraft {
            line: number,
            ..PersonDraft::default()
        },
        parts: Vec::new(),
    };
    let mut segments = segments(line).into_iter();
    let first = segments.next()?;
    let mut segments: Vec<Range<usize>> = segments.collect();
    let rest_of_first = reader.take_name(first, &mut segments)?;
    for segment in rest_of_first.into_iter().chain(segments) {
        reader.take_segment(segment);
    }
    Some(PersonLine {
        text: line.to_owned(),
        draft: reader.draft,
        parts: reader.parts,
    })
}

/// Returns the parts of the line between commas, semicolons, bars, brackets,
/// tabs and dashes that stand alone, trimmed, without the bullet in front.
fn segments(line: &str) -> Vec<Range<usize>> {
    let body = without_bullet(line);
    let offset = body.as_ptr().addr() - line.as_ptr().addr();
    let mut segments = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let text = &body[range.clone()];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let lead = text.len() - text.trim_start().len();
            let from = offset + range.start + lead;
            segments.push(from..from + trimmed.len());
        }
    };
    let bytes = body.as_bytes();
    for (i, c) in body.char_indices() {
        let after = i + c.len_utf8();
        let alone = || i > 0 && bytes[i - 1] == b' ' && bytes.get(after).is_none_or(|b| *b == b' ');
        let splits = match c {
            ',' | ';' | '|' | '(' | ')' | '\t' => true,
            '-' | '–' | '—' => alone(),
            ':' => bytes.get(after).is_none_or(|b| *b == b' '),
            _ => false,
        };
        if splits {
            push(start..i);
            start = after;
        }
    }
    push(start..body.len());
    segments
}

struct LineReader<'a> {
    line: &'a str,
    draft: PersonDraft,
    parts: Vec<LinePart>,
}

impl LineReader<'_> {
    /// Takes the name at the start, with degrees that follow it, and returns
    /// what is left of the first part; `None` where there is no name.
    fn take_name(
        &mut self,
        first: Range<usize>,
        segments: &mut Vec<Range<usize>>,
    ) -> Option<Vec<Range<usize>>> {
        let text = &self.line[first.clone()];
        let (name_len, rest) = split_at_place(text);
        let mut written = text[..name_len].trim().to_owned();
        let has_letter = written.chars().any(char::is_alphabetic);
        if !has_letter || contact_of(&written).is_some() || how_found(&written) {
            return None;
        }
        let mut end = first.start + name_len;
        // "Ben Okafor, MD, FSIR": what the name swallows whole as degrees.
        while rest.is_none() && segments.first().is_some_and(|s| self.is_degree(s)) {
            let segment = segments.remove(0);
            written = format!("{written}, {}", &self.line[segment.clone()]);
            end = segment.end;
        }
        let name = PersonName::parse(&written);
        if name.is_empty() || is_role(&written) && name.title.is_empty() {
            return None;
        }
        self.draft.name = name;
        self.part(first.start..end, PersonPart::Name);
        let rest = rest.map(|from| first.start + from..first.end);
        Some(rest.into_iter().collect())
    }

    fn is_degree(&self, segment: &Range<usize>) -> bool {
        let text = &self.line[segment.clone()];
        let read = PersonName::parse(&format!("A B, {text}"));
        let is_suffix = read.suffix == text;
        read.family == "B" && read.given == "A" && (read.credentials == text || is_suffix)
    }

    fn take_segment(&mut self, segment: Range<usize>) {
        let text = self.line[segment.clone()].to_owned();
        if let Some(contact) = contact_of(&text) {
            self.draft.contacts.push(contact);
            return self.part(segment, PersonPart::Contact);
        }
        if how_found(&text) {
            join(&mut self.draft.how_found, &text, ", ");
            return self.part(segment, PersonPart::HowFound);
        }
        let lower = fold(&text);
        if let Some(at) = at_of(&lower).filter(|_| lower.len() == text.len()) {
            let (post, place) = (&text[..at], text[at + 4..].trim());
            if is_role(post) && !place.is_empty() {
                self.take_segment(segment.start..segment.start + at);
                return self.take_employer(segment.end - place.len()..segment.end);
            }
        }
        if let Some(place) = lower.strip_prefix("at ").or(lower.strip_prefix("from ")) {
            let n_bytes = lower.len() - place.len();
            return self.take_employer(segment.start + n_bytes..segment.end);
        }
        if is_role(&text) {
            join(&mut self.draft.position, &text, ", ");
            return self.part(segment, PersonPart::Position);
        }
        if self.draft.employer.is_empty() && text.chars().any(char::is_alphabetic) {
            return self.take_employer(segment);
        }
        join(&mut self.draft.note, &text, ", ");
        self.part(segment, PersonPart::Note);
    }

    fn take_employer(&mut self, segment: Range<usize>) {
        let text = self.line[segment.clone()].to_owned();
        if self.draft.employer.is_empty() {
            self.draft.employer = text;
            self.part(segment, PersonPart::Employer);
        } else {
            join(&mut self.draft.note, &text, ", ");
            self.part(segment, PersonPart::Note);
        }
    }

    fn part(&mut self, span: Range<usize>, part: PersonPart) {
        self.parts.push(LinePart {
            text: self.line[span.clone()].to_owned(),
            span,
            part,
        });
    }
}

fn join(into: &mut String, text: &str, between: &str) {
    if !into.is_empty() {
        into.push_str(between);
    }
    into.push_str(text);
}

/// Returns where " at " stands in a folded text.
fn at_of(lower: &str) -> Option<usize> {
    lower.find(" at ")
}

/// Returns the length of the name in the first part, and where the rest begins:
/// "Dr. Rao at Maimonides" and "Dr. Rao met on rounds" need no comma.
fn split_at_place(text: &str) -> (usize, Option<usize>) {
    const BREAKS: &[&str] = &["at", "from", "met", "via", "through"];
    let mut from = 0;
    for word in text.split(' ') {
        let lower = word.to_lowercase();
        if from > 0 && word == lower && BREAKS.contains(&lower.as_str()) {
            return (text[..from].trim_end().len(), Some(from));
        }
        from += word.len() + 1;
    }
    (text.len(), None)
}

/// Returns whether a part tells how the student came upon the person.
fn how_found(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "met",
        "introduced",
        "intro",
        "via",
        "through",
        "known",
        "knows",
        "know",
        "referred",
        "found",
        "saw",
        "heard",
        "spoke",
        "talked",
        "shadowed",
        "worked with",
        "rotated",
        "classmate",
        "friend",
        "connected",
        "linkedin connection",
        "from linkedin",
        "recommended by",
        "suggested by",
        "gave a talk",
        "lecture by",
        "mentor of",
        "same school",
        "alum",
        "alumna",
        "alumnus",
        "alumni",
    ];
    let lower = fold(text);
    STARTS.iter().any(|start| {
        lower
            .strip_prefix(start)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Words that make a part a position, beside those of [`RoleKind`].
const ROLE_WORDS: &[&str] = &[
    "ir",
    "dr",
    "vir",
    "esir",
    "radiology",
    "radiologist",
    "interventional",
    "vascular",
    "surgery",
    "surgeon",
    "cardiology",
    "oncology",
    "hepatology",
    "nephrology",
    "urology",
    "anesthesia",
    "anesthesiology",
    "pediatrics",
    "medicine",
    "neurology",
    "neurosurgery",
    "pathology",
    "emergency",
    "transplant",
    "pd",
    "apd",
    "director",
    "coordinator",
    "chief",
    "chair",
    "professor",
    "assistant",
    "associate",
    "attending",
    "faculty",
    "resident",
    "residents",
    "fellow",
    "intern",
    "student",
    "nurse",
    "technologist",
    "tech",
    "np",
    "pa",
    "rn",
    "researcher",
    "research",
    "scientist",
    "physicist",
    "instructor",
    "lecturer",
    "physician",
    "sonographer",
    "secretary",
    "navigator",
    "postdoc",
    "administrator",
    "manager",
    "dean",
    "mentor",
    "ob/gyn",
    "obgyn",
    "gi",
    "ent",
    "im",
    "em",
    "fm",
    "ms1",
    "ms2",
    "ms3",
    "ms4",
    "m1",
    "m2",
    "m3",
    "m4",
];

/// Words that make a part a place even where it also names a field: "Example
/// School of Medicine", "Lakeside Radiology, P.C.".
const PLACE_WORDS: &[&str] = &[
    "hospital",
    "university",
    "college",
    "school",
    "center",
    "centre",
    "clinic",
    "institute",
    "health",
    "healthcare",
    "medical",
    "associates",
    "group",
    "inc",
    "llc",
    "pc",
    "foundation",
    "department",
];

/// Returns whether a part tells what the person does.
pub(crate) fn is_role(text: &str) -> bool {
    let lower = fold(text);
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '/')
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return false;
    }
    let role = RoleKind::from_position(text);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(PLACE_WORDS) {
        return role != RoleKind::Other;
    }
    role != RoleKind::Other || has(ROLE_WORDS)
}

/// Returns the address or number that a part is.
pub(crate) fn contact_of(text: &str) -> Option<ContactPoint> {
    let text = text.trim().trim_end_matches('.');
    let has_blank = text.contains(char::is_whitespace);
    let lower = text.to_lowercase();
    let kind = if lower.contains("linkedin.com/") && !has_blank {
        ContactKind::LinkedIn
    } else if !has_blank
        && text
            .split_once('@')
            .is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
    {
        ContactKind::Email
    } else if !has_blank && (lower.starts_with("http") || lower.starts_with("www.")) {
        ContactKind::Url
    } else {
        let n_digits = text.chars().filter(char::is_ascii_digit).count();
        let is_number = n_digits >= 7
            && text.chars().all(|c| {
                c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '/' | '(' | ')')
            });
        if !is_number {
            return None;
        }
        ContactKind::Phone
    };
    Some(ContactPoint {
        kind,
        value: text.to_owned(),
        label: String::new(),
    })
}
