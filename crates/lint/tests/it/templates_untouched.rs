//! A text that is its template without the student's own part is told from one
//! that somebody wrote, for every template.

use std::collections::BTreeMap;

use lint::{Message, TEMPLATES, Template, fill, template};

use crate::voices::{Voice, voices};

/// Returns all templates and their later steps.
fn all() -> impl Iterator<Item = &'static Template> {
    TEMPLATES
        .iter()
        .flat_map(|t| [t].into_iter().chain(&t.steps))
}

/// Returns a text as a message of a voice.
fn message(voice: &Voice, template: &Template, text: &str) -> Message {
    let day = jiff::civil::date(2027, 6, 1);
    let mut message = Message::new(template.channel, template.scenario, day, text);
    voice.tell(template, &mut message);
    message
}

/// Returns the hint of the first personal part.
fn first_personal(template: &Template) -> Option<&str> {
    let mut personal = template.slots.iter().filter(|s| s.personal && s.required);
    personal.next().map(|slot| slot.hint.as_str())
}

/// Returns the template with values, and with nothing where they are missing.
fn with_nothing(template: &Template, values: &BTreeMap<String, String>) -> String {
    let mut text = fill(template, values).text;
    for slot in &template.slots {
        text = text.replace(&format!("[{}]", slot.hint), "");
    }
    text
}

/// Returns the values of the slots that are taken, as a voice fills them.
fn values_of(
    voice: &Voice,
    template: &Template,
    is_taken: impl Fn(&lint::Slot) -> bool,
) -> BTreeMap<String, String> {
    let mut values = voice.values(template);
    values.retain(|name, _| template.slot(name).is_none_or(&is_taken));
    values
}

#[test]
fn what_a_student_wrote_is_their_own() {
    for template in all() {
        for voice in voices() {
            let text = fill(template, &voice.values(template)).text;
            let filled = message(voice, template, &text);
            let place = format!("{} by {}", template.name, voice.name);
            assert_eq!(template.untouched(&filled, false), None, "{place}");
            // A greeting and a leave of their own change nothing.
            let other = text.replace("Thank you for reading this,", "Warm regards,");
            assert_eq!(
                template.untouched(&message(voice, template, &other), false),
                None,
                "{place}"
            );
        }
    }
}

#[test]
fn a_template_with_its_own_part_taken_out_is_known() {
    for template in all() {
        for voice in voices() {
            let expected = first_personal(template);
            let place = |text: &str| format!("{} by {}: {text}", template.name, voice.name);
            let told = |text: &str, is_for_anybody| {
                template.untouched(&message(voice, template, text), is_for_anybody)
            };
            // Every blank is taken out, whatever the record filled.
            let recorded = values_of(voice, template, |slot| slot.from != "student");
            let text = with_nothing(template, &recorded);
            assert_eq!(told(&text, false), expected, "{}", place(&text));
            let spaced = text.replace(" .", ".").replace("  ", " ");
            assert_eq!(told(&spaced, false), expected, "{}", place(&spaced));
            // All are left as they are, or the personal ones alone.
            let text = fill(template, &recorded).text;
            assert_eq!(told(&text, false), expected, "{}", place(&text));
            let others = values_of(voice, template, |slot| !slot.personal);
            let text = fill(template, &others).text;
            assert_eq!(told(&text, false), expected, "{}", place(&text));
            // Those are taken out, and nothing else is for this reader.
            let text = with_nothing(template, &others);
            assert_eq!(told(&text, true), expected, "{}", place(&text));
        }
    }
}

#[test]
fn the_greeting_and_the_leave_may_be_other_words() {
    let voice = &voices()[0];
    for template in all().filter(|t| t.body.starts_with("Dear {title}")) {
        let others = values_of(voice, template, |slot| !slot.personal);
        let text = with_nothing(template, &others);
        let sender = message(voice, template, "").sender.name;
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        let body = body.trim_end().trim_end_matches(sender.as_str()).trim_end();
        for (hello, leave) in [
            ("Hello Dr. Ferrand-Ochoa,", "Best wishes,"),
            ("Good morning,", "Many thanks and kind regards,"),
            ("", "Sincerely,"),
        ] {
            let text = format!("{hello}\n{body}\n\n{leave}\n{sender}");
            let told = template.untouched(&message(voice, template, &text), true);
            assert_eq!(told, first_personal(template), "{}: {text}", template.name);
        }
    }
}

#[test]
fn a_paragraph_of_ones_own_is_ones_own() {
    for template in all() {
        let mut values = template.examples();
        values.retain(|name, _| {
            template
                .slot(name)
                .is_some_and(|s| !s.personal && s.required)
        });
        for value in values.values_mut() {
            let end = value.find(['.', '?', '!']).map_or(value.len(), |at| at + 1);
            value.truncate(end);
        }
        let stripped = with_nothing(template, &values);
        let voice = &voices()[0];
        let told = |text: &str| template.untouched(&message(voice, template, text), false);
        assert_eq!(
            told(&stripped),
            first_personal(template),
            "{}",
            template.name
        );
        let own = format!("{stripped}\n\nYou let us read the films first.");
        assert_eq!(told(&own), None, "{}", template.name);
        // Of a few words, too, with all the rest taken out.
        let bare = with_nothing(template, &BTreeMap::new());
        let own = format!("{bare}\n\nYour second clot taught me patience.");
        assert_eq!(told(&own), None, "{}: {own}", template.name);
    }
}

#[test]
fn own_words_are_those_of_nobody_else() {
    let voice = &voices()[0];
    let template = template("thank-you").expect("shipped");
    let n = |text: &str| message(voice, template, text).n_own_words(Some(template));
    let sender = message(voice, template, "").sender.name;
    assert_eq!(
        n(&format!("Dear Dr. Rao,\n\nThank you for .\n\n{sender}")),
        0
    );
    assert_eq!(
        n(&format!("Hi,\n\nMany thanks and kind regards,\n{sender}")),
        0
    );
    assert_eq!(n("Dear Dr. Rao,\n\n[what they did]\n\nThank you"), 0);
    assert_eq!(n("Dear Dr. Rao,\n\nThank you for Thursday."), 1);
    assert_eq!(n("Estimada Dra. Rao,\n\nGracias por su tiempo."), 4);
    assert_eq!(n("\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5d3}\u{5e8}"), 2);
}
