//! Listed programs where nobody is known.

use jiff::Span;
use jiff::civil::Date;

use super::{AgendaItem, ItemKey, ItemKind, ListedProgram, Urgency};
use crate::day_in_words;
use crate::{Situation, VisaNeed};

/// Months before applications open by which the first contact should have been,
/// so that a favour is not the first word (S-031).
pub const CONTACT_BEFORE_FAVOUR_MONTHS: i32 = 6;

pub(super) fn items(
    today: Date,
    listed: &[ListedProgram],
    situation: &Situation,
) -> Vec<AgendaItem> {
    let mut empty: Vec<&ListedProgram> = listed.iter().filter(|p| !p.knows_anybody).collect();
    empty.sort_by_key(|program| {
        let refuses_visa = program.meets_visa == Some(false);
        let on_the_way = situation
            .pathway
            .zip(program.track)
            .is_none_or(|(pathway, track)| pathway.includes(track));
        (
            refuses_visa,
            program.priority,
            !on_the_way,
            program.name.clone(),
            program.program.clone(),
        )
    });
    let season = Season::on(today, situation);
    empty
        .into_iter()
        .enumerate()
        .map(|(order, program)| item(order, program, &season, situation))
        .collect()
}

/// What the target season changes.
struct Season {
    urgency: Urgency,
    sentence: String,
}

impl Season {
    fn on(today: Date, situation: &Situation) -> Self {
        let far = Self {
            urgency: Urgency::Whenever,
            sentence: String::new(),
        };
        let Some(open) = situation.applications_open else {
            return far;
        };
        let first_word = open
            .day
            .saturating_sub(Span::new().months(CONTACT_BEFORE_FAVOUR_MONTHS));
        if today < first_word || open.day < today {
            return far;
        }
        let about = if open.estimated { "about " } else { "" };
        Self {
            urgency: Urgency::Soon,
            sentence: format!(
                " Applications open {about}{}: be known there before you ask for anything.",
                day_in_words(open.day)
            ),
        }
    }
}

fn item(
    order: usize,
    program: &ListedProgram,
    season: &Season,
    situation: &Situation,
) -> AgendaItem {
    let known = match program.n_may_be {
        0 => "you know nobody there yet".to_owned(),
        1 => "one person of yours may be there: say so on the program's page".to_owned(),
        n => format!("{n} people of yours may be there: say so on the program's page"),
    };
    let mut why = format!(
        "It is on your list (priority {}), and {known}.",
        program.priority
    );
    let refuses_visa = program.meets_visa == Some(false);
    if let Some(need) = situation.visa.filter(|_| refuses_visa) {
        let visa = match need {
            VisaNeed::J1 => "a J-1",
            VisaNeed::H1b => "an H-1B",
            VisaNeed::Either | VisaNeed::None => "a visa",
        };
        why.push_str(&format!(
            " What is known says that it does not sponsor {visa}: ask before you spend time on it."
        ));
    } else {
        why.push_str(&season.sentence);
    }
    AgendaItem {
        key: ItemKey::Program(program.program.clone()),
        kind: ItemKind::Program,
        person: None,
        program: Some(program.program.clone()),
        name: program.name.clone(),
        urgency: if refuses_visa {
            Urgency::Whenever
        } else {
            season.urgency
        },
        best_by: None,
        closes: None,
        order,
        why,
        settles: "A person whose place of work is this program or its hospital.".to_owned(),
        aim: aim(program, situation),
        evidence: &[],
    }
}

fn aim(program: &ListedProgram, situation: &Situation) -> String {
    if program.n_may_be > 0 {
        return format!(
            "Say on the page of {} whether they are there.",
            program.name
        );
    }
    let mut aim = format!("Find one person at {} whom you could ask.", program.name);
    if situation.home_ir == Some(false) {
        aim.push_str(" Look among graduates of your school first.");
    }
    match situation.travel_usd {
        Some(0) => aim.push_str(" A call or a message is enough; nothing here needs a trip."),
        Some(_) => aim.push_str(" A visit, or a meeting where they speak, may be worth the trip."),
        None => {}
    }
    aim
}
