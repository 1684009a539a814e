//! The cloud that a use case acts on: which one, and what it may say no with.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    ChangeSets, Effect, Functions, Identity, Logs, Objects, ParameterChanges, Parameters, Requests,
    Stacks, Stages, SyncedFiles, Values, Versions,
};

/// Which cloud, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The local AWS of this computer.
    Sandbox {
        /// Where it answers, such as `http://127.0.0.1:4566`.
        endpoint: String,
        /// The Region it plays.
        region: String,
    },
    /// An AWS account.
    Account {
        /// The profile; the default one when absent.
        profile: Option<String>,
        /// The Region.
        region: String,
    },
}

impl Target {
    /// The Region acted in.
    pub fn region(&self) -> &str {
        match self {
            Self::Sandbox { region, .. } | Self::Account { region, .. } => region,
        }
    }
}

/// Connects to clouds. Nothing is sent until one of the answers is asked something.
pub trait Clouds: Send + Sync + std::fmt::Debug {
    /// The services of a target.
    fn connect(&self, target: &Target) -> Effect<'_, Cloud>;
}

/// The services of one target.
#[derive(Debug, Clone)]
pub struct Cloud {
    /// Which target.
    pub target: Target,
    /// Who we are there.
    pub identity: Arc<dyn Identity>,
    /// Its stacks.
    pub stacks: Arc<dyn Stacks>,
    /// Changes of stacks.
    pub change_sets: Arc<dyn ChangeSets>,
    /// Its buckets.
    pub objects: Arc<dyn Objects>,
    /// Files that its buckets serve.
    pub files: Arc<dyn SyncedFiles>,
    /// Its functions.
    pub functions: Arc<dyn Functions>,
    /// Its logs.
    pub logs: Arc<dyn Logs>,
    /// Stages of its REST APIs.
    pub stages: Arc<dyn Stages>,
    /// Versions of its functions and layers.
    pub versions: Arc<dyn Versions>,
    /// Values that configurations ask for.
    pub values: Arc<dyn Values>,
    /// Its Parameter Store.
    pub parameters: Arc<dyn Parameters>,
    /// Changes of its Parameter Store.
    pub parameter_changes: Arc<dyn ParameterChanges>,
    /// The endpoints of what is deployed.
    pub requests: Arc<dyn Requests>,
}

/// Why a service did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CloudProblem {
    /// No answer came: whether the call took effect is unknown.
    #[error("no answer came to {call}")]
    NoAnswer {
        /// The call.
        call: &'static str,
        /// The network's own words.
        reason: String,
    },
    /// There are no credentials, or they are not accepted any more.
    #[error("the credentials are missing or not accepted")]
    Credentials {
        /// The service's own words.
        reason: String,
    },
    /// The principal may not do this.
    #[error("{call} is not allowed")]
    Denied {
        /// The call.
        call: &'static str,
        /// The service's own words, which name the missing permission.
        reason: String,
    },
    /// Too many calls; retries did not help.
    #[error("AWS asks to slow down at {call}")]
    Throttled {
        /// The call.
        call: &'static str,
    },
    /// What was named does not exist.
    #[error("what {call} names does not exist")]
    NotFound {
        /// The call.
        call: &'static str,
        /// The service's own words.
        reason: String,
    },
    /// The service refuses.
    #[error("{call} was refused: {reason}")]
    Refused {
        /// The call.
        call: &'static str,
        /// The service's name of the problem.
        name: String,
        /// The service's own words.
        reason: String,
    },
}
