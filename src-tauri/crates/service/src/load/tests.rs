use pilothouse_model::{Code, Severity, SourceId};
use proptest::prelude::*;
use serde_json::json;

use super::{Loaded, Options, Rejected, Request, Step, load};
use crate::lookup::{Answer, Answers, Lookup};

mod esbuild;
mod fixes;
mod forms;
mod gateways;
mod images;
mod messages;
mod nested_stacks;
mod plugins;
mod python;
mod rest;
mod rules;
mod secrets;
mod stack;
mod synced;

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
fn a_provider_may_be_its_name_alone() {
    let loaded = service(
        "service: abc\nprovider: aws\nfunctions: [{f: {handler: h.f}}, {g: {handler: h.g}}]",
    );
    assert_eq!(loaded.warnings.0, []);
    assert_eq!(loaded.service.functions.len(), 2);
}

#[test]
fn what_has_no_effect_is_told() {
    let loaded = service(
        "service: abc\napp: a\nframeworkVersion: '4'\nprovider: {name: aws, deploymentMethod: direct}",
    );
    let paths: Vec<_> = loaded
        .warnings
        .0
        .iter()
        .filter_map(|w| w.path.as_deref())
        .collect();
    assert_eq!(
        paths,
        ["app", "frameworkVersion", "provider.deploymentMethod"]
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
    let text = "service: {name: x}\nprovider:\n  name: aws\n  deploymentBucket: {sseCustomerKey: b}\n  memorySize: lots\n  environment: {Ä: '${self:none}'}\nfunctions:\n  f: {timeout: 3}\n  g: {handler: h.g, events: [{sqs: q}, {http: {path: a, method: get, authorizer: mine}}]}\n";
    assert_eq!(
        errors(text),
        [
            (Code::ConfigBadValue, "service".into(), "{name: x}".into()),
            (
                Code::NotYetSupported,
                "provider.deploymentBucket.sseCustomerKey".into(),
                "sseCustomerKey".into()
            ),
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
                Code::ConfigBadValue,
                "functions.g.events.0.sqs".into(),
                "q".into()
            ),
            (
                Code::ConfigConflict,
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
fn what_is_not_supported_is_named_once_and_as_exactly_as_can_be() {
    let text = format!(
        "{HEAD}  deploymentBucket:\n    name: bucket\n    sseCustomerKey: k\nfunctions:\n  f: {{handler: h.f}}\n"
    );
    let found: Vec<_> = errors(&text).into_iter().map(|e| (e.0, e.2)).collect();
    assert_eq!(found, [(Code::NotYetSupported, "sseCustomerKey".into())]);
}

#[test]
fn a_route_can_be_taken_once() {
    let text = format!(
        "{HEAD}functions:\n  a: {{handler: h.a, events: [{{httpApi: GET /x}}]}}\n  b: {{handler: h.b, events: [{{httpApi: {{method: get, path: /x}}}}]}}\n"
    );
    let errors = errors(&text);
    assert_eq!(
        (errors.len(), errors[0].0, errors[0].1.as_str()),
        (1, Code::ConfigConflict, "functions.b.events.0.httpApi")
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

#[test]
fn a_file_of_nothing_but_faults_is_answered_with_the_first_of_them() {
    let unknown: String = (0..50_000).map(|at| format!("nonsense{at}: 1\n")).collect();
    let text = format!("service: abc\nconfigValidationMode: error\nprovider: aws\n{unknown}");
    assert_eq!(errors(&text).len(), 500);
    let keys: String = (0..20_000).map(|at| format!("  k{at}: 1\n")).collect();
    let missing: String = (0..20_000)
        .map(|at| format!("m{at}: ${{self:custom.x{at}}}\n"))
        .collect();
    let found = errors(&format!(
        "service: abc\nprovider: aws\ncustom:\n{keys}{missing}"
    ));
    assert_eq!(
        found
            .iter()
            .filter(|e| e.0 == Code::VariableMissing)
            .count(),
        200
    );
    let functions: String = (0..20_000)
        .map(|at| format!("  f{at}: {{timeout: x}}\n"))
        .collect();
    let text = format!("service: abc\nprovider: aws\nfunctions:\n{functions}");
    assert!(errors(&text).len() <= 1_000);
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
