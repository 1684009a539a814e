//! Rules that a function of the stack makes, as all were once: `provider.eventBridge.useCloudFormation: false`.

use serde_json::{Map, Value, json};

use super::{Rule, rule_name, state, transformer};
use crate::custom_resources::{self, Handler};
use crate::draft::Draft;
use crate::intrinsics::{join, reference};
use crate::naming;

pub(super) fn add(draft: &mut Draft<'_>, rules: &[Rule<'_>]) {
    if rules.is_empty() {
        return;
    }
    let mut makes_buses = false;
    for rule in rules {
        let key = rule.key;
        let resource = Handler::EventBridge
            .resource("Custom::EventBridge")
            .with("FunctionName", naming::function_name(draft.service, key))
            .with("EventBridgeConfig", config(draft, *rule))
            .depends_on([naming::function_id(key), Handler::EventBridge.function_id()]);
        let id = naming::custom_rule_id(key, rule.number);
        draft.add(id, resource, &format!("functions.{key}"));
        let bus = rule.event.bus.as_ref().and_then(Value::as_str);
        let name = bus.map(|bus| match bus.split_once('/') {
            Some((arn, name)) if arn.starts_with("arn") => name,
            _ => bus,
        });
        makes_buses |= name.is_some_and(|name| !name.is_empty() && name != "default");
    }
    let mut statements = Vec::new();
    if makes_buses {
        let actions = ["events:CreateEventBus", "events:DeleteEventBus"];
        statements.push(statement("event-bus/*", &actions));
    }
    let actions = [
        "events:PutRule",
        "events:RemoveTargets",
        "events:PutTargets",
        "events:DeleteRule",
    ];
    statements.push(statement("rule/*", &actions));
    statements.push(custom_resources::permission_statement());
    custom_resources::add(draft, Handler::EventBridge, statements);
}

fn config(draft: &Draft<'_>, rule: Rule<'_>) -> Value {
    let event = rule.event;
    let parts = [
        ("RuleName", Some(rule_name(draft, rule).into())),
        ("State", Some(state(event.enabled).into())),
        ("EventBus", event.bus.clone()),
        ("Schedule", event.schedule.clone().map(Value::from)),
        ("Pattern", event.pattern.clone()),
        ("Input", event.input.value.clone()),
        ("InputPath", event.input.path.clone().map(Value::from)),
        ("InputTransformer", transformer(&event.input)),
    ];
    let config: Map<String, Value> = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    config.into()
}

fn statement(resource: &str, actions: &[&str]) -> Value {
    let parts = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "events".into(),
        reference("AWS::Region"),
        reference("AWS::AccountId"),
        resource.into(),
    ];
    json!({ "Effect": "Allow", "Resource": join(":", parts), "Action": actions })
}
