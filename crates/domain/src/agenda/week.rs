//! The plan of a week: few things, each with its aim, that fit the student's
//! minutes (S-185).

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;

use super::{AgendaInput, AgendaItem, ItemKind, agenda_until, plus_days};

/// The most things that a week holds, whatever the minutes: a choice of ours.
pub const WEEK_ITEMS_MAX: usize = 7;
/// The minutes of a week where the student said none: a choice of ours.
pub const WEEK_MINUTES_USUAL: u32 = 60;
/// Programs without anybody in one week; looking for people is slow work.
const PROGRAMS_MAX: usize = 2;
/// Days from one plan to the next.
const WEEK: i32 = 7;

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
    /// What is over before the next week's plan and yet did not fit.
    pub unfit: Vec<AgendaItem>,
    /// Things that are due, stay outside and can wait.
    pub left: usize,
    /// Everything of which it was made: what is due, and what is over before the
    /// next week's plan, most pressing first.
    pub all: Vec<AgendaItem>,
}

impl WeekPlan {
    /// Returns the minutes that everything in it takes.
    pub fn minutes_planned(&self) -> u32 {
        self.items.iter().map(|planned| planned.minutes).sum()
    }
}

/// Returns the plan of the student's week: as many things as fit the minutes.
///
/// It looks as far ahead as the next week's plan. What is over before that comes
/// first, promises before the rest of it; then what is most pressing, one thing a person. A thing that does
/// not fit is passed over for a shorter one behind it, so that ten minutes that
/// are left are not lost.
pub fn week_plan(today: Date, input: &AgendaInput) -> WeekPlan {
    let situation = &input.situation;
    let minutes = situation.minutes_week.unwrap_or(WEEK_MINUTES_USUAL);
    let day = situation.planned_day(today);
    let next_plan = plus_days(day, WEEK);
    let all = agenda_until(today, next_plan, input).items;
    let cannot_wait = |item: &AgendaItem| item.closes.is_some_and(|closes| closes < next_plan);
    let class = |item: &AgendaItem| match (cannot_wait(item), item.kind) {
        (true, ItemKind::Commitment) => 0,
        (true, _) => 1,
        (false, _) => 2,
    };
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| class(&all[*at]));
    let mut taken = BTreeSet::new();
    let mut people = HashSet::new();
    let mut n_programs = 0;
    let mut left_minutes = minutes;
    for at in order {
        let item = &all[at];
        let is_program = item.kind == ItemKind::Program;
        let is_second = item.person.is_some_and(|person| people.contains(&person));
        let needed = item.kind.minutes();
        if taken.len() == WEEK_ITEMS_MAX
            || left_minutes < needed
            || is_program && n_programs == PROGRAMS_MAX
            || is_second && !cannot_wait(item)
        {
            continue;
        }
        n_programs += usize::from(is_program);
        left_minutes -= needed;
        people.extend(item.person);
        taken.insert(at);
    }
    let is_out = |at: &usize| !taken.contains(at);
    let (pressing, may_wait): (Vec<usize>, Vec<usize>) = (0..all.len())
        .filter(is_out)
        .partition(|at| cannot_wait(&all[*at]));
    WeekPlan {
        day,
        minutes,
        items: taken
            .iter()
            .map(|at| Planned {
                item: all[*at].clone(),
                minutes: all[*at].kind.minutes(),
            })
            .collect(),
        unfit: pressing.into_iter().map(|at| all[at].clone()).collect(),
        left: may_wait.len(),
        all,
    }
}
