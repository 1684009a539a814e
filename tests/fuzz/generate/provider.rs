//! `provider`.

use serde_json::{Value, json};

use super::{arn, words};
use crate::random::{Made, Random};

pub(crate) fn provider(random: &mut Random) -> Value {
    Made::new(random)
        .with("name", |_| "aws".into())
        .with("runtime", runtime)
        .may(20, "stage", |r| r.word(&["prod", "dev", "qa-1"]))
        .may(20, "region", |r| r.word(&["eu-west-1", "us-east-1"]))
        .may(10, "stackName", |_| "my-own-stack".into())
        .may(15, "architecture", |r| r.word(&["arm64", "x86_64"]))
        .may(15, "memorySize", |r| r.between(128, 3008).into())
        .may(15, "timeout", |r| r.between(1, 900).into())
        .may(20, "environment", environment)
        .may(20, "tags", tags)
        .may(10, "stackTags", tags)
        .one_of(
            35,
            &[
                ("iam", iam),
                ("iam", iam),
                ("iamRoleStatements", |r| r.list(1, 2, statement)),
                ("role", |_| arn("iam", "role/old")),
            ],
        )
        .may(8, "rolePermissionsBoundary", |_| arn("iam", "policy/b"))
        .may(8, "iamManagedPolicies", |_| json!([arn("iam", "policy/p")]))
        .may(15, "logRetentionInDays", |r| {
            (*r.pick(&[1, 7, 30, 365])).into()
        })
        .may(15, "versionFunctions", Random::truth)
        .may(10, "deploymentPrefix", |_| "releases".into())
        .may(20, "deploymentBucket", bucket)
        .may(10, "apiName", |_| "my-api".into())
        .may(15, "endpointType", |r| {
            r.word(&["REGIONAL", "edge", "EDGE"])
        })
        .may(30, "apiGateway", api_gateway)
        .may(30, "httpApi", http_api)
        .may(
            10,
            "eventBridge",
            |r| json!({ "useCloudFormation": r.chance(80) }),
        )
        .may(
            8,
            "kinesis",
            |_| json!({ "consumerNamingMode": "serviceSpecific" }),
        )
        .may(15, "s3", s3)
        .may(20, "logs", |r| {
            Made::new(r)
                .may(60, "frameworkLambda", Random::truth)
                .may(60, "restApi", rest_logs)
                .done()
        })
        .may(15, "tracing", |r| json!({ "apiGateway": r.chance(70) }))
        .done()
}

pub(crate) fn runtime(random: &mut Random) -> Value {
    random.word(&["nodejs18.x", "nodejs20.x", "python3.11", "provided.al2"])
}

pub(crate) fn environment(random: &mut Random) -> Value {
    Made::new(random)
        .may(70, "PLAIN", words)
        .may(30, "NUMBER", |r| r.between(0, 9).into())
        .may(30, "_Table", |_| json!({ "Ref": "Queue" }))
        .may(
            20,
            "URL",
            |_| json!({ "Fn::Sub": "https://${AWS::Region}.example.org" }),
        )
        .may(10, "EMPTY", |_| "".into())
        .done()
}

pub(crate) fn tags(random: &mut Random) -> Value {
    Made::new(random)
        .with("team", words)
        .may(50, "cost:center", |_| "7".into())
        .may(30, "two words", words)
        .done()
}

fn iam(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({ "role": "arn:aws:iam::123456789012:role/mine" }),
        1 => json!({ "role": { "Fn::ImportValue": "role" } }),
        _ => json!({ "role": role(random) }),
    }
}

fn role(random: &mut Random) -> Value {
    Made::new(random)
        .may(70, "statements", |r| r.list(0, 3, statement))
        .may(20, "managedPolicies", |_| {
            json!(["arn:aws:iam::aws:policy/ReadOnlyAccess"])
        })
        .may(20, "name", |_| "my-role".into())
        .may(20, "path", |_| "/team/".into())
        .may(20, "permissionsBoundary", |_| arn("iam", "policy/boundary"))
        .may(20, "tags", tags)
        .done()
}

fn statement(random: &mut Random) -> Value {
    let actions = ["s3:GetObject", "sqs:SendMessage", "dynamodb:*"];
    Made::new(random)
        .with("Effect", |r| r.word(&["Allow", "Deny"]))
        .with("Action", |r| r.list(1, 2, |r| r.word(&actions)))
        .with("Resource", |r| match r.below(3) {
            0 => "*".into(),
            1 => json!([{ "Fn::GetAtt": ["Queue", "Arn"] }]),
            _ => arn("sqs", "jobs"),
        })
        .may(
            10,
            "Condition",
            |_| json!({ "StringEquals": { "aws:RequestedRegion": "us-east-1" } }),
        )
        .may(10, "Sid", |_| "mine".into())
        .done()
}

fn bucket(random: &mut Random) -> Value {
    if random.chance(25) {
        return "my-releases-bucket".into();
    }
    Made::new(random)
        .may(20, "name", |_| "my-releases-bucket".into())
        .may(30, "blockPublicAccess", Random::truth)
        .may(30, "skipPolicySetup", Random::truth)
        .may(30, "maxPreviousDeploymentArtifacts", |r| r.below(9).into())
        .may(30, "versioning", Random::truth)
        .may(30, "serverSideEncryption", |r| {
            r.word(&["AES256", "aws:kms"])
        })
        .may(20, "tags", tags)
        .done()
}

fn rest_logs(random: &mut Random) -> Value {
    if random.chance(40) {
        return true.into();
    }
    Made::new(random)
        .may(40, "accessLogging", Random::truth)
        .may(40, "executionLogging", Random::truth)
        .may(40, "format", |_| {
            "{ \"id\": \"$context.requestId\" }".into()
        })
        .may(40, "fullExecutionData", Random::truth)
        .may(40, "level", |r| r.word(&["INFO", "ERROR"]))
        .may(30, "role", |_| arn("iam", "role/logs"))
        .may(30, "roleManagedExternally", Random::truth)
        .done()
}

/// Buckets that `s3` events name.
fn s3(random: &mut Random) -> Value {
    let bucket = |random: &mut Random| {
        Made::new(random)
            .may(40, "name", |r| format!("named-{}", r.below(1000)).into())
            .may(
                40,
                "versioningConfiguration",
                |_| json!({ "Status": "Enabled" }),
            )
            .may(
                40,
                "bucketEncryption",
                |_| json!({ "ServerSideEncryptionConfiguration": [] }),
            )
            .may(30, "tags", |_| json!([{ "Key": "a", "Value": "b" }]))
            .may(30, "accessControl", |_| "Private".into())
            .done()
    };
    Made::new(random)
        .with("first", bucket)
        .may(50, "second-one", bucket)
        .done()
}

fn api_gateway(random: &mut Random) -> Value {
    Made::new(random)
        .may(30, "description", words)
        .may(30, "binaryMediaTypes", |r| {
            r.list(0, 2, |r| r.word(&["image/png", "*/*", "application/x-y"]))
        })
        .may(30, "minimumCompressionSize", |r| r.below(4096).into())
        .may(30, "shouldStartNameWithService", Random::truth)
        .may(20, "disableDefaultEndpoint", Random::truth)
        .may(20, "metrics", Random::truth)
        .may(10, "stage", |_| "live".into())
        .may(20, "apiKeySourceType", |r| {
            r.word(&["HEADER", "authorizer"])
        })
        .may(25, "apiKeys", |r| r.list(1, 3, api_key))
        .one_of(
            30,
            &[
                ("usagePlan", usage_plan),
                ("usagePlan", |r| {
                    json!([{ "free": usage_plan(r) }, { "paid": usage_plan(r) }])
                }),
            ],
        )
        .may(15, "request", |_| {
            json!({ "schemas": {
                "order": { "schema": { "type": "object" }, "name": "Order", "description": "an order" },
                "other": { "schema": { "type": "string" } }
            } })
        })
        .may(15, "resourcePolicy", |r| {
            r.list(1, 2, |_| {
                json!({
                    "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke",
                    "Resource": ["execute-api:/*/*/*"],
                    "Condition": { "IpAddress": { "aws:SourceIp": ["192.0.2.0/24"] } }
                })
            })
        })
        .done()
}

fn api_key(random: &mut Random) -> Value {
    match random.below(3) {
        0 => random.word(&["first", "second-key"]),
        _ => Made::new(random)
            .with("name", |r| r.word(&["third", "fourth_key", "5"]))
            .may(40, "value", |_| "0123456789012345678901".into())
            .may(40, "description", words)
            .may(30, "enabled", Random::truth)
            .may(20, "customerId", |_| "c1".into())
            .done(),
    }
}

fn usage_plan(random: &mut Random) -> Value {
    Made::new(random)
        .may(70, "quota", |r| {
            Made::new(r)
                .with("limit", |r| r.between(1, 5000).into())
                .may(50, "offset", |r| r.below(3).into())
                .with("period", |r| r.word(&["DAY", "WEEK", "MONTH"]))
                .done()
        })
        .may(70, "throttle", |r| {
            Made::new(r)
                .may(80, "burstLimit", |r| r.between(1, 200).into())
                .may(80, "rateLimit", |r| r.between(1, 100).into())
                .done()
        })
        .done()
}

fn http_api(random: &mut Random) -> Value {
    Made::new(random)
        .may(30, "name", |_| "http-api".into())
        .may(40, "payload", |r| r.word(&["1.0", "2.0"]))
        .may(40, "cors", http_api_cors)
        .may(30, "metrics", Random::truth)
        .may(30, "disableDefaultEndpoint", Random::truth)
        .done()
}

fn http_api_cors(random: &mut Random) -> Value {
    if random.chance(30) {
        return true.into();
    }
    Made::new(random)
        .may(60, "allowedOrigins", |r| {
            r.list(1, 2, |r| {
                r.word(&["https://a.example", "https://b.example"])
            })
        })
        .may(50, "allowedHeaders", |r| {
            r.list(1, 2, |r| r.word(&["X-A", "Content-Type"]))
        })
        .may(50, "allowedMethods", |r| {
            r.list(1, 2, |r| r.word(&["GET", "POST"]))
        })
        .may(40, "allowCredentials", Random::truth)
        .may(40, "exposedResponseHeaders", |_| json!(["X-B"]))
        .may(40, "maxAge", |r| r.below(9000).into())
        .done()
}
