//! Where the REST API's resources come from that no single event names.

use pilothouse_service::types::{HttpAuthorizer, HttpEvent};
use pilothouse_template::naming;

/// The resources of an `http` event beside its method and path: their ids and what people call them.
pub(super) fn of_event(event: &HttpEvent) -> Vec<(String, String)> {
    let mut known = Vec::new();
    for (at, _) in event.path.match_indices('/') {
        let above = event.path.get(..at).unwrap_or_default();
        known.push((naming::resource_id(above), format!("/{above}")));
    }
    if event.cors.is_some() {
        known.push((
            naming::method_id(&event.path, "options"),
            format!("OPTIONS /{}", event.path),
        ));
    }
    if let Some(HttpAuthorizer::Made(made)) = &event.authorizer {
        known.push((
            naming::authorizer_id(&made.name),
            format!("authorizer {}", made.name),
        ));
    }
    for content_type in event.request.schemas.keys() {
        known.push((
            naming::method_model_id(&event.path, &event.method, content_type),
            format!("bodies of {}", super::super::events::rest_words(event)),
        ));
    }
    known
}

/// The configuration path of what the provider's settings ask for.
pub(super) fn path_of(logical_id: &str) -> Option<&'static str> {
    const BEGINNINGS: &[(&str, &str)] = &[
        ("ApiGatewayApiKey", "provider.apiGateway.apiKeys"),
        ("ApiGatewayUsagePlanKey", "provider.apiGateway.apiKeys"),
        ("ApiGatewayUsagePlan", "provider.apiGateway.usagePlan"),
        (naming::REST_API_LOG_GROUP, "provider.logs.restApi"),
        (naming::API_GATEWAY_LOGS_ROLE, "provider.logs"),
        (naming::HTTP_API_LOG_GROUP, "provider.logs.httpApi"),
        (naming::WEBSOCKET_LOG_GROUP, "provider.logs.websocket"),
        ("HttpApiAuthorizer", "provider.httpApi.authorizers"),
        ("CloudFrontCachePolicy", "provider.cloudFront.cachePolicies"),
    ];
    let found = BEGINNINGS
        .iter()
        .find(|(start, _)| logical_id.starts_with(start));
    found.map(|(_, path)| *path)
}
