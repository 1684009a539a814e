//! What events of rules, logs, devices and Alexa own.

use pilothouse_service::Service;
use pilothouse_service::types::{Event, EventBridgeEvent, Function};
use serde_json::Value;

use crate::naming;

/// The logical ids of the resources that stand for an event at a place among a function's events, each with what
/// people call it.
pub fn of_event_at(service: &Service, key: &str, at: usize) -> Vec<(String, String)> {
    let Some(function) = service.functions.get(key) else {
        return Vec::new();
    };
    let Some(event) = function.events.get(at) else {
        return Vec::new();
    };
    let number = number(function, at);
    let permission = |id: String, by: &str| (id, format!("permission of {by} to call {key}"));
    match event {
        Event::EventBridge(event) => of_bus_rule(service, key, event, at + 1),
        Event::CloudWatch(_) => {
            let rule = format!("rule {number} of {key}");
            vec![
                permission(naming::event_rule_permission_id(key, number), &rule),
                (naming::event_rule_id(key, number), rule),
            ]
        }
        Event::CloudWatchLog(event) => vec![
            permission(naming::log_filter_permission_id(key), "logs"),
            (
                naming::log_filter_id(key, number),
                format!("subscription of {key} to {}", event.log_group),
            ),
        ],
        Event::Iot(_) => {
            let rule = format!("IoT rule {number} of {key}");
            vec![
                permission(naming::topic_rule_permission_id(key, number), &rule),
                (naming::topic_rule_id(key, number), rule),
            ]
        }
        Event::IotFleet(_) => vec![
            permission(naming::provisioning_permission_id(key), "AWS IoT"),
            (
                naming::provisioning_template_id(key),
                format!("provisioning template of {key}"),
            ),
        ],
        Event::AlexaSkill(_) => {
            let id = naming::alexa_skill_permission_id(key, number);
            vec![permission(id, "Alexa")]
        }
        Event::AlexaSmartHome(_) => {
            let id = naming::alexa_home_permission_id(key, number);
            vec![permission(id, "Alexa's smart home")]
        }
        _ => Vec::new(),
    }
}

fn of_bus_rule(
    service: &Service,
    key: &str,
    event: &EventBridgeEvent,
    number: usize,
) -> Vec<(String, String)> {
    let rule = format!("rule {number} of {key}");
    if service.provider.event_bridge_by_function {
        return vec![(naming::custom_rule_id(key, number), rule)];
    }
    let name = naming::function_name(service, key);
    let mut owned = vec![
        (
            naming::bus_rule_permission_id(key, number),
            format!("permission of {rule} to call {key}"),
        ),
        (naming::bus_rule_id(&name, number), rule),
    ];
    if let Some(Value::String(bus)) = &event.bus
        && !bus.starts_with("arn")
        && bus != "default"
    {
        owned.push((naming::event_bus_id(bus), format!("bus {bus}")));
    }
    owned
}

/// The place of an event among those of its kind, counted from one.
fn number(function: &Function, at: usize) -> usize {
    let kind = function.events.get(at).map(std::mem::discriminant);
    let until = function.events.iter().take(at + 1);
    until
        .filter(|event| Some(std::mem::discriminant(*event)) == kind)
        .count()
}
