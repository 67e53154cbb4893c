//! How long the prose check takes: loading, and a message with the rules.

use divan::Bencher;
use grammar::Checker;
use lint::{Channel, Message, Scenario, Settings};

const TEXT: &str = "Dear Dr. Ferrand-Ochoa,\n\nI am Solange Piché, MS3 at Windward Cays \
    University. I found your name in the match list of 2021 on our alumni page.\n\nYour alumni \
    panel on night float stayed with me: you said that reading with the attending at two in the \
    morning taught you more than any course.\n\nCould we speak by phone or video for 15 minutes \
    at an hour that suits you, so that I can hear how you chose between diagnostic and \
    interventional training?\n\nThank you for reading this,\nSolange Piché";

fn main() {
    divan::main();
}

/// Messages that differ in each sentence, so that no memory of phrases helps.
fn message(n: usize) -> Message {
    let text: String = TEXT
        .split_inclusive(['.', ',', '?'])
        .enumerate()
        .map(|(at, sentence)| format!("{sentence} {} ", n * 31 + at))
        .collect();
    let date = jiff::civil::date(2027, 6, 1);
    let mut message = Message::new(Channel::Email, Scenario::AlumniIntro, date, &text);
    message.subject = Some("Your panel".to_owned());
    message
}

/// Budget: 10 ms a message, rules included (100 a second).
#[divan::bench(sample_count = 50)]
fn a_message_with_the_rules(bencher: Bencher<'_, '_>) {
    let mut checker = Checker::new();
    let settings = Settings::default();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let message = message(n);
        let findings = lint::check(&message, &settings);
        let names = [
            "Solange Piché",
            "Windward Cays University",
            "Nils Ferrand-Ochoa",
        ];
        (findings, checker.notes(&message.text, &names))
    });
}

/// A message in which every second word is misspelt.
#[divan::bench(sample_count = 20)]
fn a_message_full_of_slips(bencher: Bencher<'_, '_>) {
    let mut checker = Checker::new();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let text: String = (0..60)
            .map(|at| {
                format!(
                    "Ths wrdo{} is mispelt. ",
                    ["a", "e", "i", "o"][(n + at) % 4]
                )
            })
            .collect();
        checker.notes(&text, &[])
    });
}

/// What the composer does in the background when it opens for the first time;
/// later ones share the dictionary.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_checker_is_made() -> Checker {
    Checker::new()
}
