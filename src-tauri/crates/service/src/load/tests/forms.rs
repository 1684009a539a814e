//! Every form in which events, the provider, packages and resources may be written.

use serde_json::json;

use super::{HEAD, service};
use crate::types::{Event, HttpApiCors, HttpAuthorizer, Integration, ResponseTemplate};

fn with_events(events: &str) -> Vec<Event> {
    let text = format!("{HEAD}functions:\n  hello:\n    handler: h.f\n    events:\n{events}");
    let mut loaded = service(&text);
    assert_eq!(loaded.warnings.0, [], "{text}");
    loaded
        .service
        .functions
        .swap_remove("hello")
        .expect("hello")
        .events
}

#[test]
fn http_events_are_read_in_every_form() {
    let events = with_events(
        "      - http: GET /a/b/\n      - http: any /\n      - http: {path: '/x/{id}', method: '*', cors: true, private: true, authorizer: AWS_IAM}\n\
         \x20     - http: {path: y, method: Post, integration: LAMBDA, authorizer: {type: aws_iam}, cors: {origins: [a, b], headers: X, maxAge: 5}}\n\
         \x20     - http: {path: z, method: get, async: true, cors: false}\n",
    );
    let http: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::Http(http) => http.as_ref(),
            _ => panic!("not http"),
        })
        .collect();
    let routes: Vec<_> = http
        .iter()
        .map(|e| (e.method.as_str(), e.path.as_str()))
        .collect();
    assert_eq!(
        routes,
        [
            ("get", "a/b"),
            ("any", ""),
            ("any", "x/{id}"),
            ("post", "y"),
            ("get", "z")
        ]
    );
    assert!(
        http[2].private
            && http[2]
                .cors
                .as_ref()
                .is_some_and(|cors| cors.origin.is_none())
    );
    assert!(matches!(http[2].authorizer, Some(HttpAuthorizer::AwsIam)));
    assert_eq!(http[3].integration, Integration::Lambda);
    let cors = http[3].cors.as_ref().expect("cors");
    assert_eq!(
        (
            cors.origins.join(" "),
            cors.headers.as_deref(),
            cors.max_age
        ),
        ("a b".to_owned(), Some(&["X".to_owned()][..]), Some(5))
    );
    assert_eq!(
        http[4].integration,
        Integration::Lambda,
        "nobody waits for a proxy's answer"
    );
    assert!(http[4].cors.is_none());
}

#[test]
fn requests_and_responses_of_the_lambda_integration_are_read() {
    let events = with_events(
        "      - http:\n          path: p\n          method: get\n          integration: lambda\n          request:\n            passThrough: NEVER\n\
         \x20           template: {application/json: '{}'}\n            parameters: {headers: {h: false}, querystrings: {q: true, m: {required: true, mappedValue: \"'x'\"}}, paths: {id: true}}\n\
         \x20         response:\n            headers: {A: \"'*'\"}\n            template: $input.path('$')\n            statusCodes: {500: {pattern: e, template: {a/b: t}}, 201: {pattern: ''}}\n",
    );
    let [Event::Http(http)] = events.as_slice() else {
        panic!("one http")
    };
    let parameters: Vec<_> = http
        .request
        .parameters
        .iter()
        .map(|(name, p)| {
            (
                name.as_str(),
                p.required,
                p.mapped_value.as_ref().and_then(|v| v.as_str()),
            )
        })
        .collect();
    assert_eq!(
        parameters,
        [
            ("method.request.querystring.q", true, None),
            ("method.request.querystring.m", true, Some("'x'")),
            ("method.request.path.id", true, None),
            ("method.request.header.h", false, None),
        ]
    );
    let response = http.response.as_ref().expect("a response");
    assert_eq!(
        response.status_codes.keys().collect::<Vec<_>>(),
        ["201", "500"],
        "as JavaScript orders them"
    );
    assert_eq!(response.status_codes["201"].pattern.as_deref(), Some(""));
    assert!(matches!(
        response.status_codes["500"].template,
        Some(ResponseTemplate::ByType(_))
    ));
    assert!(matches!(response.template, Some(ResponseTemplate::One(_))));
}

#[test]
fn http_api_events_are_read_in_every_form() {
    let events = with_events(
        "      - httpApi: '*'\n      - httpApi: get /a\n      - httpApi: ANY /b\n      - httpApi: {path: /c, method: any}\n      - httpApi: {path: /d, method: '*', authorizer: {type: aws_iam}}\n",
    );
    let routes: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::HttpApi(route) => (
                route.method.as_str(),
                route.path.as_str(),
                route.is_signed(),
            ),
            _ => panic!("not httpApi"),
        })
        .collect();
    assert_eq!(
        routes,
        [
            ("*", "*", false),
            ("GET", "/a", false),
            ("*", "/b", false),
            ("*", "/c", false),
            ("*", "/d", true)
        ]
    );
}

#[test]
fn schedules_are_read_in_every_form() {
    let events = with_events(
        "      - schedule: rate(1 hour)\n      - schedule: {rate: [rate(2 hours), cron(0 0 * * ? *)], enabled: false, input: {a: {b: 1}}}\n\
         \x20     - schedule: {rate: {Fn::Sub: x}, method: scheduler, timezone: Europe/Paris, name: n}\n",
    );
    let schedules: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::Schedule(schedule) => schedule.as_ref(),
            _ => panic!("not a schedule"),
        })
        .collect();
    assert_eq!(schedules[0].rates, ["rate(1 hour)"]);
    assert_eq!(schedules[1].rates, ["rate(2 hours)", "cron(0 0 * * ? *)"]);
    assert_eq!(
        (schedules[1].enabled, &schedules[1].input),
        (Some(false), &Some(json!({"a": {"b": 1}})))
    );
    assert_eq!(schedules[2].rates, [json!({"Fn::Sub": "x"})]);
    assert!(schedules[2].scheduler && schedules[2].timezone.is_some());
}

#[test]
fn old_statements_count_without_new_ones() {
    let loaded = service(&format!(
        "disabledDeprecations: '*'\n{HEAD}  iam: {{role: {{name: r}}}}\n  iamRoleStatements: [{{Effect: Deny, Action: b, Resource: '*'}}]\n  iamManagedPolicies: ['arn:p']\n",
    ));
    let provider = loaded.service.provider;
    assert_eq!(provider.iam_statements.len(), 1);
    assert_eq!(provider.iam_statements[0]["Action"], json!(["b"]));
    assert_eq!(provider.iam_managed_policies, [json!("arn:p")]);
}

#[test]
fn the_provider_is_read_in_new_and_old_spellings() {
    let loaded = service(
        "service: abc\ndisabledDeprecations: '*'\nprovider:\n  name: aws\n  endpointType: regional\n  deploymentBucket: my-bucket\n  rolePermissionsBoundary: 'arn:b'\n\
         \x20 iam: {role: {name: r, statements: [{Effect: Allow, Action: [a], Resource: '*'}], managedPolicies: ['arn:p']}}\n\
         \x20 iamRoleStatements: [{Effect: Deny, Action: b, Resource: '*'}]\n  httpApi: {cors: {allowedMethods: [GET]}, payload: '1.0'}\n",
    );
    let provider = loaded.service.provider;
    let effects: Vec<_> = provider
        .iam_statements
        .iter()
        .map(|s| (&s["Effect"], &s["Action"]))
        .collect();
    assert_eq!(
        effects,
        [(&json!("Allow"), &json!(["a"]))],
        "the newer spelling stands for the older"
    );
    assert_eq!(provider.iam_role, None);
    assert_eq!(provider.iam_role_name.as_deref(), Some("r"));
    assert_eq!(provider.iam_permissions_boundary, Some(json!("arn:b")));
    assert_eq!(
        provider.deployment_bucket.name.as_deref(),
        Some("my-bucket")
    );
    assert_eq!(provider.endpoint_type.as_deref(), Some("REGIONAL"));
    let Some(HttpApiCors::Rules {
        allowed_methods,
        allowed_origins,
        ..
    }) = provider.http_api.cors
    else {
        panic!("rules")
    };
    assert_eq!(
        (allowed_methods, allowed_origins),
        (Some(vec!["GET".to_owned()]), None)
    );
    for (iam, role) in [
        ("iam: {role: 'arn:r'}", json!("arn:r")),
        (
            "iam: {role: {Fn::GetAtt: [R, Arn]}}",
            json!({"Fn::GetAtt": ["R", "Arn"]}),
        ),
        ("role: R", json!("R")),
    ] {
        assert_eq!(
            service(&format!("{HEAD}  {iam}\n"))
                .service
                .provider
                .iam_role,
            Some(role),
            "{iam}"
        );
    }
}

#[test]
fn patterns_come_after_what_the_old_keys_leave_out_and_pack() {
    let loaded = service(&format!(
        "{HEAD}package: {{patterns: ['!p'], include: [i], exclude: [e, '!f'], individually: true}}"
    ));
    assert_eq!(loaded.service.package.patterns, ["!e", "f", "i", "!p"]);
    assert_eq!(loaded.service.package.individually, Some(true));
}

#[test]
fn lists_of_resources_are_joined_and_extensions_kept_apart() {
    let loaded = service(&format!(
        "{HEAD}resources:\n  - Resources: {{A: {{Type: T, Properties: {{l: [1, 2], k: 1}}}}}}\n  -\n  - Resources: {{A: {{Type: T, Properties: {{l: [3]}}}}, B: {{Type: U}}}}\n    extensions: {{X: {{Properties: {{p: 1}}}}}}\n"
    ));
    let resources = loaded.service.resources;
    assert_eq!(
        json!(resources.sections),
        json!({"Resources": {"A": {"Type": "T", "Properties": {"l": [3, 2], "k": 1}}, "B": {"Type": "U"}}})
    );
    assert_eq!(
        json!(resources.extensions),
        json!({"X": {"Properties": {"p": 1}}})
    );
}
