//! Lambda, in the words of a deploy.

use pilothouse_model::Digest;

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

/// The code of a function as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionCode {
    /// The SHA-256 of its archive.
    pub digest: Option<Digest>,
    /// Whether a change of it is still under way.
    pub changing: bool,
    /// Why the last change failed, when it did.
    pub failure: Option<String>,
}

/// Functions.
pub trait Functions: Send + Sync + std::fmt::Debug {
    /// Calls a function and waits for its answer.
    fn invoke<'a>(
        &'a self,
        function: &'a str,
        payload: Vec<u8>,
    ) -> Effect<'a, Result<Invocation, CloudProblem>>;

    /// The code of a function as it stands; none when there is no such function.
    fn code<'a>(
        &'a self,
        function: &'a str,
    ) -> Effect<'a, Result<Option<FunctionCode>, CloudProblem>>;

    /// Starts to give a function the code that lies in a bucket.
    fn update_code<'a>(
        &'a self,
        function: &'a str,
        bucket: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>>;
}
