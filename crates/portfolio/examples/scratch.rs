#[path = "../benches/instances.rs"]
mod instances;
fn main() {
    for seed in 0..4 {
        for budget in [600, 1200, 2000, 3000] {
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
