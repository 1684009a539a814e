//! Authorizers: who judges callers, and how methods name them.

use std::collections::HashMap;

use pilothouse_model::Code;
use pilothouse_service::types::{HttpAuthorizer, Judge, MadeAuthorizer};
use serde_json::Value;

use super::Endpoint;
use super::api::Api;
use super::integration::function_uri;
use crate::draft::{Draft, Resource};
use crate::intrinsics::{execute_api_arn_of, reference};
use crate::naming;
use crate::target::Target;

/// The header that holds the token when the user names nothing else.
const IDENTITY_SOURCE: &str = "method.request.header.Authorization";

/// Says on a method who may call it.
pub(super) fn authorize(
    method: Resource,
    authorizer: Option<&HttpAuthorizer>,
    permission: String,
) -> Resource {
    let (authorization, id, scopes, made) = match authorizer {
        None => ("NONE", None, None, None),
        Some(HttpAuthorizer::Existing { kind, id, scopes }) => {
            let of_pool = kind.eq_ignore_ascii_case("cognito_user_pools");
            (
                kind_of(kind),
                Some(id.clone()),
                of_pool.then_some(scopes),
                None,
            )
        }
        Some(HttpAuthorizer::Made(made)) => {
            let id = naming::authorizer_id(&made.name);
            let of_pool = made.is_user_pool();
            (
                if of_pool {
                    "COGNITO_USER_POOLS"
                } else {
                    "CUSTOM"
                },
                Some(reference(&id)),
                of_pool.then_some(&made.scopes),
                Some(id),
            )
        }
        // What is not known here must not leave the method open.
        Some(_) => ("AWS_IAM", None, None, None),
    };
    let scopes = scopes.filter(|scopes| !scopes.is_empty());
    method
        .with("AuthorizationType", authorization)
        .with_some("AuthorizerId", id)
        .with_some("AuthorizationScopes", scopes.cloned())
        .depends_on([made.unwrap_or(permission)])
}

/// The kind of authorization that an authorizer's `type` is; other words are AWS's own.
fn kind_of(kind: &str) -> &str {
    if kind.eq_ignore_ascii_case("token") || kind.eq_ignore_ascii_case("request") {
        "CUSTOM"
    } else {
        kind
    }
}

/// Adds the authorizers that methods name, each once.
pub(super) fn add(draft: &mut Draft<'_>, api: &Api<'_>, endpoints: &[Endpoint<'_>]) {
    let mut judges: HashMap<&str, Value> = HashMap::new();
    for endpoint in endpoints {
        let Some(HttpAuthorizer::Made(made)) = &endpoint.event.authorizer else {
            continue;
        };
        let judge = arn(draft, &made.judge);
        let before = judges.insert(&made.name, judge.clone());
        if before.is_some_and(|before| before != judge) {
            draft.warn(
                Code::ConfigConflict,
                &format!("{}.authorizer", endpoint.at),
                format!(
                    "the authorizer `{}` is described in two ways; this one is used for all",
                    made.name
                ),
                "Give one of the two another `name`",
            );
        }
        let authorizer = resource(draft, made, api);
        draft.lay(naming::authorizer_id(&made.name), authorizer);
    }
}

fn resource(draft: &Draft<'_>, made: &MadeAuthorizer, api: &Api<'_>) -> Resource {
    let kind = made.kind.as_deref().map(str::to_uppercase);
    let without_answers_kept = made.result_ttl_in_seconds == Some(0);
    let default_source =
        (kind.as_deref() != Some("REQUEST") || !without_answers_kept).then_some(IDENTITY_SOURCE);
    let source = made.identity_source.as_deref().or(default_source);
    let judge = arn(draft, &made.judge);
    let resource = Resource::new("AWS::ApiGateway::Authorizer")
        .with_some("AuthorizerResultTtlInSeconds", made.result_ttl_in_seconds)
        .with_some("IdentitySource", source)
        .with("Name", made.name.as_str())
        .with("RestApiId", api.id.clone())
        .with_some(
            "IdentityValidationExpression",
            made.identity_validation_expression.as_deref(),
        )
        .depends_on(alias(draft, &made.judge));
    if made.is_user_pool() {
        resource
            .with("Type", "COGNITO_USER_POOLS")
            .with("ProviderARNs", vec![judge])
    } else {
        resource
            .with("AuthorizerUri", function_uri(vec![judge]))
            .with("Type", kind.as_deref().unwrap_or("TOKEN"))
    }
}

fn arn(draft: &Draft<'_>, judge: &Judge) -> Value {
    match judge {
        Judge::Function(key) => Target::of(draft, key).arn,
        Judge::Arn(arn) => arn.clone(),
    }
}

/// The alias that is asked, when it is one.
fn alias(draft: &Draft<'_>, judge: &Judge) -> Option<String> {
    match judge {
        Judge::Function(key) => Target::of(draft, key).alias,
        Judge::Arn(_) => None,
    }
}

/// Lets the API call the function that an endpoint's authorizer asks, unless it may already.
pub(super) fn add_permission(draft: &mut Draft<'_>, api: &Api<'_>, endpoint: &Endpoint<'_>) {
    let Some(HttpAuthorizer::Made(made)) = &endpoint.event.authorizer else {
        return;
    };
    let id = naming::rest_api_permission_id(&made.name);
    if made.is_user_pool() || made.managed_externally || draft.has(&id) {
        return;
    }
    let alias = alias(draft, &made.judge).map(|alias| reference(&alias));
    let function = alias.unwrap_or_else(|| arn(draft, &made.judge));
    let permission = Resource::new("AWS::Lambda::Permission")
        .with("FunctionName", function)
        .with("Action", "lambda:InvokeFunction")
        .with("Principal", "apigateway.amazonaws.com")
        .with("SourceArn", execute_api_arn_of(api.id.clone(), "/*/*"));
    draft.put(id, permission);
}
