//! Events of HTTP APIs, WebSocket APIs, load balancers and CloudFront.

use super::*;
use crate::types::{CloudFrontOrigin, Event, HttpApiAuthorizerKind, Judge, RouteAuthorizer};

const LISTENER: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2";

fn with_events(events: &str) -> String {
    format!("{HEAD}functions: {{f: {{handler: h.f, events: {events}}}}}\n")
}

fn with_provider(provider: &str, events: &str) -> String {
    format!(
        "service: shop\nprovider:\n  name: aws\n  runtime: python3.13\n  {provider}\nfunctions:\n  f: {{handler: h.f, events: {events}}}\n  judge: {{handler: h.j}}\n"
    )
}

/// The paths of what is refused, by code.
fn refused(text: &str) -> Vec<(Code, String)> {
    errors(text).into_iter().map(|e| (e.0, e.1)).collect()
}

fn conflict(path: &str) -> (Code, String) {
    (Code::ConfigConflict, path.to_owned())
}

#[test]
fn a_route_has_a_method_unless_it_is_for_everything() {
    let events = "[{httpApi: {path: /a}}, {httpApi: {path: '*', method: GET}}, {httpApi: {path: '*', method: '*'}}]";
    assert_eq!(
        refused(&with_events(events)),
        [
            (
                Code::ConfigMissingKey,
                "functions.f.events.0.httpApi.method".to_owned()
            ),
            conflict("functions.f.events.1.httpApi.method"),
        ]
    );
}

#[test]
fn authorizers_of_routes_must_be_described_or_belong_to_an_api_that_exists() {
    let events = "[{httpApi: {path: /a, method: get, authorizer: jwtt}}, {httpApi: {path: /b, method: get, authorizer: {id: x}}}, {httpApi: {path: /c, method: get, authorizer: {type: aws_iam, name: x}}}, {httpApi: {path: /d, method: get, authorizer: {type: jwt}}}, {httpApi: {path: /e, method: get, authorizer: aws_iam}}]";
    let jwt = "httpApi: {authorizers: {jwt: {identitySource: a, issuerUrl: b, audience: c}}}";
    let found = errors(&with_provider(jwt, events));
    let paths: Vec<&str> = found.iter().map(|e| e.1.as_str()).collect();
    assert_eq!(
        paths,
        [
            "functions.f.events.2.httpApi.authorizer.name",
            "functions.f.events.3.httpApi.authorizer",
        ]
    );
    let events = "[{httpApi: {path: /a, method: get, authorizer: jwtt}}, {httpApi: {path: /b, method: get, authorizer: {id: x}}}, {httpApi: {path: /e, method: get, authorizer: aws_iam}}]";
    assert_eq!(
        refused(&with_provider(jwt, events)),
        [
            conflict("functions.f.events.0.httpApi.authorizer"),
            conflict("functions.f.events.1.httpApi.authorizer"),
            conflict("functions.f.events.2.httpApi.authorizer"),
        ]
    );
}

#[test]
fn an_authorizer_that_lacks_something_is_told() {
    let provider = "httpApi: {authorizers: {a: {issuerUrl: b}, b: {type: request}, c: {type: request, functionName: judge, functionArn: 'arn:x'}, d: {type: request, functionName: nobody}, e: {type: request, functionName: judge, resultTtlInSeconds: 5}}}";
    let at = |rest: &str| conflict(&format!("provider.httpApi.authorizers.{rest}"));
    assert_eq!(
        refused(&with_provider(provider, "[]")),
        [at("a"), at("b"), at("c"), at("d.functionName"), at("e")]
    );
}

#[test]
fn an_api_of_another_stack_cannot_be_set() {
    let provider = "logs: {httpApi: true}\n  httpApi: {id: abc, cors: true, authorizers: {a: {identitySource: a, issuerUrl: b, audience: c}}}";
    assert_eq!(
        refused(&with_provider(provider, "[]")),
        [
            conflict("provider.logs.httpApi"),
            conflict("provider.httpApi.cors"),
            conflict("provider.httpApi.authorizers"),
        ]
    );
}

#[test]
fn authorizers_of_an_http_api_are_read() {
    let provider = "httpApi: {authorizers: {j: {identitySource: $request.header.A, issuerUrl: {Ref: I}, audience: {Ref: A}}, r: {type: request, name: other, functionName: judge, identitySource: [a, b]}}}";
    let events = "[{httpApi: {path: /a, method: get, authorizer: {name: j, scopes: [s]}}}]";
    let service = service(&with_provider(provider, events)).service;
    let read = &service.provider.http_api.authorizers;
    let HttpApiAuthorizerKind::Jwt { audience, .. } = &read["j"].kind else {
        panic!("a token");
    };
    assert_eq!(audience, &[serde_json::json!({ "Ref": "A" })]);
    assert_eq!(read["r"].name, "other");
    assert_eq!(read["r"].identity_source, ["a", "b"]);
    assert!(matches!(
        &read["r"].kind,
        HttpApiAuthorizerKind::Request { judge: Judge::Function(key), .. } if key == "judge"
    ));
    let Event::HttpApi(route) = &service.functions["f"].events[0] else {
        panic!("a route");
    };
    assert_eq!(
        route.authorizer,
        Some(RouteAuthorizer::Named {
            name: "j".into(),
            scopes: Some(vec!["s".into()])
        })
    );
}

#[test]
fn an_authorizer_of_a_websocket_is_named_by_its_function_or_arn() {
    let events = "[{websocket: {route: a, authorizer: judge}}, {websocket: {route: b, authorizer: 'arn:aws:lambda:eu-west-1:123456789012:function:shop-auth'}}, {websocket: {route: c, authorizer: {arn: {Ref: A}, name: n}}}]";
    let service = service(&with_provider("websocketsApiName: chat", events)).service;
    let names: Vec<&str> = service.functions["f"]
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Websocket(event) => Some(event.authorizer.as_ref()?.name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["judge", "shop-auth", "n"]);
    let events = "[{websocket: {authorizer: judge}}, {websocket: {route: b, authorizer: nobody}}, {websocket: {route: c, authorizer: {arn: {Ref: A}}}}, {websocket: {route: d, authorizer: {identitySource: [a]}}}]";
    assert_eq!(
        refused(&with_provider("websocketsApiName: chat", events)),
        [
            (
                Code::ConfigMissingKey,
                "functions.f.events.0.websocket.route".to_owned()
            ),
            conflict("functions.f.events.1.websocket.authorizer"),
            conflict("functions.f.events.2.websocket.authorizer"),
            conflict("functions.f.events.3.websocket.authorizer"),
        ]
    );
}

#[test]
fn a_listener_is_read_from_its_arn_or_reference() {
    let events = format!(
        "[{{alb: {{listenerArn: '{LISTENER}', priority: '1', conditions: {{path: /a, header: {{name: h, values: x}}}}, healthCheck: true}}}}, {{alb: {{listenerArn: {{Ref: Listen}}, priority: 2, conditions: {{host: [a.com]}}}}}}]"
    );
    let service = service(&with_events(&events)).service;
    let events: Vec<_> = service.functions["f"]
        .events
        .iter()
        .map(|event| match event {
            Event::Alb(event) => event,
            _ => panic!("not alb"),
        })
        .collect();
    assert_eq!(
        events[0].balancer_and_listener(),
        Some(("50dc6c495c0c9188", "f2f7dc8efc522ab2"))
    );
    assert_eq!(
        events[1].balancer_and_listener(),
        Some(("Listen", "Listen"))
    );
    assert_eq!(
        events[0].conditions.header,
        Some(vec![("h".to_owned(), vec!["x".to_owned()])])
    );
    assert!(events[0].health_check.is_some() && events[1].health_check.is_none());
}

#[test]
fn rules_of_listeners_that_clash_are_told() {
    let alb = |rest: &str| {
        format!(
            "{{alb: {{listenerArn: '{LISTENER}', priority: 1, conditions: {{path: /a}}{rest}}}}}"
        )
    };
    let one = alb("");
    let text = format!(
        "{HEAD}functions:\n  a: {{handler: h.a, events: [{one}]}}\n  b: {{handler: h.b, events: [{one}]}}\n"
    );
    assert_eq!(
        refused(&text),
        [conflict("functions.b.events.0.alb.priority")]
    );
    let other = "{alb: {listenerArn: {Ref: L}, priority: 1, conditions: {path: /a}}}";
    assert_eq!(
        refused(&with_events(&format!("[{one}, {other}]"))),
        [conflict("functions.f.events.1.alb.priority")]
    );
    let named = format!("[{}]", alb(", targetGroupName: g, authorizer: nobody"));
    assert_eq!(
        refused(&with_provider("alb: {targetGroupPrefix: p}", &named)),
        [
            conflict("functions.f.events.0.alb.targetGroupName"),
            conflict("functions.f.events.0.alb.authorizer"),
        ]
    );
    assert_eq!(
        refused(&with_events(
            "[{alb: {listenerArn: x, priority: 1, conditions: {}}}, {alb: {priority: 1}}]"
        )),
        [
            (
                Code::ConfigBadValue,
                "functions.f.events.0.alb.listenerArn".to_owned()
            ),
            conflict("functions.f.events.0.alb.conditions"),
            (
                Code::ConfigMissingKey,
                "functions.f.events.1.alb.listenerArn".to_owned()
            ),
            (
                Code::ConfigMissingKey,
                "functions.f.events.1.alb.conditions".to_owned()
            ),
        ]
    );
}

#[test]
fn an_origin_is_read_from_its_address() {
    for (address, id, path) in [
        ("https://App.acme.com", "custom/app.acme.com", None),
        (
            "http://u@a.com:8080/x/y?q#h",
            "custom/a.com/x/y",
            Some("/x/y"),
        ),
        ("s3://b.s3.amazonaws.com/", "s3/b.s3.amazonaws.com", None),
    ] {
        let origin = CloudFrontOrigin::Address(address.to_owned());
        assert_eq!(origin.id(), id);
        let written = origin.settings();
        assert_eq!(written.get("OriginPath").and_then(|p| p.as_str()), path);
    }
    let settings = serde_json::json!({ "DomainName": { "Fn::GetAtt": ["B", "D"] } });
    let settings = settings.as_object().cloned().unwrap_or_default();
    assert_eq!(
        CloudFrontOrigin::Settings(settings).id(),
        "custom/FnGetAttBD"
    );
}

#[test]
fn functions_at_the_edge_are_small_and_versioned() {
    let edge = "{cloudFront: {eventType: viewer-request, origin: 'https://a.com'}}";
    let text = with_provider("memorySize: 2048", &format!("[{edge}]"));
    let service = service(&text).service;
    let function = &service.functions["f"];
    assert_eq!(
        (
            function.memory_size,
            function.timeout,
            function.version_function
        ),
        (Some(128), Some(5), Some(true))
    );
    let text = format!(
        "{HEAD}functions: {{f: {{handler: h.f, memorySize: 256, timeout: 6, events: [{edge}]}}}}\n"
    );
    assert_eq!(
        refused(&text),
        [
            conflict("functions.f.memorySize"),
            conflict("functions.f.timeout"),
        ]
    );
    let text = with_provider("region: eu-west-1", &format!("[{edge}]"));
    assert_eq!(
        refused(&text),
        [conflict("functions.f.events.0.cloudFront")]
    );
}

#[test]
fn events_of_one_distribution_that_clash_are_told() {
    let edge = |rest: &str| format!("{{cloudFront: {{eventType: viewer-request, {rest}}}}}");
    let at = |number: usize| conflict(&format!("functions.f.events.{number}.cloudFront"));
    let (a, b) = ("origin: 'https://a.com'", "origin: 'https://b.com'");
    for (events, found) in [
        ([edge(a), edge(b)], vec![at(1)]),
        (
            [
                edge(&format!("{a}, pathPattern: /a")),
                edge(&format!("{b}, pathPattern: /b")),
            ],
            vec![at(0)],
        ),
        (
            [
                edge(&format!("{a}, isDefaultOrigin: true")),
                edge(&format!("{b}, pathPattern: /b, isDefaultOrigin: true")),
            ],
            vec![at(1)],
        ),
        (
            [edge(a), edge(&format!("{a}, includeBody: true"))],
            vec![at(1)],
        ),
        (
            [
                edge(a),
                edge(&format!("{a}, pathPattern: /b, cachePolicy: {{name: no}}")),
            ],
            vec![conflict("functions.f.events.1.cloudFront.cachePolicy.name")],
        ),
    ] {
        assert_eq!(
            refused(&with_events(&format!("[{}]", events.join(", ")))),
            found
        );
    }
}
