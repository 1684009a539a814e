//! Events that Lambda fetches itself.

use indexmap::IndexMap;
use serde_json::Value;

use super::{as_is, needed, needed_text};
use crate::document::{Content, Node};
use crate::typed::reader::{At, Reader};
use crate::types::{
    BrokerEvent, Consumer, Event, KafkaEvent, MskEvent, OnFailure, Polling, SqsEvent, Start,
    StreamEvent,
};

pub(super) fn read(reader: &mut Reader, item: &At<'_>, events: &mut Vec<Event>) {
    if let Some(at) = item.get("sqs") {
        events.extend(sqs(reader, &at).map(|event| Event::Sqs(Box::new(event))));
    }
    if let Some(at) = item.get("stream") {
        events.extend(stream(reader, &at).map(|event| Event::Stream(Box::new(event))));
    }
    if let Some(at) = item.get("msk") {
        events.extend(msk(reader, &at).map(|event| Event::Msk(Box::new(event))));
    }
    if let Some(at) = item.get("kafka") {
        events.extend(kafka(reader, &at).map(|event| Event::Kafka(Box::new(event))));
    }
    if let Some(at) = item.get("activemq") {
        events.extend(broker(reader, &at).map(|event| Event::ActiveMq(Box::new(event))));
    }
    if let Some(at) = item.get("rabbitmq") {
        events.extend(broker(reader, &at).map(|event| Event::RabbitMq(Box::new(event))));
    }
}

/// The text that stands for a mapping with `arn` alone.
fn arn_alone(reader: &mut Reader, at: &At<'_>) -> Option<Option<Value>> {
    let text = at.node.to_text()?;
    if !text.starts_with("arn:") {
        reader.refuse(at, "an ARN, or a mapping with `arn`");
        return Some(None);
    }
    Some(Some(text.into()))
}

fn polling(reader: &mut Reader, at: &At<'_>, window: &str) -> Polling {
    let filters = at.get("filterPatterns");
    Polling {
        batch_size: as_is(at.get("batchSize")),
        window: as_is(at.get(window)),
        // Written as nothing, it is left to AWS.
        enabled: at.node.get("enabled").map(Node::to_json),
        filters: filters.map(|filters| values(reader, &filters)),
    }
}

/// The items of a list; one value that is no list stands for a list of one.
fn values(reader: &mut Reader, at: &At<'_>) -> Vec<Value> {
    if matches!(at.node.content, Content::Mapping(_)) {
        return vec![at.node.to_json()];
    }
    reader
        .items(Some(at.clone()))
        .into_iter()
        .map(|item| item.node.to_json())
        .collect()
}

fn start(reader: &mut Reader, at: &At<'_>) -> Start {
    Start {
        position: reader.text_or_function(at.get("startingPosition")),
        timestamp: as_is(at.get("startingPositionTimestamp")),
    }
}

fn sqs(reader: &mut Reader, at: &At<'_>) -> Option<SqsEvent> {
    if let Some(arn) = arn_alone(reader, at) {
        return Some(SqsEvent {
            arn: arn?,
            ..SqsEvent::default()
        });
    }
    Some(SqsEvent {
        arn: needed(reader, at, "arn")?,
        polling: polling(reader, at, "maximumBatchingWindow"),
        response_type: reader.text_or_function(at.get("functionResponseType")),
        maximum_concurrency: as_is(at.get("maximumConcurrency")),
    })
}

/// The service that an ARN names: its third part.
fn service_of(arn: &Value) -> Option<String> {
    let kind = arn.as_str()?.split(':').nth(2)?;
    Some(kind.to_owned())
}

fn stream(reader: &mut Reader, at: &At<'_>) -> Option<StreamEvent> {
    if let Some(arn) = arn_alone(reader, at) {
        let arn = arn?;
        let kind = kind_of_stream(reader, at, &arn, None)?;
        return Some(StreamEvent {
            arn,
            kind,
            ..StreamEvent::default()
        });
    }
    let arn = needed(reader, at, "arn")?;
    let written = reader.text(at.get("type"));
    let kind = kind_of_stream(reader, at, &arn, written)?;
    Some(StreamEvent {
        arn,
        kind,
        polling: polling(reader, at, "batchWindow"),
        start: start(reader, at),
        consumer: at
            .get("consumer")
            .and_then(|consumer| self::consumer(reader, &consumer)),
        parallelization_factor: as_is(at.get("parallelizationFactor")),
        maximum_retry_attempts: as_is(at.get("maximumRetryAttempts")),
        bisect: as_is(at.get("bisectBatchOnFunctionError")),
        maximum_record_age: as_is(at.get("maximumRecordAgeInSeconds")),
        response_type: reader.text_or_function(at.get("functionResponseType")),
        tumbling_window: as_is(at.get("tumblingWindowInSeconds")),
        on_failure: at
            .get("destinations")
            .and_then(|destinations| destinations.get("onFailure"))
            .and_then(|target| on_failure(reader, &target)),
    })
}

fn kind_of_stream(
    reader: &mut Reader,
    at: &At<'_>,
    arn: &Value,
    written: Option<String>,
) -> Option<String> {
    let kind = written.or_else(|| service_of(arn));
    if kind.is_none() {
        reader.refuse(
            at,
            "a mapping with `type`, for this `arn` does not say what kind of stream it is",
        );
    }
    kind
}

fn consumer(reader: &mut Reader, at: &At<'_>) -> Option<Consumer> {
    match at.node.content {
        Content::Bool(true) => Some(Consumer::Made),
        Content::Bool(false) => None,
        _ => reader
            .text_or_function(Some(at.clone()))
            .map(Consumer::Known),
    }
}

fn on_failure(reader: &mut Reader, at: &At<'_>) -> Option<OnFailure> {
    let arn = match at.node.to_text() {
        Some(text) => text.into(),
        None => needed(reader, at, "arn")?,
    };
    let written = reader.text(at.get("type"));
    let kind = written.or_else(|| service_of(&arn));
    if kind.is_none() {
        reader.refuse(
            at,
            "a mapping with `type`, for this `arn` does not say whether it is a topic or a queue",
        );
    }
    Some(OnFailure {
        arn,
        is_topic: kind? == "sns",
    })
}

fn msk(reader: &mut Reader, at: &At<'_>) -> Option<MskEvent> {
    let arn = needed(reader, at, "arn");
    let topic = needed_text(reader, at, "topic");
    Some(MskEvent {
        arn: arn?,
        topic: topic?,
        polling: polling(reader, at, "maximumBatchingWindow"),
        start: start(reader, at),
        sasl_scram_512: reader.text_or_function(at.get("saslScram512")),
        consumer_group_id: reader.text(at.get("consumerGroupId")),
    })
}

fn kafka(reader: &mut Reader, at: &At<'_>) -> Option<KafkaEvent> {
    let topic = needed_text(reader, at, "topic");
    let Some(servers) = at.get("bootstrapServers") else {
        super::missing(reader, at, "bootstrapServers");
        return None;
    };
    let Some(access) = at.get("accessConfigurations") else {
        super::missing(reader, at, "accessConfigurations");
        return None;
    };
    let entries = reader.entries(Some(access));
    let access: IndexMap<String, Vec<Value>> = entries
        .into_iter()
        .filter(|(_, at)| !at.node.is_null())
        .map(|(name, at)| (name, values(reader, &at)))
        .collect();
    Some(KafkaEvent {
        topic: topic?,
        servers: values(reader, &servers),
        access,
        polling: polling(reader, at, "maximumBatchingWindow"),
        start: start(reader, at),
        consumer_group_id: reader.text(at.get("consumerGroupId")),
    })
}

fn broker(reader: &mut Reader, at: &At<'_>) -> Option<BrokerEvent> {
    let arn = needed(reader, at, "arn");
    let secret = needed(reader, at, "basicAuthArn");
    let queue = needed_text(reader, at, "queue");
    Some(BrokerEvent {
        arn: arn?,
        secret: secret?,
        queue: queue?,
        virtual_host: reader.text(at.get("virtualHost")),
        polling: polling(reader, at, "maximumBatchingWindow"),
    })
}
