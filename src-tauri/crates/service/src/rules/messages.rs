//! What holds between the parts of events that bring messages.

use std::collections::HashMap;

use pilothouse_model::{Code, Diagnostic};
use serde_json::Value;

use super::{conflict, place};
use crate::document::Node;
use crate::types::{
    CognitoEvent, Event, Function, KafkaEvent, S3Event, Service, Start, StreamEvent,
};

/// Checks every event of every function.
pub(super) fn check(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    for (key, function) in &service.functions {
        for (at, event) in function.events.iter().enumerate() {
            let path = |kind: &str| format!("functions.{key}.events.{at}.{kind}");
            match event {
                Event::S3(event) => bucket(service, document, event, &path("s3"), found),
                Event::Sns(event) => {
                    let is_text = event.arn.as_ref().is_none_or(Value::is_string);
                    if !is_text && event.topic_name.is_none() {
                        found.push(conflict(
                            document,
                            &path("sns"),
                            format!("`{}` has no `topicName`", path("sns")),
                            "Add `topicName`: an ARN that is a CloudFormation function does not tell it",
                        ));
                    }
                }
                Event::Stream(event) => stream(document, event, &path("stream"), found),
                Event::Msk(event) => moment(document, &event.start, &path("msk"), found),
                Event::Kafka(event) => kafka(document, event, &path("kafka"), found),
                _ => {}
            }
        }
        one_bucket(document, key, function, found);
        one_pool(document, key, function, found);
    }
    keys_of_pools(service, document, found);
}

/// Whether S3 takes a name, but for its length: what is too short or too long was made with the peer all the same.
fn is_bucket(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let parts: Vec<&str> = name.split('.').collect();
    let is_address = parts.len() == 4
        && parts.iter().all(|part| {
            (1..=3).contains(&part.len()) && part.chars().all(|digit| digit.is_ascii_digit())
        });
    let is_part = |part: &&str| {
        part.starts_with(fits)
            && part.ends_with(fits)
            && part.chars().all(|letter| fits(letter) || letter == '-')
    };
    !is_address && parts.iter().all(is_part)
}

fn bucket(
    service: &Service,
    document: &Node,
    event: &S3Event,
    path: &str,
    found: &mut Vec<Diagnostic>,
) {
    if event.existing {
        return;
    }
    let Value::String(written) = &event.bucket else {
        found.push(conflict(
            document,
            path,
            format!("`{path}.bucket` is a CloudFormation function, which cannot name a new bucket"),
            "Add `existing: true` when the bucket exists, or write its name",
        ));
        return;
    };
    let known = service.provider.s3.get(written);
    let named = known.and_then(|bucket| bucket.get("name")?.as_str());
    let name = named.unwrap_or(written);
    if !is_bucket(name) {
        found.push(
            Diagnostic::error(
                Code::ConfigBadValue,
                format!("`{path}`: a bucket cannot be called `{name}`"),
            )
            .at(place(document, path))
            .path(path)
            .reason("must be lower-case letters, digits, hyphens and dots, a letter or digit at both ends")
            .hint(format!(
                "Change the name here, or give the bucket one under `provider.s3.{written}.name`"
            )),
        );
    } else if !(3..=63).contains(&name.len()) {
        found.push(
            Diagnostic::warning(
                Code::ConfigBadValue,
                format!(
                    "`{path}`: the bucket's name `{name}` has {} characters",
                    name.len()
                ),
            )
            .at(place(document, path))
            .path(path)
            .reason("AWS takes names of 3 to 63 characters")
            .hint("Give the bucket another name"),
        );
    }
}

/// The resource that connects a function to what exists stands for one bucket alone.
fn one_bucket(document: &Node, key: &str, function: &Function, found: &mut Vec<Diagnostic>) {
    let mut buckets = function.events.iter().filter_map(|event| match event {
        Event::S3(event) if event.existing => Some(&event.bucket),
        _ => None,
    });
    let Some(first) = buckets.next() else { return };
    if let Some(other) = buckets.find(|bucket| *bucket != first) {
        found.push(conflict(
            document,
            &format!("functions.{key}.events"),
            format!(
                "the function `{key}` has events of two existing buckets, {} and {}",
                shown(first),
                shown(other)
            ),
            "Give each existing bucket a function of its own",
        ));
    }
}

fn one_pool(document: &Node, key: &str, function: &Function, found: &mut Vec<Diagnostic>) {
    let mut pools = pools(function)
        .filter(|event| event.existing)
        .map(|event| &event.pool);
    let Some(first) = pools.next() else { return };
    if let Some(other) = pools.find(|pool| *pool != first) {
        found.push(conflict(
            document,
            &format!("functions.{key}.events"),
            format!(
                "the function `{key}` has triggers of two existing user pools, `{first}` and `{other}`"
            ),
            "Give each existing user pool a function of its own",
        ));
    }
}

fn pools(function: &Function) -> impl Iterator<Item = &CognitoEvent> {
    function.events.iter().filter_map(|event| match event {
        Event::CognitoUserPool(event) => Some(event.as_ref()),
        _ => None,
    })
}

/// The triggers that send codes need a key, and a pool has one key for both.
fn keys_of_pools(service: &Service, document: &Node, found: &mut Vec<Diagnostic>) {
    let mut keys: HashMap<(&str, bool), &Value> = HashMap::new();
    for (name, function) in &service.functions {
        let path = format!("functions.{name}.events");
        for event in pools(function).filter(|event| event.is_sender()) {
            let Some(key) = &event.kms_key_id else {
                found.push(conflict(
                    document,
                    &path,
                    format!(
                        "the trigger `{}` of the user pool `{}` has no `kmsKeyId`",
                        event.trigger, event.pool
                    ),
                    "Add `kmsKeyId`, the ARN of the key that Cognito encrypts codes with",
                ));
                continue;
            };
            let first = keys.entry((&event.pool, event.existing)).or_insert(key);
            if *first != key {
                found.push(conflict(
                    document,
                    &path,
                    format!(
                        "the user pool `{}` has two keys, {} and {}",
                        event.pool,
                        shown(first),
                        shown(key)
                    ),
                    "Write one `kmsKeyId` for all triggers of a user pool",
                ));
            }
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

fn moment(document: &Node, start: &Start, path: &str, found: &mut Vec<Diagnostic>) {
    if start.lacks_timestamp() {
        found.push(conflict(
            document,
            path,
            format!("`{path}` starts at a moment, and has no `startingPositionTimestamp`"),
            "Add `startingPositionTimestamp`, in seconds since 1970, or use LATEST or TRIM_HORIZON",
        ));
    }
}

fn stream(document: &Node, event: &StreamEvent, path: &str, found: &mut Vec<Diagnostic>) {
    let has_consumer = event.consumer.is_some() && event.kind == "kinesis";
    if has_consumer {
        moment(document, &event.start, path, found);
    } else if event.start.is_moment() {
        found.push(
            Diagnostic::warning(
                Code::ConfigConflict,
                format!("`{path}` starts at a moment, which AWS will refuse"),
            )
            .at(place(document, path))
            .path(path)
            .reason("as with Serverless, `startingPositionTimestamp` counts only together with `consumer`")
            .hint("Add `consumer: true`, or set the moment under `resources.extensions`"),
        );
    }
}

fn kafka(document: &Node, event: &KafkaEvent, path: &str, found: &mut Vec<Diagnostic>) {
    moment(document, &event.start, path, found);
    let has = |name: &str| event.access.contains_key(name);
    let missing = match (has("vpcSubnet"), has("vpcSecurityGroup")) {
        (true, false) => "vpcSecurityGroup",
        (false, true) => "vpcSubnet",
        _ => return,
    };
    found.push(conflict(
        document,
        path,
        format!("`{path}.accessConfigurations` has no `{missing}`"),
        "A cluster in a VPC is reached by subnets and security groups together",
    ));
}
