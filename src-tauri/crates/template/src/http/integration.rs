//! How a method calls its function.

use pilothouse_service::types::{HttpEvent, Integration};
use serde_json::{Map, Value};

use super::{Endpoint, request_template, responses};
use crate::intrinsics::{attribute, join, reference};
use crate::naming;

/// Whether requests and answers go through templates. An asynchronous call has no answer to hand through, so it
/// always does.
pub(super) fn is_mapped(event: &HttpEvent) -> bool {
    event.asynchronous || event.integration == Integration::Lambda
}

/// The `Integration` property of a method.
pub(super) fn of(endpoint: &Endpoint<'_>) -> Value {
    let event = endpoint.event;
    let mapped = is_mapped(event);
    let mut integration = Map::new();
    let mut set = |name: &str, value: Value| integration.insert(name.to_owned(), value);
    // Lambda is called by POST, whatever the method of the request.
    set("IntegrationHttpMethod", "POST".into());
    set("Type", if mapped { "AWS" } else { "AWS_PROXY" }.into());
    set("Uri", function_uri(endpoint.function));
    if mapped {
        let request = &event.request;
        let pass_through = request.pass_through.as_deref().unwrap_or("NEVER");
        set("PassthroughBehavior", pass_through.into());
        if let Some(handling) = &request.content_handling {
            set("ContentHandling", handling.clone().into());
        }
        set("RequestTemplates", request_template::of(event).into());
        set("IntegrationResponses", responses::of_integration(event));
        let parameters = request_parameters(event);
        if !parameters.is_empty() {
            set("RequestParameters", parameters.into());
        }
    }
    integration.into()
}

fn function_uri(function: &str) -> Value {
    join(
        "",
        vec![
            "arn:".into(),
            reference("AWS::Partition"),
            ":apigateway:".into(),
            reference("AWS::Region"),
            ":lambda:path/2015-03-31/functions/".into(),
            attribute(&naming::function_id(function), "Arn"),
            "/invocations".into(),
        ],
    )
}

/// Hands the parameters of the request on: `method.request.path.id` becomes `integration.request.path.id`.
fn request_parameters(event: &HttpEvent) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, rule) in &event.request.parameters {
        let place = name.strip_prefix("method.").unwrap_or(name);
        let source = rule.mapped_value.as_ref().unwrap_or(name);
        parameters.insert(format!("integration.{place}"), source.clone().into());
    }
    if event.asynchronous {
        parameters.insert(
            "integration.request.header.X-Amz-Invocation-Type".into(),
            "'Event'".into(),
        );
    }
    parameters
}
