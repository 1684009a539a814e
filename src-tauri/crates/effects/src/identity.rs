//! Who we are.

use crate::{CloudProblem, Effect};

/// An account and who acts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account's twelve digits.
    pub account: String,
    /// The ARN of the user or the role's session.
    pub arn: String,
}

/// Tells who we are.
pub trait Identity: Send + Sync + std::fmt::Debug {
    /// Asks the cloud, so that the answer is the account that calls will really reach.
    fn whoami(&self) -> Effect<'_, Result<Principal, CloudProblem>>;
}
