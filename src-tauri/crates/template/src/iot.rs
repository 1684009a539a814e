//! `iot` and `iotFleetProvisioning` events: rules for messages of devices, and templates for new devices.

use pilothouse_service::types::{Event, IotEvent, IotFleetEvent};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{join, reference};
use crate::naming;
use crate::scalars::compact_json;
use crate::target::Target;

/// Adds the rules and templates of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        let mut number = 0;
        for event in &function.events {
            match event {
                Event::Iot(event) => {
                    number += 1;
                    add_rule(draft, key, event, number);
                }
                Event::IotFleet(event) => add_template(draft, key, event),
                _ => {}
            }
        }
    }
}

fn add_rule(draft: &mut Draft<'_>, key: &str, event: &IotEvent, number: usize) {
    let target = Target::of(draft, key);
    let mut payload = Map::new();
    payload.insert("RuleDisabled".into(), (event.enabled == Some(false)).into());
    payload.insert("Sql".into(), event.sql.as_str().into());
    payload.insert(
        "Actions".into(),
        json!([{ "Lambda": { "FunctionArn": target.arn } }]),
    );
    for (name, value) in [
        ("Description", &event.description),
        ("AwsIotSqlVersion", &event.sql_version),
    ] {
        if let Some(value) = value {
            payload.insert(name.to_owned(), value.as_str().into());
        }
    }
    let rule = Resource::new("AWS::IoT::TopicRule")
        .with("TopicRulePayload", payload)
        .with_some("RuleName", event.name.as_deref())
        .depends_on(target.alias.clone());
    let id = naming::topic_rule_id(key, number);
    let permission = target.permission("iot.amazonaws.com", rule_arn(&id));
    let origin = format!("functions.{key}");
    draft.add(id, rule, &origin);
    let id = naming::topic_rule_permission_id(key, number);
    draft.add(id, permission, &origin);
}

fn rule_arn(rule: &str) -> Value {
    let parts = vec![
        "arn:".into(),
        reference("AWS::Partition"),
        ":iot:".into(),
        reference("AWS::Region"),
        ":".into(),
        reference("AWS::AccountId"),
        ":rule/".into(),
        reference(rule),
    ];
    join("", parts)
}

fn add_template(draft: &mut Draft<'_>, key: &str, event: &IotFleetEvent) {
    let target = Target::of(draft, key);
    let permission_id = naming::provisioning_permission_id(key);
    let template = Resource::new("AWS::IoT::ProvisioningTemplate")
        .with("Enabled", event.enabled.unwrap_or(true))
        .with("PreProvisioningHook", json!({ "TargetArn": target.arn }))
        .with("ProvisioningRoleArn", event.role.clone())
        .with("TemplateBody", compact_json(&event.template_body))
        .with_some("TemplateName", event.template_name.as_deref())
        .depends_on([permission_id.clone()])
        .depends_on(target.alias.clone());
    let origin = format!("functions.{key}");
    draft.add(naming::provisioning_template_id(key), template, &origin);
    let permission = target.permission_of("lambda:InvokeFunction", "iot.amazonaws.com");
    draft.add(permission_id, permission, &origin);
}
