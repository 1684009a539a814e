//! When runtimes of functions are updated.

use pilothouse_model::Code;
use pilothouse_service::types::{Function, RuntimeMode};
use serde_json::{Value, json};

use crate::draft::Draft;

/// A runtime that is chosen by hand is named.
pub(super) fn check(draft: &mut Draft<'_>, key: &str, function: &Function) {
    // An image brings its own.
    if function.image.is_some() {
        return;
    }
    if let (RuntimeMode::Manual, None) = settled(draft, function) {
        draft.refuse(
            Code::ConfigMissingKey,
            &format!("functions.{key}.runtimeManagement"),
            format!("the runtime of function `{key}` is `manual`, and none is named"),
            "Add `arn` with the ARN of the runtime's version, beside `mode: manual`",
        );
    }
}

/// `RuntimeManagementConfig`, unless it is AWS's own way.
pub(super) fn management(draft: &Draft<'_>, function: &Function) -> Option<Value> {
    match settled(draft, function) {
        (RuntimeMode::Auto, _) => None,
        (RuntimeMode::OnFunctionUpdate, _) => Some(json!({ "UpdateRuntimeOn": "FunctionUpdate" })),
        (RuntimeMode::Manual, arn) => {
            Some(json!({ "UpdateRuntimeOn": "Manual", "RuntimeVersionArn": arn }))
        }
    }
}

/// What the function says over what the provider says, each key by itself.
fn settled<'a>(draft: &Draft<'a>, function: &'a Function) -> (RuntimeMode, Option<&'a Value>) {
    let (of_all, own) = (
        &draft.service.provider.runtime_management,
        &function.runtime_management,
    );
    let mode = own.mode.or(of_all.mode).unwrap_or(RuntimeMode::Auto);
    (mode, own.arn.as_ref().or(of_all.arn.as_ref()))
}
