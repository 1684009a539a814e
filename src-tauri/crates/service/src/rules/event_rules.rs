//! What holds between the parts of events that rules, logs and devices bring.

use indexmap::IndexMap;
use serde_json::Value;

use super::conflict;
use crate::document::Node;
use crate::types::{Event, EventBridgeEvent, EventInput, Service};
use pilothouse_model::Diagnostic;

/// How many functions may hear of the lines of one log group.
const MOST_FILTERS: usize = 2;

/// Checks every event of every function.
pub(crate) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let by_function = service.provider.event_bridge_by_function;
    let mut filters: IndexMap<&str, usize> = IndexMap::new();
    for (key, function) in &service.functions {
        let mut fleets = 0;
        for (at, event) in function.events.iter().enumerate() {
            let path = |kind: &str| format!("functions.{key}.events.{at}.{kind}");
            match event {
                Event::EventBridge(event) => {
                    inputs(document, &event.input, &path("eventBridge"), found);
                    if by_function {
                        beyond_functions(document, event, &path("eventBridge"), found);
                    }
                }
                Event::CloudWatch(event) => {
                    inputs(document, &event.input, &path("cloudwatchEvent"), found);
                }
                Event::CloudWatchLog(event) => {
                    let count = filters.entry(&event.log_group).or_default();
                    *count += 1;
                    if *count > MOST_FILTERS {
                        found.push(too_many(document, &event.log_group, &path("cloudwatchLog")));
                    }
                }
                Event::IotFleet(_) => {
                    fleets += 1;
                    if fleets > 1 {
                        let path = path("iotFleetProvisioning");
                        found.push(conflict(
                            document,
                            &path,
                            format!("`{path}` is the second `iotFleetProvisioning` event of the function `{key}`"),
                            "A function can stand behind one provisioning template; make another function",
                        ));
                    }
                }
                _ => {}
            }
        }
    }
}

fn too_many(document: &Node, group: &str, path: &str) -> Diagnostic {
    conflict(
        document,
        path,
        format!("`{path}` is the third subscription to the log group `{group}`"),
        "AWS lets two filters subscribe to a log group; remove one, or let one function call the other",
    )
}

fn inputs(document: &Node, input: &EventInput, path: &str, found: &mut Vec<Diagnostic>) {
    let written: Vec<&str> = [
        (input.value.is_some(), "input"),
        (input.path.is_some(), "inputPath"),
        (input.transformer.is_some(), "inputTransformer"),
    ]
    .into_iter()
    .filter(|(is_written, _)| *is_written)
    .map(|(_, name)| name)
    .collect();
    if written.len() > 1 {
        found.push(conflict(
            document,
            path,
            format!("`{path}` has {} at once", written.join(" and ")),
            "Keep one of `input`, `inputPath` and `inputTransformer`",
        ));
    }
}

/// What the function behind custom resources cannot do.
fn beyond_functions(
    document: &Node,
    event: &EventBridgeEvent,
    path: &str,
    found: &mut Vec<Diagnostic>,
) {
    let beyond = [
        (
            event.bus.as_ref().is_some_and(Value::is_object),
            "eventBus",
            "a bus that is a CloudFormation function",
        ),
        (event.retry.is_some(), "retryPolicy", "a retry policy"),
        (
            event.dead_letters.is_some(),
            "deadLetterQueueArn",
            "a dead letter queue",
        ),
    ];
    for (is_written, name, what) in beyond {
        if is_written {
            found.push(conflict(
                document,
                &format!("{path}.{name}"),
                format!(
                    "`{path}.{name}`: {what} needs rules that CloudFormation makes, and `provider.eventBridge` asks for others"
                ),
                "Remove `provider.eventBridge`, so that CloudFormation makes the rules",
            ));
        }
    }
}
