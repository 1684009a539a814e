//! CloudFormation's change sets.

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::types::{
    self, Capability, ChangeSetStatus, ChangeSetType, ExecutionStatus, ResourceAttribute,
};
use pilothouse_effects::{
    ChangeSet, ChangeSetKind, ChangeSetRequest, ChangeSetState, ChangeSets, CloudProblem, Effect,
    ResourceChange, Target, TemplateSource,
};

use crate::{problem, settings};

/// CloudFormation's name for a change set whose name is taken.
const ALREADY: &str = "AlreadyExistsException";

/// Change sets by CloudFormation.
#[derive(Debug)]
pub(crate) struct SdkChangeSets {
    client: Client,
    target: Target,
}

impl SdkChangeSets {
    pub(crate) const fn new(client: Client, target: Target) -> Self {
        Self { client, target }
    }

    /// All topics: none takes away those that were there, which the local AWS does not understand.
    fn notifications(&self, request: &ChangeSetRequest) -> Option<Vec<String>> {
        let topics = &request.settings.notification_arns;
        let left = topics.is_empty() && matches!(self.target, Target::Sandbox { .. });
        (!left).then(|| topics.clone())
    }

    async fn id_of(&self, stack: &str, name: &str) -> Result<String, CloudProblem> {
        let answer = self
            .client
            .describe_change_set()
            .stack_name(stack)
            .change_set_name(name)
            .send()
            .await
            .map_err(|error| problem::of("cloudformation:DescribeChangeSet", error))?;
        Ok(answer.change_set_id.unwrap_or_default())
    }
}

impl ChangeSets for SdkChangeSets {
    fn create<'a>(
        &'a self,
        request: &'a ChangeSetRequest,
    ) -> Effect<'a, Result<String, CloudProblem>> {
        Box::pin(async move {
            let call = self
                .client
                .create_change_set()
                .stack_name(&request.stack)
                .change_set_name(&request.name)
                .change_set_type(match request.kind {
                    ChangeSetKind::Create => ChangeSetType::Create,
                    ChangeSetKind::Update => ChangeSetType::Update,
                })
                .capabilities(Capability::CapabilityIam)
                .capabilities(Capability::CapabilityNamedIam)
                .capabilities(Capability::CapabilityAutoExpand)
                .client_token(&request.token)
                .set_role_arn(request.settings.role.clone())
                .set_notification_arns(self.notifications(request))
                .set_rollback_configuration(settings::rollback(&request.settings))
                .set_parameters(settings::parameters(&request.settings))
                .set_include_nested_stacks(request.nested.then_some(true))
                .set_tags(Some(settings::tags(&request.tags)));
            let call = match &request.template {
                TemplateSource::Body(text) => call.template_body(text),
                TemplateSource::Object { bucket, key } => {
                    call.template_url(object_url(&self.target, bucket, key))
                }
            };
            let answer = call.send().await;
            match answer.map_err(|error| problem::of("cloudformation:CreateChangeSet", error)) {
                Ok(answer) => Ok(answer.id.unwrap_or_default()),
                Err(CloudProblem::Refused { name, .. }) if name == ALREADY => {
                    self.id_of(&request.stack, &request.name).await
                }
                Err(problem) => Err(problem),
            }
        })
    }

    fn describe<'a>(&'a self, id: &'a str) -> Effect<'a, Result<ChangeSet, CloudProblem>> {
        Box::pin(async move {
            let mut pages = self
                .client
                .describe_change_set()
                .change_set_name(id)
                .into_paginator()
                .send();
            let mut found: Option<ChangeSet> = None;
            while let Some(page) = pages.next().await {
                let page =
                    page.map_err(|error| problem::of("cloudformation:DescribeChangeSet", error))?;
                let changes: Vec<ResourceChange> = page
                    .changes()
                    .iter()
                    .filter_map(|change| change.resource_change.as_ref().map(change_of))
                    .collect();
                match &mut found {
                    Some(set) => set.changes.extend(changes),
                    None => {
                        found = Some(ChangeSet {
                            id: id.to_owned(),
                            stack_id: page.stack_id.clone().unwrap_or_default(),
                            state: state_of(
                                page.status.as_ref(),
                                page.execution_status.as_ref(),
                                page.status_reason.as_deref(),
                            ),
                            changes,
                        });
                    }
                }
            }
            found.ok_or(CloudProblem::NoAnswer {
                call: "cloudformation:DescribeChangeSet",
                reason: "the answer had no page".to_owned(),
            })
        })
    }

    fn execute<'a>(
        &'a self,
        id: &'a str,
        token: &'a str,
        disable_rollback: bool,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.client
                .execute_change_set()
                .change_set_name(id)
                .client_request_token(token)
                .set_disable_rollback(disable_rollback.then_some(true))
                .send()
                .await
                .map_err(|error| problem::of("cloudformation:ExecuteChangeSet", error))?;
            Ok(())
        })
    }

    fn discard<'a>(&'a self, id: &'a str) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let answer = self
                .client
                .delete_change_set()
                .change_set_name(id)
                .send()
                .await;
            match answer.map_err(|error| problem::of("cloudformation:DeleteChangeSet", error)) {
                Ok(_) | Err(CloudProblem::NotFound { .. }) => Ok(()),
                Err(problem) => Err(problem),
            }
        })
    }
}

/// CloudFormation fetches templates itself and takes only S3's own addresses.
fn object_url(target: &Target, bucket: &str, key: &str) -> String {
    match target {
        Target::Sandbox { endpoint, .. } => format!("{endpoint}/{bucket}/{key}"),
        Target::Account { region, .. } => {
            let suffix = if region.starts_with("cn-") {
                "amazonaws.com.cn"
            } else {
                "amazonaws.com"
            };
            format!("https://s3.{region}.{suffix}/{bucket}/{key}")
        }
    }
}

/// CloudFormation says in words alone that a change set is empty, in one of these two ways.
const EMPTY: [&str; 2] = ["didn't contain changes", "No updates are to be performed"];

fn state_of(
    status: Option<&ChangeSetStatus>,
    execution: Option<&ExecutionStatus>,
    reason: Option<&str>,
) -> ChangeSetState {
    match status {
        Some(ChangeSetStatus::CreateComplete)
            if execution.is_none_or(|state| *state == ExecutionStatus::Available) =>
        {
            ChangeSetState::Ready
        }
        Some(ChangeSetStatus::Failed) => {
            let reason = reason.unwrap_or("CloudFormation gives no reason");
            if EMPTY.iter().any(|words| reason.contains(words)) {
                ChangeSetState::Empty
            } else {
                ChangeSetState::Failed {
                    reason: reason.to_owned(),
                }
            }
        }
        _ => ChangeSetState::Pending,
    }
}

fn change_of(change: &types::ResourceChange) -> ResourceChange {
    let text = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
    let target = |detail: &types::ResourceChangeDetail| {
        let target = detail.target.as_ref()?;
        let attribute = target.attribute.as_ref().map(ResourceAttribute::as_str)?;
        Some(match &target.name {
            Some(name) if !name.is_empty() => format!("{attribute}.{name}"),
            _ => attribute.to_owned(),
        })
    };
    let mut properties: Vec<String> = change.details().iter().filter_map(target).collect();
    properties.dedup();
    ResourceChange {
        action: change
            .action
            .as_ref()
            .map(|action| action.as_str().to_owned())
            .unwrap_or_default(),
        logical_id: change.logical_resource_id.clone().unwrap_or_default(),
        physical_id: text(&change.physical_resource_id),
        kind: change.resource_type.clone().unwrap_or_default(),
        replacement: change
            .replacement
            .as_ref()
            .map(|replacement| replacement.as_str().to_owned())
            .filter(|text| !text.is_empty()),
        policy: change
            .policy_action
            .as_ref()
            .map(|policy| policy.as_str().to_owned()),
        nested: text(&change.change_set_id),
        properties,
    }
}
