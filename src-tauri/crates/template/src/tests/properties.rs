//! What holds of every service.

use std::collections::BTreeSet;

use pilothouse_service::types::{Cors, HttpApiCors, HttpAuthorizer, Integration, RequestParameter};
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn http_event() -> impl Strategy<Value = Event> {
    let path = prop::sample::select(vec![
        "", "a", "a/b", "a/{id}", "{proxy+}", "a-b/c_d", "Foo/x.y",
    ]);
    let method = prop::sample::select(vec!["get", "post", "any", "options"]);
    (path, method, any::<[bool; 6]>()).prop_map(|(path, method, on)| {
        http_with(method, path, |event| {
            event.cors = on[0].then(Cors::default);
            event.integration = [Integration::LambdaProxy, Integration::Lambda][usize::from(on[1])];
            event.authorizer = on[2].then_some(HttpAuthorizer::AwsIam);
            event.asynchronous = on[3];
            event.private = on[4];
            if on[5] {
                let rule = RequestParameter {
                    required: true,
                    mapped_value: None,
                };
                event
                    .request
                    .parameters
                    .insert("method.request.querystring.q".into(), rule);
            }
        })
    })
}

fn event() -> impl Strategy<Value = Event> {
    let route = (
        prop::sample::select(vec!["GET", "POST", "*"]),
        prop::sample::select(vec!["/x", "/x/{id}", "/{proxy+}", "*"]),
    );
    prop_oneof![
        http_event(),
        route.prop_map(|(method, path)| http_api(method, path)),
        (1..3_usize, any::<bool>()).prop_map(|(count, scheduler)| schedule(|event| {
            event.rates = vec!["rate(1 hour)".into(); count];
            event.scheduler = scheduler;
        })),
    ]
}

fn function() -> impl Strategy<Value = Function> {
    let role = prop::sample::select(vec![None, Some("arn:aws:iam::1:role/x"), Some("Own")]);
    (
        prop::collection::vec(event(), 0..4),
        role,
        any::<[bool; 5]>(),
    )
        .prop_map(|(events, role, on)| Function {
            handler: "app.main".into(),
            events,
            role: role.map(Value::from),
            disable_logs: on[0],
            version_function: on[1].then_some(on[2]),
            depends_on: on[3].then(|| "Topic".to_owned()).into_iter().collect(),
            name: on[4].then(|| "custom".to_owned()),
            ..Function::default()
        })
}

fn service() -> impl Strategy<Value = Service> {
    let key = prop::sample::select(vec!["a", "b", "hello-world", "hello_world", "FooBar", "x1"]);
    (
        prop::collection::btree_map(key, function(), 0..5),
        any::<[bool; 5]>(),
    )
        .prop_map(|(functions, on)| {
            let mut service = shop(&[]);
            service.functions = functions
                .into_iter()
                .map(|(k, f)| (k.to_owned(), f))
                .collect();
            let provider = &mut service.provider;
            provider.deployment_bucket.name = on[0].then(|| "bucket".to_owned());
            provider.deployment_bucket.skip_policy_setup = on[1];
            provider.http_api.cors = on[2].then_some(HttpApiCors::Defaults);
            provider.iam_role = on[3].then(|| json!("Own"));
            if on[4] {
                provider.tags.insert("k".into(), "v".into());
            }
            let own = json!({
                "Topic": { "Type": "AWS::SNS::Topic" },
                "Own": { "Type": "AWS::IAM::Role", "Properties": {} }
            });
            service.resources.sections.insert("Resources".into(), own);
            service
        })
}

/// The names that a template refers to, wherever they stand.
fn mentioned(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| mentioned(item, names)),
        Value::Object(map) => {
            for (key, item) in map {
                let first = item.get(0).unwrap_or(item);
                let text = first.as_str().unwrap_or_default();
                match key.as_str() {
                    "Ref" | "Fn::GetAtt" => {
                        names.insert(text.to_owned());
                    }
                    "DependsOn" => {
                        let all = item.as_array().cloned().unwrap_or_default();
                        names.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    "Fn::Sub" => names.extend(
                        text.split("${")
                            .skip(1)
                            .filter_map(|rest| rest.split('}').next())
                            .map(str::to_owned),
                    ),
                    _ => {}
                }
                mentioned(item, names);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn compiling_twice_gives_the_same_bytes(service in service()) {
        let text = || {
            compile(&service, &inputs("code")).map(|templates| {
                (templates.create.map(|t| t.to_json()), templates.update.to_json())
            })
        };
        prop_assert_eq!(text(), text());
    }

    #[test]
    fn every_name_that_a_template_refers_to_is_in_it(service in service()) {
        let Ok(templates) = compile(&service, &inputs("code")) else {
            return Ok(());
        };
        for template in templates.create.into_iter().chain([templates.update]) {
            let resources = template.section("Resources").cloned().unwrap_or_default();
            let mut names = BTreeSet::new();
            mentioned(&Value::Object(template.0), &mut names);
            for name in names.iter().filter(|name| !name.starts_with("AWS::")) {
                prop_assert!(resources.contains_key(name), "{} is missing", name);
            }
        }
    }

    #[test]
    fn another_moment_changes_nothing_but_where_the_code_lies(
        service in service(),
        millis in 0..4_102_444_800_000_u64,
    ) {
        let earlier = inputs("code");
        let later = CompileInputs { instance_millis: millis, ..earlier.clone() };
        let text = |inputs: &CompileInputs| compile(&service, inputs).map(|templates| {
            let folder = crate::release_folder(&service, inputs.instance_millis);
            templates.update.to_json().replace(&folder, "FOLDER")
        });
        prop_assert_eq!(text(&earlier), text(&later));
    }

    #[test]
    fn a_service_is_refused_only_for_what_the_strategy_makes_wrong(service in service()) {
        if let Err(found) = compile(&service, &inputs("code")) {
            for diagnostic in found.0.iter().filter(|d| d.severity == pilothouse_model::Severity::Error) {
                prop_assert!(diagnostic.message.starts_with("duplicate route"), "{:?}", diagnostic);
            }
        }
    }
}
