//! The plan of the week: few things that fit the student's minutes and day.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::Reader;

use crate::Result;
use crate::places::Places;
use crate::student::Student;
use crate::views::today::{TodayItem, agenda_input, with_context};

/// The plan of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Today's day, in the student's zone.
    pub today: String,
    /// The day for which the plan is made.
    pub day: String,
    /// The student's usual day ("Saturday"), or empty.
    pub usual_day: String,
    /// The minutes that the plan may take.
    pub minutes: u32,
    /// Whether the student said how many minutes a week has.
    pub minutes_said: bool,
    /// The minutes that everything in it usually takes.
    pub minutes_planned: u32,
    /// What it holds, most pressing first.
    pub items: Vec<TodayItem>,
    /// What is over before the next week's plan and does not fit.
    pub unfit: Vec<Unfit>,
    /// Things that are due, stay outside and can wait.
    pub left: usize,
    /// People stored.
    pub n_people: usize,
}

/// What cannot wait for the next week's plan, and does not fit into this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unfit {
    /// The person's, program's or hospital's name.
    pub name: String,
    /// What to aim at.
    pub aim: String,
    /// The last day on which it is in time, where there is one.
    pub by: Option<String>,
}

/// Returns the plan of the week at `now`, seen from a zone.
pub fn week(reader: &Reader, now: Timestamp, zone: &TimeZone) -> Result<Week> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let input = agenda_input(snapshot, &places, &student, today)?;
        let plan = domain::week_plan(today, &input);
        Ok(Week {
            today: today.to_string(),
            day: plan.day.to_string(),
            usual_day: student.usual_day,
            minutes: plan.minutes,
            minutes_said: input.situation.minutes_week.is_some(),
            minutes_planned: plan.minutes_planned(),
            left: plan.left,
            unfit: plan
                .unfit
                .into_iter()
                .map(|item| Unfit {
                    name: item.name,
                    aim: item.aim,
                    by: item.closes.map(|day| day.to_string()),
                })
                .collect(),
            items: plan
                .items
                .iter()
                .map(|planned| {
                    let item = &planned.item;
                    let do_by = item.closes.filter(|closes| *closes < plan.day);
                    Ok(TodayItem {
                        do_by: do_by.map(|day| day.max(today).to_string()),
                        ..with_context(snapshot, &places, item, &plan.all)?
                    })
                })
                .collect::<Result<_>>()?,
            n_people: snapshot.counts()?.people,
        })
    })
}
