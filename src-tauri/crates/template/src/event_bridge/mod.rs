//! `eventBridge` events: buses, and rules on them, made by CloudFormation or (see [`by_function`]) by a function.

mod by_function;

use pilothouse_service::types::{Event, EventBridgeEvent, EventInput, EventRetry};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{join, reference};
use crate::scalars::compact_json;
use crate::target::Target;
use crate::{naming, short_name};

/// An event and whose it is.
#[derive(Debug, Clone, Copy)]
struct Rule<'a> {
    key: &'a str,
    event: &'a EventBridgeEvent,
    /// Its place among all events of the function, counted from one.
    number: usize,
}

/// Adds the rules of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    let mut rules = Vec::new();
    for (key, function) in &service.functions {
        for (at, event) in function.events.iter().enumerate() {
            if let Event::EventBridge(event) = event {
                let number = at + 1;
                rules.push(Rule { key, event, number });
            }
        }
    }
    if service.provider.event_bridge_by_function {
        by_function::add(draft, &rules);
    } else {
        for rule in rules {
            add_rule(draft, rule);
        }
    }
}

/// A bus as a rule names it, and whether the stack makes it.
fn bus_of(event: &EventBridgeEvent) -> (Option<Value>, Option<&str>) {
    match &event.bus {
        // An ARN is of a bus that exists.
        Some(Value::String(arn)) if arn.starts_with("arn") => {
            let name = arn.split_once('/').map_or(arn.as_str(), |(_, name)| name);
            (Some(name.into()), None)
        }
        Some(Value::String(name)) => {
            let made = (name != "default" && !name.is_empty()).then_some(name.as_str());
            (Some(name.as_str().into()), made)
        }
        other => (other.clone(), None),
    }
}

fn add_rule(draft: &mut Draft<'_>, rule: Rule<'_>) {
    let Rule { key, event, number } = rule;
    let target = Target::of(draft, key);
    let name = rule_name(draft, rule);
    let (bus, made) = bus_of(event);
    let bus_resource = made.map(naming::event_bus_id);
    if let (Some(id), Some(made)) = (&bus_resource, made) {
        let resource = Resource::new("AWS::Events::EventBus").with("Name", made);
        let path = format!("functions.{key}.events.{}.eventBridge", number - 1);
        draft.merge(id.clone(), resource, &format!("the bus `{made}`"), &path);
    }
    let is_own = bus.as_ref().is_some_and(|bus| bus != "default");
    let resource = Resource::new("AWS::Events::Rule")
        .with_some("Description", event.description.as_deref())
        .with_some("EventBusName", bus.clone().filter(|_| is_own))
        .with_some("EventPattern", event.pattern.clone())
        .with("Name", name.as_str())
        .with_some("ScheduleExpression", event.schedule.as_deref())
        .with("State", state(event.enabled))
        .with("Targets", json!([target_of(event, &target, &name)]))
        .depends_on(bus_resource.or_else(|| target.alias.clone()));
    let function_name = naming::function_name(draft.service, key);
    let origin = format!("functions.{key}");
    draft.add(
        naming::bus_rule_id(&function_name, number),
        resource,
        &origin,
    );
    let permission = target.permission("events.amazonaws.com", rule_arn(bus, &name));
    draft.add(
        naming::bus_rule_permission_id(key, number),
        permission,
        &origin,
    );
}

fn target_of(event: &EventBridgeEvent, function: &Target, rule: &str) -> Value {
    let mut target = Map::new();
    target.insert("Arn".into(), function.arn.clone());
    target.insert("Id".into(), target_id(rule).into());
    if let Some(retry) = event.retry {
        target.insert("RetryPolicy".into(), retry_of(retry));
    }
    if let Some(queue) = &event.dead_letters {
        target.insert("DeadLetterConfig".into(), json!({ "Arn": queue }));
    }
    if let Some(input) = &event.input.value {
        target.insert("Input".into(), compact_json(input).into());
    } else if let Some(path) = &event.input.path {
        target.insert("InputPath".into(), path.as_str().into());
    } else if let Some(transformer) = transformer(&event.input) {
        target.insert("InputTransformer".into(), transformer);
    }
    target.into()
}

fn retry_of(retry: EventRetry) -> Value {
    let mut policy = Map::new();
    for (name, value) in [
        ("MaximumEventAgeInSeconds", retry.maximum_age),
        ("MaximumRetryAttempts", retry.maximum_attempts),
    ] {
        if let Some(value) = value {
            policy.insert(name.to_owned(), value.into());
        }
    }
    policy.into()
}

/// `inputTransformer` in CloudFormation's spelling.
fn transformer(input: &EventInput) -> Option<Value> {
    let written = input.transformer.as_ref()?.as_object()?;
    let renamed: Map<String, Value> = written
        .iter()
        .map(|(name, value)| (naming::first_upper(name), value.clone()))
        .collect();
    Some(renamed.into())
}

fn rule_arn(bus: Option<Value>, rule: &str) -> Value {
    let mut path: Vec<Value> = vec!["rule".into()];
    path.extend(bus);
    path.push(rule.into());
    let parts = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "events".into(),
        reference("AWS::Region"),
        reference("AWS::AccountId"),
        join("/", path),
    ];
    join(":", parts)
}

pub(crate) const fn state(enabled: Option<bool>) -> &'static str {
    match enabled {
        Some(false) => "DISABLED",
        _ => "ENABLED",
    }
}

fn rule_name(draft: &Draft<'_>, rule: Rule<'_>) -> String {
    if let Some(name) = &rule.event.name {
        return name.clone();
    }
    let function = naming::function_name(draft.service, rule.key);
    let suffix = format!("rule-{}", rule.number);
    short_name::with_suffix(format!("{function}-{suffix}"), &suffix)
}

fn target_id(rule: &str) -> String {
    short_name::with_suffix(format!("{rule}-target"), "target")
}
