//! Why a market is refused.

/// Why the records given to a [`MarketBuilder`](crate::MarketBuilder) are not a market.
///
/// Every variant names the record that is wrong, by the ids that the records themselves use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMarket {
    /// Two program records carry one id.
    #[error("program {program}: there are two programs with this id")]
    DuplicateProgram {
        /// The id.
        program: String,
    },
    /// Two applicant records carry one id.
    #[error("applicant {applicant}: there are two applicants with this id")]
    DuplicateApplicant {
        /// The id.
        applicant: String,
    },
    /// Two couple records carry one id.
    #[error("couple {couple}: there are two couples with this id")]
    DuplicateCouple {
        /// The id.
        couple: String,
    },
    /// A record names a program that no program record declares.
    #[error("{record}: unknown program {program}")]
    UnknownProgram {
        /// The id that nobody declares.
        program: String,
        /// The record that names it, such as `applicant a1`.
        record: String,
    },
    /// A record names an applicant that no applicant record declares.
    #[error("{record}: unknown applicant {applicant}")]
    UnknownApplicant {
        /// The id that nobody declares.
        applicant: String,
        /// The record that names it, such as `program p1`.
        record: String,
    },
    /// An applicant's rank list or supplemental list names a program twice.
    #[error("{record}: program {program} stands twice on the list")]
    ProgramTwice {
        /// The program.
        program: String,
        /// The record with the list.
        record: String,
    },
    /// A program's rank list names an applicant twice.
    #[error("program {program}: applicant {applicant} stands twice on the list")]
    ApplicantTwice {
        /// The applicant.
        applicant: String,
        /// The program with the list.
        program: String,
    },
    /// A couple's list names a pair twice.
    #[error("couple {couple}: the pair {pair} stands twice on the list")]
    PairTwice {
        /// The couple with the list.
        couple: String,
        /// The pair, as `p q`, with `-` for no program.
        pair: String,
    },
    /// An applicant belongs to two couples.
    #[error("couple {second}: applicant {applicant} already belongs to couple {first}")]
    TwoCouples {
        /// The applicant.
        applicant: String,
        /// The couple that was there first.
        first: String,
        /// The couple that came later.
        second: String,
    },
    /// Both members of a couple are one applicant.
    #[error("couple {couple}: both members are applicant {applicant}")]
    CoupleWithItself {
        /// The couple.
        couple: String,
        /// The applicant.
        applicant: String,
    },
    /// A couple's member has a rank list or a supplemental list besides the couple's list.
    #[error("couple {couple}: member {applicant} has a rank list of its own")]
    MemberWithList {
        /// The couple.
        couple: String,
        /// The member.
        applicant: String,
    },
    /// A program has a quota below zero.
    #[error("program {program}: quota {quota} is negative")]
    NegativeQuota {
        /// The program.
        program: String,
        /// What was found.
        quota: i64,
    },
    /// A supplemental list hangs on a program that the applicant's rank list lacks.
    #[error(
        "applicant {applicant}: supplemental list for program {program}, which is not on the rank list"
    )]
    SupplementalNotRanked {
        /// The applicant.
        applicant: String,
        /// The program that is not ranked.
        program: String,
    },
    /// An applicant has two supplemental lists for one program.
    #[error("applicant {applicant}: two supplemental lists for program {program}")]
    SupplementalTwice {
        /// The applicant.
        applicant: String,
        /// The program with two lists.
        program: String,
    },
    /// A supplemental list names the program on which it hangs: nobody can hold two places in one program.
    #[error(
        "applicant {applicant}: the supplemental list for program {program} names {program} itself"
    )]
    SupplementalNamesItself {
        /// The applicant.
        applicant: String,
        /// The program.
        program: String,
    },
    /// A reversion gives a program's places to the program itself.
    #[error("reversion {program} to {program}: a program cannot give places to itself")]
    ReversionToItself {
        /// The program.
        program: String,
    },
    /// Reversions lead from a program back to it.
    #[error("reversion {donor} to {receiver}: reversions form a cycle")]
    ReversionCycle {
        /// The donor of one reversion on the cycle.
        donor: String,
        /// Its receiver.
        receiver: String,
    },
    /// A reversion's maximum is below zero.
    #[error("reversion {donor} to {receiver}: maximum {max} is negative")]
    NegativeMaximum {
        /// The donor.
        donor: String,
        /// The receiver.
        receiver: String,
        /// What was found.
        max: i64,
    },
    /// A number or a list is beyond what the rows can address (2²⁸ entries, 2²⁸ places).
    #[error("{record}: too large, at most 268435456 entries or places are possible")]
    TooLarge {
        /// The record where the limit was passed.
        record: String,
    },
}
