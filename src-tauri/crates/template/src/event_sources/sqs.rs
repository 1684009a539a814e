//! `sqs` events.

use pilothouse_service::types::{Event, SqsEvent};
use serde_json::{Value, json};

use super::{add_mapping, events, is_something, mapping, polled, words_of};
use crate::draft::{Draft, Resource};
use crate::functions::allow;
use crate::naming;
use crate::target::statement;

pub(super) fn add(draft: &mut Draft<'_>) {
    let mut queues = Vec::new();
    for (key, function) in &draft.service.functions {
        for (path, event) in events(key, function, pick) {
            let queue = queue_name(&event.arn);
            let resource =
                with_options(polled(mapping(draft, key, function), &event.polling), event)
                    .with("EventSourceArn", event.arn.clone());
            let id = naming::queue_mapping_id(key, &queue);
            add_mapping(draft, id, resource, &format!("the queue `{queue}`"), &path);
            queues.push(event.arn.clone());
        }
    }
    if !queues.is_empty() {
        let actions = [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ];
        allow(draft, [statement(&actions, queues)]);
    }
}

fn with_options(resource: Resource, event: &SqsEvent) -> Resource {
    let response = event.response_type.as_ref().map(|kind| json!([kind]));
    let most = event.maximum_concurrency.as_ref();
    let scaling = most
        .filter(|most| is_something(most))
        .map(|most| json!({ "MaximumConcurrency": most }));
    resource
        .with_some("FunctionResponseTypes", response)
        .with_some("ScalingConfig", scaling)
}

/// The queue's name: of an ARN its last part.
pub fn queue_name(arn: &Value) -> String {
    let words = words_of(arn);
    if arn.is_string() || arn.get("Fn::Sub").is_some() {
        return words.rsplit(':').next().unwrap_or(&words).to_owned();
    }
    words
}

fn pick(event: &Event) -> Option<&SqsEvent> {
    match event {
        Event::Sqs(event) => Some(event),
        _ => None,
    }
}
