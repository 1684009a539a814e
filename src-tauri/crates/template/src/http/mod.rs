//! `http` events: the REST API with its resources and methods.

mod cors;
pub(crate) mod deployment;
mod integration;
mod method;
mod request_template;
mod responses;

pub(crate) use cors::DEFAULT_HEADERS as DEFAULT_CORS_HEADERS;

use std::collections::HashSet;

use pilothouse_model::Code;
use pilothouse_service::types::{Event, HttpEvent, Integration};
use serde_json::{Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, execute_api_arn, execute_api_url, reference};
use crate::naming::{self, REST_API, REST_API_OUTPUT};

/// One `http` event and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint<'a> {
    /// The function's key.
    pub(crate) function: &'a str,
    pub(crate) event: &'a HttpEvent,
    /// The configuration path of the event.
    pub(crate) at: String,
}

/// Adds the REST API; the answer is the ids of its methods, none when there is no `http` event.
pub(crate) fn add(draft: &mut Draft<'_>) -> Vec<String> {
    let endpoints = endpoints(draft);
    if endpoints.is_empty() {
        return Vec::new();
    }
    check(draft, &endpoints);
    draft.put(REST_API.into(), rest_api(draft));
    add_resources(draft, &endpoints);
    let mut methods = cors::add(draft, &endpoints);
    for endpoint in &endpoints {
        methods.push(method::add(draft, endpoint));
    }
    let mut seen = HashSet::new();
    methods.retain(|id| seen.insert(id.clone()));
    add_permissions(draft, &endpoints);
    let path = format!("/{}", draft.service.stage);
    draft.output(
        REST_API_OUTPUT,
        Some("URL of the service endpoint"),
        execute_api_url(REST_API, Some(path)),
    );
    methods
}

fn endpoints<'a>(draft: &Draft<'a>) -> Vec<Endpoint<'a>> {
    let mut endpoints = Vec::new();
    for (key, function) in &draft.service.functions {
        for (at, event) in function.events.iter().enumerate() {
            if let Event::Http(event) = event {
                endpoints.push(Endpoint {
                    function: key,
                    event,
                    at: format!("functions.{key}.events.{at}.http"),
                });
            }
        }
    }
    endpoints
}

fn check(draft: &mut Draft<'_>, endpoints: &[Endpoint<'_>]) {
    let stage = &draft.service.stage;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if stage.is_empty() || !stage.chars().all(plain) {
        draft.refuse(
            Code::ConfigBadValue,
            "provider.stage",
            format!("`{stage}` cannot be the stage of a REST API"),
            "Use letters, digits, `-` and `_` only; API Gateway takes no others",
        );
    }
    for endpoint in endpoints {
        let known = [Integration::LambdaProxy, Integration::Lambda];
        if !known.contains(&endpoint.event.integration) {
            draft.refuse(
                Code::NotYetSupported,
                &format!("{}.integration", endpoint.at),
                "this form of `integration` cannot be put into a template yet".to_owned(),
                "Use `lambda-proxy` or `lambda`",
            );
        }
        if endpoint.event.timeout_in_millis.is_some() {
            draft.warn(
                Code::ConfigUnknownKey,
                &format!("{}.timeoutInMillis", endpoint.at),
                "`timeoutInMillis` has no effect: Serverless 3 does not pass it on".to_owned(),
                "Remove it; set the function's `timeout` instead",
            );
        }
    }
}

fn rest_api(draft: &Draft<'_>) -> Resource {
    let provider = &draft.service.provider;
    let options = &provider.api_gateway;
    let types = &options.binary_media_types;
    let endpoint_type = provider.endpoint_type.as_deref().unwrap_or("EDGE");
    Resource::new("AWS::ApiGateway::RestApi")
        .with("Name", naming::rest_api_name(draft.service))
        .with_some(
            "BinaryMediaTypes",
            (!types.is_empty()).then(|| types.clone()),
        )
        .with_some(
            "DisableExecuteApiEndpoint",
            options.disable_default_endpoint,
        )
        .with(
            "EndpointConfiguration",
            json!({ "Types": [endpoint_type.to_uppercase()] }),
        )
        // Written although empty, so that a policy that was there before is taken away.
        .with("Policy", "")
        .with_some("ApiKeySourceType", options.api_key_source_type.as_deref())
        .with_some("MinimumCompressionSize", options.minimum_compression_size)
        .with_some("Description", options.description.as_deref())
}

/// Adds each path and the paths above it, parents first.
fn add_resources(draft: &mut Draft<'_>, endpoints: &[Endpoint<'_>]) {
    let mut seen = HashSet::new();
    for endpoint in endpoints {
        let mut parent: Option<String> = None;
        for part in endpoint
            .event
            .path
            .split('/')
            .filter(|part| !part.is_empty())
        {
            let path = match &parent {
                Some(parent) => format!("{parent}/{part}"),
                None => part.to_owned(),
            };
            if seen.insert(path.clone()) {
                let resource = Resource::new("AWS::ApiGateway::Resource")
                    .with(
                        "ParentId",
                        resource_reference(parent.as_deref().unwrap_or("")),
                    )
                    .with("PathPart", part)
                    .with("RestApiId", reference(REST_API));
                draft.add(naming::resource_id(&path), resource, &format!("/{path}"));
            }
            parent = Some(path);
        }
    }
}

/// The API's resource of a path; the API's root of the empty path.
fn resource_reference(path: &str) -> Value {
    match path {
        "" => attribute(REST_API, "RootResourceId"),
        path => reference(&naming::resource_id(path)),
    }
}

fn add_permissions(draft: &mut Draft<'_>, endpoints: &[Endpoint<'_>]) {
    for endpoint in endpoints {
        let permission = Resource::new("AWS::Lambda::Permission")
            .with(
                "FunctionName",
                attribute(&naming::function_id(endpoint.function), "Arn"),
            )
            .with("Action", "lambda:InvokeFunction")
            .with("Principal", "apigateway.amazonaws.com")
            .with("SourceArn", execute_api_arn(REST_API, "/*/*"));
        draft.put(
            naming::rest_api_permission_id(endpoint.function),
            permission,
        );
    }
}
