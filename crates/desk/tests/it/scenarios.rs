//! Stories with a moving clock, among them what reminders of other tools get
//! wrong: a talk that was logged elsewhere, the same reminder twice, and the
//! pile after a month away.

use domain::Ring;

use crate::support::Bench;

/// Returns kind and name of everything due, in the order of the page.
fn due(bench: &Bench) -> Vec<(&'static str, String)> {
    let items = bench.today().items;
    items
        .into_iter()
        .map(|item| (item.kind, item.name))
        .collect()
}

fn of(bench: &Bench, name: &str) -> Vec<&'static str> {
    let items = due(bench).into_iter();
    items
        .filter(|(_, who)| who == name)
        .map(|(kind, _)| kind)
        .collect()
}

#[test]
fn a_call_that_was_logged_elsewhere_settles_what_it_settles() {
    let bench = Bench::new();
    bench.log("email to Dr. Asha Rao #ask call");
    bench.set_ring(&["Asha Rao"], Ring::Inner);
    bench.days_later(8);
    assert_eq!(of(&bench, "Dr. Asha Rao"), ["reply awaited"]);
    // She called two days ago; the line is pasted from a notes app with others.
    bench.log("Mon 6 Jul 2026: lunch with Ben Okafor\n7 Jul 2026 call with Asha Rao, 20 min");
    assert_eq!(
        of(&bench, "Dr. Asha Rao"),
        ["follow-up"],
        "the wait is over"
    );
    bench.log("today email to Dr. Asha Rao, thanks");
    assert_eq!(of(&bench, "Dr. Asha Rao"), Vec::<&str>::new());
    // The rhythm counts from the last contact, not from the first.
    bench.days_later(59);
    assert_eq!(of(&bench, "Dr. Asha Rao"), Vec::<&str>::new());
    bench.days_later(1);
    assert_eq!(of(&bench, "Dr. Asha Rao"), ["keep in touch"]);
}

#[test]
fn a_reminder_is_never_given_twice() {
    let bench = Bench::new();
    bench.log("email to Dr. Asha Rao #ask call");
    bench.set_ring(&["Asha Rao"], Ring::Inner);
    let mut seen = Vec::new();
    for _ in 0..130 {
        let today = of(&bench, "Dr. Asha Rao");
        assert!(today.len() <= 1, "{today:?}");
        if seen.last() != today.first() {
            seen.extend(today.first());
        }
        // The student reminds on the days on which Today says so, outside of Vouch.
        if today == ["reply awaited"] {
            bench.log("today email to Asha Rao, a short reminder");
            assert_eq!(of(&bench, "Dr. Asha Rao"), Vec::<&str>::new());
        }
        bench.days_later(1);
    }
    // Two reminders, a week apart; then it is let go, and after the longest
    // silence of the ring the person comes back as somebody to be in touch with.
    assert_eq!(seen, ["reply awaited", "keep in touch"]);
    let reminders = bench.operations();
    let n_logged = reminders
        .iter()
        .filter(|op| op.description.starts_with("Log e-mail"))
        .count();
    assert_eq!(n_logged, 3, "one ask and two reminders");
}

#[test]
fn a_wait_closes_quietly_with_its_base_rate() {
    let bench = Bench::new();
    bench.log("email to Dr. Asha Rao #ask \"fifteen minutes on the phone\"");
    bench.days_later(7);
    let item = bench.due("reply awaited").remove(0);
    assert!(
        item.why.contains("fifteen minutes on the phone"),
        "{}",
        item.why
    );
    assert!(item.why.contains("common and not personal"), "{}", item.why);
    let claims: Vec<&str> = item.evidence.iter().map(|e| e.claim.as_str()).collect();
    assert!(
        claims.iter().any(|claim| claim.contains("about a third")),
        "{claims:?}"
    );
    assert!(
        claims.iter().any(|claim| claim.contains("8.5%")),
        "{claims:?}"
    );
    assert!(
        item.evidence
            .iter()
            .all(|e| !e.source.is_empty() && !e.caveat.is_empty())
    );
    for _ in 0..2 {
        bench.log("today email to Asha Rao");
        bench.days_later(7);
    }
    assert_eq!(bench.due("reply awaited").len(), 0);
    let let_go = bench.today().let_go;
    assert_eq!(let_go.len(), 1);
    assert_eq!(let_go[0].name, "Dr. Asha Rao");
    bench.log("today email from Asha Rao, she is sorry");
    assert_eq!(bench.today().let_go, [], "an answer ends the story");
}

#[test]
fn after_a_month_away_there_is_a_week_and_no_reproach() {
    let bench = Bench::new();
    let names: Vec<String> = (0..30)
        .map(|n| format!("Dr. Person{} Test{n}", word(n)))
        .collect();
    for (n, name) in names.iter().enumerate() {
        let line = match n % 3 {
            0 => format!("talk with [{name}] @SIR26"),
            1 => format!("email to [{name}] #ask call"),
            _ => format!("call with [{name}] #promise send a paper by in 5 days"),
        };
        bench.log(&line);
    }
    let refs: Vec<&str> = names
        .iter()
        .map(|name| name.trim_start_matches("Dr. "))
        .collect();
    bench.set_ring(&refs, Ring::Inner);
    bench.days_later(95);

    let today = bench.today();
    let mut people: Vec<(&str, &str)> = today
        .items
        .iter()
        .filter(|item| item.kind != "commitment")
        .map(|item| (item.name.as_str(), item.kind))
        .collect();
    people.sort_unstable();
    people.dedup_by_key(|(name, _)| *name);
    let n_others = today
        .items
        .iter()
        .filter(|i| i.kind != "commitment")
        .count();
    assert_eq!(people.len(), n_others, "nobody stands there twice");
    for item in &today.items {
        for word in ["overdue", "failed", "neglect", "should have", "sorry"] {
            assert!(!item.why.contains(word), "{}", item.why);
        }
    }
    let week = desk::views::week::week(&bench.reader, bench.clock_now(), &jiff::tz::TimeZone::UTC)
        .expect("a week");
    assert!(
        week.items.len() <= 7 && week.minutes_planned <= 60,
        "{week:?}"
    );
    assert!(week.left >= 20, "the rest can wait");
}

/// Returns a word of letters for a number, so that names differ by more than a slip.
fn word(n: usize) -> String {
    ["lom", "bar", "ket", "zun", "fip", "gad"][n % 6].repeat(n / 6 + 1)
}

#[test]
fn a_promise_that_is_called_done_is_kept_everywhere() {
    let bench = Bench::new();
    bench.log("today call with Dr. Asha Rao #promise read her paper by Fri");
    let item = bench.due("commitment").remove(0);
    let done = bench
        .desk
        .decide_item(&item.key, domain::DecisionKind::Done, &item.name)
        .expect("done");
    assert_eq!(bench.due("commitment").len(), 0);
    let asha = bench.person("Asha Rao");
    let state = |bench: &Bench| {
        let person = desk::views::person::person(&bench.reader, asha).expect("a person");
        person.commitments[0].state
    };
    assert_eq!(state(&bench), "kept");
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(state(&bench), "open");
}
