//! What events of buckets, topics and user pools become.

use pilothouse_service::types::{CognitoEvent, Consumer, Redrive, S3Event, SnsEvent};
use serde_json::json;

use super::event_sources::{sqs, stream};
use super::*;

fn s3(bucket: &str, change: impl FnOnce(&mut S3Event)) -> Event {
    let mut event = S3Event {
        bucket: bucket.into(),
        ..S3Event::default()
    };
    change(&mut event);
    Event::S3(Box::new(event))
}

fn pool(pool: &str, trigger: &str, change: impl FnOnce(&mut CognitoEvent)) -> Event {
    let mut event = CognitoEvent {
        pool: pool.into(),
        trigger: trigger.into(),
        ..CognitoEvent::default()
    };
    change(&mut event);
    Event::CognitoUserPool(Box::new(event))
}

#[test]
fn a_bucket_waits_for_the_permissions_of_all_its_functions() {
    let rules = |event: &mut S3Event| {
        event.has_rules = true;
        event.rules = vec![("prefix".into(), "a/".into())];
    };
    let service = shop(&[
        ("a", &[s3("my.photos", rules)]),
        (
            "b-c",
            &[s3("my.photos", |event| {
                event.event = Some("s3:ObjectRemoved:*".into())
            })],
        ),
    ]);
    assert_eq!(
        resource(&service, "S3BucketMyphotos"),
        json!({
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": "my.photos",
                "NotificationConfiguration": { "LambdaConfigurations": [
                    {
                        "Event": "s3:ObjectCreated:*",
                        "Function": { "Fn::GetAtt": ["ALambdaFunction", "Arn"] },
                        "Filter": { "S3Key": { "Rules": [{ "Name": "prefix", "Value": "a/" }] } }
                    },
                    {
                        "Event": "s3:ObjectRemoved:*",
                        "Function": { "Fn::GetAtt": ["BDashcLambdaFunction", "Arn"] }
                    }
                ]}
            },
            "DependsOn": ["ALambdaPermissionMyphotosS3", "BDashcLambdaPermissionMyphotosS3"]
        })
    );
    assert_eq!(
        resource(
            &service,
            "ALambdaPermissionMyphotosS3/Properties/SourceAccount"
        ),
        json!({ "Ref": "AWS::AccountId" })
    );
}

#[test]
fn a_bucket_of_the_provider_has_its_name_and_properties() {
    let mut service = shop(&[("a", &[s3("photos", |_| {})])]);
    let settings =
        json!({ "name": "real-name", "versioningConfiguration": { "Status": "Enabled" } });
    let settings = settings.as_object().cloned().expect("an object");
    service.provider.s3.insert("photos".into(), settings);
    let bucket = resource(&service, "S3BucketPhotos/Properties");
    assert_eq!(bucket["BucketName"], "real-name");
    assert_eq!(bucket["VersioningConfiguration"]["Status"], "Enabled");
    assert_eq!(bucket["name"], Value::Null);
    let source = resource(&service, "ALambdaPermissionPhotosS3/Properties/SourceArn");
    assert_eq!(source["Fn::Join"][1][2], ":s3:::real-name");
}

#[test]
fn buckets_whose_ids_are_the_same_are_told_rather_than_mixed() {
    let service = shop(&[("a", &[s3("my-bucket", |_| {}), s3("my.bucket", |_| {})])]);
    let found = refusals(&service);
    assert!(
        found.contains(
            &"the bucket `my-bucket` and the bucket `my.bucket` have the same name in the template, `S3BucketMybucket`"
                .to_owned()
        ),
        "{found:?}"
    );
}

#[test]
fn resources_of_one_existing_bucket_wait_for_each_other() {
    let existing = |event: &mut S3Event| event.existing = true;
    let service = shop(&[
        ("a", &[s3("legacy", existing), s3("legacy", existing)]),
        ("b", &[s3("legacy", existing)]),
        ("c", &[s3("other", existing)]),
    ]);
    let depends_on = |id: &str| resource(&service, &format!("{id}/DependsOn"));
    let handler = "CustomDashresourceDashexistingDashs3LambdaFunction";
    assert_eq!(
        depends_on("ACustomS31"),
        json!(["ALambdaFunction", handler])
    );
    assert_eq!(
        depends_on("BCustomS31"),
        json!(["BLambdaFunction", handler, "ACustomS31"])
    );
    assert_eq!(
        depends_on("CCustomS31"),
        json!(["CLambdaFunction", handler])
    );
    let configs = resource(&service, "ACustomS31/Properties/BucketConfigs");
    assert_eq!(configs.as_array().map(Vec::len), Some(2));
    assert!(compiled(&service).has_custom_resources);
    assert!(!compiled(&shop(&[("a", &[])])).has_custom_resources);
}

#[test]
fn the_handler_has_a_role_a_short_name_and_logs_when_they_are_wanted() {
    let mut service = shop(&[("a", &[s3("legacy", |event| event.existing = true)])]);
    service.provider.framework_lambda_logs = true;
    service.provider.log_retention_in_days = Some(7);
    service.name = "a-very-long-name-of-a-service-for-the-test".into();
    let handler = resource(
        &service,
        "CustomDashresourceDashexistingDashs3LambdaFunction",
    );
    let name = handler["Properties"]["FunctionName"]
        .as_str()
        .unwrap_or_default();
    assert_eq!(name.len(), 64, "{name}");
    assert_eq!(handler["Properties"]["Handler"], "s3/handler.handler");
    assert_eq!(
        handler["DependsOn"],
        json!([
            "IamRoleCustomResourcesLambdaExecution",
            "CustomDashresourceDashexistingDashs3LogGroup"
        ])
    );
    let logs = resource(
        &service,
        "CustomDashresourceDashexistingDashs3LogGroup/Properties",
    );
    assert_eq!(
        logs,
        json!({ "LogGroupName": format!("/aws/lambda/{name}"), "RetentionInDays": 7 })
    );
    let policy =
        "IamRoleCustomResourcesLambdaExecution/Properties/Policies/0/PolicyDocument/Statement";
    assert_eq!(resource(&service, policy).as_array().map(Vec::len), Some(4));
}

#[test]
fn pools_share_a_handler_whose_statements_stand_once() {
    let existing = |event: &mut CognitoEvent| event.existing = true;
    let sender = |event: &mut CognitoEvent| {
        event.existing = true;
        event.kms_key_id = Some("arn:aws:kms:us-east-1:1:key/k".into());
    };
    let service = shop(&[
        (
            "a",
            &[
                pool("p", "PreSignUp", existing),
                pool("p", "CustomEmailSender", sender),
            ],
        ),
        ("b", &[pool("p", "CustomMessage", existing)]),
    ]);
    let path =
        "IamRoleCustomResourcesLambdaExecution/Properties/Policies/0/PolicyDocument/Statement";
    let actions: Vec<Value> = resource(&service, path)
        .as_array()
        .into_iter()
        .flatten()
        .map(|statement| statement["Action"][0].clone())
        .collect();
    assert_eq!(
        actions,
        [
            "kms:CreateGrant",
            "cognito-idp:ListUserPools",
            "lambda:AddPermission",
            "lambda:AddPermission",
            "iam:PassRole"
        ]
    );
    assert_eq!(
        resource(
            &service,
            "ACustomCognitoUserPool1/Properties/UserPoolConfigs"
        ),
        json!([
            { "Trigger": "PreSignUp" },
            { "Trigger": "CustomEmailSender", "LambdaVersion": "V1_0", "KMSKeyID": "arn:aws:kms:us-east-1:1:key/k" }
        ])
    );
}

#[test]
fn a_pool_has_the_triggers_of_all_functions() {
    let service = shop(&[
        ("a", &[pool("My Pool", "PreSignUp", |_| {})]),
        (
            "b",
            &[pool("My Pool", "CustomSMSSender", |event| {
                event.kms_key_id = Some(json!({ "Ref": "Key" }));
            })],
        ),
    ]);
    let b = json!({ "Fn::GetAtt": ["BLambdaFunction", "Arn"] });
    assert_eq!(
        resource(&service, "CognitoUserPoolMyPool/Properties/LambdaConfig"),
        json!({
            "PreSignUp": { "Fn::GetAtt": ["ALambdaFunction", "Arn"] },
            "CustomSMSSender": { "LambdaArn": b, "LambdaVersion": "V1_0" },
            "KMSKeyID": { "Ref": "Key" }
        })
    );
    let id = "BLambdaPermissionCognitoUserPoolMyPoolTriggerSourceCustomSMSSender";
    assert_eq!(
        resource(&service, &format!("{id}/Properties/Principal")),
        "cognito-idp.amazonaws.com"
    );
}

fn sns(change: impl FnOnce(&mut SnsEvent)) -> Event {
    let mut event = SnsEvent {
        is_mapping: true,
        ..SnsEvent::default()
    };
    change(&mut event);
    Event::Sns(Box::new(event))
}

#[test]
fn a_topic_lists_plain_subscriptions_and_others_stand_beside_it() {
    let topic = |event: &mut SnsEvent| event.topic_name = Some("my-topic".into());
    let filtered = |event: &mut SnsEvent| {
        topic(event);
        event.filter_policy = Some(json!({ "a": ["b"] }));
    };
    let service = shop(&[("a", &[sns(topic)]), ("b", &[sns(filtered)])]);
    assert_eq!(
        resource(&service, "SNSTopicMytopic/Properties"),
        json!({
            "TopicName": "my-topic",
            "Subscription": [{ "Endpoint": { "Fn::GetAtt": ["ALambdaFunction", "Arn"] }, "Protocol": "lambda" }]
        })
    );
    let subscription = resource(&service, "BSnsSubscriptionMytopic/Properties");
    assert_eq!(
        subscription["TopicArn"],
        json!({ "Ref": "SNSTopicMytopic" })
    );
    assert_eq!(subscription["FilterPolicy"], json!({ "a": ["b"] }));
}

#[test]
fn a_topic_of_another_region_is_subscribed_to_there() {
    let of = |arn: &str| {
        let event = sns(|event| event.arn = Some(arn.into()));
        let service = shop(&[("a", &[event])]);
        resource(&service, "ASnsSubscriptionTopic/Properties/Region")
    };
    assert_eq!(of("arn:aws:sns:us-east-1:1:topic"), Value::Null);
    assert_eq!(of("arn:aws:sns:eu-west-1:1:topic"), "eu-west-1");
}

#[test]
fn the_queue_for_what_is_not_delivered_is_said_in_three_ways() {
    let queue_of = |redrive: Redrive| {
        let event = sns(|event| {
            event.topic_name = Some("t".into());
            event.redrive = Some(redrive);
        });
        let service = shop(&[("a", &[event])]);
        let policy = resource(&service, "TToADLQPolicy/Properties");
        let subscription = resource(&service, "ASnsSubscriptionT/Properties");
        (
            policy["Queues"][0].clone(),
            subscription["RedrivePolicy"]["deadLetterTargetArn"].clone(),
        )
    };
    let arn = "arn:aws:sqs:us-east-1:1:dlq";
    let url = json!({ "Fn::Join": ["", ["https://sqs.us-east-1.", { "Ref": "AWS::URLSuffix" }, "/1/dlq"]] });
    assert_eq!(queue_of(Redrive::Arn(arn.into())), (url, arn.into()));
    assert_eq!(
        queue_of(Redrive::Ref("Dlq".into())),
        (
            json!({ "Ref": "Dlq" }),
            json!({ "Fn::GetAtt": ["Dlq", "Arn"] })
        )
    );
    assert_eq!(
        queue_of(Redrive::Import {
            arn: "A".into(),
            url: "U".into()
        }),
        (
            json!({ "Fn::ImportValue": "U" }),
            json!({ "Fn::ImportValue": "A" })
        )
    );
}

#[test]
fn the_judge_finds_nothing_wrong_with_them() {
    let service = shop(&[(
        "a",
        &[
            s3("photos", |_| {}),
            s3("legacy", |event| event.existing = true),
            pool("p", "PreSignUp", |event| event.existing = true),
            pool("q", "PreSignUp", |_| {}),
            sqs("arn:aws:sqs:us-east-1:1:q".into(), |_| {}),
            sns(|event| event.topic_name = Some("t".into())),
            stream("kinesis", "arn:aws:kinesis:us-east-1:1:stream/s", |event| {
                event.consumer = Some(Consumer::Made);
            }),
        ],
    )]);
    let found = crate::check(&compiled(&service).update);
    assert_eq!(found.0, []);
}

#[test]
fn the_old_runtime_of_a_handler_is_told_until_another_is_chosen() {
    let mut service = shop(&[("a", &[s3("legacy", |event| event.existing = true)])]);
    assert_eq!(compiled(&service).warnings.0.len(), 1);
    let id = "CustomDashresourceDashexistingDashs3LambdaFunction";
    let chosen = json!({ "Properties": { "Runtime": "nodejs22.x" } });
    service.resources.extensions.insert(id.into(), chosen);
    assert_eq!(compiled(&service).warnings.0, []);
    assert_eq!(
        resource(&service, &format!("{id}/Properties/Runtime")),
        "nodejs22.x"
    );
}
