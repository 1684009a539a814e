//! One method of the REST API, and the validator that methods with required parameters share.

use pilothouse_model::Code;
use pilothouse_service::types::HttpAuthorizer;
use serde_json::{Map, Value};

use super::{Endpoint, integration, resource_reference, responses};
use crate::draft::{Draft, Resource};
use crate::intrinsics::reference;
use crate::naming::{self, REST_API};

/// Adds the method of an endpoint; the answer is its id.
pub(super) fn add(draft: &mut Draft<'_>, endpoint: &Endpoint<'_>) -> String {
    let event = endpoint.event;
    let id = naming::method_id(&event.path, &event.method);
    let parameters = &event.request.parameters;
    let rules: Map<String, Value> = parameters
        .iter()
        .map(|(name, rule)| (name.clone(), rule.required.into()))
        .collect();
    let validator = parameters
        .values()
        .any(|rule| rule.required)
        .then(|| add_validator(draft));
    let authorization = authorization(draft, endpoint);
    responses::warn_of_unused(draft, endpoint);
    let method = Resource::new("AWS::ApiGateway::Method")
        .with("HttpMethod", event.method.to_uppercase())
        .with("RequestParameters", rules)
        .with("ResourceId", resource_reference(&event.path))
        .with("RestApiId", reference(REST_API))
        .with_some("OperationName", event.operation_id.as_deref())
        .with("ApiKeyRequired", event.private)
        .with("AuthorizationType", authorization)
        .with("Integration", integration::of(endpoint))
        .with("MethodResponses", responses::of_method(event))
        .with_some("RequestValidatorId", validator.as_deref().map(reference))
        .depends_on([naming::rest_api_permission_id(endpoint.function)]);
    warn_of_replaced(draft, &id, endpoint);
    draft.put(id.clone(), method);
    id
}

/// Who may call. A form of authorizer that is not known here is refused: it must not leave the method open.
fn authorization(draft: &mut Draft<'_>, endpoint: &Endpoint<'_>) -> &'static str {
    match endpoint.event.authorizer {
        None => "NONE",
        Some(HttpAuthorizer::AwsIam) => "AWS_IAM",
        Some(_) => {
            draft.refuse(
                Code::NotYetSupported,
                &format!("{}.authorizer", endpoint.at),
                "this form of `authorizer` cannot be put into a template yet".to_owned(),
                "Use `aws_iam`",
            );
            "AWS_IAM"
        }
    }
}

/// Serverless lets the last of two events with one path and verb win, without a word.
fn warn_of_replaced(draft: &mut Draft<'_>, id: &str, endpoint: &Endpoint<'_>) {
    let Some(resources) = draft.template.section("Resources") else {
        return;
    };
    if resources.contains_key(id) {
        let (method, path) = (endpoint.event.method.to_uppercase(), &endpoint.event.path);
        draft.warn(
            Code::ConfigConflict,
            &endpoint.at,
            format!("`{method} /{path}` is there already; this one is used and the other is lost"),
            "Remove one of the two",
        );
    }
}

fn add_validator(draft: &mut Draft<'_>) -> String {
    let id = naming::validator_id(draft.service);
    let prefix = naming::canonical_prefix(draft.service);
    let validator = Resource::new("AWS::ApiGateway::RequestValidator")
        .with("RestApiId", reference(REST_API))
        .with("ValidateRequestBody", true)
        .with("ValidateRequestParameters", true)
        .with(
            "Name",
            format!("{prefix} | Validate request body and querystring parameters"),
        );
    draft.put(id.clone(), validator);
    id
}
