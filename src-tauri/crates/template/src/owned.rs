//! Which resources an event of a function owns, for those who tell where each comes from.

mod gateways;
mod rules;

use pilothouse_service::types::Event;
use serde_json::Value;

use crate::event_sources::{cluster_name, queue_name, stream_name};
use crate::naming;

pub use rules::of_event_at;

/// The logical ids of the resources that stand for an event, each with what people call it. What an event shares
/// with others, such as a bucket, is among them.
pub fn of_event(key: &str, event: &Event) -> Vec<(String, String)> {
    if let Some(owned) = gateways::of_event(key, event) {
        return owned;
    }
    match event {
        Event::S3(event) if event.existing => {
            let words = format!("connection of {key} to {}", bucket_words(&event.bucket));
            vec![(naming::existing_bucket_id(key), words)]
        }
        Event::S3(event) => {
            let name = event.bucket.as_str().unwrap_or_default();
            vec![
                (naming::bucket_id(name), format!("bucket {name}")),
                called(naming::bucket_permission_id(key, name), key, name),
            ]
        }
        Event::Sns(event) => {
            let topic = event.topic();
            let mut owned = vec![
                (
                    naming::subscription_id(key, &topic),
                    format!("subscription of {key} to {topic}"),
                ),
                called(naming::topic_permission_id(key, &topic), key, &topic),
            ];
            if event.arn.is_none() {
                owned.push((naming::topic_id(&topic), format!("topic {topic}")));
            }
            if event.redrive.is_some() {
                let id = naming::dead_letter_policy_id(key, &topic);
                owned.push((id, format!("what {topic} may put aside for {key}")));
            }
            owned
        }
        Event::CognitoUserPool(event) if event.existing => {
            let words = format!("connection of {key} to {}", event.pool);
            vec![(naming::existing_pool_id(key), words)]
        }
        Event::CognitoUserPool(event) => {
            let id = naming::user_pool_permission_id(key, &event.pool, &event.trigger);
            vec![
                (
                    naming::user_pool_id(&event.pool),
                    format!("user pool {}", event.pool),
                ),
                called(id, key, &event.pool),
            ]
        }
        polled => mapping(key, polled)
            .map(|(id, source)| (id, format!("{source} to {key}")))
            .into_iter()
            .collect(),
    }
}

fn called(id: String, key: &str, by: &str) -> (String, String) {
    (id, format!("permission of {by} to call {key}"))
}

fn bucket_words(bucket: &Value) -> String {
    bucket
        .as_str()
        .map_or_else(|| bucket.to_string(), str::to_owned)
}

/// The mapping of an event that Lambda fetches itself, and the source's name.
fn mapping(key: &str, event: &Event) -> Option<(String, String)> {
    Some(match event {
        Event::Sqs(event) => {
            let queue = queue_name(&event.arn);
            (naming::queue_mapping_id(key, &queue), queue)
        }
        Event::Stream(event) => {
            let stream = stream_name(&event.arn);
            (naming::stream_mapping_id(key, &event.kind, &stream), stream)
        }
        Event::Msk(event) => {
            let cluster = cluster_name(&event.arn);
            let id = naming::msk_mapping_id(key, &cluster, &event.topic);
            (id, format!("{} of {cluster}", event.topic))
        }
        Event::Kafka(event) => (
            naming::kafka_mapping_id(key, &event.topic),
            event.topic.clone(),
        ),
        Event::ActiveMq(event) => (
            naming::broker_mapping_id(key, "ActiveMQ", &event.queue),
            event.queue.clone(),
        ),
        Event::RabbitMq(event) => (
            naming::broker_mapping_id(key, "RabbitMQ", &event.queue),
            event.queue.clone(),
        ),
        _ => return None,
    })
}
