//! The evaluator held against another one: npm's `@cloud-copilot/iam-simulate`, in a process of its own.
//!
//! `PILOTHOUSE_FUZZ_COUNT` says how many requests (2,000 when it does not), `PILOTHOUSE_FUZZ_SEED` which. What differs
//! is told with its number and everything that decides on it.

mod beside;
mod generate;
#[path = "../fuzz/random.rs"]
#[expect(dead_code, reason = "made for services, of which more is random")]
mod random;

fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn random_requests_are_answered_as_the_peer_answers_them() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 2_000) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 7);
    let trials: Vec<_> = (0..count)
        .map(|number| generate::trial(seed, number))
        .collect();
    let outcome = beside::hold(&trials);
    println!("random requests, seed {seed}: {outcome}");
    outcome.assert_the_same();
}
