//! What became of operations whose process died: the journal says what was meant, the cloud what happened.

use pilothouse_effects::{CloudProblem, Events, Operation, Step};
use pilothouse_model::{Outcome, Progress};

use crate::failure::{Ending, ending};
use crate::follow::{has_token, settled};
use crate::{DeployProblem, Session, clean, synced};

/// How many operations of a stack are looked at: those before them have long been settled.
const LOOKED_AT: usize = 20;

/// What the journal and the cloud together say about a dead operation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    /// Nothing had been sent that changes anything.
    Untouched,
    /// A change set had been made and not executed.
    OnlyPlanned,
    /// The bucket had got files that nothing uses.
    OnlyUploaded,
    /// Files that buckets serve may have been put or deleted.
    Synced,
    /// Functions had been, or may have been, given code.
    Coded,
    /// The stack was changed, and ended in this state.
    Changed(String),
    /// The change was being taken back, and the stack ended in this state.
    TakenBack(String),
    /// The stack was deleted.
    Deleted,
    /// The stack had been changed, and does not exist any more.
    Gone,
}

/// Looks up every operation on this stack that has no end, says what became of it, and settles it.
///
/// It is called with the stack's lock held, so that whoever began them is dead.
///
/// # Errors
/// When the journal or the cloud cannot be asked.
pub async fn recover(session: &Session) -> Result<(), DeployProblem> {
    let known = session
        .journal()
        .operations(Some(session.place()), LOOKED_AT)?;
    let dead = known
        .into_iter()
        .filter(|operation| operation.end.is_none());
    // Oldest first, as they happened.
    for operation in dead.collect::<Vec<_>>().into_iter().rev() {
        if operation.start.id == session.id() {
            continue;
        }
        let (finding, unused) = look_up(session, &operation).await?;
        tidy(session, unused).await?;
        let (outcome, words) = words(&finding);
        session.tell(Progress::Recovered {
            verb: operation.start.verb,
            began: operation.start.at,
            finding: words.clone(),
        });
        let now = session.clock().now();
        session
            .journal()
            .end(&operation.start.id, outcome, &words, now)?;
    }
    Ok(())
}

/// What became of an operation, and the steps after the last one that took hold.
async fn look_up<'a>(
    session: &Session,
    operation: &'a Operation,
) -> Result<(Finding, &'a [Step]), DeployProblem> {
    let steps = operation.steps.as_slice();
    for (index, step) in steps.iter().enumerate().rev() {
        if !is_of(step, "ExecuteChangeSet") && !is_of(step, "DeleteStack") {
            continue;
        }
        if arrived(session, step).await? {
            // What it set off may still go on.
            let stack = settled(session, &step.intent.subject).await?;
            let asked_back = steps.iter().skip(index).any(is_of_cancel);
            let finding = match stack {
                Some(stack) if asked_back && is_rolled_back(&stack.status) => {
                    Finding::TakenBack(stack.status)
                }
                Some(stack) => Finding::Changed(stack.status),
                None if is_of(step, "DeleteStack") => Finding::Deleted,
                None => Finding::Gone,
            };
            return Ok((finding, steps.get(index + 1..).unwrap_or_default()));
        }
    }
    Ok((untouched(steps), steps))
}

/// Of a stack that nothing was done to: how far it had come.
fn untouched(steps: &[Step]) -> Finding {
    let any = |call| steps.iter().any(|step| is_of(step, call));
    if any("UpdateFunctionCode") {
        Finding::Coded
    } else if any(synced::PUT) || any(synced::DELETE) {
        Finding::Synced
    } else if any("PutObject") {
        Finding::OnlyUploaded
    } else if any("CreateChangeSet") {
        Finding::OnlyPlanned
    } else {
        Finding::Untouched
    }
}

/// Whether a step asked to take a change back, and was not refused.
fn is_of_cancel(step: &Step) -> bool {
    let refused = |words: &String| words.starts_with("refused");
    is_of(step, "CancelUpdateStack") && !step.result.as_ref().is_some_and(refused)
}

fn is_rolled_back(status: &str) -> bool {
    ending(status) == Some(Ending::RolledBack)
}

fn is_of(step: &Step, call: &str) -> bool {
    step.intent.call.ends_with(&format!(":{call}"))
}

async fn arrived(session: &Session, step: &Step) -> Result<bool, DeployProblem> {
    let refused = |words: &String| words.starts_with("refused");
    if step.result.as_ref().is_some_and(refused) {
        return Ok(false);
    }
    let Some(token) = &step.intent.token else {
        return Ok(false);
    };
    // An answer that is in the journal is enough; of a lost one the events tell.
    if step.result.is_some() {
        return Ok(true);
    }
    has_token(session, &step.intent.subject, token, Events::All).await
}

/// Throws away what nobody will use. Functions may run what was uploaded for them, so that stays.
async fn tidy(session: &Session, unused: &[Step]) -> Result<(), DeployProblem> {
    if unused.iter().any(|step| is_of(step, "UpdateFunctionCode")) {
        return Ok(());
    }
    for step in unused {
        match &step.result {
            Some(id) if is_of(step, "CreateChangeSet") && id.starts_with("arn:") => {
                forgiving(session.cloud().change_sets.discard(id).await)?;
            }
            _ if is_of(step, "PutObject") => {
                if let Some((bucket, release)) = step.intent.subject.split_once('/') {
                    match clean::take_back(session, bucket, release).await {
                        Err(DeployProblem::Cloud(problem)) => forgiving(Err(problem))?,
                        other => other?,
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is gone already needs no tidying.
fn forgiving(answer: Result<(), CloudProblem>) -> Result<(), DeployProblem> {
    match answer {
        Err(CloudProblem::NotFound { .. } | CloudProblem::Refused { .. }) => Ok(()),
        other => other.map_err(DeployProblem::from),
    }
}

fn words(finding: &Finding) -> (Outcome, String) {
    match finding {
        Finding::Untouched => (Outcome::Settled, "nothing had been changed".to_owned()),
        Finding::OnlyPlanned => (
            Outcome::Settled,
            "a change set had been made and not executed; it is thrown away".to_owned(),
        ),
        Finding::OnlyUploaded => (
            Outcome::Settled,
            "files had been uploaded and the stack not changed; they are deleted".to_owned(),
        ),
        Finding::Coded => (
            Outcome::Settled,
            "functions may have got their new code; what each runs is compared now".to_owned(),
        ),
        Finding::Synced => (
            Outcome::Settled,
            "files of a bucket may have been changed; what lies there is compared now".to_owned(),
        ),
        Finding::TakenBack(status) => (
            Outcome::RolledBack,
            format!("it was stopped, and AWS put back what stood before: {status}"),
        ),
        Finding::Deleted => (Outcome::Done, "the stack was deleted".to_owned()),
        Finding::Gone => (
            Outcome::Settled,
            "the stack does not exist any more; a sandbox that stopped begins empty".to_owned(),
        ),
        Finding::Changed(status) => match ending(status) {
            Some(Ending::Done) => (
                Outcome::Done,
                format!(
                    "the last change that was sent ended well: {status}; what is still missing is worked out now"
                ),
            ),
            Some(Ending::RolledBack) => (
                Outcome::RolledBack,
                format!("the change failed and was rolled back: {status}"),
            ),
            _ => (Outcome::Failed, format!("the stack is in {status}")),
        },
    }
}
