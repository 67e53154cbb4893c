//! Generated markets of national size: 50,000 applicants, 6,500 programs, 44,000 places, lists of 13 on average.

use matching::{Description, Market, MarketBuilder};

/// A seeded sequence of numbers for the generator.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }

    /// About normal, with variance 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// How large a market to make.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) n_applicants: usize,
    pub(crate) n_programs: usize,
    pub(crate) n_places: usize,
    pub(crate) n_couples: usize,
    pub(crate) n_pairs: usize,
}

pub(crate) const SINGLES: Size = Size {
    n_applicants: 50_000,
    n_programs: 6_500,
    n_places: 44_000,
    n_couples: 0,
    n_pairs: 0,
};
pub(crate) const COUPLES: Size = Size {
    n_couples: 1_200,
    n_pairs: 63,
    ..SINGLES
};

/// A couple: its members, and its pairs of programs.
pub(crate) type Couple = ([usize; 2], Vec<[Option<usize>; 2]>);

/// Who interviews whom, and what both sides think of it.
pub(crate) struct Generated {
    pub(crate) quotas: Vec<usize>,
    pub(crate) lists: Vec<Vec<usize>>,
    pub(crate) ranks: Vec<Vec<usize>>,
    pub(crate) couples: Vec<Couple>,
    program_quality: Vec<f64>,
    applicant_quality: Vec<f64>,
}

/// Makes a market in which applicants interview at programs of about their own standing, and both sides rank by quality
/// with noise. The last applicants are couples, whose partners interview in few regions.
pub(crate) fn generate(seed: u64, size: Size) -> Generated {
    let mut dice = Dice(seed);
    let Size {
        n_applicants,
        n_programs,
        n_places,
        n_couples,
        n_pairs,
    } = size;
    let mut quotas = vec![1; n_programs];
    for _ in n_programs..n_places {
        // Two draws, the smaller one: some programs are large.
        let program = dice.below(n_programs).min(dice.below(n_programs));
        quotas[program] += 1;
    }
    let program_quality: Vec<f64> = (0..n_programs).map(|_| dice.normal()).collect();
    let mut by_quality: Vec<usize> = (0..n_programs).collect();
    by_quality.sort_by(|&one, &other| program_quality[one].total_cmp(&program_quality[other]));
    let applicant_quality: Vec<f64> = (0..n_applicants).map(|_| dice.normal()).collect();

    let mut ranks = vec![Vec::new(); n_applicants];
    let mut chosen = vec![usize::MAX; n_programs];
    for applicant in 0..n_applicants {
        let length = 1 + dice.below(25);
        let middle =
            (0.5 + 0.17 * applicant_quality[applicant]).clamp(0.1, 0.9) * n_programs as f64;
        let mut list = Vec::new();
        while list.len() < length {
            let at = middle + 0.12 * n_programs as f64 * dice.normal();
            let program = by_quality[(at.max(0.0) as usize).min(n_programs - 1)];
            if std::mem::replace(&mut chosen[program], applicant) != applicant {
                list.push((-program_quality[program] + dice.normal(), program));
            }
        }
        list.sort_by(|one, other| one.0.total_cmp(&other.0));
        ranks[applicant] = list.into_iter().map(|(_, program)| program).collect();
    }
    let mut couples = Vec::new();
    for couple in 0..n_couples {
        let members = [n_applicants - 2 * couple - 2, n_applicants - 2 * couple - 1];
        let [one, other] = members.map(|member| ranks[member].clone());
        let mut pairs: Vec<(f64, [Option<usize>; 2])> = Vec::new();
        for (i, &p) in one.iter().enumerate() {
            for (j, &q) in other.iter().enumerate() {
                // A region is a hundred programs; partners want to be in one.
                let apart = if p % 65 == q % 65 { 0.0 } else { 4.0 };
                pairs.push(((i + j) as f64 + apart + dice.unit(), [Some(p), Some(q)]));
            }
            pairs.push(((i + 25) as f64 + dice.unit(), [Some(p), None]));
        }
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
        couples.push((
            members,
            pairs
                .into_iter()
                .take(n_pairs)
                .map(|(_, pair)| pair)
                .collect(),
        ));
    }
    let mut ranked_by: Vec<Vec<(f64, usize)>> = vec![Vec::new(); n_programs];
    for (applicant, list) in ranks.iter().enumerate() {
        for &program in list {
            ranked_by[program].push((-applicant_quality[applicant] + dice.normal(), applicant));
        }
    }
    let lists = ranked_by
        .into_iter()
        .map(|mut list| {
            list.sort_by(|one, other| one.0.total_cmp(&other.0));
            list.into_iter().map(|(_, applicant)| applicant).collect()
        })
        .collect();
    for (members, _) in &couples {
        for &member in members {
            ranks[member].clear();
        }
    }
    Generated {
        quotas,
        lists,
        ranks,
        couples,
        program_quality,
        applicant_quality,
    }
}

impl Generated {
    /// Returns the records, ready to be joined.
    pub(crate) fn builder(&self) -> MarketBuilder {
        let applicants: Vec<String> = (0..self.ranks.len()).map(|at| format!("{at}")).collect();
        let programs: Vec<String> = (0..self.quotas.len()).map(|at| format!("{at}")).collect();
        let mut market = Market::builder();
        for (at, list) in self.ranks.iter().enumerate() {
            market.applicant(
                &applicants[at],
                list.iter().map(|&program| &programs[program]),
            );
        }
        for (at, (&quota, list)) in self.quotas.iter().zip(&self.lists).enumerate() {
            market.program(
                &programs[at],
                quota as i64,
                list.iter().map(|&applicant| &applicants[applicant]),
            );
        }
        for (at, ([one, other], pairs)) in self.couples.iter().enumerate() {
            let pairs = pairs
                .iter()
                .map(|pair| pair.map(|program| program.map(|program| &programs[program])));
            market.couple(
                &format!("c{at}"),
                [&applicants[*one], &applicants[*other]],
                pairs,
            );
        }
        market
    }
}

/// Makes a description of the market that [`generate`] draws once: the same interviews, and scores by quality.
pub(crate) fn describe(seed: u64, size: Size) -> Description {
    let generated = generate(seed, size);
    let mut description = Description::new(1.0, 1.0).expect("a noise");
    for (program, &quota) in generated.quotas.iter().enumerate() {
        description
            .program(&program.to_string(), quota as i64)
            .expect("a program");
    }
    for (applicant, list) in generated.ranks.iter().enumerate() {
        let standing = generated.applicant_quality[applicant];
        let interview = |&program: &usize| {
            (
                program.to_string(),
                generated.program_quality[program],
                standing,
            )
        };
        description
            .applicant(&applicant.to_string(), list.iter().map(interview))
            .expect("an applicant");
    }
    description
}
