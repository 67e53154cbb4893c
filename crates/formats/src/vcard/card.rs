//! One card to one person.

use std::collections::HashMap;

use domain::{ContactKind, PersonDraft, PersonName, Problem, Sink};

use super::lines::RawCard;
use super::property::{Property, decoded, is_kept_raw, property};
use crate::columns::{
    ColumnRole, NameParts, address, bare_address, hand_on_person, has_all_words, push_contact,
};
use crate::text::quoted;

/// The longest picture or key that is kept; longer ones are named and left out.
const BINARY_MAX: usize = 1024;

/// Hands on the person of a card with its problems; `false` means stop.
pub(super) fn hand_on(raw: RawCard, sink: &mut dyn Sink) -> bool {
    let RawCard {
        line,
        lines,
        problems,
    } = raw;
    let split: Vec<Property> = lines.iter().filter_map(property).collect();
    let version = split
        .iter()
        .find(|property| property.name == "VERSION")
        .map_or("3.0", |property| property.raw_value.trim());
    let version = if matches!(version, "2.1" | "4.0") {
        version
    } else {
        "3.0"
    };
    let properties = split
        .iter()
        .map(|property| decoded(property, version))
        .collect();
    hand_on_properties(line, properties, problems, sink)
}

/// Hands on the person that these properties make; `false` means stop.
pub(super) fn hand_on_properties(
    line: u64,
    mut properties: Vec<Property>,
    problems: Vec<Problem>,
    sink: &mut dyn Sink,
) -> bool {
    preferred_first(&mut properties);
    let mut card = Card {
        labels: labels(&properties),
        draft: PersonDraft {
            line,
            ..PersonDraft::default()
        },
        problems,
        ..Card::default()
    };
    for property in &properties {
        card.take(property);
    }
    card.finish(sink)
}

/// Brings each kind of property into the order in which its owner prefers them;
/// all else stays where it is.
fn preferred_first(properties: &mut [Property]) {
    let mut names: Vec<String> = properties
        .iter()
        .filter(|property| property.preference() < Property::NO_PREFERENCE)
        .map(|property| property.name.clone())
        .collect();
    names.sort();
    names.dedup();
    for name in names {
        let places: Vec<usize> = (0..properties.len())
            .filter(|i| properties[*i].name == name)
            .collect();
        let mut of_name: Vec<Property> = places.iter().map(|i| properties[*i].clone()).collect();
        of_name.sort_by_key(Property::preference);
        for (place, property) in places.into_iter().zip(of_name) {
            properties[place] = property;
        }
    }
}

/// Returns the labels that Apple and Google put beside a property by group.
fn labels(properties: &[Property]) -> HashMap<String, String> {
    properties
        .iter()
        .filter(|property| property.name == "X-ABLABEL" && !property.group.is_empty())
        .map(|property| {
            let label = property.text();
            let bare = label
                .strip_prefix("_$!<")
                .and_then(|rest| rest.strip_suffix(">!$_"))
                .unwrap_or(&label);
            (property.group.clone(), bare.to_owned())
        })
        .collect()
}

#[derive(Default)]
struct Card {
    labels: HashMap<String, String>,
    draft: PersonDraft,
    parts: NameParts,
    has_n: bool,
    own_name: Option<PersonName>,
    shows_as_company: bool,
    not_a_person: Option<&'static str>,
    problems: Vec<Problem>,
}

impl Card {
    fn take(&mut self, property: &Property) {
        match property.name.as_str() {
            "FN" if self.parts.whole.is_empty() => self.parts.whole = property.text(),
            "FN" => self.keep(property),
            "N" if self.has_n => self.keep(property),
            "N" => {
                self.has_n = true;
                self.parts.family = property.part(0);
                self.parts.given = property.part(1);
                self.parts.middle = property.part(2);
                self.parts.title = property.part(3);
                let suffixes = property.values.get(4).cloned().unwrap_or_default();
                self.parts.suffix = suffixes.join(", ");
            }
            "ORG" if self.draft.employer.is_empty() => {
                self.draft.employer = property.part(0);
                let units: Vec<String> = (1..property.values.len())
                    .map(|i| property.part(i))
                    .filter(|unit| !unit.is_empty())
                    .collect();
                if !units.is_empty() {
                    let unit = ("ORG unit".to_owned(), units.join("; "));
                    self.draft.extra.push(unit);
                }
            }
            "TITLE" if self.draft.position.is_empty() => self.draft.position = property.text(),
            "ORG" | "TITLE" | "ROLE" => self.keep(property),
            "NOTE" => {
                let note = property.text().replace("\r\n", "\n");
                if !self.draft.note.is_empty() && !note.is_empty() {
                    self.draft.note.push('\n');
                }
                self.draft.note.push_str(&note);
            }
            "CATEGORIES" => {
                for tag in property.values.iter().flatten().map(|tag| tag.trim()) {
                    let is_dull = matches!(tag, "" | "myContacts" | "starred");
                    if !is_dull && !self.draft.tags.iter().any(|other| other == tag) {
                        self.draft.tags.push(tag.to_owned());
                    }
                }
            }
            "EMAIL" | "TEL" | "URL" | "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
                self.take_address(property);
            }
            "BDAY" => self.take_birthday(property),
            "KIND" => match property.text().to_lowercase().as_str() {
                "group" => self.not_a_person = Some("a group of contacts"),
                "org" => self.not_a_person = Some("an organization"),
                "location" => self.not_a_person = Some("a place"),
                _ => {}
            },
            "X-ABSHOWAS" if property.text().eq_ignore_ascii_case("COMPANY") => {
                self.shows_as_company = true;
            }
            "X-VOUCH-NAME" => {
                self.own_name = Some(PersonName {
                    title: property.part(0),
                    given: property.part(1),
                    family: property.part(2),
                    suffix: property.part(3),
                    credentials: property.part(4),
                    greet_as: property.part(5),
                });
            }
            "X-VOUCH-KNOWN-SINCE" => self.draft.known_since = property.text().parse().ok(),
            "X-VOUCH-HOW-FOUND" => self.draft.how_found = property.part(0),
            "X-VOUCH-EXTRA" => {
                let extra = (property.part(0), property.part(1));
                self.draft.extra.push(extra);
            }
            name if is_kept_raw(name) => self.keep(property),
            _ => {}
        }
    }

    /// Keeps a property as it stands.
    fn keep(&mut self, property: &Property) {
        if property.raw_value.trim().is_empty() {
            return;
        }
        let is_binary = matches!(property.name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY");
        if is_binary && property.raw_value.len() > BINARY_MAX {
            let size = format!("{} kB", property.raw_value.len() / 1024);
            self.draft
                .extra
                .push((format!("{} left out", property.name), size));
            return;
        }
        let mut name = property.raw_name.clone();
        if let Some(label) = self.labels.get(&property.group)
            && !label.is_empty()
            && !label.contains(['"', '\n'])
        {
            name = format!("{name};X-LABEL=\"{label}\"");
        }
        self.draft.extra.push((name, property.raw_value.clone()));
    }

    fn take_address(&mut self, property: &Property) {
        let mut value = property.text();
        let role = match property.name.as_str() {
            "EMAIL" => ColumnRole::Email,
            "TEL" => ColumnRole::Phone,
            _ if property.has_param("TYPE", "linkedin")
                || property.has_param("SERVICE-TYPE", "linkedin") =>
            {
                ColumnRole::LinkedIn
            }
            _ => ColumnRole::Url,
        };
        for scheme in ["mailto:", "tel:"] {
            if value
                .get(..scheme.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
            {
                value = value[scheme.len()..].replace(";ext=", " ext. ");
            }
        }
        if value.is_empty() {
            return;
        }
        let label = self.label_of(property);
        let bare = bare_address(role, &value);
        if bare != value {
            self.keep(property);
            value = bare.to_owned();
        }
        match address(role, &value) {
            Some(kind) => {
                // A profile elsewhere carries its name in the type.
                push_contact(&mut self.draft.contacts, kind, &value, &label);
            }
            None => {
                self.problems.push(Problem {
                    line: property.line,
                    field: property.name.clone(),
                    found: quoted(&value),
                    would_do: "an address with \"@\"".to_owned(),
                    record_kept: true,
                });
                self.keep(property);
            }
        }
    }

    fn label_of(&self, property: &Property) -> String {
        if let Some(label) = self.labels.get(&property.group)
            && !label.trim().is_empty()
        {
            return label.trim().to_owned();
        }
        let dull = ["internet", "pref", "voice", "x400", "linkedin", "iphone"];
        let mut words: Vec<String> = Vec::new();
        for (name, value) in &property.params {
            let word = value.to_lowercase();
            let is_new = !words.contains(&word) && !dull.contains(&word.as_str());
            if name == "TYPE" && is_new && !word.is_empty() {
                words.push(word);
            }
        }
        words.join(" ")
    }

    /// Keeps the birthday; a year that only stands for "no year" is taken off.
    fn take_birthday(&mut self, property: &Property) {
        let text = property.text();
        let text = match text.strip_prefix("1604-") {
            Some(rest) => format!("--{rest}"),
            None => text,
        };
        if !text.is_empty() {
            self.draft.extra.push(("BDAY".to_owned(), text));
        }
    }

    fn finish(mut self, sink: &mut dyn Sink) -> bool {
        // Somebody may show a person's card by its company.
        let names_nobody = self.parts.given.is_empty() && self.parts.family.is_empty();
        if self.shows_as_company && names_nobody {
            self.not_a_person.get_or_insert("an organization");
        }
        let whole = self.parts.whole.clone();
        self.draft.name = match self.own_name.take().filter(|name| !name.is_empty()) {
            Some(name) => name,
            None => {
                let name = self.parts.name();
                if !has_all_words(&name, &whole) {
                    self.draft.extra.push(("FN".to_owned(), whole));
                }
                name
            }
        };
        if let Some(what) = self.not_a_person {
            let shown = self.draft.name.display();
            let shown = if shown.is_empty() {
                self.draft.employer.clone()
            } else {
                shown
            };
            self.problems.push(Problem {
                line: self.draft.line,
                field: String::new(),
                found: format!("{what}, {}", quoted(&shown)),
                would_do: "a card of a person".to_owned(),
                record_kept: false,
            });
            return self
                .problems
                .into_iter()
                .all(|problem| sink.problem(problem));
        }
        hand_on_person(self.draft, self.problems, sink)
    }
}

/// Returns whether an address is a LinkedIn profile by its own look.
pub(super) fn is_plain_linkedin(value: &str) -> bool {
    address(ColumnRole::Url, value) == Some(ContactKind::LinkedIn)
}
