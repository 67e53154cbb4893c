//! Which word settles a follow-up: the order of a day, as stories with a moving
//! clock. A thing is settled by what came after it; on one day that is what was
//! logged after it.

use crate::support::Bench;

/// The name that every story is about.
const ASHA: &str = "Dr. Asha Rao";

/// What is due with her after a story, each as its kind.
struct Story {
    /// What happened.
    name: &'static str,
    /// The days between the start and each text, and the text, as it is logged.
    logged: &'static [(i64, &'static str)],
    /// The days between the last text and the look at Today.
    looked_at_after: i64,
    /// What is due with her then.
    due: &'static [&'static str],
}

const fn story(
    name: &'static str,
    logged: &'static [(i64, &'static str)],
    looked_at_after: i64,
    due: &'static [&'static str],
) -> Story {
    Story {
        name,
        logged,
        looked_at_after,
        due,
    }
}

/// A thank-you is wanted exactly where nothing was written after the talk.
const STORIES: &[Story] = &[
    story(
        "a mail in the morning, then the call that it arranged",
        &[
            (0, "today email to Dr. Asha Rao: confirming the call"),
            (0, "today call with Asha Rao, 20 min"),
        ],
        2,
        &["follow-up"],
    ),
    story(
        "a text that one is late, then coffee",
        &[
            (0, "today text to Dr. Asha Rao: running late"),
            (
                0,
                "today coffee with Asha Rao, she offered to read my draft",
            ),
        ],
        1,
        &["follow-up"],
    ),
    story(
        "both in one paste, in their order",
        &[(
            0,
            "today email to Dr. Asha Rao: see you at noon\ntoday lunch with Dr. Asha Rao",
        )],
        1,
        &["follow-up"],
    ),
    story(
        "a call, and thanks on the same day",
        &[
            (0, "today call with Dr. Asha Rao"),
            (0, "today email to Asha Rao: thank you"),
        ],
        1,
        &[],
    ),
    story(
        "a call, and thanks logged two days later for the same day",
        &[
            (0, "today call with Dr. Asha Rao"),
            (2, "1 Jul 2026 email to Asha Rao: thank you"),
        ],
        1,
        &[],
    ),
    story(
        "a call, and thanks logged for the day after it",
        &[
            (0, "today call with Dr. Asha Rao"),
            (3, "2 Jul 2026 text to Asha Rao: thank you"),
        ],
        1,
        &[],
    ),
    story(
        "thanks logged first, the call of the day before later",
        &[
            (1, "today email to Dr. Asha Rao: thank you"),
            (0, "yesterday call with Asha Rao"),
        ],
        1,
        &[],
    ),
    story(
        "a mail logged first, the call of the same day later",
        &[
            (0, "today email to Dr. Asha Rao: it was good to talk"),
            (1, "yesterday call with Asha Rao"),
        ],
        1,
        &["follow-up"],
    ),
    story(
        "a mail of the day before settles nothing",
        &[
            (0, "30 Jun 2026 email to Dr. Asha Rao"),
            (0, "today call with Asha Rao"),
        ],
        1,
        &["follow-up"],
    ),
    story(
        "a mail of the day before, logged after the call",
        &[
            (0, "today call with Dr. Asha Rao"),
            (0, "30 Jun 2026 email to Asha Rao: does noon fit"),
        ],
        1,
        &["follow-up"],
    ),
    story(
        "her own mail is no thank-you of the student's",
        &[
            (0, "today call with Dr. Asha Rao"),
            (0, "today email from Asha Rao: the paper"),
            (0, "today email to Asha Rao: got it, thanks"),
            (0, "today email from Asha Rao: welcome"),
        ],
        1,
        &["reply owed"],
    ),
    story(
        "two talks on one day, thanks between them",
        &[
            (0, "today call with Dr. Asha Rao"),
            (0, "today email to Asha Rao: thanks, see you later"),
            (0, "today coffee with Asha Rao"),
        ],
        1,
        &["follow-up"],
    ),
    story(
        "a catch-up with the newest line first",
        &[(
            5,
            "3 Jul 2026 email to Dr. Asha Rao: thank you\n2 Jul 2026 call with Dr. Asha Rao\n\
             1 Jul 2026 email to Dr. Asha Rao: would a call fit",
        )],
        0,
        &[],
    ),
    story(
        "a catch-up with the newest line first, and no thanks after the call",
        &[(
            5,
            "2 Jul 2026 call with Dr. Asha Rao\n2 Jul 2026 email to Dr. Asha Rao: at noon then\n\
             1 Jul 2026 email to Dr. Asha Rao: would a call fit",
        )],
        0,
        &["follow-up"],
    ),
    story(
        "a catch-up with the newest day first, each day from its morning on",
        &[(
            5,
            "2 Jul 2026 email to Dr. Asha Rao: at noon then\n2 Jul 2026 call with Dr. Asha Rao\n\
             1 Jul 2026 email to Dr. Asha Rao: would a call fit",
        )],
        0,
        &["follow-up"],
    ),
    story(
        "a catch-up with its days in no order",
        &[(
            5,
            "1 Jul 2026 email to Dr. Asha Rao\n4 Jul 2026 email to Dr. Asha Rao: thank you\n\
             3 Jul 2026 call with Dr. Asha Rao",
        )],
        0,
        &[],
    ),
    story(
        "a mail that was sent, marked",
        &[(0, "today email to Dr. Asha Rao #follow-up")],
        3,
        &["follow-up"],
    ),
    story(
        "a text that was sent, marked, and another one after it",
        &[
            (0, "today text to Dr. Asha Rao #follow-up"),
            (0, "today text to Asha Rao: one more thing"),
        ],
        3,
        &[],
    ),
    story(
        "a mail that came, marked: one thing is due, not two",
        &[(0, "today email from Dr. Asha Rao #follow-up")],
        3,
        &["follow-up"],
    ),
    story(
        "a mail that came, marked and answered on its day",
        &[
            (0, "today email from Dr. Asha Rao #follow-up"),
            (0, "today email to Asha Rao"),
        ],
        3,
        &[],
    ),
    story(
        "a mail that came, marked, after one that was sent that day",
        &[
            (0, "today email to Dr. Asha Rao: a question"),
            (0, "today email from Asha Rao: yes #follow-up"),
        ],
        3,
        &["follow-up"],
    ),
    story(
        "a talk, marked: as a talk that is not",
        &[(0, "today call with Dr. Asha Rao #follow-up")],
        3,
        &["follow-up"],
    ),
    story(
        "an ask in a mail, marked: the reminder is the follow-up",
        &[(0, "today email to Dr. Asha Rao #ask letter #follow-up")],
        8,
        &["reply awaited"],
    ),
];

fn run(story: &Story) -> Bench {
    let bench = Bench::new();
    for (days, text) in story.logged {
        bench.days_later(*days);
        bench.log(text);
    }
    bench.days_later(story.looked_at_after);
    bench
}

#[test]
fn what_came_after_settles_and_what_came_before_does_not() {
    let mut wrong = Vec::new();
    for story in STORIES {
        let items = run(story).today().items.into_iter();
        let due: Vec<&str> = items
            .filter(|item| item.name == ASHA)
            .map(|item| item.kind)
            .collect();
        if due != story.due {
            wrong.push(format!("{}: {due:?}", story.name));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_day_whose_order_may_be_another_is_asked_about() {
    let why = |logged: &'static [(i64, &'static str)]| {
        let bench = run(&story("", logged, 0, &[]));
        bench.due("follow-up").remove(0).why
    };
    let asks = "You also wrote to them that day; if that was it, mark this as done.";
    let before = why(&[
        (0, "today email to Dr. Asha Rao"),
        (0, "today call with Asha Rao"),
    ]);
    assert!(before.ends_with(asks), "{before}");
    let alone = why(&[(0, "today call with Dr. Asha Rao")]);
    assert!(!alone.contains(asks), "{alone}");
    let others = why(&[
        (0, "today email to Ben Okafor"),
        (0, "today call with Dr. Asha Rao"),
    ]);
    assert!(!others.contains(asks), "{others}");
    let came = why(&[
        (0, "today email from Dr. Asha Rao"),
        (0, "today call with Asha Rao"),
    ]);
    assert!(!came.contains(asks), "{came}");
}

#[test]
fn a_follow_up_says_what_happened() {
    let says = |line: &str, days: i64| {
        let bench = Bench::new();
        bench.log(line);
        bench.days_later(days);
        let item = bench.due("follow-up").remove(0);
        (item.why, item.aim)
    };
    for (line, days, begins, aim) in [
        (
            "today call with Dr. Asha Rao",
            0,
            "You called today.",
            "Thank Dr. Asha Rao",
        ),
        (
            "today coffee with Dr. Asha Rao",
            1,
            "You talked yesterday.",
            "Thank Dr. Asha Rao",
        ),
        (
            "today talk with Dr. Asha Rao @SIR26 #follow-up",
            2,
            "You talked at SIR26 2 days ago.",
            "Thank Dr. Asha Rao",
        ),
        (
            "today email from Dr. Asha Rao #follow-up",
            0,
            "Dr. Asha Rao wrote to you today (e-mail), and you marked it for a follow-up.",
            "Answer Dr. Asha Rao",
        ),
        (
            "today text from Dr. Asha Rao #follow-up",
            6,
            "Dr. Asha Rao wrote to you 6 days ago (chat), and you marked it for a follow-up.",
            "Answer Dr. Asha Rao",
        ),
        (
            "today email to Dr. Asha Rao #follow-up",
            1,
            "You wrote to Dr. Asha Rao yesterday (e-mail), and marked it for a follow-up.",
            "Write to Dr. Asha Rao again",
        ),
        (
            "today linkedin message to Dr. Asha Rao #follow-up",
            3,
            "You wrote to Dr. Asha Rao 3 days ago (LinkedIn), and marked it for a follow-up.",
            "Write to Dr. Asha Rao again",
        ),
    ] {
        let (why, shown) = says(line, days);
        assert!(why.starts_with(begins), "{line}: {why}");
        assert!(shown.starts_with(aim), "{line}: {shown}");
        let thanks = why.contains("thank-you");
        assert_eq!(thanks, aim.starts_with("Thank"), "{line}: {why}");
    }
}

#[test]
fn what_is_decided_about_a_marked_mail_holds_for_its_answer() {
    use domain::DecisionKind::{Done, Skip};
    for kind in [Done, Skip] {
        let bench = Bench::new();
        bench.log("today email from Dr. Asha Rao: the draft #follow-up");
        let item = bench.due("follow-up").remove(0);
        let decide = bench.desk.decide_item(&item.key, kind, &item.name);
        decide.expect("decided");
        for _ in 0..40 {
            assert_eq!(bench.today().items, [], "{kind:?}");
            bench.days_later(1);
        }
    }
    // Left alone, it is still an answer that is owed when the window has closed.
    let bench = Bench::new();
    bench.log("today email from Dr. Asha Rao: the draft #follow-up");
    bench.days_later(15);
    assert_eq!(bench.due("follow-up").len(), 0);
    assert_eq!(bench.due("reply owed").len(), 1);
}
