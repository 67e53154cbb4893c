//! What the log shows of a rotation: whom of radiology the student met, what
//! they did for them, and how long they watched.

use domain::{
    Channel, Direction, ExchangeKind, Interaction, InteractionId, PersonId, RoleKind, Rotation,
    is_in_radiology,
};
use facts::Sign;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use store::Snapshot;

use crate::Result;
use crate::views::who::WhoLine;

/// Days after a day together within which a thank-you counts as one for it (S-157).
const THANKED_WITHIN_DAYS: i32 = 5;

/// Where the log shows that a line of a checklist is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenLine {
    /// The day.
    pub day: String,
    /// With whom, in words.
    pub with: String,
}

/// A day that the student spent with somebody of radiology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatchedDay {
    /// The day.
    pub day: String,
    /// How long, in minutes; `null` where no length was logged.
    pub minutes: Option<u32>,
    /// With whom, in words.
    pub with: String,
}

/// The days with radiology in a rotation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Watched {
    /// All lengths that were logged, in minutes.
    pub minutes: u32,
    /// How many days they are.
    pub n_days: usize,
    /// What was logged, the latest first.
    pub days: Vec<WatchedDay>,
}

impl Watched {
    /// Returns the sum as a person says it ("6 h 30 min").
    pub fn in_words(&self) -> String {
        in_words(self.minutes)
    }
}

impl WatchedDay {
    /// Returns the length as a person says it, or that none was logged.
    pub fn in_words(&self) -> String {
        self.minutes
            .map_or_else(|| "no length logged".to_owned(), in_words)
    }
}

fn in_words(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// One interaction with one person of radiology.
struct Entry {
    person: PersonId,
    name: String,
    role: Option<RoleKind>,
    interaction: Interaction,
}

/// The interactions of a rotation with people of radiology at its hospital, the
/// earliest first.
pub(super) struct Diary {
    entries: Vec<Entry>,
    /// Those before the rotation: whom the student met then is known to them.
    before: Vec<Entry>,
    /// The first day of the rotation, where it is known.
    starts: Option<Date>,
}

impl Diary {
    /// Returns the interactions with these people up to the rotation's last
    /// day, or today; a day that is still to come shows nothing. A post that
    /// names no field is not counted as radiology.
    pub(super) fn load(
        snapshot: &Snapshot<'_>,
        rotation: &Rotation,
        who: &[WhoLine],
        today: Date,
    ) -> Result<Self> {
        let mut entries = Vec::new();
        let of_radiology = who.iter().filter(|line| {
            line.current && line.person.n_interactions > 0 && is_in_radiology(&line.person.position)
        });
        for line in of_radiology {
            let Ok(person) = line.person.id.parse::<PersonId>() else {
                continue;
            };
            let interactions = snapshot.timeline(person, usize::MAX, None)?.into_iter();
            let until_its_end = interactions
                .filter(|it| rotation.ends.is_none_or(|ends| it.day <= ends) && it.day <= today);
            entries.extend(until_its_end.map(|interaction| Entry {
                person,
                name: line.person.name.clone(),
                role: RoleKind::from_word(line.person.role),
                interaction,
            }));
        }
        entries.sort_by(|a, b| {
            let key = |entry: &Entry| (entry.interaction.day, entry.interaction.id);
            key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
        });
        let n_before = entries.partition_point(|entry| {
            let starts = rotation.starts;
            starts.is_some_and(|starts| entry.interaction.day < starts)
        });
        let in_rotation = entries.split_off(n_before);
        Ok(Self {
            entries: in_rotation,
            before: entries,
            starts: rotation.starts,
        })
    }

    /// Returns where the log shows a sign, the first time. Who was met before
    /// the rotation is known already. Without its first day nothing else is known
    /// to have happened in it.
    pub(super) fn seen(&self, sign: Sign) -> Option<SeenLine> {
        if sign != Sign::AttendingAndResident {
            self.starts?;
        }
        match sign {
            Sign::AttendingAndResident => {
                let met = |roles: [RoleKind; 2]| {
                    let mut live = self
                        .before
                        .iter()
                        .chain(&self.entries)
                        .filter(|entry| entry.interaction.channel.is_live());
                    live.find(|entry| entry.role.is_some_and(|role| roles.contains(&role)))
                };
                let attending = met([RoleKind::Attending, RoleKind::Director])?;
                let trainee = met([RoleKind::Resident, RoleKind::Fellow])?;
                Some(SeenLine {
                    day: attending
                        .interaction
                        .day
                        .max(trainee.interaction.day)
                        .to_string(),
                    with: format!("{} and {}", attending.name, trainee.name),
                })
            }
            Sign::Gave => {
                let mut entries = self.entries.iter();
                let gave = entries.find(|entry| {
                    let mut exchanges = entry.interaction.exchanges.iter();
                    exchanges.any(|exchange| exchange.kind == ExchangeKind::Give)
                });
                gave.map(seen_with)
            }
            Sign::Thanked => {
                let mut entries = self.entries.iter();
                entries.find(|entry| self.thanks(entry)).map(seen_with)
            }
        }
    }

    /// Returns whether an entry is a message soon after a day with the person.
    fn thanks(&self, entry: &Entry) -> bool {
        let written = &entry.interaction;
        written.channel.is_written()
            && written.direction == Direction::Outgoing
            && self.entries.iter().any(|day| {
                let last = day
                    .interaction
                    .day
                    .saturating_add(THANKED_WITHIN_DAYS.days());
                day.interaction.channel == Channel::Rotation
                    && day.person == entry.person
                    && (day.interaction.day..=last).contains(&written.day)
            })
    }

    /// Returns the days of watching or working with somebody of radiology.
    pub(super) fn watched(&self) -> Watched {
        let mut watched = Watched::default();
        let mut last: Option<InteractionId> = None;
        let days = self.entries.iter();
        for entry in days.filter(|entry| entry.interaction.channel == Channel::Rotation) {
            let id = entry.interaction.id;
            if let Some(day) = watched.days.last_mut().filter(|_| last == Some(id)) {
                // One day with two people is one day.
                day.with = format!("{}, {}", day.with, entry.name);
                continue;
            }
            last = Some(id);
            watched.minutes += entry.interaction.duration_min.unwrap_or(0);
            watched.days.push(WatchedDay {
                day: entry.interaction.day.to_string(),
                minutes: entry.interaction.duration_min,
                with: entry.name.clone(),
            });
        }
        let mut dates: Vec<&str> = watched.days.iter().map(|day| day.day.as_str()).collect();
        dates.dedup();
        watched.n_days = dates.len();
        watched.days.reverse();
        watched
    }
}

fn seen_with(entry: &Entry) -> SeenLine {
    SeenLine {
        day: entry.interaction.day.to_string(),
        with: entry.name.clone(),
    }
}
