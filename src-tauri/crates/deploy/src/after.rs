//! What follows when the stack stands: what its template does not hold is set, files go to their buckets, old versions go,
//! and what is to be called is called.

use pilothouse_model::{Plan, Progress};

use crate::desired::Desired;
use crate::{DeployProblem, Session, prune, settings, stage, synced};

pub(crate) async fn follow_up(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
) -> Result<(), DeployProblem> {
    settings::set_policy(session, desired).await?;
    stage::set(session, desired).await?;
    synced::put(session, desired, plan).await?;
    prune::delete(session, plan).await?;
    call(session, desired).await;
    Ok(())
}

/// Calls what is to be called after a deploy. The deploy is done: a call that fails is only told.
async fn call(session: &Session, desired: &Desired) {
    for (function, payload) in &desired.calls {
        let payload = payload.clone().into_bytes();
        let note = match session.cloud().functions.invoke(function, payload).await {
            Ok(answer) => match answer.error {
                None => format!("Called `{function}`, which keeps others warm"),
                Some(error) => {
                    format!("`{function}` was called and failed ({error}); its log says why")
                }
            },
            Err(problem) => format!("`{function}` could not be called: {problem}"),
        };
        session.tell(Progress::Note(note));
    }
}
