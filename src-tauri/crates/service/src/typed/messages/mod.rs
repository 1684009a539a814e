//! Events that bring messages: of buckets, topics, queues, streams, brokers and user pools.

mod event_source;

use pilothouse_model::{Code, Diagnostic};
use serde_json::Value;

use super::reader::{At, Reader};
use crate::types::{Buckets, CognitoEvent, Event, Redrive, S3Event, SnsEvent};

/// Reads those of an item of `events`.
pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("s3") {
        events.extend(s3(reader, &at).map(|event| Event::S3(Box::new(event))));
    }
    if let Some(at) = item.get("sns") {
        events.extend(sns(reader, &at).map(|event| Event::Sns(Box::new(event))));
    }
    if let Some(at) = item.get("cognitoUserPool") {
        let event = cognito(reader, &at);
        events.extend(event.map(|event| Event::CognitoUserPool(Box::new(event))));
    }
    event_source::read(reader, item, events);
}

/// A value that is passed on as it is: a scalar or an intrinsic.
fn as_is(at: Option<At<'_>>) -> Option<Value> {
    at.map(|at| at.node.to_json())
}

/// A text or an intrinsic that must be there. What is missing in a mapping was told by the schema, perhaps as a
/// warning; there is no event without it all the same.
pub(super) fn needed(reader: &mut Reader, at: &At<'_>, name: &str) -> Option<Value> {
    if at.node.as_mapping().is_none() {
        reader.refuse(at, &format!("a mapping with `{name}`"));
        return None;
    }
    let Some(value) = at.get(name) else {
        missing(reader, at, name);
        return None;
    };
    reader.text_or_function(Some(value))
}

pub(super) fn needed_text(reader: &mut Reader, at: &At<'_>, name: &str) -> Option<String> {
    if at.node.as_mapping().is_some() && at.get(name).is_none() {
        missing(reader, at, name);
    }
    reader.text(at.get(name))
}

pub(super) fn missing(reader: &mut Reader, at: &At<'_>, name: &str) {
    let message = format!("`{}` has no `{name}`", at.path);
    reader.found.push(
        Diagnostic::error(Code::ConfigMissingKey, message)
            .at(at.node.span.clone())
            .path(at.join(name))
            .hint(format!("Add `{name}`")),
    );
}

fn s3(reader: &mut Reader, at: &At<'_>) -> Option<S3Event> {
    if let Some(bucket) = at.node.to_text() {
        return Some(S3Event {
            bucket: bucket.into(),
            ..S3Event::default()
        });
    }
    let bucket = needed(reader, at, "bucket")?;
    let rules = at.get("rules");
    Some(S3Event {
        bucket,
        event: reader.text(at.get("event")),
        has_rules: rules.is_some(),
        rules: reader
            .items(rules)
            .iter()
            .filter_map(|rule| s3_rule(reader, rule))
            .collect(),
        existing: reader.truth(at.get("existing")).unwrap_or_default(),
        force_deploy: reader.truth(at.get("forceDeploy")).unwrap_or_default(),
    })
}

/// One of `rules` has one key: as with Serverless, what follows it does not count.
fn s3_rule(reader: &mut Reader, rule: &At<'_>) -> Option<(String, Value)> {
    let entries = reader.entries(Some(rule.clone()));
    if let [(first, _), _, ..] = entries.as_slice() {
        reader.found.push(
            Diagnostic::warning(
                Code::ConfigBadValue,
                format!("`{}` is several rules at once", rule.path),
            )
            .at(rule.node.span.clone())
            .path(rule.path.clone())
            .reason(format!("`{first}` counts, and the others do not"))
            .hint("Begin each of `prefix` and `suffix` with a `-` of its own"),
        );
    }
    let (name, value) = entries.into_iter().next()?;
    Some((name, reader.text_or_function(Some(value))?))
}

/// `provider.s3`.
pub(super) fn buckets(reader: &mut Reader, at: Option<At<'_>>) -> Buckets {
    let entries = reader.entries(at);
    entries
        .into_iter()
        .filter_map(|(name, at)| match at.node.to_json() {
            Value::Object(properties) => Some((name, properties)),
            Value::Null => None,
            _ => {
                reader.refuse(&at, "a mapping");
                None
            }
        })
        .collect()
}

fn sns(reader: &mut Reader, at: &At<'_>) -> Option<SnsEvent> {
    if let Some(text) = at.node.to_text() {
        return Some(if text.starts_with("arn:") {
            SnsEvent {
                arn: Some(text.into()),
                ..SnsEvent::default()
            }
        } else {
            SnsEvent {
                topic_name: Some(text),
                ..SnsEvent::default()
            }
        });
    }
    let (arn, topic_name) = (at.get("arn"), at.get("topicName"));
    if arn.is_none() && topic_name.is_none() {
        reader.refuse(
            at,
            "the name of a topic, an ARN, or a mapping with `arn` or `topicName`",
        );
        return None;
    }
    Some(SnsEvent {
        arn: reader.text_or_function(arn),
        topic_name: reader.text(topic_name),
        is_mapping: true,
        display_name: reader.text(at.get("displayName")),
        filter_policy: as_is(at.get("filterPolicy")),
        filter_policy_scope: reader.text(at.get("filterPolicyScope")),
        redrive: at
            .get("redrivePolicy")
            .and_then(|policy| redrive(reader, &policy)),
    })
}

fn redrive(reader: &mut Reader, at: &At<'_>) -> Option<Redrive> {
    let ways = [
        "deadLetterTargetArn",
        "deadLetterTargetRef",
        "deadLetterTargetImport",
    ];
    let written: Vec<&str> = ways
        .into_iter()
        .filter(|way| at.get(way).is_some())
        .collect();
    if let [first, _, ..] = written.as_slice() {
        reader.found.push(
            Diagnostic::warning(
                Code::ConfigConflict,
                format!("`{}` names several queues: {}", at.path, written.join(", ")),
            )
            .at(at.node.span.clone())
            .path(at.path.clone())
            .hint(format!("Keep one of them; `{first}` counts")),
        );
    }
    if let Some(arn) = at.get("deadLetterTargetArn") {
        return reader.text(Some(arn)).map(Redrive::Arn);
    }
    if let Some(id) = at.get("deadLetterTargetRef") {
        return reader.text(Some(id)).map(Redrive::Ref);
    }
    if let Some(import) = at.get("deadLetterTargetImport") {
        return Some(Redrive::Import {
            arn: needed_text(reader, &import, "arn")?,
            url: needed_text(reader, &import, "url")?,
        });
    }
    reader.refuse(
        at,
        "a mapping with `deadLetterTargetArn`, `deadLetterTargetRef` or `deadLetterTargetImport`",
    );
    None
}

fn cognito(reader: &mut Reader, at: &At<'_>) -> Option<CognitoEvent> {
    let pool = needed_text(reader, at, "pool");
    let trigger = needed_text(reader, at, "trigger");
    Some(CognitoEvent {
        pool: pool?,
        trigger: trigger?,
        existing: reader.truth(at.get("existing")).unwrap_or_default(),
        force_deploy: reader.truth(at.get("forceDeploy")).unwrap_or_default(),
        kms_key_id: reader.text_or_function(at.get("kmsKeyId")),
    })
}
