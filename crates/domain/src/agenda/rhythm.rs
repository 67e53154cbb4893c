//! People whom it is time to be in touch with.

use jiff::civil::Date;

use super::{
    AgendaItem, ItemKey, ItemKind, PersonRhythm, Urgency, days_ago, days_between, plus_days,
};

/// Days of silence from which a person is written to as somebody to reconnect
/// with: nine in ten ties outside one's circle were gone after a year (E-020).
pub const RECONNECT_AFTER: i32 = 365;

pub(super) fn items(
    today: Date,
    rhythms: &[PersonRhythm],
) -> impl Iterator<Item = AgendaItem> + '_ {
    rhythms.iter().filter_map(move |rhythm| item(today, rhythm))
}

fn item(today: Date, rhythm: &PersonRhythm) -> Option<AgendaItem> {
    let last = rhythm.last?;
    let age = days_between(last, today);
    let ideal = i32::from(rhythm.cadence.ideal_days);
    let maximum = i32::from(rhythm.cadence.maximum_days);
    if age < ideal {
        return None;
    }
    let PersonRhythm { person, name, .. } = rhythm;
    let ago = days_ago(age);
    let (key, kind, urgency, why, aim, evidence): (_, _, _, _, _, &[&str]) = if age < maximum {
        (
            ItemKey::Rhythm(*person, last),
            ItemKind::Rhythm,
            Urgency::Whenever,
            format!("Last contact {ago}; you want to be in touch about every {ideal} days."),
            format!("Tell {name} one piece of news, and ask for nothing."),
            &["E-015"],
        )
    } else if age < RECONNECT_AFTER.max(maximum) {
        (
            ItemKey::Fading(*person, last),
            ItemKind::Fading,
            Urgency::Soon,
            format!(
                "Last contact {ago}. That happens in a busy year, and a short word is welcome without an excuse."
            ),
            format!("A short word to {name}: what you do now, and thanks for what they gave you."),
            &["E-015", "E-023"],
        )
    } else {
        (
            ItemKey::Reconnect(*person, last),
            ItemKind::Reconnect,
            Urgency::Whenever,
            format!(
                "Last contact {ago}. People are glad to hear from somebody after a long time; after a long time, write a little more."
            ),
            format!(
                "A fuller message to {name}: what happened since, what their help led to, and one easy question."
            ),
            &["E-017", "E-025"],
        )
    };
    Some(AgendaItem {
        key,
        kind,
        person: Some(*person),
        program: None,
        name: name.clone(),
        urgency,
        best_by: Some(plus_days(last, ideal)),
        closes: None,
        order: 0,
        why,
        settles: "Any interaction with this person.".to_owned(),
        aim,
        evidence,
    })
}
