//! What is noted, and what is left alone.

use std::sync::{LazyLock, Mutex, PoisonError};

use grammar::{Checker, GRAMMAR, Note, SPELLING};
use lint::Level;

/// Returns the notes on a text. Loading takes seconds in a test build, so the
/// tests share a checker.
fn notes(text: &str, names: &[&str]) -> Vec<Note> {
    static CHECKER: LazyLock<Mutex<Checker>> = LazyLock::new(|| Mutex::new(Checker::new()));
    let mut checker = CHECKER.lock().unwrap_or_else(PoisonError::into_inner);
    checker.notes(text, names)
}

/// Checks that a text gets one note on these words, with this suggestion.
fn check(text: &str, words: &str, code: &str, suggestion: &str) {
    let found = notes(text, &[]);
    let [note] = found.as_slice() else {
        panic!("{text}: {found:#?}");
    };
    let finding = &note.finding;
    let (start, end) = (
        finding.start.expect("a place"),
        finding.end.expect("a place"),
    );
    assert_eq!(&text[start..end], words, "{text}");
    assert_eq!((finding.code, finding.level), (code, Level::Note), "{text}");
    assert_eq!(
        note.suggestion.as_deref(),
        Some(suggestion),
        "{text}: {}",
        finding.message
    );
    // With the suggestion in place nothing is left to say.
    let mended = format!("{}{suggestion}{}", &text[..start], &text[end..]);
    assert_eq!(notes(&mended, &[]), [], "{mended}");
}

#[test]
fn slips_of_spelling_are_noted_with_what_was_meant() {
    for (text, words, suggestion) in [
        ("I recieved your answer on Monday.", "recieved", "received"),
        ("Thank you for teh slides.", "teh", "the"),
        ("The angiogramm showed a bleed.", "angiogramm", "angiogram"),
        ("We placed the cathether twice.", "cathether", "catheter"),
        ("I would apreciate one line.", "apreciate", "appreciate"),
        (
            "Your embolizaton clinic helped me.",
            "embolizaton",
            "embolization",
        ),
        ("It was definately new to me.", "definately", "definitely"),
        (
            "I was tired. Becuase of you I stayed.",
            "Becuase",
            "Because",
        ),
        ("I have a diferent question.", "diferent", "different"),
        (
            "It is a great oportunity for me.",
            "oportunity",
            "opportunity",
        ),
    ] {
        check(text, words, SPELLING, suggestion);
    }
}

#[test]
fn slips_of_grammar_are_noted_with_what_was_meant() {
    for (text, words, suggestion) in [
        ("I read an paper of yours.", "an", "a"),
        ("It was a honest answer.", "a", "an"),
        ("I learned of of the new device.", "of of", "of"),
        ("She have a registry.", "have", "has"),
        ("I could of asked before.", "could of", "could have"),
    ] {
        check(text, words, GRAMMAR, suggestion);
    }
}

#[test]
fn a_word_of_the_field_and_any_english_are_no_slips() {
    for text in [
        "The TIPS was revised, then TACE and Y90 through a microcatheter.",
        "An attending let me watch six drainages, a cholecystostomy and an AVM embolisation.",
        "My programme in Grenada has a colour code for haemorrhage; the program in Ohio has none.",
        "I am an MS3, I have no ESIR nor PGY-2 yet, and my IMGs group reads JVIR.",
        "The PAEs and UFEs of your clinic, the IVUS runs, and a DEB-TACE.",
        "We discussed radioembolization, genicular arteries and endoleaks with the cardiothoracic fellows.",
    ] {
        assert_eq!(notes(text, &[]), [], "{text}");
    }
}

#[test]
fn names_are_no_slips() {
    let text = "Dear Dr. Przybylski,\n\nAt Talgras I met Ms. Achterberg. Przybylski's talk, and \
        later Achterberg's, helped. I wrote to quist.\n\nSun-hee Parc\nMS3, Windwart Cays";
    assert_eq!(
        notes(text, &["Dr. Lena Quist", "Windwart Cays University"]),
        []
    );
    // Without the record the small letter is not known as a name's.
    let found = notes(text, &[]);
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn phrasing_that_is_understood_is_left_alone() {
    for text in [
        "I am doing my third year and I am looking since long time for a mentor in this field.",
        "It give me courage to see somebody of our island in your place.",
        "With you I learned to begin from the pelvis; I have done it so with five angiographies.",
        "pls let me know if thursday works, thx",
    ] {
        let found = notes(text, &[]);
        assert!(found.len() <= 1, "{text}: {found:#?}");
    }
}

#[test]
fn what_is_not_the_writers_is_left_alone() {
    let text = "Dear Dr. Rao,\n\n[one sentense about there work]\n\nYou wrote \"the cathether are \
        an device\".\n\n> I recieved you're letter";
    assert_eq!(notes(text, &[]), []);
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "Thaís – “Ça va?” – recieved it. \u{1F600} The angiogramm: é\u{301}.";
    let found = notes(text, &[]);
    let words: Vec<&str> = found
        .iter()
        .map(|n| &text[n.finding.start.unwrap_or(0)..n.finding.end.unwrap_or(0)])
        .collect();
    assert_eq!(words, ["recieved", "angiogramm"], "{found:#?}");
}

#[test]
fn hostile_texts_are_read_without_a_fall() {
    let long = "recieved ".repeat(20_000);
    let nested = "[".repeat(5_000);
    for text in [
        "",
        " \n\n\t",
        "\u{202E}מכתב\u{202C} e\u{301}\u{301}\u{301}",
        "'s 's ’s",
        &nested,
        "\0\u{FFFD}",
    ] {
        assert_eq!(notes(text, &[""]), [], "{text:?}");
    }
    let found = notes(&long, &[]);
    let last = found.last().and_then(|n| n.finding.end).expect("a note");
    assert!(last <= 20_000, "{last}");
}
