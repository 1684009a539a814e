//! Names of what HTTP APIs, WebSocket APIs, load balancers and CloudFront are given.

use pilothouse_service::Service;

use super::{canonical_prefix, function_id, normalized, stack_name};

/// The log group of requests to the HTTP API.
pub const HTTP_API_LOG_GROUP: &str = "HttpApiLogGroup";
/// The WebSocket API.
pub const WEBSOCKET_API: &str = "WebsocketsApi";
/// The WebSocket API's stage.
pub const WEBSOCKET_STAGE: &str = "WebsocketsDeploymentStage";
/// The log group of messages to the WebSocket API.
pub const WEBSOCKET_LOG_GROUP: &str = "WebsocketsLogGroup";
/// The output with the WebSocket API's address.
pub const WEBSOCKET_OUTPUT: &str = "ServiceEndpointWebsocket";
/// CloudFront's distribution, and the output with its id.
pub const DISTRIBUTION: &str = "CloudFrontDistribution";
/// The output with the distribution's address.
pub const DISTRIBUTION_DOMAIN_OUTPUT: &str = "CloudFrontDistributionDomainName";

/// An authorizer of the HTTP API, by its name.
pub fn http_api_authorizer_id(name: &str) -> String {
    format!("HttpApiAuthorizer{}", normalized(name))
}

/// The permission of an HTTP API's authorizer to call its function, by the authorizer's name.
pub fn http_api_authorizer_permission_id(name: &str) -> String {
    format!("{}LambdaAuthorizerPermissionHttpApi", normalized(name))
}

/// The name of the log group of requests to the HTTP API.
pub fn http_api_log_group_name(service: &Service) -> String {
    format!("/aws/http-api/{}", stack_name(service))
}

/// The name of the WebSocket API.
pub fn websocket_api_name(service: &Service) -> String {
    let chosen = service.provider.websocket_api.name.clone();
    chosen.unwrap_or_else(|| format!("{}-{}-websockets", service.stage, service.name))
}

/// How the WebSocket API calls a function.
pub fn websocket_integration_id(key: &str) -> String {
    format!("{}WebsocketsIntegration", normalized(key))
}

/// The WebSocket API's permission to call a function.
pub fn websocket_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionWebsockets", normalized(key))
}

/// A route of the WebSocket API.
pub fn websocket_route_id(route: &str) -> String {
    let words = route
        .replace('$', "S")
        .replace('/', "Slash")
        .replace('-', "Dash")
        .replace('_', "Underscore")
        .replace('.', "Period");
    format!("{words}WebsocketsRoute")
}

/// What a route of the WebSocket API sends back.
pub fn websocket_response_id(route: &str) -> String {
    format!("{}Response", websocket_route_id(route))
}

/// An authorizer of the WebSocket API, by its name.
pub fn websocket_authorizer_id(name: &str) -> String {
    format!("{}WebsocketsAuthorizer", normalized(name))
}

/// A deployment of the WebSocket API.
pub fn websocket_deployment_id(hash: &str) -> String {
    format!("WebsocketsDeployment{hash}")
}

/// The name of the log group of messages to the WebSocket API.
pub fn websocket_log_group_name(service: &Service) -> String {
    format!("/aws/websocket/{}", canonical_prefix(service))
}

/// The functions that a load balancer can call: one group for each function, load balancer and form of headers.
pub fn target_group_id(key: &str, balancer: &str, multi_value: bool) -> String {
    let form = if multi_value { "MultiValue" } else { "" };
    format!("{}Alb{form}TargetGroup{balancer}", normalized(key))
}

/// What names such a group in its tag; hashed, in its name.
pub fn target_group_words(
    service: &Service,
    key: &str,
    balancer: &str,
    multi_value: bool,
) -> String {
    let form = if multi_value { "multi-value-" } else { "" };
    format!("{}-{key}-{balancer}-{form}{}", service.name, service.stage)
}

/// A rule of a load balancer's listener.
pub fn listener_rule_id(key: &str, priority: u32) -> String {
    format!("{}AlbListenerRule{priority}", normalized(key))
}

/// The permission of a load balancer to call a function.
pub fn target_group_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionAlb", normalized(key))
}

/// The permission of load balancers to take a function into a group.
pub fn register_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionRegisterTarget", normalized(key))
}

/// A cache policy of `provider.cloudFront.cachePolicies`.
pub fn cache_policy_id(name: &str) -> String {
    format!("CloudFrontCachePolicy{}", normalized(name))
}

/// The name of a cache policy.
pub fn cache_policy_name(service: &Service, name: &str) -> String {
    format!("{}-{name}", canonical_prefix(service))
}

/// CloudFront's permission to call a function.
pub fn edge_permission_id(key: &str) -> String {
    format!("{}InvokePermission", function_id(key))
}
