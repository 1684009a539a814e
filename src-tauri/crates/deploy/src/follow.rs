//! Waiting for CloudFormation, and telling what it does meanwhile.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use futures_util::future::select;
use pilothouse_effects::{ChangeSet, ChangeSetState, CloudProblem, Events, Stack, StackEvent};
use pilothouse_model::{Progress, StackEventRecord};

use crate::failure::{ending, record};
use crate::nested::Inside;
use crate::turn::{Turn, Way};
use crate::{DeployProblem, Session, Stopped};

/// How long a change of a stack is waited for. CloudFormation itself gives up on most things sooner.
const PATIENCE: Duration = Duration::from_secs(3 * 60 * 60);
/// How long a change set is waited for.
const PLANNING_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// How many questions in a row may fail before a change is not followed any more: a network comes back.
const MOST_MISSES: u32 = 5;
/// How often the events are asked whether a call arrived whose answer was lost.
const LOOKS_FOR_A_LOST_CALL: u32 = 12;

/// Pauses between questions: short ones first, for much is done at once, then longer, for AWS counts calls.
#[derive(Debug)]
pub(crate) struct Pace {
    next: Duration,
    until: SystemTime,
}

impl Pace {
    pub(crate) fn new(session: &Session, patience: Duration) -> Self {
        Self {
            next: Duration::from_millis(15),
            until: session.clock().now() + patience,
        }
    }

    /// Waits, but not past a request to stop. False when patience has run out.
    pub(crate) async fn rest(&mut self, session: &Session) -> bool {
        const LONGEST: Duration = Duration::from_secs(2);
        if session.clock().now() >= self.until {
            return false;
        }
        let cancel = session.cancel();
        let asked = pin!(cancel.asked(cancel.times() + 1));
        select(session.clock().sleep(self.next), asked).await;
        self.next = (self.next * 3 / 2).min(LONGEST);
        true
    }
}

/// How a change of a stack ended.
#[derive(Debug)]
pub(crate) struct Followed {
    /// The stack's last state.
    pub(crate) status: String,
    /// What happened, oldest first.
    pub(crate) events: Vec<StackEvent>,
    /// Whether CloudFormation was asked to take the change back.
    pub(crate) asked_back: bool,
}

/// The newest event of a stack, so that what comes after can be told from what was.
pub(crate) async fn mark(session: &Session, stack: &str) -> Result<Option<String>, DeployProblem> {
    match session.cloud().stacks.events(stack, Events::Latest).await {
        Ok(events) => Ok(events.into_iter().next().map(|event| event.id)),
        Err(CloudProblem::NotFound { .. }) => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

/// Follows the change that a token set off until it ends. A request to stop turns it back, if it can be.
pub(crate) async fn follow(
    session: &Session,
    stack_id: &str,
    token: &str,
    mark: Option<String>,
    way: Way,
) -> Result<Followed, DeployProblem> {
    let mut pace = Pace::new(session, PATIENCE);
    let mut turn = Turn::new(way, token);
    let mut seen = mark;
    let mut all = Vec::new();
    let mut misses = 0;
    let mut inside = Inside::default();
    loop {
        let fresh = match fresh_events(session, stack_id, seen.as_deref()).await {
            Ok(fresh) => {
                misses = 0;
                fresh
            }
            Err(problem) if misses < MOST_MISSES && may_pass(session, &problem) => {
                misses += 1;
                Vec::new()
            }
            Err(problem) => return Err(lost_sight(session, problem)),
        };
        if let Some(newest) = fresh.last() {
            seen = Some(newest.id.clone());
        }
        let ours: Vec<StackEvent> = fresh
            .into_iter()
            .filter(|event| turn.is_ours(event))
            .collect();
        let within = inside.fresh(session, stack_id, &ours).await;
        tell(session, &within)?;
        all.extend(within);
        tell(session, &ours)?;
        let end = ours.iter().find_map(|event| end_of_stack(event, stack_id));
        all.extend(ours);
        if let Some(status) = end {
            return Ok(Followed {
                status,
                events: all,
                asked_back: turn.was_asked(),
            });
        }
        if !pace.rest(session).await {
            return Err(still_running(session, stack_id).await);
        }
        session.stay()?;
        turn.heed(session, stack_id).await?;
    }
}

/// Whether a problem may be gone at the next question. The sandbox does not come back as it was, so it is not
/// asked again.
fn may_pass(session: &Session, problem: &DeployProblem) -> bool {
    let passing = matches!(
        problem,
        DeployProblem::Cloud(CloudProblem::NoAnswer { .. } | CloudProblem::Throttled { .. })
    );
    passing && !session.place().sandbox
}

/// Of a change that goes on, when the cloud cannot be asked about it. A cloud that is silent says so itself.
pub(crate) fn lost_sight(session: &Session, problem: DeployProblem) -> DeployProblem {
    match problem {
        DeployProblem::Cloud(CloudProblem::NoAnswer { .. }) => problem,
        DeployProblem::Cloud(problem) => DeployProblem::LostSight {
            stack: session.stack().to_owned(),
            problem,
        },
        other => other,
    }
}

fn end_of_stack(event: &StackEvent, stack_id: &str) -> Option<String> {
    let of_the_stack = event.physical_id.as_deref() == Some(stack_id);
    (of_the_stack && ending(&event.status).is_some()).then(|| event.status.clone())
}

fn tell(session: &Session, events: &[StackEvent]) -> Result<(), DeployProblem> {
    let records: Vec<StackEventRecord> = events.iter().map(record).collect();
    session.keep_events(&records)?;
    for record in records {
        session.tell(Progress::Stack(record));
    }
    Ok(())
}

/// Events after a mark, oldest first.
async fn fresh_events(
    session: &Session,
    stack_id: &str,
    seen: Option<&str>,
) -> Result<Vec<StackEvent>, DeployProblem> {
    let which = seen.map_or(Events::All, Events::After);
    let mut events = session.cloud().stacks.events(stack_id, which).await?;
    events.reverse();
    Ok(events)
}

async fn still_running(session: &Session, stack_id: &str) -> DeployProblem {
    match session.cloud().stacks.describe(stack_id).await {
        Ok(stack) => DeployProblem::StillRunning {
            stack: session.stack().to_owned(),
            status: stack.map(|stack| stack.status).unwrap_or_default(),
        },
        Err(problem) => problem.into(),
    }
}

/// Whether a call arrived whose answer was lost: then the stack's events carry its token.
pub(crate) async fn landed(
    session: &Session,
    stack_id: &str,
    token: &str,
) -> Result<bool, DeployProblem> {
    let mut pace = Pace::new(session, PATIENCE);
    for _ in 0..LOOKS_FOR_A_LOST_CALL {
        if has_token(session, stack_id, token, Events::Latest).await? {
            return Ok(true);
        }
        pace.rest(session).await;
        session.stay()?;
    }
    Ok(false)
}

/// Whether a stack has an event with a token.
pub(crate) async fn has_token(
    session: &Session,
    stack: &str,
    token: &str,
    which: Events<'_>,
) -> Result<bool, DeployProblem> {
    match session.cloud().stacks.events(stack, which).await {
        Ok(events) => Ok(events
            .iter()
            .any(|event| event.token.as_deref() == Some(token))),
        Err(CloudProblem::NotFound { .. }) => Ok(false),
        Err(problem) => Err(problem.into()),
    }
}

/// Waits until nobody changes the stack any more.
pub(crate) async fn settled(
    session: &Session,
    stack: &str,
) -> Result<Option<Stack>, DeployProblem> {
    let mut pace = Pace::new(session, PATIENCE);
    let mut told = false;
    loop {
        let found = session.cloud().stacks.describe(stack).await?;
        let Some(found) = found.filter(|found| found.status != "DELETE_COMPLETE") else {
            return Ok(None);
        };
        // A stack that exists only as a change set waits for nobody.
        let busy = found.status.ends_with("_IN_PROGRESS") && found.status != "REVIEW_IN_PROGRESS";
        if !busy {
            return Ok(Some(found));
        }
        if !told {
            session.tell(Progress::Waiting {
                status: found.status.clone(),
            });
            told = true;
        }
        if !pace.rest(session).await {
            return Err(DeployProblem::StillRunning {
                stack: session.stack().to_owned(),
                status: found.status,
            });
        }
        session.go_on(|| Stopped::Untouched)?;
    }
}

/// Waits until a change set is made.
pub(crate) async fn made(session: &Session, id: &str) -> Result<ChangeSet, DeployProblem> {
    let mut pace = Pace::new(session, PLANNING_PATIENCE);
    loop {
        let set = session.cloud().change_sets.describe(id).await?;
        match &set.state {
            ChangeSetState::Pending => {}
            ChangeSetState::Failed { reason } => {
                return Err(DeployProblem::ChangeSetFailed {
                    stack: session.stack().to_owned(),
                    reason: reason.clone(),
                });
            }
            ChangeSetState::Ready | ChangeSetState::Empty => return Ok(set),
        }
        if !pace.rest(session).await {
            return Err(DeployProblem::ChangeSetFailed {
                stack: session.stack().to_owned(),
                reason: "it took more than a quarter of an hour".to_owned(),
            });
        }
        session.stay()?;
    }
}
