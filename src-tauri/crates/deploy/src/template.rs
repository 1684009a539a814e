//! Templates beside each other: the same but for the code, and what differs in a resource.

use indexmap::IndexMap;
use pilothouse_model::PropertyChange;
use serde_json::{Map, Value};

/// The type of functions.
pub(crate) const FUNCTION: &str = "AWS::Lambda::Function";
/// The type of their versions.
pub(crate) const VERSION: &str = "AWS::Lambda::Version";

/// A template with everything taken out of it that only the code's bytes or the release's name decide.
///
/// Two templates are the same but for the code when these are equal. Where an archive lies is taken out of
/// functions; a function's version, whose logical id holds a hash of the code, gets an id that names the
/// function.
pub(crate) fn without_code(template: &Map<String, Value>) -> Value {
    let names = version_names(template);
    let mut value = renamed(&Value::Object(template.clone()), &names);
    let resources = value.get_mut("Resources").and_then(Value::as_object_mut);
    for (_, resource) in resources.into_iter().flatten() {
        let kind = resource
            .get("Type")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let properties = resource
            .get_mut("Properties")
            .and_then(Value::as_object_mut);
        match (kind.as_deref(), properties) {
            (Some(FUNCTION), Some(properties)) => {
                if let Some(code) = properties.get_mut("Code").and_then(Value::as_object_mut) {
                    code.shift_remove("S3Key");
                }
            }
            (Some(VERSION), Some(properties)) => {
                properties.shift_remove("CodeSha256");
            }
            _ => {}
        }
    }
    value
}

/// Whether something in the stack other than an output depends on which version of a function is the newest.
pub(crate) fn depends_on_a_version(template: &Map<String, Value>) -> bool {
    let names = version_names(template);
    resources(template).any(|(_, resource)| names.keys().any(|id| refers_to(resource, id)))
}

/// The folders of the bucket that functions and layers of a template lie in.
pub(crate) fn code_folders(template: &Map<String, Value>) -> Vec<String> {
    let mut folders: Vec<String> = resources(template)
        .flat_map(|(_, resource)| {
            ["/Properties/Code/S3Key", "/Properties/Content/S3Key"]
                .into_iter()
                .filter_map(|place| resource.pointer(place)?.as_str())
        })
        .filter_map(|key| key.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// Whether a value refers to a resource, by any of the ways in which a template can.
pub(crate) fn refers_to(value: &Value, id: &str) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, inner)| match key.as_str() {
            "Ref" | "DependsOn" if inner.as_str() == Some(id) => true,
            "DependsOn" => {
                let listed = inner.as_array();
                listed.is_some_and(|ids| ids.iter().any(|one| one.as_str() == Some(id)))
            }
            "Fn::GetAtt" => attribute_of(inner) == Some(id),
            "Fn::Sub" => names_in_text(inner, id) || refers_to(inner, id),
            _ => refers_to(inner, id),
        }),
        Value::Array(list) => list.iter().any(|inner| refers_to(inner, id)),
        _ => false,
    }
}

fn attribute_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => text.split('.').next(),
        Value::Array(list) => list.first()?.as_str(),
        _ => None,
    }
}

fn names_in_text(value: &Value, id: &str) -> bool {
    let text = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Array(list) => list.first().and_then(Value::as_str),
        _ => None,
    };
    text.is_some_and(|text| {
        text.contains(&format!("${{{id}}}")) || text.contains(&format!("${{{id}."))
    })
}

fn resources(template: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    template
        .get("Resources")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// By the logical id of a version: an id that its code does not decide.
fn version_names(template: &Map<String, Value>) -> IndexMap<String, String> {
    resources(template)
        .filter(|(_, resource)| resource.get("Type").and_then(Value::as_str) == Some(VERSION))
        .filter_map(|(id, resource)| {
            let function = resource.pointer("/Properties/FunctionName/Ref")?.as_str()?;
            Some((id.clone(), format!("version of {function}")))
        })
        .collect()
}

fn renamed(value: &Value, names: &IndexMap<String, String>) -> Value {
    let name = |text: &String| names.get(text).unwrap_or(text).clone();
    match value {
        Value::String(text) => Value::String(name(text)),
        Value::Array(list) => list.iter().map(|inner| renamed(inner, names)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, inner)| (name(key), renamed(inner, names)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The most places that are told of one resource.
const MOST_PLACES: usize = 30;

/// What differs between two forms of a resource, place by place.
pub(crate) fn differences(before: &Value, after: &Value) -> Vec<PropertyChange> {
    let mut found = Vec::new();
    compare(&mut found, String::new(), Some(before), Some(after));
    found.truncate(MOST_PLACES);
    found
}

fn compare(
    found: &mut Vec<PropertyChange>,
    path: String,
    before: Option<&Value>,
    after: Option<&Value>,
) {
    if before == after {
        return;
    }
    if let (Some(Value::Object(old)), Some(Value::Object(new))) = (before, after) {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let inner = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            compare(found, inner, old.get(key), new.get(key));
        }
        return;
    }
    let show = |value: Option<&Value>| match value?.as_str() {
        Some(uri) if path.ends_with(IMAGE) => Some(without_registry(uri).to_owned()),
        _ => value.filter(|_| !may_be_secret(&path)).and_then(plain),
    };
    let (before, after) = (show(before), show(after));
    found.push(PropertyChange {
        path,
        before,
        after,
    });
}

/// Where a function's image stands.
const IMAGE: &str = "Code.ImageUri";

/// An image without the account and Region, which are the function's own.
fn without_registry(uri: &str) -> &str {
    uri.split_once('/').map_or(uri, |(_, image)| image)
}

/// Values of environments and of what sounds like a secret are not repeated anywhere.
pub(crate) fn may_be_secret(path: &str) -> bool {
    const WORDS: [&str; 6] = [
        "environment",
        "secret",
        "password",
        "token",
        "credential",
        "key",
    ];
    let lower = path.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) && !lower.ends_with("s3key")
}

fn plain(value: &Value) -> Option<String> {
    const LONGEST: usize = 80;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return None,
    };
    (text.len() <= LONGEST).then_some(text)
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
