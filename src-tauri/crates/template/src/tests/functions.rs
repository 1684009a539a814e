use pilothouse_service::types::Function;
use serde_json::{Value, json};

use super::*;

fn change(service: &mut Service, key: &str, change: impl FnOnce(&mut Function)) {
    change(service.functions.get_mut(key).expect("the function"));
}

#[test]
fn a_stack_is_created_with_the_bucket_alone_and_exports_nothing_yet() {
    let create = Value::Object(compiled(&shop(&[("a", &[])])).create.expect("one").0);
    let ids: Vec<_> = create["Resources"]
        .as_object()
        .expect("it")
        .keys()
        .collect();
    assert_eq!(
        ids,
        [
            "ServerlessDeploymentBucket",
            "ServerlessDeploymentBucketPolicy"
        ]
    );
    assert_eq!(
        create["Outputs"],
        json!({ "ServerlessDeploymentBucketName": { "Value": { "Ref": "ServerlessDeploymentBucket" } } })
    );
}

#[test]
fn a_bucket_that_exists_is_not_made() {
    let mut service = shop(&[("a", &[])]);
    service.provider.deployment_bucket.name = Some("mine".into());
    let templates = compiled(&service);
    assert_eq!(templates.create, None);
    let update = Value::Object(templates.update.0);
    assert_eq!(ids(&update, "AWS::S3::Bucket"), Vec::<String>::new());
    assert_eq!(ids(&update, "AWS::S3::BucketPolicy"), Vec::<String>::new());
    assert_eq!(
        update["Resources"]["ALambdaFunction"]["Properties"]["Code"]["S3Bucket"],
        "mine"
    );
    assert_eq!(
        update["Outputs"]["ServerlessDeploymentBucketName"]["Value"],
        "mine"
    );
}

#[test]
fn a_function_has_serverless_defaults() {
    assert_eq!(
        resource(&shop(&[("hello", &[])]), "HelloLambdaFunction"),
        json!({
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Code": {
                    "S3Bucket": { "Ref": "ServerlessDeploymentBucket" },
                    "S3Key": "serverless/shop/dev/1795406820310-2026-11-23T04:07:00.310Z/shop.zip"
                },
                "Handler": "app.main",
                "Runtime": "python3.13",
                "FunctionName": "shop-dev-hello",
                "MemorySize": 1024,
                "Timeout": 6,
                "Role": { "Fn::GetAtt": ["IamRoleLambdaExecution", "Arn"] }
            },
            "DependsOn": ["HelloLogGroup"]
        })
    );
}

#[test]
fn variables_are_texts_the_function_wins_and_null_unsets() {
    let mut service = shop(&[("a", &[])]);
    service.provider.environment = IndexMap::from([
        ("KEEP".into(), json!(1)),
        ("OVER".into(), json!("provider")),
        ("GONE".into(), json!("x")),
        ("REF".into(), json!({ "Ref": "AWS::Region" })),
    ]);
    change(&mut service, "a", |a| {
        a.environment = IndexMap::from([
            ("OVER".into(), json!(true)),
            ("GONE".into(), Value::Null),
            ("HALF".into(), json!(1.5)),
        ]);
    });
    assert_eq!(
        resource(&service, "ALambdaFunction/Properties/Environment/Variables"),
        json!({ "KEEP": "1", "OVER": "true", "REF": { "Ref": "AWS::Region" }, "HALF": "1.5" })
    );
}

#[test]
fn a_role_is_an_arn_a_logical_id_or_an_intrinsic() {
    let get = json!({ "Fn::GetAtt": ["R", "Arn"] });
    for (written, role, after) in [
        (
            json!("arn:aws:iam::123:role/x"),
            json!("arn:aws:iam::123:role/x"),
            json!(["ALogGroup"]),
        ),
        (json!("R"), get.clone(), json!(["ALogGroup", "R"])),
        (get.clone(), get.clone(), json!(["ALogGroup", "R"])),
        (
            json!({ "Fn::GetAtt": "R.Arn" }),
            json!({ "Fn::GetAtt": "R.Arn" }),
            json!(["ALogGroup", "R"]),
        ),
        (
            json!({ "Fn::ImportValue": "q" }),
            json!({ "Fn::ImportValue": "q" }),
            json!(["ALogGroup"]),
        ),
        (
            json!("IamRoleLambdaExecution"),
            json!({ "Fn::GetAtt": ["IamRoleLambdaExecution", "Arn"] }),
            json!(["ALogGroup"]),
        ),
    ] {
        let mut service = shop(&[("a", &[])]);
        change(&mut service, "a", |a| a.role = Some(written.clone()));
        assert_eq!(
            resource(&service, "ALambdaFunction/Properties/Role"),
            role,
            "{written}"
        );
        assert_eq!(
            resource(&service, "ALambdaFunction/DependsOn"),
            after,
            "{written}"
        );
    }
}

#[test]
fn the_execution_role_is_made_only_when_a_function_needs_it() {
    let made = |service: &Service| !resource(service, "IamRoleLambdaExecution").is_null();
    let mut service = shop(&[("a", &[]), ("b", &[])]);
    assert!(!made(&shop(&[])));
    assert!(made(&service));
    change(&mut service, "a", |a| {
        a.role = Some(json!("arn:aws:iam::1:role/x"))
    });
    assert!(made(&service));
    change(&mut service, "b", |b| {
        b.role = Some(json!("arn:aws:iam::1:role/x"))
    });
    assert!(!made(&service));
    let mut service = shop(&[("a", &[])]);
    service.provider.iam_role = Some(json!("arn:aws:iam::1:role/x"));
    assert!(!made(&service));
}

#[test]
fn functions_may_write_their_own_logs_and_no_others() {
    let arn = |tail: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/{tail}") });
    let mut service = shop(&[
        ("plain", &[]),
        ("silent", &[]),
        ("named", &[]),
        ("mute", &[]),
    ]);
    change(&mut service, "silent", |f| f.disable_logs = true);
    change(&mut service, "named", |f| f.name = Some("own".into()));
    change(&mut service, "mute", |f| {
        f.name = Some("mute".into());
        f.disable_logs = true;
    });
    let statements = "IamRoleLambdaExecution/Properties/Policies/0/PolicyDocument/Statement";
    assert_eq!(
        resource(&service, statements),
        json!([
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:CreateLogGroup", "logs:TagResource"],
                "Resource": [arn("own:*"), arn("shop-dev*:*")]
            },
            {
                "Effect": "Allow",
                "Action": ["logs:PutLogEvents"],
                "Resource": [arn("own:*:*"), arn("shop-dev*:*:*")]
            },
            { "Effect": "Deny", "Action": "logs:PutLogEvents", "Resource": [arn("shop-dev-silent:*")] }
        ])
    );
    assert!(resource(&service, "SilentLogGroup").is_null());
    assert!(resource(&service, "SilentLambdaFunction/DependsOn").is_null());
}

#[test]
fn a_role_without_anything_to_allow_has_no_empty_policy() {
    // IAM refuses a statement without resources and a policy without statements.
    let mut service = shop(&[("a", &[])]);
    change(&mut service, "a", |a| a.disable_logs = true);
    let role = resource(&service, "IamRoleLambdaExecution/Properties");
    assert!(role.is_object());
    assert_eq!(role.get("Policies"), None);
}

#[test]
fn functions_packed_by_themselves_have_their_own_archive() {
    let service = shop(&[("a", &[]), ("b", &[])]);
    let mut inputs = inputs("shared");
    let own = Archive {
        file_name: "b.zip".into(),
        digest: Digest::of(b"own"),
    };
    inputs.archives.functions.insert("b".into(), own);
    let template = Value::Object(compile(&service, &inputs).expect("it").update.0);
    let key = |id: &str| template["Resources"][id]["Properties"]["Code"]["S3Key"].clone();
    assert!(
        key("ALambdaFunction")
            .as_str()
            .expect("a key")
            .ends_with("/shop.zip")
    );
    assert!(
        key("BLambdaFunction")
            .as_str()
            .expect("a key")
            .ends_with("/b.zip")
    );

    inputs.archives.service = None;
    let refused = compile(&service, &inputs).expect_err("`a` has no code");
    assert!(refused.0[0].message.contains("`a`"), "{refused:?}");
}

#[test]
fn two_functions_with_one_name_in_the_template_are_refused() {
    let messages = refusals(&shop(&[("a-b", &[]), ("aDashb", &[])]));
    assert!(
        messages
            .iter()
            .any(|m| m.contains("`ADashbLambdaFunction`")),
        "{messages:?}"
    );
}

#[test]
fn a_name_longer_than_lambda_takes_is_told() {
    let key = "k".repeat(60);
    let templates = compiled(&shop(&[(&key, &[])]));
    assert!(templates.warnings.0[0].message.contains("69 characters"));
    assert_eq!(compiled(&shop(&[(&key[..55], &[])])).warnings.0, []);
}
