//! Lambda, in the words of a deploy.

use crate::{CloudProblem, Effect};

/// What came of calling a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// What it answered, as it came.
    pub answer: Vec<u8>,
    /// `Handled` or `Unhandled`, when it failed.
    pub error: Option<String>,
    /// The end of its log, when the service gives it.
    pub log_tail: Option<String>,
}

/// Functions.
pub trait Functions: Send + Sync + std::fmt::Debug {
    /// Calls a function and waits for its answer.
    fn invoke<'a>(
        &'a self,
        function: &'a str,
        payload: Vec<u8>,
    ) -> Effect<'a, Result<Invocation, CloudProblem>>;
}
