//! When runtimes are updated, and what is masked in logs.

use pilothouse_service::types::{RuntimeManagement, RuntimeMode};
use serde_json::json;

use super::*;

fn managed(mode: Option<RuntimeMode>, arn: Option<Value>) -> RuntimeManagement {
    RuntimeManagement { mode, arn }
}

#[test]
fn a_function_says_of_its_runtime_what_it_wants_otherwise() {
    let mut service = shop(&[("a", &[])]);
    let config = "ALambdaFunction/Properties/RuntimeManagementConfig";
    assert_eq!(resource(&service, config), Value::Null);
    service.provider.runtime_management = managed(Some(RuntimeMode::OnFunctionUpdate), None);
    assert_eq!(
        resource(&service, config),
        json!({ "UpdateRuntimeOn": "FunctionUpdate" })
    );
    service.provider.runtime_management = managed(None, Some(json!({ "Ref": "Runtime" })));
    service.functions["a"].runtime_management = managed(Some(RuntimeMode::Manual), None);
    assert_eq!(
        resource(&service, config),
        json!({ "UpdateRuntimeOn": "Manual", "RuntimeVersionArn": { "Ref": "Runtime" } })
    );
    service.provider.runtime_management = managed(None, None);
    assert_eq!(
        refusals(&service),
        ["the runtime of function `a` is `manual`, and none is named"]
    );
}

#[test]
fn a_function_masks_its_logs_as_it_says_or_as_all_do() {
    let mut service = shop(&[("a", &[]), ("b", &[])]);
    service.provider.log_data_protection = Some(json!({ "Name": "all" }));
    service.functions["b"].log_data_protection = Some(json!({ "Name": "own" }));
    let policy = |id: &str| {
        resource(
            &service,
            &format!("{id}/Properties/DataProtectionPolicy/Name"),
        )
    };
    assert_eq!(
        (policy("ALogGroup"), policy("BLogGroup")),
        (json!("all"), json!("own"))
    );
}
