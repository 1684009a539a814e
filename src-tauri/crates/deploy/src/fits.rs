//! Whether a plan still fits, just before it is executed: nothing it is bound to may have moved on.

use pilothouse_effects::{ChangeSetState, CloudProblem};
use pilothouse_model::{CodeChange, Course, Plan};

use crate::desired::Desired;
use crate::look::{Standing, fingerprint, live_codes};
use crate::moved::moved;
use crate::{DeployProblem, Moved, Session, synced};

/// Refuses a plan of which something has moved on.
pub(crate) async fn still_fits(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    standing: &Standing,
) -> Result<(), DeployProblem> {
    let now = fingerprint(session, desired, standing);
    let mut found = moved(&plan.stack, &plan.fingerprint, &now);
    found.extend(synced::moved(desired, plan));
    // In another account the rest would only be noise, and must not even be asked.
    if found.is_empty() {
        match &plan.course {
            Course::Create { change_set, .. } | Course::Whole { change_set, .. } => {
                found.extend(moved_change_set(session, change_set).await?);
            }
            Course::Code { functions } => {
                found.extend(moved_functions(session, desired, functions).await?);
            }
            Course::Nothing | Course::Settings | Course::Anew { .. } => {}
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(DeployProblem::Moved(found))
    }
}

async fn moved_change_set(session: &Session, id: &str) -> Result<Option<Moved>, DeployProblem> {
    let state = match session.cloud().change_sets.describe(id).await {
        Ok(set) => match set.state {
            ChangeSetState::Ready => return Ok(None),
            ChangeSetState::Pending => "it was used or replaced".to_owned(),
            ChangeSetState::Empty => "it is empty".to_owned(),
            ChangeSetState::Failed { reason } => reason,
        },
        Err(CloudProblem::NotFound { .. }) => "it does not exist any more".to_owned(),
        Err(problem) => return Err(problem.into()),
    };
    Ok(Some(Moved::ChangeSet { state }))
}

async fn moved_functions(
    session: &Session,
    desired: &Desired,
    planned: &[CodeChange],
) -> Result<Vec<Moved>, DeployProblem> {
    let live = live_codes(session, &desired.functions).await?;
    let now = |name: &str| {
        let found = live.iter().find(|live| live.function.name == name)?;
        found.code.as_ref()?.digest.map(|digest| digest.to_string())
    };
    let moved = planned
        .iter()
        .filter(|change| now(&change.name) != change.from);
    Ok(moved
        .map(|change| Moved::Function {
            function: change.name.clone(),
        })
        .collect())
}
