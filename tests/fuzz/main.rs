//! Random valid services, packaged by the peer (npm's `serverless`) and by us, and held against each other.
//!
//! `PILOTHOUSE_FUZZ_COUNT` says how many (100 when it does not), `PILOTHOUSE_FUZZ_SEED` which. What differs is told
//! with its seed and number; `PILOTHOUSE_FUZZ_KEEP` names a folder to leave it in.

mod beside;
mod examples;
mod generate;
mod grammar;
mod keys;
mod package;
mod random;
mod sprinkle;
mod traps;
mod variables;

use grammar::Grammar;
use package::{Answer, Service};
use random::Random;

fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn numbered(seed: u64, count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("seed {seed}, number {number}"))
        .collect()
}

#[test]
fn random_services_become_what_the_peer_makes_of_them() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 100) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let place = tempfile::tempdir().expect("a temporary folder");
    let services: Vec<Service> = (0..count)
        .map(|number| Service::write(place.path(), number, &generate::service(seed, number)))
        .collect();
    let outcome = beside::hold(&services, &numbered(seed, count));
    outcome.print(&format!("random services, seed {seed}"));
    keys::report(&services);
    outcome.assert_all_the_same();
}

#[test]
fn what_the_peers_schema_lets_be_written_becomes_what_the_peer_makes_of_it() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 60) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let grammar = Grammar::of_peer();
    let place = tempfile::tempdir().expect("a temporary folder");
    let services: Vec<Service> = (0..count)
        .map(|number| {
            let service = sprinkle::service(&grammar, seed, number);
            Service::write(place.path(), number, &service)
        })
        .collect();
    let outcome = beside::hold(&services, &numbered(seed, count));
    outcome.print(&format!("services of the peer's schema, seed {seed}"));
    keys::report(&services);
    outcome.assert_all_the_same();
}

#[test]
fn what_the_peer_calls_wrong_is_called_wrong() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 60) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let grammar = Grammar::of_peer();
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut titles = numbered(seed, count);
    let services: Vec<Service> = (0..count)
        .map(|number| {
            let mut service = match number % 2 {
                0 => generate::service(seed, number),
                _ => sprinkle::service(&grammar, seed, number),
            };
            let random = &mut Random::of(seed.wrapping_mul(31).wrapping_add(number as u64));
            let spoiled = sprinkle::spoil(random, &mut service);
            titles[number].push_str(&format!(", {spoiled}"));
            Service::write(place.path(), number, &service)
        })
        .collect();
    let outcome = beside::hold(&services, &titles);
    outcome.print(&format!("spoiled services, seed {seed}"));
    outcome.assert_all_the_same();
}

#[test]
fn many_services_in_one_process_are_what_the_peers_command_makes_of_each() {
    let place = tempfile::tempdir().expect("a temporary folder");
    // The last ones stand for what earlier ones could have left behind.
    let services: Vec<Service> = (0..8)
        .map(|number| Service::write(place.path(), number, &generate::service(11, number)))
        .collect();
    let one_process = package::by_peer(&services);
    let mut compared = 0;
    for (service, answer) in services.iter().zip(&one_process).skip(5) {
        if *answer != Answer::Made {
            continue;
        }
        let template = service.of_peer("update");
        let before = std::fs::read(&template).expect("a template");
        std::fs::remove_dir_all(service.folder.join(".serverless")).expect("its folder");
        package::by_peers_command(service);
        let after = service.folder.join("after.json");
        std::fs::copy(&template, &after).expect("a copy");
        std::fs::write(&template, before).expect("written");
        let pairs = [("one".to_owned(), template, after)];
        assert_eq!(package::judge(&pairs), [Vec::<String>::new()]);
        compared += 1;
    }
    assert!(compared > 0, "none was accepted");
}
