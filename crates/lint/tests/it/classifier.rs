//! The classifier: that it learns, and that what ships was made from the passages.

use std::path::{Path, PathBuf};

use lint::classifier::{Act, Calibration, Classifier, Passage, fingerprint, train};
use lint::{Channel, Message, RULES, Scenario, Settings, act_scores};
use serde_json::Value;

use crate::records::{expected, message};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// How often an example of a rule is shown among the passages: it is a promise.
const TIMES_SHOWN: usize = 4;

/// Returns what the classifier is trained on: the labelled passages and the
/// examples of the rules.
fn shown() -> Vec<Passage> {
    let mut all = passages();
    for (act, text, has) in examples() {
        let passage = Passage {
            text,
            acts: if has { vec![act] } else { Vec::new() },
        };
        all.extend(std::iter::repeat_n(passage, TIMES_SHOWN));
    }
    all
}

/// Returns the examples of the rules that the classifier takes part in, and
/// whether they show the act.
fn examples() -> Vec<(Act, String, bool)> {
    let mut found = Vec::new();
    for rule in RULES {
        let flags = rule.meta.flags.iter().map(|example| (example, true));
        let allows = rule.meta.allows.iter().map(|example| (example, false));
        for (example, has) in flags.chain(allows) {
            let scores = scores(Classifier::shipped(), &example.message());
            let of = scores.iter().find(|(code, ..)| *code == rule.meta.name);
            found.extend(of.map(|(_, act, _)| (*act, example.text.to_owned(), has)));
        }
    }
    found
}

fn scores(classifier: &Classifier, message: &Message) -> Vec<(&'static str, Act, f32)> {
    act_scores(classifier, message, &Settings::default())
}

/// Returns the labelled passages: a line each, acts with commas between, a tab,
/// and the text.
fn passages() -> Vec<Passage> {
    let lines = std::fs::read_to_string(folder().join("corpus/passages.tsv")).expect("passages");
    let passage = |line: &str| {
        let (acts, text) = line.split_once('\t').expect("acts, a tab and a text");
        let acts = acts.split(',').filter(|word| !word.is_empty());
        Passage {
            text: text.to_owned(),
            acts: acts
                .map(|word| Act::from_word(word).expect("an act"))
                .collect(),
        }
    };
    lines.lines().map(passage).collect()
}

/// Messages that the classifier is not trained on, for its thresholds.
const CALIBRATION: [&str; 11] = [
    "tuned",
    "tuned-second",
    "tuned-asks",
    "tuned-conduct",
    "tuned-third",
    "tuned-fourth",
    "tuned-fifth",
    "tuned-sixth",
    "tuned-seventh",
    "tuned-eighth",
    "tuned-form",
];

fn calibrated(mut classifier: Classifier) -> Classifier {
    let mut calibration = Calibration::default();
    for name in CALIBRATION {
        let file = folder().join(format!("corpus/{name}.jsonl"));
        let lines = std::fs::read_to_string(file).expect("a corpus");
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let record: Value = serde_json::from_str(line).expect("a record");
            let labels = expected(&record);
            for (code, act, score) in
                act_scores(&classifier, &message(&record), &Settings::default())
            {
                let has = labels.iter().any(|(label, _)| label == code);
                calibration.add(act, score, has);
                // What these have is by definition, to the letter.
                if name == "tuned-form" {
                    calibration.hold(act, score, has);
                }
            }
        }
    }
    classifier.thresholds = calibration.thresholds();
    classifier
}

#[test]
fn what_ships_was_made_from_these_passages() {
    let passages = passages();
    assert!(
        Classifier::shipped().fingerprint == fingerprint(&shown()),
        "corpus/passages.tsv or the examples of a rule changed; UPDATE_DOCS=1 cargo test -p lint --test it \
         made_anew makes the weights from them"
    );
    for act in Act::ALL {
        assert!(
            passages.iter().any(|it| it.acts.contains(&act)),
            "no passage for {}",
            act.word()
        );
        assert_eq!(Act::from_word(act.word()), Some(act));
    }
}

#[test]
fn the_weights_made_anew_are_those_that_ship() {
    let made = calibrated(train(&shown()));
    let file = folder().join("data/acts.bin");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, made.write()).expect("the weights can be written");
        return;
    }
    assert!(made == *Classifier::shipped(), "data/acts.bin is stale");
}

fn small_set() -> Vec<Passage> {
    let passage = |text: &str, acts: &[Act]| Passage {
        text: text.to_owned(),
        acts: acts.to_vec(),
    };
    let questions = ["high", "low", "far up", "far down", "near the top"].map(|place| {
        passage(
            &format!("How {place} am I on your list?"),
            &[Act::RankQuestion],
        )
    });
    let innocent = [
        "lunch",
        "the lecture",
        "the ward round",
        "the talk",
        "a walk",
    ]
    .map(|thing| passage(&format!("How long is {thing} on your side?"), &[]));
    questions.into_iter().chain(innocent).collect()
}

fn strongest(classifier: &Classifier, text: &str) -> f32 {
    let mut message = Message::new(
        Channel::Email,
        Scenario::MentorUpdate,
        jiff::civil::date(2027, 11, 1),
        text,
    );
    message.context.season_phase = lint::SeasonPhase::Ranking;
    let scores = scores(classifier, &message);
    let of = scores.iter().find(|(code, ..)| *code == "rank-question");
    of.expect("the rule takes part").2
}

#[test]
fn it_tells_apart_what_it_was_shown_and_what_is_like_it() {
    let classifier = train(&small_set());
    for passage in small_set() {
        let score = strongest(&classifier, &passage.text);
        assert_eq!(
            score > 0.0,
            !passage.acts.is_empty(),
            "{passage:?}: {score}"
        );
    }
    let (asks, tells) = (
        strongest(&classifier, "Thank you. How deep down am I on your list?"),
        strongest(&classifier, "Thank you. How long is the clinic?"),
    );
    assert!(asks > tells, "{asks} {tells}");
}

#[test]
fn the_order_of_training_and_the_number_of_threads_change_nothing() {
    let set = small_set();
    assert_eq!(train(&set), train(&set));
    let mut other = set.clone();
    other[0].text.push('!');
    assert_ne!(fingerprint(&set), fingerprint(&other));
}

#[test]
fn a_file_is_read_as_it_was_written_and_another_is_refused() {
    let classifier = train(&small_set());
    let bytes = classifier.write();
    assert_eq!(Classifier::read(&bytes), Some(classifier));
    assert_eq!(Classifier::read(&bytes[..bytes.len() - 1]), None);
    assert_eq!(Classifier::read(b"vouch-a0"), None);
    assert_eq!(Classifier::read(b""), None);
}

/// Returns what is found in a message of the ranking weeks to somebody met once.
fn codes(text: &str, classifier: bool) -> Vec<&'static str> {
    let mut message = Message::new(
        Channel::Spoken,
        Scenario::AdvocacyRequest,
        jiff::civil::date(2027, 2, 1),
        text,
    );
    message.recipient.relationship = lint::Relationship::MetOnce;
    message.context.season_phase = lint::SeasonPhase::Ranking;
    let settings = Settings {
        classifier,
        ..Settings::default()
    };
    let found = lint::check(&message, &settings);
    found.into_iter().map(|finding| finding.code).collect()
}

#[test]
fn it_finds_what_no_pattern_knows() {
    for (code, text) in [
        (
            "rank-question",
            "If the names on your page were stairs, on which step would mine be?",
        ),
        (
            "guarantee-request",
            "Make it so that my name cannot fall off their interview days.",
        ),
        (
            "grievance",
            "Nobody from the islands is ever read by them, that is how they are.",
        ),
    ] {
        assert!(codes(text, true).contains(&code), "{text}");
        assert!(
            !codes(text, false).contains(&code),
            "a pattern knows {text}"
        );
    }
}

#[test]
fn it_takes_back_what_a_pattern_sees_in_innocent_words() {
    let text = "I will write the first two dates down this week as you said.";
    assert_eq!(codes(text, false), ["rank-promise"]);
    assert!(codes(text, true).is_empty());
}

#[test]
fn what_it_finds_is_shown_in_as_few_sentences_as_tell_it() {
    let ask = "If the names on your page were stairs, on which step would mine be?";
    let text = format!("Thank you for the day in March. {ask} I bring the slides on Friday.");
    let mut message = Message::new(
        Channel::Spoken,
        Scenario::MentorUpdate,
        jiff::civil::date(2027, 2, 1),
        &text,
    );
    message.context.season_phase = lint::SeasonPhase::Ranking;
    let found = lint::check(&message, &Settings::default());
    let found = found.iter().find(|it| it.code == "rank-question");
    let found = found.expect("it is found");
    let span = found.start.zip(found.end).expect("a place");
    assert_eq!(&text[span.0..span.1], ask);
}
