#[path = "../benches/instances.rs"]
mod instances;
fn main() {
    let args: Vec<u64> = std::env::args()
        .skip(1)
        .map(|a| a.parse().unwrap())
        .collect();
    for seed in [args[0]] {
        for budget in [args[1]] {
            let p = instances::season(seed, budget);
            let t = std::time::Instant::now();
            let a = portfolio::combined_within(
                &p,
                portfolio::Effort {
                    prices: false,
                    ..Default::default()
                },
            )
            .unwrap();
            println!(
                "{seed} {budget}: {} gap {} n {} {:?}",
                a.value,
                a.upper_bound - a.value,
                a.members.len(),
                t.elapsed()
            );
        }
    }
}
