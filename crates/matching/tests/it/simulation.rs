//! Draws, their distributions, and what one applicant could have got.

use matching::{
    Applicant, Change, Description, InvalidChange, Market, Matching, Program, SimulateOptions,
    WhatIf, deferred_acceptance, simulate,
};

use crate::oracle::Dice;

fn description(seed: u64, n_applicants: usize, n_programs: usize) -> Description {
    described(seed, n_applicants, n_programs, 0.7, 100)
}

/// Describes a market in which nothing is drawn and nearly everybody is as good as somebody else.
fn tied(seed: u64) -> Description {
    described(seed, 40, 12, 0.0, 2)
}

fn described(
    seed: u64,
    n_applicants: usize,
    n_programs: usize,
    noise: f64,
    n_qualities: usize,
) -> Description {
    let mut dice = Dice::new(seed);
    let mut description = Description::new(noise, noise).expect("a noise");
    for program in 0..n_programs {
        description
            .program(&format!("p{program}"), dice.below(4) as i64)
            .expect("a program");
    }
    for applicant in 0..n_applicants {
        let quality = dice.below(n_qualities) as f64 / 30.0;
        let mut interviews = Vec::new();
        for program in dice
            .shuffled(n_programs)
            .into_iter()
            .take(1 + dice.below(6))
        {
            interviews.push((
                format!("p{program}"),
                dice.below(100) as f64 / 50.0,
                quality,
            ));
        }
        description
            .applicant(&format!("a{applicant}"), interviews)
            .expect("an applicant");
    }
    description
}

/// The rank lists of a draw, by ids.
struct Lists {
    applicants: Vec<Vec<String>>,
    programs: Vec<Vec<String>>,
}

impl Lists {
    fn of(market: &Market, description: &Description) -> Self {
        let id = |program: Program| market.program_id(program).to_owned();
        let applicants = description.applicants().map(|applicant| {
            let applicant = market
                .find_applicant(description.applicant_id(applicant))
                .expect("the same applicants");
            market.rank_list(applicant).map(id).collect()
        });
        let programs = description.programs().map(|program| {
            let program = market
                .find_program(description.program_id(program))
                .expect("the same programs");
            market
                .program_list(program)
                .map(|applicant| market.applicant_id(applicant).to_owned())
                .collect()
        });
        Self {
            applicants: applicants.collect(),
            programs: programs.collect(),
        }
    }

    fn solve(&self, description: &Description) -> (Market, Matching) {
        let mut market = Market::builder();
        for (applicant, list) in description.applicants().zip(&self.applicants) {
            market.applicant(description.applicant_id(applicant), list);
        }
        for (program, list) in description.programs().zip(&self.programs) {
            market.program(
                description.program_id(program),
                i64::from(description.quota(program)),
                list,
            );
        }
        let market = market.build().expect("a market");
        let matching = deferred_acceptance(&market);
        (market, matching)
    }
}

/// Returns every applicant's program by name.
fn places(market: &Market, matching: &Matching, description: &Description) -> Vec<Option<String>> {
    let place = |applicant| {
        let applicant = market.find_applicant(description.applicant_id(applicant))?;
        matching
            .program(applicant)
            .map(|program| market.program_id(program).to_owned())
    };
    description.applicants().map(place).collect()
}

#[test]
fn draws_agree_with_deferred_acceptance_on_their_lists() {
    for seed in 0..60 {
        let description = if seed % 2 == 0 {
            description(seed, 40, 12)
        } else {
            tied(seed)
        };
        let n_draws = 5;
        let counted = simulate(&description, SimulateOptions { seed, n_draws }, &|_| true)
            .expect("not stopped");
        let mut expected = vec![Vec::new(); description.n_applicants()];
        for draw in 0..n_draws {
            let market = description.market(seed, draw);
            let matching = deferred_acceptance(&market);
            for (applicant, place) in places(&market, &matching, &description)
                .into_iter()
                .enumerate()
            {
                expected[applicant].extend(place);
            }
        }
        for applicant in description.applicants() {
            for (program, share) in counted.places(applicant) {
                let id = description.program_id(program);
                let n = expected[applicant.index()]
                    .iter()
                    .filter(|place| *place == id)
                    .count();
                assert_eq!(
                    share.value,
                    n as f64 / n_draws as f64,
                    "seed {seed}, {applicant:?}, {program:?}"
                );
            }
        }
    }
}

#[test]
fn distributions_do_not_depend_on_threads() {
    let description = description(3, 60, 15);
    let options = SimulateOptions {
        seed: 9,
        n_draws: 101,
    };
    let with = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .expect("threads");
        pool.install(|| simulate(&description, options, &|_| true))
            .expect("not stopped")
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
}

#[test]
fn simulation_can_be_stopped() {
    let description = description(3, 20, 5);
    assert_eq!(
        simulate(&description, SimulateOptions::default(), &|n| n < 10),
        None
    );
}

/// A scenario that gives one applicant one more interview leaves everybody else's noise alone.
#[test]
fn scenarios_share_their_noise() {
    let base = description(5, 30, 10);
    let mut other = Description::new(0.7, 0.7).expect("a noise");
    for program in base.programs() {
        other
            .program(base.program_id(program), i64::from(base.quota(program)))
            .expect("a program");
    }
    for applicant in base.applicants() {
        let mut interviews: Vec<(String, f64, f64)> = base
            .interviews(applicant)
            .iter()
            .map(|interview| {
                let id = base.program_id(interview.program).to_owned();
                (
                    id,
                    f64::from(interview.liking),
                    f64::from(interview.standing),
                )
            })
            .collect();
        let first = base
            .program_id(base.programs().next().expect("a program"))
            .to_owned();
        if applicant.index() == 0 && interviews.iter().all(|(id, ..)| *id != first) {
            interviews.insert(0, (first, 1.0, 1.0));
        }
        other
            .applicant(base.applicant_id(applicant), interviews)
            .expect("an applicant");
    }
    for draw in 0..20 {
        let before = Lists::of(&base.market(1, draw), &base);
        let after = Lists::of(&other.market(1, draw), &other);
        assert_eq!(before.applicants[1..], after.applicants[1..]);
        for (before, mut after) in before.programs.into_iter().zip(after.programs) {
            after.retain(|id| before.contains(id));
            assert_eq!(before, after);
        }
    }
}

/// Every change is compared with solving the changed market from the start, and undone again.
#[test]
fn what_if_is_exact() {
    let mut n_moved = 0;
    for seed in 0..150 {
        let description = description(seed, 40, 10);
        let mut dice = Dice::new(seed + 1000);
        let applicant = description
            .applicants()
            .nth(dice.below(40))
            .expect("40 applicants");
        let mut lists = Lists::of(&description.market(seed, 4), &description);
        let mut what_if = WhatIf::new(&description, seed, 4, applicant);
        let mut seen = vec![check(&description, &lists, &what_if)];
        for _ in 0..25 {
            let list = &mut lists.applicants[applicant.index()];
            let program = description
                .programs()
                .nth(dice.below(10))
                .expect("10 programs");
            let id = description.program_id(program).to_owned();
            let standing = dice.below(100) as f32 / 25.0;
            match list.iter().position(|ranked| *ranked == id) {
                None => {
                    let position = dice.below(list.len() + 1);
                    list.insert(position, id);
                    what_if
                        .apply(Change::Add {
                            program,
                            position,
                            standing,
                        })
                        .expect("a change");
                    add_to_program(&mut lists, &description, program, applicant, &what_if);
                }
                Some(at) if dice.one_in(2) => {
                    list.remove(at);
                    what_if.apply(Change::Drop { program }).expect("a change");
                }
                Some(at) => {
                    let id = list.remove(at);
                    let position = dice.below(list.len() + 1);
                    list.insert(position, id);
                    what_if
                        .apply(Change::Move { program, position })
                        .expect("a change");
                }
            }
            seen.push(check(&description, &lists, &what_if));
        }
        n_moved += seen.windows(2).filter(|pair| pair[0] != pair[1]).count();
        while what_if.undo() {
            seen.pop();
            let now: Vec<_> = description
                .applicants()
                .map(|applicant| what_if.program_of(applicant))
                .collect();
            assert_eq!(now, seen[seen.len() - 1], "seed {seed}");
        }
        assert_eq!(seen.len(), 1);
    }
    assert!(
        n_moved > 200,
        "changes should matter, but only {n_moved} did"
    );
}

/// Puts the applicant where the program ranks them: above those whom the what-if says it prefers them to.
fn add_to_program(
    lists: &mut Lists,
    description: &Description,
    program: Program,
    applicant: Applicant,
    what_if: &WhatIf,
) {
    let id = description.applicant_id(applicant).to_owned();
    let list = &mut lists.programs[program.index()];
    list.retain(|listed| *listed != id);
    let place = list.iter().position(|listed| {
        let other = description
            .find_applicant(listed)
            .expect("listed applicants exist");
        what_if.prefers(program, applicant, other)
    });
    list.insert(place.unwrap_or(list.len()), id);
}

fn check(description: &Description, lists: &Lists, what_if: &WhatIf) -> Vec<Option<Program>> {
    let (market, matching) = lists.solve(description);
    let now: Vec<_> = description
        .applicants()
        .map(|applicant| what_if.program_of(applicant))
        .collect();
    let names: Vec<_> = now
        .iter()
        .map(|program| program.map(|program| description.program_id(program).to_owned()))
        .collect();
    assert_eq!(names, places(&market, &matching, description));
    now
}

#[test]
fn changes_that_make_no_sense_are_refused() {
    let mut description = Description::new(0.0, 0.0).expect("a noise");
    let p = description.program("p", 1).expect("a program");
    let q = description.program("q", 1).expect("a program");
    let a = description
        .applicant("a", [("p", 0.0, 0.0)])
        .expect("an applicant");
    let mut what_if = WhatIf::new(&description, 1, 0, a);
    let refused = |what_if: &mut WhatIf, change| what_if.apply(change).expect_err("refused");
    assert_eq!(
        refused(&mut what_if, Change::Drop { program: q }),
        InvalidChange::NotRanked
    );
    assert_eq!(
        refused(
            &mut what_if,
            Change::Add {
                program: p,
                position: 0,
                standing: 0.0
            }
        ),
        InvalidChange::AlreadyRanked
    );
    assert_eq!(
        refused(
            &mut what_if,
            Change::Add {
                program: q,
                position: 2,
                standing: 0.0
            }
        ),
        InvalidChange::PastTheEnd {
            position: 2,
            end: 1
        }
    );
    assert_eq!(
        refused(
            &mut what_if,
            Change::Add {
                program: q,
                position: 0,
                standing: f32::NAN
            }
        ),
        InvalidChange::NotANumber
    );
    assert_eq!(what_if.program(), Some(p));
    assert!(!what_if.undo());
}

#[test]
fn descriptions_that_make_no_sense_are_refused() {
    assert_eq!(
        Description::new(-1.0, 0.0)
            .expect_err("refused")
            .to_string(),
        "noise: -1 is not a finite number in range"
    );
    let mut description = Description::new(1.0, 1.0).expect("a noise");
    description.program("p", 1).expect("a program");
    description
        .applicant("a", [("p", 0.0, 0.0)])
        .expect("an applicant");
    let message = |problem: matching::InvalidDescription| problem.to_string();
    assert_eq!(
        description.program("p", 2).map_err(message),
        Err("program p: there are two programs with this id".to_owned())
    );
    assert_eq!(
        description.program("q", -2).map_err(message),
        Err("program q: quota -2 is not between 0 and 65535".to_owned())
    );
    assert_eq!(
        description
            .applicant("b", [("r", 0.0, 0.0)])
            .map_err(message),
        Err("applicant b: unknown program r".to_owned())
    );
    assert_eq!(
        description
            .applicant("b", [("p", 0.0, 0.0), ("p", 0.0, 0.0)])
            .map_err(message),
        Err("applicant b: program p stands twice among the interviews".to_owned())
    );
    assert_eq!(
        description
            .applicant("b", [("p", f64::NAN, 0.0)])
            .map_err(message),
        Err("applicant b: NaN is not a finite number in range".to_owned())
    );
    assert_eq!(description.n_applicants(), 1);
}
