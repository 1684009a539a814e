//! Why uv or pip failed, read from their words: they have no other way to tell.

use super::problem::PythonProblem;
use super::requirement::{Requirement, normal_name};
use super::target::PythonTarget;

/// The most lines that are kept to explain a failure.
const MOST_LINES: usize = 12;

const DISK: &[&str] = &[
    "No space left on device",
    "[Errno 28]",
    "os error 28",
    "Disk quota exceeded",
];
const NETWORK: &[&str] = &[
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "Connection refused",
    "Connection reset",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "ProxyError",
    "SSLError",
    "CERTIFICATE_VERIFY_FAILED",
    "Could not fetch URL",
    "error sending request",
    "client error (Connect)",
    "dns error",
    "Failed to fetch",
    "operation timed out",
    "network was disabled",
];

/// Why it failed. The disk comes before the network and the network before a missing package, for each also
/// makes the message of the next.
pub(crate) fn why(lines: &[String], target: &PythonTarget) -> PythonProblem {
    let says = |words: &[&str]| {
        lines
            .iter()
            .any(|line| words.iter().any(|word| line.contains(word)))
    };
    let told = last_lines(lines);
    if says(DISK) {
        return PythonProblem::DiskFull;
    }
    if says(NETWORK) {
        return PythonProblem::Network { told };
    }
    if says(&["DO NOT MATCH THE HASHES", "Hash mismatch", "hash mismatch"]) {
        return PythonProblem::Digest { told };
    }
    if let Some(package) = without_wheel(lines) {
        let hash = consent_hash(std::slice::from_ref(&package));
        return PythonProblem::NoWheel {
            package,
            target: target.to_string(),
            hash,
        };
    }
    if says(&[
        "ResolutionImpossible",
        "No solution found",
        "conflicting dependencies",
    ]) {
        return PythonProblem::Conflict { told };
    }
    PythonProblem::Fetch { told }
}

/// The package that there is no wheel of.
fn without_wheel(lines: &[String]) -> Option<String> {
    let of_pip = lines.iter().find_map(|line| {
        let (_, rest) = line.split_once("No matching distribution found for ")?;
        Some(
            rest.split(" (from")
                .next()
                .unwrap_or(rest)
                .trim()
                .to_owned(),
        )
    });
    if of_pip.is_some() {
        return of_pip;
    }
    // uv breaks its sentences where it likes.
    let text = lines
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    let before = |words: &str| {
        let (before, _) = text.split_once(words)?;
        before.split_whitespace().next_back().map(str::to_owned)
    };
    let after = |words: &str| {
        let (_, after) = text.split_once(words)?;
        let word = after.split_whitespace().next()?;
        Some(word.trim_matches(['`', ',', '.']).to_owned())
    };
    before(" has no usable wheels")
        .or_else(|| before(" have no usable wheels"))
        .or_else(|| before(" was not found in the"))
        .or_else(|| after("there is no version of "))
        .or_else(|| after("there are no versions of "))
        .or_else(|| after("Wheels are required for "))
}

/// What consent to building these packages is given to.
pub(crate) fn consent_hash(packages: &[String]) -> String {
    let mut names: Vec<String> = packages
        .iter()
        .map(|package| match Requirement::parse(package) {
            // However it is spelled, it is the same package.
            Some(read) if read.place.is_none() => normal_name(&read.name) + &read.versions,
            _ => package.clone(),
        })
        .collect();
    names.sort_unstable();
    let text = format!("build python packages\n{}\n", names.join("\n"));
    pilothouse_model::Digest::of(text.as_bytes()).to_string()
}

pub(crate) fn last_lines(lines: &[String]) -> String {
    let from = lines.len().saturating_sub(MOST_LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::target::Architecture;
    use super::*;

    fn failed(text: &str) -> PythonProblem {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        why(&lines, &PythonTarget::new(12, Architecture::X86))
    }

    // The texts are those of pip 23.2 and uv 0.13, from runs with the cause that each test names.
    #[test]
    fn a_package_without_a_wheel_is_named() {
        for text in [
            "ERROR: Could not find a version that satisfies the requirement docopt==0.6.2 (from versions: none)\n\
             ERROR: No matching distribution found for docopt==0.6.2",
            "error: No solution found when resolving dependencies\n  \
             cause: Because docopt==0.6.2 has no usable wheels and you require docopt==0.6.2, we can conclude that your\n\
             requirements are unsatisfiable.",
        ] {
            let problem = failed(text);
            assert_eq!(
                problem.to_string(),
                "docopt==0.6.2 has no wheel for Python 3.12 on x86_64, or the index does not have it"
            );
        }
        let missing = failed(
            "  cause: Because nosuch was not found in the package registry and you require nosuch==1, we",
        );
        assert!(
            missing.to_string().starts_with("nosuch has no wheel"),
            "{missing}"
        );
        let version = failed(
            "  cause: Because there is no version of flask==99 and you require flask==99, we can",
        );
        assert!(
            version.to_string().starts_with("flask==99 has no wheel"),
            "{version}"
        );
    }

    #[test]
    fn the_network_the_disk_digests_and_conflicts_are_told_apart() {
        let refused = failed(
            "  cause: error sending request for url (https://pypi.org/simple/flask/)\n  cause: client error (Connect)",
        );
        assert!(matches!(refused, PythonProblem::Network { .. }));
        assert!(matches!(
            failed("OSError: [Errno 28] No space left on device"),
            PythonProblem::DiskFull
        ));
        let digest =
            failed("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.");
        assert!(matches!(digest, PythonProblem::Digest { .. }));
        assert!(matches!(
            failed("ERROR: ResolutionImpossible: for help visit"),
            PythonProblem::Conflict { .. }
        ));
        assert!(matches!(failed("what"), PythonProblem::Fetch { .. }));
    }

    #[test]
    fn consent_is_to_the_packages_whatever_their_spelling_and_order() {
        let hash = |list: &[&str]| {
            consent_hash(&list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(hash(&["A_b == 1", "c"]), hash(&["c", "a-b==1"]));
        assert_ne!(hash(&["a==1"]), hash(&["a==2"]));
        assert_eq!(hash(&["a"]).len(), 64);
    }
}
