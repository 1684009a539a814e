//! A function without its events.

use serde_json::{Value, json};

use super::provider::{environment, runtime, tags};
use super::words;
use crate::random::{Made, Random};

pub(crate) fn function(random: &mut Random) -> Value {
    Made::new(random)
        .with("handler", |r| r.word(&["src/app.main", "index.handler"]))
        .may(15, "name", |r| {
            format!("chosen-name_{}", r.below(1_000_000)).into()
        })
        .may(20, "description", words)
        .may(20, "runtime", runtime)
        .may(15, "architecture", |r| r.word(&["arm64", "x86_64"]))
        .may(20, "memorySize", |r| r.between(128, 3008).into())
        .may(20, "timeout", |r| r.between(1, 900).into())
        .may(20, "environment", environment)
        .may(15, "tags", tags)
        .may(10, "role", |r| match r.below(3) {
            0 => "arn:aws:iam::123456789012:role/own".into(),
            1 => json!({ "Fn::ImportValue": "own-role" }),
            _ => json!({ "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/own" }),
        })
        .may(8, "condition", |_| "IsLive".into())
        .may(8, "dependsOn", |r| {
            if r.chance(50) {
                "Queue".into()
            } else {
                json!(["Queue", "Topic"])
            }
        })
        .may(10, "disableLogs", Random::truth)
        .may(10, "logRetentionInDays", |r| (*r.pick(&[1, 14])).into())
        .may(10, "versionFunction", Random::truth)
        .may(10, "reservedConcurrency", |r| r.below(9).into())
        .may(10, "ephemeralStorageSize", |r| {
            r.between(512, 10_240).into()
        })
        .may(10, "package", |r| {
            Made::new(r)
                .may(50, "individually", Random::truth)
                .may(50, "patterns", |_| json!(["!index.js"]))
                .done()
        })
        .may(
            10,
            "httpApi",
            |r| json!({ "payload": r.pick(&["1.0", "2.0"]) }),
        )
        .done()
}
