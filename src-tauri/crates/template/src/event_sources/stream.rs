//! `stream` events: of DynamoDB, and of Kinesis with or without a consumer of their own.

use pilothouse_service::types::{Consumer, Event, Function, StreamEvent};
use serde_json::{Value, json};

use super::{add_mapping, events, is_something, mapping, polled, words_of};
use crate::draft::{Draft, Resource};
use crate::functions::allow;
use crate::intrinsics::reference;
use crate::naming;
use crate::target::statement;

/// What the role of one function needs for its streams: each has its actions and the resources so far.
#[derive(Debug, Default)]
struct Needs {
    tables: Vec<Value>,
    streams: Vec<Value>,
    consumed: Vec<Value>,
    consumers: Vec<Value>,
    topics: Vec<Value>,
    queues: Vec<Value>,
}

pub(super) fn add(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let mut needs = Needs::default();
    for (path, event) in events(key, function, pick) {
        let name = stream_name(&event.arn);
        let resource = with_options(polled(mapping(draft, key, function), &event.polling), event);
        needs.of(event);
        let resource = read_by(draft, key, &name, event, resource, &mut needs);
        let id = naming::stream_mapping_id(key, &event.kind, &name);
        add_mapping(draft, id, resource, &format!("the stream `{name}`"), &path);
    }
    allow(draft, needs.into_statements());
}

fn with_options(resource: Resource, event: &StreamEvent) -> Resource {
    let written = |value: &Option<Value>| value.clone().filter(is_something);
    let response = event.response_type.as_ref().map(|kind| json!([kind]));
    let failure = event
        .on_failure
        .as_ref()
        .map(|target| json!({ "OnFailure": { "Destination": target.arn } }));
    resource
        .with_some(
            "ParallelizationFactor",
            written(&event.parallelization_factor),
        )
        .with("StartingPosition", event.start.position())
        .with_some("MaximumRetryAttempts", event.maximum_retry_attempts.clone())
        .with_some("BisectBatchOnFunctionError", event.bisect.clone())
        .with_some("FunctionResponseTypes", response)
        .with_some(
            "MaximumRecordAgeInSeconds",
            written(&event.maximum_record_age),
        )
        .with_some("TumblingWindowInSeconds", event.tumbling_window.clone())
        .with_some("DestinationConfig", failure)
}

/// Where the mapping reads: the stream itself, or a consumer of it.
fn read_by(
    draft: &mut Draft<'_>,
    key: &str,
    name: &str,
    event: &StreamEvent,
    resource: Resource,
    needs: &mut Needs,
) -> Resource {
    let consumer = event.consumer.as_ref().filter(|_| event.kind == "kinesis");
    let Some(consumer) = consumer else {
        return resource.with("EventSourceArn", event.arn.clone());
    };
    let (arn, made) = match consumer {
        Consumer::Known(arn) => (arn.clone(), None),
        Consumer::Made => {
            let consumer_name = naming::stream_consumer_name(draft.service, key, name);
            let id = naming::stream_consumer_id(&consumer_name);
            let made = Resource::new("AWS::Kinesis::StreamConsumer")
                .with("StreamARN", event.arn.clone())
                .with("ConsumerName", consumer_name.as_str());
            draft.merge(
                id.clone(),
                made,
                &format!("the consumer `{consumer_name}`"),
                &format!("functions.{key}"),
            );
            (reference(&id), Some(id))
        }
    };
    needs.consumers.push(arn.clone());
    let timestamp = event.start.timestamp.clone().filter(is_something);
    resource
        .with("EventSourceArn", arn)
        .with_some("StartingPositionTimestamp", timestamp)
        .depends_on(made)
}

impl Needs {
    fn of(&mut self, event: &StreamEvent) {
        let streams = match (event.kind.as_str(), &event.consumer) {
            ("dynamodb", _) => &mut self.tables,
            (_, Some(_)) => &mut self.consumed,
            (_, None) => &mut self.streams,
        };
        streams.push(event.arn.clone());
        if let Some(target) = &event.on_failure {
            let targets = if target.is_topic {
                &mut self.topics
            } else {
                &mut self.queues
            };
            targets.push(target.arn.clone());
        }
    }

    fn into_statements(self) -> Vec<Value> {
        let all: [(&[&str], Vec<Value>); 6] = [
            (
                &[
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:DescribeStream",
                    "dynamodb:ListStreams",
                ],
                self.tables,
            ),
            (
                &[
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:DescribeStream",
                    "kinesis:ListStreams",
                ],
                self.streams,
            ),
            (
                &[
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:DescribeStreamSummary",
                    "kinesis:ListShards",
                ],
                self.consumed,
            ),
            (&["kinesis:SubscribeToShard"], self.consumers),
            (&["sns:Publish"], self.topics),
            (&["sqs:ListQueues", "sqs:SendMessage"], self.queues),
        ];
        all.into_iter()
            .filter(|(_, resources)| !resources.is_empty())
            .map(|(actions, resources)| statement(actions, resources))
            .collect()
    }
}

/// The stream's name: of an ARN the part after the first slash, which for a table is the table's name; of parts
/// that are joined, what follows the last slash.
pub fn stream_name(arn: &Value) -> String {
    let words = words_of(arn);
    let part = if arn.get("Fn::Join").is_some() {
        words.rsplit('/').next()
    } else if arn.is_string() || arn.get("Fn::Sub").is_some() {
        words.split('/').nth(1)
    } else {
        None
    };
    part.unwrap_or(&words).to_owned()
}

fn pick(event: &Event) -> Option<&StreamEvent> {
    match event {
        Event::Stream(event) => Some(event),
        _ => None,
    }
}
