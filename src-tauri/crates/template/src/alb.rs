//! `alb` events: a group with the function in it, and a rule of the load balancer's listener that leads there.

use pilothouse_service::types::{AlbAuthorizer, AlbConditions, AlbEvent, AlbHealthCheck, Event};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;
use crate::naming;
use crate::short_name;
use crate::target::Target;

const PRINCIPAL: &str = "elasticloadbalancing.amazonaws.com";
/// The longest that the name of a target group may be.
const LONGEST_NAME: usize = 32;

/// Adds what `alb` events ask for.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (key, function) in &service.functions {
        for event in &function.events {
            if let Event::Alb(event) = event {
                add_event(draft, key, event);
            }
        }
    }
}

fn add_event(draft: &mut Draft<'_>, key: &str, event: &AlbEvent) {
    // What is no listener was refused with the file.
    let Some((balancer, _)) = event.balancer_and_listener() else {
        return;
    };
    let target = Target::of(draft, key);
    let group = naming::target_group_id(key, balancer, event.multi_value_headers);
    let resource = target_group(draft, key, event, balancer, &target);
    draft.put(group.clone(), resource);
    let rule = Resource::new("AWS::ElasticLoadBalancingV2::ListenerRule")
        .with("Actions", actions(draft, event, &group))
        .with("Conditions", conditions(&event.conditions))
        .with("ListenerArn", event.listener.clone())
        .with("Priority", event.priority);
    draft.put(naming::listener_rule_id(key, event.priority), rule);
    let call = || target.permission_of("lambda:InvokeFunction", PRINCIPAL);
    let permission = call().with("SourceArn", reference(&group));
    draft.put(naming::target_group_permission_id(key), permission);
    draft.put(naming::register_permission_id(key), call());
}

fn target_group(
    draft: &Draft<'_>,
    key: &str,
    event: &AlbEvent,
    balancer: &str,
    target: &Target,
) -> Resource {
    let service = draft.service;
    let multi_value = event.multi_value_headers;
    let words = naming::target_group_words(service, key, balancer, multi_value);
    let prefix = service.provider.alb.target_group_prefix.as_deref();
    let hashed = format!("{}{}", prefix.unwrap_or(""), short_name::hash(&words));
    let hashed: String = hashed.chars().take(LONGEST_NAME).collect();
    let tag = naming::target_group_words(service, key, balancer, false);
    let group = Resource::new("AWS::ElasticLoadBalancingV2::TargetGroup")
        .with("TargetType", "lambda")
        .with("Targets", json!([{ "Id": target.arn }]))
        .with("Name", event.target_group_name.clone().unwrap_or(hashed))
        .with("Tags", json!([{ "Key": "Name", "Value": tag }]))
        .with(
            "TargetGroupAttributes",
            json!([{ "Key": "lambda.multi_value_headers.enabled", "Value": multi_value }]),
        )
        .with("HealthCheckEnabled", event.health_check.is_some())
        .depends_on([naming::register_permission_id(key)])
        .depends_on(target.alias.clone());
    match &event.health_check {
        Some(check) => with_health_check(group, check),
        None => group,
    }
}

fn with_health_check(group: Resource, check: &AlbHealthCheck) -> Resource {
    let codes = check.codes.as_deref().unwrap_or("200");
    group
        .with("HealthCheckPath", check.path.as_deref().unwrap_or("/"))
        .with("HealthCheckIntervalSeconds", check.interval.unwrap_or(35))
        .with("HealthCheckTimeoutSeconds", check.timeout.unwrap_or(30))
        .with("HealthyThresholdCount", check.healthy.unwrap_or(5))
        .with("UnhealthyThresholdCount", check.unhealthy.unwrap_or(5))
        .with("Matcher", json!({ "HttpCode": codes }))
}

/// Who is let in, and then the function.
fn actions(draft: &Draft<'_>, event: &AlbEvent, group: &str) -> Value {
    let known = &draft.service.provider.alb.authorizers;
    let mut actions: Vec<Value> = event
        .authorizers
        .iter()
        .filter_map(|name| known.get(name))
        .zip(1..)
        .map(|(authorizer, order)| sign_in(authorizer, order))
        .collect();
    let mut forward = json!({ "Type": "forward", "TargetGroupArn": reference(group) });
    if !actions.is_empty()
        && let Some(forward) = forward.as_object_mut()
    {
        forward.insert("Order".into(), (actions.len() + 1).into());
    }
    actions.push(forward);
    actions.into()
}

/// Settings by their names in the file and in the template, in both kinds.
const SETTINGS: &[(&str, &str)] = &[
    ("requestExtraParams", "AuthenticationRequestExtraParams"),
    ("scope", "Scope"),
    ("sessionCookieName", "SessionCookieName"),
    ("sessionTimeout", "SessionTimeout"),
];
const OF_COGNITO: &[(&str, &str)] = &[
    ("userPoolArn", "UserPoolArn"),
    ("userPoolClientId", "UserPoolClientId"),
    ("userPoolDomain", "UserPoolDomain"),
];
const OF_OIDC: &[(&str, &str)] = &[
    ("authorizationEndpoint", "AuthorizationEndpoint"),
    ("clientId", "ClientId"),
    ("issuer", "Issuer"),
    ("tokenEndpoint", "TokenEndpoint"),
    ("userInfoEndpoint", "UserInfoEndpoint"),
];

fn sign_in(authorizer: &AlbAuthorizer, order: usize) -> Value {
    let written = |name: &str| {
        let value = authorizer.settings.get(name).cloned();
        value.filter(|value| *value != Value::String(String::new()))
    };
    let own = if authorizer.cognito {
        OF_COGNITO
    } else {
        OF_OIDC
    };
    let settings = own.iter().chain(SETTINGS);
    let mut config: Map<String, Value> = settings
        .filter_map(|(name, property)| {
            let value = authorizer.settings.get(*name)?.clone();
            Some(((*property).to_owned(), value))
        })
        .collect();
    let otherwise = written("onUnauthenticatedRequest").unwrap_or_else(|| "deny".into());
    config.insert("OnUnauthenticatedRequest".into(), otherwise);
    if authorizer.cognito {
        return json!({
            "Type": "authenticate-cognito", "Order": order, "AuthenticateCognitoConfig": config
        });
    }
    match written("clientSecret") {
        Some(secret) => config.insert("ClientSecret".into(), secret),
        None => config.insert("UseExistingClientSecret".into(), true.into()),
    };
    json!({ "Type": "authenticate-oidc", "Order": order, "AuthenticateOidcConfig": config })
}

fn conditions(conditions: &AlbConditions) -> Value {
    let of = |field: &str, config: &str, values: Value| {
        let mut condition = Map::new();
        condition.insert("Field".into(), field.into());
        condition.insert(config.into(), values);
        Value::Object(condition)
    };
    let mut found = Vec::new();
    if let Some(paths) = &conditions.path {
        found.push(of("path-pattern", "Values", json!(paths)));
    }
    let lists = [
        (&conditions.host, "host-header", "HostHeaderConfig"),
        (
            &conditions.method,
            "http-request-method",
            "HttpRequestMethodConfig",
        ),
    ];
    for (values, field, config) in lists {
        if let Some(values) = values {
            found.push(of(field, config, json!({ "Values": values })));
        }
    }
    for (name, values) in conditions.header.iter().flatten() {
        let config = json!({ "HttpHeaderName": name, "Values": values });
        found.push(of("http-header", "HttpHeaderConfig", config));
    }
    if let Some(query) = &conditions.query {
        let pairs = query
            .iter()
            .map(|(key, value)| json!({ "Key": key, "Value": value }));
        let config = json!({ "Values": pairs.collect::<Value>() });
        found.push(of("query-string", "QueryStringConfig", config));
    }
    if let Some(ips) = &conditions.ip {
        found.push(of("source-ip", "SourceIpConfig", json!({ "Values": ips })));
    }
    found.into()
}
