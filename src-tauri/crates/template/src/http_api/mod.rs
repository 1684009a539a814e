//! `httpApi` events: the HTTP API with its routes.

mod authorizer;
mod cors;

use indexmap::IndexMap;
use pilothouse_model::Code;
use pilothouse_service::Service;
use pilothouse_service::types::{Event, HttpApiEvent, RouteAuthorizer};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, execute_api_arn_of, execute_api_url, join, reference};
use crate::naming::{
    self, HTTP_API, HTTP_API_ID_OUTPUT, HTTP_API_LOG_GROUP, HTTP_API_STAGE, HTTP_API_URL_OUTPUT,
};
use crate::scalars::compact_json;
use crate::target::Target;

/// The longest that an HTTP API waits for a function.
const TIMEOUT_MILLIS: u32 = 30_000;

/// A route: who answers it, and who is let in.
#[derive(Debug)]
struct Route<'a> {
    function: &'a str,
    authorizer: Option<&'a RouteAuthorizer>,
    at: String,
}

/// Adds the HTTP API, when there is an `httpApi` event.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let routes = routes(draft);
    if routes.is_empty() {
        return;
    }
    if draft.service.provider.http_api.id.is_none() {
        add_api(draft, &routes);
    }
    authorizer::add(draft);
    for (key, route) in &routes {
        add_function(draft, route.function);
        add_route(draft, key, route);
    }
}

/// The id of the API: that of the stack's own, or of one that exists.
pub(crate) fn api_id(service: &Service) -> Value {
    let chosen = service.provider.http_api.id.clone();
    chosen.unwrap_or_else(|| reference(HTTP_API))
}

fn add_api(draft: &mut Draft<'_>, routes: &IndexMap<String, Route<'_>>) {
    let tags = &draft.service.provider.tags;
    let tags = (!tags.is_empty()).then(|| json!(tags));
    draft.put(HTTP_API.into(), api(draft, routes, tags.clone()));
    let stage = stage(draft, tags);
    let stage = log(draft, stage);
    draft.put(HTTP_API_STAGE.into(), stage);
    let description = Some("Id of the HTTP API");
    draft.output(HTTP_API_ID_OUTPUT, description, reference(HTTP_API));
    let description = Some("URL of the HTTP API");
    draft.output(
        HTTP_API_URL_OUTPUT,
        description,
        execute_api_url(HTTP_API, None),
    );
}

/// The routes by key: `GET /users`, or `*` for all that no other route takes.
fn routes<'a>(draft: &mut Draft<'a>) -> IndexMap<String, Route<'a>> {
    let mut routes: IndexMap<String, Route<'a>> = IndexMap::new();
    for (function, definition) in &draft.service.functions {
        for (at, event) in definition.events.iter().enumerate() {
            let Event::HttpApi(event) = event else {
                continue;
            };
            let route = Route {
                function,
                authorizer: event.authorizer.as_ref(),
                at: format!("functions.{function}.events.{at}.httpApi"),
            };
            let key = route_key(event);
            // Of two routes for everything else the later counts.
            if let Some(first) = routes.get(&key).filter(|_| key != "*") {
                refuse_duplicate(draft, &key, first, &route);
            }
            routes.insert(key, route);
        }
    }
    routes
}

fn refuse_duplicate(draft: &mut Draft<'_>, key: &str, first: &Route<'_>, second: &Route<'_>) {
    draft.refuse(
        Code::ConfigConflict,
        &second.at,
        format!(
            "duplicate route `{key}`: functions `{}` and `{}` both answer it",
            first.function, second.function
        ),
        "Remove one of the two; a route has one function",
    );
}

fn route_key(event: &HttpApiEvent) -> String {
    if event.path == "*" {
        return "*".to_owned();
    }
    format!("{} {}", verb(event), event.path)
}

fn verb(event: &HttpApiEvent) -> &str {
    match event.method.as_str() {
        "*" => "ANY",
        method => method,
    }
}

fn api(draft: &Draft<'_>, routes: &IndexMap<String, Route<'_>>, tags: Option<Value>) -> Resource {
    let options = &draft.service.provider.http_api;
    Resource::new("AWS::ApiGatewayV2::Api")
        .with("Name", naming::http_api_name(draft.service))
        .with("ProtocolType", "HTTP")
        .with_some(
            "DisableExecuteApiEndpoint",
            options.disable_default_endpoint,
        )
        .with_some("Tags", tags)
        .with_some(
            "CorsConfiguration",
            options.cors.as_ref().map(|cors| cors::rules(cors, routes)),
        )
}

fn stage(draft: &Draft<'_>, tags: Option<Value>) -> Resource {
    let metrics = draft.service.provider.http_api.metrics.unwrap_or(false);
    Resource::new("AWS::ApiGatewayV2::Stage")
        .with("ApiId", reference(HTTP_API))
        .with("StageName", "$default")
        .with("AutoDeploy", true)
        .with(
            "DefaultRouteSettings",
            json!({ "DetailedMetricsEnabled": metrics }),
        )
        .with_some("Tags", tags)
}

/// Adds the log group of requests when there is to be one, and tells the stage.
fn log(draft: &mut Draft<'_>, stage: Resource) -> Resource {
    let provider = &draft.service.provider;
    let Some(logs) = &provider.http_api.logs else {
        return stage;
    };
    let format = logs.format.clone().unwrap_or_else(log_format);
    let group = Resource::new("AWS::Logs::LogGroup")
        .with(
            "LogGroupName",
            naming::http_api_log_group_name(draft.service),
        )
        .with_some("RetentionInDays", provider.log_retention_in_days)
        .with_some("DataProtectionPolicy", provider.log_data_protection.clone());
    draft.put(HTTP_API_LOG_GROUP.into(), group);
    stage
        .with(
            "AccessLogSettings",
            json!({ "DestinationArn": attribute(HTTP_API_LOG_GROUP, "Arn"), "Format": format }),
        )
        .depends_on([HTTP_API_LOG_GROUP.to_owned()])
}

/// What a line says where the user does not choose: a JSON object.
fn log_format() -> String {
    compact_json(&json!({
        "requestId": "$context.requestId",
        "ip": "$context.identity.sourceIp",
        "requestTime": "$context.requestTime",
        "httpMethod": "$context.httpMethod",
        "routeKey": "$context.routeKey",
        "status": "$context.status",
        "protocol": "$context.protocol",
        "responseLength": "$context.responseLength",
    }))
}

/// Adds how the API calls a function, and its permission to.
fn add_function(draft: &mut Draft<'_>, function: &str) {
    let own = draft.service.functions.get(function);
    let payload = own
        .and_then(|function| function.http_api_payload.as_deref())
        .or(draft.service.provider.http_api.payload.as_deref());
    let target = Target::of(draft, function);
    let api = api_id(draft.service);
    let source = execute_api_arn_of(api.clone(), "/*");
    let permission = target.permission("apigateway.amazonaws.com", source);
    draft.put(naming::http_api_permission_id(function), permission);
    let integration = Resource::new("AWS::ApiGatewayV2::Integration")
        .with("ApiId", api)
        .with("IntegrationType", "AWS_PROXY")
        .with("IntegrationUri", target.arn)
        .with("PayloadFormatVersion", payload.unwrap_or("2.0"))
        .with("TimeoutInMillis", TIMEOUT_MILLIS)
        .depends_on(target.alias);
    draft.put(naming::http_api_integration_id(function), integration);
}

fn add_route(draft: &mut Draft<'_>, key: &str, route: &Route<'_>) {
    let integration = naming::http_api_integration_id(route.function);
    let target = join("/", vec!["integrations".into(), reference(&integration)]);
    let resource = Resource::new("AWS::ApiGatewayV2::Route")
        .with("ApiId", api_id(draft.service))
        .with("RouteKey", if key == "*" { "$default" } else { key })
        .with("Target", target)
        .depends_on([integration]);
    let resource = match route.authorizer {
        Some(authorizer) => authorizer::of_route(draft.service, authorizer, resource),
        None => resource,
    };
    draft.add(naming::http_api_route_id(key), resource, key);
}
