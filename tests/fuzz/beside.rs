//! Services packaged by the peer and by us, and what came of both held against each other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::package::{self, Answer, Service};

/// What came of many services.
#[derive(Default)]
pub(crate) struct Outcome {
    equal: usize,
    refused: BTreeMap<String, usize>,
    broken: BTreeMap<String, usize>,
    /// One text per service that is not what the peer makes of it.
    pub(crate) wrong: Vec<String>,
}

/// Packages all of them twice, at the same time. `titles` say what each is.
pub(crate) fn hold(services: &[Service], titles: &[String]) -> Outcome {
    let (peer, ours) = std::thread::scope(|scope| {
        let peer = scope.spawn(|| package::by_peer(services));
        let ours = package::by_us(services);
        (peer.join().expect("the peer ends"), ours)
    });
    let differences = package::compare(services, &peer, &ours);
    let mut outcome = Outcome::default();
    for (at, service) in services.iter().enumerate() {
        let told = match (&peer[at], &ours[at]) {
            (Answer::Made, Answer::Made) if differences[at].is_empty() => {
                outcome.equal += 1;
                continue;
            }
            (Answer::Made, Answer::Made) => differences[at].join("\n    "),
            (Answer::Made, Answer::Refused(why)) => format!("we refuse it: {why}"),
            // An error that the peer does not word is a fault of its own.
            (Answer::Refused(why), _) if package::is_fault(why) => {
                let first = package::first_line(why).to_owned();
                *outcome.broken.entry(first).or_default() += 1;
                keep(service);
                continue;
            }
            (Answer::Refused(why), Answer::Made) => format!("the peer refuses it: {why}"),
            (Answer::Refused(why), Answer::Refused(_)) => {
                let first = package::first_line(why).to_owned();
                *outcome.refused.entry(first).or_default() += 1;
                continue;
            }
        };
        keep(service);
        outcome.wrong.push(format!("{}:\n    {told}", titles[at]));
    }
    outcome
}

impl Outcome {
    pub(crate) fn print(&self, title: &str) {
        println!(
            "{title}: {} equal, {} refused by both, {} that the peer breaks on, {} differ",
            self.equal,
            self.refused.values().sum::<usize>(),
            self.broken.values().sum::<usize>(),
            self.wrong.len()
        );
        for (why, count) in &self.broken {
            println!("  the peer breaks, {count} times: {why}");
        }
        if std::env::var_os("PILOTHOUSE_FUZZ_KEYS").is_some() {
            for (why, count) in &self.refused {
                println!("  refused by both, {count} times: {why}");
            }
        }
    }

    pub(crate) fn assert_all_the_same(&self) {
        assert!(
            self.wrong.is_empty(),
            "{} differ:\n{}",
            self.wrong.len(),
            self.wrong.join("\n")
        );
    }
}

/// Leaves a service in the folder that the caller named.
fn keep(service: &Service) {
    keep_folder(&service.folder);
}

pub(crate) fn keep_folder(from: &Path) {
    if let Some(folder) = std::env::var_os("PILOTHOUSE_FUZZ_KEEP") {
        let name = from.file_name().expect("a name");
        let to = Path::new(&folder).join(name);
        pilothouse_tests::copy_folder(from, &to).expect("a copy");
    }
}
