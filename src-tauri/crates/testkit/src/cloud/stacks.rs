//! Stacks as they stand.

use std::time::SystemTime;

use indexmap::IndexMap;
use pilothouse_effects::{
    CloudProblem, Effect, Events, Stack, StackEvent, StackResource, StackSettings, Stacks,
};
use serde_json::Value;

use super::run::Run;
use super::state::{Coming, FakeStack};
use super::{FakeCloud, not_found};

impl Stacks for FakeCloud {
    fn describe<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<Stack>, CloudProblem>> {
        self.call("cloudformation:DescribeStacks", |state| {
            Ok(state.stack(stack).map(|stack| view(stack)))
        })
    }

    fn names(&self) -> Effect<'_, Result<Vec<String>, CloudProblem>> {
        self.call("cloudformation:DescribeStacks", |state| {
            let stands = |stack: &&FakeStack| stack.status != "DELETE_COMPLETE";
            let stacks = state.stacks.iter().filter(stands);
            Ok(stacks.map(|stack| stack.name.clone()).collect())
        })
    }

    fn events<'a>(
        &'a self,
        stack: &'a str,
        which: Events<'a>,
    ) -> Effect<'a, Result<Vec<StackEvent>, CloudProblem>> {
        const CALL: &str = "cloudformation:DescribeStackEvents";
        self.call(CALL, |state| {
            let stack = state
                .stack(stack)
                .ok_or_else(|| not_found(CALL, "the stack"))?;
            let newest_first = stack.events.iter().rev();
            Ok(match which {
                Events::Latest => newest_first.take(100).cloned().collect(),
                Events::All => newest_first.cloned().collect(),
                Events::After(seen) => newest_first
                    .take_while(|event| event.id != seen)
                    .cloned()
                    .collect(),
            })
        })
    }

    fn resources<'a>(
        &'a self,
        stack: &'a str,
    ) -> Effect<'a, Result<Vec<StackResource>, CloudProblem>> {
        const CALL: &str = "cloudformation:ListStackResources";
        self.call(CALL, |state| {
            let stack = state
                .stack(stack)
                .ok_or_else(|| not_found(CALL, "the stack"))?;
            let resource = |(id, physical): (&String, &String)| StackResource {
                logical_id: id.clone(),
                physical_id: Some(physical.clone()),
                kind: "AWS::Some::Kind".to_owned(),
                status: "CREATE_COMPLETE".to_owned(),
            };
            Ok(stack.physical.iter().map(resource).collect())
        })
    }

    fn template<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        self.call("cloudformation:GetTemplate", |state| {
            Ok(state
                .stack(stack)
                .map(|stack| Value::Object(stack.template.clone()).to_string()))
        })
    }

    fn policy<'a>(&'a self, stack: &'a str) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        self.call("cloudformation:GetStackPolicy", |state| {
            Ok(state.stack(stack).and_then(|stack| stack.policy.clone()))
        })
    }

    fn set_policy<'a>(
        &'a self,
        stack: &'a str,
        policy: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "cloudformation:SetStackPolicy";
        self.call(CALL, |state| {
            let stack = state
                .stack(stack)
                .ok_or_else(|| not_found(CALL, "the stack"))?;
            stack.policy = Some(policy.to_owned());
            Ok(())
        })
    }

    fn update<'a>(
        &'a self,
        stack: &'a str,
        settings: &'a StackSettings,
        tags: &'a IndexMap<String, String>,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "cloudformation:UpdateStack";
        self.call(CALL, |state| {
            let known = state
                .stack(stack)
                .ok_or_else(|| not_found(CALL, "the stack"))?;
            known.settings = settings.clone();
            known.tags = tags.clone();
            let (id, template) = (known.id.clone(), known.template.clone());
            let run = Run {
                token,
                template,
                changes: Vec::new(),
                creates: false,
                disable_rollback: settings.disable_rollback,
            };
            state.start(&id, &run);
            Ok(())
        })
    }

    fn delete<'a>(
        &'a self,
        stack: &'a str,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("cloudformation:DeleteStack", |state| {
            let (pace, number) = (state.pace, state.number() * 1000);
            let now = state.now.unwrap_or(SystemTime::UNIX_EPOCH);
            let Some(stack) = state.stack(stack) else {
                return Ok(());
            };
            stack.status = "DELETE_IN_PROGRESS".to_owned();
            let begin = stack.event(number, now, "DELETE_IN_PROGRESS", Some(token));
            let end = now + pace;
            let over = stack.event(number + 1, end, "DELETE_COMPLETE", Some(token));
            let mut coming = vec![(now, Coming::Event(begin))];
            coming.extend(
                stack
                    .physical
                    .keys()
                    .map(|id| (end, Coming::Deleted(id.clone()))),
            );
            coming.push((end, Coming::Status("DELETE_COMPLETE".to_owned())));
            coming.push((end, Coming::Event(over)));
            stack.coming = coming;
            state.advance(now);
            Ok(())
        })
    }

    fn cancel_update<'a>(
        &'a self,
        stack: &'a str,
        token: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("cloudformation:CancelUpdateStack", |state| {
            state.turn_back(stack, token)
        })
    }
}

fn view(stack: &FakeStack) -> Stack {
    Stack {
        id: stack.id.clone(),
        name: stack.name.clone(),
        status: stack.status.clone(),
        reason: None,
        outputs: outputs(stack),
        tags: stack.tags.clone(),
        settings: stack.settings.clone(),
    }
}

/// Outputs that are texts or refer to a resource.
fn outputs(stack: &FakeStack) -> IndexMap<String, String> {
    let outputs = stack.template.get("Outputs").and_then(Value::as_object);
    let value = |output: &Value| {
        let value = output.get("Value")?;
        match value.get("Ref").and_then(Value::as_str) {
            Some(id) => stack.physical.get(id).cloned(),
            None => value.as_str().map(str::to_owned),
        }
    };
    outputs
        .into_iter()
        .flatten()
        .filter_map(|(name, output)| Some((name.clone(), value(output)?)))
        .collect()
}
