//! One draw of a simulation: applicant-proposing deferred acceptance with scores instead of lists.

use crate::builder::Span;
use crate::description::{Description, Interview, ordered};
use crate::index::{Applicant, NONE, Program};
use crate::noise::Key;

/// The state of one draw; its memory is used again for the next.
///
/// Most applicants get what they like best, so a rank list is only sorted once its applicant has been rejected.
#[derive(Clone, Debug)]
pub(crate) struct Draw<'a> {
    pub(crate) description: &'a Description,
    key: Key,
    /// By interview: while the list is not sorted, what the applicant thinks of it, as the bits of an `i32`.
    /// Once sorted, at the front of the applicant's row, the interviews that are left, best first.
    rows: Vec<u32>,
    /// By applicant, which part of the row is left to ask; [`UNSORTED`] before the list is sorted.
    left: Vec<Span>,
    /// By applicant, the interview whose program holds the applicant.
    at: Vec<u32>,
    desks: Vec<Desk>,
    /// Each program's applicants, as the program ranks them.
    seats: Vec<u64>,
    free: Vec<u32>,
    rejected: Vec<u32>,
    keys: Vec<u64>,
}

const UNSORTED: Span = Span {
    start: NONE,
    end: NONE,
};

#[derive(Clone, Copy, Debug, Default)]
struct Desk {
    /// The worst seat, once the program is full; 0 before.
    least: u64,
    start: u32,
    places: u32,
    n_held: u32,
    /// Where the worst seat is, once the program is full.
    worst: u32,
}

/// What a change did, to be taken back in reverse order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Asked {
        applicant: u32,
    },
    At {
        applicant: u32,
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
    pub(crate) fn new(description: &'a Description) -> Self {
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
            description,
            key: Key::new(0, 0),
            rows: vec![0; description.interviews.len()],
            left: vec![UNSORTED; description.n_applicants()],
            at: vec![NONE; description.n_applicants()],
            desks,
            seats: vec![0; start as usize],
            free: Vec::new(),
            rejected: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Solves a draw for all applicants but `left_out`.
    pub(crate) fn solve(&mut self, seed: u64, draw: u64, left_out: Option<Applicant>) {
        self.key = Key::new(seed, draw);
        for desk in &mut self.desks {
            // A program without places is full of somebody better than everybody.
            let least = if desk.places == 0 { u64::MAX } else { 0 };
            *desk = Desk {
                n_held: 0,
                worst: 0,
                least,
                ..*desk
            };
        }
        let left_out = left_out.map_or(NONE, |applicant| applicant.0);
        let mut free = std::mem::take(&mut self.free);
        let mut rejected = std::mem::take(&mut self.rejected);
        free.clear();
        for applicant in 0..self.description.n_applicants() as u32 {
            let best = self.rank(applicant);
            self.left[applicant as usize] = UNSORTED;
            self.at[applicant as usize] = NONE;
            if best == NONE || applicant == left_out {
                continue;
            }
            match self.ask(applicant, best, &mut |_| ()) {
                Some(leaves) => free.extend(leaves),
                None => {
                    self.sort::<true>(applicant, best);
                    free.push(applicant);
                }
            }
        }
        while !free.is_empty() {
            rejected.clear();
            for &applicant in &free {
                if self.left[applicant as usize].start == NONE {
                    let asked = self.at[applicant as usize];
                    self.sort::<true>(applicant, asked);
                }
                self.at[applicant as usize] = NONE;
                rejected.extend(self.ask_down(applicant, &mut |_| ()));
            }
            std::mem::swap(&mut free, &mut rejected);
        }
        self.free = free;
        self.rejected = rejected;
    }

    /// Draws what an applicant thinks of the interviews, and returns the best of them, or [`NONE`].
    fn rank(&mut self, applicant: u32) -> u32 {
        let description = self.description;
        let row = description.rows[applicant as usize];
        let (mut best, mut most) = (NONE, i32::MIN);
        let interviews = &description.interviews[row.range()];
        for ((slot, interview), at) in self.rows[row.range()]
            .iter_mut()
            .zip(interviews)
            .zip(row.start..)
        {
            let bits = self.key.bits(applicant, interview.program.0);
            let liking = ordered(description.liking(interview.liking, bits));
            *slot = liking as u32;
            if liking > most {
                (best, most) = (at, liking);
            }
        }
        best
    }

    /// Sorts an applicant's list, without the interview that has been asked.
    ///
    /// With `DROP`, those who would not take the applicant now are left out; while a draw is being solved programs only
    /// become choosier, so they never will.
    fn sort<const DROP: bool>(&mut self, applicant: u32, asked: u32) {
        let row = self.description.rows[applicant as usize];
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        for at in row.start..row.end {
            if at == asked {
                continue;
            }
            if DROP {
                let Interview {
                    program, standing, ..
                } = self.description.interviews[at as usize];
                if self.seat_of(program.0, standing, applicant) < self.desks[program.index()].least
                {
                    continue;
                }
            }
            // Best first, and of equally good ones the first.
            let liking = !(self.rows[at as usize] ^ 1 << 31);
            keys.push(u64::from(liking) << 32 | u64::from(at));
        }
        keys.sort_unstable();
        for (slot, key) in self.rows[row.range()].iter_mut().zip(&keys) {
            *slot = *key as u32;
        }
        self.left[applicant as usize] = Span {
            start: row.start,
            end: row.start + keys.len() as u32,
        };
        self.keys = keys;
    }

    /// Lets a rejected applicant go on down the list until some program holds them; returns whom that program rejects.
    pub(crate) fn propose(&mut self, applicant: u32, log: &mut impl FnMut(Step)) -> Option<u32> {
        let at = std::mem::replace(&mut self.at[applicant as usize], NONE);
        log(Step::At { applicant, at });
        if self.left[applicant as usize].start == NONE {
            self.sort::<false>(applicant, at);
        }
        self.ask_down(applicant, log)
    }

    fn ask_down(&mut self, applicant: u32, log: &mut impl FnMut(Step)) -> Option<u32> {
        let Span { start, end } = self.left[applicant as usize];
        for slot in start..end {
            log(Step::Asked { applicant });
            self.left[applicant as usize].start += 1;
            if let Some(leaves) = self.ask(applicant, self.rows[slot as usize], log) {
                return leaves;
            }
        }
        None
    }

    /// Asks the program of an interview; returns `None` when it would rather not, and otherwise who has to go, if anybody.
    fn ask(
        &mut self,
        applicant: u32,
        interview: u32,
        log: &mut impl FnMut(Step),
    ) -> Option<Option<u32>> {
        let Interview {
            program, standing, ..
        } = self.description.interviews[interview as usize];
        let leaves = self.admit(program.0, self.seat_of(program.0, standing, applicant), log)?;
        log(Step::At {
            applicant,
            at: NONE,
        });
        self.at[applicant as usize] = interview;
        Some(leaves)
    }

    /// Seats somebody; returns `None` when the program would rather not, and otherwise who has to go, if anybody.
    pub(crate) fn admit(
        &mut self,
        program: u32,
        seat: u64,
        log: &mut impl FnMut(Step),
    ) -> Option<Option<u32>> {
        let desk = &mut self.desks[program as usize];
        if seat < desk.least {
            return None;
        }
        let is_full = desk.n_held == desk.places;
        let slot = desk.start + if is_full { desk.worst } else { desk.n_held };
        let leaves = std::mem::replace(&mut self.seats[slot as usize], seat);
        log(Step::Desk {
            program,
            n_held: desk.n_held,
            worst: desk.worst,
            least: desk.least,
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
            Step::Asked { applicant } => self.left[applicant as usize].start -= 1,
            Step::At { applicant, at } => self.at[applicant as usize] = at,
            Step::Desk {
                program,
                n_held,
                worst,
                least,
                slot,
                seat,
            } => {
                self.seats[slot as usize] = seat;
                let desk = &mut self.desks[program as usize];
                *desk = Desk {
                    n_held,
                    worst,
                    least,
                    ..*desk
                };
            }
        }
    }

    /// Returns the interview whose program holds the applicant, or [`NONE`].
    pub(crate) fn at(&self, applicant: u32) -> u32 {
        self.at[applicant as usize]
    }

    /// Returns how a program ranks an applicant in this draw.
    pub(crate) fn seat_of(&self, program: u32, standing: f32, applicant: u32) -> u64 {
        self.description
            .seat(standing, self.key.bits(applicant, program), applicant)
    }

    /// Returns the interviews of an applicant who was left out, most liked in this draw first.
    pub(crate) fn ranked(&self, applicant: Applicant) -> Vec<u32> {
        let row = self.description.rows[applicant.index()];
        let mut ranked: Vec<u32> = (row.start..row.end).collect();
        ranked.sort_by_key(|&interview| std::cmp::Reverse(self.rows[interview as usize] as i32));
        ranked
    }

    /// Returns the program that holds an applicant.
    pub(crate) fn program(&self, applicant: Applicant) -> Option<Program> {
        let at = self.at[applicant.index()];
        (at != NONE).then(|| self.description.interviews[at as usize].program)
    }
}
