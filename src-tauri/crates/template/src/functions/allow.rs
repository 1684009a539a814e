//! What events add to the role that functions run as.

use serde_json::{Value, json};

use crate::draft::Draft;
use crate::naming::{self, EXECUTION_ROLE};

/// The statements of the execution role, unless the user names another.
pub(super) fn listed<'a>(draft: &'a mut Draft<'_>) -> Option<&'a Vec<Value>> {
    draft
        .template
        .section("Resources")?
        .get(EXECUTION_ROLE)?
        .pointer("/Properties/Policies/0/PolicyDocument/Statement")?
        .as_array()
}

/// Adds statements to the execution role. Nothing is added to a role that the user names.
pub(crate) fn allow(draft: &mut Draft<'_>, statements: impl IntoIterator<Item = Value>) {
    let name = naming::policy_name(draft.service);
    let role = draft
        .template
        .section_mut("Resources")
        .get_mut(EXECUTION_ROLE)
        .and_then(|role| role.get_mut("Properties")?.as_object_mut());
    let Some(properties) = role else { return };
    let mut statements = statements.into_iter().peekable();
    if statements.peek().is_none() {
        return;
    }
    let policies = properties.entry("Policies").or_insert_with(|| {
        json!([{
            "PolicyName": name,
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [] }
        }])
    });
    let listed = policies
        .pointer_mut("/0/PolicyDocument/Statement")
        .and_then(Value::as_array_mut);
    if let Some(listed) = listed {
        listed.extend(statements);
    }
}

/// Adds a statement and leaves each of the role's there once: what functions that dead-letter to one topic said twice
/// before this one is said once after it, as in the stacks that the peer made.
pub(super) fn allow_each_once(draft: &mut Draft<'_>, wanted: Value) {
    allow(draft, [wanted]);
    let listed = draft
        .template
        .section_mut("Resources")
        .get_mut(EXECUTION_ROLE)
        .and_then(|role| role.pointer_mut("/Properties/Policies/0/PolicyDocument/Statement"))
        .and_then(Value::as_array_mut);
    if let Some(listed) = listed {
        let mut kept: Vec<Value> = Vec::with_capacity(listed.len());
        for statement in listed.drain(..) {
            if !kept.contains(&statement) {
                kept.push(statement);
            }
        }
        *listed = kept;
    }
}
