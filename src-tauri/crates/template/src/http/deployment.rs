//! The deployment of the REST API: the snapshot that its stage serves.

use std::collections::BTreeMap;

use pilothouse_model::{Digest, Template};
use serde_json::{Map, Value};

use crate::canonical;
use crate::draft::{Draft, Resource};
use crate::naming;

/// Letters of the hash in the id: 80 bits, far more than a stack will ever have deployments.
const HASH_LENGTH: usize = 20;

/// Where a resource waits for the deployment whose id is not known yet.
pub(crate) const PLACE: &str = "ApiGatewayDeployment";

/// What belongs to the API and is not in its snapshot; some of it waits for the snapshot.
const BESIDE: &[&str] = &[
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGateway::ApiKey",
    "AWS::ApiGateway::UsagePlan",
    "AWS::ApiGateway::UsagePlanKey",
];

/// Adds the deployment of the API as the template now has it.
pub(crate) fn add(draft: &mut Draft<'_>, methods: Vec<String>) {
    let options = &draft.service.provider.api_gateway;
    let stage = options.stage.as_ref().unwrap_or(&draft.service.stage);
    let deployment = Resource::new("AWS::ApiGateway::Deployment")
        .with("RestApiId", super::api::id(draft.service))
        .with("StageName", stage.as_str())
        .with_some("Description", options.description.as_deref())
        .depends_on(methods);
    let hash = content_hash(&draft.template, deployment.properties());
    let id = naming::deployment_id(&hash);
    for resource in draft.template.section_mut("Resources").values_mut() {
        if let Some(depends_on) = resource.get_mut("DependsOn") {
            fill_in(depends_on, &id);
        }
    }
    draft.add(id, deployment, "provider.apiGateway");
}

fn fill_in(depends_on: &mut Value, id: &str) {
    match depends_on {
        Value::String(name) if name == PLACE => id.clone_into(name),
        Value::Array(names) => names.iter_mut().for_each(|name| fill_in(name, id)),
        _ => {}
    }
}

/// A hash over all that the snapshot holds (see [`mod@crate::compile`] for what that is).
fn content_hash(template: &Template, deployment: &Map<String, Value>) -> String {
    let none = Map::new();
    let resources = template.section("Resources").unwrap_or(&none);
    let mut content = BTreeMap::new();
    for (id, resource) in resources {
        if is_of_the_api(resource) {
            take(id, resources, &mut content);
        }
    }
    let mut text = String::new();
    for (id, held) in content {
        canonical::write_text(id, &mut text);
        canonical::write(held, &mut text);
    }
    for section in ["Conditions", "Mappings", "Parameters"] {
        canonical::write(template.0.get(section).unwrap_or(&Value::Null), &mut text);
    }
    for (name, value) in deployment {
        canonical::write_text(name, &mut text);
        canonical::write(value, &mut text);
    }
    let mut hash = Digest::of(text.as_bytes()).to_string();
    hash.truncate(HASH_LENGTH);
    hash
}

fn is_of_the_api(resource: &Value) -> bool {
    let kind = kind(resource);
    kind.starts_with("AWS::ApiGateway::") && !BESIDE.contains(&kind)
}

fn kind(resource: &Value) -> &str {
    resource.get("Type").and_then(Value::as_str).unwrap_or("")
}

/// Takes a resource, and what it refers to.
fn take<'a>(
    id: &'a str,
    resources: &'a Map<String, Value>,
    content: &mut BTreeMap<&'a str, &'a Value>,
) {
    let Some(resource) = resources.get(id).filter(|_| !content.contains_key(id)) else {
        return;
    };
    if kind(resource) == "AWS::Lambda::Function" {
        let name = resource.pointer("/Properties/FunctionName");
        content.insert(id, name.unwrap_or(&Value::Null));
        return;
    }
    content.insert(id, resource);
    let mut names = Vec::new();
    references(
        resource.get("Properties").unwrap_or(&Value::Null),
        &mut names,
    );
    for name in names {
        take(name, resources, content);
    }
}

/// The names that a value refers to, by `Ref`, `Fn::GetAtt` or `${...}` in `Fn::Sub`.
fn references<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(map) => {
            for (key, item) in map {
                match (key.as_str(), item) {
                    ("Ref" | "Fn::GetAtt", Value::String(text)) => {
                        names.extend(text.split('.').next());
                    }
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        names.extend(parts.first().and_then(Value::as_str));
                    }
                    ("Fn::Sub", item) => {
                        names.extend(names_in_text(item));
                        references(item, names);
                    }
                    _ => references(item, names),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `${Name}` and `${Name.Attribute}` of a text, or of the first item of a list.
fn names_in_text(value: &Value) -> impl Iterator<Item = &str> {
    let text = value.as_str().or_else(|| value.get(0)?.as_str());
    text.unwrap_or("")
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split(['}', '.']).next())
}
