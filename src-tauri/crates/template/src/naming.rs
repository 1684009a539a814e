//! The names that Serverless gives: logical ids, and physical names that the user did not choose.
//!
//! These are facts of an existing world. A logical id that differs by one letter makes CloudFormation delete one
//! resource and create another, so nothing here may be improved.

mod rest;
mod words;

use pilothouse_service::Service;
use serde_json::{Value, json};

mod custom_resources;
mod gateways;
mod messages;
mod rules;

pub use custom_resources::*;
pub use gateways::*;
pub use messages::*;
pub use rest::*;
pub use rules::*;

/// The bucket that holds the releases.
pub const DEPLOYMENT_BUCKET: &str = "ServerlessDeploymentBucket";
/// Its policy.
pub const DEPLOYMENT_BUCKET_POLICY: &str = "ServerlessDeploymentBucketPolicy";
/// The output with the bucket's name.
pub const DEPLOYMENT_BUCKET_OUTPUT: &str = "ServerlessDeploymentBucketName";
/// The role that functions run as when they have none of their own.
pub const EXECUTION_ROLE: &str = "IamRoleLambdaExecution";
/// The REST API.
pub const REST_API: &str = "ApiGatewayRestApi";
/// The output with the REST API's address.
pub const REST_API_OUTPUT: &str = "ServiceEndpoint";
/// The HTTP API.
pub const HTTP_API: &str = "HttpApi";
/// The HTTP API's stage.
pub const HTTP_API_STAGE: &str = "HttpApiStage";
/// The output with the HTTP API's id.
pub const HTTP_API_ID_OUTPUT: &str = "HttpApiId";
/// The output with the HTTP API's address.
pub const HTTP_API_URL_OUTPUT: &str = "HttpApiUrl";

/// The stack's name.
pub fn stack_name(service: &Service) -> String {
    match &service.provider.stack_name {
        Some(name) if !name.is_empty() => name.clone(),
        _ => canonical_prefix(service),
    }
}

/// The physical name of a function.
pub fn function_name(service: &Service, key: &str) -> String {
    let chosen = service.functions.get(key).and_then(|f| f.name.clone());
    chosen.unwrap_or_else(|| format!("{}-{key}", canonical_prefix(service)))
}

/// What the physical names begin with that the user did not choose: `<service>-<stage>`.
pub fn canonical_prefix(service: &Service) -> String {
    format!("{}-{}", service.name, service.stage)
}

/// The name of the log group of a function, by the function's physical name.
pub fn log_group_name(function_name: &str) -> String {
    format!("/aws/lambda/{function_name}")
}

/// The name of the execution role.
pub fn role_name(service: &Service) -> Value {
    let (name, stage) = (&service.name, &service.stage);
    match &service.provider.iam_role_name {
        Some(chosen) => json!(chosen),
        None => json!({ "Fn::Join": ["-", [name, stage, { "Ref": "AWS::Region" }, "lambdaRole"]] }),
    }
}

/// The name of the execution role's policy.
pub fn policy_name(service: &Service) -> Value {
    json!({ "Fn::Join": ["-", [service.name, service.stage, "lambda"]] })
}

/// The name of the REST API.
pub fn rest_api_name(service: &Service) -> String {
    let (name, stage) = (&service.name, &service.stage);
    match &service.provider.api_name {
        Some(chosen) => chosen.clone(),
        None if service.provider.api_gateway.should_start_name_with_service => {
            format!("{name}-{stage}")
        }
        None => format!("{stage}-{name}"),
    }
}

/// The name of the HTTP API.
pub fn http_api_name(service: &Service) -> String {
    let (name, stage, api) = (&service.name, &service.stage, &service.provider.http_api);
    match &api.name {
        Some(chosen) => chosen.clone(),
        None if api.should_start_name_with_service => format!("{name}-{stage}"),
        None => format!("{stage}-{name}"),
    }
}

/// The name under which an output is exported when the user gave none.
pub fn export_name(service: &Service, output: &str) -> String {
    format!("sls-{}-{output}", canonical_prefix(service))
}

/// A key of `functions` as the beginning of a logical id.
pub fn normalized(key: &str) -> String {
    first_upper(&key.replace('-', "Dash").replace('_', "Underscore"))
}

/// A path as a part of a logical id: `users/{id}` is `UsersIdVar`.
pub fn normalized_path(path: &str) -> String {
    path.split('/').map(normalized_part).collect()
}

fn normalized_part(part: &str) -> String {
    let capitalized = first_upper(&part.to_lowercase());
    let dashed = capitalized.replace('-', "Dash");
    let marked = mark_variable(&dashed);
    let plain: String = marked.chars().filter(char::is_ascii_alphanumeric).collect();
    first_upper(&plain)
}

/// `{id}` becomes `idVar`; from the first `{` to the last `}`, even when there are several variables.
fn mark_variable(part: &str) -> String {
    let marked = part.split_once('{').and_then(|(before, rest)| {
        let (inside, after) = rest.rsplit_once('}')?;
        Some(format!("{before}{inside}Var{after}"))
    });
    marked.unwrap_or_else(|| part.to_owned())
}

pub(crate) fn first_upper(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The log group of a function.
pub fn log_group_id(key: &str) -> String {
    format!("{}LogGroup", normalized(key))
}

/// A function.
pub fn function_id(key: &str) -> String {
    format!("{}LambdaFunction", normalized(key))
}

/// A published version of a function.
pub fn version_id(key: &str, hash: &str) -> String {
    format!("{}LambdaVersion{hash}", normalized(key))
}

/// The output with the newest version of a function.
pub fn version_output(key: &str) -> String {
    format!("{}QualifiedArn", function_id(key))
}

/// A resource of the REST API, by its path without slashes at its ends.
pub fn resource_id(path: &str) -> String {
    format!("ApiGatewayResource{}", normalized_path(path))
}

/// A method of the REST API.
pub fn method_id(path: &str, method: &str) -> String {
    let method = first_upper(&method.to_lowercase());
    format!("ApiGatewayMethod{}{method}", normalized_path(path))
}

/// The validator of requests to the REST API.
pub fn validator_id(service: &Service) -> String {
    let plain: String = service
        .name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    format!("ApiGateway{}RequestValidator", first_upper(&plain))
}

/// A deployment of the REST API.
pub fn deployment_id(hash: &str) -> String {
    format!("ApiGatewayDeployment{hash}")
}

/// The REST API's permission to call a function.
pub fn rest_api_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionApiGateway", normalized(key))
}

/// The HTTP API's permission to call a function.
pub fn http_api_permission_id(key: &str) -> String {
    format!("{}LambdaPermissionHttpApi", normalized(key))
}

/// How the HTTP API calls a function.
pub fn http_api_integration_id(key: &str) -> String {
    format!("HttpApiIntegration{}", normalized(key))
}

/// A route of the HTTP API, by its key such as `GET /users`; `*` is the default route.
pub fn http_api_route_id(route: &str) -> String {
    match route {
        "*" => "HttpApiRouteDefault".to_owned(),
        route => format!("HttpApiRoute{}", normalized_path(route)),
    }
}

/// A rule that calls a function by the clock, counted from one within its function.
pub fn rule_id(key: &str, number: usize) -> String {
    format!("{}EventsRuleSchedule{number}", normalized(key))
}

/// The rule's permission to call the function.
pub fn rule_permission_id(key: &str, number: usize) -> String {
    format!(
        "{}LambdaPermissionEventsRuleSchedule{number}",
        normalized(key)
    )
}

/// A schedule of EventBridge Scheduler, counted from one within its function.
pub fn schedule_id(key: &str, number: usize) -> String {
    format!("{}SchedulerSchedule{number}", normalized(key))
}

#[cfg(test)]
mod tests;
