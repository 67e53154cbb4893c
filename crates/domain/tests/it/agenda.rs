//! Who is due: scenarios with a moving clock.

use domain::{
    AgendaInput, AwaitedReply, Channel, Decision, DecisionKind, FollowUpTrigger, InteractionId,
    ItemKind, ListedProgram, MessageId, PersonId, PersonRhythm, ProgramId, RelationshipState,
    Urgency, agenda,
};
use jiff::civil::{Date, date};
use uuid::Uuid;

const MET: Date = date(2027, 3, 1);

fn person() -> PersonId {
    PersonId(Uuid::from_u128(7))
}

fn talk(channel: Channel) -> FollowUpTrigger {
    FollowUpTrigger {
        interaction: InteractionId(Uuid::from_u128(1)),
        person: person(),
        name: "Dr. Rao".to_owned(),
        day: MET,
        channel,
        wanted: false,
        event: "SIR 2027".to_owned(),
        written_on: None,
    }
}

fn follow_up_after(days: i32, trigger: FollowUpTrigger) -> Option<Urgency> {
    let input = AgendaInput {
        follow_ups: vec![trigger],
        ..Default::default()
    };
    let today = MET.saturating_add(jiff::Span::new().days(days));
    let items = agenda(today, &input).items;
    items.first().map(|item| item.urgency)
}

#[test]
fn a_follow_up_has_a_window() {
    let wanted = [
        (-1, None),
        (0, Some(Urgency::Soon)),
        (2, Some(Urgency::Soon)),
        (3, Some(Urgency::Today)),
        (5, Some(Urgency::Today)),
        (6, Some(Urgency::Late)),
        (14, Some(Urgency::Late)),
        (15, None),
    ];
    for (days, urgency) in wanted {
        assert_eq!(
            follow_up_after(days, talk(Channel::Talk)),
            urgency,
            "day {days}"
        );
    }
}

#[test]
fn an_interview_never_calls_for_a_follow_up() {
    let wanted = FollowUpTrigger {
        wanted: true,
        ..talk(Channel::Interview)
    };
    assert_eq!(follow_up_after(3, wanted), None);
}

#[test]
fn an_email_calls_for_one_only_when_the_student_wants_it() {
    assert_eq!(follow_up_after(3, talk(Channel::Email)), None);
    let wanted = FollowUpTrigger {
        wanted: true,
        ..talk(Channel::Email)
    };
    assert_eq!(follow_up_after(3, wanted), Some(Urgency::Today));
}

#[test]
fn a_written_word_settles_it() {
    let settled = FollowUpTrigger {
        written_on: Some(MET),
        ..talk(Channel::Talk)
    };
    assert_eq!(follow_up_after(3, settled), None);
}

#[test]
fn two_talks_with_one_person_are_one_item() {
    let later = FollowUpTrigger {
        interaction: InteractionId(Uuid::from_u128(2)),
        day: MET.saturating_add(jiff::Span::new().days(1)),
        ..talk(Channel::Call)
    };
    let input = AgendaInput {
        follow_ups: vec![talk(Channel::Talk), later],
        ..Default::default()
    };
    assert_eq!(agenda(date(2027, 3, 3), &input).items.len(), 1);
}

#[test]
fn a_reply_is_awaited_a_week_and_let_go_after_two_reminders() {
    let reply = |follow_ups, last_sent| AwaitedReply {
        message: MessageId(Uuid::from_u128(3)),
        person: person(),
        name: "Dr. Rao".to_owned(),
        about: "Your night float panel".to_owned(),
        first_sent: MET,
        last_sent,
        follow_ups,
    };
    let items = |reply: AwaitedReply, today: Date| {
        let input = AgendaInput {
            replies: vec![reply],
            ..Default::default()
        };
        agenda(today, &input).items.len()
    };
    assert_eq!(items(reply(0, MET), date(2027, 3, 7)), 0);
    assert_eq!(items(reply(0, MET), date(2027, 3, 8)), 1);
    assert_eq!(items(reply(1, MET), date(2027, 3, 8)), 1);
    assert_eq!(items(reply(2, MET), date(2027, 5, 8)), 0);
}

#[test]
fn a_rhythm_waits_for_its_day_and_steps_back_behind_a_follow_up() {
    let rhythm = PersonRhythm {
        person: person(),
        name: "Dr. Rao".to_owned(),
        every_days: 60,
        last: Some(MET),
    };
    let mut input = AgendaInput {
        rhythms: vec![rhythm],
        ..Default::default()
    };
    assert!(agenda(date(2027, 4, 29), &input).items.is_empty());
    assert_eq!(
        agenda(date(2027, 4, 30), &input).items[0].kind,
        ItemKind::Rhythm
    );
    let recent = FollowUpTrigger {
        day: date(2027, 4, 29),
        ..talk(Channel::Talk)
    };
    input.follow_ups.push(recent);
    let kinds: Vec<ItemKind> = agenda(date(2027, 4, 30), &input)
        .items
        .iter()
        .map(|item| item.kind)
        .collect();
    assert_eq!(kinds, [ItemKind::FollowUp]);
}

#[test]
fn programs_without_anybody_come_last() {
    let program = |people| ListedProgram {
        program: ProgramId::new("4160100001").expect("ten digits"),
        name: "University of Alabama".to_owned(),
        priority: 1,
        people,
        state: RelationshipState::Unknown,
    };
    let input = AgendaInput {
        programs: vec![program(0)],
        follow_ups: vec![talk(Channel::Talk)],
        ..Default::default()
    };
    let items = agenda(MET, &input).items;
    assert_eq!(items.len(), 2);
    assert_eq!(items[1].kind, ItemKind::Program);
    let known = AgendaInput {
        programs: vec![program(1)],
        ..Default::default()
    };
    assert!(agenda(MET, &known).items.is_empty());
}

#[test]
fn decisions_put_off_or_end_an_item() {
    let mut input = AgendaInput {
        follow_ups: vec![talk(Channel::Talk)],
        ..Default::default()
    };
    let key = agenda(MET, &input).items[0].key.to_string();
    input.decisions = vec![Decision {
        key: key.clone(),
        kind: DecisionKind::Snooze(date(2027, 3, 3)),
    }];
    let asleep = agenda(date(2027, 3, 2), &input);
    assert_eq!((asleep.items.len(), asleep.snoozed), (0, 1));
    assert_eq!(agenda(date(2027, 3, 3), &input).items.len(), 1);
    input.decisions = vec![Decision {
        key,
        kind: DecisionKind::Skip,
    }];
    assert!(agenda(date(2027, 3, 3), &input).items.is_empty());
}
