//! Buckets that exist: a custom resource puts a function's notifications among those that a bucket has.

use indexmap::IndexMap;
use pilothouse_service::types::{Event, Function, S3Event};
use serde_json::{Map, Value, json};

use super::NOTIFICATION;
use crate::custom_resources::{self, Handler};
use crate::draft::{Draft, Resource};
use crate::intrinsics::{join, reference};
use crate::naming;

pub(super) fn add(draft: &mut Draft<'_>) {
    let mut statements = Vec::new();
    // The last resource of each bucket: the next one waits for it, for each reads and writes the whole configuration.
    let mut last: IndexMap<String, String> = IndexMap::new();
    for (key, function) in &draft.service.functions {
        let events = events(function);
        let Some(first) = events.first() else {
            continue;
        };
        let id = naming::existing_bucket_id(key);
        let before = last.insert(first.bucket.to_string(), id.clone());
        let resource = connection(draft, key, first, &events).depends_on(before);
        draft.add(id, resource, &format!("functions.{key}"));
        statements.push(statement(&first.bucket));
    }
    if !statements.is_empty() {
        statements.push(custom_resources::permission_statement());
        custom_resources::add(draft, Handler::Bucket, statements);
    }
}

fn events(function: &Function) -> Vec<&S3Event> {
    let events = function.events.iter();
    events
        .filter_map(|event| match event {
            Event::S3(event) if event.existing => Some(event.as_ref()),
            _ => None,
        })
        .collect()
}

fn connection(draft: &Draft<'_>, key: &str, first: &S3Event, events: &[&S3Event]) -> Resource {
    let configs: Vec<Value> = events.iter().map(|event| config(event)).collect();
    let now = first.force_deploy.then_some(draft.inputs.instance_millis);
    Handler::Bucket
        .resource("Custom::S3")
        .with("FunctionName", naming::function_name(draft.service, key))
        .with("BucketName", first.bucket.clone())
        .with("BucketConfigs", configs)
        .with_some("ForceDeploy", now)
        .depends_on([naming::function_id(key), Handler::Bucket.function_id()])
}

fn config(event: &S3Event) -> Value {
    let kind = event.event.as_deref().filter(|kind| !kind.is_empty());
    let rules: Vec<Value> = event
        .rules
        .iter()
        .map(|(name, value)| {
            let mut rule = Map::new();
            rule.insert(naming::first_upper(name), value.clone());
            rule.into()
        })
        .collect();
    json!({ "Event": kind.unwrap_or(NOTIFICATION), "Rules": rules })
}

fn statement(bucket: &Value) -> Value {
    let parts = vec![
        "arn".into(),
        reference("AWS::Partition"),
        "s3".into(),
        "".into(),
        "".into(),
        bucket.clone(),
    ];
    json!({
        "Effect": "Allow",
        "Resource": join(":", parts),
        "Action": ["s3:PutBucketNotification", "s3:GetBucketNotification"],
    })
}
