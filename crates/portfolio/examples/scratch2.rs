#[path = "../benches/instances.rs"]
mod instances;
fn main() {
    let p = instances::scenarios(700, 1000, 60);
    let n: usize = (0..700)
        .map(|i| (0..1000).filter(|&s| p.admits[i].contains(s)).count())
        .sum();
    println!("density {}", n as f64 / 700000.);
    let a = portfolio::scenarios(&p).unwrap();
    println!(
        "{} ub {} n {} worthless {} ex {}",
        a.value,
        a.upper_bound,
        a.members.len(),
        a.members.iter().filter(|m| m.marginal == 0.).count(),
        a.exchanges.len()
    );
    let a = portfolio::scenarios_within(
        &p,
        portfolio::ScenarioEffort {
            nodes: 0,
            bound_steps: 100,
        },
    )
    .unwrap();
    println!("{} ub {}", a.value, a.upper_bound);
}
