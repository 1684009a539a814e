//! What can go wrong with parameters.

use std::io;

use pilothouse_effects::{CloudProblem, JournalProblem, ParameterKind};
use thiserror::Error;

use crate::Broken;

/// Why parameters could not be read or changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SecretProblem {
    /// AWS did not do it.
    #[error(transparent)]
    Cloud(#[from] CloudProblem),
    /// The journal cannot be written, so nothing was sent.
    #[error(transparent)]
    Journal(#[from] JournalProblem),
    /// The computer has no chance to give.
    #[error("this computer gives no random numbers")]
    Entropy(#[source] io::Error),
    /// AWS would not take it, so it was not sent.
    #[error("{name} cannot be stored like this")]
    Rules {
        /// The parameter.
        name: String,
        /// All that is wrong.
        broken: Vec<Broken>,
    },
    /// It was to be new.
    #[error("{name} exists already, with version {version}")]
    Exists {
        /// The parameter.
        name: String,
        /// Its newest version.
        version: u32,
    },
    /// There is none.
    #[error("there is no parameter {name}")]
    Missing {
        /// The parameter, with the version or label that was asked for.
        name: String,
    },
    /// Somebody changed it since it was looked at.
    #[error("{name} was changed since: it had version {seen}, and now has version {now}")]
    Moved {
        /// The parameter.
        name: String,
        /// The version that was seen.
        seen: u32,
        /// The newest one.
        now: u32,
    },
    /// Its type was to change.
    #[error("{name} is a {is}, and AWS does not make a {wanted} of it")]
    OtherKind {
        /// The parameter.
        name: String,
        /// What it is.
        is: &'static str,
        /// What was wanted.
        wanted: &'static str,
    },
    /// Its tier was to become smaller.
    #[error("{name} has the tier Advanced, and AWS does not make it Standard again")]
    SmallerTier {
        /// The parameter.
        name: String,
    },
    /// AWS took some labels and not others.
    #[error("AWS does not take the labels {}", labels.join(", "))]
    Labels {
        /// Those that it does not take.
        labels: Vec<String>,
    },
    /// Some were written, and then something went wrong.
    #[error("{} of {} parameters were written, then: {problem}", written.len(), written.len() + left.len())]
    Stopped {
        /// Names of those that were written.
        written: Vec<String>,
        /// Names of those that were not.
        left: Vec<String>,
        /// Why.
        #[source]
        problem: Box<SecretProblem>,
    },
    /// Somebody asked to stop.
    #[error("stopped, as you asked")]
    Cancelled,
}

impl SecretProblem {
    pub(crate) fn other_kind(name: &str, is: ParameterKind, wanted: ParameterKind) -> Self {
        Self::OtherKind {
            name: name.to_owned(),
            is: is.as_str(),
            wanted: wanted.as_str(),
        }
    }
}
