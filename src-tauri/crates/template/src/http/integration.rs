//! What a method does with a request: calls its function, asks an address, or answers itself.

use pilothouse_service::types::{HttpEvent, Integration};
use serde_json::{Map, Value};

use super::{Endpoint, request_template, responses};
use crate::intrinsics::{join, reference};
use crate::target::Target;

/// The `Integration` property of a method.
pub(super) fn of(endpoint: &Endpoint<'_>, target: &Target) -> Value {
    let event = endpoint.event;
    let request = &event.request;
    let mut integration = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            integration.insert(name.to_owned(), value);
        }
    };
    set("IntegrationHttpMethod", Some(verb(event).into()));
    set("Type", Some(kind(event.integration).into()));
    match event.integration {
        Integration::LambdaProxy | Integration::Lambda => {
            set("Uri", Some(function_uri(parts_of(target))));
        }
        Integration::HttpProxy | Integration::Http => {
            set("Uri", request.uri.clone());
            if let Some(kind) = &event.connection_type {
                set("ConnectionType", Some(kind.clone().into()));
                set("ConnectionId", event.connection_id.clone());
            }
        }
        _ => {}
    }
    if event.integration.is_mapped() {
        // Without a template for a body's type, a function is not called with what it does not expect.
        let default = (event.integration == Integration::Lambda).then_some("NEVER");
        let pass_through = request.pass_through.as_deref().or(default);
        set("PassthroughBehavior", pass_through.map(Value::from));
        set(
            "ContentHandling",
            request.content_handling.clone().map(Value::from),
        );
        set(
            "RequestTemplates",
            request_template::of(event).map(Value::from),
        );
        set(
            "IntegrationResponses",
            Some(responses::of_integration(event)),
        );
    }
    let parameters = request_parameters(event);
    if !parameters.is_empty() {
        set("RequestParameters", Some(parameters.into()));
    }
    integration.into()
}

const fn kind(integration: Integration) -> &'static str {
    match integration {
        Integration::Lambda => "AWS",
        Integration::HttpProxy => "HTTP_PROXY",
        Integration::Http => "HTTP",
        Integration::Mock => "MOCK",
        _ => "AWS_PROXY",
    }
}

/// Lambda is called by POST, whatever the method of the request.
fn verb(event: &HttpEvent) -> String {
    if event.integration.is_http() {
        let chosen = event.request.method.as_ref();
        chosen.unwrap_or(&event.method).to_uppercase()
    } else {
        "POST".to_owned()
    }
}

/// The ARN of what is called. One that is put together with an alias is told part by part.
fn parts_of(target: &Target) -> Vec<Value> {
    let joined = target.arn.pointer("/Fn::Join/1").and_then(Value::as_array);
    match (joined.map(Vec::as_slice), &target.alias) {
        (Some([function, name]), Some(_)) => vec![function.clone(), ":".into(), name.clone()],
        _ => vec![target.arn.clone()],
    }
}

/// How API Gateway calls a function, by the parts of the function's ARN.
pub(crate) fn function_uri(arn: Vec<Value>) -> Value {
    let mut parts = vec![
        "arn:".into(),
        reference("AWS::Partition"),
        ":apigateway:".into(),
        reference("AWS::Region"),
        ":lambda:path/2015-03-31/functions/".into(),
    ];
    parts.extend(arn);
    parts.push("/invocations".into());
    join("", parts)
}

/// Hands the parameters of the request on: `method.request.path.id` becomes `integration.request.path.id`. A proxy
/// of a function gets them anyway, and API Gateway hands nothing on where it answers itself; Serverless says them all
/// the same where the caller does not wait.
fn request_parameters(event: &HttpEvent) -> Map<String, Value> {
    let mut parameters = Map::new();
    let handed_on = matches!(
        event.integration,
        Integration::Lambda | Integration::Http | Integration::HttpProxy
    ) || event.asynchronous;
    for (name, rule) in event.request.parameters.iter().filter(|_| handed_on) {
        let place = name.strip_prefix("method.").unwrap_or(name);
        let source = rule.mapped_value.clone();
        let source = source.unwrap_or_else(|| name.clone().into());
        parameters.insert(format!("integration.{place}"), source);
    }
    if event.asynchronous {
        parameters.insert(
            "integration.request.header.X-Amz-Invocation-Type".into(),
            "'Event'".into(),
        );
    }
    parameters
}
