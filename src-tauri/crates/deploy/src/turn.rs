//! Taking a change of a stack back while it is under way.

use pilothouse_effects::{CloudProblem, StackEvent};
use pilothouse_model::Progress;

use crate::{DeployProblem, Session};

/// How often CloudFormation is asked to take a change back when its answers say neither yes nor no.
const MOST_TRIES: u32 = 3;

/// What a change of a stack does, as far as it can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It makes the stack.
    Create,
    /// It changes the stack.
    Update,
    /// It deletes the stack.
    Delete,
}

/// The change that is followed, and what was done about a request to stop.
#[derive(Debug)]
pub(crate) struct Turn {
    way: Way,
    /// Of the change, and of each request to take it back: events carry either.
    tokens: Vec<String>,
    tries: u32,
    was_asked: bool,
    is_over: bool,
}

impl Turn {
    pub(crate) fn new(way: Way, token: &str) -> Self {
        Self {
            way,
            tokens: vec![token.to_owned()],
            tries: 0,
            was_asked: false,
            is_over: false,
        }
    }

    /// Whether an event belongs to this change. Events without any token belong to whatever is going on.
    pub(crate) fn is_ours(&self, event: &StackEvent) -> bool {
        let token = event.token.as_ref();
        token.is_none_or(|token| self.tokens.contains(token))
    }

    /// Whether CloudFormation was asked, and may have heard it.
    pub(crate) const fn was_asked(&self) -> bool {
        self.was_asked
    }

    /// Asks to take the change back when someone asked to stop.
    pub(crate) async fn heed(
        &mut self,
        session: &Session,
        stack_id: &str,
    ) -> Result<(), DeployProblem> {
        if self.is_over || !session.cancel().is_requested() {
            return Ok(());
        }
        match self.way {
            Way::Update => self.ask(session, stack_id).await,
            Way::Create => {
                self.rest(session, "AWS cannot stop making a stack; it is waited for");
                Ok(())
            }
            Way::Delete => {
                self.rest(
                    session,
                    "AWS cannot stop deleting a stack; it is waited for",
                );
                Ok(())
            }
        }
    }

    fn rest(&mut self, session: &Session, words: &str) {
        self.is_over = true;
        session.tell(Progress::Note(words.to_owned()));
    }

    async fn ask(&mut self, session: &Session, stack_id: &str) -> Result<(), DeployProblem> {
        self.tries += 1;
        let step = session.intend("cloudformation:CancelUpdateStack", stack_id)?;
        self.tokens.push(step.token.clone());
        let stacks = &session.cloud().stacks;
        let answer = stacks.cancel_update(stack_id, &step.token).await;
        match session.came(&step, answer, |()| "done".to_owned()) {
            Ok(()) => {
                self.was_asked = true;
                self.rest(session, "AWS puts back what stood before");
            }
            Err(DeployProblem::Cloud(problem)) => self.understand(session, &problem),
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// Of an answer that is not yes. The change goes on, so it is followed whatever the answer was.
    fn understand(&mut self, session: &Session, problem: &CloudProblem) {
        let too_late =
            matches!(problem, CloudProblem::Refused { name, .. } if name == "ValidationError");
        if matches!(problem, CloudProblem::NoAnswer { .. }) {
            self.was_asked = true;
        }
        if too_late && self.was_asked {
            // An earlier request, whose answer was lost, has arrived.
            self.rest(session, "AWS puts back what stood before");
        } else if too_late {
            self.rest(
                session,
                "It is too late to stop the change; it is waited for",
            );
        } else if self.tries >= MOST_TRIES
            || matches!(
                problem,
                CloudProblem::Denied { .. } | CloudProblem::Credentials { .. }
            )
        {
            self.rest(
                session,
                &format!("The change could not be stopped and goes on: {problem}"),
            );
        }
    }
}
