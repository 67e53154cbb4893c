//! Texts read without the people who were forgotten, and as before otherwise.

use domain::{Mentions, Named, PersonName};

fn named(name: &str, addresses: &[&str]) -> Named {
    Named {
        names: vec![PersonName::parse(name)],
        addresses: addresses.iter().map(|it| (*it).to_owned()).collect(),
    }
}

#[track_caller]
fn check(mentions: &Mentions, text: &str, expected: &str) {
    let found = mentions.without(text);
    assert_eq!(found.as_deref().unwrap_or(text), expected);
    assert_eq!(found.is_some(), text != expected, "{text}");
    if found.is_some() {
        assert!(mentions.may_be_in(text), "{text}");
    }
}

#[test]
fn every_way_to_name_somebody_is_found() {
    let addresses = ["asha.rao@example.org", "+1 473 555 0100"];
    let mentions = Mentions::of(&[named("Dr. Asha Maria Rao, MD", &addresses)], &[]);
    for text in [
        "Asha Maria Rao",
        "asha rao",
        "Rao, Asha",
        "RAO ASHA",
        "Dr. Rao",
        "dr rao",
        "Professor Rao",
        "asha-rao",
        "asha.rao@example.org",
        "+1 473 555 0100",
    ] {
        check(&mentions, text, "(forgotten)");
        let around = format!("Met {text}, twice.");
        check(&mentions, &around, "Met (forgotten), twice.");
    }
    check(
        &mentions,
        "Dr. Asha Rao and Dr. Rao's fellow",
        "Dr. (forgotten) and (forgotten)'s fellow",
    );
    for text in ["Rao", "Asha", "Dr. Raoul", "Dr. Raofield", "Sasha Rao", ""] {
        check(&mentions, text, text);
    }
}

#[test]
fn accents_and_particles_are_found_with_and_without() {
    let mentions = Mentions::of(&[named("Inés Núñez de la O", &[])], &[]);
    check(
        &mentions,
        "call with Inés Núñez de la O",
        "call with (forgotten)",
    );
    check(
        &mentions,
        "call with Ines Nunez de la O",
        "call with (forgotten)",
    );
    check(&mentions, "Dr. de la O", "(forgotten)");
    check(&mentions, "Dr. Núñez wrote", "(forgotten) wrote");
    check(&mentions, "Inés Núñez", "(forgotten)");
    // Who stays may be called by a first surname, too.
    let gone = [named("Inés Núñez de la O", &[])];
    let mentions = Mentions::of(&gone, &[named("Carla Núñez Ramos", &[])]);
    check(&mentions, "Dr. Núñez wrote", "Dr. Núñez wrote");
}

#[test]
fn what_may_mean_somebody_who_stays_is_left_alone() {
    let gone = [named(
        "Dr. Asha Rao",
        &["office@example.org", "asha@example.org"],
    )];
    let mentions = Mentions::of(&gone, &[named("Vikram Rao", &["Office@example.org"])]);
    check(&mentions, "Dr. Rao called", "Dr. Rao called");
    check(&mentions, "office@example.org", "office@example.org");
    check(
        &mentions,
        "Asha Rao, asha@example.org",
        "(forgotten), (forgotten)",
    );
    let mentions = Mentions::of(&gone, &[named("Asha Rao", &[])]);
    check(&mentions, "Dr. Rao and Asha Rao", "Dr. Rao and Asha Rao");
    let mentions = Mentions::of(&[named("Asha Maria Rao", &[])], &[named("Asha Rao", &[])]);
    check(
        &mentions,
        "Asha Rao with Asha Maria Rao",
        "Asha Rao with (forgotten)",
    );
}

#[test]
fn a_linkedin_address_is_found_however_it_is_written() {
    let gone = named("Asha Rao", &["https://www.linkedin.com/in/Asha-R-12/"]);
    let mentions = Mentions::of(std::slice::from_ref(&gone), &[]);
    for text in [
        "linkedin.com/in/asha-r-12",
        "www.linkedin.com/in/Asha-R-12",
        "http://linkedin.com/in/asha-r-12",
        "HTTPS://WWW.LinkedIn.com/in/asha-r-12",
    ] {
        let around = format!("See {text}.");
        check(&mentions, &around, "See (forgotten).");
    }
    let longer = "linkedin.com/in/asha-r-123";
    check(&mentions, longer, longer);
    // The profile of somebody who stays is theirs.
    let stays = named("Asha Roy", &["linkedin.com/in/asha-r-12"]);
    let mentions = Mentions::of(&[gone], &[stays]);
    let theirs = "linkedin.com/in/asha-r-12";
    check(&mentions, theirs, theirs);
}

#[test]
fn a_surname_alone_is_told_not_replaced() {
    let mentions = Mentions::of(&[named("Ruth Long", &[])], &[]);
    let text = "A long talk about nothing";
    check(&mentions, text, text);
    assert_eq!(mentions.surname_in(text), Some(2));
    assert_eq!(mentions.surname_in("longer belonging"), None);
    let nobody = Mentions::of(&[named("Cher", &[])], &[]);
    check(&nobody, "Cher", "Cher");
    assert_eq!(nobody.surname_in("Cher"), None);
}

#[test]
fn a_surname_in_the_address_of_somebody_who_stays_is_no_doubt() {
    let gone = [named("Tunde Adeyem", &["adeyem@example.org"])];
    let stays = named(
        "Asha Adeyem",
        &["Asha-Adeyem@example.org", "https://l.example/in/adeyem"],
    );
    let mentions = Mentions::of(&gone, &[stays]);
    for text in [
        "asha-adeyem@example.org",
        "Write to <asha-adeyem@example.org>.",
        "https://l.example/in/adeyem",
    ] {
        assert_eq!(mentions.surname_in(text), None, "{text}");
    }
    for (text, at) in [
        ("asha-adeyem@example.org, says Adeyem", 30),
        ("other-adeyem@example.org", 6),
        ("é\u{a0}Adeyem", 4),
    ] {
        assert_eq!(mentions.surname_in(text), Some(at), "{text}");
    }
}

#[test]
fn values_are_found_beside_names() {
    let mentions = Mentions::of(&[named("Ruth Long", &[])], &[]);
    let values = mentions.and_values(["mentor", "A question", "ab"]);
    for (text, expected) in [
        (
            "Add the tag \"mentor\": 3 people",
            Some("Add the tag \"(forgotten)\": 3 people"),
        ),
        (
            "Write \"A question\" to Dr. Ruth Long",
            Some("Write \"(forgotten)\" to Dr. (forgotten)"),
        ),
        (
            "Write \"A question for Ruth Long\"",
            Some("Write \"(forgotten) for (forgotten)\""),
        ),
        ("Change Ruth Long", Some("Change (forgotten)")),
        ("ab, mentors", None),
    ] {
        assert_eq!(values.without(text).as_deref(), expected, "{text}");
    }
}

/// Composed letters taken apart, as some systems write them.
fn taken_apart(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'é' => "e\u{301}".to_owned(),
            'ú' => "u\u{301}".to_owned(),
            'ñ' => "n\u{303}".to_owned(),
            'ü' => "u\u{308}".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[test]
fn whatever_signs_a_name_is_written_with_it_is_found() {
    for (stored, written) in [
        ("Ursula O'Xyzzy", "Ursula O’Xyzzy"),
        ("Ursula O’Xyzzy", "Ursula O'Xyzzy"),
        ("Ursula O’Xyzzy", "ursula oʼxyzzy"),
        ("Ursula O'Xyzzy", "URSULA O`XYZZY"),
        ("Ursula O'Xyzzy", "Ursula O´Xyzzy"),
        ("Ursula O'Xyzzy", "Ursula OXyzzy"),
        ("Ursula O'Xyzzy", "Ursula O Xyzzy"),
        ("Ursula O'Xyzzy", "O′Xyzzy, Ursula"),
        ("Ursula O'Xyzzy", "Dr. O’Xyzzy"),
        ("Kaʻiulani Akana", "Kaiulani Akana"),
        ("Ursula Smith-Jones", "Ursula Smith‑Jones"),
        ("Ursula Smith-Jones", "Ursula Smith – Jones"),
        ("Ursula Smith-Jones", "ursula smith jones"),
        ("Anne-Marie Tessier", "Annemarie Tessier"),
        ("Anne-Marie Tessier", "anne_marie-tessier"),
        ("Lucía Núñez", "LUCÍA NÚÑEZ"),
        ("Lucía Núñez", "Lucia\u{a0}\u{a0}Nunez"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Jürgen Müller", "JÜRGEN MÜLLER"),
        ("Søren Kjær", "Soren Kjaer"),
        ("Hans Weiß", "HANS WEISS"),
        ("Łukasz Wójcik", "Lukasz Wojcik"),
        ("Asha Rao", "Asha\u{200B} R\u{AD}ao"),
        ("Asha Rao", "Ａｓｈａ Ｒａｏ"),
    ] {
        for stored in [stored.to_owned(), taken_apart(stored)] {
            let mentions = Mentions::of(&[named(&stored, &[])], &[]);
            for written in [written.to_owned(), taken_apart(written)] {
                let around = format!("Met {written}; “{written}”’s talk, Zoë.");
                check(
                    &mentions,
                    &around,
                    "Met (forgotten); “(forgotten)”’s talk, Zoë.",
                );
                let possessive = format!("{written}’s talk");
                check(&mentions, &possessive, "(forgotten)’s talk");
            }
        }
    }
}

#[test]
fn what_is_another_word_stays_whatever_its_signs() {
    let mentions = Mentions::of(&[named("Asha Rao", &["asha.rao@example.org"])], &[]);
    for text in [
        "Asha Raó́ul",
        "Sasha Rao",
        "Asha Rao\u{301}n",
        "Asha; Rao",
        "Asha, then Rao",
        "Natasha-Rao’s",
        "xasha.rao@example.org",
    ] {
        check(&mentions, text, text);
    }
    let mentions = Mentions::of(&[named("Æsa Ræd", &[])], &[]);
    check(&mentions, "Aesa Raed", "(forgotten)");
    let mentions = Mentions::of(&[named("A E", &[])], &[]);
    check(&mentions, "æ", "æ");
}

#[test]
fn a_surname_alone_is_told_whatever_its_signs() {
    for (stored, written) in [
        ("Ursula O'Xyzzy", "Lunch with O’Xyzzy"),
        ("Ursula O’Xyzzy", "Lunch with oxyzzy’s team"),
        ("Ursula Smith-Jones", "Lunch with Smith‑Jones"),
        ("Lucía Núñez", "Lunch with NUN\u{303}EZ"),
        ("Jürgen Müller", "Lunch with Mueller"),
    ] {
        let mentions = Mentions::of(&[named(stored, &[])], &[]);
        assert_eq!(mentions.surname_in(written), Some(11), "{written}");
    }
}
