//! The problems that the benches solve, made from a fixed seed.

use portfolio::{
    Admits, Combined, FeeTable, FeeTier, Pool, Probability, Program, Scenarios, SignalProgram,
    Specialty, Utility, VariedCost,
};

/// A small generator (SplitMix64), so that every run solves the same problem.
pub(crate) struct Random(u64);

impl Random {
    /// A generator from a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// No offer is worth nothing.
pub(crate) fn outside() -> Utility {
    Utility::new(0.0).expect("a finite number")
}

/// Programs whose chances fall as their utilities rise, the hard case in the
/// literature; small enough that hundreds of applications leave some doubt.
pub(crate) fn programs(random: &mut Random, n: usize) -> Vec<Program> {
    (0..n)
        .map(|_| {
            let utility = (-10.0 * (1.0 - random.unit()).ln()).ceil().max(1.0);
            let chance = 1.0 / (utility + 10.0 * random.unit()) / 8.0;
            Program::new(chance, utility).expect("in range")
        })
        .collect()
}

/// Costs of 5 to 10, and a budget for about half of them.
pub(crate) fn varied_cost(n: usize, budget: u64) -> VariedCost {
    let mut random = Random::new(3);
    VariedCost {
        outside: outside(),
        programs: programs(&mut random, n),
        costs: (0..n).map(|_| 5 + random.below(6)).collect(),
        budget,
    }
}

/// 200 candidates in five specialties with the fees of ERAS 2026: integrated
/// IR and DR share 6 gold and 9 silver signals, transitional years have 12,
/// medicine 3 gold and 12 silver, surgery 15.
pub(crate) fn season(seed: u64, budget: u64) -> Combined {
    let mut random = Random::new(seed);
    let tier = |up_to, price| FeeTier { up_to, price };
    let fees = FeeTable::new(vec![tier(Some(30), 11), tier(None, 30)]).expect("in order");
    let sizes = [40, 80, 30, 30, 20];
    let pool_of = [0, 0, 1, 2, 3];
    let worth = [100.0, 80.0, 20.0, 30.0, 25.0];
    let mut programs = Vec::new();
    let mut specialty_of = Vec::new();
    for (specialty, &size) in sizes.iter().enumerate() {
        for _ in 0..size {
            let utility = worth[specialty] * (0.4 + 0.6 * random.unit());
            let plain = 0.01 + 0.06 * random.unit();
            let silver = plain * (1.5 + 2.0 * random.unit());
            let gold = silver * (1.2 + random.unit());
            programs.push(SignalProgram {
                program: Program::new(plain, utility).expect("in range"),
                silver: Probability::new(silver.min(1.0)),
                gold: Probability::new(gold.min(1.0)),
            });
            specialty_of.push(specialty);
        }
    }
    Combined {
        outside: outside(),
        programs,
        specialty_of,
        specialties: pool_of
            .map(|pool| Specialty {
                fees: fees.clone(),
                pool: Some(pool),
            })
            .to_vec(),
        pools: vec![
            Pool { gold: 6, silver: 9 },
            Pool {
                gold: 0,
                silver: 12,
            },
            Pool {
                gold: 3,
                silver: 12,
            },
            Pool {
                gold: 0,
                silver: 15,
            },
        ],
        budget: Some(budget),
        applications: None,
    }
}

/// Scenarios with a strength that is common to all programs: a program makes an
/// offer when its own luck and that strength together pass its bar.
pub(crate) fn scenarios(n_programs: usize, n_scenarios: usize, choose: usize) -> Scenarios {
    let mut random = Random::new(9);
    let strength: Vec<f64> = (0..n_scenarios).map(|_| random.unit()).collect();
    let weights = (0..n_scenarios).map(|_| 0.5 + random.unit()).collect();
    let mut utilities = Vec::new();
    let mut admits = Vec::new();
    for _ in 0..n_programs {
        let bar = random.unit();
        let utility = 10.0 * bar + 3.0 * random.unit();
        utilities.push(Utility::new(utility).expect("finite"));
        let offers: Vec<bool> = strength
            .iter()
            .map(|strength| 0.5 * strength + 0.5 * random.unit() > 0.45 + 0.5 * bar)
            .collect();
        admits.push(Admits::new(offers));
    }
    Scenarios {
        outside: outside(),
        utilities,
        admits,
        weights,
        choose,
    }
}
