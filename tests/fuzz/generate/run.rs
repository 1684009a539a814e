//! How functions are run.

use serde_json::{Value, json};

use super::arn;
use crate::random::{Made, Random};

/// What a function says, over what it says anyway.
pub(crate) fn of_function(random: &mut Random, function: Value) -> Value {
    Made::of(random, function)
        .may(
            10,
            "vpc",
            |r| if r.chance(70) { vpc(r) } else { Value::Null },
        )
        .may(15, "tracing", tracing)
        .may(10, "kmsKeyArn", key)
        .may(10, "layers", layers)
        .may(10, "onError", |r| match r.below(2) {
            0 => arn("sns", "failures"),
            _ => json!({ "Ref": "Topic" }),
        })
        .one_of(
            20,
            &[
                ("snapStart", |_| true.into()),
                ("provisionedConcurrency", |r| r.below(4).into()),
            ],
        )
        .may(10, "maximumEventAge", |r| r.between(60, 21_600).into())
        .may(10, "maximumRetryAttempts", |r| r.below(3).into())
        .may(12, "destinations", destinations)
        .may(12, "url", url)
        .done()
}

/// What the provider says for all functions.
pub(crate) fn of_provider(random: &mut Random, provider: Value) -> Value {
    Made::of(random, provider)
        .may(15, "vpc", vpc)
        .may(10, "kmsKeyArn", key)
        .may(10, "layers", layers)
        .done()
}

fn vpc(random: &mut Random) -> Value {
    let ids = |random: &mut Random, prefix: &str| match random.below(3) {
        0 => json!({ "Fn::Split": [",", format!("{prefix}-1,{prefix}-2")] }),
        1 => json!([{ "Ref": "Queue" }]),
        _ => json!([format!("{prefix}-1"), format!("{prefix}-2")]),
    };
    json!({ "securityGroupIds": ids(random, "sg"), "subnetIds": ids(random, "subnet") })
}

fn tracing(random: &mut Random) -> Value {
    match random.below(4) {
        0 => true.into(),
        1 => false.into(),
        2 => "Active".into(),
        _ => "PassThrough".into(),
    }
}

fn key(random: &mut Random) -> Value {
    match random.below(3) {
        0 => json!({ "Fn::ImportValue": "key" }),
        _ => arn("kms", &format!("key/{}", random.below(2))),
    }
}

fn layers(random: &mut Random) -> Value {
    random.list(0, 2, |r| match r.below(2) {
        0 => json!({ "Ref": "Queue" }),
        _ => arn("lambda", "layer:tools:1"),
    })
}

fn destinations(random: &mut Random) -> Value {
    let one = |r: &mut Random| match r.below(4) {
        0 => arn("sqs", "results"),
        1 => arn("lambda", "function:other"),
        2 => json!({ "type": "sns", "arn": { "Ref": "Topic" } }),
        _ => arn("events", "event-bus/results"),
    };
    Made::new(random)
        .may(60, "onSuccess", one)
        .may(60, "onFailure", one)
        .done()
}

fn url(random: &mut Random) -> Value {
    if random.chance(40) {
        return random.truth();
    }
    Made::new(random)
        .may(40, "authorizer", |_| "aws_iam".into())
        .may(30, "invokeMode", |r| {
            r.word(&["BUFFERED", "RESPONSE_STREAM"])
        })
        .may(60, "cors", |r| {
            if r.chance(40) {
                return r.truth();
            }
            Made::new(r)
                .may(50, "allowedOrigins", |_| {
                    json!(["https://a.example", "https://a.example"])
                })
                .may(40, "allowedHeaders", |_| json!(["x-one"]))
                .may(40, "allowedMethods", |_| json!(["GET", "PUT"]))
                .may(40, "allowCredentials", Random::truth)
                .may(40, "exposedResponseHeaders", |_| json!(["x-two"]))
                .may(40, "maxAge", |r| r.below(100).into())
                .done()
        })
        .done()
}
