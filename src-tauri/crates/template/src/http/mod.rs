//! `http` events: the REST API with its resources and methods.

pub(crate) mod api;
mod authorizer;
mod cors;
pub(crate) mod deployment;
mod integration;
mod keys;
mod logs;
mod method;
mod models;
mod request_template;
mod responses;

pub(crate) use cors::DEFAULT_HEADERS as DEFAULT_CORS_HEADERS;
pub(crate) use integration::function_uri;

use std::collections::HashSet;

use api::Api;
use pilothouse_model::Code;
use pilothouse_service::types::{Event, HttpEvent};

use crate::draft::Draft;
use crate::intrinsics::{execute_api_arn_of, execute_api_url_of};
use crate::naming::{self, REST_API_OUTPUT};
use crate::target::Target;

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
    check_stage(draft);
    let api = Api::of(draft.service);
    api::add(draft);
    api::add_paths(draft, &api, &endpoints);
    let mut methods = cors::add(draft, &api, &endpoints);
    for endpoint in &endpoints {
        methods.push(method::add(draft, &api, endpoint));
    }
    let mut seen = HashSet::new();
    methods.retain(|id| seen.insert(id.clone()));
    authorizer::add(draft, &api, &endpoints);
    keys::add(draft, &api);
    add_permissions(draft, &api, &endpoints);
    logs::add(draft);
    let path = format!("/{}", draft.service.stage);
    draft.output(
        REST_API_OUTPUT,
        Some("URL of the service endpoint"),
        execute_api_url_of(api.id, Some(path)),
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

fn check_stage(draft: &mut Draft<'_>) {
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
}

fn add_permissions(draft: &mut Draft<'_>, api: &Api<'_>, endpoints: &[Endpoint<'_>]) {
    for endpoint in endpoints {
        let source = execute_api_arn_of(api.id.clone(), "/*/*");
        let permission =
            Target::of(draft, endpoint.function).permission("apigateway.amazonaws.com", source);
        draft.put(
            naming::rest_api_permission_id(endpoint.function),
            permission,
        );
        authorizer::add_permission(draft, api, endpoint);
    }
}
