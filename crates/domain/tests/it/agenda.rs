//! Who is due: scenarios with a moving clock.

use domain::{
    AgendaInput, ApplicationsOpen, AwaitedReply, Cadence, Channel, CommitmentId, Decision,
    DecisionKind, Direction, DueCommitment, FollowUpTrigger, InteractionId, ItemKind,
    ListedProgram, MessageId, OwedReply, Owner, Pathway, PersonId, PersonRhythm, ProgramId,
    Rotation, RotationId, Situation, Track, Unanswered, Urgency, VisaNeed, agenda, week_plan,
};
use jiff::civil::{Date, Weekday, date};
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
        direction: Direction::Mutual,
        wanted: false,
        wrote_that_day: false,
        event: "SIR 2027".to_owned(),
    }
}

fn listed(n: u32, priority: u32) -> ListedProgram {
    ListedProgram {
        program: ProgramId::new(&format!("41601{n:05}")).expect("ten digits"),
        name: format!("Program {n}"),
        track: Some(Track::IrIntegrated),
        meets_visa: None,
        priority,
        knows_anybody: false,
        n_may_be: 0,
    }
}

fn days_after(days: i32) -> Date {
    MET.saturating_add(jiff::Span::new().days(days))
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
        to: Unanswered::Message(MessageId(Uuid::from_u128(3))),
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
        cadence: Cadence::of_ideal(60),
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
fn a_program_where_people_may_be_is_not_called_one_without_anybody() {
    for (n_may_be, words) in [
        (0, "you know nobody there yet."),
        (1, "one person of yours may be there"),
        (2, "2 people of yours may be there"),
    ] {
        let input = AgendaInput {
            programs: vec![ListedProgram {
                n_may_be,
                ..listed(1, 1)
            }],
            ..Default::default()
        };
        let item = &agenda(MET, &input).items[0];
        assert!(item.why.contains(words), "{}", item.why);
        assert_eq!(item.why.contains("nobody"), n_may_be == 0, "{}", item.why);
        assert_eq!(item.aim.starts_with("Find one person"), n_may_be == 0);
    }
}

#[test]
fn programs_without_anybody_come_last() {
    let program = |knows_anybody| ListedProgram {
        knows_anybody,
        ..listed(1, 1)
    };
    let input = AgendaInput {
        programs: vec![program(false)],
        follow_ups: vec![talk(Channel::Talk)],
        ..Default::default()
    };
    let items = agenda(MET, &input).items;
    assert_eq!(items.len(), 2);
    assert_eq!(items[1].kind, ItemKind::Program);
    let known = AgendaInput {
        programs: vec![program(true)],
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

#[test]
fn what_closes_before_the_next_usual_day_is_offered_now() {
    // MET is a Monday: day five is Saturday.
    let on = |usual: Weekday, days: i32| {
        let input = AgendaInput {
            follow_ups: vec![talk(Channel::Talk)],
            situation: Situation {
                usual_day: Some(usual),
                ..Situation::default()
            },
            ..Default::default()
        };
        agenda(days_after(days), &input).items[0].urgency
    };
    assert_eq!(
        on(Weekday::Saturday, 1),
        Urgency::Soon,
        "Saturday is in time"
    );
    assert_eq!(on(Weekday::Sunday, 1), Urgency::Today, "Sunday is too late");
    assert_eq!(on(Weekday::Tuesday, 0), Urgency::Soon, "tomorrow will do");
    assert_eq!(on(Weekday::Tuesday, 1), Urgency::Today, "the day itself");
    assert_eq!(on(Weekday::Monday, 6), Urgency::Late, "late stays late");

    let commitment = |days: i32| DueCommitment {
        commitment: CommitmentId(Uuid::from_u128(4)),
        person: person(),
        name: "Dr. Rao".to_owned(),
        what: "read the paper".to_owned(),
        owner: Owner::Student,
        due: Some(days_after(days)),
    };
    let due = |usual: Option<Weekday>, days: i32| {
        let input = AgendaInput {
            commitments: vec![commitment(days)],
            situation: Situation {
                usual_day: usual,
                ..Situation::default()
            },
            ..Default::default()
        };
        let items = agenda(MET, &input).items;
        items.first().map(|item| item.urgency)
    };
    assert_eq!(due(None, 4), Some(Urgency::Soon));
    assert_eq!(due(Some(Weekday::Wednesday), 4), Some(Urgency::Soon));
    assert_eq!(due(Some(Weekday::Saturday), 4), Some(Urgency::Today));
    assert_eq!(due(Some(Weekday::Saturday), 5), Some(Urgency::Soon));
    assert_eq!(due(Some(Weekday::Saturday), 8), None);
    assert_eq!(due(None, -1), Some(Urgency::Late));
}

#[test]
fn a_silence_goes_from_ideal_to_quiet_to_a_fuller_message() {
    let at = |days: i32| {
        let input = AgendaInput {
            rhythms: vec![PersonRhythm {
                person: person(),
                name: "Dr. Rao".to_owned(),
                cadence: "30-45".parse().expect("a cadence"),
                last: Some(MET),
            }],
            ..Default::default()
        };
        let items = agenda(days_after(days), &input).items;
        items.into_iter().next().map(|item| (item.kind, item.why))
    };
    let kinds: Vec<_> = [29, 30, 44, 45, 364, 365]
        .into_iter()
        .map(|days| at(days).map(|(kind, _)| kind))
        .collect();
    let wanted = [
        None,
        Some(ItemKind::Rhythm),
        Some(ItemKind::Rhythm),
        Some(ItemKind::Fading),
        Some(ItemKind::Fading),
        Some(ItemKind::Reconnect),
    ];
    assert_eq!(kinds, wanted);
    // No word of blame, whatever the silence.
    for days in [30, 45, 365, 2000] {
        let (_, why) = at(days).expect("an item");
        for word in [
            "late",
            "overdue",
            "fail",
            "neglect",
            "should have",
            "sorry",
            "forgot",
        ] {
            assert!(!why.contains(word), "{why}");
        }
    }
}

#[test]
fn skipping_a_rhythm_skips_this_step_and_not_the_next() {
    let mut input = AgendaInput {
        rhythms: vec![PersonRhythm {
            person: person(),
            name: "Dr. Rao".to_owned(),
            cadence: Cadence::of_ideal(30),
            last: Some(MET),
        }],
        ..Default::default()
    };
    let key = agenda(days_after(30), &input).items[0].key.to_string();
    input.decisions = vec![Decision {
        key,
        kind: DecisionKind::Skip,
    }];
    assert!(agenda(days_after(59), &input).items.is_empty());
    assert_eq!(
        agenda(days_after(60), &input).items[0].kind,
        ItemKind::Fading
    );
}

#[test]
fn a_wait_that_closed_is_told_quietly_for_a_while() {
    let closed = |days: i32, follow_ups: u32| {
        let input = AgendaInput {
            replies: vec![AwaitedReply {
                to: Unanswered::Ask(InteractionId(Uuid::from_u128(3))),
                person: person(),
                name: "Dr. Rao".to_owned(),
                about: "a call".to_owned(),
                first_sent: MET,
                last_sent: MET,
                follow_ups,
            }],
            ..Default::default()
        };
        let agenda = agenda(days_after(days), &input);
        (agenda.items.len(), agenda.let_go.len())
    };
    assert_eq!(
        closed(6, 2),
        (0, 0),
        "the last reminder may still be answered"
    );
    assert_eq!(closed(7, 2), (0, 1));
    assert_eq!(closed(60, 2), (0, 1));
    assert_eq!(closed(61, 2), (0, 0));
    assert_eq!(closed(7, 1), (1, 0));
}

#[test]
fn programs_come_by_priority_then_by_pathway_and_a_refused_visa_last() {
    let order = |situation: Situation, programs: Vec<ListedProgram>| {
        let input = AgendaInput {
            programs,
            situation,
            ..Default::default()
        };
        let items = agenda(MET, &input).items;
        let names = items.iter().map(|item| item.name.clone());
        (names.collect::<Vec<_>>().join(", "), items)
    };
    let dr = ListedProgram {
        track: Some(Track::Dr),
        ..listed(3, 2)
    };
    let listed_ones = || vec![listed(9, 1), listed(2, 2), dr.clone(), listed(1, 5)];
    let (names, _) = order(Situation::default(), listed_ones());
    assert_eq!(names, "Program 9, Program 2, Program 3, Program 1");
    let dr_first = Situation {
        pathway: Some(Pathway::DiagnosticFirst),
        ..Situation::default()
    };
    let (names, _) = order(dr_first, listed_ones());
    assert_eq!(names, "Program 9, Program 3, Program 2, Program 1");
    let needs_j1 = Situation {
        visa: Some(VisaNeed::J1),
        ..Situation::default()
    };
    let mut refusing = listed_ones();
    refusing[0].meets_visa = Some(false);
    let (names, items) = order(needs_j1, refusing);
    assert_eq!(names, "Program 2, Program 3, Program 1, Program 9");
    assert!(
        items[3].why.contains("does not sponsor a J-1"),
        "{}",
        items[3].why
    );
    assert!(!items[0].why.contains("J-1"), "{}", items[0].why);
}

#[test]
fn the_season_moves_programs_up_six_months_before_applications_open() {
    let at = |today: Date| {
        let input = AgendaInput {
            programs: vec![listed(1, 1)],
            situation: Situation {
                applications_open: Some(ApplicationsOpen {
                    day: date(2027, 9, 1),
                    estimated: true,
                }),
                ..Situation::default()
            },
            ..Default::default()
        };
        agenda(today, &input).items.remove(0)
    };
    assert_eq!(at(date(2027, 2, 28)).urgency, Urgency::Whenever);
    assert_eq!(at(date(2027, 3, 1)).urgency, Urgency::Soon);
    assert!(at(date(2027, 3, 1)).why.contains("about Wed 1 Sep 2027"));
    assert_eq!(at(date(2027, 9, 1)).urgency, Urgency::Soon);
    assert_eq!(at(date(2027, 9, 2)).urgency, Urgency::Whenever);
}

#[test]
fn money_and_home_program_change_how_a_program_is_begun() {
    let aim = |situation: Situation| {
        let input = AgendaInput {
            programs: vec![listed(1, 1)],
            situation,
            ..Default::default()
        };
        agenda(MET, &input).items.remove(0).aim
    };
    let plain = aim(Situation::default());
    assert!(
        !plain.contains("trip") && !plain.contains("graduates"),
        "{plain}"
    );
    let none = aim(Situation {
        travel_usd: Some(0),
        home_ir: Some(false),
        ..Situation::default()
    });
    assert!(none.contains("nothing here needs a trip"), "{none}");
    assert!(none.contains("graduates of your school first"), "{none}");
    let some = aim(Situation {
        travel_usd: Some(500),
        home_ir: Some(true),
        ..Situation::default()
    });
    assert!(
        some.contains("worth the trip") && !some.contains("graduates"),
        "{some}"
    );
}

#[test]
fn a_rotation_is_closed_in_its_last_two_weeks() {
    let ends = date(2027, 4, 9);
    let at = |today: Date| {
        let rotation = Rotation {
            id: RotationId(Uuid::from_u128(5)),
            hospital: "Maimonides".to_owned(),
            site: None,
            service: "surgery".to_owned(),
            starts: None,
            ends: Some(ends),
        };
        let input = AgendaInput {
            situation: Situation {
                rotations: vec![rotation],
                ..Situation::default()
            },
            ..Default::default()
        };
        let items = agenda(today, &input).items;
        items.first().map(|item| item.urgency)
    };
    assert_eq!(at(date(2027, 3, 25)), None);
    assert_eq!(at(date(2027, 3, 26)), Some(Urgency::Soon));
    assert_eq!(at(date(2027, 4, 2)), Some(Urgency::Today));
    assert_eq!(at(ends), Some(Urgency::Today));
    assert_eq!(at(date(2027, 4, 10)), Some(Urgency::Late));
    assert_eq!(at(date(2027, 4, 16)), Some(Urgency::Late));
    assert_eq!(at(date(2027, 4, 17)), None);
}

#[test]
fn without_a_home_program_some_people_come_first_but_not_before_what_is_late() {
    let id = |n: u128| PersonId(Uuid::from_u128(n));
    let rhythm = |n: u128, name: &str| PersonRhythm {
        person: id(n),
        name: name.to_owned(),
        cadence: Cadence::of_ideal(60),
        last: Some(days_after(-70)),
    };
    let mut input = AgendaInput {
        follow_ups: vec![FollowUpTrigger {
            day: days_after(-9),
            ..talk(Channel::Talk)
        }],
        rhythms: vec![rhythm(21, "Ada"), rhythm(22, "Zoe, of my school")],
        ..Default::default()
    };
    let names = |input: &AgendaInput| -> Vec<String> {
        let items = agenda(MET, input).items;
        items.into_iter().map(|item| item.name).collect()
    };
    assert_eq!(names(&input), ["Dr. Rao", "Ada", "Zoe, of my school"]);
    input.first = [id(22)].into();
    assert_eq!(names(&input), ["Dr. Rao", "Zoe, of my school", "Ada"]);
}

#[test]
fn a_week_holds_what_fits_the_minutes_and_one_thing_a_person() {
    let reply = |n: u128| AwaitedReply {
        to: Unanswered::Message(MessageId(Uuid::from_u128(n))),
        person: PersonId(Uuid::from_u128(n)),
        name: format!("Person {n}"),
        about: "a call".to_owned(),
        first_sent: days_after(-20),
        last_sent: days_after(-20),
        follow_ups: 0,
    };
    let commitment = DueCommitment {
        commitment: CommitmentId(Uuid::from_u128(4)),
        person: person(),
        name: "Dr. Rao".to_owned(),
        what: "read the paper".to_owned(),
        owner: Owner::Student,
        due: Some(MET),
    };
    let plan = |minutes: Option<u32>| {
        let situation = Situation {
            minutes_week: minutes,
            usual_day: Some(Weekday::Saturday),
            ..Situation::default()
        };
        let input = AgendaInput {
            follow_ups: vec![FollowUpTrigger {
                day: days_after(-4),
                ..talk(Channel::Talk)
            }],
            commitments: vec![commitment.clone()],
            replies: (30..40).map(reply).collect(),
            programs: (1..6).map(|n| listed(n, n)).collect(),
            situation,
            ..Default::default()
        };
        let agenda = agenda(MET, &input);
        let plan = week_plan(MET, &input);
        assert_eq!(plan.day, days_after(5), "planned for Saturday");
        let out = plan.left + plan.unfit.len();
        assert_eq!(out + plan.items.len(), agenda.items.len());
        let kinds: Vec<ItemKind> = plan.items.iter().map(|p| p.item.kind).collect();
        (kinds, plan.minutes_planned())
    };
    use ItemKind::{Commitment, FollowUp, Program, Reply};
    assert_eq!(plan(Some(20)), (vec![FollowUp, Reply, Reply], 20));
    assert_eq!(plan(Some(5)), (vec![Reply], 5), "never more than it has");
    assert_eq!(plan(Some(0)), (vec![], 0));
    // The promise and the thank-you are over before the next plan.
    assert_eq!(plan(Some(40)), (vec![FollowUp, Commitment], 40));
    let (kinds, minutes) = plan(None);
    assert!(kinds.len() <= 7 && minutes <= 60, "{kinds:?}");
    let (kinds, _) = plan(Some(600));
    assert_eq!(kinds.len(), 7);
    assert!(kinds.iter().filter(|kind| **kind == Program).count() <= 2);
}

#[test]
fn what_is_over_before_the_next_plan_is_in_this_one_or_told_to_be_outside() {
    let promise = |n: u128, due: Date| DueCommitment {
        commitment: CommitmentId(Uuid::from_u128(n)),
        person: person(),
        name: "Dr. Rao".to_owned(),
        what: format!("thing {n}"),
        owner: Owner::Student,
        due: Some(due),
    };
    // A Friday; the plans are of Sunday, and of the Sunday after it.
    let today = date(2027, 3, 12);
    let talk_of = |n: u128| FollowUpTrigger {
        interaction: InteractionId(Uuid::from_u128(n)),
        person: PersonId(Uuid::from_u128(n)),
        day: today,
        ..talk(Channel::Talk)
    };
    let plan = |minutes: u32, commitments: Vec<DueCommitment>| {
        let situation = Situation {
            minutes_week: Some(minutes),
            usual_day: Some(Weekday::Sunday),
            ..Situation::default()
        };
        let input = AgendaInput {
            follow_ups: (7..11).map(talk_of).collect(),
            commitments,
            situation,
            ..Default::default()
        };
        week_plan(today, &input)
    };
    let monday = vec![promise(1, date(2027, 3, 15))];
    let week = plan(120, monday.clone());
    assert_eq!((week.items.len(), week.minutes_planned()), (5, 70));
    let week = plan(35, monday);
    let kinds: Vec<ItemKind> = week.items.iter().map(|planned| planned.item.kind).collect();
    assert_eq!(kinds, [ItemKind::Commitment]);
    assert_eq!(
        (week.unfit.len(), week.left),
        (4, 0),
        "they are over on the 17th"
    );

    let five = (1..6).map(|n| promise(n, date(2027, 3, 16))).collect();
    let week = plan(90, five);
    assert!(
        week.items
            .iter()
            .all(|p| p.item.kind == ItemKind::Commitment)
    );
    assert_eq!((week.items.len(), week.unfit.len()), (3, 6));
}

/// By definition: of what is over before the next plan nothing is missing, and
/// nothing that can wait stands where a promise of it would have had room.
#[test]
fn every_promise_of_before_the_next_plan_is_planned_or_named() {
    const DAYS: [Option<Weekday>; 8] = [
        None,
        Some(Weekday::Monday),
        Some(Weekday::Tuesday),
        Some(Weekday::Wednesday),
        Some(Weekday::Thursday),
        Some(Weekday::Friday),
        Some(Weekday::Saturday),
        Some(Weekday::Sunday),
    ];
    let offsets = [-3, 0, 1, 4, 6, 7, 8, 9, 12, 13, 14, 20];
    let commitments: Vec<DueCommitment> = (1..)
        .zip(offsets)
        .map(|(n, days)| DueCommitment {
            commitment: CommitmentId(Uuid::from_u128(n)),
            person: PersonId(Uuid::from_u128(n % 3)),
            name: "Dr. Rao".to_owned(),
            what: format!("thing {n}"),
            owner: Owner::Student,
            due: Some(days_after(days)),
        })
        .collect();
    for usual_day in DAYS {
        for minutes in [0, 30, 60, 90, 150, 240, 600] {
            for take in [1, 5, 12] {
                let input = AgendaInput {
                    commitments: commitments.iter().rev().take(take).cloned().collect(),
                    programs: (1..6).map(|n| listed(n, n)).collect(),
                    situation: Situation {
                        minutes_week: Some(minutes),
                        usual_day,
                        ..Situation::default()
                    },
                    ..Default::default()
                };
                let plan = week_plan(MET, &input);
                let next = plan.day.saturating_add(jiff::Span::new().days(7));
                let told: Vec<Option<Date>> = plan
                    .items
                    .iter()
                    .map(|planned| &planned.item)
                    .chain(&plan.unfit)
                    .map(|item| item.closes)
                    .collect();
                let case = format!("{usual_day:?}, {minutes} minutes, {take} promises");
                for promise in &input.commitments {
                    if promise.due < Some(next) {
                        assert!(told.contains(&promise.due), "{case}: {:?}", promise.due);
                    }
                }
                assert!(plan.minutes_planned() <= minutes, "{case}");
                let is_full = plan.items.len() == 7 || minutes - plan.minutes_planned() < 30;
                let waits = |item: &domain::AgendaItem| item.closes.is_none_or(|day| day >= next);
                let none_waits = !plan.items.iter().any(|planned| waits(&planned.item));
                assert!(
                    plan.unfit.is_empty() || is_full && (minutes < 30 || none_waits),
                    "{case}"
                );
                let n_promises = input.commitments.iter().filter(|c| c.due < Some(next));
                let fit = (n_promises.count().min(7)).min(minutes as usize / 30);
                let planned = plan.items.iter();
                let planned = planned.filter(|p| p.item.kind == ItemKind::Commitment);
                assert!(planned.count() >= fit, "{case}");
            }
        }
    }
}

#[test]
fn a_rotation_whose_first_days_end_before_the_next_plan_is_planned() {
    // MET is a Monday; the plan is of Sunday, and the next a week later.
    let kinds = |starts: i32| {
        let input = AgendaInput {
            situation: Situation {
                usual_day: Some(Weekday::Sunday),
                rotations: vec![Rotation {
                    id: RotationId(Uuid::from_u128(5)),
                    hospital: "Maimonides".to_owned(),
                    site: None,
                    service: String::new(),
                    starts: Some(days_after(starts)),
                    ends: Some(days_after(starts + 42)),
                }],
                ..Situation::default()
            },
            ..Default::default()
        };
        let plan = week_plan(MET, &input);
        let why = plan.items.first().map(|planned| planned.item.why.clone());
        (plan.items.len(), why.unwrap_or_default())
    };
    for (starts, n, says) in [
        (-7, 0, ""),
        (-2, 1, "began on"),
        (0, 1, "began on"),
        (2, 1, "begins on"),
        (6, 1, "begins on"),
        (7, 0, ""),
    ] {
        let (found, why) = kinds(starts);
        assert_eq!(found, n, "day {starts}: {why}");
        assert!(why.contains(says), "day {starts}: {why}");
    }
}

#[test]
fn an_answer_that_the_student_owes_is_asked_for_a_month() {
    let input = AgendaInput {
        owed: vec![OwedReply {
            interaction: InteractionId(Uuid::from_u128(4)),
            person: person(),
            name: "Dr. Rao".to_owned(),
            day: MET,
            channel: Channel::Email,
            about: "can you send me your CV?".to_owned(),
        }],
        rhythms: vec![PersonRhythm {
            person: person(),
            name: "Dr. Rao".to_owned(),
            cadence: Cadence::of_ideal(20),
            last: Some(MET),
        }],
        ..Default::default()
    };
    let at = |days: i32| {
        let items = agenda(days_after(days), &input).items;
        items
            .iter()
            .map(|item| (item.kind, item.urgency))
            .collect::<Vec<_>>()
    };
    use ItemKind::{Owed, Rhythm};
    assert_eq!(at(0), [(Owed, Urgency::Soon)]);
    assert_eq!(at(2), [(Owed, Urgency::Today)]);
    assert_eq!(at(30), [(Owed, Urgency::Today)], "and no second reminder");
    assert_eq!(at(31)[0].0, Rhythm, "it takes over");
}

#[test]
fn an_ask_of_a_talk_comes_up_behind_its_thank_you() {
    let asked = AwaitedReply {
        to: Unanswered::Talk(InteractionId(Uuid::from_u128(4))),
        person: person(),
        name: "Dr. Rao".to_owned(),
        about: "letter".to_owned(),
        first_sent: MET,
        last_sent: MET,
        follow_ups: 0,
    };
    let mut input = AgendaInput {
        replies: vec![asked],
        ..Default::default()
    };
    assert!(agenda(days_after(14), &input).items.is_empty());
    let items = agenda(days_after(15), &input).items;
    assert_eq!((items.len(), items[0].kind), (1, ItemKind::Reply));
    assert!(
        items[0].why.contains("\"letter\" when you talked"),
        "{}",
        items[0].why
    );
    // Called done, it stands no longer in the way of the rhythm.
    input.rhythms = vec![PersonRhythm {
        person: person(),
        name: "Dr. Rao".to_owned(),
        cadence: Cadence::of_ideal(14),
        last: Some(MET),
    }];
    assert_eq!(agenda(days_after(15), &input).items.len(), 1);
    input.decisions = vec![Decision {
        key: items[0].key.to_string(),
        kind: DecisionKind::Done,
    }];
    let items = agenda(days_after(15), &input).items;
    assert_eq!((items.len(), items[0].kind), (1, ItemKind::Rhythm));
}

#[test]
fn a_rotation_begins_with_its_first_days() {
    let rotation = Rotation {
        id: RotationId(Uuid::from_u128(5)),
        hospital: "Maimonides".to_owned(),
        site: None,
        service: String::new(),
        starts: Some(MET),
        ends: Some(days_after(60)),
    };
    let mut input = AgendaInput {
        situation: Situation {
            rotations: vec![rotation.clone()],
            ..Situation::default()
        },
        ..Default::default()
    };
    let kinds = |days: i32, input: &AgendaInput| {
        let items = agenda(days_after(days), input).items;
        items.iter().map(|item| item.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(-1, &input), []);
    assert_eq!(kinds(0, &input), [ItemKind::RotationBegins]);
    assert_eq!(kinds(6, &input), [ItemKind::RotationBegins]);
    assert_eq!(kinds(7, &input), []);
    input.begun = [rotation.id].into();
    assert_eq!(kinds(0, &input), []);
}
