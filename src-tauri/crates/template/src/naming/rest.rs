//! Logical ids of what belongs to the REST API beside its paths and methods.

use pilothouse_service::Service;

use super::words::{camel_case, start_case};
use super::{canonical_prefix, first_upper, method_id, normalized};

/// The log group of requests to the REST API.
pub const REST_API_LOG_GROUP: &str = "ApiGatewayLogGroup";

/// An authorizer of the REST API, by its name.
pub fn authorizer_id(name: &str) -> String {
    format!("{}ApiGatewayAuthorizer", normalized(name))
}

/// A model of `provider.apiGateway.request.schemas`, by its key.
pub fn model_id(key: &str) -> String {
    format!("ApiGateway{}Model", first_upper(&camel_case(key)))
}

/// The model of the bodies of one method and content type.
pub fn method_model_id(path: &str, method: &str, content_type: &str) -> String {
    format!(
        "{}{}Model",
        method_id(path, method),
        start_case(content_type)
    )
}

/// An API key, counted from one; within its usage plan when there are several.
pub fn api_key_id(plan: Option<&str>, number: usize) -> String {
    format!(
        "ApiGatewayApiKey{}{number}",
        first_upper(plan.unwrap_or(""))
    )
}

/// A usage plan.
pub fn usage_plan_id(plan: Option<&str>) -> String {
    format!("ApiGatewayUsagePlan{}", first_upper(plan.unwrap_or("")))
}

/// What puts an API key under a usage plan.
pub fn usage_plan_key_id(plan: Option<&str>, number: usize) -> String {
    format!(
        "ApiGatewayUsagePlanKey{}{number}",
        first_upper(plan.unwrap_or(""))
    )
}

/// The name of the log group of requests to the REST API.
pub fn rest_api_log_group_name(service: &Service) -> String {
    format!("/aws/api-gateway/{}", canonical_prefix(service))
}
