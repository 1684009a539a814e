//! Random valid services, packaged by the peer (npm's `serverless`) and by us, and held against each other.
//!
//! `PILOTHOUSE_FUZZ_COUNT` says how many (100 when it does not), `PILOTHOUSE_FUZZ_SEED` which. What differs is told
//! with its seed and number; `PILOTHOUSE_FUZZ_KEEP` names a folder to leave it in.

mod generate;
mod keys;
mod package;
mod random;
mod traps;
mod variables;

use std::collections::BTreeMap;
use std::path::Path;

use package::{Answer, Service};

fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn random_services_become_what_the_peer_makes_of_them() {
    let count = number("PILOTHOUSE_FUZZ_COUNT", 100) as usize;
    let seed = number("PILOTHOUSE_FUZZ_SEED", 5);
    let place = tempfile::tempdir().expect("a temporary folder");
    let services: Vec<Service> = (0..count)
        .map(|number| Service::write(place.path(), number, &generate::service(seed, number)))
        .collect();
    let (peer, ours) = std::thread::scope(|scope| {
        let peer = scope.spawn(|| package::by_peer(&services));
        let ours = package::by_us(&services);
        (peer.join().expect("the peer ends"), ours)
    });
    let differences = package::compare(&services, &peer, &ours);

    let mut wrong = Vec::new();
    let mut equal = 0;
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut broken: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, service) in services.iter().enumerate() {
        let told = match (&peer[at], &ours[at]) {
            (Answer::Made, Answer::Made) if differences[at].is_empty() => {
                equal += 1;
                continue;
            }
            (Answer::Made, Answer::Made) => differences[at].join("\n    "),
            (Answer::Made, Answer::Refused(why)) => format!("we refuse it: {why}"),
            // An error that the peer does not word is a fault of its own.
            (Answer::Refused(why), _) if package::is_fault(why) => {
                *broken.entry(package::first_line(why)).or_default() += 1;
                keep(service);
                continue;
            }
            (Answer::Refused(why), Answer::Made) => format!("the peer refuses it: {why}"),
            (Answer::Refused(why), Answer::Refused(_)) => {
                *refused.entry(why).or_default() += 1;
                continue;
            }
        };
        keep(service);
        wrong.push(format!("seed {seed}, number {at}:\n    {told}"));
    }
    let both: usize = refused.values().sum();
    let faults: usize = broken.values().sum();
    println!(
        "fuzz: seed {seed}: {equal} equal, {both} refused by both, {faults} that the peer breaks on, {} differ",
        wrong.len()
    );
    for (why, count) in broken {
        println!("  the peer breaks, {count} times: {why}");
    }
    for (why, count) in refused {
        println!(
            "  refused by both, {count} times: {}",
            package::first_line(why)
        );
    }
    keys::report(&services);
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Leaves a service in the folder that the caller named.
fn keep(service: &Service) {
    keep_folder(&service.folder);
}

fn keep_folder(from: &Path) {
    if let Some(folder) = std::env::var_os("PILOTHOUSE_FUZZ_KEEP") {
        let name = from.file_name().expect("a name");
        let to = Path::new(&folder).join(name);
        pilothouse_tests::copy_folder(from, &to).expect("a copy");
    }
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
