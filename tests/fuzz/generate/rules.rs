//! Events of rules, schedules, logs, devices and Alexa.

use serde_json::{Value, json};

use super::{arn, words};
use crate::random::{Made, Random, Way};

fn rate(random: &mut Random) -> Value {
    random.word(&["rate(1 minute)", "rate(3 hours)", "cron(0 12 * * ? *)"])
}

pub(crate) fn schedule(random: &mut Random, number: usize) -> Value {
    if random.chance(30) {
        return rate(random);
    }
    let scheduler = random.chance(30);
    let rates = random.between(1, 3);
    let schedule = Made::new(random)
        .with("rate", |r| {
            if rates == 1 && r.chance(50) {
                rate(r)
            } else {
                r.list(rates, rates, rate)
            }
        })
        .may(40, "enabled", Random::truth)
        .may(30, "description", |r| r.word(&["a", "two words"]));
    let schedule = if rates == 1 {
        schedule.may(20, "name", |_| format!("tick-{number}").into())
    } else {
        schedule
    };
    if scheduler {
        return schedule
            .with("method", |_| "scheduler".into())
            .may(40, "input", input)
            .may(40, "timezone", |_| "Europe/Paris".into())
            .done();
    }
    schedule
        .may(20, "method", |_| "eventBus".into())
        .one_of(60, INPUTS)
        .done()
}

const INPUTS: &[Way] = &[
    ("input", input),
    ("inputPath", |_| "$.detail".into()),
    ("inputTransformer", transformer),
];

fn input(random: &mut Random) -> Value {
    Made::new(random)
        .may(70, "key", words)
        .may(40, "deep", |r| json!({ "list": [1, 2.5, r.chance(50)] }))
        .may(20, "10", |_| "first".into())
        .done()
}

fn transformer(random: &mut Random) -> Value {
    Made::new(random)
        .with("inputTemplate", |_| "{\"time\": <t>}".into())
        .may(60, "inputPathsMap", |_| json!({ "t": "$.time" }))
        .done()
}

fn pattern(random: &mut Random) -> Value {
    Made::new(random)
        .with("source", |r| {
            r.list(1, 2, |r| r.word(&["aws.ec2", "shop", "x"]))
        })
        .may(15, "account", |_| json!(["123456789012"]))
        .may(15, "region", |_| json!(["us-east-1"]))
        .may(15, "resources", |_| json!([{ "wildcard": "arn:*" }]))
        .may(10, "version", |_| json!(["0"]))
        .may(10, "id", |_| json!([{ "exists": true }]))
        .may(10, "time", |_| json!([{ "prefix": "2026" }]))
        .may(15, "$or", |_| json!([{ "detail": { "a": [1] } }, { "detail": { "b": [2] } }]))
        .may(40, "detail-type", |r| r.list(1, 2, words))
        .may(40, "detail", |_| {
            json!({ "n": [{ "numeric": [">", 1] }], "p": [{ "prefix": "a" }], "e": [{ "exists": false }] })
        })
        .done()
}

pub(crate) fn event_bridge(random: &mut Random, number: usize) -> Value {
    let event = Made::new(random)
        .may(60, "eventBus", |r| match r.below(6) {
            0 => "default".into(),
            1 => arn("events", "event-bus/theirs"),
            2 => json!({ "Ref": "Bus" }),
            3 => json!({ "Fn::GetAtt": ["Bus", "Name"] }),
            _ => r.word(&["my-bus", "own_bus2"]),
        })
        .with("pattern", pattern)
        .may(30, "schedule", rate)
        .may(20, "name", |_| format!("rule-{number}").into())
        .may(20, "description", words)
        .may(30, "enabled", Random::truth);
    event
        .one_of(60, INPUTS)
        .may(25, "retryPolicy", |r| {
            Made::new(r)
                .may(60, "maximumEventAge", |r| r.between(60, 86_400).into())
                .may(60, "maximumRetryAttempts", |r| r.below(186).into())
                .done()
        })
        .may(25, "deadLetterQueueArn", |r| {
            if r.chance(50) {
                arn("sqs", "dead")
            } else {
                json!({ "Fn::GetAtt": ["Queue", "Arn"] })
            }
        })
        .done()
}

pub(crate) fn cloudwatch_event(random: &mut Random, number: usize) -> Value {
    Made::new(random)
        .with("event", pattern)
        .may(30, "name", |_| format!("event-{number}").into())
        .may(30, "description", |r| r.word(&["a", "two words", "it's"]))
        .may(30, "enabled", Random::truth)
        .one_of(60, INPUTS)
        .done()
}

pub(crate) fn cloudwatch_log(random: &mut Random, number: usize) -> Value {
    // Few names would soon be more than two of a group.
    let group = format!("/aws/{}/{}", random.pick(&["a", "bc"]), number / 2);
    if random.chance(40) {
        return group.into();
    }
    Made::new(random)
        .with("logGroup", |_| group.into())
        .may(60, "filter", |r| {
            r.word(&["ERROR", "{ $.a = \"b\" }", "{ $.a = \\\"b\\\" }", "?a ?b"])
        })
        .done()
}

pub(crate) fn iot(random: &mut Random, number: usize) -> Value {
    Made::new(random)
        .with("sql", |_| "SELECT * FROM 'some/topic'".into())
        .may(40, "sqlVersion", |r| {
            r.word(&["2015-10-08", "2016-03-23", "beta"])
        })
        .may(40, "name", |_| format!("rule{number}").into())
        .may(40, "description", words)
        .may(40, "enabled", Random::truth)
        .done()
}

pub(crate) fn iot_fleet(random: &mut Random, number: usize) -> Value {
    Made::new(random)
        .with(
            "templateBody",
            |_| json!({ "Parameters": { "Serial": { "Type": "String" } }, "Resources": {} }),
        )
        .with("provisioningRoleArn", |r| {
            if r.chance(50) {
                "arn:aws:iam::123456789012:role/fleet".into()
            } else {
                json!({ "Fn::ImportValue": "fleet" })
            }
        })
        .may(50, "templateName", |_| format!("fleet{number}").into())
        .may(50, "enabled", Random::truth)
        .done()
}

fn skill(random: &mut Random) -> Value {
    random.word(&["amzn1.ask.skill.a-1", "amzn1.ask.skill.b_2"])
}

pub(crate) fn alexa_skill(random: &mut Random, _: usize) -> Value {
    if random.chance(40) {
        return skill(random);
    }
    Made::new(random)
        .with("appId", skill)
        .may(50, "enabled", Random::truth)
        .done()
}

pub(crate) fn alexa_smart_home(random: &mut Random, number: usize) -> Value {
    alexa_skill(random, number)
}
