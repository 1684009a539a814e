//! Events of rules, logs, devices and Alexa.

use super::*;
use crate::types::Event;

fn with_events(events: &str) -> String {
    format!("{HEAD}functions: {{f: {{handler: h.f, events: {events}}}}}\n")
}

fn refused(events: &str) -> Vec<(Code, String, String)> {
    errors(&with_events(events))
}

fn at(code: Code, rest: &str, place: &str) -> (Code, String, String) {
    (code, format!("functions.f.events.{rest}"), place.to_owned())
}

#[test]
fn what_an_event_needs_is_told() {
    assert_eq!(
        refused("[{eventBridge: {name: a}}, {iot: {name: a}}, {alexaSmartHome: {enabled: true}}]"),
        [
            at(Code::ConfigBadValue, "0.eventBridge", "{name: a}"),
            at(Code::ConfigMissingKey, "1.iot.sql", "{name: a}"),
            at(
                Code::ConfigMissingKey,
                "2.alexaSmartHome.appId",
                "{enabled: true}"
            ),
        ]
    );
    assert_eq!(
        refused("[{cloudwatchEvent: {name: a}}, {cloudwatchLog: {filter: a}}]"),
        [
            at(
                Code::ConfigMissingKey,
                "0.cloudwatchEvent.event",
                "{name: a}"
            ),
            at(
                Code::ConfigMissingKey,
                "1.cloudwatchLog.logGroup",
                "{filter: a}"
            ),
        ]
    );
    assert_eq!(
        refused("[{iotFleetProvisioning: {templateBody: {}}}]"),
        [at(
            Code::ConfigMissingKey,
            "0.iotFleetProvisioning.provisioningRoleArn",
            "{templateBody: {}}"
        )]
    );
}

#[test]
fn two_inputs_exclude_each_other() {
    let found = refused(
        "[{eventBridge: {schedule: rate(1 day), input: {a: 1}, inputPath: $.a}}, {cloudwatchEvent: {event: {}, inputPath: $.a, inputTransformer: {inputTemplate: x}}}]",
    );
    let paths: Vec<_> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "functions.f.events.0.eventBridge",
            "functions.f.events.1.cloudwatchEvent"
        ]
    );
    let loaded = service(&with_events(
        "[{cloudwatchEvent: {event: {}, input: '', inputPath: $.a}}]",
    ));
    assert_eq!(loaded.warnings.0, [], "an empty text is no input");
}

#[test]
fn a_log_group_has_two_filters_in_all_and_a_function_one_template() {
    let found = refused("[{cloudwatchLog: g}, {cloudwatchLog: {logGroup: g}}, {cloudwatchLog: g}]");
    assert_eq!(found, [at(Code::ConfigConflict, "2.cloudwatchLog", "g")]);
    let one = "{iotFleetProvisioning: {templateBody: {}, provisioningRoleArn: 'arn:x'}}";
    let found = refused(&format!("[{one}, {one}]"));
    assert_eq!(
        found
            .iter()
            .map(|(_, path, _)| path.as_str())
            .collect::<Vec<_>>(),
        ["functions.f.events.1.iotFleetProvisioning"]
    );
}

#[test]
fn rules_made_by_a_function_cannot_do_all_that_cloudformation_can() {
    let text = with_events(
        "[{eventBridge: {eventBus: {Ref: B}, schedule: rate(1 day), retryPolicy: {}, deadLetterQueueArn: 'arn:x'}}]",
    )
    .replace(
        "name: aws\n",
        "name: aws\n  eventBridge: {useCloudFormation: false}\n",
    );
    let found = errors(&text);
    let paths: Vec<_> = found
        .iter()
        .map(|(_, path, _)| path.rsplit('.').next().unwrap_or_default())
        .collect();
    assert_eq!(paths, ["eventBus", "retryPolicy", "deadLetterQueueArn"]);
    let loaded = service(&text.replace("{useCloudFormation: false}", "{useCloudFormation: true}"));
    assert!(!loaded.service.provider.event_bridge_by_function);
}

#[test]
fn bad_values_are_told_and_line_breaks_go() {
    let loaded = service(&with_events(
        "[{iot: {sql: \"SELECT *\\nFROM x\", sqlVersion: beta2}}, {cloudwatchLog: a b}, {alexaSkill: a/b}]",
    ));
    let told: Vec<_> = loaded
        .warnings
        .0
        .iter()
        .filter_map(|warning| warning.path.as_deref())
        .collect();
    assert_eq!(
        told,
        [
            "functions.f.events.0.iot.sqlVersion",
            "functions.f.events.1.cloudwatchLog",
            "functions.f.events.2.alexaSkill"
        ]
    );
    let Some(Event::Iot(event)) = loaded.service.functions["f"].events.first() else {
        panic!("no rule");
    };
    assert_eq!(event.sql, "SELECT *FROM x");
}
