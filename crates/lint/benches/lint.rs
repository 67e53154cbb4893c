//! How many messages a second the rules read, all rules together.

#[expect(dead_code, reason = "a bench needs no labels")]
#[path = "../tests/it/records.rs"]
mod records;

use divan::Bencher;
use divan::counter::ItemsCount;
use lint::{Finding, Message, Settings, check};

fn main() {
    divan::main();
}

/// Every message of a corpus: e-mails mostly, 115 words each on average.
fn messages() -> Vec<Message> {
    include_str!("../corpus/tuned-second.jsonl")
        .lines()
        .map(|line| records::message(&serde_json::from_str(line).expect("a JSON object a line")))
        .collect()
}

/// The budget is 2,000 messages a second on one core.
#[divan::bench]
fn messages_on_one_core(bencher: Bencher<'_, '_>) {
    let messages = messages();
    let settings = Settings::default();
    bencher
        .counter(ItemsCount::new(messages.len()))
        .bench_local(|| {
            messages
                .iter()
                .map(|message| check(message, &settings).len())
                .sum::<usize>()
        });
}

/// A text of one megabyte, as somebody may paste it.
#[divan::bench(sample_count = 10)]
fn one_megabyte(bencher: Bencher<'_, '_>) {
    let mut message = messages().swap_remove(0);
    message.text = message.text.repeat(1_000_000 / message.text.len() + 1);
    let settings = Settings::default();
    bencher.bench_local(|| -> Vec<Finding> { check(&message, &settings) });
}
