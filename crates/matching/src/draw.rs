//! One draw of a simulation: applicant-proposing deferred acceptance with scores instead of lists.

use crate::builder::Span;
use crate::description::{Description, ordered};
use crate::index::{Applicant, NONE, Program};
use crate::noise::Key;

/// A program that the applicant has proposed to cannot be chosen again in this draw.
const ASKED: f32 = f32::NEG_INFINITY;

/// The state of one draw; its memory is used again for the next.
#[derive(Clone, Debug)]
pub(crate) struct Draw<'a> {
    pub(crate) description: &'a Description,
    key: Key,
    /// By interview, what the applicant thinks of it, or [`ASKED`].
    liking: Vec<f32>,
    /// By applicant, the interview whose program holds the applicant.
    at: Vec<u32>,
    desks: Vec<Desk>,
    /// Each program's applicants, as the program ranks them.
    seats: Vec<u64>,
    free: Vec<u32>,
    rejected: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Desk {
    start: u32,
    places: u32,
    n_held: u32,
    /// Where the worst seat is, once the program is full.
    worst: u32,
    /// The worst seat, once the program is full; 0 before.
    least: u64,
}

/// What a change did, to be taken back in reverse order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Asked { interview: u32, liking: f32 },
    At { applicant: u32, at: u32 },
    Desk { program: u32, n_held: u32, worst: u32, least: u64, slot: u32, seat: u64 },
}

impl<'a> Draw<'a> {
    pub(crate) fn new(description: &'a Description) -> Self {
        let mut start = 0;
        let mut desks = Vec::with_capacity(description.n_programs());
        for &places in &description.quotas {
            desks.push(Desk { start, places, ..Desk::default() });
            start += places;
        }
        Self {
            description,
            key: Key::new(0, 0),
            liking: vec![0.0; description.interviews.len()],
            at: vec![NONE; description.n_applicants()],
            desks,
            seats: vec![0; start as usize],
            free: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Solves a draw for all applicants but `left_out`.
    pub(crate) fn solve(&mut self, seed: u64, draw: u64, left_out: Option<Applicant>) {
        self.key = Key::new(seed, draw);
        self.at.fill(NONE);
        for desk in &mut self.desks {
            // A program without places is full of somebody better than everybody.
            let least = if desk.places == 0 { u64::MAX } else { 0 };
            *desk = Desk { n_held: 0, worst: 0, least, ..*desk };
        }
        let description = self.description;
        for (applicant, row) in description.rows.iter().enumerate() {
            for (liking, interview) in self.liking[row.range()].iter_mut().zip(&description.interviews[row.range()]) {
                *liking = description.liking(interview.liking, self.key.bits(applicant as u32, interview.program.0));
            }
        }
        let mut free = std::mem::take(&mut self.free);
        let mut rejected = std::mem::take(&mut self.rejected);
        free.clear();
        free.extend((0..description.n_applicants() as u32).filter(|&applicant| left_out.is_none_or(|out| out.0 != applicant)));
        while !free.is_empty() {
            rejected.clear();
            for &applicant in &free {
                rejected.extend(self.propose(applicant, &mut |_| ()));
            }
            std::mem::swap(&mut free, &mut rejected);
        }
        self.free = free;
        self.rejected = rejected;
    }

    /// Returns the interview whose program holds the applicant, or [`NONE`].
    pub(crate) fn at(&self, applicant: u32) -> u32 {
        self.at[applicant as usize]
    }

    /// Lets an applicant go down the list until some program holds them; returns whom that program rejects.
    pub(crate) fn propose(&mut self, applicant: u32, log: &mut impl FnMut(Step)) -> Option<u32> {
        let description = self.description;
        let Span { start, end } = description.rows[applicant as usize];
        loop {
            let row = &self.liking[start as usize..end as usize];
            let mut best = 0;
            let mut most = ASKED;
            for (at, &liking) in row.iter().enumerate() {
                if liking > most {
                    (best, most) = (at, liking);
                }
            }
            if most == ASKED {
                return None;
            }
            let interview = start + best as u32;
            log(Step::Asked { interview, liking: most });
            self.liking[interview as usize] = ASKED;
            let Interviewed { program, standing } = self.interviewed(interview);
            let bits = self.key.bits(applicant, program);
            let seat = description.seat(standing, bits, applicant);
            if let Some(leaves) = self.admit(program, seat, log) {
                log(Step::At { applicant, at: NONE });
                self.at[applicant as usize] = interview;
                return self.dismiss(leaves, log);
            }
        }
    }

    fn interviewed(&self, interview: u32) -> Interviewed {
        let interview = &self.description.interviews[interview as usize];
        Interviewed { program: interview.program.0, standing: interview.standing }
    }

    /// Returns how a program ranks an applicant in this draw.
    pub(crate) fn seat_of(&self, program: u32, standing: f32, applicant: u32) -> u64 {
        self.description.seat(standing, self.key.bits(applicant, program), applicant)
    }

    /// Notes that an applicant has lost a place, and returns the applicant.
    pub(crate) fn dismiss(&mut self, leaves: Option<u32>, log: &mut impl FnMut(Step)) -> Option<u32> {
        let applicant = leaves?;
        let at = std::mem::replace(&mut self.at[applicant as usize], NONE);
        log(Step::At { applicant, at });
        Some(applicant)
    }

    /// Seats somebody; returns `None` when the program would rather not, and otherwise who has to go, if anybody.
    pub(crate) fn admit(&mut self, program: u32, seat: u64, log: &mut impl FnMut(Step)) -> Option<Option<u32>> {
        let desk = &mut self.desks[program as usize];
        if seat < desk.least {
            return None;
        }
        let is_full = desk.n_held == desk.places;
        let slot = desk.start + if is_full { desk.worst } else { desk.n_held };
        let leaves = std::mem::replace(&mut self.seats[slot as usize], seat);
        log(Step::Desk { program, n_held: desk.n_held, worst: desk.worst, least: desk.least, slot, seat: leaves });
        if !is_full {
            desk.n_held += 1;
            if desk.n_held < desk.places {
                return Some(None);
            }
        }
        let held = &self.seats[desk.start as usize..(desk.start + desk.places) as usize];
        let (mut worst, mut least) = (0, u64::MAX);
        for (at, &seat) in held.iter().enumerate() {
            if seat < least {
                (worst, least) = (at as u32, seat);
            }
        }
        (desk.worst, desk.least) = (worst, least);
        Some(is_full.then_some(!(leaves as u32)))
    }

    /// Takes one step back.
    pub(crate) fn undo(&mut self, step: Step) {
        match step {
            Step::Asked { interview, liking } => self.liking[interview as usize] = liking,
            Step::At { applicant, at } => self.at[applicant as usize] = at,
            Step::Desk { program, n_held, worst, least, slot, seat } => {
                self.seats[slot as usize] = seat;
                let desk = &mut self.desks[program as usize];
                *desk = Desk { n_held, worst, least, ..*desk };
            }
        }
    }

    /// Returns the interviews of an applicant, most liked in this draw first. Only before the applicant proposes.
    pub(crate) fn ranked(&self, applicant: Applicant) -> Vec<u32> {
        let row = self.description.rows[applicant.index()];
        let mut ranked: Vec<u32> = (row.start..row.end).collect();
        ranked.sort_by_key(|&interview| std::cmp::Reverse(ordered(self.liking[interview as usize])));
        ranked
    }

    /// Returns the program that holds an applicant.
    pub(crate) fn program(&self, applicant: Applicant) -> Option<Program> {
        let at = self.at[applicant.index()];
        (at != NONE).then(|| self.description.interviews[at as usize].program)
    }
}

struct Interviewed {
    program: u32,
    standing: f32,
}
