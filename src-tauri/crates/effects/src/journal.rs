//! The journal: what was asked of the cloud and what came of it, kept so that it outlives the process.
//!
//! Every call answers only after what it was given is on the disk. The order is the point: an intent is on the
//! disk before its call is sent, so that whoever reads the journal after a crash knows what to look for.

use std::time::SystemTime;

use pilothouse_model::{Outcome, StackEventRecord, Verb};
use thiserror::Error;

/// Why the journal cannot be used.
#[derive(Debug, Error)]
#[error("the journal cannot be used")]
pub struct JournalProblem {
    /// The storage's own words.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// A stack, told apart from those of the same name elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The account's digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The stack's name.
    pub stack: String,
    /// Whether it is in the local AWS.
    pub sandbox: bool,
}

/// The beginning of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationStart {
    /// Unique, letters and digits.
    pub id: String,
    /// What is done.
    pub verb: Verb,
    /// To which stack.
    pub place: Place,
    /// As whom.
    pub principal: String,
    /// The project's folder.
    pub folder: String,
    /// The command that repeats it, word by word.
    pub command: Vec<String>,
    /// When.
    pub at: SystemTime,
}

/// The intent of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The operation.
    pub operation: String,
    /// From one, in order.
    pub number: u32,
    /// The call, as AWS names it.
    pub call: String,
    /// What it acts on: a stack's or change set's ARN, a bucket with a folder, a function.
    pub subject: String,
    /// The token sent along, when the call takes one.
    pub token: Option<String>,
    /// When.
    pub at: SystemTime,
}

/// A step as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was intended.
    pub intent: Intent,
    /// What came back; none when nobody knows.
    pub result: Option<String>,
}

/// An operation as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// How it began.
    pub start: OperationStart,
    /// How it ended and when; none while it runs, or when its process died.
    pub end: Option<(Outcome, String, SystemTime)>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// Keeps what was done. Nothing secret is ever given to it.
pub trait Journal: Send + Sync + std::fmt::Debug {
    /// An operation begins.
    ///
    /// # Errors
    /// When it cannot be kept; then nothing may be sent.
    fn begin(&self, start: &OperationStart) -> Result<(), JournalProblem>;

    /// A call is about to be sent.
    ///
    /// # Errors
    /// When it cannot be kept; then the call may not be sent.
    fn intend(&self, intent: &Intent) -> Result<(), JournalProblem>;

    /// What came of a call, in a few words or as the id that it answered with.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn result(&self, operation: &str, number: u32, words: &str) -> Result<(), JournalProblem>;

    /// What happened to the stack.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn events(&self, operation: &str, events: &[StackEventRecord]) -> Result<(), JournalProblem>;

    /// What happened to the stack in an operation, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    fn told(&self, operation: &str) -> Result<Vec<StackEventRecord>, JournalProblem>;

    /// An operation ended.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn end(
        &self,
        operation: &str,
        outcome: Outcome,
        words: &str,
        at: SystemTime,
    ) -> Result<(), JournalProblem>;

    /// The newest operations, newest first, those of a place alone when one is given.
    ///
    /// # Errors
    /// When they cannot be read.
    fn operations(
        &self,
        place: Option<&Place>,
        most: usize,
    ) -> Result<Vec<Operation>, JournalProblem>;
}
