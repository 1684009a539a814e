use pilothouse_service::types::{
    AlexaEvent, CloudWatchEvent, CloudWatchLogEvent, EventBridgeEvent, EventInput, EventRetry,
    IotEvent, IotFleetEvent,
};
use serde_json::{Value, json};

use super::*;

fn on_bus(change: impl FnOnce(&mut EventBridgeEvent)) -> Event {
    let mut event = EventBridgeEvent {
        pattern: Some(json!({ "source": ["shop"] })),
        ..EventBridgeEvent::default()
    };
    change(&mut event);
    Event::EventBridge(Box::new(event))
}

fn log(group: &str) -> Event {
    Event::CloudWatchLog(CloudWatchLogEvent {
        log_group: group.into(),
        filter: String::new(),
    })
}

#[test]
fn a_bus_that_is_named_is_made_once_and_its_rules_wait_for_it() {
    let named = || on_bus(|event| event.bus = Some("my-bus".into()));
    let service = shop(&[("a", &[named()]), ("b", &[named()])]);
    assert_eq!(
        ids(&stack(&service), "AWS::Events::EventBus"),
        ["MyDashbusEventBridgeEventBus"]
    );
    let rule = resource(&service, "Shopdevbrule1EventBridgeRule");
    assert_eq!(rule["DependsOn"], json!(["MyDashbusEventBridgeEventBus"]));
    assert_eq!(rule["Properties"]["EventBusName"], "my-bus");
    assert_eq!(rule["Properties"]["Name"], "shop-dev-b-rule-1");
}

#[test]
fn a_bus_that_exists_is_named_and_not_made() {
    let arn = "arn:aws:events:us-east-1:123456789012:event-bus/theirs";
    let service = shop(&[(
        "a",
        &[
            on_bus(|event| event.bus = Some(arn.into())),
            on_bus(|event| event.bus = Some("default".into())),
            on_bus(|event| event.bus = Some(json!({ "Ref": "Bus" }))),
        ],
    )]);
    assert_eq!(
        ids(&stack(&service), "AWS::Events::EventBus"),
        Vec::<String>::new()
    );
    let bus = |number: usize| {
        resource(
            &service,
            &format!("Shopdevarule{number}EventBridgeRule/Properties/EventBusName"),
        )
    };
    assert_eq!(
        [bus(1), bus(2), bus(3)],
        [json!("theirs"), Value::Null, json!({ "Ref": "Bus" })]
    );
    assert_eq!(
        resource(
            &service,
            "AEventBridgeLambdaPermission2/Properties/SourceArn/Fn::Join/1/5"
        ),
        json!({ "Fn::Join": ["/", ["rule", "default", "shop-dev-a-rule-2"]] })
    );
}

#[test]
fn a_target_gets_its_retries_and_a_long_name_a_hash() {
    let name = "n".repeat(60);
    let service = shop(&[(
        "a",
        &[on_bus(|event| {
            event.name = Some(name.clone());
            event.input.value = Some(json!({ "a": 1.0 }));
            event.retry = Some(EventRetry {
                maximum_age: None,
                maximum_attempts: Some(0),
            });
            event.dead_letters = Some(json!({ "Fn::GetAtt": ["Q", "Arn"] }));
        })],
    )]);
    let target = resource(
        &service,
        "Shopdevarule1EventBridgeRule/Properties/Targets/0",
    );
    let id = target["Id"].as_str().expect("an id");
    assert_eq!(id.len(), 64, "{id}");
    assert!(id.starts_with(&"n".repeat(25)) && id.ends_with("-target"));
    assert_eq!(target["RetryPolicy"], json!({ "MaximumRetryAttempts": 0 }));
    assert_eq!(target["Input"], r#"{"a":1}"#);
}

#[test]
fn a_function_of_the_stack_makes_the_rules_when_it_is_asked_to() {
    let mut service = shop(&[("a", &[schedule(|_| {}), on_bus(|_| {})])]);
    service.provider.event_bridge_by_function = true;
    let rule = resource(&service, "ACustomEventBridge2");
    assert_eq!(rule["Type"], "Custom::EventBridge");
    assert_eq!(
        rule["Properties"]["EventBridgeConfig"],
        json!({
            "RuleName": "shop-dev-a-rule-2", "State": "ENABLED", "Pattern": { "source": ["shop"] }
        })
    );
    assert!(compiled(&service).has_custom_resources);
    let statements = resource(
        &service,
        "IamRoleCustomResourcesLambdaExecution/Properties/Policies/0/PolicyDocument/Statement",
    );
    assert_eq!(
        statements.as_array().map(Vec::len),
        Some(2),
        "no bus is made: {statements}"
    );
}

#[test]
fn an_event_of_an_aws_service_is_a_rule_of_the_accounts_bus() {
    let event = CloudWatchEvent {
        pattern: json!({ "source": ["aws.ec2"] }),
        input: EventInput {
            transformer: Some(json!({ "inputTemplate": "<t>" })),
            ..EventInput::default()
        },
        enabled: Some(false),
        ..CloudWatchEvent::default()
    };
    let service = shop(&[("a", &[Event::CloudWatch(Box::new(event))])]);
    assert_eq!(
        resource(&service, "AEventsRuleCloudWatchEvent1/Properties"),
        json!({
            "EventPattern": { "source": ["aws.ec2"] },
            "State": "DISABLED",
            "Targets": [{
                "InputTransformer": { "InputTemplate": "<t>" },
                "Arn": { "Fn::GetAtt": ["ALambdaFunction", "Arn"] },
                "Id": "aCloudWatchEvent"
            }]
        })
    );
}

#[test]
fn all_log_groups_of_a_function_share_a_permission() {
    let service = shop(&[("a", &[log("/x/one"), log("/x/two")])]);
    let template = stack(&service);
    assert_eq!(ids(&template, "AWS::Logs::SubscriptionFilter").len(), 2);
    assert_eq!(ids(&template, "AWS::Lambda::Permission").len(), 1);
    assert_eq!(
        resource(
            &service,
            "ALambdaPermissionLogsSubscriptionFilterCloudWatchLog/Properties/SourceArn/Fn::Join/1/7"
        ),
        "/x/*"
    );
}

#[test]
fn devices_have_rules_and_a_template() {
    let rule = IotEvent {
        sql: "SELECT *".into(),
        enabled: Some(false),
        ..IotEvent::default()
    };
    let fleet = IotFleetEvent {
        template_body: json!({ "Resources": {} }),
        role: "arn:aws:iam::123456789012:role/x".into(),
        ..IotFleetEvent::default()
    };
    let service = shop(&[(
        "a",
        &[Event::Iot(Box::new(rule)), Event::IotFleet(Box::new(fleet))],
    )]);
    assert_eq!(
        resource(
            &service,
            "AIotTopicRule1/Properties/TopicRulePayload/RuleDisabled"
        ),
        true
    );
    let template = resource(&service, "AIotProvisioningTemplate");
    assert_eq!(
        template["Properties"]["TemplateBody"],
        r#"{"Resources":{}}"#
    );
    assert_eq!(
        template["DependsOn"],
        json!(["ALambdaPermissionIotProvisioningTemplate"])
    );
}

#[test]
fn a_skill_that_is_disabled_may_only_be_kept_from_calling() {
    let skill = |enabled| {
        Event::AlexaSkill(AlexaEvent {
            app_id: Some("amzn1.ask.skill.x".into()),
            enabled,
        })
    };
    let service = shop(&[("a", &[skill(None), skill(Some(false))])]);
    let action = |number: usize| {
        resource(
            &service,
            &format!("ALambdaPermissionAlexaSkill{number}/Properties/Action"),
        )
    };
    assert_eq!(
        [action(1), action(2)],
        [
            json!("lambda:InvokeFunction"),
            json!("lambda:DisableInvokeFunction")
        ]
    );
}

#[test]
fn what_an_event_owns_is_in_the_template() {
    let service = shop(&[(
        "a-b",
        &[
            log("/x"),
            on_bus(|event| event.bus = Some("mine".into())),
            log("/y"),
        ],
    )]);
    let template = stack(&service);
    for at in 0..3 {
        for (id, name) in crate::of_event_at(&service, "a-b", at) {
            assert!(template["Resources"].get(&id).is_some(), "{id}: {name}");
        }
    }
}
