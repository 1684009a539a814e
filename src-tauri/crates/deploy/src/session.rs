//! One operation on one stack: who acts, with what, and the journal that every change passes through.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{
    Clock, Cloud, CloudProblem, Entropy, Intent, Journal, OperationStart, Place, Principal, Target,
};
use pilothouse_model::{Outcome, Progress, StackEventRecord, Stage, Verb};

use crate::{Cancel, DeployProblem, Stopped};

/// Takes progress as it happens.
pub type Tell = Arc<dyn Fn(Progress) + Send + Sync>;

/// What an operation is done with.
#[derive(Clone)]
pub struct Means {
    /// The cloud.
    pub cloud: Cloud,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The journal.
    pub journal: Arc<dyn Journal>,
    /// Chance, for tokens.
    pub entropy: Arc<dyn Entropy>,
    /// Where progress goes.
    pub tell: Tell,
}

impl std::fmt::Debug for Means {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Means").finish_non_exhaustive()
    }
}

/// What an operation is for.
#[derive(Debug, Clone)]
pub struct Purpose {
    /// What is done.
    pub verb: Verb,
    /// The stack's name.
    pub stack: String,
    /// The project's whole path.
    pub folder: String,
    /// The command that repeats it.
    pub command: Vec<String>,
}

/// An operation on a stack. It is in the journal from its first change on; what changes nothing leaves no trace.
#[derive(Debug)]
pub struct Session {
    means: Means,
    start: OperationStart,
    principal: Principal,
    begun: AtomicBool,
    steps: AtomicU32,
    unused: Mutex<Option<(String, String)>>,
    change_sets: Mutex<Vec<String>>,
    untidy: AtomicBool,
    cancel: Cancel,
}

/// A call whose intent is in the journal.
#[derive(Debug)]
pub(crate) struct Intended {
    number: u32,
    /// The token to send along.
    pub(crate) token: String,
}

impl Session {
    /// Asks who we are and prepares an operation.
    ///
    /// # Errors
    /// When the cloud does not tell who we are.
    pub async fn open(means: Means, purpose: Purpose) -> Result<Self, DeployProblem> {
        (means.tell)(Progress::Began(Stage::Looking));
        let principal = means.cloud.identity.whoami().await?;
        let target = &means.cloud.target;
        let place = Place {
            account: principal.account.clone(),
            region: target.region().to_owned(),
            stack: purpose.stack,
            sandbox: matches!(target, Target::Sandbox { .. }),
        };
        let start = OperationStart {
            id: means.entropy.token().map_err(DeployProblem::Entropy)?,
            verb: purpose.verb,
            place,
            principal: principal.arn.clone(),
            folder: purpose.folder,
            command: purpose.command,
            at: means.clock.now(),
        };
        Ok(Self {
            means,
            start,
            principal,
            begun: AtomicBool::new(false),
            steps: AtomicU32::new(0),
            unused: Mutex::new(None),
            change_sets: Mutex::default(),
            untidy: AtomicBool::new(false),
            cancel: Cancel::default(),
        })
    }

    /// From now on the operation stops when it is asked to.
    pub fn heed(&mut self, cancel: &Cancel) {
        self.cancel = cancel.clone();
    }

    pub(crate) const fn cancel(&self) -> &Cancel {
        &self.cancel
    }

    /// Between two steps: goes on unless someone asked to stop. `stands` says how things are then.
    pub(crate) fn go_on(&self, stands: impl FnOnce() -> Stopped) -> Result<(), DeployProblem> {
        if self.cancel.is_requested() {
            return Err(DeployProblem::Cancelled(stands()));
        }
        Ok(())
    }

    /// While something is waited for: stays unless someone asked twice to stop.
    pub(crate) fn stay(&self) -> Result<(), DeployProblem> {
        if self.cancel.is_repeated() {
            return Err(DeployProblem::Left {
                stack: self.stack().to_owned(),
            });
        }
        Ok(())
    }

    /// Who acts.
    pub const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Which stack, and where.
    pub const fn place(&self) -> &Place {
        &self.start.place
    }

    /// The operation's id.
    pub fn id(&self) -> &str {
        &self.start.id
    }

    pub(crate) const fn cloud(&self) -> &Cloud {
        &self.means.cloud
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.means.clock.as_ref()
    }

    pub(crate) fn journal(&self) -> &dyn Journal {
        self.means.journal.as_ref()
    }

    pub(crate) fn account(&self) -> &str {
        &self.principal.account
    }

    pub(crate) fn stack(&self) -> &str {
        &self.start.place.stack
    }

    pub(crate) fn tell(&self, progress: Progress) {
        (self.means.tell)(progress);
    }

    pub(crate) fn began(&self, stage: Stage) {
        self.tell(Progress::Began(stage));
    }

    /// Files are about to lie in a bucket that nothing uses yet: bucket and folder.
    pub(crate) fn uploads(&self, bucket: &str, release: &str) {
        let mut unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        *unused = Some((bucket.to_owned(), release.to_owned()));
    }

    /// The uploaded files are in use from now on, or may be.
    pub(crate) fn uses_uploads(&self) {
        self.unused_upload();
    }

    /// Bucket and folder of files that nothing uses.
    pub(crate) fn unused_upload(&self) -> Option<(String, String)> {
        let mut unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        unused.take()
    }

    /// A change set of this operation's own exists.
    pub(crate) fn made_change_set(&self, id: &str) {
        self.own_change_sets().push(id.to_owned());
    }

    /// A change set is executed, or thrown away.
    pub(crate) fn used_change_set(&self, id: &str) {
        self.own_change_sets().retain(|own| own != id);
    }

    /// Whether this operation made that change set, and has not used it.
    pub(crate) fn has_change_set(&self, id: &str) -> bool {
        self.own_change_sets().iter().any(|own| own == id)
    }

    fn own_change_sets(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.change_sets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Something is left that nobody uses and that could not be thrown away now: the operation stays open in the
    /// journal, and the next command does it.
    pub(crate) fn leaves_something(&self) {
        self.untidy.store(true, Ordering::SeqCst);
    }

    /// Puts the intent of a call into the journal. Only then it may be sent.
    pub(crate) fn intend(&self, call: &str, subject: &str) -> Result<Intended, DeployProblem> {
        if !self.begun.swap(true, Ordering::SeqCst) {
            self.journal().begin(&self.start)?;
        }
        let number = self.steps.fetch_add(1, Ordering::SeqCst) + 1;
        let token = format!("ph-{}-{number}", self.start.id);
        self.journal().intend(&Intent {
            operation: self.start.id.clone(),
            number,
            call: call.to_owned(),
            subject: subject.to_owned(),
            token: Some(token.clone()),
            at: self.clock().now(),
        })?;
        Ok(Intended { number, token })
    }

    /// Puts what came of a call into the journal. Of a call without an answer nothing is known, so nothing
    /// is written.
    pub(crate) fn came<T>(
        &self,
        step: &Intended,
        answer: Result<T, CloudProblem>,
        words: impl FnOnce(&T) -> String,
    ) -> Result<T, DeployProblem> {
        let text = match &answer {
            Ok(value) => words(value),
            Err(CloudProblem::NoAnswer { .. }) => return answer.map_err(DeployProblem::from),
            Err(problem) => format!("refused: {problem}"),
        };
        self.journal().result(&self.start.id, step.number, &text)?;
        answer.map_err(DeployProblem::from)
    }

    pub(crate) fn keep_events(&self, events: &[StackEventRecord]) -> Result<(), DeployProblem> {
        if self.begun.load(Ordering::SeqCst) {
            self.journal().events(&self.start.id, events)?;
        }
        Ok(())
    }

    /// Closes the operation in the journal, if it is there.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn close(&self, outcome: Outcome, words: &str) -> Result<(), DeployProblem> {
        if self.begun.load(Ordering::SeqCst) {
            let now = self.clock().now();
            self.journal().end(&self.start.id, outcome, words, now)?;
        }
        Ok(())
    }

    /// Closes the operation as a failure tells it. What nobody knows the end of stays open, to be looked up.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn close_failed(&self, problem: &DeployProblem) -> Result<(), DeployProblem> {
        if self.untidy.load(Ordering::SeqCst) {
            return Ok(());
        }
        let outcome = match problem {
            DeployProblem::Cloud(CloudProblem::NoAnswer { .. })
            | DeployProblem::Journal(_)
            | DeployProblem::Left { .. }
            | DeployProblem::LostSight { .. }
            | DeployProblem::StillRunning { .. } => return Ok(()),
            DeployProblem::Cancelled(Stopped::Untouched) => Outcome::Refused,
            DeployProblem::Cancelled(Stopped::PutBack { .. }) => Outcome::RolledBack,
            DeployProblem::Failed(failure) if failure.rolled_back() => Outcome::RolledBack,
            DeployProblem::Moved(_) | DeployProblem::NotAsPlanned { .. } => Outcome::Refused,
            _ => Outcome::Failed,
        };
        self.close(outcome, &problem.to_string())
    }
}
