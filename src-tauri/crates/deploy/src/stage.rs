//! Settings of the stage of a REST API. The stack makes the stage with its deployment and does not hold what is set
//! on it, so that is compared and set beside the stack.

use std::collections::BTreeMap;

use pilothouse_effects::StageSettings;
use pilothouse_model::{Change, Course, PlanRow, PropertyChange};

use crate::desired::{Desired, DesiredStage};
use crate::{DeployProblem, Session};

const KIND: &str = "AWS::ApiGateway::Stage";
/// Where requests are logged to, and how.
const LOG_TARGET: &str = "/accessLogSettings/destinationArn";
const TAG: &str = "tag:";

/// Changes of settings: what they are set to, or that they are taken away.
type Changes = BTreeMap<String, Option<String>>;

/// The row of a plan that shows what would be set; none when everything is as wanted, or no stack stands yet.
pub(crate) async fn row(
    session: &Session,
    desired: &Desired,
    stack: &str,
) -> Result<Option<PlanRow>, DeployProblem> {
    let Some(stage) = &desired.api_stage else {
        return Ok(None);
    };
    let Some(api) = api_id(session, stage, stack).await? else {
        return Ok(None);
    };
    let live = session.cloud().stages.settings(&api, &stage.name).await?;
    let live = live.unwrap_or_default();
    let changes = changes(session, stage, &live);
    Ok((!changes.is_empty())
        .then(|| of_changes(stage, Some(format!("{api}/{}", stage.name)), &live, changes)))
}

/// The row of a stage that is made by the change of the stack.
pub(crate) fn first_row(session: &Session, desired: &Desired, course: &Course) -> Option<PlanRow> {
    let stage = desired.api_stage.as_ref().filter(|_| {
        matches!(
            course,
            Course::Create { .. } | Course::Anew { .. } | Course::Whole { creates: true, .. }
        )
    })?;
    let live = StageSettings::new();
    let changes = changes(session, stage, &live);
    (!changes.is_empty()).then(|| of_changes(stage, None, &live, changes))
}

fn of_changes(
    stage: &DesiredStage,
    physical_id: Option<String>,
    live: &StageSettings,
    changes: Changes,
) -> PlanRow {
    let property = |(name, after): (String, Option<String>)| PropertyChange {
        before: live.get(&name).cloned(),
        path: name,
        after,
    };
    PlanRow {
        logical_id: format!("{} {}", stage.api, stage.name),
        resource_type: KIND.to_owned(),
        stack: None,
        physical_id,
        // The stage is never made here: it comes with the deployment.
        change: Change::Modify,
        conditional: false,
        properties: changes.into_iter().map(property).collect(),
    }
}

/// Sets what is not as wanted, once the stack stands.
pub(crate) async fn set(session: &Session, desired: &Desired) -> Result<(), DeployProblem> {
    let Some(stage) = &desired.api_stage else {
        return Ok(());
    };
    let Some(api) = api_id(session, stage, &desired.stack).await? else {
        return Ok(());
    };
    let stages = &session.cloud().stages;
    let live = stages.settings(&api, &stage.name).await?;
    let changes = changes(session, stage, &live.unwrap_or_default());
    if changes.is_empty() {
        return Ok(());
    }
    let step = session.intend("apigateway:UpdateStage", &format!("{api}/{}", stage.name))?;
    let answer = stages.set(&api, &stage.name, &changes).await;
    session.came(&step, answer, |()| "done".to_owned())
}

async fn api_id(
    session: &Session,
    stage: &DesiredStage,
    stack: &str,
) -> Result<Option<String>, DeployProblem> {
    let resources = session.cloud().stacks.resources(stack).await?;
    let api = resources
        .into_iter()
        .find(|resource| resource.logical_id == stage.api);
    Ok(api.and_then(|api| api.physical_id))
}

/// What is not as wanted.
fn changes(session: &Session, stage: &DesiredStage, live: &StageSettings) -> Changes {
    let mut wanted = stage.settings.clone();
    if let Some(group) = &stage.log_group {
        wanted.insert(LOG_TARGET.to_owned(), Some(log_arn(session, group)));
    }
    if let Some(tags) = &stage.tags {
        // Tags of AWS's own are not ours to take away.
        let gone = live.keys().filter(|name| {
            name.strip_prefix(TAG)
                .is_some_and(|tag| !tag.starts_with("aws:"))
        });
        wanted.extend(gone.map(|name| (name.clone(), None)));
        wanted.extend(
            tags.iter()
                .map(|(name, value)| (format!("{TAG}{name}"), Some(value.clone()))),
        );
    }
    wanted
        .into_iter()
        .filter(|(name, value)| {
            let default = || is_off(value.as_deref()) && !live.contains_key(name);
            live.get(name) != value.as_ref() && !default()
        })
        .collect()
}

/// A setting that was never set is off.
fn is_off(value: Option<&str>) -> bool {
    matches!(value, None | Some("false" | "OFF"))
}

fn log_arn(session: &Session, group: &str) -> String {
    let principal = &session.principal().arn;
    let partition = principal.split(':').nth(1).unwrap_or("aws");
    let (region, account) = (&session.place().region, session.account());
    format!("arn:{partition}:logs:{region}:{account}:log-group:{group}")
}
