//! What a simulation draws from: who interviews where, and what both sides think before the noise.

use crate::builder::Span;
use crate::index::{Applicant, Program};
use crate::market::Market;
use crate::names::Names;
use crate::noise::{Key, Normal};

/// One interview: the program, and what both sides think of each other before the noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interview {
    /// The program.
    pub program: Program,
    /// What the applicant thinks of the program, on any scale; higher is better.
    pub liking: f32,
    /// What the program thinks of the applicant, on any scale; higher is better.
    pub standing: f32,
}

/// Why a description is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidDescription {
    /// Two program records carry one id.
    #[error("program {0}: there are two programs with this id")]
    DuplicateProgram(String),
    /// Two applicant records carry one id.
    #[error("applicant {0}: there are two applicants with this id")]
    DuplicateApplicant(String),
    /// An applicant interviews at a program that no record declares.
    #[error("applicant {applicant}: unknown program {program}")]
    UnknownProgram {
        /// The applicant.
        applicant: String,
        /// The id that nobody declares.
        program: String,
    },
    /// An applicant interviews at a program twice.
    #[error("applicant {applicant}: program {program} stands twice among the interviews")]
    ProgramTwice {
        /// The applicant.
        applicant: String,
        /// The program.
        program: String,
    },
    /// A score or a noise is not a finite number, or a noise is negative.
    #[error("{record}: {value} is not a finite number in range")]
    NotANumber {
        /// The record, such as `applicant a1`.
        record: String,
        /// What was found.
        value: f64,
    },
    /// A quota is negative or above 65,535.
    #[error("program {program}: quota {quota} is not between 0 and 65535")]
    Quota {
        /// The program.
        program: String,
        /// What was found.
        quota: i64,
    },
}

/// Programs with quotas, the fixed interview graph with scores of both sides, and the size of the noise.
///
/// In each draw both sides rank by score plus noise.
/// The noise of a pair depends only on the seed, the number of the draw and the pair, so two descriptions that differ in a
/// few interviews are compared under the same luck.
/// Applicants rank every program where they interview, and programs rank everybody whom they interview.
/// Couples and supplemental lists take no part.
#[derive(Clone, Debug)]
pub struct Description {
    pub(crate) programs: Names,
    pub(crate) applicants: Names,
    pub(crate) quotas: Vec<u32>,
    pub(crate) rows: Vec<Span>,
    pub(crate) interviews: Vec<Interview>,
    pub(crate) applicant_noise: f32,
    pub(crate) program_noise: f32,
    pub(crate) normal: Normal,
}

impl Description {
    /// Returns an empty description with the standard deviations of the noise on the applicants' and on the programs'
    /// scores.
    ///
    /// # Errors
    /// [`InvalidDescription::NotANumber`] when one is negative or not finite.
    pub fn new(applicant_noise: f64, program_noise: f64) -> Result<Self, InvalidDescription> {
        for value in [applicant_noise, program_noise] {
            if !(0.0..=1e9).contains(&value) {
                return Err(InvalidDescription::NotANumber {
                    record: "noise".into(),
                    value,
                });
            }
        }
        Ok(Self {
            programs: Names::default(),
            applicants: Names::default(),
            quotas: Vec::new(),
            rows: Vec::new(),
            interviews: Vec::new(),
            applicant_noise: applicant_noise as f32,
            program_noise: program_noise as f32,
            normal: Normal::new(),
        })
    }

    /// Adds a program. Programs come before the applicants who interview there.
    ///
    /// # Errors
    /// A second program with the id, or a quota outside 0 to 65,535.
    pub fn program(&mut self, id: &str, quota: i64) -> Result<Program, InvalidDescription> {
        if self.programs.find(id).is_some() {
            return Err(InvalidDescription::DuplicateProgram(id.to_owned()));
        }
        let Ok(places) = u16::try_from(quota) else {
            return Err(InvalidDescription::Quota {
                program: id.to_owned(),
                quota,
            });
        };
        self.quotas.push(u32::from(places));
        Ok(Program(self.programs.intern(id)))
    }

    /// Adds an applicant with interviews: program, liking and standing, as in [`Interview`].
    ///
    /// # Errors
    /// A second applicant with the id, an unknown program, a program twice, or a score that is not finite.
    pub fn applicant<S: AsRef<str>>(
        &mut self,
        id: &str,
        interviews: impl IntoIterator<Item = (S, f64, f64)>,
    ) -> Result<Applicant, InvalidDescription> {
        if self.applicants.find(id).is_some() {
            return Err(InvalidDescription::DuplicateApplicant(id.to_owned()));
        }
        let start = self.interviews.len();
        for (program, liking, standing) in interviews {
            let program = program.as_ref();
            let names = || (id.to_owned(), program.to_owned());
            let Some(found) = self.programs.find(program) else {
                let (applicant, program) = names();
                self.interviews.truncate(start);
                return Err(InvalidDescription::UnknownProgram { applicant, program });
            };
            if self.interviews[start..]
                .iter()
                .any(|interview| interview.program.0 == found)
            {
                let (applicant, program) = names();
                self.interviews.truncate(start);
                return Err(InvalidDescription::ProgramTwice { applicant, program });
            }
            for value in [liking, standing] {
                if !(-1e9..=1e9).contains(&value) {
                    self.interviews.truncate(start);
                    return Err(InvalidDescription::NotANumber {
                        record: format!("applicant {id}"),
                        value,
                    });
                }
            }
            self.interviews.push(Interview {
                program: Program(found),
                liking: liking as f32,
                standing: standing as f32,
            });
        }
        self.rows.push(Span {
            start: start as u32,
            end: self.interviews.len() as u32,
        });
        Ok(Applicant(self.applicants.intern(id)))
    }

    /// Returns the number of applicants.
    pub fn n_applicants(&self) -> usize {
        self.rows.len()
    }

    /// Returns the number of programs.
    pub fn n_programs(&self) -> usize {
        self.quotas.len()
    }

    /// Returns an applicant's id.
    pub fn applicant_id(&self, applicant: Applicant) -> &str {
        self.applicants.get(applicant.0)
    }

    /// Returns a program's id.
    pub fn program_id(&self, program: Program) -> &str {
        self.programs.get(program.0)
    }

    /// Returns the applicant with an id, if there is one.
    pub fn find_applicant(&self, id: &str) -> Option<Applicant> {
        self.applicants.find(id).map(Applicant)
    }

    /// Returns the program with an id, if there is one.
    pub fn find_program(&self, id: &str) -> Option<Program> {
        self.programs.find(id).map(Program)
    }

    /// Returns all applicants.
    pub fn applicants(&self) -> impl ExactSizeIterator<Item = Applicant> + use<> {
        (0..self.n_applicants() as u32).map(Applicant)
    }

    /// Returns all programs.
    pub fn programs(&self) -> impl ExactSizeIterator<Item = Program> + use<> {
        (0..self.n_programs() as u32).map(Program)
    }

    /// Returns an applicant's interviews, in the order in which they were given.
    pub fn interviews(&self, applicant: Applicant) -> &[Interview] {
        &self.interviews[self.rows[applicant.index()].range()]
    }

    /// Returns a program's number of places.
    pub fn quota(&self, program: Program) -> u32 {
        self.quotas[program.index()]
    }

    /// Returns the market of one draw, with the rank lists that the noise gives.
    ///
    /// [`simulate`](crate::simulate) never makes it; it is for looking at a draw, and for checking.
    ///
    /// # Complexity
    /// O(L log L) time and O(L) memory: L is the number of interviews.
    pub fn market(&self, seed: u64, draw: u64) -> Market {
        let key = Key::new(seed, draw);
        let mut lists: Vec<Vec<(u64, u32)>> = vec![Vec::new(); self.n_programs()];
        let mut market = Market::builder();
        for applicant in 0..self.n_applicants() as u32 {
            let mut list: Vec<(u32, u32)> = Vec::new();
            for (at, interview) in self.interviews(Applicant(applicant)).iter().enumerate() {
                let bits = key.bits(applicant, interview.program.0);
                list.push((!self.liking(interview.liking, bits), at as u32));
                let seat = seat(self.standing(interview.standing, bits), applicant);
                lists[interview.program.index()].push((!seat, applicant));
            }
            list.sort_unstable();
            let interviews = self.interviews(Applicant(applicant));
            let programs = list
                .iter()
                .map(|&(_, at)| self.program_id(interviews[at as usize].program));
            market.applicant(self.applicants.get(applicant), programs);
        }
        for (program, list) in lists.iter_mut().enumerate() {
            list.sort_unstable();
            let applicants = list
                .iter()
                .map(|&(_, applicant)| self.applicants.get(applicant));
            market.program(
                self.programs.get(program as u32),
                i64::from(self.quotas[program]),
                applicants,
            );
        }
        // The description has refused everything that the builder would refuse.
        market
            .build()
            .unwrap_or_else(|problem| unreachable!("{problem}"))
    }

    /// Returns what the applicant thinks of the program in a draw, as a number in the same order.
    pub(crate) fn liking(&self, liking: f32, bits: u64) -> u32 {
        ordered(liking + self.applicant_noise * self.normal.quantile((bits >> 32) as u32))
    }

    /// Returns what the program thinks of the applicant in a draw, as a number in the same order.
    pub(crate) fn standing(&self, standing: f32, bits: u64) -> u32 {
        ordered(standing + self.program_noise * self.normal.quantile(bits as u32))
    }
}

/// Returns how a program ranks an applicant: higher is better, and no two are equal.
pub(crate) fn seat(standing: u32, applicant: u32) -> u64 {
    u64::from(standing) << 32 | u64::from(!applicant)
}

/// Maps finite numbers to integers in the same order.
pub(crate) fn ordered(value: f32) -> u32 {
    // Adding zero makes -0.0 and 0.0 one number, as they compare.
    let bits = (value + 0.0).to_bits();
    bits ^ (((bits as i32 >> 31) as u32) | 1 << 31)
}
