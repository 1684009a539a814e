//! `websocket` events: the WebSocket API with its routes.

use std::collections::BTreeMap;

use pilothouse_model::Digest;
use pilothouse_service::types::{Event, Judge, WebsocketAuthorizer, WebsocketEvent, WebsocketLogs};
use serde_json::{Value, json};

use crate::canonical;
use crate::custom_resources::api_gateway_logs;
use crate::draft::{Draft, Resource};
use crate::functions::allow;
use crate::http::function_uri;
use crate::intrinsics::{execute_api_address, join, reference, substitute};
use crate::naming::{self, WEBSOCKET_API, WEBSOCKET_LOG_GROUP, WEBSOCKET_OUTPUT, WEBSOCKET_STAGE};
use crate::target::{Target, statement};

const PRINCIPAL: &str = "apigateway.amazonaws.com";
const DESCRIPTION: &str = "Serverless Websockets";
/// Letters of the hash in the id of the deployment.
const HASH_LENGTH: usize = 20;
/// What a line says of a message where the user does not choose.
const LOG_FORMAT: &str = "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] \"$context.eventType $context.routeKey $context.connectionId\" $context.requestId";

/// What a snapshot of the API holds: all that belongs to it but its stage and its snapshots.
const IN_SNAPSHOT: &[&str] = &[
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::IntegrationResponse",
    "AWS::ApiGatewayV2::Model",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::RouteResponse",
];

/// Adds the WebSocket API; the answer is what its deployment waits for, nothing when there is no `websocket` event.
pub(crate) fn add(draft: &mut Draft<'_>) -> Vec<String> {
    let service = draft.service;
    let mut waits = Vec::new();
    for (key, function) in &service.functions {
        for event in &function.events {
            if let Event::Websocket(event) = event {
                add_event(draft, key, event, &mut waits);
            }
        }
    }
    if waits.is_empty() {
        return waits;
    }
    if service.provider.websocket_api.id.is_none() {
        add_api(draft);
        add_stage(draft);
    }
    let path = format!("/{}", service.stage);
    let address = execute_api_address("wss://", api_id(draft), Some(path));
    draft.output(
        WEBSOCKET_OUTPUT,
        Some("URL of the service endpoint"),
        address,
    );
    waits
}

/// The id of the API: that of the stack's own, or of one that exists.
pub(crate) fn api_id(draft: &Draft<'_>) -> Value {
    let chosen = draft.service.provider.websocket_api.id.clone();
    chosen.unwrap_or_else(|| reference(WEBSOCKET_API))
}

/// The resource that gives the API's id, when there is one.
fn api_resource(draft: &Draft<'_>) -> Option<String> {
    let id = api_id(draft);
    Some(id.get("Ref")?.as_str()?.to_owned())
}

fn description(draft: &Draft<'_>) -> String {
    let chosen = draft.service.provider.websocket_api.description.clone();
    chosen.unwrap_or_else(|| DESCRIPTION.to_owned())
}

fn add_api(draft: &mut Draft<'_>) {
    let provider = &draft.service.provider;
    let options = &provider.websocket_api;
    let by_action = "$request.body.action".to_owned();
    let route_by = options.route_selection_expression.clone();
    let tagged = options.use_provider_tags && !provider.tags.is_empty();
    let api = Resource::new("AWS::ApiGatewayV2::Api")
        .with("Name", naming::websocket_api_name(draft.service))
        .with("RouteSelectionExpression", route_by.unwrap_or(by_action))
        .with("Description", description(draft))
        .with("ProtocolType", "WEBSOCKET")
        .with_some("Tags", tagged.then(|| json!(provider.tags)));
    draft.lay(WEBSOCKET_API.into(), api);
    let connections = "arn:${AWS::Partition}:execute-api:*:*:*/@connections/*";
    let send = statement(
        &["execute-api:ManageConnections"],
        vec![substitute(connections.to_owned())],
    );
    allow(draft, [send]);
}

fn add_event(draft: &mut Draft<'_>, key: &str, event: &WebsocketEvent, waits: &mut Vec<String>) {
    let target = Target::of(draft, key);
    let api = api_resource(draft);
    let integration = Resource::new("AWS::ApiGatewayV2::Integration")
        .with("ApiId", api_id(draft))
        .with("IntegrationType", "AWS_PROXY")
        .with("IntegrationUri", function_uri(vec![target.arn.clone()]))
        .depends_on(target.alias.clone());
    draft.lay(naming::websocket_integration_id(key), integration);
    let callee = target.alias.unwrap_or_else(|| naming::function_id(key));
    let permission = permission(target.arn, api.into_iter().chain([callee]));
    draft.lay(naming::websocket_permission_id(key), permission);
    if let Some(authorizer) = &event.authorizer {
        add_authorizer(draft, authorizer);
    }
    let route = naming::websocket_route_id(&event.route);
    if event.responds {
        let response = Resource::new("AWS::ApiGatewayV2::RouteResponse")
            .with("ApiId", api_id(draft))
            .with("RouteId", reference(&route))
            .with("RouteResponseKey", "$default");
        let id = naming::websocket_response_id(&event.route);
        draft.put(id.clone(), response);
        waits.push(id);
    }
    waits.push(route);
    add_route(draft, key, event);
}

fn permission(arn: Value, after: impl IntoIterator<Item = String>) -> Resource {
    Resource::new("AWS::Lambda::Permission")
        .with("FunctionName", arn)
        .with("Action", "lambda:InvokeFunction")
        .with("Principal", PRINCIPAL)
        .depends_on(after)
}

fn add_route(draft: &mut Draft<'_>, key: &str, event: &WebsocketEvent) {
    let integration = reference(&naming::websocket_integration_id(key));
    let judged = event.authorizer.as_ref();
    let authorizer = judged.map(|judge| reference(&naming::websocket_authorizer_id(&judge.name)));
    let kind = if authorizer.is_some() {
        "CUSTOM"
    } else {
        "NONE"
    };
    let route = Resource::new("AWS::ApiGatewayV2::Route")
        .with("ApiId", api_id(draft))
        .with("RouteKey", event.route.as_str())
        .with("AuthorizationType", kind)
        .with(
            "Target",
            join("/", vec!["integrations".into(), integration]),
        )
        .with_some(
            "RouteResponseSelectionExpression",
            event.responds.then_some("$default"),
        )
        .with_some("AuthorizerId", authorizer);
    let thing = format!("the route `{}`", event.route);
    let path = format!("functions.{key}.events");
    let id = naming::websocket_route_id(&event.route);
    draft.merge(id, route, &thing, &path);
}

fn add_authorizer(draft: &mut Draft<'_>, authorizer: &WebsocketAuthorizer) {
    let api = api_resource(draft);
    let name = authorizer.name.as_str();
    // A name read from an ARN can be a function's of this service too.
    let own = draft.service.functions.contains_key(name);
    let own = own.then(|| Target::of(draft, name));
    let alias = own.as_ref().and_then(|own| own.alias.clone());
    let (arn, after) = match (&authorizer.judge, own) {
        (Judge::Arn(arn), _) => (arn.clone(), Vec::new()),
        (Judge::Function(key), own) => {
            let after = [naming::function_id(key)].into_iter().chain(alias.clone());
            let target = own.unwrap_or_else(|| Target::of(draft, key));
            (target.arn, after.collect())
        }
    };
    let source = authorizer.identity_source.clone();
    let source = source.unwrap_or_else(|| vec!["route.request.header.Auth".to_owned()]);
    let resource = Resource::new("AWS::ApiGatewayV2::Authorizer")
        .with("ApiId", api_id(draft))
        .with("Name", name)
        .with("AuthorizerType", "REQUEST")
        .with("AuthorizerUri", function_uri(vec![arn.clone()]))
        .with("IdentitySource", source)
        .depends_on(alias);
    draft.lay(naming::websocket_authorizer_id(name), resource);
    let permission = permission(arn, api.into_iter().chain(after));
    draft.lay(naming::websocket_permission_id(name), permission);
}

fn add_stage(draft: &mut Draft<'_>) {
    let stage = Resource::new("AWS::ApiGatewayV2::Stage")
        .with("ApiId", reference(WEBSOCKET_API))
        .with("StageName", draft.service.stage.as_str())
        .with("Description", description(draft));
    let provider = &draft.service.provider;
    let Some(logs) = &provider.websocket_api.logs else {
        draft.put(WEBSOCKET_STAGE.into(), stage);
        return;
    };
    let stage = stage
        .with(
            "DefaultRouteSettings",
            json!({
                "DataTraceEnabled": logs.full_execution_data.unwrap_or(true),
                "LoggingLevel": level(logs)
            }),
        )
        .with_some("AccessLogSettings", access_log(logs));
    let group = Resource::new("AWS::Logs::LogGroup")
        .with(
            "LogGroupName",
            naming::websocket_log_group_name(draft.service),
        )
        .with_some("RetentionInDays", provider.log_retention_in_days)
        .with_some("DataProtectionPolicy", provider.log_data_protection.clone());
    draft.put(WEBSOCKET_STAGE.into(), stage);
    draft.put(WEBSOCKET_LOG_GROUP.into(), group);
    api_gateway_logs::ensure(draft);
}

fn level(logs: &WebsocketLogs) -> &str {
    if logs.execution_logging == Some(false) {
        return "OFF";
    }
    logs.level.as_deref().unwrap_or("INFO")
}

fn access_log(logs: &WebsocketLogs) -> Option<Value> {
    if logs.access_logging == Some(false) {
        return None;
    }
    let group = format!(
        "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{WEBSOCKET_LOG_GROUP}}}"
    );
    let format = logs.format.as_deref().unwrap_or(LOG_FORMAT);
    Some(json!({ "DestinationArn": substitute(group), "Format": format }))
}

/// Adds the deployment of the API as the template now has it: the snapshot that its stage serves. Its id is made of
/// what it holds, so that an unchanged API keeps its snapshot and a changed one gets another.
pub(crate) fn deploy(draft: &mut Draft<'_>, waits: Vec<String>) {
    let api = api_id(draft);
    let external = draft.service.provider.websocket_api.id.is_some();
    let stage = external.then(|| draft.service.stage.clone());
    let deployment = Resource::new("AWS::ApiGatewayV2::Deployment")
        .with("ApiId", api.clone())
        .with("Description", description(draft))
        .with_some("StageName", stage)
        .depends_on(waits);
    let id = naming::websocket_deployment_id(&hash(draft, &api));
    let resources = draft.template.section_mut("Resources");
    if let Some(Value::Object(stage)) = resources
        .get_mut(WEBSOCKET_STAGE)
        .and_then(|stage| stage.get_mut("Properties"))
    {
        stage
            .entry("DeploymentId")
            .or_insert_with(|| reference(&id));
    }
    draft.add(id, deployment, "provider.websocketsApiName");
}

fn hash(draft: &Draft<'_>, api: &Value) -> String {
    let resources = draft.template.section("Resources").into_iter().flatten();
    let held: BTreeMap<&String, &Value> = resources
        .filter(|(id, resource)| {
            let kind = resource.get("Type").and_then(Value::as_str);
            let of_api = resource.pointer("/Properties/ApiId") == Some(api);
            kind.is_some_and(|kind| IN_SNAPSHOT.contains(&kind))
                && (of_api || id.as_str() == WEBSOCKET_API)
        })
        .collect();
    let mut text = String::new();
    for (id, resource) in held {
        canonical::write_text(id, &mut text);
        canonical::write(resource, &mut text);
    }
    let mut hash = Digest::of(text.as_bytes()).to_string();
    hash.truncate(HASH_LENGTH);
    hash
}
