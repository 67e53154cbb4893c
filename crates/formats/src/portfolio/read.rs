//! From JSON to a portfolio problem.

use std::collections::BTreeMap;
use std::io::BufRead;

use ::portfolio::{
    Admits, Combined, FeeTable, FeeTier, Pool, Problem, Program, Scenarios, SignalProgram, Signals,
    Specialty, TieredFee, Utility, VariedCost,
};

use crate::document::{DocumentError, Field, Json};

/// A problem as a file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProblemFile {
    /// The problem.
    pub problem: Problem,
    /// The names of the specialties, in the problem's order; empty where the
    /// kind has none.
    pub specialties: Vec<String>,
    /// The names of the signal pools, in the problem's order.
    pub pools: Vec<String>,
}

type Read<T> = Result<T, DocumentError>;

/// Returns the problem in a JSON document, plain or gzip; the module describes its keys.
///
/// `NaN` and `Infinity`, which some programs write although JSON has no such
/// numbers, are read as values, so that their refusal names the entry.
///
/// # Errors
/// See [`DocumentError`]: in particular a chance outside 0 to 1, a number
/// that is none, a negative cost, and an empty list, each with its place.
pub fn read_problem(input: &mut dyn BufRead) -> Result<ProblemFile, DocumentError> {
    let document = Json::read(input)?;
    let document = Field::document(&document);
    let kind = document.need("kind", KINDS)?;
    let outside = outside(&document)?;
    let programs = document.need("programs", "a list of programs")?.list()?;
    let plain = |problem| ProblemFile {
        problem,
        specialties: Vec::new(),
        pools: Vec::new(),
    };
    match kind.text()? {
        "same_cost" => {
            let programs = plain_programs(&programs)?;
            Ok(plain(Problem::SameCost { outside, programs }))
        }
        "common_score" => {
            let programs = plain_programs(&programs)?;
            Ok(plain(Problem::CommonScore { outside, programs }))
        }
        "varied_cost" => varied_cost(&document, outside, &programs).map(plain),
        "tiered_fee" => tiered_fee(&document, outside, &programs),
        "signals" => signals(&document, outside, &programs).map(plain),
        "scenarios" => scenarios(&document, outside, &programs).map(plain),
        "combined" => combined(&document, outside, &programs),
        _ => kind.refuse(KINDS),
    }
}

const KINDS: &str = "\"same_cost\", \"varied_cost\", \"tiered_fee\", \"signals\", \
                     \"common_score\", \"scenarios\" or \"combined\"";

fn outside(document: &Field) -> Read<Utility> {
    match document.get("outside")? {
        Some(outside) => outside.utility(),
        None => Ok(Utility::ZERO),
    }
}

fn plain_program(entry: &Field) -> Read<Program> {
    Ok(Program {
        probability: entry.need("f", "a number from 0 to 1")?.probability()?,
        utility: entry.need("t", "a number")?.utility()?,
    })
}

fn plain_programs(entries: &[Field]) -> Read<Vec<Program>> {
    entries.iter().map(plain_program).collect()
}

fn signal_program(entry: &Field) -> Read<SignalProgram> {
    let chance = |key: &str| entry.get(key)?.map(|field| field.probability()).transpose();
    Ok(SignalProgram {
        program: plain_program(entry)?,
        silver: chance("f_silver")?,
        gold: chance("f_gold")?,
    })
}

fn budget(document: &Field) -> Read<u64> {
    document
        .need("budget", "a number from 0 on")?
        .dollars_rounded_down()
}

fn count(document: &Field, key: &str) -> Read<Option<usize>> {
    document.get(key)?.map(|field| field.count()).transpose()
}

fn varied_cost(document: &Field, outside: Utility, entries: &[Field]) -> Read<Problem> {
    let cost = |entry: &Field| entry.need("cost", "a whole number from 0 on")?.whole();
    Ok(Problem::VariedCost(VariedCost {
        outside,
        programs: plain_programs(entries)?,
        costs: entries.iter().map(cost).collect::<Read<_>>()?,
        budget: budget(document)?,
    }))
}

fn fee_table(field: &Field) -> Read<FeeTable> {
    const TIER: &str = "a pair [last application or null, price]";
    let tier = |entry: &Field| {
        let [up_to, price] =
            <[Field; 2]>::try_from(entry.list()?).or_else(|_| entry.refuse::<[Field; 2]>(TIER))?;
        let up_to = if up_to.is_null() {
            None
        } else {
            Some(u32::try_from(up_to.whole()?).unwrap_or(u32::MAX))
        };
        Ok(FeeTier {
            up_to,
            price: price.whole()?,
        })
    };
    let tiers = field.list()?.iter().map(tier).collect::<Read<_>>()?;
    FeeTable::new(tiers).or_else(|invalid| field.refuse(&format!("tiers in order ({invalid})")))
}

fn tiered_fee(document: &Field, outside: Utility, entries: &[Field]) -> Read<ProblemFile> {
    let fees = fee_table(&document.need("fee_tiers_per_specialty", "a list of fee tiers")?)?;
    let mut names: Vec<String> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut specialties = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = entry
            .get("specialty")?
            .map_or(Ok(String::new()), |field| field.name())?;
        let place = *places.entry(name.clone()).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        });
        specialties.push(place);
    }
    let problem = Problem::TieredFee(TieredFee {
        outside,
        programs: plain_programs(entries)?,
        specialties,
        fees: vec![fees; names.len()],
        budget: budget(document)?,
        applications: count(document, "applications")?,
    });
    Ok(ProblemFile {
        problem,
        specialties: names,
        pools: Vec::new(),
    })
}

fn signals(document: &Field, outside: Utility, entries: &[Field]) -> Read<Problem> {
    Ok(Problem::Signals(Signals {
        outside,
        programs: entries.iter().map(signal_program).collect::<Read<_>>()?,
        applications: count(document, "applications")?.unwrap_or(entries.len()),
        gold: count(document, "gold")?.unwrap_or(0),
        silver: count(document, "silver")?.unwrap_or(0),
    }))
}

fn scenarios(document: &Field, outside: Utility, entries: &[Field]) -> Read<Problem> {
    let mut utilities = Vec::with_capacity(entries.len());
    let mut admits: Vec<Admits> = Vec::with_capacity(entries.len());
    for entry in entries {
        // The chance is not needed, but a wrong one is refused all the same.
        entry
            .get("f")?
            .map(|field| field.probability())
            .transpose()?;
        utilities.push(entry.need("t", "a number")?.utility()?);
        let field = entry.need("admit", "a text of 0 and 1, one a scenario")?;
        let text = field.text()?;
        if text.is_empty() || text.bytes().any(|byte| byte != b'0' && byte != b'1') {
            return field.refuse("a text of 0 and 1, one a scenario");
        }
        if let Some(first) = admits
            .first()
            .filter(|first| first.n_scenarios() != text.len())
        {
            return field.refuse(&format!("{} scenarios, as before", first.n_scenarios()));
        }
        admits.push(Admits::new(text.bytes().map(|byte| byte == b'1')));
    }
    let n_scenarios = admits.first().map_or(0, Admits::n_scenarios);
    let weights = match document.get("weights")? {
        None => vec![1.0; n_scenarios],
        Some(field) => weights(&field, n_scenarios)?,
    };
    let choose = document
        .need("choose", "a whole number from 0 on")?
        .count()?;
    Ok(Problem::Scenarios(Scenarios {
        outside,
        utilities,
        admits,
        weights,
        choose,
    }))
}

fn weights(field: &Field, n_scenarios: usize) -> Read<Vec<f64>> {
    let entries = field.list()?;
    if entries.len() != n_scenarios {
        return field.refuse(&format!("{n_scenarios} weights, one a scenario"));
    }
    let weight = |entry: &Field| {
        let weight = entry.number()?;
        if (0.0..=Utility::LARGEST).contains(&weight) {
            Ok(weight)
        } else {
            entry.refuse("a number from 0 to 1e100")
        }
    };
    let weights: Vec<f64> = entries.iter().map(weight).collect::<Read<_>>()?;
    if weights.iter().all(|&weight| weight == 0.0) {
        return field.refuse("at least one weight above 0");
    }
    Ok(weights)
}

fn combined(document: &Field, outside: Utility, entries: &[Field]) -> Read<ProblemFile> {
    let mut pool_names = Vec::new();
    let mut pools = Vec::new();
    if let Some(described) = document.get("pools")? {
        for (name, pool) in described.entries()? {
            pool_names.push(name.to_owned());
            let gold = count(&pool, "gold")?.unwrap_or(0);
            let silver = count(&pool, "silver")?.unwrap_or(0);
            pools.push(Pool { gold, silver });
        }
    }
    let has_budget = document.get("budget")?.is_some();
    let shared_fees = document
        .get("fee_tiers_per_specialty")?
        .map(|field| fee_table(&field))
        .transpose()?;
    let mut names = Vec::new();
    let mut specialties = Vec::new();
    let described = document.need("specialties", "an object of specialties by name")?;
    for (name, specialty) in described.entries()? {
        let fees = match (specialty.get("fee_tiers")?, &shared_fees) {
            (Some(field), _) => fee_table(&field)?,
            (None, Some(shared)) => shared.clone(),
            (None, None) if has_budget => {
                return specialty.refuse("fee_tiers, since there is a budget");
            }
            (None, None) => FeeTable::flat(0),
        };
        let pool = specialty
            .get("pool")?
            .map(|field| place_of(&field, &pool_names))
            .transpose()?;
        names.push(name.to_owned());
        specialties.push(Specialty { fees, pool });
    }
    let specialty_of = entries
        .iter()
        .map(|entry| place_of(&entry.need("specialty", "the name of a specialty")?, &names))
        .collect::<Read<_>>()?;
    let problem = Problem::Combined(Combined {
        outside,
        programs: entries.iter().map(signal_program).collect::<Read<_>>()?,
        specialty_of,
        specialties,
        pools,
        budget: if has_budget {
            Some(budget(document)?)
        } else {
            None
        },
        applications: count(document, "applications")?,
    });
    Ok(ProblemFile {
        problem,
        specialties: names,
        pools: pool_names,
    })
}

fn place_of(field: &Field, names: &[String]) -> Read<usize> {
    let name = field.name()?;
    match names.iter().position(|known| *known == name) {
        Some(place) => Ok(place),
        None => field.refuse(&format!("one of {names:?}")),
    }
}
