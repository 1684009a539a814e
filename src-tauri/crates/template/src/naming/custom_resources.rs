//! Names of custom resources: of the functions that stand behind them, of their role and of the resources.

use super::{function_id, normalized};

/// The role that the functions behind custom resources run as.
pub const CUSTOM_RESOURCES_ROLE: &str = "IamRoleCustomResourcesLambdaExecution";
/// The archive that holds the code of those functions, in the folder of the release.
pub const CUSTOM_RESOURCES_ARCHIVE: &str = "custom-resources.zip";
/// The resource that gives API Gateway a role to write logs with.
pub const API_GATEWAY_LOGS_ROLE: &str = "CustomApiGatewayAccountCloudWatchRole";

/// The function behind a kind of custom resources, by its own name such as `custom-resource-existing-s3`.
pub fn handler_function_id(name: &str) -> String {
    function_id(name)
}

/// The resource that connects a function to a bucket that exists. One serves all the function's events.
pub fn existing_bucket_id(key: &str) -> String {
    format!("{}CustomS31", normalized(key))
}

/// The resource that connects a function to a user pool that exists. One serves all the function's events.
pub fn existing_pool_id(key: &str) -> String {
    format!("{}CustomCognitoUserPool1", normalized(key))
}

/// The resource that keeps a rule of an event bus, counted from one within its function.
pub fn custom_rule_id(key: &str, number: usize) -> String {
    format!("{}CustomEventBridge{number}", normalized(key))
}
