//! What the rules are told about a stored message.

use domain::{
    Channel, Direction, Interaction, Person, RelationshipEvidence, RelationshipState, Ring,
    relationship,
};
use jiff::civil::Date;
use lint::{Relationship, Scenario};
use store::Snapshot;

use crate::Result;
use crate::places::Places;
use crate::season::season_phase;
use crate::student::Student;

/// Returns the channel under which a sent message is logged.
pub(crate) fn logged_channel(channel: &str) -> (Channel, Direction) {
    match lint::Channel::from_word(channel) {
        Some(lint::Channel::LinkedinNote) => (Channel::LinkedIn, Direction::Outgoing),
        Some(lint::Channel::Spoken) => (Channel::Talk, Direction::Mutual),
        Some(lint::Channel::Post | lint::Channel::XPost) => (Channel::Other, Direction::Outgoing),
        _ => (Channel::Email, Direction::Outgoing),
    }
}

/// Returns where a person works, in words: what the employer's text names, else the text.
pub(crate) fn place_of(places: &Places, person: &Person) -> String {
    let current = person.affiliations.iter().find(|a| a.current);
    current
        .map(|a| {
            let institution = a
                .institution_key
                .as_deref()
                .and_then(|key| places.institution(key));
            institution.map_or_else(|| a.employer.clone(), str::to_owned)
        })
        .unwrap_or_default()
}

/// Interactions looked through for the first day of an acquaintance.
const LOOKED_THROUGH: usize = 2_000;

/// Returns what the rules are told about a message.
pub(super) fn record(
    snapshot: &Snapshot<'_>,
    places: &Places,
    student: &Student,
    message: &domain::Message,
    person: Option<&Person>,
    today: Date,
) -> Result<lint::Message> {
    let channel = lint::Channel::from_word(&message.channel).unwrap_or(lint::Channel::Email);
    let scenario = Scenario::from_word(&message.scenario).unwrap_or(Scenario::AlumniIntro);
    let mut record = lint::Message::new(channel, scenario, today, &message.text);
    record.id = message.id.to_string();
    record.sender = sender(student);
    record.context.season_phase = season_phase(today);
    record.context.event.clone_from(&message.event);
    record.context.reply = message.follows.is_some();
    record.subject = (channel == lint::Channel::Email).then(|| message.subject.clone());
    if channel.is_public() {
        // Whoever is named in it, everybody reads it: it is no first contact.
        "audience".clone_into(&mut record.recipient.role);
        return Ok(record);
    }
    let Some(person) = person else {
        return Ok(record);
    };

    let timeline = snapshot.timeline(person.id, LOOKED_THROUGH, None)?;
    let evidence = snapshot.evidence(person.id)?;
    let met = timeline
        .iter()
        .rfind(|i| counts_as_acquaintance(i))
        .map(|i| i.day);
    let recipient = &mut record.recipient;
    recipient.name = person.name.plain();
    recipient.title.clone_from(&person.name.title);
    recipient.greet_as.clone_from(&person.name.greet_as);
    recipient.role = person
        .affiliations
        .iter()
        .find(|a| a.current)
        .map(|a| {
            if a.position.is_empty() {
                a.role.word().to_owned()
            } else {
                a.position.clone()
            }
        })
        .unwrap_or_default();
    recipient.institution = place_of(places, person);
    recipient.relationship = match relationship_for_rules(evidence, person.ring) {
        // A follow-up is no first contact: who writes stands in the conversation.
        Relationship::Stranger if message.follows.is_some() => Relationship::MetOnce,
        relationship => relationship,
    };
    recipient.acquainted_days = met
        .and_then(|day| day.until(today).ok())
        .and_then(|span| u32::try_from(span.get_days()).ok())
        .unwrap_or(0);
    recipient.working_days = Some(evidence.days_together);
    // How somebody was found says nothing of them: "LinkedIn" is on every such list.
    recipient.facts = [&person.note]
        .into_iter()
        .chain(&person.tags)
        .chain(timeline.iter().take(10).flat_map(|i| [&i.note, &i.event]))
        .filter(|text| !text.trim().is_empty())
        .cloned()
        .collect();
    // A word back within a month keeps a thread open.
    record.context.reply |= timeline.first().is_some_and(|latest| {
        latest.channel.is_written()
            && latest.direction == Direction::Incoming
            && latest
                .day
                .until(today)
                .is_ok_and(|span| span.get_days() <= 30)
    });
    Ok(record)
}

/// Returns how well somebody of a ring knows the student, as the rules tell it.
pub(crate) fn relationship_for_rules(evidence: RelationshipEvidence, ring: Ring) -> Relationship {
    match relationship(evidence).0 {
        RelationshipState::Unknown => Relationship::Stranger,
        RelationshipState::Advocate => Relationship::Advocate,
        _ if ring == Ring::Inner => Relationship::Mentor,
        RelationshipState::WorkedWith => Relationship::WorkedWith,
        RelationshipState::Aware | RelationshipState::Met => Relationship::MetOnce,
    }
}

pub(super) fn sender(student: &Student) -> lint::Sender {
    let facts = facts::shipped();
    let school_short = match facts.school(&student.school) {
        facts::SchoolAnswer::One(school) => school
            .abbreviations
            .iter()
            .filter(|short| matches!(facts.school(short), facts::SchoolAnswer::One(_)))
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    lint::Sender {
        name: student.name.clone(),
        stage: student.stage_in_words(),
        school: student.school.clone(),
        school_short,
    }
}

fn counts_as_acquaintance(interaction: &Interaction) -> bool {
    interaction.channel.is_live() || interaction.direction == Direction::Incoming
}
