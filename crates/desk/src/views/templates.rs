//! The templates that fit a person, a purpose and a channel.

use domain::PersonId;
use lint::{Channel, Purpose, Relationship, Template};
use serde::Serialize;
use store::Reader;

use crate::views::compose::relationship_for_rules;
use crate::{DeskError, Result};

/// What the list of templates is asked for; an empty word asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplatesQuery {
    /// To whom.
    pub person: Option<PersonId>,
    /// What for: the word of a [`Purpose`].
    pub purpose: String,
    /// How: the word of a [`Channel`].
    pub channel: String,
}

/// A template to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceLine {
    /// Its name.
    pub name: String,
    /// What the student wants to do.
    pub title: String,
    /// What it is for, and when it is right.
    pub purpose: String,
    /// For whom it is.
    pub audience: String,
    /// How it travels, in words.
    pub channel: &'static str,
}

/// Templates that serve one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PurposeGroup {
    /// The purpose's word, as it stands in addresses.
    pub word: &'static str,
    /// The purpose in the student's words.
    pub heading: &'static str,
    /// The templates.
    pub templates: Vec<ChoiceLine>,
}

/// The templates to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Templates {
    /// Those that fit, by purpose; purposes with none are left out.
    pub groups: Vec<PurposeGroup>,
    /// Those that do not fit the person as things stand: each with the reason.
    pub not_yet: Vec<(ChoiceLine, &'static str)>,
    /// All purposes: word and heading.
    pub purposes: Vec<(&'static str, &'static str)>,
    /// All channels that templates have: word and label.
    pub channels: Vec<(&'static str, &'static str)>,
}

/// Returns the templates that fit a query. Without a person all fit; with one,
/// those are set apart that are for people who know the student better or less.
///
/// # Errors
/// [`DeskError::NotThere`] where nobody has the person's id, [`DeskError::Bad`]
/// where a word is not known.
pub fn templates(reader: &Reader, query: &TemplatesQuery) -> Result<Templates> {
    let purposes: Vec<_> = Purpose::ALL
        .iter()
        .map(|p| (p.word(), p.heading()))
        .collect();
    let channels: Vec<_> = Channel::ALL
        .iter()
        .filter(|c| lint::TEMPLATES.iter().any(|t| t.channel == **c))
        .map(|c| (c.word(), label(*c)))
        .collect();
    must_be_known("purpose", &query.purpose, &purposes)?;
    must_be_known("channel", &query.channel, &channels)?;
    let knows = match query.person {
        None => None,
        Some(id) => Some(reader.read(|snapshot| {
            let person = snapshot.person(id)?;
            let person = person.ok_or_else(|| DeskError::not_there("person", id))?;
            let evidence = snapshot.evidence(person.id)?;
            Ok::<_, DeskError>(relationship_for_rules(evidence, person.ring))
        })?),
    };
    let mut groups: Vec<PurposeGroup> = Vec::new();
    let mut not_yet = Vec::new();
    for purpose in Purpose::ALL {
        let mut lines = Vec::new();
        for template in lint::TEMPLATES.iter().filter(|t| t.serves == *purpose) {
            let is_asked = (query.purpose.is_empty() || query.purpose == purpose.word())
                && (query.channel.is_empty() || query.channel == template.channel.word());
            if !is_asked {
                continue;
            }
            match knows.and_then(|knows| why_not(template, knows)) {
                None => lines.push(choice(template)),
                Some(reason) => not_yet.push((choice(template), reason)),
            }
        }
        if !lines.is_empty() {
            groups.push(PurposeGroup {
                word: purpose.word(),
                heading: purpose.heading(),
                templates: lines,
            });
        }
    }
    Ok(Templates {
        groups,
        not_yet,
        purposes,
        channels,
    })
}

fn must_be_known(
    field: &'static str,
    word: &str,
    known: &[(&'static str, &'static str)],
) -> Result<()> {
    if word.is_empty() || known.iter().any(|(w, _)| *w == word) {
        return Ok(());
    }
    let words: Vec<&str> = known.iter().map(|(w, _)| *w).collect();
    Err(DeskError::bad(field, word, words.join(", ")))
}

/// Returns why a template is not for somebody who knows the student that well.
fn why_not(template: &Template, knows: Relationship) -> Option<&'static str> {
    if template.fits(knows) {
        return None;
    }
    let for_whom = template.fits.iter().min()?;
    Some(if knows > *for_whom {
        "You know each other already."
    } else {
        match for_whom {
            Relationship::Stranger | Relationship::MetOnce => {
                "You have not met yet, as far as Vouch knows. If you have, log it first."
            }
            Relationship::WorkedWith => "For somebody who has worked with you for some time.",
            Relationship::Mentor | Relationship::Advocate => {
                "For a mentor: somebody of your inner ring, or who offered to speak for you."
            }
        }
    })
}

fn choice(template: &Template) -> ChoiceLine {
    ChoiceLine {
        name: template.name.clone(),
        title: template.title.clone(),
        purpose: template.purpose.clone(),
        audience: template.audience.clone(),
        channel: label(template.channel),
    }
}

fn label(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "E-mail",
        Channel::LinkedinNote => "LinkedIn note",
        Channel::XPost => "Post on X",
        Channel::Post => "Public text",
        Channel::Spoken => "To say aloud",
    }
}
