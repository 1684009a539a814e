use serde_json::json;

use super::*;

fn version(service: &Service, code: &str) -> String {
    let template = compile(service, &inputs(code)).expect("it compiles").update;
    let ids = ids(&Value::Object(template.0), "AWS::Lambda::Version");
    assert_eq!(ids.len(), 1);
    assert!(ids[0].chars().all(|c| c.is_ascii_alphanumeric()));
    ids[0].clone()
}

fn deployment(service: &Service, code: &str) -> String {
    let template = compile(service, &inputs(code)).expect("it compiles").update;
    let ids = ids(&Value::Object(template.0), "AWS::ApiGateway::Deployment");
    assert_eq!(ids.len(), 1);
    ids[0].clone()
}

fn shop_with_api() -> Service {
    shop(&[("a", &[http("get", "x")])])
}

/// The service after a change to its one function.
fn changed(change: impl FnOnce(&mut Function)) -> Service {
    let mut service = shop_with_api();
    change(service.functions.get_mut("a").expect("the function"));
    service
}

#[test]
fn a_new_version_is_made_exactly_when_lambda_would_publish_one() {
    let before = version(&shop_with_api(), "code");
    assert_eq!(version(&shop_with_api(), "code"), before);
    assert_ne!(version(&shop_with_api(), "other code"), before);
    for (what, service) in [
        ("memory", changed(|f| f.memory_size = Some(256))),
        ("description", changed(|f| f.description = Some("d".into()))),
        (
            "variables",
            changed(|f| {
                f.environment.insert("A".into(), json!("b"));
            }),
        ),
        (
            "role",
            changed(|f| f.role = Some(json!("arn:aws:iam::1:role/x"))),
        ),
    ] {
        assert_ne!(version(&service, "code"), before, "{what}");
    }
    for (what, service) in [
        (
            "tags",
            changed(|f| {
                f.tags.insert("a".into(), "b".into());
            }),
        ),
        (
            "concurrency",
            changed(|f| f.reserved_concurrency = Some(json!(1))),
        ),
        ("logs", changed(|f| f.log_retention_in_days = Some(7))),
        ("routes", changed(|f| f.events.push(http("post", "x")))),
    ] {
        assert_eq!(version(&service, "code"), before, "{what}");
    }
}

#[test]
fn the_order_in_which_variables_are_written_makes_no_new_version() {
    let with = |names: [&str; 2]| {
        changed(|f| {
            f.environment = names
                .iter()
                .map(|n| ((*n).to_owned(), json!("v")))
                .collect();
        })
    };
    assert_eq!(
        version(&with(["A", "B"]), "c"),
        version(&with(["B", "A"]), "c")
    );
}

#[test]
fn no_version_is_published_where_the_user_wants_none() {
    let mut service = changed(|f| f.version_function = Some(false));
    assert_eq!(
        ids(&stack(&service), "AWS::Lambda::Version"),
        Vec::<String>::new()
    );
    service = shop_with_api();
    service.provider.version_functions = Some(false);
    assert_eq!(
        ids(&stack(&service), "AWS::Lambda::Version"),
        Vec::<String>::new()
    );
    service = changed(|f| f.version_function = Some(true));
    service.provider.version_functions = Some(false);
    assert_eq!(ids(&stack(&service), "AWS::Lambda::Version").len(), 1);
}

#[test]
fn an_unchanged_api_is_not_deployed_again() {
    let before = deployment(&shop_with_api(), "code");
    assert_eq!(deployment(&shop_with_api(), "other code"), before);
    for (what, service) in [
        ("memory", changed(|f| f.memory_size = Some(256))),
        ("schedule", changed(|f| f.events.push(schedule(|_| {})))),
        (
            "route of another API",
            changed(|f| f.events.push(http_api("GET", "/x"))),
        ),
    ] {
        assert_eq!(deployment(&service, "code"), before, "{what}");
    }
}

#[test]
fn a_changed_api_is_deployed_again() {
    let before = deployment(&shop_with_api(), "code");
    let mut overridden = shop_with_api();
    overridden.resources.sections.insert(
        "Resources".into(),
        json!({ "ApiGatewayMethodXGet": { "Properties": { "ApiKeyRequired": true } } }),
    );
    let mut extended = shop_with_api();
    extended.resources.extensions.insert(
        "ApiGatewayRestApi".into(),
        json!({ "Properties": { "Name": "other" } }),
    );
    let mut described = shop_with_api();
    described.provider.api_gateway.description = Some("d".into());
    for (what, service) in [
        ("method", changed(|f| f.events.push(http("post", "x")))),
        (
            "integration",
            changed(|f| {
                f.events = vec![http_with("get", "x", |e| e.asynchronous = true)];
            }),
        ),
        // The function is replaced, and with it the address in the snapshot.
        (
            "name of the function",
            changed(|f| f.name = Some("other".into())),
        ),
        ("the user's override", overridden),
        ("the user's extension", extended),
        ("description", described),
    ] {
        assert_ne!(deployment(&service, "code"), before, "{what}");
    }
}

#[test]
fn what_the_api_refers_to_belongs_to_it() {
    let with_pool = |name: &str| {
        let mut service = shop_with_api();
        service.resources.sections.insert(
            "Resources".into(),
            json!({
                "Pool": { "Type": "AWS::Cognito::UserPool", "Properties": { "UserPoolName": name } },
                "Other": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": name } },
                "Guard": {
                    "Type": "AWS::ApiGateway::Authorizer",
                    "Properties": { "ProviderARNs": [{ "Fn::Sub": "${Pool.Arn}" }] }
                }
            }),
        );
        service
    };
    let before = deployment(&with_pool("one"), "code");
    assert_ne!(deployment(&with_pool("two"), "code"), before);
    let mut unrelated = with_pool("one");
    let other = unrelated.resources.sections["Resources"]
        .pointer_mut("/Other/Properties/TopicName")
        .expect("the topic");
    *other = json!("renamed");
    assert_eq!(deployment(&unrelated, "code"), before);
}
