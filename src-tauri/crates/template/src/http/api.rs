//! The REST API that paths and methods hang on: the stack's own, or one of another stack.

use std::collections::HashSet;

use indexmap::IndexMap;
use pilothouse_model::Code;
use pilothouse_service::Service;
use serde_json::{Value, json};

use super::Endpoint;
use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, reference};
use crate::naming::{self, REST_API};

/// How the API and its paths are named in the template.
#[derive(Debug)]
pub(crate) struct Api<'a> {
    /// The API's id.
    pub(crate) id: Value,
    root: Value,
    /// Ids of paths that exist in an API of another stack.
    given: &'a IndexMap<String, Value>,
}

impl<'a> Api<'a> {
    pub(crate) fn of(service: &'a Service) -> Self {
        let options = &service.provider.api_gateway;
        let root = options.rest_api_root_resource_id.clone();
        Self {
            id: id(service),
            root: root.unwrap_or_else(|| attribute(REST_API, "RootResourceId")),
            given: &options.rest_api_resources,
        }
    }

    /// The API's resource of a path; the API's root of the empty path.
    pub(crate) fn resource(&self, path: &str) -> Value {
        match self.given.get(path) {
            Some(id) => id.clone(),
            None if path.is_empty() => self.root.clone(),
            None => reference(&naming::resource_id(path)),
        }
    }

    /// Whether the path exists already, or stands above one that does on the way to this endpoint's.
    fn is_there(&self, path: &str, wanted: &str) -> bool {
        let mut below = wanted;
        while below.len() >= path.len() {
            if self.given.contains_key(below) {
                return true;
            }
            below = below.rsplit_once('/').map_or("", |(above, _)| above);
            if below.is_empty() {
                break;
            }
        }
        false
    }

    /// Whether a path exists in an API of another stack, because one below it does.
    fn is_above_given(&self, path: &str) -> bool {
        self.given.keys().any(|given| {
            given
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// The id of the REST API.
pub(crate) fn id(service: &Service) -> Value {
    let shared = service.provider.api_gateway.rest_api_id.clone();
    shared.unwrap_or_else(|| reference(REST_API))
}

/// Adds the API, unless it is another stack's.
pub(super) fn add(draft: &mut Draft<'_>) {
    let provider = &draft.service.provider;
    let options = &provider.api_gateway;
    if options.rest_api_id.is_some() {
        return;
    }
    let policy = &options.resource_policy;
    let resource = Resource::new("AWS::ApiGateway::RestApi")
        .with("Name", naming::rest_api_name(draft.service))
        .with_some("BinaryMediaTypes", options.binary_media_types.clone())
        .with_some(
            "DisableExecuteApiEndpoint",
            options.disable_default_endpoint,
        )
        .with("EndpointConfiguration", endpoint_configuration(draft))
        .with(
            "Policy",
            if policy.is_empty() {
                // Written although empty, so that a policy that was there before is taken away.
                json!("")
            } else {
                json!({ "Version": "2012-10-17", "Statement": policy })
            },
        )
        .with_some("ApiKeySourceType", options.api_key_source_type.as_deref())
        .with_some("MinimumCompressionSize", options.minimum_compression_size)
        .with_some("Description", options.description.as_deref());
    draft.put(REST_API.into(), resource);
}

fn endpoint_configuration(draft: &Draft<'_>) -> Value {
    let provider = &draft.service.provider;
    let kind = provider.endpoint_type.as_deref().unwrap_or("EDGE");
    let mut configuration = json!({ "Types": [kind.to_uppercase()] });
    // Of other kinds of APIs the configuration's reader has warned.
    if let (Some(ids), true, Some(map)) = (
        &provider.api_gateway.vpc_endpoint_ids,
        provider.endpoint_type.is_some(),
        configuration.as_object_mut(),
    ) {
        map.insert("VpcEndpointIds".into(), ids.clone());
    }
    configuration
}

/// Adds each path and the paths above it, parents first, down from the last that exists.
pub(super) fn add_paths(draft: &mut Draft<'_>, api: &Api<'_>, endpoints: &[Endpoint<'_>]) {
    let mut seen = HashSet::new();
    for endpoint in endpoints {
        let mut parent = String::new();
        let parts = endpoint.event.path.split('/');
        for part in parts.filter(|part| !part.is_empty()) {
            let path = if parent.is_empty() {
                part.to_owned()
            } else {
                format!("{parent}/{part}")
            };
            let above = std::mem::replace(&mut parent, path.clone());
            if api.is_there(&path, &endpoint.event.path) || !seen.insert(path.clone()) {
                continue;
            }
            let resource = Resource::new("AWS::ApiGateway::Resource")
                .with("ParentId", api.resource(&above))
                .with("PathPart", part)
                .with("RestApiId", api.id.clone());
            draft.add(naming::resource_id(&path), resource, &format!("/{path}"));
        }
        check_given(draft, api, endpoint);
    }
}

/// A path above one that exists is there already, and a second of its kind cannot be made.
fn check_given(draft: &mut Draft<'_>, api: &Api<'_>, endpoint: &Endpoint<'_>) {
    let mut path = endpoint.event.path.as_str();
    while !path.is_empty() && !api.given.contains_key(path) {
        if api.is_above_given(path) {
            draft.refuse(
                Code::ConfigConflict,
                &endpoint.at,
                format!("the API has `/{path}` already, but its resource ID is not known"),
                &format!("Add it to `provider.apiGateway.restApiResources`: `/{path}: <id>`"),
            );
            return;
        }
        path = path.rsplit_once('/').map_or("", |(above, _)| above);
    }
}
