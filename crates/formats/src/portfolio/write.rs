//! From an answer to JSON.

use std::collections::BTreeMap;

use ::portfolio::{
    Answer, CommonScore, DollarPrice, Member, NextApplication, Portfolio, Problem, SameCost,
    SignalPrice,
};
use serde::Serialize;

use crate::portfolio::ProblemFile;

/// Returns the answer as JSON text on one line; the module describes its keys.
///
/// # Errors
/// None that an answer of [`portfolio::solve`](::portfolio::solve) can cause;
/// the writer's own are passed on.
pub fn write_answer(file: &ProblemFile, answer: &Answer) -> Result<String, serde_json::Error> {
    match answer {
        Answer::SameCost(best) => serde_json::to_string(&same_cost(file, best)),
        Answer::CommonScore(best) => serde_json::to_string(&common_score(file, best)),
        Answer::Programs(portfolio) => {
            let programs = portfolio.programs();
            let details = Details::new(file, portfolio);
            serde_json::to_string(&WireProgramSet { programs, details })
        }
        Answer::Plan(portfolio) => {
            let plan = portfolio.plan(file.problem.n_programs());
            let plan = plan
                .into_iter()
                .map(|action| action.map_or(0, |a| a as u8))
                .collect();
            let details = Details::new(file, portfolio);
            serde_json::to_string(&WirePlan { plan, details })
        }
    }
}

#[derive(Serialize)]
struct WireByH {
    by_h: Vec<WireSize>,
    /// The order in which programs enter, where portfolios are nested.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Vec<usize>>,
    ties: Vec<WireTie>,
    absent: Absent,
}

/// Why a value that other answers have does not stand here, by its key.
type Absent = BTreeMap<&'static str, &'static str>;

const NO_BUDGET: &str = "this problem has no budget";
const NO_SIGNALS: &str = "this problem has no signals";

#[derive(Serialize)]
struct WireSize {
    h: usize,
    programs: Vec<usize>,
    value: f64,
    marginals: Vec<f64>,
    /// What one more program adds; null when all are in.
    next: Option<f64>,
    /// Programs outside that are needed in another portfolio of the same value,
    /// where several trades at once can lead to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_other_best: Option<Vec<usize>>,
}

#[derive(Serialize)]
struct WireTie {
    h: usize,
    chosen: usize,
    others: Vec<usize>,
}

#[derive(Serialize)]
struct WireProgramSet {
    programs: Vec<usize>,
    #[serde(flatten)]
    details: Details,
}

#[derive(Serialize)]
struct WirePlan {
    plan: Vec<u8>,
    #[serde(flatten)]
    details: Details,
}

#[derive(Serialize)]
struct Details {
    value: f64,
    exact: bool,
    upper_bound: f64,
    members: Vec<WireMember>,
    next: Option<WireNext>,
    ties: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dollar: Option<WireDollar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<f64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    signals: BTreeMap<String, WireSignals>,
    absent: Absent,
}

#[derive(Serialize)]
struct WireMember {
    program: usize,
    marginal: f64,
}

#[derive(Serialize)]
struct WireNext {
    program: usize,
    gain: f64,
}

#[derive(Serialize)]
struct WireDollar {
    more: f64,
    step: u64,
    less: f64,
}

#[derive(Serialize)]
struct WireSignals {
    gold: f64,
    silver: f64,
}

/// The name of the only pool of a problem whose pools have no names.
const ONLY_POOL: &str = "all";

impl Details {
    fn new(file: &ProblemFile, portfolio: &Portfolio) -> Self {
        let name = |pool: usize| {
            file.pools
                .get(pool)
                .map_or(ONLY_POOL, String::as_str)
                .to_owned()
        };
        let signals = portfolio.signals.iter().enumerate();
        let mut absent = Absent::new();
        if portfolio.next.is_none() {
            absent.insert("next", "no program outside adds anything");
        }
        if portfolio.dollar.is_none() {
            absent.insert("dollar", why_no_dollar(&file.problem));
        }
        if portfolio.signals.is_empty() {
            absent.insert("signals", NO_SIGNALS);
        }
        Self {
            absent,
            value: portfolio.value,
            exact: portfolio.is_exact(),
            upper_bound: portfolio.upper_bound,
            members: portfolio.members.iter().map(wire_member).collect(),
            next: portfolio
                .next
                .map(|NextApplication { program, gain }| WireNext { program, gain }),
            ties: portfolio
                .exchanges
                .iter()
                .map(|e| [e.member, e.instead])
                .collect(),
            dollar: portfolio.dollar.map(wire_dollar),
            application: portfolio.application,
            signals: signals
                .map(|(pool, price)| (name(pool), wire_signals(price)))
                .collect(),
        }
    }
}

fn why_no_dollar(problem: &Problem) -> &'static str {
    match problem {
        Problem::VariedCost(_) => {
            "budget and programs are too many for the exact table; what a budget of a dollar more \
             or less is worth is known within upper_bound only"
        }
        _ => NO_BUDGET,
    }
}

/// What the kinds that answer every size leave out.
fn absent_by_size(is_full: bool) -> Absent {
    let mut absent = Absent::from([("dollar", NO_BUDGET), ("signals", NO_SIGNALS)]);
    if is_full {
        absent.insert("next", "at the last size every program is in");
    }
    absent
}

fn wire_member(member: &Member) -> WireMember {
    WireMember {
        program: member.program,
        marginal: member.marginal,
    }
}

fn wire_dollar(price: DollarPrice) -> WireDollar {
    WireDollar {
        more: price.more,
        step: price.step,
        less: price.less,
    }
}

fn wire_signals(price: &SignalPrice) -> WireSignals {
    WireSignals {
        gold: price.gold,
        silver: price.silver,
    }
}

fn same_cost(file: &ProblemFile, best: &SameCost) -> WireByH {
    let by_h = (1..=best.order.len()).map(|h| {
        let members = match &file.problem {
            Problem::SameCost { outside, programs } => best.members(*outside, programs, h),
            _ => None,
        };
        let members = members.unwrap_or_default();
        WireSize {
            h,
            programs: members.iter().map(|member| member.program).collect(),
            value: best.values[h],
            marginals: members.iter().map(|member| member.marginal).collect(),
            next: match best.values.get(h + 1) {
                Some(more) => Some(more - best.values[h]),
                None => best.next,
            },
            in_other_best: None,
        }
    });
    let ties = best.ties.iter().map(|tie| WireTie {
        h: tie.h,
        chosen: tie.chosen,
        others: tie.others.clone(),
    });
    WireByH {
        by_h: by_h.collect(),
        order: Some(best.order.clone()),
        ties: ties.collect(),
        absent: absent_by_size(best.next.is_none()),
    }
}

fn common_score(file: &ProblemFile, best: &CommonScore) -> WireByH {
    let mut ties: Vec<WireTie> = Vec::new();
    let mut by_h = Vec::with_capacity(best.max_h());
    for h in 1..=best.max_h() {
        let Some(portfolio) = best.portfolio(h) else {
            break;
        };
        let exchanges = &portfolio.exchanges;
        for same in exchanges.chunk_by(|one, other| one.member == other.member) {
            ties.push(WireTie {
                h,
                chosen: same[0].member,
                others: same.iter().map(|exchange| exchange.instead).collect(),
            });
        }
        by_h.push(WireSize {
            h,
            programs: portfolio.programs,
            value: portfolio.value,
            marginals: portfolio.marginals,
            next: portfolio.next,
            in_other_best: Some(portfolio.in_other_best),
        });
    }
    WireByH {
        absent: absent_by_size(by_h.len() == file.problem.n_programs()),
        by_h,
        order: None,
        ties,
    }
}
