//! What the cloud and the deploy room say, in the one envelope.

use pilothouse_deploy::{DeployProblem, Failure, Stopped, Taken};
use pilothouse_effects::{CloudProblem, JournalProblem, PrivateProblem};
use pilothouse_model::Code;

use crate::{ApiError, Kind, Retry};

impl From<CloudProblem> for ApiError {
    fn from(problem: CloudProblem) -> Self {
        let error = |code, kind| Self::new(code, kind, problem.to_string());
        match &problem {
            CloudProblem::NoAnswer { reason, .. } => error(Code::CloudSilent, Kind::Remote)
                .detail(reason)
                .hint("Check the network; on the sandbox, `pilothouse sandbox status`")
                .hint("Then repeat the command: it looks up what became of this one")
                .retry(Retry::Now),
            CloudProblem::Credentials { reason } => error(Code::Credentials, Kind::Permission)
                .detail(reason)
                .hint("Sign in again (`aws sso login --profile NAME`), or name a profile with --profile")
                .hint("To try without an account, use --sandbox"),
            CloudProblem::Denied { reason, call } => error(Code::Denied, Kind::Permission)
                .detail(reason)
                .hint(format!("Ask whoever manages the account for the permission `{call}`")),
            CloudProblem::Throttled { .. } => error(Code::Throttled, Kind::Remote)
                .hint("Wait a minute and repeat the command")
                .retry(Retry::Now),
            CloudProblem::NotFound { reason, .. } => {
                error(Code::CloudMissing, Kind::Precondition).detail(reason)
            }
            CloudProblem::Refused { .. } => error(Code::CloudRefused, Kind::Remote),
            _ => error(Code::CloudRefused, Kind::Remote),
        }
    }
}

impl From<JournalProblem> for ApiError {
    fn from(problem: JournalProblem) -> Self {
        Self::new(Code::DataFolder, Kind::Precondition, problem.to_string())
            .detail(problem.source.to_string())
            .hint("Nothing is changed without it. Check free space and permissions of the data folder, or name another one with PILOTHOUSE_HOME")
    }
}

/// The folder of ours that holds journal and locks cannot be used.
pub(crate) fn of_folder(problem: &PrivateProblem) -> ApiError {
    ApiError::new(Code::DataFolder, Kind::Precondition, problem.to_string())
        .detail(problem.source.to_string())
        .hint("Check its owner and permissions, or name another folder with PILOTHOUSE_HOME")
}

impl From<DeployProblem> for ApiError {
    fn from(problem: DeployProblem) -> Self {
        let error = |code, kind| Self::new(code, kind, problem.to_string());
        match &problem {
            DeployProblem::Cloud(cloud) => cloud.clone().into(),
            DeployProblem::Entropy(source) => {
                error(Code::DataFolder, Kind::Internal).detail(source.to_string())
            }
            DeployProblem::ForeignStack { .. } => error(Code::StackForeign, Kind::Precondition)
                .detail("it holds no deployment bucket")
                .hint("Choose another name with provider.stackName, or another stage"),
            DeployProblem::Stuck {
                reason,
                status,
                stack,
            } => stuck(
                error(Code::StackStuck, Kind::Precondition),
                stack,
                status,
                reason.as_deref(),
            ),
            DeployProblem::Failed(failure) => {
                failed(error(Code::DeployFailed, Kind::Remote), failure)
            }
            DeployProblem::StillRunning { status, .. } => error(Code::StackRunning, Kind::Remote)
                .detail(format!("it is in {status}"))
                .hint("Repeat the command later: it looks up what became of this one"),
            DeployProblem::LostSight { problem: cloud, .. } => {
                lost_sight(problem.to_string(), cloud)
            }
            DeployProblem::Cancelled(stopped) => {
                cancelled(error(Code::Cancelled, Kind::User), stopped)
            }
            DeployProblem::Left { .. } => error(Code::Cancelled, Kind::User)
                .hint("See what became of it: pilothouse activity")
                .hint("The next command on this stack looks it up and settles it"),
            DeployProblem::CodeRefused { reason, .. } => error(Code::CodeRefused, Kind::Remote)
                .detail(reason)
                .hint("Deploy again: what each function runs is compared anew"),
            DeployProblem::Journal(_) => of_journal(problem),
            _ => not_begun(&problem),
        }
    }
}

/// What stopped a plan, or its execution, before anything was changed.
fn not_begun(problem: &DeployProblem) -> ApiError {
    let error = |code, kind| ApiError::new(code, kind, problem.to_string());
    match problem {
        DeployProblem::ChangeSetFailed { reason, .. } => error(Code::ChangeSetFailed, Kind::Config)
            .detail(reason)
            .hint("Nothing was changed. Put the template right and try again"),
        DeployProblem::BucketMissing { bucket } => {
            bucket_missing(error(Code::BucketMissing, Kind::Config), bucket)
        }
        DeployProblem::NamesTaken(taken) => {
            names_taken(error(Code::ResourceNameTaken, Kind::Precondition), taken)
        }
        DeployProblem::Moved(what) => {
            let told: Vec<String> = what.iter().map(ToString::to_string).collect();
            error(Code::PlanStale, Kind::Precondition)
                .detail(told.join("; "))
                .hint("Nothing was changed. Make a new plan: pilothouse plan")
        }
        DeployProblem::NotAsPlanned { differences } => error(Code::PlanDiffers, Kind::Precondition)
            .detail(differences.join("; "))
            .hint("Nothing beyond what was shown was done. Make a new plan: pilothouse plan"),
        _ => error(Code::CloudRefused, Kind::Remote),
    }
}

/// A change goes on that cannot be watched: what stands in the way is told, and how to find the change again.
fn lost_sight(title: String, cloud: &CloudProblem) -> ApiError {
    let mut told = ApiError::from(cloud.clone());
    told.title = title;
    told.hint("Then repeat the command: it looks up what became of the change")
}

fn bucket_missing(error: ApiError, bucket: &str) -> ApiError {
    error
        .hint(format!("Make the bucket {bucket} in this account and Region, or correct provider.deploymentBucket"))
        .hint("Without provider.deploymentBucket the stack gets a bucket of its own")
}

/// Each name that is given already, and who has it.
fn names_taken(error: ApiError, taken: &[Taken]) -> ApiError {
    let one = |taken: &Taken| {
        let by = match &taken.by {
            Some(stack) => format!("the stack {stack}"),
            None => "something outside every stack".to_owned(),
        };
        let (id, kind) = (&taken.logical_id, &taken.resource_type);
        format!("{id} ({kind}) wants {}, which {by} has", taken.name)
    };
    let told: Vec<String> = taken.iter().map(one).collect();
    error
        .detail(told.join("; "))
        .hint("Nothing was changed. Choose other names, or leave them out: CloudFormation then makes them")
}

/// What stands after a stop, and what can be done with it.
fn cancelled(error: ApiError, stopped: &Stopped) -> ApiError {
    match stopped {
        Stopped::OnlyBucket { bucket, .. } => error
            .detail(format!("its bucket is {bucket}"))
            .hint("To go on: pilothouse deploy")
            .hint("To take it away: pilothouse remove"),
        Stopped::SomeCode { given, kept } => {
            let names = |names: &[String]| match names {
                [] => "none".to_owned(),
                some => some.join(", "),
            };
            error
                .detail(format!(
                    "new code: {}; as before: {}",
                    names(given),
                    names(kept)
                ))
                .hint("To go on: pilothouse deploy. What each function runs is compared anew")
        }
        Stopped::SomeFiles { .. } => error
            .detail("what was to be deleted from the bucket is still there")
            .hint("To go on: pilothouse deploy. What lies there is compared anew"),
        Stopped::Emptied { .. } => error
            .detail("functions still run, and a deploy uploads what it needs again")
            .hint("To take the rest away: pilothouse remove"),
        _ => error,
    }
}

fn of_journal(problem: DeployProblem) -> ApiError {
    match problem {
        DeployProblem::Journal(journal) => journal.into(),
        other => ApiError::new(Code::DataFolder, Kind::Precondition, other.to_string()),
    }
}

fn stuck(error: ApiError, stack: &str, status: &str, reason: Option<&str>) -> ApiError {
    let error = match reason {
        Some(reason) => error.detail(reason),
        None => error,
    };
    if status == "DELETE_FAILED" {
        return error.hint(
            "A removal was not finished. Put right what stood in its way, then: pilothouse remove",
        );
    }
    if status == "UPDATE_FAILED" {
        return error
            .hint(format!(
                "Set it back: aws cloudformation rollback-stack --stack-name {stack}"
            ))
            .hint("Or go on from it: deploy with `provider.disableRollback: true`");
    }
    error.hint(format!(
        "Finish its rollback: aws cloudformation continue-update-rollback --stack-name {stack}"
    ))
}

/// First what failed first, then what is left.
fn failed(mut error: ApiError, failure: &Failure) -> ApiError {
    if let Some(first) = &failure.first {
        let reason = first
            .reason
            .as_deref()
            .unwrap_or("CloudFormation gives no reason");
        error = error.detail(format!(
            "{} ({}): {reason}",
            first.logical_id, first.resource_type
        ));
    }
    for other in &failure.also {
        let reason = other.reason.as_deref().unwrap_or("no reason given");
        error = error.hint(format!("{} failed too: {reason}", other.logical_id));
    }
    let status = &failure.status;
    let left = match status.as_str() {
        "UPDATE_ROLLBACK_COMPLETE" => "The stack was rolled back and is as it was before. Put the cause right and deploy again".to_owned(),
        "ROLLBACK_COMPLETE" => "The stack was rolled back and holds nothing. Put the cause right and deploy again: what is left of it is deleted first".to_owned(),
        "UPDATE_FAILED" | "CREATE_FAILED" => format!(
            "Rollback is off (`provider.disableRollback`), so what was made stays. Put the cause right and deploy again, \
             or set it back: aws cloudformation rollback-stack --stack-name {}",
            failure.stack
        ),
        "DELETE_FAILED" => format!(
            "Still there: {}. Put the cause right, then: pilothouse remove",
            failure.remains.join(", ")
        ),
        _ => format!("The stack is in {status}; not set back: {}", failure.remains.join(", ")),
    };
    error.failure = Some(Box::new(failure.clone()));
    error.hint(left)
}
