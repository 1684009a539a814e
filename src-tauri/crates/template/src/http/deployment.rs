//! The deployment of the REST API: the snapshot that its stage serves.

use std::collections::BTreeMap;

use pilothouse_model::{Digest, Template};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;
use crate::naming::{self, REST_API};

/// Letters of the hash in the id: 80 bits, far more than a stack will ever have deployments.
const HASH_LENGTH: usize = 20;

/// Adds the deployment of the API as the template now has it.
pub(crate) fn add(draft: &mut Draft<'_>, methods: Vec<String>) {
    let options = &draft.service.provider.api_gateway;
    let stage = options.stage.as_ref().unwrap_or(&draft.service.stage);
    let deployment = Resource::new("AWS::ApiGateway::Deployment")
        .with("RestApiId", reference(REST_API))
        .with("StageName", stage.as_str())
        .with_some("Description", options.description.as_deref())
        .depends_on(methods);
    let hash = content_hash(&draft.template, deployment.properties());
    draft.add(
        naming::deployment_id(&hash),
        deployment,
        "provider.apiGateway",
    );
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
    let mut whole = json!({
        "Deployment": deployment,
        "Resources": content,
        "Conditions": template.section("Conditions"),
        "Mappings": template.section("Mappings"),
        "Parameters": template.section("Parameters")
    });
    whole.sort_all_objects();
    let mut hash = Digest::of(whole.to_string().as_bytes()).to_string();
    hash.truncate(HASH_LENGTH);
    hash
}

fn is_of_the_api(resource: &Value) -> bool {
    kind(resource).starts_with("AWS::ApiGateway::")
}

fn kind(resource: &Value) -> &str {
    resource.get("Type").and_then(Value::as_str).unwrap_or("")
}

/// Takes a resource, and what it refers to.
fn take(id: &str, resources: &Map<String, Value>, content: &mut BTreeMap<String, Value>) {
    let Some(resource) = resources.get(id).filter(|_| !content.contains_key(id)) else {
        return;
    };
    if kind(resource) == "AWS::Lambda::Function" {
        let name = resource.pointer("/Properties/FunctionName");
        content.insert(id.to_owned(), name.cloned().into());
        return;
    }
    content.insert(id.to_owned(), resource.clone());
    let mut names = Vec::new();
    references(
        resource.get("Properties").unwrap_or(&Value::Null),
        &mut names,
    );
    for name in names {
        take(&name, resources, content);
    }
}

/// The names that a value refers to, by `Ref`, `Fn::GetAtt` or `${...}` in `Fn::Sub`.
fn references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(map) => {
            for (key, item) in map {
                match (key.as_str(), item) {
                    ("Ref" | "Fn::GetAtt", Value::String(text)) => {
                        names.extend(text.split('.').next().map(str::to_owned));
                    }
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        let id = parts.first().and_then(Value::as_str);
                        names.extend(id.map(str::to_owned));
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
fn names_in_text(value: &Value) -> Vec<String> {
    let text = value.as_str().or_else(|| value.get(0)?.as_str());
    text.unwrap_or("")
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split(['}', '.']).next())
        .map(str::to_owned)
        .collect()
}
