//! The user's own `resources`: laid over what was generated, and `extensions` of generated resources.

use pilothouse_model::Code;
use serde_json::{Map, Value, json};

use crate::draft::Draft;
use crate::merge::{merge_objects, strip_nulls};
use crate::naming;

/// Exports the generated outputs, so that other stacks can import them. The user's own are left as written.
pub(crate) fn export_outputs(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (name, output) in draft.template.section_mut("Outputs") {
        if let Some(output) = output.as_object_mut() {
            output.insert(
                "Export".into(),
                json!({ "Name": naming::export_name(service, name) }),
            );
        }
    }
}

/// Lays the user's sections over the template, then extends resources.
pub(crate) fn lay_over(draft: &mut Draft<'_>) {
    let own = &draft.service.resources;
    merge_objects(&mut draft.template.0, &own.sections);
    // CloudFormation takes both forms; Serverless writes the list.
    if let Some(transform @ Value::String(_)) = draft.template.0.get_mut("Transform") {
        *transform = json!([transform]);
    }
    for (id, attributes) in &own.extensions {
        extend(draft, id, attributes);
    }
}

fn extend(draft: &mut Draft<'_>, id: &str, attributes: &Value) {
    let path = format!("resources.extensions.{id}");
    let resource = draft.template.section_mut("Resources").get_mut(id);
    let Some(resource) = resource.and_then(Value::as_object_mut) else {
        draft.refuse(
            Code::ConfigConflict,
            &path,
            format!("`{id}` cannot be extended: the stack has no such resource"),
            "Run `pilothouse package` without it and look for the resource's name in the template",
        );
        return;
    };
    let mut unknown = Vec::new();
    for (name, value) in attributes.as_object().into_iter().flatten() {
        if !extend_attribute(resource, name, value) {
            unknown.push(name);
        }
    }
    for name in unknown {
        draft.refuse(
            Code::ConfigUnknownKey,
            &format!("{path}.{name}"),
            format!("`{name}` of `{id}` cannot be extended"),
            "Extend Properties, Metadata, DependsOn, Condition, CreationPolicy, UpdatePolicy, DeletionPolicy or \
             UpdateReplacePolicy; or write the resource under `resources.Resources`, which is merged",
        );
    }
}

/// Extends one attribute of a resource; false when it is not one that can be.
fn extend_attribute(resource: &mut Map<String, Value>, name: &str, value: &Value) -> bool {
    match name {
        "Condition"
        | "CreationPolicy"
        | "DeletionPolicy"
        | "UpdatePolicy"
        | "UpdateReplacePolicy" => {
            resource.insert(name.to_owned(), value.clone());
        }
        // Property by property, and each as a whole: that is what tells an extension from a merge.
        "Properties" | "Metadata" => {
            let slot = resource.entry(name).or_insert_with(|| json!({}));
            if let (Some(slot), Some(value)) = (slot.as_object_mut(), value.as_object()) {
                slot.extend(value.clone());
            }
        }
        "DependsOn" => {
            let slot = resource.entry(name).or_insert_with(|| json!([]));
            let mut ids = listed(slot);
            ids.extend(listed(value));
            *slot = ids.into();
        }
        _ => return false,
    }
    true
}

fn listed(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    }
}

/// Removes properties that are null: so a property of a generated resource is taken away.
pub(crate) fn strip_null_properties(draft: &mut Draft<'_>) {
    for resource in draft.template.section_mut("Resources").values_mut() {
        let Some(resource) = resource.as_object_mut() else {
            continue;
        };
        match resource.get_mut("Properties") {
            Some(Value::Null) => {
                resource.remove("Properties");
            }
            Some(properties) => strip_nulls(properties),
            None => {}
        }
    }
}
