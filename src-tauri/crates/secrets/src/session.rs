//! One operation on parameters, and the journal that it passes through.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use pilothouse_effects::{CloudProblem, Intent, OperationStart, Place, Principal};
use pilothouse_model::{Outcome, Verb};

use crate::{Means, SecretProblem};

/// What an operation is for.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// What is done.
    pub verb: Verb,
    /// To what, in words: `parameter /shop/dev/token`. It is no stack's name, so no deploy takes it for its own.
    pub subject: String,
    /// The command that repeats it, without values.
    pub command: Vec<String>,
    /// Whether it is in the local AWS.
    pub sandbox: bool,
}

/// An operation on parameters. It is in the journal from its first intent on.
#[derive(Debug)]
pub struct Session {
    means: Means,
    start: OperationStart,
    begun: AtomicBool,
    steps: AtomicU32,
}

impl Session {
    /// Prepares an operation of a principal.
    ///
    /// # Errors
    /// When the computer has no chance to give.
    pub fn new(
        means: Means,
        purpose: Purpose,
        principal: &Principal,
    ) -> Result<Self, SecretProblem> {
        let start = OperationStart {
            id: means.entropy.token().map_err(SecretProblem::Entropy)?,
            verb: purpose.verb,
            place: Place {
                account: principal.account.clone(),
                region: means.region.clone(),
                stack: purpose.subject,
                sandbox: purpose.sandbox,
            },
            principal: principal.arn.clone(),
            folder: String::new(),
            command: purpose.command,
            at: means.clock.now(),
        };
        Ok(Self {
            means,
            start,
            begun: AtomicBool::new(false),
            steps: AtomicU32::new(0),
        })
    }

    /// What it is done with.
    pub const fn means(&self) -> &Means {
        &self.means
    }

    /// Puts the intent of a call into the journal. Only then it may be sent.
    pub(crate) fn intend(&self, call: &str, subject: &str) -> Result<u32, SecretProblem> {
        let journal = &self.means.journal;
        if !self.begun.swap(true, Ordering::SeqCst) {
            journal.begin(&self.start)?;
        }
        let number = self.steps.fetch_add(1, Ordering::SeqCst) + 1;
        journal.intend(&Intent {
            operation: self.start.id.clone(),
            number,
            call: call.to_owned(),
            subject: subject.to_owned(),
            token: None,
            at: self.means.clock.now(),
        })?;
        Ok(number)
    }

    /// Puts what came of a call into the journal. Of a call without an answer nothing is known.
    pub(crate) fn came<T>(
        &self,
        number: u32,
        answer: Result<T, CloudProblem>,
        words: impl FnOnce(&T) -> String,
    ) -> Result<T, SecretProblem> {
        let text = match &answer {
            Ok(value) => words(value),
            Err(CloudProblem::NoAnswer { .. }) => return Ok(answer?),
            // The service's own words are left out: AWS repeats in them what it was sent.
            Err(CloudProblem::Refused { name, .. }) => format!("refused: {name}"),
            Err(problem) => format!("refused: {problem}"),
        };
        self.means.journal.result(&self.start.id, number, &text)?;
        Ok(answer?)
    }

    /// Closes the operation in the journal as its result tells, and passes the result on.
    ///
    /// # Errors
    /// The result's own, or that of the journal.
    pub fn close<T>(
        &self,
        result: Result<T, SecretProblem>,
        words: impl FnOnce(&T) -> String,
    ) -> Result<T, SecretProblem> {
        if !self.begun.load(Ordering::SeqCst) {
            return result;
        }
        let (outcome, text) = match &result {
            Ok(value) => (Outcome::Done, words(value)),
            Err(SecretProblem::Cloud(CloudProblem::Refused { name, .. })) => {
                (Outcome::Failed, format!("AWS refused it: {name}"))
            }
            Err(SecretProblem::Stopped { written, left, .. }) => {
                let all = written.len() + left.len();
                (
                    Outcome::Failed,
                    format!("{} of {all} were written", written.len()),
                )
            }
            Err(problem) => (Outcome::Failed, problem.to_string()),
        };
        let now = self.means.clock.now();
        self.means
            .journal
            .end(&self.start.id, outcome, &text, now)?;
        result
    }
}
