//! What happened around a message: what the guards are told, and what stands
//! beside the text.

use domain::{
    Affiliation, Commitment, ContactPolicy, Direction, ExchangeKind, Interaction, Message,
    MessageId, MessageState, OpenMessage, Outreach, Owner, Person, PersonId, PersonName, ProgramId,
    Reminded, RoleKind,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lint::{Scenario, SeasonPhase};
use serde::Serialize;
use store::{FirstContact, Place, Snapshot};

use super::needs_policy;
use super::same_place::employer_keys;
use super::told::place_of;
use crate::Result;
use crate::places::Places;
use crate::season::next_opening;
use crate::student::ZONE;
use crate::views::person::{CommitmentLine, commitment_line, heading};
use crate::views::today::interaction_in_words;

/// How a tag begins that names a paper: who share it wrote it together.
pub(super) const PAPER_TAG: &str = "paper-";
/// Messages to colleagues that are looked at.
const COLLEAGUES_MAX: usize = 40;
/// Messages to colleagues that are shown.
const COLLEAGUES_SHOWN: usize = 6;
/// Interactions that are shown.
const LAST_SHOWN: usize = 3;
/// Messages and interactions looked through.
const LOOKED_THROUGH: usize = 500;

/// What was sent to somebody at the same place or of the same paper (S-013).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColleagueLine {
    /// The message's id.
    pub message: String,
    /// The person's id.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// The tag of the paper that both wrote; empty where they share a place.
    pub paper: String,
    /// The message's subject, or its first words.
    pub heading: String,
    /// How far the message has come.
    pub state: &'static str,
    /// The day it was sent.
    pub sent_on: Option<String>,
}

/// What a program says about being written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyLine {
    /// The program's id.
    pub program: String,
    /// Its name.
    pub name: String,
    /// The policy as the student entered it; `null` is not known.
    pub policy: Option<String>,
    /// Where it stands, and when it was read.
    pub source: String,
}

/// What is known, beside the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// What the programs of the place say about being written to.
    pub policies: Vec<PolicyLine>,
    /// Where the person works.
    pub place: String,
    /// Post and employer as written, with the day on which it was seen.
    pub work: Vec<String>,
    /// How the student came upon the person.
    pub how_found: String,
    /// How well the person knows the student, and why.
    pub known: String,
    /// The student's own note on the person.
    pub note: String,
    /// The last things that happened, newest first.
    pub last: Vec<String>,
    /// Promises that are open.
    pub promises: Vec<CommitmentLine>,
    /// What was sent to colleagues at the same place, then to co-authors, newest
    /// first.
    pub colleagues: Vec<ColleagueLine>,
}

/// Everything around one message, read once.
pub(super) struct Around {
    pub(super) outreach: Outreach,
    pub(super) beside: Beside,
}

/// Reads what happened around a message to a person.
///
/// `message` is `None` before it is begun; what it asks is then not known.
pub(super) fn around(
    snapshot: &Snapshot<'_>,
    places: &Places,
    person: &Person,
    message: Option<&Message>,
    record: Option<&lint::Message>,
    today: Date,
) -> Result<Around> {
    let timeline = snapshot.timeline(person.id, LOOKED_THROUGH, None)?;
    let commitments = snapshot.commitments(Some(person.id), true)?;
    let own = message.map(|m| m.id);
    let colleagues = colleagues(snapshot, person, message)?;
    let to_same = snapshot.messages(Some(person.id), LOOKED_THROUGH)?;
    let program = message.and_then(|m| m.program.as_ref());
    let beside = Beside {
        policies: policies(snapshot, places, person, program)?,
        place: place_of(places, person),
        work: work(person),
        how_found: person.how_found.clone(),
        known: known(snapshot, person.id)?,
        note: person.note.clone(),
        last: timeline
            .iter()
            .take(LAST_SHOWN)
            .map(interaction_in_words)
            .collect(),
        promises: commitments.iter().cloned().map(commitment_line).collect(),
        colleagues: colleagues
            .iter()
            .take(COLLEAGUES_SHOWN)
            .map(ColleagueLine::from)
            .collect(),
    };
    let mut outreach = Outreach {
        to_director: current(person).is_some_and(|a| a.role == RoleKind::Director),
        overdue: overdue(&commitments, today),
        first_contact_without_ask: first_without_ask(&timeline, &to_same),
        open_at_program: colleagues
            .iter()
            .filter(|colleague| is_open(&colleague.message))
            .map(|colleague| OpenMessage {
                paper: colleague.paper.clone(),
                ..open_message(&colleague.name, &colleague.message)
            })
            .collect(),
        reminder: reminder(&timeline, &to_same, own),
        ..Outreach::default()
    };
    if let (Some(message), Some(record)) = (message, record) {
        let scenario = record.scenario;
        let is_direct = !record.channel.is_public();
        outreach.first_contact = is_direct
            && record.is_first_contact()
            && timeline.is_empty()
            && outreach.reminder.is_none();
        // Giving a promise back is how an overdue one is put right.
        outreach.asks = is_direct && scenario != Scenario::StepBack && lint::measures(record).asks;
        outreach.advocacy = scenario == Scenario::AdvocacyRequest;
        outreach.favour = matches!(
            scenario,
            Scenario::LetterRequest | Scenario::IntroRequest | Scenario::AdvocacyRequest
        );
        outreach.needed_on = (scenario == Scenario::LetterRequest).then(|| next_opening(today));
        outreach.interviews_run = record.context.season_phase == SeasonPhase::Interview;
        if outreach.first_contact {
            let zone = zone(snapshot)?;
            let week_ago = today.saturating_sub(jiff::Span::new().days(6));
            outreach.first_contacts = snapshot
                .first_contacts_since(week_ago)?
                .into_iter()
                .filter(|other| other.message != message.id && left_before(other, message))
                .map(|other| day_of(&other, &zone, today))
                .collect();
        }
        outreach.open_advocacy = to_same
            .iter()
            .filter(|m| m.id != message.id && is_open(m))
            .filter(|m| m.scenario == Scenario::AdvocacyRequest.word())
            .map(|m| open_message(&person.name, m))
            .collect();
        outreach.before_conference = before_conference(snapshot, message)?;
        if needs_policy(record) {
            let policies = beside.policies.iter().map(|line| ContactPolicy {
                program: line.name.clone(),
                words: line.policy.clone(),
            });
            outreach.thanks_after_interview = Some(policies.collect());
        }
        if answers_an_answer(snapshot, message)? {
            outreach.reminder = None;
        }
        if outreach.reminder.is_some() || record.context.reply || !is_direct {
            // What goes on in an open conversation opens nothing new.
            outreach.open_at_program.clear();
        }
    }
    Ok(Around { outreach, beside })
}

/// Returns the student's zone, as far as it is stored.
fn zone(snapshot: &Snapshot<'_>) -> Result<TimeZone> {
    let named = snapshot.setting(ZONE)?;
    let zone = named.and_then(|name| TimeZone::get(&name).ok());
    Ok(zone.unwrap_or(TimeZone::UTC))
}

/// Returns whether another first contact left before a message did; one that has
/// not left yet comes after all.
fn left_before(other: &FirstContact, message: &Message) -> bool {
    message.state < MessageState::HandedOver || other.changed_at < message.changed_at
}

/// Returns the day on which a first contact was sent or handed over.
fn day_of(contact: &FirstContact, zone: &TimeZone, today: Date) -> Date {
    contact.sent_on.unwrap_or_else(|| {
        let day = contact.changed_at.to_zoned_datetime(zone.clone()).date();
        // Nothing was handed over tomorrow, whatever the zone.
        day.min(today)
    })
}

/// Returns whether a message follows one that was answered: it reminds of nothing.
fn answers_an_answer(snapshot: &Snapshot<'_>, message: &Message) -> Result<bool> {
    let Some(earlier) = message.follows else {
        return Ok(false);
    };
    let earlier = snapshot.message(earlier)?;
    Ok(earlier.is_some_and(|m| m.state == MessageState::Replied))
}

fn current(person: &Person) -> Option<&Affiliation> {
    person.affiliations.iter().find(|a| a.current)
}

fn work(person: &Person) -> Vec<String> {
    person
        .affiliations
        .iter()
        .filter(|a| a.current)
        .map(|a| {
            let parts = [a.position.as_str(), a.employer.as_str()];
            let mut line = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ");
            if let Some(day) = a.as_of {
                line.push_str(&format!(" (seen {day})"));
            }
            line
        })
        .collect()
}

fn known(snapshot: &Snapshot<'_>, person: PersonId) -> Result<String> {
    let (state, reason) = domain::relationship(snapshot.evidence(person)?);
    Ok(match reason.as_str() {
        "" => state.word().to_owned(),
        reason => format!("{}: {reason}", state.word()),
    })
}

fn overdue(commitments: &[Commitment], today: Date) -> Vec<(String, Date)> {
    commitments
        .iter()
        .filter(|c| c.owner == Owner::Student)
        .filter_map(|c| Some((c.what.clone(), c.due?)))
        .filter(|(_, due)| *due < today)
        .collect()
}

/// Scenarios that ask for nothing but to be read.
fn asks_nothing(scenario: &str) -> bool {
    matches!(
        Scenario::from_word(scenario),
        Some(
            Scenario::ThankYou
                | Scenario::MentorUpdate
                | Scenario::PostTalkFollowup
                | Scenario::ConferenceFollowup
                | Scenario::InterviewThankYou
                | Scenario::StepBack
        )
    )
}

/// Returns the first day on which there was contact without an ask.
fn first_without_ask(timeline: &[Interaction], messages: &[Message]) -> Option<Date> {
    timeline
        .iter()
        .filter(|i| i.exchanges.iter().all(|e| e.kind != ExchangeKind::Ask))
        .filter(|i| match i.message {
            Some(id) => messages
                .iter()
                .any(|m| m.id == id && asks_nothing(&m.scenario)),
            None => true,
        })
        .map(|i| i.day)
        .min()
}

fn is_open(message: &Message) -> bool {
    matches!(message.state, MessageState::HandedOver | MessageState::Sent)
}

fn open_message(name: &PersonName, message: &Message) -> OpenMessage {
    OpenMessage {
        to: name.display(),
        about: heading(message),
        sent_on: message.sent_on,
        paper: String::new(),
    }
}

/// Returns the unanswered messages to the person that this one would remind of.
fn reminder(
    timeline: &[Interaction],
    to_same: &[Message],
    own: Option<MessageId>,
) -> Option<Reminded> {
    let heard = timeline
        .iter()
        .filter(|i| i.direction != Direction::Outgoing)
        .map(|i| i.day)
        .max();
    let unanswered: Vec<Date> = to_same
        .iter()
        .filter(|m| Some(m.id) != own && m.state == MessageState::Sent)
        .filter_map(|m| m.sent_on)
        .filter(|sent| heard.is_none_or(|heard| heard < *sent))
        .collect();
    let last_sent = unanswered.iter().copied().max()?;
    Some(Reminded {
        last_sent,
        n_before: u32::try_from(unanswered.len() - 1).unwrap_or(u32::MAX),
    })
}

/// A message that left to somebody who speaks with the person.
struct Colleague {
    name: PersonName,
    message: Message,
    /// The tag of the paper that both wrote; empty where they share a place.
    paper: String,
}

impl From<&Colleague> for ColleagueLine {
    fn from(colleague: &Colleague) -> Self {
        let message = &colleague.message;
        Self {
            message: message.id.to_string(),
            person: message.person.map(|id| id.to_string()).unwrap_or_default(),
            name: colleague.name.display(),
            paper: colleague.paper.clone(),
            heading: heading(message),
            state: message.state.word(),
            sent_on: message.sent_on.map(|day| day.to_string()),
        }
    }
}

/// Returns messages that left to other people where the person works now, then
/// those to others who wrote a paper with the person.
fn colleagues(
    snapshot: &Snapshot<'_>,
    person: &Person,
    message: Option<&Message>,
) -> Result<Vec<Colleague>> {
    let mut found: Vec<Colleague> = at_the_place(snapshot, person, message)?
        .into_iter()
        .map(|(name, message)| Colleague {
            name,
            message,
            paper: String::new(),
        })
        .collect();
    let names_paper = |tag: &&String| tag.to_lowercase().starts_with(PAPER_TAG);
    for paper in person.tags.iter().filter(names_paper) {
        for (name, message) in snapshot.messages_tagged(paper, COLLEAGUES_MAX)? {
            if found.iter().all(|known| known.message.id != message.id) {
                found.push(Colleague {
                    name,
                    message,
                    paper: paper.clone(),
                });
            }
        }
    }
    found.retain(|colleague| colleague.message.person != Some(person.id));
    Ok(found)
}

fn at_the_place(
    snapshot: &Snapshot<'_>,
    person: &Person,
    message: Option<&Message>,
) -> Result<Vec<(PersonName, Message)>> {
    let here = current(person);
    let keys: Vec<&str> = here
        .and_then(|a| a.institution_key.as_deref())
        .into_iter()
        .collect();
    let sites: Vec<_> = here.and_then(|a| a.site.clone()).into_iter().collect();
    let programs: Vec<ProgramId> = here
        .and_then(|a| a.program.clone())
        .into_iter()
        .chain(message.and_then(|m| m.program.clone()))
        .collect();
    // A place that no reference knows is told by the employer's words alone.
    let employers = here
        .filter(|a| a.institution_key.is_none())
        .map(|a| employer_keys(&a.employer))
        .unwrap_or_default();
    let employers: Vec<&str> = employers.iter().map(String::as_str).collect();
    let place = Place {
        institution_keys: &keys,
        sites: &sites,
        programs: &programs,
        employer_keys: &employers,
    };
    Ok(snapshot.messages_at(&place, COLLEAGUES_MAX)?)
}

/// Returns the event of a message before a conference, and how many people are
/// written to before it, this one counted.
fn before_conference(snapshot: &Snapshot<'_>, message: &Message) -> Result<Option<(String, u32)>> {
    let scenario = Scenario::PreConference.word();
    if message.scenario != scenario || message.event.trim().is_empty() {
        return Ok(None);
    }
    let event = domain::fold_key(&message.event);
    let mut people: Vec<Option<PersonId>> = snapshot
        .messages(None, LOOKED_THROUGH)?
        .into_iter()
        .filter(|m| m.scenario == scenario && domain::fold_key(&m.event) == event)
        .map(|m| m.person)
        .chain([message.person])
        .collect();
    people.sort_unstable();
    people.dedup();
    let n = u32::try_from(people.len()).unwrap_or(u32::MAX);
    Ok(Some((message.event.clone(), n)))
}

/// Returns the contact policies of the programs concerned: of the one that the
/// message is about, else of all at the person's institution.
fn policies(
    snapshot: &Snapshot<'_>,
    places: &Places,
    person: &Person,
    program: Option<&ProgramId>,
) -> Result<Vec<PolicyLine>> {
    let named = program.and_then(|id| places.program(id));
    let of_place = current(person)
        .and_then(|a| a.institution_key.as_deref())
        .filter(|_| named.is_none())
        .into_iter()
        .flat_map(|key| places.of_institution(key));
    let mut lines = Vec::new();
    for program in named.into_iter().chain(of_place) {
        let entered = snapshot
            .corrections(program.id.as_str())?
            .into_iter()
            .find(|c| c.field == "contact_policy");
        let source = entered.as_ref().map(|c| {
            let day = c.provenance.as_of.map(|d| format!(", {d}"));
            format!("{}{}", c.provenance.source, day.unwrap_or_default())
        });
        lines.push(PolicyLine {
            program: program.id.to_string(),
            name: program.name(),
            policy: entered.map(|c| c.value),
            source: source.unwrap_or_default(),
        });
    }
    Ok(lines)
}
