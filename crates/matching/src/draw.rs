//! One draw of a simulation: applicant-proposing deferred acceptance with scores instead of lists.

use std::sync::Arc;

use crate::builder::Span;
use crate::description::{Description, Interview, ordered, seat};
use crate::index::{Applicant, NONE, Program};
use crate::noise::Key;

/// The description in the order in which applicants are introduced, the same for all draws.
///
/// The order does not matter for the answer. When those whom programs like come first, few are displaced later, and rows
/// that are read one after the other lie one after the other.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) description: &'a Description,
    /// Applicants by turn, and turns by applicant.
    order: Vec<u32>,
    turns: Vec<u32>,
    /// By turn.
    rows: Vec<Span>,
    interviews: Vec<Interview>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(description: &'a Description) -> Self {
        let mean = |row: &Span| {
            let interviews = &description.interviews[row.range()];
            interviews
                .iter()
                .map(|interview| interview.standing)
                .sum::<f32>()
                / interviews.len().max(1) as f32
        };
        let means: Vec<u32> = description
            .rows
            .iter()
            .map(|row| ordered(mean(row)))
            .collect();
        let mut order: Vec<u32> = (0..description.n_applicants() as u32).collect();
        order.sort_by_key(|&applicant| std::cmp::Reverse(means[applicant as usize]));
        let mut turns = vec![0; order.len()];
        let mut rows = Vec::with_capacity(order.len());
        let mut interviews = Vec::with_capacity(description.interviews.len());
        for (turn, &applicant) in order.iter().enumerate() {
            turns[applicant as usize] = turn as u32;
            let start = interviews.len() as u32;
            interviews.extend_from_slice(
                &description.interviews[description.rows[applicant as usize].range()],
            );
            rows.push(Span {
                start,
                end: interviews.len() as u32,
            });
        }
        Self {
            description,
            order,
            turns,
            rows,
            interviews,
        }
    }

    /// Brings one number for each interview from the order of turns into the order of the description.
    pub(crate) fn in_description_order(&self, by_turn: &[u32]) -> Vec<u32> {
        let mut numbers = vec![0; by_turn.len()];
        for (&applicant, row) in self.order.iter().zip(&self.rows) {
            let own = self.description.rows[applicant as usize];
            numbers[own.range()].copy_from_slice(&by_turn[row.range()]);
        }
        numbers
    }
}

/// The state of one draw; its memory is used again for the next.
///
/// Rank lists are never made: an applicant's next program is the best of those that are liked less than the last one, and
/// that would take the applicant now. The others never will, for programs only become choosier.
#[derive(Clone, Debug)]
pub(crate) struct Draw<'a> {
    pub(crate) plan: Arc<Plan<'a>>,
    key: Key,
    /// By interview, what both sides think of each other in this draw, once the applicant has had a turn.
    scores: Vec<Scores>,
    /// By turn, the interview whose program holds the applicant.
    at: Vec<u32>,
    /// By program, the seat of the worst applicant held, once the program is full; 0 before.
    least: Vec<u64>,
    /// By program, the standing in `least`: half of the bytes, which stay in the first-level cache.
    bars: Vec<u32>,
    desks: Vec<Desk>,
    /// Each program's applicants, as the program ranks them.
    seats: Vec<u64>,
}

/// Two scores as numbers in the same order.
#[derive(Clone, Copy, Debug, Default)]
struct Scores {
    liking: u32,
    standing: u32,
}

impl Scores {
    /// Best liked first, and of equally liked ones the first.
    fn rank(self, interview: u32) -> u64 {
        u64::from(self.liking) << 32 | u64::from(!interview)
    }

    fn seat(self, applicant: u32) -> u64 {
        seat(self.standing, applicant)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Desk {
    start: u32,
    places: u32,
    n_held: u32,
    /// Where the worst seat is, once the program is full.
    worst: u32,
}

/// What a change did, to be taken back in reverse order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    At {
        turn: u32,
        at: u32,
    },
    Desk {
        program: u32,
        n_held: u32,
        worst: u32,
        least: u64,
        slot: u32,
        seat: u64,
    },
}

impl<'a> Draw<'a> {
    pub(crate) fn new(plan: Arc<Plan<'a>>) -> Self {
        let description = plan.description;
        let mut start = 0;
        let mut desks = Vec::with_capacity(description.n_programs());
        for &places in &description.quotas {
            desks.push(Desk {
                start,
                places,
                ..Desk::default()
            });
            start += places;
        }
        Self {
            key: Key::new(0, 0),
            scores: vec![Scores::default(); plan.interviews.len()],
            at: vec![NONE; description.n_applicants()],
            least: vec![0; desks.len()],
            bars: vec![0; desks.len()],
            desks,
            seats: vec![0; start as usize],
            plan,
        }
    }

    /// Solves a draw for all applicants but `left_out`.
    pub(crate) fn solve(&mut self, seed: u64, draw: u64, left_out: Option<Applicant>) {
        self.key = Key::new(seed, draw);
        self.at.fill(NONE);
        let programs = self.desks.iter_mut().zip(&mut self.least);
        for ((desk, least), bar) in programs.zip(&mut self.bars) {
            *desk = Desk {
                n_held: 0,
                worst: 0,
                ..*desk
            };
            // A program without places is full of somebody better than everybody.
            *least = if desk.places == 0 { u64::MAX } else { 0 };
            *bar = (*least >> 32) as u32;
        }
        let left_out = left_out.map(|applicant| self.turn(applicant));
        for newcomer in 0..self.at.len() as u32 {
            if Some(newcomer) == left_out {
                continue;
            }
            let mut choice = self.first_choice(newcomer);
            let mut turn = newcomer;
            while let Some(rejected) = self.take(turn, choice) {
                choice = self.next_choice(rejected);
                turn = rejected;
            }
        }
    }

    /// Gives an applicant the place that an interview leads to, or none; returns who has to go.
    fn take(&mut self, turn: u32, choice: u32) -> Option<u32> {
        self.at[turn as usize] = choice;
        if choice == NONE {
            return None;
        }
        let program = self.plan.interviews[choice as usize].program;
        let seat = self.scores[choice as usize].seat(self.plan.order[turn as usize]);
        // Who stands as high as the worst one held passes the bar, and may still be the lower of the two.
        self.admit(program.0, seat, &mut |_| ())
            .unwrap_or(Some(turn))
    }

    /// Draws the scores of an applicant's interviews, and returns the best one whose program would take the applicant.
    fn first_choice(&mut self, turn: u32) -> u32 {
        let plan = &*self.plan;
        let applicant = plan.order[turn as usize];
        let row = plan.rows[turn as usize];
        let mut best = 0;
        let interviews = plan.interviews[row.range()]
            .iter()
            .zip(&mut self.scores[row.range()]);
        for ((interview, scores), at) in interviews.zip(row.start..) {
            let bits = self.key.bits(applicant, interview.program.0);
            *scores = Scores {
                liking: plan.description.liking(interview.liking, bits),
                standing: plan.description.standing(interview.standing, bits),
            };
            // Without branches, which nobody could predict.
            let is_open = scores.standing >= self.bars[interview.program.index()];
            best = best.max(if is_open { scores.rank(at) } else { 0 });
        }
        if best == 0 { NONE } else { !(best as u32) }
    }

    /// Returns the best interview below the one that was lost whose program would take the applicant, or [`NONE`].
    fn next_choice(&self, turn: u32) -> u32 {
        let plan = &*self.plan;
        let row = plan.rows[turn as usize];
        let lost = self.at[turn as usize];
        let below = self.scores[lost as usize].rank(lost);
        let mut best = 0;
        let interviews = plan.interviews[row.range()]
            .iter()
            .zip(&self.scores[row.range()]);
        for ((interview, scores), at) in interviews.zip(row.start..) {
            let rank = scores.rank(at);
            let is_open =
                (rank < below) & (scores.standing >= self.bars[interview.program.index()]);
            best = best.max(if is_open { rank } else { 0 });
        }
        if best == 0 { NONE } else { !(best as u32) }
    }

    /// Seats somebody; returns `None` when the program would rather not, and otherwise whose turn it is then, if anybody
    /// has to go. That applicant keeps the interview in `at` until asking on.
    pub(crate) fn admit(
        &mut self,
        program: u32,
        seat: u64,
        log: &mut impl FnMut(Step),
    ) -> Option<Option<u32>> {
        let least = &mut self.least[program as usize];
        if seat < *least {
            return None;
        }
        let desk = &mut self.desks[program as usize];
        let is_full = desk.n_held == desk.places;
        let slot = desk.start + if is_full { desk.worst } else { desk.n_held };
        let leaves = std::mem::replace(&mut self.seats[slot as usize], seat);
        log(Step::Desk {
            program,
            n_held: desk.n_held,
            worst: desk.worst,
            least: *least,
            slot,
            seat: leaves,
        });
        if !is_full {
            desk.n_held += 1;
            if desk.n_held < desk.places {
                return Some(None);
            }
        }
        let held = &self.seats[desk.start as usize..(desk.start + desk.places) as usize];
        let (mut worst, mut lowest) = (0, u64::MAX);
        for (at, &seat) in held.iter().enumerate() {
            if seat < lowest {
                (worst, lowest) = (at as u32, seat);
            }
        }
        (desk.worst, *least) = (worst, lowest);
        self.bars[program as usize] = (lowest >> 32) as u32;
        Some(is_full.then(|| self.plan.turns[!(leaves as u32) as usize]))
    }

    /// Moves an applicant who has just lost a place to another interview, or to none.
    pub(crate) fn move_to(&mut self, turn: u32, at: u32, log: &mut impl FnMut(Step)) {
        let before = std::mem::replace(&mut self.at[turn as usize], at);
        log(Step::At { turn, at: before });
    }

    /// Takes one step back.
    pub(crate) fn undo(&mut self, step: Step) {
        match step {
            Step::At { turn, at } => self.at[turn as usize] = at,
            Step::Desk {
                program,
                n_held,
                worst,
                least,
                slot,
                seat,
            } => {
                self.seats[slot as usize] = seat;
                self.least[program as usize] = least;
                self.bars[program as usize] = (least >> 32) as u32;
                let desk = &mut self.desks[program as usize];
                *desk = Desk {
                    n_held,
                    worst,
                    ..*desk
                };
            }
        }
    }

    pub(crate) fn turn(&self, applicant: Applicant) -> u32 {
        self.plan.turns[applicant.index()]
    }

    /// By turn, the interview whose program holds the applicant, or [`NONE`].
    pub(crate) fn held(&self) -> &[u32] {
        &self.at
    }

    /// Returns how a program ranks an applicant in this draw.
    pub(crate) fn seat_of(&self, program: u32, standing: f32, applicant: u32) -> u64 {
        let bits = self.key.bits(applicant, program);
        seat(self.plan.description.standing(standing, bits), applicant)
    }

    /// Returns the rank list of the applicant whose turn it is, best first: interviews, programs, and how those rank the
    /// applicant.
    pub(crate) fn ranked(&self, turn: u32) -> Vec<Offer> {
        let plan = &*self.plan;
        let applicant = plan.order[turn as usize];
        let row = plan.rows[turn as usize];
        let mut ranked: Vec<(u32, Offer)> = (row.start..row.end)
            .map(|interview| {
                let Interview {
                    program,
                    liking,
                    standing,
                } = plan.interviews[interview as usize];
                let bits = self.key.bits(applicant, program.0);
                let seat = seat(plan.description.standing(standing, bits), applicant);
                (
                    plan.description.liking(liking, bits),
                    Offer {
                        interview,
                        program: program.0,
                        seat,
                    },
                )
            })
            .collect();
        ranked.sort_by_key(|&(liking, _)| std::cmp::Reverse(liking));
        ranked.into_iter().map(|(_, offer)| offer).collect()
    }

    /// Returns the program that holds an applicant.
    pub(crate) fn program(&self, applicant: Applicant) -> Option<Program> {
        let at = self.at[self.turn(applicant) as usize];
        (at != NONE).then(|| self.plan.interviews[at as usize].program)
    }
}

/// An entry of a rank list in one draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    pub(crate) interview: u32,
    pub(crate) program: u32,
    pub(crate) seat: u64,
}
