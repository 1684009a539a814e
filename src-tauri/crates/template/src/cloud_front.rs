//! `cloudFront` events: one distribution whose behaviours call functions (Lambda@Edge).

use std::cmp::Ordering;

use pilothouse_service::types::{CachePolicy, CloudFrontEvent, Event, Function};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::functions::allow;
use crate::intrinsics::{attribute, join, reference, substitute};
use crate::naming::{self, DISTRIBUTION, DISTRIBUTION_DOMAIN_OUTPUT, EXECUTION_ROLE};
use crate::target::statement;

/// AWS's own cache policy for what can be kept long, where the user chooses none.
const CACHING_OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const PRINCIPAL: &str = "edgelambda.amazonaws.com";
const ASSOCIATIONS: &str = "LambdaFunctionAssociations";
const TARGET: &str = "TargetOriginId";
const PATTERN: &str = "PathPattern";

/// Whether CloudFront calls a function: then it has no network and no environment.
pub(crate) fn is_at_edge(function: &Function) -> bool {
    let at_edge = |event: &Event| matches!(event, Event::CloudFront(_));
    function.events.iter().any(at_edge)
}

/// A function as it can stand at the edge. It stays when the stack goes: its copies are deleted hours after the
/// distribution, and until then AWS refuses to delete it.
pub(crate) fn at_edge(function: Resource) -> Resource {
    function
        .without("VpcConfig")
        .without("Environment")
        .retained()
}

/// Adds the cache policies, and the distribution when there is a `cloudFront` event.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (name, policy) in &service.provider.cloud_front.cache_policies {
        let mut config = policy.as_object().cloned().unwrap_or_default();
        let chosen = naming::cache_policy_name(service, name);
        config.insert("Name".into(), chosen.into());
        let policy =
            Resource::new("AWS::CloudFront::CachePolicy").with("CachePolicyConfig", config);
        let path = format!("provider.cloudFront.cachePolicies.{name}");
        draft.add(naming::cache_policy_id(name), policy, &path);
    }
    let mut parts = Parts::default();
    for (key, function) in &service.functions {
        for event in &function.events {
            if let Event::CloudFront(event) = event {
                let version = version(draft, key);
                parts.take(event, &version);
                add_permission(draft, key, &version);
            }
        }
    }
    if !parts.behaviors.is_empty() {
        add_distribution(draft, parts);
        let_edge_run(draft);
    }
}

/// The version that CloudFront calls.
fn version(draft: &Draft<'_>, key: &str) -> Value {
    let function = naming::function_id(key);
    let resources = draft.template.section("Resources").into_iter().flatten();
    let mut versions = resources.filter(|(_, resource)| {
        let of = resource.pointer("/Properties/FunctionName/Ref");
        resource.get("Type").and_then(Value::as_str) == Some("AWS::Lambda::Version")
            && of.and_then(Value::as_str) == Some(function.as_str())
    });
    // A function without a version has no archive, which is told where archives are looked for.
    versions.next().map_or(Value::Null, |(id, _)| reference(id))
}

fn add_permission(draft: &mut Draft<'_>, key: &str, version: &Value) {
    let distribution = join(
        "",
        vec![
            "".into(),
            "arn:".into(),
            reference("AWS::Partition"),
            ":cloudfront::".into(),
            reference("AWS::AccountId"),
            ":distribution/".into(),
            reference(DISTRIBUTION),
        ],
    );
    let permission = Resource::new("AWS::Lambda::Permission")
        .with("FunctionName", version.clone())
        .with("Action", "lambda:InvokeFunction")
        .with("Principal", PRINCIPAL)
        .with("SourceArn", distribution);
    draft.put(naming::edge_permission_id(key), permission);
}

/// What the distribution is made of.
#[derive(Debug, Default)]
struct Parts {
    origins: Vec<Map<String, Value>>,
    behaviors: Vec<Map<String, Value>>,
    /// The origin of what no path is written for.
    default_origin: Option<Value>,
}

impl Parts {
    /// Takes an event: events of one origin, and of one path, describe the same origin and behaviour together.
    fn take(&mut self, event: &CloudFrontEvent, version: &Value) {
        let id = Value::String(event.origin.id());
        let mut origin = event.origin.settings();
        origin.insert("Id".into(), id.clone());
        match self
            .origins
            .iter_mut()
            .find(|known| known.get("Id") == Some(&id))
        {
            Some(known) => extend(known, &origin),
            None => self.origins.push(origin),
        }
        if event.is_default_origin {
            self.default_origin = Some(id.clone());
        }
        let behavior = behavior(event, id, version);
        let place = |behavior: &Map<String, Value>| {
            (
                behavior.get(PATTERN).cloned(),
                behavior.get(TARGET).cloned(),
            )
        };
        let here = place(&behavior);
        match self.behaviors.iter_mut().find(|known| place(known) == here) {
            Some(known) => extend(known, &behavior),
            None => self.behaviors.push(behavior),
        }
    }
}

/// Adds what is new: of two values the first counts, and lists are joined.
fn extend(known: &mut Map<String, Value>, more: &Map<String, Value>) {
    for (name, value) in more {
        match (known.get_mut(name), value) {
            (None, _) => {
                known.insert(name.clone(), value.clone());
            }
            (Some(Value::Array(items)), Value::Array(more)) => {
                for item in more {
                    if !items.contains(item) {
                        items.push(item.clone());
                    }
                }
            }
            (Some(Value::Object(known)), Value::Object(more)) => extend(known, more),
            _ => {}
        }
    }
}

fn behavior(event: &CloudFrontEvent, origin: Value, version: &Value) -> Map<String, Value> {
    let mut behavior = Map::new();
    behavior.insert("ViewerProtocolPolicy".into(), "allow-all".into());
    behavior.extend(event.behavior.clone());
    let policy = match &event.cache_policy {
        Some(CachePolicy::Id(id)) => Some(id.clone()),
        Some(CachePolicy::Name(name)) => Some(reference(&naming::cache_policy_id(name))),
        // Old settings of the cache and a policy exclude each other.
        None => {
            let old = ["ForwardedValues", "MaxTTL", "MinTTL", "DefaultTTL"];
            let has = |name: &&str| event.behavior.contains_key(*name);
            let chosen = event.behavior.get("CachePolicyId");
            let chosen = chosen.is_some_and(|id| *id != Value::String(String::new()));
            (!chosen && !old.iter().any(has)).then(|| CACHING_OPTIMIZED.into())
        }
    };
    if let Some(policy) = policy {
        behavior.insert("CachePolicyId".into(), policy);
    }
    let mut association = Map::new();
    if let Some(kind) = &event.event_type {
        association.insert("EventType".into(), kind.as_str().into());
    }
    association.insert("LambdaFunctionARN".into(), version.clone());
    if let Some(body) = event.include_body {
        association.insert("IncludeBody".into(), body.into());
    }
    behavior.insert(TARGET.into(), origin);
    behavior.insert(ASSOCIATIONS.into(), json!([association]));
    if let Some(pattern) = event.path_pattern.as_deref().filter(|p| !p.is_empty()) {
        behavior.insert(PATTERN.into(), pattern.into());
    }
    behavior
}

fn add_distribution(draft: &mut Draft<'_>, parts: Parts) {
    let Parts {
        origins,
        mut behaviors,
        default_origin,
    } = parts;
    let has_pattern = |behavior: &Map<String, Value>| behavior.contains_key(PATTERN);
    // The sort is stable: what has a path keeps its order, for the first path that fits counts.
    behaviors.sort_by(|a, b| match (has_pattern(a), has_pattern(b)) {
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        _ => Ordering::Equal,
    });
    if let Some(first) = behaviors.first().filter(|first| has_pattern(first)) {
        let mut rest = first.clone();
        rest.shift_remove(PATTERN);
        rest.shift_remove(ASSOCIATIONS);
        let origin = default_origin.or_else(|| origins.first()?.get("Id").cloned());
        rest.insert(TARGET.into(), origin.unwrap_or_default());
        behaviors.insert(0, rest);
    }
    let mut behaviors = behaviors.into_iter();
    let service = draft.service;
    let mut config = Map::new();
    let comment = format!("{} {}", service.name, service.stage);
    config.insert("Comment".into(), comment.into());
    config.insert("Enabled".into(), true.into());
    config.insert(
        "DefaultCacheBehavior".into(),
        behaviors.next().unwrap_or_default().into(),
    );
    config.insert("Origins".into(), json!(origins));
    let others: Vec<Value> = behaviors.map(Value::Object).collect();
    if !others.is_empty() {
        config.insert("CacheBehaviors".into(), others.into());
    }
    let distribution =
        Resource::new("AWS::CloudFront::Distribution").with("DistributionConfig", config);
    draft.put(DISTRIBUTION.into(), distribution);
    draft.output(
        DISTRIBUTION,
        Some("CloudFront Distribution Id"),
        reference(DISTRIBUTION),
    );
    draft.output(
        DISTRIBUTION_DOMAIN_OUTPUT,
        Some("CloudFront Distribution Domain Name"),
        attribute(DISTRIBUTION, "DomainName"),
    );
}

/// Lets functions run at the edge, and write their logs there: in the Region that is nearest to the caller.
fn let_edge_run(draft: &mut Draft<'_>) {
    let resources = draft.template.section_mut("Resources");
    let statements = resources.get_mut(EXECUTION_ROLE).and_then(|role| {
        role.pointer_mut("/Properties/AssumeRolePolicyDocument/Statement")?
            .as_array_mut()
    });
    let lambda = Value::from("lambda.amazonaws.com");
    let services = statements
        .into_iter()
        .flatten()
        .filter_map(|statement| statement.pointer_mut("/Principal/Service")?.as_array_mut())
        .find(|services| services.contains(&lambda));
    if let Some(services) = services {
        services.push(PRINCIPAL.into());
    }
    let logs = statement(
        &[
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "logs:TagResource",
        ],
        vec![substitute("arn:${AWS::Partition}:logs:*:*:*".to_owned())],
    );
    allow(draft, [logs]);
}
