//! Messages and invitations of a file: with whom, on which day, who wrote.
//!
//! What was written to the same people on one day, in one direction, becomes
//! one interaction: a chat of forty lines says no more about a tie than one,
//! and the same day of a later export is known again by it.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Channel, ContactKind, ContactPoint, Direction, InteractionDraft, PersonDraft, PersonId,
    PersonName, fold_key, linkedin_key,
};
use formats::linkedin::{invitation_message, split_person};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{InteractionOf, Snapshot};

use crate::Result;

/// What LinkedIn writes in place of somebody who has left.
const NOBODY: &str = "linkedin member";

/// Everybody whom a file has messages with, and when they wrote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Correspondence {
    /// With whom, in the order of the file.
    pub(crate) people: Vec<Correspondent>,
    /// What was written, the earliest day first.
    pub(crate) days: Vec<DayOfMessages>,
    /// Messages that the file keeps as unwanted; they are left out.
    pub(crate) n_unwanted: usize,
}

/// Somebody with whom the file has messages or an invitation.
#[derive(Clone, Debug)]
pub(crate) struct Correspondent {
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) line: u64,
    pub(crate) n_messages: usize,
    /// Whether the student ever wrote to, or invited, the person.
    pub(crate) wrote_to: bool,
    pub(crate) first_day: Date,
    pub(crate) invitation: Option<(Direction, Date)>,
}

/// What was written on one day to the same people in one direction.
#[derive(Clone, Debug)]
pub(crate) struct DayOfMessages {
    pub(crate) day: Date,
    pub(crate) direction: Direction,
    /// Positions in [`Correspondence::people`].
    pub(crate) people: Vec<usize>,
    /// The texts in the order in which they were written.
    pub(crate) texts: Vec<String>,
}

type Texts<'a> = Vec<(Option<Timestamp>, usize, &'a str)>;

impl Correspondence {
    /// Gathers the messages of a file.
    ///
    /// The day is the file's own, in UTC: in the student's zone a late message
    /// would move to another day when the zone is set or changed, and a second
    /// import would take it for a new one.
    pub(crate) fn of(drafts: &[InteractionDraft]) -> Self {
        let mut all = Self::default();
        let mut by_key: HashMap<String, usize> = HashMap::new();
        let mut days: BTreeMap<(Date, u8, Vec<usize>), Texts<'_>> = BTreeMap::new();
        for (order, draft) in drafts.iter().enumerate() {
            if draft.unwanted {
                all.n_unwanted += 1;
                continue;
            }
            let day = draft.day;
            let mut people: Vec<usize> = draft
                .people
                .iter()
                .filter_map(|text| all.person(&mut by_key, text, draft, day))
                .collect();
            people.sort_unstable();
            people.dedup();
            let (text, is_message) = match invitation_message(draft) {
                Some(message) => (message, !message.is_empty()),
                None => (draft.note.as_str(), true),
            };
            for &i in &people {
                all.people[i].n_messages += usize::from(is_message);
            }
            if is_message && !people.is_empty() {
                let place = (day, place_of(draft.direction), people);
                days.entry(place).or_default().push((draft.at, order, text));
            }
        }
        all.days = days
            .into_iter()
            .map(|((day, direction, people), mut texts)| {
                // Files give the latest first; without an instant, that is undone.
                texts.sort_by_key(|(at, order, _)| (*at, std::cmp::Reverse(*order)));
                DayOfMessages {
                    day,
                    direction: DIRECTIONS[usize::from(direction)],
                    people,
                    texts: texts
                        .into_iter()
                        .map(|(_, _, t)| t.trim().to_owned())
                        .collect(),
                }
            })
            .collect();
        all
    }

    /// Returns the position of a person as a message names them; `None` for
    /// members who have left.
    fn person(
        &mut self,
        by_key: &mut HashMap<String, usize>,
        text: &str,
        draft: &InteractionDraft,
        day: Date,
    ) -> Option<usize> {
        let (name, url) = split_person(text);
        let profile = url.and_then(linkedin_key);
        let name_key = fold_key(name);
        if profile.is_none() && (name_key.is_empty() || name_key == NOBODY) {
            return None;
        }
        let key = match profile {
            Some(profile) => format!("/{profile}"),
            None => name_key,
        };
        let i = *by_key.entry(key).or_insert_with(|| {
            self.people.push(Correspondent {
                name: String::new(),
                url: url.unwrap_or_default().to_owned(),
                line: draft.line,
                n_messages: 0,
                wrote_to: false,
                first_day: day,
                invitation: None,
            });
            self.people.len() - 1
        });
        let person = &mut self.people[i];
        if person.name.is_empty() && fold_key(name) != NOBODY {
            name.clone_into(&mut person.name);
        }
        person.first_day = person.first_day.min(day);
        person.wrote_to |= draft.direction == Direction::Outgoing;
        if invitation_message(draft).is_some() && person.invitation.is_none_or(|(_, at)| day < at) {
            person.invitation = Some((draft.direction, day));
        }
        Some(i)
    }
}

const DIRECTIONS: [Direction; 3] = [Direction::Outgoing, Direction::Incoming, Direction::Mutual];

fn place_of(direction: Direction) -> u8 {
    match direction {
        Direction::Outgoing => 0,
        Direction::Incoming => 1,
        Direction::Mutual => 2,
    }
}

impl Correspondent {
    /// Returns the person as a draft, to be compared with who is stored.
    pub(crate) fn draft(&self) -> PersonDraft {
        let contacts = if self.url.is_empty() {
            Vec::new()
        } else {
            vec![ContactPoint {
                kind: ContactKind::LinkedIn,
                value: self.url.clone(),
                label: String::new(),
            }]
        };
        PersonDraft {
            line: self.line,
            name: PersonName::parse(&self.name),
            contacts,
            known_since: Some(match self.invitation {
                Some((_, day)) => day.min(self.first_day),
                None => self.first_day,
            }),
            how_found: match self.invited() {
                Some(invited) => format!("LinkedIn, {invited}"),
                None => format!("LinkedIn messages since {}", spoken(self.first_day)),
            },
            ..PersonDraft::default()
        }
    }

    /// Returns who invited whom, where the file says so.
    pub(crate) fn invited(&self) -> Option<String> {
        let (direction, day) = self.invitation?;
        let who = match direction {
            Direction::Incoming => "they invited you",
            _ => "you invited them",
        };
        Some(format!("{who} on {}", spoken(day)))
    }
}

fn spoken(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

impl DayOfMessages {
    /// Returns the note that says only that there were messages.
    pub(crate) fn fact(&self) -> String {
        match self.texts.len() {
            1 => format!("1{FACT_OF_ONE}"),
            n => format!("{n}{FACT_OF_MANY}"),
        }
    }

    /// Returns the note with the texts.
    pub(crate) fn text(&self) -> String {
        let texts = self.texts.iter().filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}

const FACT_OF_ONE: &str = " LinkedIn message";
const FACT_OF_MANY: &str = " LinkedIn messages";

/// Returns how many messages a note that says only so counts.
pub(crate) fn counted(note: &str) -> Option<usize> {
    let n = note
        .strip_suffix(FACT_OF_MANY)
        .or_else(|| note.strip_suffix(FACT_OF_ONE))?;
    n.parse().ok()
}

/// The days on which LinkedIn messages are stored.
pub(crate) struct StoredDays(HashMap<(Date, Direction), Vec<InteractionOf>>);

impl StoredDays {
    pub(crate) fn load(snapshot: &Snapshot<'_>) -> Result<Self> {
        let mut days: HashMap<(Date, Direction), Vec<InteractionOf>> = HashMap::new();
        for interaction in snapshot.interactions_by(Channel::LinkedIn)? {
            days.entry((interaction.day, interaction.direction))
                .or_default()
                .push(interaction);
        }
        Ok(Self(days))
    }

    /// Returns the stored interaction that a day of messages with these people
    /// is: the same day and direction, and the same people, or some of them.
    /// Some are enough, for whoever was left out at first may be known now.
    pub(crate) fn find(&self, day: &DayOfMessages, people: &[PersonId]) -> Option<&InteractionOf> {
        let stored = self.0.get(&(day.day, day.direction))?;
        let within = |a: &[PersonId], b: &[PersonId]| a.iter().all(|id| b.contains(id));
        let exact = stored
            .iter()
            .find(|s| within(&s.people, people) && within(people, &s.people));
        exact.or_else(|| {
            stored.iter().find(|s| {
                !people.is_empty() && (within(&s.people, people) || within(people, &s.people))
            })
        })
    }
}
