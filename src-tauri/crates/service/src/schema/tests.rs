use pilothouse_model::{Code, Severity, SourceId};
use serde_json::{Value, json};

use super::{Key, SERVICE, Shape, Status, check};
use crate::document::{Syntax, read};

/// What is said of a text, and what becomes of it.
fn checked(text: &str) -> (Vec<(Severity, Code, String)>, Value) {
    let mut document = read(&SourceId::new("serverless.yml"), text, Syntax::Yaml).expect("YAML");
    let found = check(&mut document)
        .into_iter()
        .map(|found| (found.severity, found.code, found.path.unwrap_or_default()))
        .collect();
    (found, document.to_json())
}

const BASE: &str = "service: my-service\nprovider: {name: aws, runtime: python3.13}\n";

fn found(text: &str) -> Vec<(Severity, Code, String)> {
    checked(&format!("{BASE}{text}")).0
}

fn codes(text: &str) -> Vec<(Code, String)> {
    found(text).into_iter().map(|f| (f.1, f.2)).collect()
}

fn each_key(keys: &'static [Key], path: &str, act: &mut dyn FnMut(&Key, &str)) {
    for key in keys {
        let here = format!("{path}.{}", key.name);
        act(key, &here);
        each_shape(&key.shape, &here, act);
    }
}

fn each_shape(shape: &Shape, path: &str, act: &mut dyn FnMut(&Key, &str)) {
    match shape {
        Shape::Keys(keys, required) => {
            for name in required
                .iter()
                .flat_map(|rule| super::required::names(rule))
            {
                assert!(
                    keys.iter().any(|key| key.name == name),
                    "{path}: {name} is required but no key"
                );
            }
            each_key(keys, path, act);
        }
        Shape::Event(keys) => each_key(keys, path, act),
        Shape::List(shape) | Shape::Named(shape) | Shape::NamedBy(_, shape) => {
            each_shape(shape, path, act)
        }
        Shape::Either(shapes) => shapes.iter().for_each(|shape| each_shape(shape, path, act)),
        _ => {}
    }
}

#[test]
fn the_table_names_each_key_once_and_says_what_it_is_for() {
    let mut known = std::collections::BTreeMap::new();
    each_key(SERVICE, "", &mut |key, path| {
        assert!(
            !key.doc.is_empty() && !key.doc.ends_with('.'),
            "{path}: {:?}",
            key.doc
        );
        // One table may stand in several forms of a value.
        let other = known.insert(path.to_owned(), key.doc);
        assert!(
            other.is_none_or(|doc| doc == key.doc),
            "{path} stands twice"
        );
    });
    assert!(
        known.contains_key(".functions.events.http.cors.origin"),
        "the walk reaches the leaves"
    );
}

#[test]
fn every_top_provider_function_and_event_key_of_the_peer_is_in_the_table() {
    // Names read from the schema of Serverless 3.40.
    let peer = [
        (
            ".",
            "configValidationMode console custom dashboard deprecationNotificationMode disabledDeprecations frameworkVersion functions layers org app outputs package params plugins projectDir provider resources service useDotenv variablesResolutionMode",
        ),
        (
            ".provider.",
            "alb apiGateway apiName architecture cfnRole cloudFront deploymentBucket deploymentMethod deploymentPrefix disableRollback ecr endpointType environment eventBridge httpApi iam iamManagedPolicies iamRoleStatements kinesis kmsKeyArn lambdaHashingVersion layers logDataProtectionPolicy logRetentionInDays logs memorySize name notificationArns profile region role rolePermissionsBoundary rollbackConfiguration runtime runtimeManagement s3 stackName stackParameters stackPolicy stackTags stage tags timeout tracing versionFunctions vpc vpcEndpointIds websocket websocketsApiName websocketsApiRouteSelectionExpression websocketsDescription",
        ),
        (
            ".functions.",
            "architecture awsKmsKeyArn condition dependsOn description destinations disableLogs environment ephemeralStorageSize events fileSystemConfig handler httpApi image kmsKeyArn layers logDataProtectionPolicy logRetentionInDays maximumEventAge maximumRetryAttempts memorySize name onError package provisionedConcurrency reservedConcurrency role runtime runtimeManagement snapStart tags timeout tracing url versionFunction vpc",
        ),
        (
            ".functions.events.",
            "activemq alb alexaSkill alexaSmartHome cloudFront cloudwatchEvent cloudwatchLog cognitoUserPool eventBridge http httpApi iot iotFleetProvisioning kafka msk rabbitmq s3 schedule sns sqs stream websocket",
        ),
        (
            ".functions.events.http.",
            "async authorizer connectionId connectionType cors integration method operationId path private request response",
        ),
        (
            ".functions.events.schedule.",
            "description enabled input inputPath inputTransformer method name rate timezone",
        ),
        (
            ".provider.apiGateway.",
            "apiKeySourceType apiKeys binaryMediaTypes description disableDefaultEndpoint metrics minimumCompressionSize request resourcePolicy restApiId restApiResources restApiRootResourceId shouldStartNameWithService stage usagePlan websocketApiId",
        ),
        (
            ".provider.httpApi.",
            "authorizers cors disableDefaultEndpoint id metrics name payload shouldStartNameWithService useProviderTags",
        ),
    ];
    let mut known = std::collections::BTreeSet::new();
    each_key(SERVICE, "", &mut |_, path| {
        known.insert(path.to_owned());
    });
    for (path, names) in peer {
        for name in names.split_whitespace() {
            assert!(known.contains(&format!("{path}{name}")), "{path}{name}");
        }
    }
}

#[test]
fn a_key_that_is_refused_is_an_error_that_names_it_however_lenient_the_file_is() {
    each_key(SERVICE, "", &mut |key, path| {
        if matches!(key.status, Status::Refused(..))
            && path.matches('.').count() == 2
            && path.starts_with(".provider.")
        {
            let text = format!(
                "service: abc\nconfigValidationMode: off\nprovider: {{name: aws, {}: x}}",
                key.name
            );
            let wanted = (
                Severity::Error,
                Code::NotYetSupported,
                format!("provider.{}", key.name),
            );
            assert!(checked(&text).0.contains(&wanted), "{path}");
        }
    });
    assert_eq!(
        found("layers: {}\nplugins: []"),
        [],
        "nothing in them is nothing left out"
    );
}

#[test]
fn an_unknown_key_weighs_what_the_file_says() {
    for (mode, severity) in [
        ("", Some(Severity::Warning)),
        ("warn", Some(Severity::Warning)),
        ("error", Some(Severity::Error)),
        ("off", None),
    ] {
        let mode = if mode.is_empty() {
            String::new()
        } else {
            format!("configValidationMode: {mode}\n")
        };
        let text = format!("{mode}functions: {{f: {{handler: a.b, memory: 1, timeout: 5000}}}}");
        let wanted: Vec<_> = severity
            .into_iter()
            .flat_map(|severity| {
                [
                    (
                        severity,
                        Code::ConfigUnknownKey,
                        "functions.f.memory".to_owned(),
                    ),
                    (
                        severity,
                        Code::ConfigBadValue,
                        "functions.f.timeout".to_owned(),
                    ),
                ]
            })
            .collect();
        assert_eq!(found(&text), wanted, "{mode}");
    }
}

#[test]
fn values_take_the_type_that_is_wanted_as_in_the_peer() {
    let (found, value) = checked(
        "service: abc\nprovider: {name: aws, memorySize: '512', versionFunctions: 'false', environment: {A: 1, B: true, C: null, D: [x]}, tags: {t: 5}}\n\
         functions: {f: {handler: h.f, dependsOn: A, events: {http: GET /a}}}\nresources: {Transform: T, Resources: {X: {Type: T, DependsOn: Y}}}",
    );
    assert_eq!(
        found,
        [(
            Severity::Warning,
            Code::ConfigBadValue,
            "functions.f.events".into()
        )]
    );
    assert_eq!(value["provider"]["memorySize"], 512);
    assert_eq!(value["provider"]["versionFunctions"], false);
    assert_eq!(
        value["provider"]["environment"],
        json!({"A": "1", "B": "true", "C": null, "D": "x"})
    );
    assert_eq!(value["provider"]["tags"]["t"], "5");
    assert_eq!(value["functions"]["f"]["dependsOn"], json!(["A"]));
    assert_eq!(
        value["resources"],
        json!({"Transform": ["T"], "Resources": {"X": {"Type": "T", "DependsOn": ["Y"]}}})
    );
}

#[test]
fn a_list_where_a_text_or_a_list_may_stand_stays_a_list() {
    let text = format!("{BASE}functions: {{}}\n").replace(
        "runtime: python3.13",
        "iam: {role: {statements: [{Effect: Allow, Action: 'a:b', Resource: ['*']}]}}",
    );
    let (found, value) = checked(&text);
    assert_eq!(found, []);
    assert_eq!(
        value["provider"]["iam"]["role"]["statements"],
        json!([{"Effect": "Allow", "Action": ["a:b"], "Resource": ["*"]}])
    );
}

#[test]
fn bad_values_are_told_at_their_path() {
    let bad = |path: &str| vec![(Code::ConfigBadValue, path.to_owned())];
    for (text, path) in [
        (
            "functions: {f: {handler: h.f, memorySize: 64}}",
            "functions.f.memorySize",
        ),
        (
            "functions: {f: {handler: h.f, memorySize: lots}}",
            "functions.f.memorySize",
        ),
        (
            "functions: {f: {handler: h.f, runtime: python9.9}}",
            "functions.f.runtime",
        ),
        (
            "functions: {f: {handler: h.f, logRetentionInDays: 2}}",
            "functions.f.logRetentionInDays",
        ),
        (
            "functions: {f: {handler: h.f, environment: {A: [1, 2]}}}",
            "functions.f.environment.A",
        ),
        (
            "functions: {f: {handler: h.f, environment: {1A: x}}}",
            "functions.f.environment.1A",
        ),
        ("functions: {f g: {handler: h.f}}", "functions.f g"),
        (
            "functions: {f: {handler: h.f, events: [{http: {path: a, method: FETCH}}]}}",
            "functions.f.events.0.http.method",
        ),
        (
            "functions: {f: {handler: h.f, events: [{http: FETCH /a}]}}",
            "functions.f.events.0.http",
        ),
        (
            "functions: {f: {handler: h.f, events: [{schedule: every 10 minutes}]}}",
            "functions.f.events.0.schedule",
        ),
        (
            "functions: {f: {handler: h.f, events: [{schedule: {rate: [rate(1 hours)]}}]}}",
            "functions.f.events.0.schedule.rate.0",
        ),
        (
            "functions: {f: {handler: h.f, events: [{httpApi: GET x}]}}",
            "functions.f.events.0.httpApi",
        ),
        (
            "functions: {f: {handler: h.f, events: [{http: GET /a, cors: true}]}}",
            "functions.f.events.0",
        ),
        ("disabledDeprecations: [lower]", "disabledDeprecations.0"),
    ] {
        let mut codes = codes(text);
        codes.retain(|found| found.0 == Code::ConfigBadValue);
        assert_eq!(codes, bad(path), "{text}");
    }
}

#[test]
fn schedules_follow_awss_grammar() {
    for good in [
        "rate(1 minute)",
        "rate(2 hours)",
        "rate(10 days)",
        "cron(0 12 * * ? *)",
    ] {
        assert!((super::rule::SCHEDULE.holds)(good), "{good}");
    }
    for bad in [
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(x hours)",
        "cron(0 12 * * ?)",
        "cron(0  12 * * ? *)",
        "rate(5 minutes",
        "",
    ] {
        assert!(!(super::rule::SCHEDULE.holds)(bad), "{bad}");
    }
}

#[test]
fn old_spellings_are_told_unless_silenced() {
    let old = "package: {exclude: [a], include: [b]}\n";
    let warned = |path: &str| (Severity::Warning, Code::ConfigDeprecated, path.to_owned());
    assert_eq!(
        found(old),
        [warned("package.exclude"), warned("package.include")]
    );
    assert_eq!(
        found(&format!("{old}disabledDeprecations: [PACKAGE_PATTERNS]")),
        []
    );
    assert_eq!(found(&format!("{old}disabledDeprecations: '*'")), []);
    assert!(
        found(&format!("{old}deprecationNotificationMode: error"))
            .iter()
            .all(|f| f.0 == Severity::Error)
    );
}

#[test]
fn what_is_missing_is_told_with_its_path() {
    assert_eq!(
        codes(
            "functions: {f: {handler: h.f, events: [{http: {path: a}}, {schedule: {enabled: true}}]}}"
        ),
        [
            (
                Code::ConfigMissingKey,
                "functions.f.events.0.http.method".into()
            ),
            (
                Code::ConfigMissingKey,
                "functions.f.events.1.schedule.rate".into()
            ),
        ]
    );
}

#[test]
fn a_key_that_serverless_ignores_is_told_with_the_reason() {
    let found = found(
        "configValidationMode: error\nfunctions: {f: {handler: h.f, events: [{http: {path: a, method: get, timeoutInMillis: 5}}]}}",
    );
    assert_eq!(
        found,
        [(
            Severity::Error,
            Code::ConfigUnknownKey,
            "functions.f.events.0.http.timeoutInMillis".to_owned()
        )]
    );
}

#[test]
fn what_several_keys_must_have_between_them_is_said_once() {
    let of = |rest: &str| {
        let text = format!(
            "service: abc\nconfigValidationMode: error\nprovider: {{name: aws, {rest}}}\nfunctions: {{}}\n"
        );
        let source = SourceId::new("serverless.yml");
        check(&mut read(&source, &text, Syntax::Yaml).expect("YAML"))
    };
    for (rest, path, said) in [
        (
            "iamRoleStatements: [{Effect: Allow, Resource: '*'}]",
            "provider.iamRoleStatements.0.Action",
            "`provider.iamRoleStatements.0` has none of `Action`, `NotAction`",
        ),
        (
            "iamRoleStatements: [{Effect: Allow, Action: a, NotAction: b, Resource: '*'}]",
            "provider.iamRoleStatements.0.Action",
            "of `Action`, `NotAction` only one may stand in `provider.iamRoleStatements.0`",
        ),
        (
            "s3: {b: {replicationConfiguration: {Role: 'arn:a', Rules: [{Status: Enabled, Destination: {Bucket: 'arn:b', AccessControlTranslation: {Owner: Destination}}}]}}}",
            "provider.s3.b.replicationConfiguration.Rules.0.Destination.Account",
            "`provider.s3.b.replicationConfiguration.Rules.0.Destination` has `AccessControlTranslation` and no `Account`",
        ),
        (
            "vpc: {securityGroupIds: {Ref: A}, subnetIds: [a]}",
            "provider.vpc.securityGroupIds",
            "`provider.vpc.securityGroupIds` must be `Fn::Split` or `Fn::FindInMap`, not a mapping",
        ),
    ] {
        let found = of(rest);
        assert!(
            found
                .iter()
                .any(|one| one.path.as_deref() == Some(path) && one.message == said),
            "{rest}: {found:?}"
        );
    }
}

#[test]
fn names_of_rules_resources_of_statements_and_inputs_are_held_to_what_serverless_takes() {
    let of = |rest: &str| {
        let text = format!("service: abc\nconfigValidationMode: error\n{rest}");
        let source = SourceId::new("serverless.yml");
        let found = check(&mut read(&source, &text, Syntax::Yaml).expect("YAML"));
        let paths = found.into_iter().filter_map(|one| one.path);
        paths.filter(|path| path.contains('.')).collect::<Vec<_>>()
    };
    let event = |event: &str| {
        of(&format!(
            "functions: {{f: {{handler: h.f, events: [{event}]}}}}"
        ))
    };
    let rule = |name: &str| {
        event(&format!(
            "{{cloudwatchEvent: {{event: {{}}, name: '{name}'}}}}"
        ))
    };
    assert_eq!(rule("a rule!"), Vec::<String>::new());
    let wrong = ["functions.f.events.0.cloudwatchEvent.name"];
    assert_eq!(rule("!!!"), wrong);
    assert_eq!(rule(""), wrong);
    assert_eq!(rule(&"a".repeat(65)), wrong);
    let input = |input: &str| {
        event(&format!(
            "{{eventBridge: {{schedule: rate(1 day), input: {input}}}}}"
        ))
    };
    assert_eq!(input("{a: 1}"), Vec::<String>::new());
    for text in ["5", "text"] {
        assert_eq!(input(text), ["functions.f.events.0.eventBridge.input"]);
    }
    let said = |resource: &str| format!("[{{Effect: Allow, Action: 'a:b', Resource: {resource}}}]");
    let role = |resource: &str| {
        let said = said(resource);
        of(&format!(
            "provider: {{name: aws, iam: {{role: {{statements: {said}}}}}}}"
        ))
    };
    let api = |resource: &str| {
        let said = said(resource);
        of(&format!(
            "provider: {{name: aws, apiGateway: {{resourcePolicy: {said}}}}}"
        ))
    };
    for good in [
        "'*'",
        "'arn:aws:s3:::b/*'",
        "a/b*",
        "[a, 'arn:x', {Ref: B}]",
        "[]",
    ] {
        assert_eq!(role(good), Vec::<String>::new(), "{good}");
    }
    for bad in ["''", "'a b'", "'execute-api:/*'", "['']"] {
        assert_ne!(role(bad), Vec::<String>::new(), "{bad}");
    }
    assert_eq!(api("'execute-api:/*'"), Vec::<String>::new());
    assert_ne!(api("a"), Vec::<String>::new());
}
