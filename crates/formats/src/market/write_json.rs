//! Results of solving as JSON, and blocking pairs.

use matching::{BlockingPair, Market, Matching, Program, Side, Solution};
use serde::{Serialize, Serializer};

/// Returns a solution as JSON: `{"status","matching":{applicant:[program, preliminary?]},"unreciprocated":[…]}`.
///
/// `status` is `stable`, `none` or `not_found`.
/// `matching` has an entry for every applicant who holds a place, and is empty unless the status is `stable`.
/// `unreciprocated` has `{"applicant","program","ranked_by"}` for every void rank, `ranked_by` being `applicant` or
/// `program`.
/// With `not_found` there are two more keys: `closest`, the best matching that was found, and `blocking`, what blocks it,
/// as in [`write_blocking_json`].
pub fn write_solution_json(market: &Market, solution: &Solution) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        status: &'static str,
        matching: Places<'a>,
        unreciprocated: Vec<WireVoid<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        closest: Option<Places<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        blocking: Option<Vec<WireBlocking<'a>>>,
    }

    let (closest, blocking) = match solution {
        Solution::NotFound { closest, blocking } => {
            let blocking = blocking
                .iter()
                .map(|pair| WireBlocking::new(market, pair))
                .collect();
            (
                Some(Places {
                    market,
                    matching: Some(closest),
                }),
                Some(blocking),
            )
        }
        Solution::Stable(_) | Solution::None => (None, None),
    };
    to_text(&Wire {
        status: solution.status().as_str(),
        matching: Places {
            market,
            matching: solution.matching(),
        },
        unreciprocated: void_ranks(market),
        closest,
        blocking,
    })
}

/// Returns what to say beside a table of the matching, as JSON: `{"status","matched","unreciprocated":[…]}`.
///
/// `matched` is the number of applicants who hold a place; the other keys are those of [`write_solution_json`].
pub fn write_summary_json(market: &Market, solution: &Solution) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        status: &'static str,
        matched: usize,
        unreciprocated: Vec<WireVoid<'a>>,
    }

    to_text(&Wire {
        status: solution.status().as_str(),
        matched: solution.matching().map_or(0, Matching::n_matched),
        unreciprocated: void_ranks(market),
    })
}

#[derive(Serialize)]
struct WireVoid<'a> {
    applicant: &'a str,
    program: &'a str,
    ranked_by: &'static str,
}

/// Ranks that the other side does not return.
fn void_ranks(market: &Market) -> Vec<WireVoid<'_>> {
    let void = market.unreciprocated().iter().map(|void| WireVoid {
        applicant: market.applicant_id(void.applicant),
        program: market.program_id(void.program),
        ranked_by: match void.ranked_by {
            Side::Applicant => "applicant",
            Side::Program => "program",
        },
    });
    void.collect()
}

/// Returns blocking pairs as a JSON list of `{"applicant","program"}`, `{"applicant","advanced","program"}` and
/// `{"couple","programs":[program|null, program|null]}`.
pub fn write_blocking_json(market: &Market, blocking: &[BlockingPair]) -> String {
    to_text(
        &blocking
            .iter()
            .map(|pair| WireBlocking::new(market, pair))
            .collect::<Vec<_>>(),
    )
}

/// Returns a blocking pair as a sentence without a full stop.
///
/// # Example
/// ```
/// use matching::{Market, Matching, blocking_pairs};
///
/// let mut market = Market::builder();
/// market.applicant("ana", ["city"]).program("city", 1, ["ana"]);
/// let market = market.build()?;
/// let blocking = blocking_pairs(&market, &Matching::empty(&market)).unwrap();
/// assert_eq!(
///     formats::market::describe_blocking(&market, &blocking[0]),
///     "ana prefers city, and city would take ana"
/// );
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn describe_blocking(market: &Market, blocking: &BlockingPair) -> String {
    match *blocking {
        BlockingPair::Single { applicant, program } => {
            let (applicant, program) = (market.applicant_id(applicant), market.program_id(program));
            format!("{applicant} prefers {program}, and {program} would take {applicant}")
        }
        BlockingPair::Supplemental {
            applicant,
            advanced,
            program,
        } => {
            let (applicant, program) = (market.applicant_id(applicant), market.program_id(program));
            let advanced = market.program_id(advanced);
            format!(
                "{applicant}, held by {advanced}, prefers {program} as preliminary place, and {program} would take {applicant}"
            )
        }
        BlockingPair::Couple { couple, programs } => {
            let [one, other] = programs
                .map(|program| program.map_or("no program", |program| market.program_id(program)));
            let couple = market.couple_id(couple);
            format!("couple {couple} prefers {one} and {other}, which would take both")
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireBlocking<'a> {
    Single {
        applicant: &'a str,
        program: &'a str,
    },
    Supplemental {
        applicant: &'a str,
        advanced: &'a str,
        program: &'a str,
    },
    Couple {
        couple: &'a str,
        programs: [Option<&'a str>; 2],
    },
}

impl<'a> WireBlocking<'a> {
    fn new(market: &'a Market, blocking: &BlockingPair) -> Self {
        let name = |program: Program| market.program_id(program);
        match *blocking {
            BlockingPair::Single { applicant, program } => Self::Single {
                applicant: market.applicant_id(applicant),
                program: name(program),
            },
            BlockingPair::Supplemental {
                applicant,
                advanced,
                program,
            } => Self::Supplemental {
                applicant: market.applicant_id(applicant),
                advanced: name(advanced),
                program: name(program),
            },
            BlockingPair::Couple { couple, programs } => Self::Couple {
                couple: market.couple_id(couple),
                programs: programs.map(|program| program.map(name)),
            },
        }
    }
}

/// A matching as an object: a list of one or two programs for each applicant who holds a place.
struct Places<'a> {
    market: &'a Market,
    matching: Option<&'a Matching>,
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let market = self.market;
        let entries = self.matching.into_iter().flat_map(|matching| {
            market.applicants().filter_map(move |applicant| {
                let program = matching.program(applicant)?;
                let mut places = vec![market.program_id(program)];
                places.extend(
                    matching
                        .preliminary(applicant)
                        .map(|program| market.program_id(program)),
                );
                Some((market.applicant_id(applicant), places))
            })
        });
        serializer.collect_map(entries)
    }
}

pub(super) fn to_text(wire: &impl Serialize) -> String {
    // Text keys, and numbers and text as values: nothing in these shapes can fail to be written.
    serde_json::to_string(wire).unwrap_or_else(|error| unreachable!("{error}"))
}
