//! Why Python packages could not be had.

use std::fmt;

use pilothouse_effects::{FolderProblem, PrivateProblem, ProcessProblem, ProjectProblem};
use pilothouse_model::Code;
use thiserror::Error;

/// A line of a file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file.
    pub file: String,
    /// Its number, from 1.
    pub number: usize,
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.file, self.number)
    }
}

impl Line {
    pub(crate) fn refused(&self, why: &str, hint: &str) -> PythonProblem {
        PythonProblem::Refused {
            line: self.clone(),
            why: why.to_owned(),
            hint: hint.to_owned(),
        }
    }
}

/// Why Python packages could not be had. Nothing half-fetched is left behind.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PythonProblem {
    /// A line that cannot be used.
    #[error("{line}: {why}")]
    Refused {
        /// Where it stands.
        line: Line,
        /// What is wrong with it.
        why: String,
        /// What to do.
        hint: String,
    },
    /// A file that is named does not exist.
    #[error("{0} does not exist")]
    NoFile(String),
    /// A lock that is missing beside the file that it belongs to.
    #[error("{beside} has no {lock} beside it")]
    NoLock {
        /// The file that is there.
        beside: String,
        /// The lock.
        lock: String,
        /// The command that makes one.
        command: &'static str,
    },
    /// A lock that cannot be used.
    #[error("{file} cannot be used: {why}")]
    Lock {
        /// The lock.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Neither uv nor pip is there.
    #[error("fetching Python packages needs uv or pip, and neither is on this computer")]
    NoTool,
    /// Packages that only exist as source code.
    #[error("{} must be built, which runs code of {}", list(.packages), if .packages.len() == 1 { "that package" } else { "those packages" })]
    Consent {
        /// As they are written.
        packages: Vec<String>,
        /// What consent is given to.
        hash: String,
    },
    /// A package without a wheel.
    #[error("{package} has no wheel for {target}, or the index does not have it")]
    NoWheel {
        /// The package as it is asked for.
        package: String,
        /// The runtime.
        target: String,
        /// What consent to building it is given to.
        hash: String,
    },
    /// A package that is built for the computer it is built on.
    #[error("{package} was built for this computer, and Lambda is another one")]
    BuiltForHere {
        /// The wheel.
        package: String,
    },
    /// Building failed.
    #[error("{package} cannot be built")]
    Build {
        /// As it is written.
        package: String,
        /// The tool's last words.
        told: String,
    },
    /// Packages want versions of each other that do not exist together.
    #[error("the packages want versions that do not fit together")]
    Conflict {
        /// The tool's words.
        told: String,
    },
    /// A file is not the one that was locked.
    #[error("a package is not the file whose digest was written down")]
    Digest {
        /// The tool's words.
        told: String,
    },
    /// No network.
    #[error("the package index does not answer")]
    Network {
        /// The tool's words.
        told: String,
    },
    /// No room.
    #[error("the disk is full")]
    DiskFull,
    /// Anything else.
    #[error("the packages could not be fetched")]
    Fetch {
        /// The tool's last words.
        told: String,
    },
    /// What was fetched is not what a runtime can load.
    #[error("{package} is for another platform than {target}")]
    Foreign {
        /// The package.
        package: String,
        /// The runtime.
        target: String,
    },
    /// A setting that names what is not there.
    #[error("{0}")]
    Setting(String),
    /// The project cannot be read.
    #[error(transparent)]
    Project(#[from] ProjectProblem),
    /// The folder of what was fetched cannot be used.
    #[error(transparent)]
    Cache(#[from] PrivateProblem),
    /// As above.
    #[error(transparent)]
    Folder(#[from] FolderProblem),
    /// A program cannot be run.
    #[error(transparent)]
    Process(#[from] ProcessProblem),
}

fn list(packages: &[String]) -> String {
    packages.join(", ")
}

impl PythonProblem {
    /// Its stable id.
    pub const fn code(&self) -> Code {
        match self {
            Self::Refused { .. } | Self::Setting(_) => Code::PythonRequirement,
            Self::NoFile(_) => Code::PackageMissing,
            Self::NoLock { .. } | Self::Lock { .. } => Code::PythonLock,
            Self::NoTool => Code::PythonTool,
            Self::Consent { .. } => Code::ConsentNeeded,
            Self::NoWheel { .. } | Self::BuiltForHere { .. } | Self::Foreign { .. } => {
                Code::PythonNoWheel
            }
            Self::Network { .. } => Code::PythonNetwork,
            Self::Build { .. }
            | Self::Conflict { .. }
            | Self::Digest { .. }
            | Self::Fetch { .. }
            | Self::DiskFull
            | Self::Process(_) => Code::PythonFetch,
            Self::Project(ProjectProblem::Outside(_)) => Code::PathOutside,
            Self::Project(_) => Code::PackageUnreadable,
            Self::Cache(_) | Self::Folder(_) => Code::DataFolder,
        }
    }

    /// The tool's own words.
    pub fn told(&self) -> Option<&str> {
        match self {
            Self::Build { told, .. }
            | Self::Conflict { told }
            | Self::Digest { told }
            | Self::Network { told }
            | Self::Fetch { told } => Some(told),
            _ => None,
        }
    }

    /// What to do about it, most useful first.
    pub fn hints(&self) -> Vec<String> {
        let allow = |hash: &str| {
            format!("Or allow it to be built, without credentials: --allow-code {hash}")
        };
        match self {
            Self::Refused { hint, .. } => vec![hint.clone()],
            Self::NoFile(_) => vec!["Write it, or correct the name".to_owned()],
            Self::NoLock { command, .. } => vec![format!("Make one: {command}")],
            Self::Lock { .. } => vec!["Make it anew with the tool that it belongs to".to_owned()],
            Self::NoTool => vec![
                "Install uv: https://docs.astral.sh/uv/getting-started/installation".to_owned(),
                "Or install Python with pip: https://www.python.org/downloads".to_owned(),
            ],
            Self::Consent { hash, .. } => vec![
                "Name a release that has a wheel, if there is one".to_owned(),
                allow(hash),
            ],
            Self::NoWheel { hash, .. } => vec![
                "Name another version, or another runtime, that it has a wheel for".to_owned(),
                allow(hash),
            ],
            Self::BuiltForHere { .. } | Self::Foreign { .. } => vec![
                "Put a wheel for Lambda into the project and name its path in the requirements"
                    .to_owned(),
            ],
            Self::Build { .. } => vec![
                "Put a wheel of it into the project and name its path in the requirements"
                    .to_owned(),
            ],
            Self::Conflict { .. } => vec!["Loosen one of the versions".to_owned()],
            Self::Digest { .. } => vec![
                "Lock again; if that does not help, the index hands out another file than it did"
                    .to_owned(),
            ],
            Self::Network { .. } => {
                vec!["Check the network and the address of the index, then run it again".to_owned()]
            }
            Self::DiskFull => vec!["Make room and run it again".to_owned()],
            Self::Fetch { .. }
            | Self::Setting(_)
            | Self::Project(_)
            | Self::Cache(_)
            | Self::Folder(_)
            | Self::Process(_) => Vec::new(),
        }
    }
}
