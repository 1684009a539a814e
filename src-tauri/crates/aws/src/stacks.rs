//! CloudFormation's stacks.

use std::time::SystemTime;

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::types;
use indexmap::IndexMap;
use pilothouse_effects::{
    CloudProblem, Effect, Events, Stack, StackEvent, StackResource, StackSettings, Stacks,
};

use crate::{problem, settings};

/// Stacks by CloudFormation.
#[derive(Debug)]
pub(crate) struct SdkStacks(Client);

impl SdkStacks {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }
}

impl Stacks for SdkStacks {
    fn describe<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<Stack>, CloudProblem>> {
        Box::pin(async move {
            let answer = self.0.describe_stacks().stack_name(stack).send().await;
            match answer.map_err(|error| problem::of("cloudformation:DescribeStacks", error)) {
                Ok(answer) => Ok(answer
                    .stacks
                    .unwrap_or_default()
                    .into_iter()
                    .next()
                    .map(stack_of)),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn names(&self) -> Effect<'_, Result<Vec<String>, CloudProblem>> {
        Box::pin(async move {
            let mut pages = self.0.describe_stacks().into_paginator().send();
            let mut names = Vec::new();
            while let Some(page) = pages.next().await {
                let page =
                    page.map_err(|error| problem::of("cloudformation:DescribeStacks", error))?;
                let stacks = page.stacks.unwrap_or_default();
                names.extend(stacks.into_iter().filter_map(|stack| stack.stack_name));
            }
            Ok(names)
        })
    }

    fn events<'a>(
        &'a self,
        stack: &'a str,
        which: Events<'a>,
    ) -> Effect<'a, Result<Vec<StackEvent>, CloudProblem>> {
        Box::pin(async move {
            let mut pages = self
                .0
                .describe_stack_events()
                .stack_name(stack)
                .into_paginator()
                .send();
            let mut events = Vec::new();
            while let Some(page) = pages.next().await {
                let page =
                    page.map_err(|error| problem::of("cloudformation:DescribeStackEvents", error))?;
                for event in page.stack_events.unwrap_or_default() {
                    if matches!(which, Events::After(seen) if event.event_id.as_deref() == Some(seen))
                    {
                        return Ok(events);
                    }
                    events.push(event_of(event));
                }
                if which == Events::Latest {
                    return Ok(events);
                }
            }
            Ok(events)
        })
    }

    fn resources<'a>(
        &'a self,
        stack: &'a str,
    ) -> Effect<'a, Result<Vec<StackResource>, CloudProblem>> {
        Box::pin(async move {
            let mut pages = self
                .0
                .list_stack_resources()
                .stack_name(stack)
                .into_paginator()
                .send();
            let mut resources = Vec::new();
            while let Some(page) = pages.next().await {
                let page =
                    page.map_err(|error| problem::of("cloudformation:ListStackResources", error))?;
                let found = page.stack_resource_summaries.unwrap_or_default();
                resources.extend(found.into_iter().map(resource_of));
            }
            Ok(resources)
        })
    }

    fn template<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        Box::pin(async move {
            let answer = self
                .0
                .get_template()
                .stack_name(stack)
                .template_stage(types::TemplateStage::Original)
                .send()
                .await;
            match answer.map_err(|error| problem::of("cloudformation:GetTemplate", error)) {
                Ok(answer) => Ok(answer.template_body),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn policy<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        Box::pin(async move {
            let answer = self.0.get_stack_policy().stack_name(stack).send().await;
            match answer.map_err(|error| problem::of("cloudformation:GetStackPolicy", error)) {
                Ok(answer) => Ok(answer.stack_policy_body.filter(|text| !text.is_empty())),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn set_policy<'a>(
        &'a self,
        stack: &'a str,
        policy: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let call = self.0.set_stack_policy().stack_name(stack);
            let answer = call.stack_policy_body(policy).send().await;
            answer.map_err(|error| problem::of("cloudformation:SetStackPolicy", error))?;
            Ok(())
        })
    }

    fn update<'a>(
        &'a self,
        stack: &'a str,
        wanted: &'a StackSettings,
        tags: &'a IndexMap<String, String>,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.0
                .update_stack()
                .stack_name(stack)
                .use_previous_template(true)
                .capabilities(types::Capability::CapabilityIam)
                .capabilities(types::Capability::CapabilityNamedIam)
                .capabilities(types::Capability::CapabilityAutoExpand)
                .set_role_arn(wanted.role.clone())
                .set_notification_arns(Some(wanted.notification_arns.clone()))
                .set_rollback_configuration(settings::rollback(wanted))
                .set_parameters(settings::parameters(wanted))
                .set_tags(Some(settings::tags(tags)))
                .set_disable_rollback(wanted.disable_rollback.then_some(true))
                .client_request_token(token)
                .send()
                .await
                .map_err(|error| problem::of("cloudformation:UpdateStack", error))?;
            Ok(())
        })
    }

    fn delete<'a>(
        &'a self,
        stack: &'a str,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.0
                .delete_stack()
                .stack_name(stack)
                .client_request_token(token)
                .send()
                .await
                .map_err(|error| problem::of("cloudformation:DeleteStack", error))?;
            Ok(())
        })
    }

    fn cancel_update<'a>(
        &'a self,
        stack: &'a str,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.0
                .cancel_update_stack()
                .stack_name(stack)
                .client_request_token(token)
                .send()
                .await
                .map_err(|error| problem::of("cloudformation:CancelUpdateStack", error))?;
            Ok(())
        })
    }
}

fn stack_of(mut stack: types::Stack) -> Stack {
    let settings = settings::of(&mut stack);
    let outputs = stack.outputs.unwrap_or_default().into_iter();
    let tags = stack.tags.unwrap_or_default().into_iter();
    Stack {
        id: stack.stack_id.unwrap_or_default(),
        name: stack.stack_name.unwrap_or_default(),
        status: stack
            .stack_status
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
        reason: stack.stack_status_reason,
        outputs: outputs
            .filter_map(|output| Some((output.output_key?, output.output_value?)))
            .collect(),
        tags: tags
            .filter_map(|tag| Some((tag.key?, tag.value?)))
            .collect(),
        settings,
    }
}

fn event_of(event: types::StackEvent) -> StackEvent {
    StackEvent {
        id: event.event_id.unwrap_or_default(),
        at: event
            .timestamp
            .and_then(|time| SystemTime::try_from(time).ok())
            .unwrap_or(SystemTime::UNIX_EPOCH),
        logical_id: event.logical_resource_id.unwrap_or_default(),
        physical_id: event.physical_resource_id.filter(|id| !id.is_empty()),
        kind: event.resource_type.unwrap_or_default(),
        status: event
            .resource_status
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
        reason: event
            .resource_status_reason
            .filter(|reason| !reason.is_empty()),
        token: event.client_request_token.filter(|token| !token.is_empty()),
    }
}

fn resource_of(resource: types::StackResourceSummary) -> StackResource {
    StackResource {
        logical_id: resource.logical_resource_id.unwrap_or_default(),
        physical_id: resource.physical_resource_id.filter(|id| !id.is_empty()),
        kind: resource.resource_type.unwrap_or_default(),
        status: resource
            .resource_status
            .map(|status| status.as_str().to_owned())
            .unwrap_or_default(),
    }
}
