//! What Today asks agrees with its plain definition, whatever happened and on
//! whatever day it is asked.

use domain::{
    Channel, Direction, Exchange, ExchangeKind, Interaction, InteractionId, Person, Unanswered,
};
use jiff::Span;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::common::*;

const FIRST: Date = Date::constant(2026, 3, 1);

/// People with these numbers; the last one is put aside.
const PEOPLE: u128 = 4;

fn happened() -> impl Strategy<Value = Interaction> {
    let channel = prop::sample::select(&Channel::ALL[..]);
    let direction = prop::sample::select(vec![
        Direction::Outgoing,
        Direction::Outgoing,
        Direction::Incoming,
        Direction::Mutual,
    ]);
    let kinds = prop::sample::select(vec![ExchangeKind::Ask, ExchangeKind::Give]);
    (
        // Most on few days, so that the order within a day matters.
        prop_oneof![0..12_i32, 0..160_i32],
        channel,
        direction,
        prop::collection::btree_set(1..=PEOPLE, 1..3),
        prop::collection::vec(kinds, 0..3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(after, channel, direction, who, kinds, follow_up, sent)| {
            let exchanges = kinds.into_iter().enumerate();
            Interaction {
                day: FIRST.saturating_add(Span::new().days(after)),
                channel,
                direction,
                people: who.into_iter().map(person_id).collect(),
                exchanges: exchanges
                    .map(|(place, kind)| Exchange {
                        kind,
                        what: format!("thing {place}"),
                        minutes: None,
                    })
                    .collect(),
                follow_up,
                message: sent.then(|| message_id(1)),
                ..interaction(1, "2026-03-01", channel, &[])
            }
        })
}

/// What is compared of a wait: the ask, the person's number, what was asked,
/// first and last day, and reminders.
type Wait = (Unanswered, u128, String, Date, Date, u32);

fn days_before(today: Date, days: i32) -> Date {
    today.saturating_sub(Span::new().days(days))
}

/// A follow-up is open with everybody who took part in something live or
/// wanted of the last days, and to whom no written word went after it: on a later
/// day, or logged later for the same day.
fn follow_ups(all: &[Interaction], today: Date) -> Vec<(InteractionId, u128)> {
    let mut open = Vec::new();
    for i in all {
        let is_recent =
            (days_before(today, domain::FOLLOW_UP_CLOSED_AFTER)..=today).contains(&i.day);
        for n in (1..PEOPLE).filter(|n| i.people.contains(&person_id(*n))) {
            let is_settled = all.iter().any(|w| {
                w.people.contains(&person_id(n))
                    && (w.day, w.id) > (i.day, i.id)
                    && w.direction == Direction::Outgoing
                    && w.channel.is_written()
            });
            if is_recent && (i.follow_up || i.channel.is_live()) && !is_settled {
                open.push((i.id, n));
            }
        }
    }
    open.sort();
    open
}

/// A wait begins with the first ask of the last 120 days that was written, but
/// not with Vouch, or made in a talk, and after which nothing came from the
/// person. The first word after a talk is its thank-you.
fn waits(all: &[Interaction], today: Date) -> Vec<Wait> {
    let mut waits = Vec::new();
    for n in 1..PEOPLE {
        let mut theirs: Vec<&Interaction> = all
            .iter()
            .filter(|i| i.people.contains(&person_id(n)))
            .collect();
        // The order of logging is kept within a day.
        theirs.sort_by_key(|i| i.day);
        let wrote = |i: &Interaction| i.direction == Direction::Outgoing && i.channel.is_written();
        let talked = |i: &Interaction| i.channel.is_live() && i.channel != Channel::Interview;
        let asked = |i: &Interaction| i.exchanges.iter().any(|e| e.kind == ExchangeKind::Ask);
        let begins = |(position, i): &(usize, &Interaction)| {
            (days_before(today, 120)..=today).contains(&i.day)
                && (wrote(i) || talked(i))
                && asked(i)
                && i.message.is_none()
                && theirs[position + 1..]
                    .iter()
                    .all(|later| later.direction == Direction::Outgoing)
        };
        let found = theirs.iter().copied().enumerate().find(begins);
        let Some((position, ask)) = found else {
            continue;
        };
        let reminders: Vec<Date> = theirs[position + 1..]
            .iter()
            .filter(|i| wrote(i))
            .map(|i| i.day)
            .collect();
        let first = ask.exchanges.iter().find(|e| e.kind == ExchangeKind::Ask);
        let (to, thanks) = if talked(ask) {
            (Unanswered::Talk(ask.id), 1)
        } else {
            (Unanswered::Ask(ask.id), 0)
        };
        waits.push((
            to,
            n,
            first.map(|e| e.what.clone()).unwrap_or_default(),
            ask.day,
            reminders.last().copied().unwrap_or(ask.day),
            u32::try_from(reminders.len().saturating_sub(thanks)).expect("few"),
        ));
    }
    waits.sort();
    waits
}

/// An answer is owed where the last that happened with a person is something
/// that they wrote, some thirty days ago at most.
fn owed(all: &[Interaction], today: Date) -> Vec<(InteractionId, u128)> {
    let mut owed = Vec::new();
    for n in 1..PEOPLE {
        let theirs = all.iter().filter(|i| i.people.contains(&person_id(n)));
        let Some(last) = theirs.max_by_key(|i| (i.day, i.id)) else {
            continue;
        };
        let is_recent =
            (days_before(today, domain::REPLY_OWED_CLOSED_AFTER)..=today).contains(&last.day);
        if is_recent && last.direction == Direction::Incoming && last.channel.is_written() {
            owed.push((last.id, n));
        }
    }
    owed.sort();
    owed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_open_is_what_the_definition_says(
        happened in prop::collection::vec(happened(), 0..24),
        days in prop::collection::vec(0..300_i32, 6),
    ) {
        let vault = Vault::new();
        let all: Vec<Interaction> = (1..)
            .zip(happened)
            .map(|(n, i)| Interaction { id: interaction_id(n), ..i })
            .collect();
        vault.write(1, |w| {
            for n in 1..=PEOPLE {
                let archived = n == PEOPLE;
                w.add_person(&Person { archived, ..person(n, &format!("Dr. Person {n}")) }, &[])?;
            }
            w.save_message(&message(1, None))?;
            all.iter().try_for_each(|i| w.add_interaction(i))
        });
        for after in days.into_iter().chain([0, 6, 11, 14]) {
            let today = FIRST.saturating_add(Span::new().days(after));
            let input = vault.read(|s| s.agenda_input(today, &domain::Cadences::default()));
            let mut open: Vec<(InteractionId, u128)> = input
                .follow_ups
                .iter()
                .map(|f| (f.interaction, f.person.0.as_u128()))
                .collect();
            open.sort();
            prop_assert_eq!(open, follow_ups(&all, today), "follow-ups on {}", today);
            let mut found: Vec<Wait> = Vec::new();
            for wait in &input.replies {
                found.push((
                    wait.to,
                    wait.person.0.as_u128(),
                    wait.about.clone(),
                    wait.first_sent,
                    wait.last_sent,
                    wait.follow_ups,
                ));
            }
            found.sort();
            prop_assert_eq!(found, waits(&all, today), "waits on {}", today);
            let mut found: Vec<(InteractionId, u128)> = input
                .owed
                .iter()
                .map(|reply| (reply.interaction, reply.person.0.as_u128()))
                .collect();
            found.sort();
            prop_assert_eq!(found, owed(&all, today), "owed on {}", today);
        }
    }
}
