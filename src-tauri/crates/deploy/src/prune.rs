//! Old versions of functions and layers, as serverless-prune-plugin deletes them: after a deploy, all but the newest
//! and those that an alias leads to. A plan names each, and only what it names is deleted.

use pilothouse_effects::{CloudProblem, Versioned};
use pilothouse_model::{Change, Course, OldVersions, Plan, PlanRow, Progress};
use serde_json::Value;

use crate::desired::Desired;
use crate::{DeployProblem, Session};

/// What a deploy would delete.
pub(crate) async fn find(
    session: &Session,
    desired: &Desired,
    course: &Course,
    rows: &[PlanRow],
) -> Result<Vec<OldVersions>, DeployProblem> {
    let (Some(prune), Course::Whole { creates: false, .. }) = (&desired.prune, course) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for function in &desired.functions {
        let coming = rows
            .iter()
            .any(|row| publishes(desired, row, &function.key));
        let of = Versioned::Function(&function.name);
        let numbers = old(session, of, prune.keep, coming).await?;
        found.push((function.name.clone(), false, numbers));
    }
    for layer in &prune.layers {
        let coming = rows
            .iter()
            .any(|row| row.resource_type == LAYER && replaced(row));
        let numbers = old(session, Versioned::Layer(layer), prune.keep, coming).await?;
        found.push((layer.clone(), true, numbers));
    }
    let found = found
        .into_iter()
        .filter(|(.., numbers)| !numbers.is_empty());
    Ok(found
        .map(|(name, is_layer, numbers)| OldVersions {
            name,
            is_layer,
            numbers,
        })
        .collect())
}

const LAYER: &str = "AWS::Lambda::LayerVersion";

const fn replaced(row: &PlanRow) -> bool {
    matches!(row.change, Change::Add | Change::Replace)
}

/// Whether a row is a new version of a function.
fn publishes(desired: &Desired, row: &PlanRow, key: &str) -> bool {
    if row.resource_type != "AWS::Lambda::Version" || !replaced(row) {
        return false;
    }
    let resources = desired.update.0.get("Resources");
    let of = resources
        .and_then(|all| all.get(&row.logical_id))
        .and_then(|version| version.pointer("/Properties/FunctionName/Ref"))
        .and_then(Value::as_str);
    of.is_some()
        && of
            == desired
                .functions
                .iter()
                .find(|f| f.key == key)
                .map(|f| f.id.as_str())
}

/// The versions that go, oldest first. `coming` is whether the deploy makes one more.
async fn old(
    session: &Session,
    of: Versioned<'_>,
    keep: usize,
    coming: bool,
) -> Result<Vec<u64>, DeployProblem> {
    let published = session.cloud().versions.published(of).await?;
    let mut numbers = published.numbers;
    numbers.retain(|number| !published.aliased.contains(number));
    numbers.sort_unstable();
    // The newest is the one that the stack holds.
    let keep = keep.max(1) - usize::from(coming);
    let gone = numbers.len().saturating_sub(keep);
    numbers.truncate(gone);
    Ok(numbers)
}

/// Deletes what the plan names, once the stack stands. What cannot be deleted is told: the deploy is done.
pub(crate) async fn delete(session: &Session, plan: &Plan) -> Result<(), DeployProblem> {
    for old in &plan.old_versions {
        let (of, call) = if old.is_layer {
            (Versioned::Layer(&old.name), "lambda:DeleteLayerVersion")
        } else {
            (Versioned::Function(&old.name), "lambda:DeleteFunction")
        };
        // An alias can lead there since the plan was made.
        let now = match session.cloud().versions.published(of).await {
            Ok(now) => now,
            Err(problem) => {
                told(session, old, &problem);
                continue;
            }
        };
        for number in &old.numbers {
            if now.aliased.contains(number) || !now.numbers.contains(number) {
                continue;
            }
            let step = session.intend(call, &format!("{}:{number}", old.name))?;
            let answer = session.cloud().versions.delete(of, *number).await;
            match session.came(&step, answer, |()| "done".to_owned()) {
                Err(DeployProblem::Cloud(problem)) => told(session, old, &problem),
                other => other?,
            }
        }
    }
    Ok(())
}

fn told(session: &Session, old: &OldVersions, problem: &CloudProblem) {
    let note = format!(
        "An old version of `{}` could not be deleted: {problem}",
        old.name
    );
    session.tell(Progress::Note(note));
}
