//! Days beside each other, and the headings and titles of a paste.

use formats::log_line::{parse, parse_many};
use jiff::civil::date;

use crate::log_line::{TODAY, check, names, shown, stop};

#[test]
fn a_weekday_beside_its_date_fits_or_is_pointed_out() {
    for line in [
        "11/20 (Fri) call with Ben",
        "20 Nov (Fri): call with Ben",
        "20 Nov, Fri, call with Ben",
        "call with Ben 20 Nov Friday",
        "2026-11-20 (Friday) call with Ben",
        "call with Ben, 20 Nov (Fri)",
        "(Fri) 20 Nov call with Ben",
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(reading.day, date(2026, 11, 20), "{line}");
        assert_eq!(stop(line), None, "{line}");
        assert!(
            reading.note.is_empty() || line.starts_with('('),
            "{line}: {}",
            reading.note
        );
    }
    for line in [
        "11/20 (Wed) call with Ben",
        "20 Nov (Wed): call with Ben",
        "20 Nov, Wed, call with Ben",
        "call with Ben 20 Nov Wednesday",
        "2026-11-20 (Wed) call with Ben",
        "call with Ben, 20 Nov (Wed)",
    ] {
        let stop = stop(line).unwrap_or_default();
        assert!(
            stop.ends_with("which is a Friday, 20 Nov 2026"),
            "{line}: {stop}"
        );
    }
    // Not a weekday at all.
    check("20 Nov sat with Ben at lunch", "11-20 talk [Ben Okafor]");
    check(
        "call with Ben 20 Nov (good)",
        "11-20 call [Ben Okafor] ((good))",
    );
}

#[test]
fn a_conference_with_its_year_has_its_own_monday() {
    let monday = date(2025, 3, 31);
    for line in [
        "SIR 2025 Monday call with Ben",
        "met Ben SIR '25 Mon",
        "met Ben, SIR25 Monday",
    ] {
        let reading = parse(line, TODAY, &names());
        assert_eq!(
            (reading.day, reading.event.as_str()),
            (monday, "SIR 2025"),
            "{line}"
        );
    }
    for line in [
        "SIR 2019 Monday met Ben",
        "met Ben ASTRO 2025 Monday",
        "SIR 2025 Friday met Ben",
    ] {
        let stop = stop(line).unwrap_or_default();
        assert!(stop.starts_with("a day of "), "{line}: {stop}");
    }
}

#[test]
fn grand_rounds_are_no_rotation() {
    for line in [
        "grand rounds with Ben",
        "met Ben at grand rounds",
        "talk with Ben after grand rounds",
        "Grand Rounds by Dr. Rao",
        "spoke with Ben at the Grand Rounds",
    ] {
        let reading = parse(line, TODAY, &names());
        assert_ne!(reading.channel.word(), "rotation", "{line}");
    }
    for line in ["rounds with Ben", "met Ben on rounds", "rounded with Ben"] {
        assert_eq!(
            parse(line, TODAY, &names()).channel.word(),
            "rotation",
            "{line}"
        );
    }
}

#[test]
fn a_promise_by_a_conference_says_that_it_is_no_day() {
    for (by, found) in [
        ("by SIR", "whose day is not known here"),
        ("before SIR", "whose day is not known here"),
        ("by SIR27", "whose day is not known here"),
        ("by CIRSE", "whose day is not known here"),
        ("until ERAS", "whose day is not known here"),
    ] {
        let line = format!("today call with Ben #promise send the draft {by}");
        let reading = parse(&line, TODAY, &names());
        assert_eq!(reading.promises[0].due, None, "{by}");
        let problem = reading
            .problems
            .first()
            .map(|p| p.found.clone())
            .unwrap_or_default();
        assert!(problem.ends_with(found), "{by}: {problem}");
    }
    // Before its days, the day is told.
    let before = parse(
        "call with Ben #promise draft by SIR",
        date(2026, 11, 1),
        &names(),
    );
    assert!(
        before.problems[0]
            .found
            .ends_with("which begins on 14 Nov 2026")
    );
    for by in ["by hand", "by heart", "reviewed by Ben", "by MD"] {
        let line = format!("today call with Ben #promise send it {by}");
        assert!(parse(&line, TODAY, &names()).problems.is_empty(), "{by}");
    }
}

/// Returns each line, its reading and what else is said of it.
fn pasted(text: &str) -> Vec<String> {
    parse_many(text, TODAY, &names())
        .iter()
        .map(|line| {
            let said: Vec<&str> = line
                .reading
                .problems
                .iter()
                .map(|p| p.found.as_str())
                .collect();
            format!(
                "{}: {} | {}",
                line.line,
                shown(&line.reading),
                said.join(" | ")
            )
        })
        .collect()
}

#[test]
fn a_title_in_the_middle_holds_nothing_back() {
    assert_eq!(
        pasted("20 Nov\ncall with Ben\nClinic people\nmet Rao\nThoughts"),
        [
            "2: 11-20 call [Ben Okafor] | ",
            "4: 11-20 talk [Asha Rao] | \"Clinic people\" above it, which is left out as a title | \"Thoughts\" below it, which is left out as a title",
        ]
    );
    // Plans are left out as far as they tell no day that has been.
    assert_eq!(
        pasted("20 Nov call with Ben\nTo do\n- call Rao\n- email Sam Lee\n19 Nov met Rao"),
        [
            "1: 11-20 call [Ben Okafor] | \"To do\" below it, with 2 lines below it, which are left out as planned",
            "5: 11-19 talk [Asha Rao] | ",
        ]
    );
    assert_eq!(
        pasted("20 Nov call with Ben\nTODO:\n19 Nov met Rao"),
        [
            "1: 11-20 call [Ben Okafor] | \"TODO:\" below it, a title, which is left out",
            "3: 11-19 talk [Asha Rao] | ",
        ]
    );
    assert_eq!(
        pasted("To do\n20 Nov call with Ben"),
        ["2: 11-20 call [Ben Okafor] | \"To do\" above it, which is left out as a title"]
    );
    // A plan in a line of its own still holds it, and nothing goes unsaid.
    assert_eq!(pasted("call with Ben\nwill email Rao").len(), 2);
    assert_eq!(pasted("To do\ncall Rao").len(), 2);
    assert_eq!(pasted("thoughts\nmore").len(), 2);
}

#[test]
fn a_line_that_stands_twice_is_kept_once_and_said() {
    let twice = "the same line twice, which is kept once";
    for (text, n_lines, is_said) in [
        ("20 Nov call with Ben\n20 Nov call with Ben", 1, true),
        (
            "20 Nov\ncall with Ben\n- call with Ben\ncall with Ben.",
            1,
            true,
        ),
        ("20 Nov call with Ben\n20 Nov Call with ben okafor", 1, true),
        ("20 Nov call with Ben\n21 Nov call with Ben", 2, false),
        (
            "20 Nov call with Ben\n20 Nov second call with Ben",
            2,
            false,
        ),
        (
            "20 Nov call with Ben 5 min\n20 Nov call with Ben 9 min",
            2,
            false,
        ),
        (
            "20 Nov call with Jane Doe\nmet Rao\n20 Nov call with Jane Doe",
            2,
            true,
        ),
        ("met Ben\ntoday met Ben", 2, false),
        ("met Ben\nmet Ben", 1, true),
        ("20 Nov email to Ben\n20 Nov email from Ben", 2, false),
    ] {
        let lines = parse_many(text, TODAY, &names());
        assert_eq!(lines.len(), n_lines, "{text}");
        let first = &lines[0].reading.problems;
        assert_eq!(
            first.iter().any(|p| p.found == twice),
            is_said,
            "{text}: {first:?}"
        );
    }
}
