//! Events of rules, logs, devices and Alexa, in words and in the drawing.

use pilothouse_service::types::{Event, EventBridgeEvent};
use serde_json::Value;

use super::messages::{Source, Words};
use super::{NodeKind, plain};

/// The words of an event; none when it is of another kind.
pub(super) fn words(event: &Event) -> Option<Words> {
    let (kind, kind_words, words, enabled) = match event {
        Event::EventBridge(event) => ("eventBridge", "Event bus", rule(event), event.enabled),
        Event::CloudWatch(event) => (
            "cloudwatchEvent",
            "AWS event",
            pattern(&event.pattern),
            event.enabled,
        ),
        Event::CloudWatchLog(event) => ("cloudwatchLog", "Log", event.log_group.clone(), None),
        Event::Iot(event) => ("iot", "IoT rule", event.sql.clone(), event.enabled),
        Event::IotFleet(event) => (
            "iotFleetProvisioning",
            "IoT devices",
            event
                .template_name
                .clone()
                .unwrap_or_else(|| "new devices".to_owned()),
            event.enabled,
        ),
        Event::AlexaSkill(event) => ("alexaSkill", "Alexa skill", skill(event), event.enabled),
        Event::AlexaSmartHome(event) => (
            "alexaSmartHome",
            "Alexa smart home",
            skill(event),
            event.enabled,
        ),
        _ => return None,
    };
    let mut notes = Vec::new();
    if enabled == Some(false) {
        notes.push("disabled");
    }
    if matches!(event, Event::CloudWatchLog(event) if !event.filter.is_empty()) {
        notes.push("filtered");
    }
    Some(Words {
        kind,
        kind_words,
        words,
        notes,
    })
}

fn skill(event: &pilothouse_service::types::AlexaEvent) -> String {
    event
        .app_id
        .clone()
        .unwrap_or_else(|| "any skill".to_owned())
}

fn rule(event: &EventBridgeEvent) -> String {
    match (&event.schedule, &event.pattern) {
        (Some(schedule), _) => schedule.clone(),
        (None, Some(found)) => pattern(found),
        (None, None) => String::new(),
    }
}

/// A pattern by what people know events by: who sends them, and their kind.
fn pattern(pattern: &Value) -> String {
    let parts: Vec<String> = ["source", "detail-type"]
        .into_iter()
        .filter_map(|name| pattern.get(name)?.as_array())
        .flatten()
        .map(plain)
        .collect();
    if parts.is_empty() {
        "events of a pattern".to_owned()
    } else {
        parts.join(", ")
    }
}

/// What calls a function; none when the event is of another kind.
pub(super) fn source(event: &Event) -> Option<Source<'_>> {
    let Words { words, .. } = words(event)?;
    let (label, note, kind) = match event {
        Event::EventBridge(event) => {
            if let (Some(schedule), None) = (&event.schedule, &event.pattern) {
                return Some(Source {
                    id: Some(format!("schedule:{schedule}")),
                    value: None,
                    kind: NodeKind::Schedule,
                    label: schedule.clone(),
                    note: "Schedule",
                    words: "calls".to_owned(),
                });
            }
            let bus = event.bus.as_ref();
            let label = bus.map_or_else(|| "default".to_owned(), |bus| last(&plain(bus)));
            (label, "Event bus", NodeKind::Queue)
        }
        Event::CloudWatch(_) => ("default".to_owned(), "Event bus", NodeKind::Queue),
        Event::CloudWatchLog(event) => (event.log_group.clone(), "Log", NodeKind::Other),
        Event::Iot(_) | Event::IotFleet(_) => ("AWS IoT".to_owned(), "Devices", NodeKind::Other),
        _ => ("Alexa".to_owned(), "Voice", NodeKind::Other),
    };
    let value = match event {
        Event::EventBridge(event) => event.bus.as_ref().filter(|bus| bus.is_object()),
        _ => None,
    };
    Some(Source {
        id: value.is_none().then(|| format!("{note}:{label}")),
        value,
        kind,
        label,
        note,
        words,
    })
}

/// The last part of an ARN.
fn last(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).to_owned()
}
