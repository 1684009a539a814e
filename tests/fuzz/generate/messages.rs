//! Events that bring messages: of buckets, topics, queues, streams, brokers and user pools.

use serde_json::{Value, json};

use super::{arn, words};
use crate::random::{Made, Random};

fn filters(random: &mut Random) -> Value {
    random.list(
        1,
        2,
        |r| json!({ "body": { "kind": [r.pick(&["a", "b"])], "n": [{ "numeric": [">", 1] }] } }),
    )
}

fn batch(random: &mut Random) -> Value {
    random.between(1, 10_000).into()
}

fn window(random: &mut Random) -> Value {
    random.between(0, 300).into()
}

pub(crate) fn s3(random: &mut Random, number: usize) -> Value {
    let bucket = *random.pick(&["photos", "my.bucket-2"]);
    if random.chance(15) {
        // Perhaps one of `provider.s3`.
        let bucket = random.word(&["first", "second-one"]);
        return json!({ "bucket": bucket, "event": "s3:ObjectTagging:*" });
    }
    if random.chance(20) {
        return format!("{bucket}-{number}").into();
    }
    let existing = random.chance(25);
    let made = Made::new(random)
        .with("bucket", |_| {
            // A function can be connected to one bucket that exists, and to one event once.
            if existing {
                "theirs".into()
            } else {
                format!("{bucket}-{number}").into()
            }
        })
        .may(60, "event", |r| {
            r.word(&[
                "s3:ObjectCreated:*",
                "s3:ObjectRemoved:*",
                "s3:ObjectCreated:Put",
            ])
        })
        .may(50, "rules", |r| {
            r.list(1, 2, |r| {
                if r.chance(50) {
                    json!({ "prefix": "in/" })
                } else {
                    json!({ "suffix": ".jpg" })
                }
            })
        });
    if existing {
        return made
            .with("existing", |_| true.into())
            .may(30, "forceDeploy", |_| false.into())
            .done();
    }
    made.done()
}

pub(crate) fn sns(random: &mut Random, number: usize) -> Value {
    match random.below(8) {
        0 => return random.word(&["news", "my-topic", "a_b"]),
        1 => return arn("sns", &format!("old-{number}")),
        _ => {}
    }
    let exists = random.chance(40);
    let made = Made::new(random);
    let made = if exists {
        made.with("arn", |r| match r.below(3) {
            0 => arn("sns", "theirs"),
            1 => json!({ "Ref": "Topic" }),
            _ => json!({ "Fn::ImportValue": "topic" }),
        })
        .with("topicName", |_| format!("theirs-{number}").into())
    } else {
        made.with("topicName", |r| {
            format!("{}-{number}", r.pick(&["news", "t_1"])).into()
        })
        .may(40, "displayName", words)
    };
    made.may(
        40,
        "filterPolicy",
        |_| json!({ "kind": ["a", { "prefix": "b" }] }),
    )
    .may(20, "filterPolicyScope", |r| {
        r.word(&["MessageBody", "MessageAttributes"])
    })
    .may(40, "redrivePolicy", |r| match r.below(3) {
        0 => json!({ "deadLetterTargetArn": arn("sqs", "dead") }),
        1 => json!({ "deadLetterTargetRef": "Queue" }),
        _ => json!({ "deadLetterTargetImport": {
                "arn": "arn:aws:sqs:us-east-1:123456789012:dead", "url": "queue-url"
            } }),
    })
    .done()
}

pub(crate) fn sqs(random: &mut Random, number: usize) -> Value {
    if random.chance(25) {
        return arn("sqs", &format!("jobs-{number}"));
    }
    Made::new(random)
        .with("arn", |r| match r.below(4) {
            0 => json!({ "Fn::GetAtt": ["Queue", "Arn"] }),
            1 => json!({ "Fn::ImportValue": format!("queue-{number}") }),
            2 => json!({ "Fn::Join": [":", ["arn:aws:sqs", { "Ref": "AWS::Region" }, "123456789012", format!("q{number}")]] }),
            _ => arn("sqs", &format!("jobs-{number}.fifo")),
        })
        .may(40, "batchSize", batch)
        .may(40, "enabled", Random::truth)
        .may(40, "maximumBatchingWindow", window)
        .may(30, "functionResponseType", |_| "ReportBatchItemFailures".into())
        .may(30, "filterPatterns", filters)
        .may(30, "maximumConcurrency", |r| r.between(2, 1000).into())
        .done()
}

pub(crate) fn stream(random: &mut Random, number: usize) -> Value {
    let is_table = random.chance(50);
    let known = if is_table {
        arn(
            "dynamodb",
            &format!("table/t-{number}/stream/2020-01-01T00:00:00.000"),
        )
    } else {
        arn("kinesis", &format!("stream/s_{number}"))
    };
    if random.chance(20) {
        return known;
    }
    let by_function = random.chance(40);
    let made = Made::new(random).with("arn", |r| match (by_function, r.below(2)) {
        (false, _) => known,
        (true, 0) => json!({ "Fn::GetAtt": ["Stream", "Arn"] }),
        (true, _) => json!({ "Fn::ImportValue": format!("stream-{number}") }),
    });
    let kind = if is_table { "dynamodb" } else { "kinesis" };
    let made = if by_function {
        made.with("type", |_| kind.into())
    } else {
        made.may(30, "type", |_| kind.into())
    };
    let made = if is_table {
        made
    } else {
        made.may(40, "consumer", |r| match r.below(3) {
            0 => arn("kinesis", "stream/s/consumer/c:1"),
            _ => true.into(),
        })
        .may(10, "startingPositionTimestamp", |_| 1_600_000_000.into())
    };
    made.may(40, "startingPosition", |r| {
        r.word(&["LATEST", "TRIM_HORIZON"])
    })
    .may(30, "batchSize", batch)
    .may(30, "parallelizationFactor", |r| r.between(1, 10).into())
    .may(30, "enabled", Random::truth)
    .may(30, "batchWindow", window)
    .may(30, "maximumRetryAttempts", |r| {
        (*r.pick(&[-1, 0, 7])).into()
    })
    .may(30, "bisectBatchOnFunctionError", Random::truth)
    .may(30, "maximumRecordAgeInSeconds", |r| {
        (*r.pick(&[-1, 60, 604_800])).into()
    })
    .may(20, "functionResponseType", |_| {
        "ReportBatchItemFailures".into()
    })
    .may(
        30,
        "destinations",
        |r| json!({ "onFailure": on_failure(r) }),
    )
    .may(20, "tumblingWindowInSeconds", |r| r.between(0, 900).into())
    .may(20, "filterPatterns", filters)
    .done()
}

fn on_failure(random: &mut Random) -> Value {
    match random.below(4) {
        0 => arn("sns", "failed"),
        1 => arn("sqs", "failed"),
        2 => json!({ "arn": { "Fn::GetAtt": ["Queue", "Arn"] }, "type": "sqs" }),
        _ => json!({ "arn": { "Ref": "Topic" }, "type": "sns" }),
    }
}

pub(crate) fn msk(random: &mut Random, number: usize) -> Value {
    Made::new(random)
        .with("arn", |r| match r.below(2) {
            0 => arn("kafka", "cluster/my-cluster/1-2"),
            _ => json!({ "Fn::ImportValue": "cluster" }),
        })
        .with("topic", |_| format!("my.topic-{number}").into())
        .may(40, "batchSize", batch)
        .may(30, "maximumBatchingWindow", window)
        .may(30, "enabled", Random::truth)
        .may(30, "startingPosition", |r| {
            r.word(&["LATEST", "TRIM_HORIZON"])
        })
        .may(30, "consumerGroupId", |_| "group-1".into())
        .may(30, "saslScram512", |_| arn("secretsmanager", "secret:s"))
        .may(20, "filterPatterns", filters)
        .done()
}

fn secret(name: &str) -> Value {
    arn("secretsmanager", &format!("secret:{name}-abc123"))
}

pub(crate) fn kafka(random: &mut Random, number: usize) -> Value {
    Made::new(random)
        .with("accessConfigurations", |r| {
            Made::new(r)
                .with("saslScram512Auth", |_| json!([secret("one")]))
                .may(30, "saslScram256Auth", |_| json!([secret("two")]))
                .may(30, "saslPlainAuth", |_| json!([secret("three")]))
                .may(30, "clientCertificateTlsAuth", |_| json!([secret("four")]))
                .may(30, "serverRootCaCertificate", |_| json!([secret("five")]))
                .may(30, "vpcSubnet", |_| json!(["subnet-0a1b", "subnet-0c2d"]))
                .may(30, "vpcSecurityGroup", |_| json!(["sg-0a1b"]))
                .done()
        })
        .with("bootstrapServers", |r| {
            r.list(1, 2, |r| r.word(&["a.example:9092", "b.example:9092"]))
        })
        .with("topic", |_| format!("topic-{number}").into())
        .may(30, "batchSize", batch)
        .may(30, "maximumBatchingWindow", window)
        .may(30, "enabled", Random::truth)
        .may(30, "startingPosition", |r| {
            r.word(&["LATEST", "TRIM_HORIZON"])
        })
        .may(30, "consumerGroupId", |_| "group-1".into())
        .may(20, "filterPatterns", filters)
        .done()
}

fn broker(random: &mut Random, number: usize) -> Made<'_> {
    Made::new(random)
        .with("arn", |r| match r.below(3) {
            0 => json!({ "Ref": "Queue" }),
            1 => json!({ "Fn::ImportValue": "broker" }),
            _ => arn("mq", "broker:My.Broker-1:b-1a2b"),
        })
        .with("basicAuthArn", |r| match r.below(2) {
            0 => secret("mq"),
            _ => json!({ "Fn::ImportValue": "secret" }),
        })
        .with("queue", |_| format!("queue.{number}").into())
        .may(30, "batchSize", batch)
        .may(30, "maximumBatchingWindow", window)
        .may(30, "enabled", Random::truth)
        .may(20, "filterPatterns", filters)
}

pub(crate) fn activemq(random: &mut Random, number: usize) -> Value {
    broker(random, number).done()
}

pub(crate) fn rabbitmq(random: &mut Random, number: usize) -> Value {
    broker(random, number)
        .may(40, "virtualHost", |_| "/v".into())
        .done()
}

pub(crate) fn cognito(random: &mut Random, number: usize) -> Value {
    const TRIGGERS: &[&str] = &[
        "PreSignUp",
        "PostConfirmation",
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
        "CustomMessage",
        "DefineAuthChallenge",
        "CreateAuthChallenge",
        "VerifyAuthChallengeResponse",
        "UserMigration",
    ];
    let existing = random.chance(25);
    Made::new(random)
        .with("pool", |r| {
            if existing {
                "theirs".into()
            } else {
                r.word(&["My Pool", "pool-2"])
            }
        })
        .with("trigger", |_| TRIGGERS[number % TRIGGERS.len()].into())
        .with("existing", |_| existing.into())
        .may(20, "forceDeploy", |_| false.into())
        .may(10, "kmsKeyId", |_| arn("kms", "key/1-2"))
        .done()
}
