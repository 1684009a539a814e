//! Judging a finished template before anything is sent: what CloudFormation would refuse, found without asking it.
//!
//! It is judged for every target alike. The local AWS accepts much that AWS refuses, and AWS refuses much only
//! after minutes of work, so neither is the place to find it out.

mod limits;
mod names;
mod properties;
mod references;
mod schemas;

pub use limits::MOST_RESOURCES;
pub use schemas::Form as PropertyForm;

use pilothouse_model::{Diagnostics, Template};
pub use schemas::{resource_properties, resource_types};
use serde_json::{Map, Value};

/// Everything in a template that CloudFormation would refuse, as far as the template alone tells. What is only
/// not in the list of AWS's types that we have is a warning: it may be newer.
pub fn check(template: &Template) -> Diagnostics {
    let mut found = check_whole(template);
    limits::check(template, &mut found);
    found
}

/// As [`check`], of a service that is divided into several stacks: how much fits into one does not matter.
pub fn check_whole(template: &Template) -> Diagnostics {
    let mut found = Diagnostics::default();
    // A macro may make resources and properties that are not there yet.
    if !uses_macros(&Value::Object(template.0.clone())) {
        references::check(template, &mut found);
        properties::check(template, &mut found);
    }
    names::check(template, &mut found);
    found
}

/// A property of a resource type, by the list of AWS's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PropertyOfType {
    /// Its name.
    pub name: &'static str,
    /// What it is: a text, number, truth, list, mapping, or anything.
    pub form: PropertyForm,
    /// Whether a resource must have it.
    pub is_required: bool,
}

/// The properties of a resource type that a template can set, required ones first; nothing when the type is not listed.
pub fn properties_of(kind: &str) -> Vec<PropertyOfType> {
    schemas::of(kind)
        .map(schemas::Schema::settable)
        .unwrap_or_default()
}

fn uses_macros(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.contains_key("Fn::Transform")
                || map.contains_key("Fn::ForEach")
                || map.keys().any(|key| key.starts_with("Fn::ForEach::"))
                || map
                    .get("Transform")
                    .is_some_and(|_| map.contains_key("Resources"))
                || map.values().any(uses_macros)
        }
        Value::Array(list) => list.iter().any(uses_macros),
        _ => false,
    }
}

/// Resources with their types.
fn resources(template: &Template) -> impl Iterator<Item = (&String, &str, &Map<String, Value>)> {
    let all = template.section("Resources").into_iter().flatten();
    all.filter_map(|(id, resource)| {
        let resource = resource.as_object()?;
        let kind = resource.get("Type").and_then(Value::as_str)?;
        Some((id, kind, resource))
    })
}

/// The name of the function of CloudFormation that a value is, when it is one.
fn function(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object()?;
    let (name, argument) = map.iter().next()?;
    let is_function = name == "Ref" || name == "Condition" || name.starts_with("Fn::");
    (map.len() == 1 && is_function).then_some((name.as_str(), argument))
}

#[cfg(test)]
mod tests;
