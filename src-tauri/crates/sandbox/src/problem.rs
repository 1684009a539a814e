//! Why the sandbox cannot be had.

use std::io;
use std::net::SocketAddr;

use pilothouse_effects::{PrivateProblem, ProcessProblem};
use thiserror::Error;

use crate::pins::PythonVersion;
use crate::record::Part;

/// Why the sandbox cannot be had.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SandboxProblem {
    /// There is no Python.
    #[error("the sandbox needs Python {least} or newer, and there is none")]
    NoPython {
        /// The oldest that would do.
        least: PythonVersion,
    },
    /// The newest Python is too old.
    #[error("the sandbox needs Python {least} or newer, and this is {found}")]
    PythonTooOld {
        /// The newest there is.
        found: PythonVersion,
        /// The oldest that would do.
        least: PythonVersion,
    },
    /// Python cannot make environments.
    #[error("Python {found} cannot make virtual environments: its `venv` module is not installed")]
    NoVenv {
        /// The version.
        found: PythonVersion,
    },
    /// The packages could not be fetched.
    #[error("the sandbox could not be installed: the package index does not answer")]
    NoNetwork {
        /// pip's own last words.
        told: String,
    },
    /// The disk is full.
    #[error("the sandbox could not be installed: the disk is full")]
    DiskFull,
    /// A package does not exist for this computer.
    #[error("the sandbox could not be installed: there is no `{package}` for this computer")]
    NoPackage {
        /// The package and its version.
        package: String,
    },
    /// The installation failed otherwise.
    #[error("the sandbox could not be installed")]
    InstallFailed {
        /// The last words of what failed.
        told: String,
    },
    /// A part ended as soon as it was started, again and again.
    #[error("the sandbox's {part} does not stay up")]
    Crashes {
        /// Which.
        part: Part,
        /// The last words of its log.
        told: String,
    },
    /// The parts run and do not answer.
    #[error("the sandbox did not answer within {seconds} s")]
    Silent {
        /// How long was waited.
        seconds: u64,
        /// The last words of its log.
        told: String,
    },
    /// The server ended while it was starting.
    #[error("the sandbox's server ended while it was starting")]
    ServerEnded {
        /// The last words of its log.
        told: String,
    },
    /// A part can be reached from other computers.
    #[error(
        "the sandbox's {part} listened on {address}, which other computers can reach, so it was stopped"
    )]
    Exposed {
        /// Which.
        part: Part,
        /// The address.
        address: SocketAddr,
    },
    /// PostgreSQL does not run with an administrator's rights.
    #[error(
        "PostgreSQL does not run as root, and this system has no `unshare` to take the rights away"
    )]
    RootDatabase,
    /// Another server runs.
    #[error("another server of the sandbox runs already")]
    AlreadyServing,
    /// There is no server although one was to be stopped or read from.
    #[error("the sandbox does not stop")]
    DoesNotStop,
    /// A program could not be started.
    #[error(transparent)]
    Program(#[from] ProcessProblem),
    /// A file of ours cannot be used.
    #[error(transparent)]
    Folder(PrivateProblem),
    /// The system has no port or no randomness to give.
    #[error("the system has no {what} to give")]
    System {
        /// What was asked for.
        what: &'static str,
        /// The system's own words.
        #[source]
        source: io::Error,
    },
}

impl From<PrivateProblem> for SandboxProblem {
    fn from(problem: PrivateProblem) -> Self {
        match problem.source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Folder(problem),
        }
    }
}
