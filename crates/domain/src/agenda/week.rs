//! The plan of a week: few things, each with its aim, that fit the student's
//! minutes (S-185).

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Agenda, AgendaItem, ItemKind};
use crate::Situation;

/// The most things that a week holds, whatever the minutes: a choice of ours.
pub const WEEK_ITEMS_MAX: usize = 7;
/// The minutes of a week where the student said none: a choice of ours.
pub const WEEK_MINUTES_USUAL: u32 = 60;
/// Programs without anybody in one week; looking for people is slow work.
const PROGRAMS_MAX: usize = 2;

/// One thing in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What it is.
    pub item: AgendaItem,
    /// The minutes it usually takes.
    pub minutes: u32,
}

/// The plan of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekPlan {
    /// The day for which it is made.
    pub day: Date,
    /// The minutes that it may take.
    pub minutes: u32,
    /// What it holds, most pressing first.
    pub items: Vec<Planned>,
    /// Things that are due and stay outside.
    pub left: usize,
}

impl WeekPlan {
    /// Returns the minutes that everything in it takes.
    pub fn minutes_planned(&self) -> u32 {
        self.items.iter().map(|planned| planned.minutes).sum()
    }
}

/// Returns the plan of the student's week: what is most pressing, one thing a
/// person, as many as fit the minutes, and at least one where anything is due.
///
/// A thing that does not fit is passed over for a shorter one behind it, so
/// that ten minutes that are left are not lost.
pub fn week_plan(today: Date, agenda: &Agenda, situation: &Situation) -> WeekPlan {
    let minutes = situation.minutes_week.unwrap_or(WEEK_MINUTES_USUAL);
    let mut items: Vec<Planned> = Vec::new();
    let mut people = HashSet::new();
    let mut n_programs = 0;
    let mut left_minutes = minutes;
    for item in &agenda.items {
        if items.len() == WEEK_ITEMS_MAX {
            break;
        }
        let needed = item.kind.minutes();
        let fits = needed <= left_minutes || items.is_empty();
        let is_program = item.kind == ItemKind::Program;
        if !fits || is_program && n_programs == PROGRAMS_MAX {
            continue;
        }
        if item.person.is_some_and(|person| !people.insert(person)) {
            continue;
        }
        n_programs += usize::from(is_program);
        left_minutes = left_minutes.saturating_sub(needed);
        items.push(Planned {
            item: item.clone(),
            minutes: needed,
        });
    }
    WeekPlan {
        day: situation.planned_day(today),
        minutes,
        left: agenda.items.len() - items.len(),
        items,
    }
}
