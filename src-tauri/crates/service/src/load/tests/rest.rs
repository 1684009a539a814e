//! What the REST API's events and settings may be, and what is told when they are not.

use pilothouse_model::Code;
use serde_json::json;

use super::{HEAD, errors, service};
use crate::types::{
    ApiKeys, BodySchema, Event, HttpAuthorizer, HttpEvent, Integration, Judge, UsagePlans,
};

fn with(provider: &str, event: &str) -> String {
    format!(
        "{HEAD}{provider}functions:\n  hello:\n    handler: h.f\n    events:\n      - http: {event}\n  auth: {{handler: h.a}}\n"
    )
}

fn event(written: &str) -> HttpEvent {
    let mut loaded = service(&with("", written));
    let function = loaded.service.functions.swap_remove("hello");
    match function.expect("hello").events.pop() {
        Some(Event::Http(event)) => *event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn authorizers_are_read_in_every_form() {
    for (written, name, function, ttl, pool) in [
        ("auth", "auth", true, None, false),
        ("{name: auth}", "auth", true, Some(300), false),
        (
            "{name: auth, resultTtlInSeconds: '60', type: request}",
            "auth",
            true,
            Some(60),
            false,
        ),
        (
            "'arn:aws:lambda:us-east-1:1:function:svc-dev-judge'",
            "judge",
            false,
            None,
            false,
        ),
        (
            "{name: own, arn: {Fn::GetAtt: [Other, Arn]}}",
            "own",
            false,
            Some(300),
            false,
        ),
        (
            "{arn: 'arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_aB'}",
            "1_aB",
            false,
            Some(300),
            true,
        ),
        (
            "{type: cognito_user_pools, name: p, arn: {Fn::GetAtt: [Pool, Arn]}}",
            "p",
            false,
            Some(300),
            true,
        ),
    ] {
        let read = event(&format!("{{path: a, method: get, authorizer: {written}}}"));
        let Some(HttpAuthorizer::Made(made)) = &read.authorizer else {
            panic!("{written}: {:?}", read.authorizer)
        };
        assert_eq!(
            (
                made.name.as_str(),
                matches!(made.judge, Judge::Function(_)),
                made.result_ttl_in_seconds,
                made.is_user_pool()
            ),
            (name, function, ttl, pool),
            "{written}"
        );
    }
    let existing =
        event("{path: a, method: get, authorizer: {type: TOKEN, authorizerId: {Ref: A}}}");
    assert!(matches!(
        existing.authorizer,
        Some(HttpAuthorizer::Existing { id, .. }) if id == json!({"Ref": "A"})
    ));
}

#[test]
fn integrations_keep_what_they_know_of_requests() {
    let read = event(
        "{path: a, method: get, integration: HTTP, connectionType: vpc-link, connectionId: {Ref: L}, request: {uri: 'https://x', method: put, parameters: {paths: {id: {}}}, schemas: {a/b: {type: object}, c/d: name}}}",
    );
    assert_eq!(read.integration, Integration::Http);
    assert_eq!(read.connection_type.as_deref(), Some("VPC_LINK"));
    assert_eq!(read.request.method.as_deref(), Some("put"));
    assert!(read.request.parameters["method.request.path.id"].required);
    assert!(matches!(read.request.schemas["a/b"], BodySchema::Inline(_)));
    assert!(matches!(&read.request.schemas["c/d"], BodySchema::Text(name) if name == "name"));

    let loaded = service(&with(
        "",
        "{path: a, method: get, request: {template: {a/b: c}}, response: {headers: {A: b}}}",
    ));
    let told: Vec<_> = loaded.warnings.0.iter().map(|w| w.path.clone()).collect();
    assert_eq!(
        told,
        [
            Some("functions.hello.events.0.http.request.template".to_owned()),
            Some("functions.hello.events.0.http.response".to_owned())
        ]
    );
}

#[test]
fn keys_and_plans_are_read_in_every_form() {
    let loaded = service(&with(
        "  apiGateway:\n    apiKeys:\n      - one\n      - {name: two, value: v, enabled: false}\n      - free: [three, {name: four}]\n    usagePlan:\n      - free: {quota: {limit: '5', period: DAY}}\n    restApiResources: {/a/: x}\n    request: {schemas: {m: {schema: {type: object}, name: N}}}\n  tracing: {apiGateway: true}\n  logs: {restApi: true}\n",
        "GET /a",
    ));
    let read = &loaded.service.provider.api_gateway;
    let keys = read.api_keys.as_deref().expect("keys");
    let [
        ApiKeys::One(one),
        ApiKeys::One(two),
        ApiKeys::OfPlan { plan, keys },
    ] = keys
    else {
        panic!("{keys:?}")
    };
    assert_eq!(one.name.as_deref(), Some("one"));
    assert_eq!(
        (two.value.as_deref(), two.enabled),
        (Some("v"), Some(false))
    );
    assert_eq!((plan.as_str(), keys.len()), ("free", 2));
    let Some(UsagePlans::Named(plans)) = &read.usage_plan else {
        panic!("plans")
    };
    let quota = plans[0].1.quota.as_ref().expect("a quota");
    assert_eq!(quota.limit, Some(json!(5)));
    assert_eq!(read.rest_api_resources["a"], json!("x"));
    assert_eq!(read.schemas["m"].name.as_deref(), Some("N"));
    assert_eq!(read.tracing, Some(true));
    assert!(read.logs.as_ref().is_some_and(|logs| logs.access()));
}

fn told(provider: &str, written: &str, path: &str) {
    let text = with(provider, written);
    let found = errors(&text);
    let found: Vec<_> = found
        .iter()
        .map(|(code, path, _)| (*code, path.as_str()))
        .collect();
    assert_eq!(found, [(Code::ConfigConflict, path)], "{text}");
}

#[test]
fn what_does_not_fit_together_in_an_event_is_told_where_it_stands() {
    for (rest, key) in [
        ("authorizer: nope", "authorizer"),
        ("authorizer: {name: aut}", "authorizer.name"),
        ("authorizer: {resultTtlInSeconds: 5}", "authorizer"),
        (
            "authorizer: {type: COGNITO_USER_POOLS, arn: {Fn::GetAtt: [P, Arn]}}",
            "authorizer",
        ),
        (
            "authorizer: {arn: 'arn:aws:cognito-idp:x:1:userpool/a', claims: [c]}",
            "authorizer.claims",
        ),
        ("integration: http-proxy", "integration"),
        (
            "integration: http, connectionType: VPC_LINK, request: {uri: x}",
            "connectionType",
        ),
    ] {
        let path = format!("functions.hello.events.0.http.{key}");
        told("", &format!("{{path: a, method: get, {rest}}}"), &path);
    }
}

#[test]
fn what_does_not_fit_together_in_the_provider_is_told_where_it_stands() {
    for (provider, path) in [
        (
            "  apiGateway: {restApiId: x}\n",
            "provider.apiGateway.restApiId",
        ),
        (
            "  apiGateway: {restApiId: x, restApiRootResourceId: y}\n  tracing: {apiGateway: false}\n",
            "provider.tracing.apiGateway",
        ),
        (
            "  apiGateway: {restApiId: x, restApiRootResourceId: y}\n  logs: {restApi: false}\n",
            "provider.logs.restApi",
        ),
        (
            "  endpointType: EDGE\n  vpcEndpointIds: [a]\n",
            "provider.vpcEndpointIds",
        ),
    ] {
        told(provider, "GET /a", path);
    }
}
