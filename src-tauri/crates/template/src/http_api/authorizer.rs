//! `provider.httpApi.authorizers`, and what routes say of them.

use indexmap::IndexSet;
use pilothouse_service::Service;
use pilothouse_service::types::{HttpApiAuthorizer, HttpApiAuthorizerKind, Judge, RouteAuthorizer};
use serde_json::{Value, json};

use super::api_id;
use crate::draft::{Draft, Resource};
use crate::http::function_uri;
use crate::intrinsics::{execute_api_arn_of, reference};
use crate::naming;
use crate::target::Target;

/// The form of what a function that decides gets, where the user does not choose.
const PAYLOAD: &str = "2.0";

/// Adds every authorizer, whether a route uses it or not.
pub(super) fn add(draft: &mut Draft<'_>) {
    let service = draft.service;
    for (key, authorizer) in &service.provider.http_api.authorizers {
        let resource = resource(draft, authorizer);
        let id = naming::http_api_authorizer_id(&authorizer.name);
        draft.add(id, resource, &format!("provider.httpApi.authorizers.{key}"));
    }
}

fn resource(draft: &mut Draft<'_>, authorizer: &HttpApiAuthorizer) -> Resource {
    let common = Resource::new("AWS::ApiGatewayV2::Authorizer")
        .with("ApiId", api_id(draft.service))
        .with("Name", authorizer.name.as_str())
        .with("IdentitySource", authorizer.identity_source.clone());
    match &authorizer.kind {
        HttpApiAuthorizerKind::Jwt { issuer, audience } => {
            common.with("AuthorizerType", "JWT").with(
                "JwtConfiguration",
                json!({ "Audience": distinct(audience), "Issuer": issuer }),
            )
        }
        HttpApiAuthorizerKind::Request {
            judge,
            managed_externally,
            result_ttl_in_seconds,
            enable_simple_responses,
            payload_version,
        } => {
            let target = match judge {
                Judge::Function(key) => Target::of(draft, key),
                Judge::Arn(arn) => Target {
                    arn: arn.clone(),
                    alias: None,
                    alias_name: None,
                },
            };
            if !managed_externally {
                let source = execute_api_arn_of(api_id(draft.service), "/*");
                let permission = target.permission("apigateway.amazonaws.com", source);
                let id = naming::http_api_authorizer_permission_id(&authorizer.name);
                draft.put(id, permission);
            }
            common
                .with("AuthorizerType", "REQUEST")
                .with_some("EnableSimpleResponses", *enable_simple_responses)
                .with_some("AuthorizerResultTtlInSeconds", *result_ttl_in_seconds)
                .with(
                    "AuthorizerPayloadFormatVersion",
                    payload_version.as_deref().unwrap_or(PAYLOAD),
                )
                .with("AuthorizerUri", function_uri(vec![target.arn]))
                .depends_on(target.alias)
        }
    }
}

/// A text that is written twice counts once.
fn distinct(values: &[Value]) -> Vec<Value> {
    let mut texts = IndexSet::new();
    let mut kept = Vec::new();
    for value in values {
        if value.as_str().is_none_or(|text| texts.insert(text)) {
            kept.push(value.clone());
        }
    }
    kept
}

/// Who is let in to a route.
pub(super) fn of_route(
    service: &Service,
    authorizer: &RouteAuthorizer,
    route: Resource,
) -> Resource {
    let (kind, id, scopes) = match authorizer {
        RouteAuthorizer::AwsIam => return route.with("AuthorizationType", "AWS_IAM"),
        RouteAuthorizer::Existing {
            id,
            request,
            scopes,
        } => (kind(*request), id.clone(), scopes),
        RouteAuthorizer::Named { name, scopes } => {
            let Some(known) = service.provider.http_api.authorizers.get(name) else {
                return route;
            };
            let request = matches!(known.kind, HttpApiAuthorizerKind::Request { .. });
            let id = naming::http_api_authorizer_id(&known.name);
            (kind(request), reference(&id), scopes)
        }
    };
    let scopes = scopes.as_ref().map(|scopes| {
        let scopes: IndexSet<&String> = scopes.iter().collect();
        json!(scopes.into_iter().collect::<Vec<_>>())
    });
    route
        .with("AuthorizationType", kind)
        .with("AuthorizerId", id)
        .with_some("AuthorizationScopes", scopes)
}

const fn kind(request: bool) -> &'static str {
    if request { "CUSTOM" } else { "JWT" }
}
