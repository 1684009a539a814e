//! `eventBridge` and `cloudwatchEvent`.

use serde_json::Value;

use super::messages::missing;
use super::reader::{At, Reader};
use crate::types::{CloudWatchEvent, Event, EventBridgeEvent, EventInput, EventRetry};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("eventBridge") {
        let event = event_bridge(reader, &at);
        events.extend(event.map(|event| Event::EventBridge(Box::new(event))));
    }
    if let Some(at) = item.get("cloudwatchEvent") {
        let event = cloudwatch_event(reader, &at);
        events.extend(event.map(|event| Event::CloudWatch(Box::new(event))));
    }
}

fn event_bridge(reader: &mut Reader, at: &At<'_>) -> Option<EventBridgeEvent> {
    let (pattern, schedule) = (at.get("pattern"), at.get("schedule"));
    if pattern.is_none() && schedule.is_none() {
        reader.refuse(at, "a mapping with `pattern` or `schedule`");
        return None;
    }
    Some(EventBridgeEvent {
        bus: reader.text_or_function(at.get("eventBus")),
        pattern: pattern.map(|pattern| pattern.node.to_json()),
        schedule: reader.text(schedule),
        input: input(reader, at),
        name: reader.words(at.get("name")),
        description: reader.text(at.get("description")),
        enabled: reader.truth(at.get("enabled")),
        retry: at.get("retryPolicy").map(|policy| retry(reader, &policy)),
        dead_letters: reader.text_or_function(at.get("deadLetterQueueArn")),
    })
}

fn retry(reader: &mut Reader, at: &At<'_>) -> EventRetry {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, "a mapping");
    }
    EventRetry {
        maximum_age: reader.whole(at.get("maximumEventAge")),
        maximum_attempts: reader.whole(at.get("maximumRetryAttempts")),
    }
}

fn cloudwatch_event(reader: &mut Reader, at: &At<'_>) -> Option<CloudWatchEvent> {
    let Some(pattern) = at.get("event") else {
        if at.node.as_mapping().is_some() {
            missing(reader, at, "event");
        } else {
            reader.refuse(at, "a mapping with `event`");
        }
        return None;
    };
    let text = |reader: &mut Reader, name| reader.words(at.get(name));
    Some(CloudWatchEvent {
        pattern: pattern.node.to_json(),
        input: input(reader, at),
        name: text(reader, "name"),
        description: text(reader, "description"),
        enabled: reader.truth(at.get("enabled")),
    })
}

fn input(reader: &mut Reader, at: &At<'_>) -> EventInput {
    let value = at.get("input").map(|input| input.node.to_json());
    EventInput {
        value: value.filter(|value| *value != Value::String(String::new())),
        path: reader.words(at.get("inputPath")),
        transformer: at
            .get("inputTransformer")
            .map(|transformer| transformer.node.to_json()),
    }
}
