//! The large vault for measuring, made small.

use std::sync::Arc;

use desk::verbs::edit_people::BulkEdit;
use desk::verbs::set_rhythms::RhythmOf;
use desk::views::export::export;
use desk::views::today::{DueLine, due_with, today};
use desk::{Clock, FixedClock, Ids, Vault};
use domain::{DecisionKind, RoleKind};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::support::{Bench, FIRST_DAY};

#[test]
fn the_same_numbers_give_the_same_vault() {
    let now: Timestamp = FIRST_DAY.parse().expect("a time");
    let made = || {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::at(folder.path());
        desk::demo::large(&vault, 300, 500, now).expect("made");
        let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
        let (_, reader) = vault.open(clock, Ids::random()).expect("it opens");
        export(&reader).expect("an export")
    };
    let first = made();
    let rows = |name: &str| first.iter().find(|t| t.name == name).map(|t| t.rows.len());
    assert_eq!(
        (rows("person"), rows("interaction")),
        (Some(300), Some(500))
    );
    assert_eq!(first, made());
}

/// What Today says of a person is the definition; their page reads their rows alone.
#[test]
fn what_is_due_with_each_person_is_what_today_says_of_them() {
    let now: Timestamp = FIRST_DAY.parse().expect("a time");
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::at(folder.path());
    desk::demo::large(&vault, 300, 1500, now).expect("made");
    let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let (desk, reader) = vault.open(shared, Ids::seeded(3)).expect("it opens");
    let bench = Bench {
        desk,
        reader,
        clock,
        folder,
    };
    let all = desk::views::people::people(&bench.reader, &Default::default()).expect("people");
    let ids: Vec<domain::PersonId> = all
        .rows
        .iter()
        .map(|line| line.id.parse().expect("an id"))
        .collect();
    assert!(ids.len() > 30, "{}", ids.len());
    // Rhythms by tag, role and ring; a message and an ask without an answer; what is
    // marked, owed, promised, put off and skipped.
    let some: Vec<domain::PersonId> = ids.iter().step_by(5).copied().collect();
    let edit = BulkEdit::AddTag("mentor".to_owned());
    bench.desk.edit_people(&some, &edit).expect("tagged");
    let rhythms = [
        (RhythmOf::Tag("Mentor".to_owned()), "20-50".to_owned()),
        (RhythmOf::Role(RoleKind::Resident), "30".to_owned()),
    ];
    bench.desk.set_rhythms(&rhythms).expect("set");
    bench.log("today email to Dr. Nadia Okonjo #ask letter #follow-up");
    bench.log("today email from Dr. Nadia Okonjo: yes #follow-up");
    bench.log("today call with Pia Lund #promise send draft by in 3 days");
    bench.log("today email to Pia Lund");
    bench.log("today coffee with Tomas Vidal #ask call");
    let known: Vec<_> = ["Nadia Okonjo", "Pia Lund", "Tomas Vidal"]
        .map(|n| bench.person(n))
        .into();
    let ids: Vec<_> = known.into_iter().chain(ids).collect();
    let mut n_due = 0;
    for days in [0, 1, 4, 9, 16, 40, 120, 400] {
        bench.clock.set(now + (24 * days).hours());
        let day =
            today(&bench.reader, bench.clock_now(), &TimeZone::UTC, 0..10_000).expect("today");
        for (at, kind) in [DecisionKind::Skip, DecisionKind::Done]
            .into_iter()
            .enumerate()
        {
            if let Some(item) = day
                .items
                .iter()
                .filter(|it| it.person.is_some())
                .nth(3 + at)
            {
                bench
                    .desk
                    .decide_item(&item.key, kind, &item.name)
                    .expect("decided");
            }
        }
        let day =
            today(&bench.reader, bench.clock_now(), &TimeZone::UTC, 0..10_000).expect("today");
        assert_eq!(day.more, 0);
        for id in &ids {
            let of = id.to_string();
            let wanted: Vec<DueLine> = day
                .items
                .iter()
                .filter(|item| item.person.as_deref() == Some(of.as_str()))
                .map(|item| DueLine {
                    kind: item.kind,
                    urgency: item.urgency,
                    why: item.why.clone(),
                    aim: item.aim.clone(),
                })
                .collect();
            n_due += wanted.len();
            let found = due_with(&bench.reader, *id, bench.clock_now(), &TimeZone::UTC);
            assert_eq!(found.expect("what is due"), wanted, "day {days}, {of}");
        }
    }
    assert!(n_due > 100, "{n_due}");
}
