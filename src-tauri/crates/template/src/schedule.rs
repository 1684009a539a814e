//! `schedule` events: rules of the event bus, and schedules of EventBridge Scheduler.

use pilothouse_model::Code;
use pilothouse_service::types::{Event, Function, ScheduleEvent};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::functions::execution_role;
use crate::intrinsics::attribute;
use crate::naming;
use crate::scalars::compact_json;
use crate::target::Target;

/// Adds the schedules of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        // Both kinds are counted together.
        let mut number = 0;
        for (at, event) in function.events.iter().enumerate() {
            let Event::Schedule(event) = event else {
                continue;
            };
            check(
                draft,
                event,
                &format!("functions.{key}.events.{at}.schedule"),
            );
            for rate in &event.rates {
                number += 1;
                if event.scheduler {
                    let schedule = schedule(draft, key, function, event, rate);
                    let id = naming::schedule_id(key, number);
                    draft.add(id, schedule, &format!("functions.{key}"));
                } else {
                    add_rule(draft, key, number, event, rate);
                }
            }
        }
    }
}

fn check(draft: &mut Draft<'_>, event: &ScheduleEvent, at: &str) {
    let mut refuse = |key: &str, message: &str, hint: &str| {
        draft.refuse(
            Code::ConfigConflict,
            &format!("{at}.{key}"),
            message.to_owned(),
            hint,
        );
    };
    if event.name.is_some() && event.rates.len() > 1 {
        refuse(
            "name",
            "a schedule with several rates cannot have a name, for each rate makes a rule",
            "Remove the name, or write one schedule for each rate",
        );
    }
    if event.scheduler && event.input_path.is_some() {
        refuse(
            "inputPath",
            "`inputPath` does not go with `method: scheduler`",
            "Use `input`, or the method `eventBus`",
        );
    }
    if event.scheduler && event.input_transformer.is_some() {
        refuse(
            "inputTransformer",
            "`inputTransformer` does not go with `method: scheduler`",
            "Use `input`, or the method `eventBus`",
        );
    }
    if !event.scheduler && event.timezone.is_some() {
        refuse(
            "timezone",
            "`timezone` goes only with `method: scheduler`",
            "Add `method: scheduler`, or write the time in UTC",
        );
    }
}

fn state(event: &ScheduleEvent) -> &'static str {
    match event.enabled {
        Some(false) => "DISABLED",
        _ => "ENABLED",
    }
}

fn schedule(
    draft: &Draft<'_>,
    key: &str,
    function: &Function,
    event: &ScheduleEvent,
    rate: &Value,
) -> Resource {
    let mut target = Map::new();
    let called = Target::of(draft, key);
    target.insert("Arn".into(), called.arn);
    target.insert("RoleArn".into(), execution_role(draft, function).0);
    if let Some(input) = input(event) {
        target.insert("Input".into(), input.into());
    }
    Resource::new("AWS::Scheduler::Schedule")
        .with("ScheduleExpression", rate.clone())
        .with("State", state(event))
        .depends_on(called.alias)
        .with("Target", target)
        .with("FlexibleTimeWindow", json!({ "Mode": "OFF" }))
        .with_some("Name", event.name.as_deref())
        .with_some("Description", event.description.as_deref())
        .with_some("ScheduleExpressionTimezone", event.timezone.as_deref())
}

fn add_rule(draft: &mut Draft<'_>, key: &str, number: usize, event: &ScheduleEvent, rate: &Value) {
    let id = naming::rule_id(key, number);
    let called = Target::of(draft, key);
    let mut target = Map::new();
    if let Some(input) = input(event) {
        target.insert("Input".into(), input.into());
    }
    if let Some(path) = &event.input_path {
        target.insert("InputPath".into(), path.clone().into());
    }
    if let Some(transformer) = &event.input_transformer {
        target.insert("InputTransformer".into(), transformer_of(transformer));
    }
    target.insert("Arn".into(), called.arn.clone());
    target.insert("Id".into(), format!("{key}Schedule").into());
    // As with Serverless, an empty one is left out here, and not of the scheduler's.
    let description = event.description.as_deref();
    let rule = Resource::new("AWS::Events::Rule")
        .with("ScheduleExpression", rate.clone())
        .with("State", state(event))
        .with_some("Name", event.name.as_deref())
        .with_some("Description", description.filter(|text| !text.is_empty()))
        .with("Targets", json!([target]))
        .depends_on(called.alias.clone());
    let permission = called.permission("events.amazonaws.com", attribute(&id, "Arn"));
    let origin = format!("functions.{key}");
    draft.add(id, rule, &origin);
    draft.add(naming::rule_permission_id(key, number), permission, &origin);
}

/// The event that the function gets, as text. A `body` that is itself JSON in a text becomes what it says.
fn input(event: &ScheduleEvent) -> Option<String> {
    let mut input = match event.input.as_ref()? {
        Value::String(text) => return (!text.is_empty()).then(|| text.clone()),
        other => other.clone(),
    };
    if let Some(body) = input.get_mut("body") {
        let parsed = body.as_str().map(serde_json::from_str::<Value>);
        if let Some(Ok(parsed)) = parsed {
            *body = parsed;
        }
    }
    Some(compact_json(&input))
}

fn transformer_of(written: &Value) -> Value {
    let mut transformer = Map::new();
    for (from, to) in [
        ("inputTemplate", "InputTemplate"),
        ("inputPathsMap", "InputPathsMap"),
    ] {
        if let Some(value) = written.get(from) {
            transformer.insert(to.to_owned(), value.clone());
        }
    }
    transformer.into()
}
