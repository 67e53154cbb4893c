//! Portfolio problems and their answers as JSON.
//!
//! # Problems
//! ```json
//! {"kind": "same_cost", "outside": 0,
//!  "programs": [{"f": 0.5, "t": 4}, {"f": 0.1, "t": 9}]}
//! ```
//! `outside` is the utility of having no offer (0 when absent), `f` the chance of
//! an offer, `t` its utility. Other keys are passed over. What else a kind reads:
//!
//! | kind | keys |
//! |---|---|
//! | `same_cost` | none |
//! | `varied_cost` | `programs[].cost`, `budget`: whole dollars |
//! | `tiered_fee` | `programs[].specialty` (a name; absent is one of its own), `fee_tiers_per_specialty`, `budget`, `applications`? |
//! | `signals` | `programs[].f_silver`?, `programs[].f_gold`? (absent: none can be sent), `applications`? (absent: no limit), `gold`?, `silver`? (absent: 0) |
//! | `common_score` | none |
//! | `scenarios` | `programs[].admit` (one 0 or 1 a scenario; `f` is not needed), `choose`, `weights`? (absent: all alike; divided by their sum) |
//! | `combined` | `programs[].specialty`, `f_silver`?, `f_gold`?, `specialties`, `pools`?, `budget`?, `applications`?, `fee_tiers_per_specialty`? |
//!
//! `fee_tiers_per_specialty` is a list of `[up_to, price]`: the last application
//! in a specialty that the price holds for, null for all further ones, and the
//! price of each in whole dollars. A table whose last tier has an end allows no
//! application beyond it.
//!
//! `combined` describes its specialties and pools by name:
//! ```json
//! {"kind": "combined", "outside": 0, "budget": 900,
//!  "fee_tiers_per_specialty": [[30, 11], [null, 30]],
//!  "pools": {"radiology": {"gold": 6, "silver": 6}},
//!  "specialties": {"ir": {"pool": "radiology"}, "dr": {"pool": "radiology"},
//!                  "surgery": {"fee_tiers": [[null, 11]]}},
//!  "programs": [{"f": 0.1, "f_silver": 0.2, "f_gold": 0.4, "t": 9, "specialty": "ir"}]}
//! ```
//! A specialty without `fee_tiers` has those of `fee_tiers_per_specialty`; one
//! without `pool` has no signals.
//!
//! # Answers
//! `{"by_h": [{"h", "programs", "value"}]}` for `same_cost` and `common_score`,
//! `{"plan": [0 none | 1 apply | 2 silver | 3 gold], "value"}` for `signals` and
//! `combined`, `{"programs", "value"}` for the others. Programs are indices from
//! 0, in order. Beside these keys stand, where they apply: `marginals` (what each
//! program's absence would cost, in the order of `programs`) or `members`, `next`
//! (the best further application), `exact`, `upper_bound`, `ties`, `dollar`,
//! `application` and `signals` (shadow prices).
//!
//! `absent` says why one of `next`, `dollar` and `signals` does not stand there.
//!
//! `ties` has what the lower index decided: `[member, instead]`, a program that
//! could take the member's place at the same value, or, with `by_h`,
//! `{"h", "chosen", "others"}`. Members that add nothing, and only fill a
//! portfolio up to its size, stand in no tie: any program would do there.
//! `common_score` also has `in_other_best` for every size, since there another
//! portfolio of the same value can be several trades away: the programs outside
//! that add something to one.

mod read;
mod write;

#[cfg(test)]
mod tests;

pub use read::{ProblemFile, read_problem};
pub use write::write_answer;
