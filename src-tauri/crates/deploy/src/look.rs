//! How things stand before anything is done.

use futures_util::StreamExt as _;
use pilothouse_effects::{FunctionCode, Stack};
use pilothouse_model::{Digest, Fingerprint, StackMark};
use serde_json::{Map, Value};

use crate::desired::{Desired, DesiredFunction};
use crate::follow::settled;
use crate::{DeployProblem, Session, settings};

/// The output that every stack of a service has: the bucket that its releases lie in.
pub(crate) const BUCKET_OUTPUT: &str = "ServerlessDeploymentBucketName";
/// The bucket itself.
pub(crate) const BUCKET: &str = "ServerlessDeploymentBucket";
/// How many questions are asked at once.
pub(crate) const AT_ONCE: usize = 12;

/// How the stack stands.
#[derive(Debug)]
pub(crate) enum Standing {
    /// It does not exist, or only as a change set that nobody executed.
    Absent,
    /// What a failed first deploy left: it holds the name and can only be deleted.
    Wreck(Box<Stack>),
    /// It stands.
    Up(Box<Existing>),
}

/// A stack that stands.
#[derive(Debug)]
pub(crate) struct Existing {
    pub(crate) stack: Stack,
    /// Its template, when it is JSON; another tool may have written YAML.
    pub(crate) template: Option<Map<String, Value>>,
    /// The hash of its template's text.
    pub(crate) template_hash: String,
    /// The bucket that its releases lie in.
    pub(crate) bucket: String,
}

/// Waits until nobody changes the stack, then says how it stands.
pub(crate) async fn look(session: &Session, desired: &Desired) -> Result<Standing, DeployProblem> {
    let Some(stack) = settled(session, &desired.stack).await? else {
        return Ok(Standing::Absent);
    };
    match stack.status.as_str() {
        "REVIEW_IN_PROGRESS" => Ok(Standing::Absent),
        "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED" => {
            Ok(Standing::Wreck(Box::new(stack)))
        }
        // As the service wants it: what was made stays, and the next change goes on from there.
        "UPDATE_FAILED" if desired.settings.disable_rollback => {
            existing(session, desired, stack).await
        }
        "DELETE_FAILED" | "UPDATE_ROLLBACK_FAILED" | "UPDATE_FAILED" => Err(DeployProblem::Stuck {
            stack: stack.name,
            status: stack.status,
            reason: stack.reason,
        }),
        _ => existing(session, desired, stack).await,
    }
}

async fn existing(
    session: &Session,
    desired: &Desired,
    stack: Stack,
) -> Result<Standing, DeployProblem> {
    let text = session.cloud().stacks.template(&stack.id).await?;
    let text = text.unwrap_or_default();
    let bucket = match (&desired.bucket, stack.outputs.get(BUCKET_OUTPUT)) {
        (Some(name), _) | (None, Some(name)) => name.clone(),
        (None, None) => bucket_in(session, &stack).await?,
    };
    let template_hash = Digest::of(text.as_bytes()).to_string();
    let united = desired.live.as_ref();
    let united = united.filter(|live| live.template_hash == template_hash);
    Ok(Standing::Up(Box::new(Existing {
        template: match united {
            Some(live) => Some(live.whole.0.clone()),
            None => serde_json::from_str(&text).ok(),
        },
        template_hash,
        bucket,
        stack,
    })))
}

/// The bucket among a stack's resources. A stack without one was made by something else and is left alone.
async fn bucket_in(session: &Session, stack: &Stack) -> Result<String, DeployProblem> {
    let resources = session.cloud().stacks.resources(&stack.id).await?;
    resources
        .into_iter()
        .find(|resource| resource.logical_id == BUCKET)
        .and_then(|resource| resource.physical_id)
        .ok_or_else(|| DeployProblem::ForeignStack {
            stack: stack.name.clone(),
        })
}

/// A function with the code it runs.
#[derive(Debug)]
pub(crate) struct LiveCode<'a> {
    pub(crate) function: &'a DesiredFunction,
    pub(crate) code: Option<FunctionCode>,
}

/// The code that each function of the service runs now.
pub(crate) async fn live_codes<'a>(
    session: &Session,
    functions: &'a [DesiredFunction],
) -> Result<Vec<LiveCode<'a>>, DeployProblem> {
    let ask = |function: &'a DesiredFunction| async move {
        let code = session.cloud().functions.code(&function.name).await?;
        Ok(LiveCode { function, code })
    };
    let answers: Vec<Result<LiveCode<'a>, DeployProblem>> = futures_util::stream::iter(functions)
        .map(ask)
        .buffered(AT_ONCE)
        .collect()
        .await;
    answers.into_iter().collect()
}

/// What a plan made now is bound to.
pub(crate) fn fingerprint(
    session: &Session,
    desired: &Desired,
    standing: &Standing,
) -> Fingerprint {
    let stack = match standing {
        Standing::Absent => None,
        Standing::Wreck(stack) => Some(StackMark {
            id: stack.id.clone(),
            template: String::new(),
        }),
        Standing::Up(existing) => Some(StackMark {
            id: existing.stack.id.clone(),
            template: existing.template_hash.clone(),
        }),
    };
    Fingerprint {
        account: session.account().to_owned(),
        region: session.place().region.clone(),
        principal: session.principal().arn.clone(),
        template: desired.template_hash(),
        archives: desired.marks(),
        stack,
        settings: settings::mark_of(desired),
    }
}
