//! One method of the REST API.

use pilothouse_model::Code;
use serde_json::{Map, Value};

use super::api::Api;
use super::{Endpoint, authorizer, integration, models, responses};
use crate::draft::{Draft, Resource};
use crate::naming;
use crate::target::Target;

/// Adds the method of an endpoint; the answer is its id.
pub(super) fn add(draft: &mut Draft<'_>, api: &Api<'_>, endpoint: &Endpoint<'_>) -> String {
    let event = endpoint.event;
    let id = naming::method_id(&event.path, &event.method);
    let rules: Map<String, Value> = event
        .request
        .parameters
        .iter()
        .map(|(name, rule)| (name.clone(), rule.required.into()))
        .collect();
    let validation = models::add(draft, api, endpoint);
    responses::warn_of_unused(draft, endpoint);
    let target = Target::of(draft, endpoint.function);
    let method = Resource::new("AWS::ApiGateway::Method")
        .with("HttpMethod", event.method.to_uppercase())
        .with("RequestParameters", rules)
        .with("ResourceId", api.resource(&event.path))
        .with("RestApiId", api.id.clone())
        .with_some("OperationName", event.operation_id.as_deref())
        .with("ApiKeyRequired", event.private)
        .with("Integration", integration::of(endpoint, &target))
        .with("MethodResponses", responses::of_method(event))
        .with_some("RequestValidatorId", validation.validator)
        .with_some("RequestModels", validation.models);
    let permission = naming::rest_api_permission_id(endpoint.function);
    let method = authorizer::authorize(method, event.authorizer.as_ref(), permission)
        .depends_on(target.alias);
    warn_of_replaced(draft, &id, endpoint);
    draft.lay(id.clone(), method);
    id
}

/// Serverless lets the last of two events with one path and verb win, without a word.
fn warn_of_replaced(draft: &mut Draft<'_>, id: &str, endpoint: &Endpoint<'_>) {
    if draft.has(id) {
        let (method, path) = (endpoint.event.method.to_uppercase(), &endpoint.event.path);
        draft.warn(
            Code::ConfigConflict,
            &endpoint.at,
            format!("`{method} /{path}` is there already; this one is used and the other is lost"),
            "Remove one of the two",
        );
    }
}
