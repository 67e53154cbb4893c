//! Stores who the student is.

use domain::{Pathway, VisaNeed, WEEKDAYS, weekday_name};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::student::{Stage, Student, weekday, yes_or_no};
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Stores who the student is. A school that one entry of the shipped list
    /// fits is stored under its full name; anything else as it was typed.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where an answer is not understood,
    /// [`DeskError::Several`] where the school's name fits several, and
    /// [`DeskError::Answers`] with all of these where there are more than one.
    pub fn set_up(&self, student: &Student) -> Result<Done<()>> {
        let mut student = student.trimmed();
        let mut wrong = check_words(&mut student);
        wrong.extend(check_numbers(&mut student, self.today()?));
        if !student.zone.is_empty() && TimeZone::get(&student.zone).is_err() {
            let would_do = "a zone such as America/Barbados, or nothing for this machine's";
            wrong.push(DeskError::bad("zone", &student.zone, would_do));
        }
        if !student.email.is_empty() && !student.email.contains('@') {
            let would_do = "an address with \"@\"";
            wrong.push(DeskError::bad("email", &student.email, would_do));
        }
        match facts::shipped().school(&student.school) {
            facts::SchoolAnswer::One(school) => school.name.clone_into(&mut student.school),
            facts::SchoolAnswer::Several(schools) => {
                let names = schools.into_iter().map(|school| school.name.clone());
                wrong.push(DeskError::Several {
                    name: student.school.clone(),
                    candidates: names.collect(),
                });
            }
            facts::SchoolAnswer::None => {}
        }
        DeskError::of_answers(wrong)?;
        self.write("set-up", "", "Say who you are", |writing| {
            for (key, value) in student.settings() {
                // An answer that was never given leaves no empty row behind.
                if !value.is_empty() || writing.setting(key)?.is_some() {
                    writing.set_setting(key, &value)?;
                }
            }
            Ok(())
        })
    }
}

/// Brings the answers that are one of a few words to the words that are stored;
/// returns what is wrong with those that are none.
fn check_words(student: &mut Student) -> Vec<DeskError> {
    let mut wrong = Vec::new();
    let mut known =
        |field: &'static str, typed: &mut String, word: Option<&str>, all: Vec<&str>| match word {
            _ if typed.is_empty() => {}
            Some(word) => word.clone_into(typed),
            None => wrong.push(DeskError::bad(field, typed, all.join(", "))),
        };
    let stages = Stage::ALL.into_iter().map(Stage::word).collect();
    let stage = Stage::from_word(&student.stage).map(Stage::word);
    known("stage", &mut student.stage, stage, stages);
    let home_ir = yes_or_no(&student.home_ir).map(|yes| if yes { "yes" } else { "no" });
    known(
        "home IR program",
        &mut student.home_ir,
        home_ir,
        vec!["yes", "no"],
    );
    let visas = VisaNeed::ALL.into_iter().map(VisaNeed::word).collect();
    let visa = VisaNeed::from_word(&student.visa.to_lowercase()).map(VisaNeed::word);
    known("visa", &mut student.visa, visa, visas);
    let pathways = Pathway::ALL.into_iter().map(Pathway::word).collect();
    let pathway = Pathway::from_word(&student.pathway.to_lowercase()).map(Pathway::word);
    known("pathway", &mut student.pathway, pathway, pathways);
    let days = WEEKDAYS.into_iter().map(weekday_name).collect();
    let day = weekday(&student.usual_day).map(weekday_name);
    known("usual day", &mut student.usual_day, day, days);
    wrong
}

/// Years until the graduation of somebody who begins: a choice of ours.
const STUDY_YEARS_MAX: u32 = 8;

/// Brings the answers that are numbers to plain digits; returns what is wrong
/// with those that are none.
fn check_numbers(student: &mut Student, today: Date) -> Vec<DeskError> {
    let mut wrong = Vec::new();
    let this_year = u32::from(today.year().unsigned_abs());
    // Who has not graduated yet may tell the year in which they will.
    let ahead = if student.stage == Stage::Graduate.word() {
        0
    } else {
        STUDY_YEARS_MAX
    };
    let fields: [(&'static str, &mut String, std::ops::RangeInclusive<u32>); 4] = [
        (
            "year of graduation",
            &mut student.graduated,
            1950..=this_year + ahead,
        ),
        ("season", &mut student.season, 2000..=2100),
        ("money for travel", &mut student.travel_usd, 0..=1_000_000),
        // A week has 10,080 minutes.
        ("minutes a week", &mut student.minutes_week, 0..=10_080),
    ];
    for (field, typed, within) in fields {
        if typed.is_empty() {
            continue;
        }
        let digits: String = typed
            .chars()
            .filter(|c| !matches!(c, ',' | ' ' | '$'))
            .collect();
        match digits.parse() {
            Ok(number) if within.contains(&number) => *typed = number.to_string(),
            _ => {
                let would_do = format!(
                    "a whole number from {} to {}, or nothing",
                    within.start(),
                    within.end()
                );
                wrong.push(DeskError::bad(field, &*typed, would_do));
            }
        }
    }
    wrong
}
