//! What one applicant would have got in a draw with another rank list, exactly, and back again.

use std::sync::Arc;

use crate::description::Description;
use crate::draw::{Draw, Offer, Plan, Step};
use crate::index::{Applicant, NONE, Program};

/// A change to one applicant's rank list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Puts a program at a position, counted from 0; those from there on move down.
    Add {
        /// A program that is not on the list.
        program: Program,
        /// From 0 to the length of the list.
        position: usize,
        /// What the program thinks of the applicant before the noise, on the scale of the description.
        standing: f32,
    },
    /// Takes a program off the list.
    Drop {
        /// A program of the list.
        program: Program,
    },
    /// Moves a program to a position, counted in the list without it.
    Move {
        /// A program of the list.
        program: Program,
        /// From 0 to the length of the list without the program.
        position: usize,
    },
}

/// Why a change is refused; nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChange {
    /// The program to add is on the list already.
    #[error("the program is on the list already")]
    AlreadyRanked,
    /// The program to drop or to move is not on the list.
    #[error("the program is not on the list")]
    NotRanked,
    /// The position is past the end of the list.
    #[error("position {position} is past the end, {end}")]
    PastTheEnd {
        /// What was asked for.
        position: usize,
        /// The last position that would do.
        end: usize,
    },
    /// The program does not belong to the description.
    #[error("the program does not belong to the description")]
    UnknownProgram,
    /// The standing is not a finite number.
    #[error("the standing is not a finite number")]
    NotANumber,
}

#[derive(Clone, Copy, Debug)]
struct Choice {
    program: u32,
    seat: u64,
}

#[derive(Clone, Copy, Debug)]
enum Inverse {
    Insert(usize, Choice),
    Remove(usize),
    Move { from: usize, to: usize },
}

/// A solved draw, seen from one applicant whose rank list can be changed.
///
/// The order of proposals does not matter in deferred acceptance, so the draw is solved without the applicant once, and
/// every list is then answered by letting the applicant propose last.
/// That is exact: it also follows a rejection that comes back to the applicant, which a comparison with cut-offs misses.
///
/// # Example
/// ```
/// use matching::{Change, Description, WhatIf};
///
/// let mut description = Description::new(0.0, 0.0)?;
/// let city = description.program("city", 1)?;
/// let mercy = description.program("mercy", 1)?;
/// let ana = description.applicant("ana", [("city", 2.0, 1.0)])?;
/// let ben = description.applicant("ben", [("city", 2.0, 5.0), ("mercy", 1.0, 5.0)])?;
///
/// let mut what_if = WhatIf::new(&description, 1, 0, ana);
/// assert_eq!(what_if.program(), None);
/// let held = what_if.apply(Change::Add { program: mercy, position: 1, standing: 1.0 })?;
/// assert_eq!(held, Some(mercy));
/// assert_eq!(what_if.program_of(ben), Some(city));
/// assert!(what_if.undo());
/// assert_eq!(what_if.program(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct WhatIf<'a> {
    /// The state without the applicant, and on top of it the steps in `log`.
    draw: Draw<'a>,
    applicant: u32,
    list: Vec<Choice>,
    held: Option<usize>,
    log: Vec<Step>,
    /// By turn, the rank lists of those who were displaced by some change so far; most changes displace the same few.
    lists: Vec<Option<Box<[Offer]>>>,
    history: Vec<Inverse>,
}

impl<'a> WhatIf<'a> {
    /// Solves a draw, with the rank list that it gives the applicant.
    ///
    /// # Complexity
    /// As one draw of [`simulate`](crate::simulate).
    pub fn new(description: &'a Description, seed: u64, draw: u64, applicant: Applicant) -> Self {
        let mut solved = Draw::new(Arc::new(Plan::new(description)));
        solved.solve(seed, draw, Some(applicant));
        let list = solved.ranked(solved.turn(applicant));
        let mut what_if = Self {
            draw: solved,
            applicant: applicant.0,
            list: list
                .iter()
                .map(|offer| Choice {
                    program: offer.program,
                    seat: offer.seat,
                })
                .collect(),
            held: None,
            log: Vec::new(),
            lists: vec![None; description.n_applicants()],
            history: Vec::new(),
        };
        what_if.propose();
        what_if
    }

    /// Returns the rank list, best first.
    pub fn rank_list(&self) -> impl ExactSizeIterator<Item = Program> {
        self.list.iter().map(|choice| Program(choice.program))
    }

    /// Returns the program that holds the applicant.
    pub fn program(&self) -> Option<Program> {
        self.held.map(|at| Program(self.list[at].program))
    }

    /// Returns the program that holds any applicant.
    pub fn program_of(&self, applicant: Applicant) -> Option<Program> {
        if applicant.0 == self.applicant {
            self.program()
        } else {
            self.draw.program(applicant)
        }
    }

    /// Tells whether a program ranks one applicant above another in this draw, with the standing of their interview, or
    /// for the applicant of this what-if with the standing on the present list. False when one has none.
    pub fn prefers(&self, program: Program, one: Applicant, other: Applicant) -> bool {
        let seat = |applicant: Applicant| {
            if applicant.0 == self.applicant {
                return self.find(program).map(|at| self.list[at].seat);
            }
            let interviews = self.draw.plan.description.interviews(applicant);
            let interview = interviews
                .iter()
                .find(|interview| interview.program == program)?;
            Some(
                self.draw
                    .seat_of(program.0, interview.standing, applicant.0),
            )
        };
        matches!((seat(one), seat(other)), (Some(one), Some(other)) if one > other)
    }

    /// Changes the rank list and returns the program that holds the applicant then.
    ///
    /// # Errors
    /// [`InvalidChange`]; the list is then as it was.
    ///
    /// # Complexity
    /// Proportional to the chain of proposals that the applicant sets off before and after the change, which is short in
    /// large markets.
    pub fn apply(&mut self, change: Change) -> Result<Option<Program>, InvalidChange> {
        let (inverse, touched) = match change {
            Change::Add {
                program,
                position,
                standing,
            } => {
                if program.index() >= self.draw.plan.description.n_programs() {
                    return Err(InvalidChange::UnknownProgram);
                }
                if !(-1e9..=1e9).contains(&standing) {
                    return Err(InvalidChange::NotANumber);
                }
                if self.find(program).is_some() {
                    return Err(InvalidChange::AlreadyRanked);
                }
                self.check_position(position, self.list.len())?;
                let seat = self.draw.seat_of(program.0, standing, self.applicant);
                self.list.insert(
                    position,
                    Choice {
                        program: program.0,
                        seat,
                    },
                );
                (Inverse::Remove(position), position)
            }
            Change::Drop { program } => {
                let at = self.find(program).ok_or(InvalidChange::NotRanked)?;
                let choice = self.list.remove(at);
                (Inverse::Insert(at, choice), at)
            }
            Change::Move { program, position } => {
                let at = self.find(program).ok_or(InvalidChange::NotRanked)?;
                self.check_position(position, self.list.len() - 1)?;
                let choice = self.list.remove(at);
                self.list.insert(position, choice);
                (
                    Inverse::Move {
                        from: position,
                        to: at,
                    },
                    at.min(position),
                )
            }
        };
        self.history.push(inverse);
        self.solve_again(touched);
        Ok(self.program())
    }

    /// Takes the last change back; returns false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(inverse) = self.history.pop() else {
            return false;
        };
        let touched = match inverse {
            Inverse::Insert(at, choice) => {
                self.list.insert(at, choice);
                at
            }
            Inverse::Remove(at) => {
                self.list.remove(at);
                at
            }
            Inverse::Move { from, to } => {
                let choice = self.list.remove(from);
                self.list.insert(to, choice);
                from.min(to)
            }
        };
        self.solve_again(touched);
        true
    }

    fn find(&self, program: Program) -> Option<usize> {
        self.list
            .iter()
            .position(|choice| choice.program == program.0)
    }

    fn check_position(&self, position: usize, end: usize) -> Result<(), InvalidChange> {
        if position > end {
            Err(InvalidChange::PastTheEnd { position, end })
        } else {
            Ok(())
        }
    }

    /// Solves the draw again after a change at `touched` or below.
    fn solve_again(&mut self, touched: usize) {
        // The applicant never asked anybody below the program that holds them.
        if self.held.is_some_and(|held| held < touched) {
            return;
        }
        while let Some(step) = self.log.pop() {
            self.draw.undo(step);
        }
        self.propose();
    }

    /// Lets the applicant propose down the list, and everybody whom that displaces down theirs.
    fn propose(&mut self) {
        self.held = None;
        let own = self.draw.turn(Applicant(self.applicant));
        for at in 0..self.list.len() {
            let Choice { program, seat } = self.list[at];
            let Some(mut rejected) = self
                .draw
                .admit(program, seat, &mut |step| self.log.push(step))
            else {
                continue;
            };
            while let Some(turn) = rejected
                && turn != own
            {
                rejected = self.propose_on(turn);
            }
            if rejected.is_none() {
                self.held = Some(at);
                return;
            }
        }
    }

    /// Lets somebody who has just lost a place go on down the list; returns whose turn it is then.
    fn propose_on(&mut self, turn: u32) -> Option<u32> {
        let (draw, log) = (&mut self.draw, &mut self.log);
        let list = self.lists[turn as usize].get_or_insert_with(|| draw.ranked(turn).into());
        let last = draw.held()[turn as usize];
        let below = list
            .iter()
            .position(|offer| offer.interview == last)
            .map_or(0, |at| at + 1);
        for offer in &list[below..] {
            if let Some(leaves) = draw.admit(offer.program, offer.seat, &mut |step| log.push(step))
            {
                draw.move_to(turn, offer.interview, &mut |step| log.push(step));
                return leaves;
            }
        }
        draw.move_to(turn, NONE, &mut |step| log.push(step));
        None
    }
}
