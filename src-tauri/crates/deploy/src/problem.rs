//! What can go wrong on the road.

use pilothouse_effects::{CloudProblem, JournalProblem};
use thiserror::Error;

use crate::{Failure, Moved, Stopped, Taken};

/// Why a plan could not be made, or was not carried out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DeployProblem {
    /// The cloud did not do what it was asked.
    #[error(transparent)]
    Cloud(#[from] CloudProblem),
    /// Without the journal nothing is changed.
    #[error(transparent)]
    Journal(#[from] JournalProblem),
    /// The system gives no randomness for tokens.
    #[error("this computer gives no random numbers")]
    Entropy(#[source] std::io::Error),
    /// A stack of that name exists that holds no deployment bucket.
    #[error("the stack {stack} was not made by a deploy of this service")]
    ForeignStack {
        /// Its name.
        stack: String,
    },
    /// The stack is in a state that only a person can get it out of.
    #[error("the stack {stack} is stuck in {status}")]
    Stuck {
        /// Its name.
        stack: String,
        /// Its state.
        status: String,
        /// Why, in the service's own words.
        reason: Option<String>,
    },
    /// CloudFormation cannot make the change set.
    #[error("CloudFormation cannot plan the change of {stack}")]
    ChangeSetFailed {
        /// The stack's name.
        stack: String,
        /// CloudFormation's own words.
        reason: String,
    },
    /// The bucket that the service names for its releases does not exist.
    #[error("the deployment bucket {bucket} does not exist")]
    BucketMissing {
        /// Its name.
        bucket: String,
    },
    /// Resources that are added want names which are given already.
    #[error("{} of the plan given already", match .0.len() { 1 => "a name is".to_owned(), many => format!("{many} names are") })]
    NamesTaken(Vec<Taken>),
    /// What the plan was bound to is not so any more.
    #[error("the plan does not fit any more")]
    Moved(Vec<Moved>),
    /// CloudFormation would do something else than was shown.
    #[error("CloudFormation would do something else than the plan shows")]
    NotAsPlanned {
        /// What differs, resource by resource.
        differences: Vec<String>,
    },
    /// The change was begun and failed.
    #[error("{}", .0.title())]
    Failed(Box<Failure>),
    /// The change goes on, and nobody waits for it any more.
    #[error("the stack {stack} is still changing")]
    StillRunning {
        /// The stack's name.
        stack: String,
        /// Its state.
        status: String,
    },
    /// The change was begun and goes on, and the cloud does not let it be watched any more.
    #[error("AWS goes on changing the stack {stack}, and it cannot be followed: {problem}")]
    LostSight {
        /// The stack's name.
        stack: String,
        /// Why.
        problem: CloudProblem,
    },
    /// Whoever began it asked to stop, and it ended in good order.
    #[error("{0}")]
    Cancelled(Stopped),
    /// Whoever began it asked twice to stop: what goes on is not followed any more.
    #[error("{stack} is not followed any more; what was begun goes on without Pilothouse")]
    Left {
        /// The stack's name.
        stack: String,
    },
    /// Lambda did not take the code.
    #[error("the function {function} did not take its new code")]
    CodeRefused {
        /// The function's name at AWS.
        function: String,
        /// Why.
        reason: String,
    },
}
