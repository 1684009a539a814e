//! Services packaged by the peer and by us, and what came of both held against each other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::package::{self, Answer, Service};

/// What the peer lets pass and we refuse, each for the reason beside it.
const STRICTER: &[(&str, &str)] = &[
    (
        "a CloudFormation function, not a mapping",
        "its schema of `Fn::Base64` asks for nothing, so that any mapping counts as a function; CloudFormation refuses it",
    ),
    (
        "a CloudFormation function or a list, not a mapping",
        "the same, of the `Resource` of a statement",
    ),
    (
        "must be one of 1.0, 2.0, not",
        "its provider takes any text for the payload, which API Gateway does not",
    ),
    (
        "`provider.apiGateway.restApiResources",
        "its mapping takes anything as the id of a resource",
    ),
    ("not `true`", "it reads `true` as the number 1"),
    (
        "must be `Fn::Split` or `Fn::FindInMap`, not a mapping",
        "it takes any mapping as the text to split",
    ),
    (
        "must be a mapping with a `ParameterKey`",
        "it takes a parameter of the stack without a name, which CloudFormation refuses",
    ),
    (
        "is refused: CloudFormation and Lambda, which fetch the objects, cannot be given the key",
        "it uploads what nobody can fetch then",
    ),
    (
        "not nothing",
        "it makes an empty text of an item of a list that was left empty, which AWS refuses",
    ),
    (
        "`provider.logs` has a key that does not exist",
        "its mapping is not closed; a misspelled key would be left out without a word",
    ),
    (
        "has a key that does not exist: `unheardOf`",
        "a few of its mappings are not closed; a misspelled key would be left out without a word",
    ),
    (
        "and none is named",
        "AWS refuses the manual mode of a runtime without its version",
    ),
];

/// Whether each thing we refuse is one of those.
fn is_stricter(why: &str) -> bool {
    why.split("; ")
        .all(|one| STRICTER.iter().any(|(text, _)| one.contains(text)))
}

/// What came of many services.
#[derive(Default)]
pub(crate) struct Outcome {
    equal: usize,
    refused: BTreeMap<String, usize>,
    broken: BTreeMap<String, usize>,
    stricter: usize,
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
            (Answer::Made, Answer::Refused(why)) if is_stricter(why) => {
                outcome.stricter += 1;
                continue;
            }
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
            "{title}: {} equal, {} refused by both, {} refused by us alone on purpose, {} that the peer breaks on, {} differ",
            self.equal,
            self.refused.values().sum::<usize>(),
            self.stricter,
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
