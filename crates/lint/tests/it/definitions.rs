//! What the definitions of the rules say about the edges: citations, names that
//! look like something else, ages, dates, lengths of time, good wishes.

use lint::{Example, Level, Settings, check};

/// Returns the levels at which a code is found, by the patterns alone or with
/// the classifier beside them.
fn levels(code: &str, setup: &'static str, text: &'static str, classifier: bool) -> Vec<Level> {
    let settings = Settings {
        classifier,
        ..Settings::default()
    };
    check(&Example::with(setup, text).message(), &settings)
        .into_iter()
        .filter(|finding| finding.code == code)
        .map(|finding| finding.level)
        .collect()
}

/// Compares what is found of a code in texts with what should be.
fn judge(code: &str, setup: &'static str, cases: &[(&'static str, Option<Level>)]) {
    for (text, expected) in cases {
        let found = levels(code, setup, text, false);
        assert_eq!(
            found.first().copied(),
            *expected,
            "{code} ({setup}): {text}"
        );
    }
}

const ERROR: Option<Level> = Some(Level::Error);
const WARN: Option<Level> = Some(Level::Warn);

#[test]
fn words_of_the_meeting_and_plans_of_ones_own_are_not_personal() {
    for (setup, text, expected) in [
        (
            "facts=talk at SIR27; event=SIR27",
            "Your talk at SIR27 was great.",
            WARN,
        ),
        (
            "facts=talk at SIR27; event=SIR 2027",
            "Your talk at SIR27 was great.",
            WARN,
        ),
        (
            "facts=IVC filter talk, SIR 2027; event=SIR 2027",
            "Your talk at SIR was great.",
            WARN,
        ),
        (
            "facts=UFE talk, SIR 2027; event=SIR 2027",
            "Your talk on UFE was great.",
            None,
        ),
        (
            "facts=alumni panel on night float",
            "I plan a panel on night float for my class, and thank you for reading.",
            WARN,
        ),
        (
            "facts=alumni panel on night float",
            "I would like to hear about night float, if you have ten minutes.",
            None,
        ),
        (
            "facts=alumni panel on night float",
            "I will try your night float list.",
            None,
        ),
    ] {
        judge("not-personal", setup, &[(text, expected)]);
    }
}

#[test]
fn an_age_under_ninety_with_sex_and_diagnosis_is_no_identifier() {
    for text in [
        "A 62-year-old man with HCC bled after the biopsy.",
        "A 62-year-old patient bled.",
        "My patient, an 89-year-old man, bled after the biopsy.",
        "My patient, 62, had a TIPS.",
        "Our patient, 45, had fibroids.",
        "A patient, age 89, had a filter.",
        "A 62-year-old man with HCC bled after the biopsy.\n\nThanks,\nAna",
        "My patient, 62, had a TIPS.\n\nThanks,\nAna",
    ] {
        for classifier in [false, true] {
            let found = levels("patient-identifier", "to=mentor", text, classifier);
            assert!(found.is_empty(), "{text}");
        }
    }
    for text in [
        "90M with HCC, post TACE.",
        "A 95yo F with HCC had TACE.",
        "91M with HCC and ascites.",
        "A 97yo M had a filter.",
        "A man in his nineties had a stent.",
    ] {
        for classifier in [false, true] {
            let found = levels("patient-identifier", "to=mentor", text, classifier);
            assert_eq!(found, [Level::Error], "{text}");
        }
    }
    judge(
        "patient-identifier",
        "channel=post; role=audience",
        &[
            ("Mr. Quayle, admitted 3 May, bled again.", ERROR),
            ("Mrs. Alleyne, 93, has a drain.", ERROR),
            ("HCC bled in two of 40 cases.", None),
        ],
    );
}

#[test]
fn a_patient_in_the_short_forms_of_a_record_is_told_with_his_day() {
    judge(
        "patient-identifier",
        "channel=post; role=audience",
        &[
            ("Today a 54M with HCC had TACE.", ERROR),
            ("Yesterday a 67F had her fibroids embolized.", ERROR),
            ("On Tuesday a 72yo gentleman bled.", ERROR),
            ("On Tuesday a 61yom with a bleed was embolized.", ERROR),
            ("A 54M with HCC had TACE.", None),
            ("On Tuesday they told me of a 54M budget for TACE.", None),
            ("On Tuesday we walked the 30m to the TACE suite.", None),
            ("On Monday a 24F sheath was on the table for TACE.", None),
        ],
    );
}

#[test]
fn only_a_day_given_for_the_letter_makes_it_late() {
    judge(
        "late-letter-request",
        "to=mentor; date=2027-06-01",
        &[
            (
                "We met on 3 May 2026. Could you write me a letter of recommendation?",
                None,
            ),
            (
                "Could you write me a letter of recommendation? I met you on 2 June 2026.",
                None,
            ),
            (
                "Could you write me a letter? It is due in September. I will send my CV on 5 June.",
                None,
            ),
            (
                "I take Step 2 on 10 June. Could you write me a letter?",
                None,
            ),
            (
                "Could you write me a letter, after we met on 20 May 2026?",
                None,
            ),
            ("Could you write me a letter? It is due next week.", WARN),
            (
                "Could you write me a letter? The portal closes on 14 June.",
                WARN,
            ),
            (
                "Could you write me a letter by 14 June? I sit Step 2 on 30 July.",
                WARN,
            ),
        ],
    );
}

#[test]
fn a_wish_to_connect_asks_in_a_linkedin_note_and_a_good_wish_asks_nowhere() {
    judge(
        "no-ask",
        "channel=linkedin-note",
        &[
            (
                "Your panel helped me. I would like to stay connected.",
                None,
            ),
            ("Your panel helped me. I hope to stay connected.", None),
            ("Your panel helped me. I'd like to keep in touch.", None),
            ("Your panel helped me. I wish you well.", ERROR),
        ],
    );
    judge(
        "no-ask",
        "",
        &[
            ("I study here. I wish you a good spring.", ERROR),
            ("I study here. I wish you a calm season.", ERROR),
            ("I study here. I hope you have a good week.", ERROR),
            ("I study here. I hope you can tell me how you read.", None),
            ("I study here. I hope you have ten minutes for me.", None),
            ("I study here. I hope to hear how you read at night.", None),
            (
                "I study here. I wish you a good spring and would like to know how you read.",
                None,
            ),
        ],
    );
}

#[test]
fn by_when_an_answer_is_wanted_is_no_length_and_short_units_are() {
    judge(
        "duration-too-long",
        "",
        &[
            ("Could you reply within 60 minutes?", None),
            ("Please answer in two hours.", None),
            ("May I call you in two hours?", None),
            ("Could we talk for two hours?", ERROR),
            ("May I phone you on Sunday for 1h?", ERROR),
            ("May I phone you on Sunday for 1 h?", ERROR),
            ("May I phone you on Sunday for 1h30?", ERROR),
            ("May I phone you on Sunday for 30m?", ERROR),
            ("May I phone you on Sunday for 16'?", ERROR),
            ("May I phone you on Sunday for 15'?", None),
        ],
    );
    judge(
        "duration-missing",
        "",
        &[
            ("Could you reply within 60 minutes?", None),
            ("May I phone you on Sunday for 15'?", None),
            ("May I phone you on Sunday for 10 m?", None),
            ("May I phone you on Sunday?", ERROR),
        ],
    );
}

#[test]
fn a_promise_that_seeks_one_back_is_a_deal() {
    judge(
        "rank-promise",
        "phase=ranking; to=met-once",
        &[
            ("I will rank you first. Will you rank me high?", ERROR),
            ("I will rank you first and hope you do the same.", ERROR),
            ("I will rank you first. I hope you do the same.", ERROR),
            ("I will rank your program first.", WARN),
            (
                "I will rank you first. I expect nothing in return and no reply is needed.",
                WARN,
            ),
        ],
    );
    // It asks for a commitment of the program, so it stays on as the others do.
    let always_on: Vec<&str> = lint::RULES
        .iter()
        .filter(|rule| !rule.meta.can_be_switched_off)
        .map(|rule| rule.meta.name)
        .collect();
    assert_eq!(
        always_on,
        [
            "guarantee-request",
            "rank-question",
            "rank-promise",
            "patient-identifier",
            "case-narrative"
        ]
    );
}

#[test]
fn a_surname_is_no_swear_word_and_the_weather_belittles_nobody() {
    judge(
        "profanity",
        "channel=post; role=audience",
        &[
            ("Dr. Cock showed a film.", None),
            ("Dr. Hell showed a film.", None),
            ("Dr. Rao showed a damn film.", ERROR),
        ],
    );
    let found = levels("condescension", "to=mentor", "Obviously it rained.", true);
    assert!(found.is_empty());
}
