//! Executing a plan: what was shown, and nothing else.

use pilothouse_effects::{ChangeSetKind, ChangeSetState, CloudProblem, Stack, TemplateSource};
use pilothouse_model::{Change, CodeChange, Course, Plan, PlanRow, Progress, Stage};

use crate::desired::Desired;
use crate::failure::{Ending, ending};
use crate::fits::still_fits;
use crate::follow::{Followed, follow, landed, lost_sight, mark};
use crate::look::{BUCKET_OUTPUT, Existing, Standing, look};
use crate::plan::{change_set, first_change_set, throw_away};
use crate::template::code_folders;
use crate::turn::Way;
use crate::upload::{TEMPLATE_NAME, upload};
use crate::{
    DeployProblem, Failure, Moved, Session, Stopped, after, clean, code, nested, rows, settings,
};

/// A plan that was executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The stack as it stands now.
    pub stack: Stack,
}

/// Executes a plan, after making sure that everything it is bound to is still so.
///
/// # Errors
/// [`DeployProblem::Moved`] or [`DeployProblem::NotAsPlanned`] when nothing, or nothing but the stack's bucket,
/// was changed; [`DeployProblem::Failed`] when the change was begun and failed.
pub async fn apply(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
) -> Result<Applied, DeployProblem> {
    let standing = look(session, desired).await?;
    still_fits(session, desired, plan, &standing).await?;
    let done = carry_out(session, desired, plan, &standing).await;
    if let Err(problem) = &done {
        tidy(session, desired, plan, problem).await;
    }
    done?;
    if plan.course != Course::Nothing {
        after::follow_up(session, desired, plan).await?;
    }
    // The change is made: what cannot be read now is looked up by the next command.
    stands(session, desired)
        .await
        .map_err(|problem| lost_sight(session, problem))
}

/// After a failure: what was made on the way and nobody will use is thrown away. The failure that is told is the
/// first one; what cannot be thrown away now is left to the next command.
async fn tidy(session: &Session, desired: &Desired, plan: &Plan, problem: &DeployProblem) {
    if matches!(
        problem,
        DeployProblem::Left { .. } | DeployProblem::LostSight { .. }
    ) {
        return;
    }
    if throw_unused_away(session, desired, plan, problem)
        .await
        .is_err()
    {
        session.leaves_something();
    }
}

async fn throw_unused_away(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    problem: &DeployProblem,
) -> Result<(), DeployProblem> {
    if let Some((bucket, release)) = session.unused_upload() {
        clean::take_back(session, &bucket, &release).await?;
    }
    // A plan that was saved can be executed again after a failure before its execution.
    let stopped = matches!(problem, DeployProblem::Cancelled(Stopped::Untouched));
    let own = plan
        .change_set()
        .is_some_and(|id| session.has_change_set(id));
    if stopped || own {
        discard(session, desired, plan).await?;
    }
    Ok(())
}

async fn carry_out(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    standing: &Standing,
) -> Result<(), DeployProblem> {
    if plan.course != Course::Nothing {
        session.go_on(|| Stopped::Untouched)?;
    }
    match (&plan.course, standing) {
        (Course::Settings, Standing::Up(existing)) => {
            settings::update(session, desired, &existing.stack).await
        }
        (Course::Nothing | Course::Settings, _) => Ok(()),
        (Course::Code { functions }, Standing::Up(existing)) => {
            apply_code(session, desired, existing, functions).await
        }
        (Course::Whole { .. }, Standing::Up(existing)) => {
            apply_whole(session, desired, plan, Some(existing)).await
        }
        (Course::Whole { .. }, _) => apply_whole(session, desired, plan, None).await,
        (
            Course::Create {
                change_set,
                stack_id,
            },
            _,
        ) => create(session, desired, plan, change_set, stack_id).await,
        (Course::Anew { failed_stack }, _) => anew(session, desired, plan, failed_stack).await,
        (Course::Code { .. }, _) => Err(DeployProblem::Moved(vec![Moved::Stack {
            stack: plan.stack.clone(),
        }])),
    }
}

/// Throws away what a plan left in the cloud when it is not executed.
///
/// # Errors
/// When the cloud does not answer.
pub async fn discard(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
) -> Result<(), DeployProblem> {
    let (change_set, stack_id, creates) = match &plan.course {
        Course::Create {
            change_set,
            stack_id,
        } => (change_set, stack_id, true),
        Course::Whole {
            change_set,
            stack_id,
            creates,
        } => (change_set, stack_id, *creates),
        Course::Nothing | Course::Settings | Course::Code { .. } | Course::Anew { .. } => {
            return Ok(());
        }
    };
    throw_away(session, change_set).await?;
    let stack = session.cloud().stacks.describe(stack_id).await?;
    let is_empty = |stack: &Stack| stack.status == "REVIEW_IN_PROGRESS";
    if creates && stack.as_ref().is_some_and(is_empty) {
        // Of a first plan an empty stack remains, which would hold the name.
        let step = session.intend("cloudformation:DeleteStack", stack_id)?;
        let answer = session.cloud().stacks.delete(stack_id, &step.token).await;
        session.came(&step, answer, |()| "done".to_owned())?;
    }
    // A large template lies in the bucket for its change set.
    let of_stack = stack.and_then(|mut stack| stack.outputs.shift_remove(BUCKET_OUTPUT));
    match desired.bucket.clone().or(of_stack) {
        Some(bucket) => clean::take_back(session, &bucket, &plan.release).await,
        None => Ok(()),
    }
}

async fn apply_code(
    session: &Session,
    desired: &Desired,
    existing: &Existing,
    changes: &[CodeChange],
) -> Result<(), DeployProblem> {
    upload(session, desired, &existing.bucket, true).await?;
    session.go_on(|| Stopped::Untouched)?;
    code::give(session, desired, &existing.bucket, changes).await?;
    // The stack's template still names an older release: it must stay, for a rollback goes back to it.
    let named = existing.template.as_ref().map(code_folders);
    let named = named.unwrap_or_default();
    let cleaned = clean::clean(session, desired, &existing.bucket, &named).await;
    housekeeping(session, cleaned, "Old releases")
}

async fn apply_whole(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    existing: Option<&Existing>,
) -> Result<(), DeployProblem> {
    let Course::Whole {
        change_set,
        stack_id,
        ..
    } = &plan.course
    else {
        return Ok(());
    };
    let bucket = match existing {
        Some(existing) => existing.bucket.clone(),
        None => desired.bucket.clone().unwrap_or_default(),
    };
    upload(session, desired, &bucket, true).await?;
    let before = match existing {
        Some(_) => code::remember(session, desired).await?,
        None => Vec::new(),
    };
    session.go_on(|| Stopped::Untouched)?;
    let way = match existing {
        Some(_) => Way::Update,
        None => Way::Create,
    };
    let followed = execute(session, desired, change_set, stack_id, way).await?;
    finish(session, desired, &bucket, &before, &followed).await
}

/// The first change set makes the stack and its bucket, the second one the rest.
async fn create(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    first: &str,
    stack_id: &str,
) -> Result<(), DeployProblem> {
    session.began(Stage::Creating);
    let followed = execute(session, desired, first, stack_id, Way::Create).await?;
    if ending(&followed.status) != Some(Ending::Done) {
        return Err(failed(session, &followed));
    }
    let bucket = bucket_name(session, stack_id).await?;
    let done = fill(session, desired, plan, stack_id, &bucket).await;
    done.map_err(|problem| match problem {
        // Whatever was stopped or put back after that: the stack with its bucket stands.
        DeployProblem::Cancelled(_) => DeployProblem::Cancelled(Stopped::OnlyBucket {
            stack: session.stack().to_owned(),
            bucket,
        }),
        other => other,
    })
}

/// The second change set of a first deploy, on a stack that has its bucket.
async fn fill(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    stack_id: &str,
    bucket: &str,
) -> Result<(), DeployProblem> {
    session.go_on(|| Stopped::Untouched)?;
    upload(session, desired, bucket, false).await?;
    session.go_on(|| Stopped::Untouched)?;
    let source = TemplateSource::Object {
        bucket: bucket.to_owned(),
        key: format!("{}/{TEMPLATE_NAME}", desired.release),
    };
    let kind = ChangeSetKind::Update;
    let beside = settings::beside(desired);
    let set = change_set(session, desired, stack_id, kind, source, beside).await?;
    if set.state == ChangeSetState::Empty {
        return throw_away(session, &set.id).await;
    }
    let real = nested::rows(session, desired, None, &set.changes).await?;
    let differences = rows::unlike(&rest_of(plan, desired), &real);
    if !differences.is_empty() {
        throw_away(session, &set.id).await?;
        return Err(DeployProblem::NotAsPlanned { differences });
    }
    if session.cancel().is_requested() {
        throw_away(session, &set.id).await?;
        session.go_on(|| Stopped::Untouched)?;
    }
    let followed = execute(session, desired, &set.id, stack_id, Way::Update).await?;
    finish(session, desired, bucket, &Vec::new(), &followed).await
}

/// The planned rows that the first change set has not made yet.
fn rest_of(plan: &Plan, desired: &Desired) -> Vec<PlanRow> {
    let made = desired
        .create
        .as_ref()
        .and_then(|create| create.section("Resources"));
    let is_made = |row: &PlanRow| made.is_some_and(|made| made.contains_key(&row.logical_id));
    plan.rows
        .iter()
        .filter(|row| row.change == Change::Add && !is_made(row))
        .cloned()
        .collect()
}

/// Deletes what a failed first deploy left, whose events are kept first, for they are deleted with it.
async fn anew(
    session: &Session,
    desired: &Desired,
    plan: &Plan,
    failed_stack: &str,
) -> Result<(), DeployProblem> {
    session.began(Stage::Clearing);
    crate::remove::delete(session, failed_stack).await?;
    session.go_on(|| Stopped::Cleared {
        stack: session.stack().to_owned(),
    })?;
    session.began(Stage::Planning);
    let Some(create_template) = &desired.create else {
        let again = crate::plan(session, desired).await?;
        let differences = rows::unlike(&plan.rows, &again.rows);
        if !differences.is_empty() {
            discard(session, desired, &again).await?;
            return Err(DeployProblem::NotAsPlanned { differences });
        }
        return apply_whole(session, desired, &again, None).await;
    };
    let set = first_change_set(session, desired, create_template).await?;
    create(session, desired, plan, &set.id, &set.stack_id).await
}

/// Executes a change set and follows it to its end. When the answer is lost, the stack's events tell whether
/// the call arrived.
async fn execute(
    session: &Session,
    desired: &Desired,
    change_set: &str,
    stack_id: &str,
    way: Way,
) -> Result<Followed, DeployProblem> {
    session.began(Stage::Updating);
    let mark = mark(session, stack_id).await?;
    let step = session.intend("cloudformation:ExecuteChangeSet", stack_id)?;
    session.used_change_set(change_set);
    let answer = session
        .cloud()
        .change_sets
        .execute(change_set, &step.token, desired.settings.disable_rollback)
        .await;
    match answer {
        // A call that is sent again after a lost answer finds its change set in use.
        Err(problem)
            if may_have_landed(&problem) && landed(session, stack_id, &step.token).await? =>
        {
            session.came(&step, Ok(()), |()| "done".to_owned())?;
        }
        Err(problem) => {
            // Of a call without an answer nobody knows whether it still arrives.
            if matches!(problem, CloudProblem::NoAnswer { .. }) {
                session.uses_uploads();
            }
            return session.came(&step, Err(problem), |_: &Followed| String::new());
        }
        Ok(()) => session.came(&step, Ok(()), |()| "done".to_owned())?,
    }
    session.uses_uploads();
    follow(session, stack_id, &step.token, mark, way).await
}

fn may_have_landed(problem: &CloudProblem) -> bool {
    match problem {
        CloudProblem::NoAnswer { .. } => true,
        CloudProblem::Refused { name, .. } => name.starts_with("InvalidChangeSetStatus"),
        _ => false,
    }
}

/// What follows on a change of the stack: old releases go, or everything is set back.
async fn finish(
    session: &Session,
    desired: &Desired,
    bucket: &str,
    before: &code::Before,
    followed: &Followed,
) -> Result<(), DeployProblem> {
    if ending(&followed.status) == Some(Ending::Done) {
        return housekeeping(
            session,
            // A layer that did not change lies in an older release.
            clean::clean(session, desired, bucket, &code_folders(&desired.update.0)).await,
            "Old releases",
        );
    }
    if ending(&followed.status) == Some(Ending::RolledBack) {
        if let Err(problem) = code::give_back(session, desired, bucket, before).await {
            session.tell(Progress::Note(format!(
                "Newer code that ran before could not be given back: {problem}"
            )));
        }
        housekeeping(
            session,
            clean::take_back(session, bucket, &desired.release).await,
            "The files of this release",
        )?;
    }
    Err(failed_or_put_back(session, followed))
}

/// Files that could not be deleted are no failure of what was done. Without the journal nothing goes on.
fn housekeeping(
    session: &Session,
    answer: Result<(), DeployProblem>,
    what: &str,
) -> Result<(), DeployProblem> {
    match answer {
        Err(DeployProblem::Cloud(problem)) => {
            session.tell(Progress::Note(format!(
                "{what} could not be deleted: {problem}"
            )));
            Ok(())
        }
        other => other,
    }
}

/// What was taken back because it was asked for is no failure, unless something had failed by itself.
fn failed_or_put_back(session: &Session, followed: &Followed) -> DeployProblem {
    let failure = Failure::of(session.stack(), &followed.status, &followed.events);
    if followed.asked_back && failure.rolled_back() && !failure.has_cause() {
        return DeployProblem::Cancelled(Stopped::PutBack {
            stack: session.stack().to_owned(),
        });
    }
    DeployProblem::Failed(Box::new(failure))
}

pub(crate) fn failed(session: &Session, followed: &Followed) -> DeployProblem {
    let failure = Failure::of(session.stack(), &followed.status, &followed.events);
    DeployProblem::Failed(Box::new(failure))
}

async fn bucket_name(session: &Session, stack_id: &str) -> Result<String, DeployProblem> {
    let stack = session.cloud().stacks.describe(stack_id).await?;
    stack
        .and_then(|stack| stack.outputs.get(BUCKET_OUTPUT).cloned())
        .ok_or_else(|| DeployProblem::ForeignStack {
            stack: session.stack().to_owned(),
        })
}

async fn stands(session: &Session, desired: &Desired) -> Result<Applied, DeployProblem> {
    let stack = session.cloud().stacks.describe(&desired.stack).await?;
    stack.map(|stack| Applied { stack }).ok_or_else(|| {
        DeployProblem::Cloud(CloudProblem::NotFound {
            call: "cloudformation:DescribeStacks",
            reason: format!("the stack {} does not exist", desired.stack),
        })
    })
}
