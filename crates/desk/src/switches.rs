//! What the student set: rules on messages with their limits, and guards on outreach.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Guard, GuardSettings};

const RULE: &str = "rule.";
const GUARD: &str = "guard.";
const LIMIT: &str = "limit.";
const OFF: &str = "off";
const ON: &str = "on";

/// Returns the setting that switches a rule, and its value.
pub(crate) fn rule_setting(code: &str, on: bool) -> (String, &'static str) {
    (format!("{RULE}{code}"), if on { ON } else { OFF })
}

/// Returns whether a rule can be switched off; `None` where there is no such rule.
pub(crate) fn can_be_switched_off(code: &str) -> Option<bool> {
    if Guard::from_code(code).is_some() {
        return Some(true);
    }
    let rule = lint::RULES.iter().find(|rule| rule.meta.name == code)?;
    Some(rule.meta.can_be_switched_off)
}

/// Returns the codes of the rules that are switched off for good.
pub(crate) fn rules_off(settings: &BTreeMap<String, String>) -> BTreeSet<String> {
    lint::RULES
        .iter()
        .filter(|rule| rule.meta.can_be_switched_off)
        .map(|rule| rule.meta.name)
        .filter(|code| {
            let word = settings.get(&format!("{RULE}{code}"));
            word.is_some_and(|word| word == OFF)
        })
        .map(str::to_owned)
        .collect()
}

/// A number that a rule keeps to, where accounts and schools differ.
pub(crate) struct Limit {
    /// The word of the setting and of the field.
    pub(crate) word: &'static str,
    /// The rule that keeps to it.
    pub(crate) rule: &'static str,
    /// What a form calls it.
    pub(crate) label: &'static str,
    /// The least and the most that make sense.
    pub(crate) bounds: (u32, u32),
    /// Reads it.
    pub(crate) get: fn(&lint::Settings) -> u32,
    set: fn(&mut lint::Settings, u32),
}

/// The limits that can be set.
pub(crate) const LIMITS: [Limit; 2] = [
    Limit {
        word: "linkedin_characters",
        rule: "over-channel-limit",
        label: "Characters in a LinkedIn note",
        bounds: (200, 300),
        get: |s| u32::try_from(s.linkedin_limit).unwrap_or(u32::MAX),
        set: |s, n| s.linkedin_limit = n as usize,
    },
    Limit {
        word: "shadow_days",
        rule: "duration-too-long",
        label: "Days of watching that may be asked for",
        bounds: (1, 30),
        get: |s| s.shadow_days,
        set: |s, n| s.shadow_days = n,
    },
];

/// Returns the setting that keeps a limit.
pub(crate) fn limit_setting(limit: &Limit) -> String {
    format!("{LIMIT}{}", limit.word)
}

/// Returns what the rules are told in the composer: the limits that are set, and
/// what is switched off for good or for one message (`here`).
pub(crate) fn rule_settings(
    settings: &BTreeMap<String, String>,
    here: &[String],
) -> lint::Settings {
    let mut off = rules_off(settings);
    off.extend(here.iter().cloned());
    let mut rules = lint::Settings {
        off,
        ..lint::Settings::default()
    };
    for limit in &LIMITS {
        let stored = settings.get(&limit_setting(limit));
        if let Some(n) = stored.and_then(|text| text.parse().ok()) {
            (limit.set)(&mut rules, n);
        }
    }
    rules
}

/// A number of the guards: its word, what a form calls it, and where it is kept.
pub(crate) struct Number {
    /// The word of the setting and of the field.
    pub(crate) word: &'static str,
    /// The guard that it belongs to.
    pub(crate) guard: Guard,
    /// What a form calls it.
    pub(crate) label: &'static str,
    /// The most that makes sense.
    pub(crate) max: u32,
    /// Where it is kept.
    pub(crate) field: fn(&mut GuardSettings) -> &mut u32,
}

/// The numbers that can be set.
pub(crate) const NUMBERS: [Number; 8] = [
    Number {
        word: "contacts_a_day",
        guard: Guard::ContactsADay,
        label: "At most",
        max: 50,
        field: |s| &mut s.contacts_a_day,
    },
    Number {
        word: "contacts_a_week",
        guard: Guard::ContactsAWeek,
        label: "At most",
        max: 200,
        field: |s| &mut s.contacts_a_week,
    },
    Number {
        word: "conference_min",
        guard: Guard::BeforeConference,
        label: "At least",
        max: 50,
        field: |s| &mut s.conference_min,
    },
    Number {
        word: "conference_max",
        guard: Guard::BeforeConference,
        label: "At most",
        max: 50,
        field: |s| &mut s.conference_max,
    },
    Number {
        word: "favour_months_min",
        guard: Guard::ContactBeforeFavour,
        label: "Months at least",
        max: 36,
        field: |s| &mut s.favour_months_min,
    },
    Number {
        word: "favour_months_good",
        guard: Guard::ContactBeforeFavour,
        label: "Months, better",
        max: 36,
        field: |s| &mut s.favour_months_good,
    },
    Number {
        word: "reminder_days",
        guard: Guard::ReminderTooSoon,
        label: "Days to wait",
        max: 60,
        field: |s| &mut s.reminder_days,
    },
    Number {
        word: "reminders_max",
        guard: Guard::ReminderLimit,
        label: "At most",
        max: 10,
        field: |s| &mut s.reminders_max,
    },
];

/// Returns what the settings say about the guards.
pub(crate) fn guard_settings(settings: &BTreeMap<String, String>) -> GuardSettings {
    let mut guards = GuardSettings::default();
    for guard in Guard::ALL {
        let word = settings.get(&format!("{GUARD}{}", guard.meta().code));
        if word.is_some_and(|word| word == OFF) {
            guards.off.insert(guard);
        }
    }
    for number in &NUMBERS {
        let stored = settings.get(&format!("{GUARD}{}", number.word));
        if let Some(n) = stored.and_then(|text| text.parse().ok()) {
            *(number.field)(&mut guards) = n;
        }
    }
    guards
}

/// Returns the settings that say the same as `guards`.
pub(crate) fn guard_rows(guards: &GuardSettings) -> Vec<(String, String)> {
    let mut copy = guards.clone();
    let switches = Guard::ALL.into_iter().map(|guard| {
        let word = if guards.off.contains(&guard) { OFF } else { ON };
        (format!("{GUARD}{}", guard.meta().code), word.to_owned())
    });
    let numbers = NUMBERS.iter().map(|number| {
        let n = *(number.field)(&mut copy);
        (format!("{GUARD}{}", number.word), n.to_string())
    });
    switches.chain(numbers).collect()
}
