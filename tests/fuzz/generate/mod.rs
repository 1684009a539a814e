//! Random valid services. A family joins with a function in a file of its own and a line in [`EVENTS`].

mod functions;
mod http;
mod messages;
mod provider;
mod rules;
mod run;

use serde_json::{Map, Value, json};

use crate::random::{Made, Random};

/// A kind of events, how often it comes, and what makes one. The number is new for each event of a service.
type Family = (&'static str, usize, fn(&mut Random, usize) -> Value);

const EVENTS: &[Family] = &[
    ("http", 30, http::http),
    ("httpApi", 12, http::http_api),
    ("schedule", 10, rules::schedule),
    ("eventBridge", 10, rules::event_bridge),
    ("cloudwatchEvent", 6, rules::cloudwatch_event),
    ("cloudwatchLog", 4, rules::cloudwatch_log),
    ("iot", 4, rules::iot),
    ("alexaSkill", 3, rules::alexa_skill),
    ("alexaSmartHome", 3, rules::alexa_smart_home),
    ("s3", 8, messages::s3),
    ("sns", 10, messages::sns),
    ("sqs", 10, messages::sqs),
    ("stream", 10, messages::stream),
    ("msk", 4, messages::msk),
    ("kafka", 4, messages::kafka),
    ("activemq", 3, messages::activemq),
    ("rabbitmq", 3, messages::rabbitmq),
    ("cognitoUserPool", 6, messages::cognito),
];

/// The service of a seed. The number makes its name its own.
pub(crate) fn service(seed: u64, number: usize) -> Value {
    let random = &mut Random::of(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
    let functions = functions(random);
    Made::new(random)
        .with("service", |r| {
            format!("{}-{number}", r.pick(&["shop", "a-b", "Orders", "x1"])).into()
        })
        .with("frameworkVersion", |_| "3".into())
        .with("configValidationMode", |_| "error".into())
        .with("provider", |r| {
            let provider = provider::provider(r);
            run::of_provider(r, provider)
        })
        .with("functions", |_| functions)
        .may(20, "package", |r| {
            Made::new(r)
                .may(60, "individually", Random::truth)
                .may(40, "patterns", |_| json!(["!index.js", "src/**"]))
                .may(20, "excludeDevDependencies", |_| false.into())
                .done()
        })
        .may(10, "custom", |_| json!({ "mine": [1, "a"] }))
        .may(10, "params", |_| json!({ "default": { "a": 1 } }))
        .may(10, "disabledDeprecations", |_| "*".into())
        .with("resources", resources)
        .done()
}

fn functions(random: &mut Random) -> Value {
    let mut number = 0;
    let mut made = Map::new();
    let kinds = few_kinds(random);
    for _ in 0..random.between(1, 4) {
        let names = ["hello", "my-fn", "a_b", "x", "Get", "send-mail_2", "f9"];
        let name = random.pick(&names).to_string();
        if made.contains_key(&name) {
            continue;
        }
        let function = functions::function(random);
        let mut function = run::of_function(random, function);
        let mut events = Vec::new();
        for _ in 0..random.below(5) {
            number += 1;
            let (kind, _, make) = *random.pick(&kinds);
            events.push(json!({ kind: make(random, number) }));
        }
        if random.chance(4) {
            let number = number + 1;
            events.push(json!({ "iotFleetProvisioning": rules::iot_fleet(random, number) }));
        }
        function["events"] = events.into();
        made.insert(name, function);
    }
    some_write_logs(&mut made);
    made.into()
}

/// A role that may write no log at all would have statements without resources, which AWS refuses, and ours has not.
pub(crate) fn some_write_logs(functions: &mut Map<String, Value>) {
    let all_silent = functions
        .values()
        .all(|function| function["disableLogs"] == true);
    if all_silent && let Some(first) = functions.values_mut().next() {
        first["disableLogs"] = false.into();
    }
}

/// A service has events of few kinds, so that they meet on one source more often.
fn few_kinds(random: &mut Random) -> Vec<Family> {
    let total = EVENTS.iter().map(|(_, weight, _)| weight).sum();
    let count = random.between(1, 4);
    let mut chosen = Vec::new();
    for _ in 0..count {
        let mut at = random.below(total);
        let family = EVENTS.iter().find(|(_, weight, _)| {
            let is_here = at < *weight;
            at = at.saturating_sub(*weight);
            is_here
        });
        chosen.extend(family);
    }
    chosen
}

/// What intrinsics of the generated services refer to.
fn resources(random: &mut Random) -> Value {
    let mut made = Made::new(random)
        .may(
            15,
            "Outputs",
            |_| json!({ "Mine": { "Value": { "Ref": "Queue" } } }),
        )
        .may(10, "Description", |_| "my own".into())
        .may(
            10,
            "Parameters",
            |_| json!({ "P": { "Type": "String", "Default": "p" } }),
        )
        .may(10, "Mappings", |_| json!({ "M": { "a": { "b": "c" } } }))
        .may(10, "Metadata", |_| json!({ "M": 1 }))
        .may(
            15,
            "extensions",
            |_| json!({ "ServerlessDeploymentBucket": { "DeletionPolicy": "Retain" } }),
        )
        .done();
    made["Conditions"] = json!({ "IsLive": { "Fn::Equals": ["a", "a"] } });
    made["Resources"] = json!({
        "Queue": { "Type": "AWS::SQS::Queue" },
        "Topic": { "Type": "AWS::SNS::Topic" },
        "Bus": { "Type": "AWS::Events::EventBus", "Properties": { "Name": "bus" } },
        "Stream": { "Type": "AWS::Kinesis::Stream", "Properties": { "ShardCount": 1 } },
    });
    made
}

/// An ARN of a service of AWS.
fn arn(service: &str, resource: &str) -> Value {
    format!("arn:aws:{service}:us-east-1:123456789012:{resource}").into()
}

/// A text of few words, some of them awkward.
fn words(random: &mut Random) -> Value {
    random.word(&["a", "two words", "Größe", "a: b", "100%", "it's", "true"])
}
