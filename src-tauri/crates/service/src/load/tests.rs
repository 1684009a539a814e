use pilothouse_model::{Code, Severity, SourceId};
use proptest::prelude::*;
use serde_json::json;

use super::{Loaded, Options, Rejected, Request, Step, load};
use crate::lookup::{Answer, Answers, Lookup};
use crate::types::{Event, HttpApiCors, HttpAuthorizer, Integration, ResponseTemplate};

const HEAD: &str = "service: my-service\nprovider:\n  name: aws\n  runtime: python3.13\n";

/// Loads with every lookup missing, but `GIVEN`, which is `given`.
fn load_named(name: &str, text: &str, options: &Options) -> Result<Box<Loaded>, Rejected> {
    let source = SourceId::new(name);
    let mut answers = Answers::default();
    for _ in 0..20 {
        let request = Request {
            source: &source,
            text,
            options,
            answers: &answers,
        };
        match load(&request)? {
            Step::Ready(loaded) => return Ok(loaded),
            Step::Needs(lookups) => {
                assert!(!lookups.is_empty());
                for lookup in lookups {
                    assert_eq!(answers.get(&lookup), None, "asked twice");
                    let given = lookup == Lookup::Environment("GIVEN".into());
                    let answer = if given {
                        Answer::Found("given".into())
                    } else {
                        Answer::Missing
                    };
                    answers.insert(lookup, answer);
                }
            }
        }
    }
    panic!("no end of lookups in {text:?}");
}

fn service(text: &str) -> Loaded {
    match load_named("serverless.yml", text, &Options::default()) {
        Ok(loaded) => *loaded,
        Err(rejected) => panic!("{:#?}", rejected.diagnostics),
    }
}

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

/// Errors as code, path and the text at the place.
fn errors(text: &str) -> Vec<(Code, String, String)> {
    let Err(rejected) = load_named("serverless.yml", text, &Options::default()) else {
        panic!("accepted: {text}");
    };
    rejected
        .diagnostics
        .0
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| {
            let span = found.span.as_ref().expect("a place");
            let text = rejected.sources.text(&span.source).expect("a known text");
            let place = text[span.start..span.end].to_owned();
            (found.code, found.path.clone().unwrap_or_default(), place)
        })
        .collect()
}

#[test]
fn a_service_has_the_defaults_of_the_peer() {
    let loaded =
        service("service: abc\nprovider: {name: aws}\nfunctions: {f: {handler: h.f}, gone: }");
    let service = loaded.service;
    assert_eq!(
        (
            service.name.as_str(),
            service.stage.as_str(),
            service.region.as_str()
        ),
        ("abc", "dev", "us-east-1")
    );
    assert_eq!(service.config_file, "serverless.yml");
    assert_eq!(
        service.functions.keys().collect::<Vec<_>>(),
        ["f"],
        "one without anything is left out"
    );
}

#[test]
fn the_command_line_wins_over_the_file() {
    let options = Options {
        stage: Some("prod".into()),
        region: Some("eu-west-1".into()),
        ..Options::default()
    };
    let text = "service: abc\nprovider: {name: aws, stage: qa, region: us-west-2, environment: {S: '${sls:stage}', R: '${aws:region}'}}";
    let loaded = load_named("serverless.yml", text, &options).expect("accepted");
    assert_eq!(
        (
            loaded.service.stage.as_str(),
            loaded.service.region.as_str()
        ),
        ("prod", "eu-west-1")
    );
    assert_eq!(
        json!(loaded.service.provider.environment),
        json!({"S": "prod", "R": "eu-west-1"})
    );
    let loaded = load_named("serverless.yml", text, &Options::default()).expect("accepted");
    assert_eq!(
        (
            loaded.service.stage.as_str(),
            loaded.service.region.as_str()
        ),
        ("qa", "us-west-2")
    );
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
            cors.origin.as_deref(),
            cors.headers.as_deref(),
            cors.max_age
        ),
        (Some("a,b"), Some(&["X".to_owned()][..]), Some(5))
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
        .map(|(name, p)| (name.as_str(), p.required, p.mapped_value.as_deref()))
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
        "      - httpApi: '*'\n      - httpApi: get /a\n      - httpApi: ANY /b\n      - httpApi: {path: /c}\n      - httpApi: {path: /d, method: '*', authorizer: {type: aws_iam}}\n",
    );
    let routes: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::HttpApi(route) => (route.method.as_str(), route.path.as_str(), route.aws_iam),
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
        [
            (&json!("Allow"), &json!(["a"])),
            (&json!("Deny"), &json!(["b"]))
        ]
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

#[test]
fn what_is_printed_is_resolved() {
    let loaded = service(
        "service: abc\nprovider: {name: aws, environment: {A: '${env:GIVEN}', B: '${env:NONE, \"b\"}'}}",
    );
    assert_eq!(
        loaded.resolved.to_json()["provider"]["environment"],
        json!({"A": "given", "B": "b"})
    );
}

#[test]
fn every_error_of_a_file_is_told_in_one_pass_in_the_order_of_the_file() {
    let text = "service: {name: x}\nprovider:\n  name: aws\n  vpc: {a: b}\n  memorySize: lots\n  environment: {Ä: '${self:none}'}\nfunctions:\n  f: {timeout: 3}\n  g: {handler: h.g, events: [{sqs: q}, {http: {path: a, method: get, authorizer: mine}}]}\n";
    assert_eq!(
        errors(text),
        [
            (Code::ConfigBadValue, "service".into(), "{name: x}".into()),
            (Code::NotYetSupported, "provider.vpc".into(), "vpc".into()),
            (
                Code::ConfigBadValue,
                "provider.memorySize".into(),
                "lots".into()
            ),
            (
                Code::VariableMissing,
                "provider.environment.Ä".into(),
                "${self:none}".into()
            ),
            (
                Code::ConfigMissingKey,
                "functions.f.handler".into(),
                "{timeout: 3}".into()
            ),
            (
                Code::NotYetSupported,
                "functions.g.events.0.sqs".into(),
                "sqs".into()
            ),
            (
                Code::NotYetSupported,
                "functions.g.events.1.http.authorizer".into(),
                "mine".into()
            ),
        ]
    );
}

#[test]
fn a_value_that_cannot_be_read_is_an_error_even_when_the_file_is_not_checked() {
    let text = format!("configValidationMode: off\n{HEAD}  memorySize: 64\n  timeout: soon\n");
    assert_eq!(
        errors(&text),
        [(
            Code::ConfigBadValue,
            "provider.timeout".into(),
            "soon".into()
        )]
    );
}

#[test]
fn what_a_missing_variable_leads_to_is_not_told_as_well() {
    let text = "service: ${self:none}\nprovider: {name: aws}\nfunctions: ${self:nothing}";
    let codes: Vec<_> = errors(text).into_iter().map(|e| (e.0, e.1)).collect();
    assert_eq!(
        codes,
        [
            (Code::VariableMissing, "service".into()),
            (Code::VariableMissing, "functions".into())
        ]
    );
}

#[test]
fn services_without_their_first_keys_are_refused() {
    for (text, path) in [
        ("provider: {name: aws}", "service"),
        ("service: abc", "provider"),
        (
            "service: abc\nprovider: {runtime: python3.13}",
            "provider.name",
        ),
    ] {
        let errors = errors(text);
        assert_eq!(
            (errors[0].0, errors[0].1.as_str()),
            (Code::ConfigMissingKey, path),
            "{text}"
        );
    }
    assert_eq!(errors("")[0].0, Code::ConfigBadValue);
    assert_eq!(errors("- a\n- b")[0].0, Code::ConfigBadValue);
    assert_eq!(
        errors("service: abc\nprovider: {name: google}")[0].0,
        Code::NotYetSupported
    );
}

#[test]
fn a_route_can_be_taken_once() {
    let text = format!(
        "{HEAD}functions:\n  a: {{handler: h.a, events: [{{httpApi: GET /x}}]}}\n  b: {{handler: h.b, events: [{{httpApi: {{method: get, path: /x}}}}]}}\n"
    );
    let errors = errors(&text);
    assert_eq!(
        (errors.len(), errors[0].0, errors[0].1.as_str()),
        (1, Code::ConfigConflict, "functions.b.events")
    );
}

#[test]
fn a_schedule_with_a_name_has_one_rate() {
    let text = format!(
        "{HEAD}functions: {{a: {{handler: h.a, events: [{{schedule: {{rate: [rate(1 hour), rate(2 hours)], name: n}}}}]}}}}"
    );
    assert_eq!(errors(&text)[0].0, Code::ConfigConflict);
}

#[test]
fn json_is_read_with_its_places() {
    let text = "{\"service\": \"abc\", \"provider\": {\"name\": \"aws\", \"memorySize\": \"x\", \"apiName\": \"\\ud83d\\ude00\"}}";
    let Err(rejected) = load_named("serverless.json", text, &Options::default()) else {
        panic!("accepted")
    };
    let span = rejected.diagnostics.0[0].span.as_ref().expect("a place");
    assert_eq!(&text[span.start..span.end], "\"x\"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_text_is_answered(text in "([a-z:{}\\[\\], \n$'\"#&*!|>%@`-]|service: |provider: |functions:\n |http: |\\$\\{self:|\\$\\{env:A|é){0,40}") {
        let _ = load_named("serverless.yml", &text, &Options::default());
        let _ = load_named("serverless.json", &text, &Options::default());
    }

    #[test]
    fn any_value_anywhere_is_answered(
        key in prop::sample::select(vec!["provider", "functions", "resources", "package", "custom", "params", "plugins", "service"]),
        inner in prop::sample::select(vec!["iam", "environment", "httpApi", "f", "Resources", "patterns", "default", "deploymentBucket"]),
        value in prop::sample::select(vec!["5", "[]", "{}", "null", "[1, [2]]", "{a: {b: c}}", "true", "'${self:service}'", "'${self:}'", "{handler: 5, events: [5, [6], {http: 7}, {http: {}}, {schedule: {rate: {a: b}}}, {httpApi: {path: [1]}}]}"]),
    ) {
        for text in [format!("{key}: {value}"), format!("service: abc\n{key}: {{{inner}: {value}}}")] {
            let _ = load_named("serverless.yml", &text, &Options::default());
        }
    }
}
