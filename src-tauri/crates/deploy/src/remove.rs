//! Taking a stack away, with everything that deploys put into its bucket.

use pilothouse_effects::{CloudProblem, Stack, StackResource};
use pilothouse_model::Stage;

use crate::apply::failed;
use crate::failure::{Ending, ending};
use crate::follow::{follow, landed, mark, settled};
use crate::look::BUCKET;
use crate::template::VERSION;
use crate::turn::Way;
use crate::upload::subject;
use crate::{DeployProblem, Session, Stopped, synced};

/// What a removal would delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovalPlan {
    /// The stack.
    pub stack: Stack,
    /// Its resources.
    pub resources: Vec<StackResource>,
    /// The bucket of the stack's own that is emptied and deleted.
    pub bucket: Option<String>,
    /// A bucket of the user's in which only the releases of this service and stage are deleted: bucket and folder.
    pub releases: Option<(String, String)>,
    /// Files that deploys put into buckets.
    pub synced: Vec<RemovedFiles>,
}

/// Files of a bucket that are deleted before the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedFiles {
    /// The bucket.
    pub bucket: String,
    /// What their keys begin with.
    pub prefix: String,
    /// Their keys.
    pub keys: Vec<String>,
}

/// What a removal did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// How many objects were deleted from the bucket.
    pub objects: usize,
    /// Resources that the stack let go of instead of deleting them.
    pub kept: Vec<String>,
}

/// Works out what a removal would delete; none when there is no stack.
///
/// # Errors
/// When the cloud does not answer.
pub async fn plan_removal(
    session: &Session,
    users_bucket: Option<&str>,
    releases: &str,
) -> Result<Option<RemovalPlan>, DeployProblem> {
    let Some(stack) = settled(session, session.stack()).await? else {
        return Ok(None);
    };
    let resources = match session.cloud().stacks.resources(&stack.id).await {
        Ok(resources) => resources,
        Err(CloudProblem::NotFound { .. }) => Vec::new(),
        Err(problem) => return Err(problem.into()),
    };
    let there = |resource: &&StackResource| {
        resource.logical_id == BUCKET && resource.status != "DELETE_COMPLETE"
    };
    let bucket = resources
        .iter()
        .find(there)
        .and_then(|found| found.physical_id.clone());
    Ok(Some(RemovalPlan {
        stack,
        resources: resources
            .into_iter()
            .filter(|resource| resource.status != "DELETE_COMPLETE")
            .collect(),
        bucket,
        releases: users_bucket.map(|bucket| (bucket.to_owned(), releases.to_owned())),
        synced: Vec::new(),
    }))
}

/// Empties and deletes.
///
/// # Errors
/// [`DeployProblem::Failed`] with what remains, when CloudFormation could not delete everything.
pub async fn remove(session: &Session, plan: &RemovalPlan) -> Result<Removal, DeployProblem> {
    session.go_on(|| Stopped::Untouched)?;
    session.began(Stage::Emptying);
    let mut objects = 0;
    for files in &plan.synced {
        objects += synced::delete(session, files).await?;
    }
    if let Some(bucket) = &plan.bucket {
        objects += empty(session, bucket).await?;
    }
    if let Some((bucket, folder)) = &plan.releases {
        objects += delete_releases(session, bucket, folder).await?;
    }
    session.go_on(|| match objects {
        0 => Stopped::Untouched,
        _ => Stopped::Emptied {
            stack: session.stack().to_owned(),
            objects,
        },
    })?;
    session.began(Stage::Deleting);
    let kept = delete(session, &plan.stack.id).await?;
    Ok(Removal { objects, kept })
}

/// Empties a bucket; one that is gone already is empty.
async fn empty(session: &Session, bucket: &str) -> Result<usize, DeployProblem> {
    let step = session.intend("s3:DeleteObjects", bucket)?;
    let answer = match session
        .cloud()
        .objects
        .empty(bucket, session.account())
        .await
    {
        Err(CloudProblem::NotFound { .. }) => Ok(0),
        other => other,
    };
    session.came(&step, answer, |count| format!("{count} objects"))
}

async fn delete_releases(
    session: &Session,
    bucket: &str,
    folder: &str,
) -> Result<usize, DeployProblem> {
    let objects = &session.cloud().objects;
    let listed = objects
        .list(bucket, session.account(), &format!("{folder}/"))
        .await;
    let keys = match listed {
        Err(CloudProblem::NotFound { .. }) => return Ok(0),
        other => other?,
    };
    if keys.is_empty() {
        return Ok(0);
    }
    let step = session.intend("s3:DeleteObjects", &subject(bucket, folder))?;
    let answer = objects.delete(bucket, session.account(), &keys).await;
    session.came(&step, answer, |()| format!("{} objects", keys.len()))?;
    Ok(keys.len())
}

/// Deletes a stack, named by its ARN so that it can be no other, and follows it to its end. Answers with what
/// the stack let go of.
pub(crate) async fn delete(
    session: &Session,
    stack_id: &str,
) -> Result<Vec<String>, DeployProblem> {
    let mark = mark(session, stack_id).await?;
    let stack = session.cloud().stacks.describe(stack_id).await?;
    let is_empty = stack.is_some_and(|stack| stack.status == "REVIEW_IN_PROGRESS");
    let step = session.intend("cloudformation:DeleteStack", stack_id)?;
    let answer = session.cloud().stacks.delete(stack_id, &step.token).await;
    match answer {
        Err(CloudProblem::NoAnswer { .. }) if landed(session, stack_id, &step.token).await? => {
            session.came(&step, Ok(()), |()| "done".to_owned())?;
        }
        other => session.came(&step, other, |()| "done".to_owned())?,
    }
    if is_empty {
        // It held nothing, and some of its kind leave no event.
        return Ok(Vec::new());
    }
    let followed = follow(session, stack_id, &step.token, mark, Way::Delete).await?;
    if ending(&followed.status) != Some(Ending::Done) {
        return Err(failed(session, &followed));
    }
    let kept = followed
        .events
        .iter()
        .filter(|event| event.status == "DELETE_SKIPPED")
        // A version is kept by the stack and goes with its function all the same.
        .filter(|event| event.kind != VERSION);
    Ok(kept.map(|event| event.logical_id.clone()).collect())
}
