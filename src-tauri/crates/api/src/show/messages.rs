//! Events that bring messages, in words and in the drawing.

use pilothouse_service::types::{
    BrokerEvent, CognitoEvent, Event, Polling, S3Event, SnsEvent, StreamEvent,
};
use pilothouse_template::{cluster_name, naming, queue_name, stream_name};
use serde_json::Value;

use super::{NodeKind, plain};

/// An event in words: its kind, the kind's words, what it is about, and notes.
pub(super) struct Words {
    pub(super) kind: &'static str,
    pub(super) kind_words: &'static str,
    pub(super) words: String,
    pub(super) notes: Vec<&'static str>,
}

/// Where messages come from, as a node of the drawing.
pub(super) struct Source<'e> {
    /// The node; none when the value names it.
    pub(super) id: Option<String>,
    /// What names it: an ARN, or a value that refers to a resource.
    pub(super) value: Option<&'e Value>,
    pub(super) kind: NodeKind,
    pub(super) label: String,
    pub(super) note: &'static str,
    /// What the arrow says.
    pub(super) words: String,
}

/// The words of an event; none when it is of another kind.
pub(super) fn words(event: &Event) -> Option<Words> {
    let (kind, kind_words, words, notes) = match event {
        Event::S3(event) => (
            "s3",
            "S3 bucket",
            format!("{} {}", bucket(event), notification(event)),
            exists(event.existing),
        ),
        Event::Sns(event) => ("sns", "SNS topic", event.topic(), sns_notes(event)),
        Event::CognitoUserPool(event) => (
            "cognitoUserPool",
            "User pool",
            format!("{} {}", event.pool, event.trigger),
            exists(event.existing),
        ),
        Event::Sqs(event) => {
            let queue = queue_name(&event.arn);
            ("sqs", "SQS queue", queue, disabled(&event.polling))
        }
        Event::Stream(event) => (
            "stream",
            stream_words(event),
            stream_name(&event.arn),
            disabled(&event.polling),
        ),
        Event::Msk(event) => (
            "msk",
            "Managed Kafka",
            format!("{} of {}", event.topic, cluster_name(&event.arn)),
            disabled(&event.polling),
        ),
        Event::Kafka(event) => {
            let notes = disabled(&event.polling);
            ("kafka", "Kafka", event.topic.clone(), notes)
        }
        Event::ActiveMq(event) => broker("activemq", "ActiveMQ", event),
        Event::RabbitMq(event) => broker("rabbitmq", "RabbitMQ", event),
        _ => return None,
    };
    Some(Words {
        kind,
        kind_words,
        words,
        notes,
    })
}

fn broker(
    kind: &'static str,
    kind_words: &'static str,
    event: &BrokerEvent,
) -> (&'static str, &'static str, String, Vec<&'static str>) {
    let notes = disabled(&event.polling);
    (kind, kind_words, event.queue.clone(), notes)
}

fn bucket(event: &S3Event) -> String {
    plain(&event.bucket)
}

fn notification(event: &S3Event) -> &str {
    event.event.as_deref().unwrap_or("s3:ObjectCreated:*")
}

fn stream_words(event: &StreamEvent) -> &'static str {
    if event.kind == "dynamodb" {
        "DynamoDB stream"
    } else {
        "Kinesis stream"
    }
}

fn exists(existing: bool) -> Vec<&'static str> {
    if existing {
        vec!["exists already"]
    } else {
        Vec::new()
    }
}

fn sns_notes(event: &SnsEvent) -> Vec<&'static str> {
    let notes = [
        (
            event.arn.as_ref().is_some_and(Value::is_string),
            "exists already",
        ),
        (event.filter_policy.is_some(), "filtered"),
        (event.redrive.is_some(), "dead letters"),
    ];
    notes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, note)| note)
        .collect()
}

fn disabled(polling: &Polling) -> Vec<&'static str> {
    let notes = [
        (polling.enabled == Some(Value::Bool(false)), "disabled"),
        (polling.filters.is_some(), "filtered"),
    ];
    notes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, note)| note)
        .collect()
}

/// Where the messages of an event come from; none when it is of another kind.
pub(super) fn source(event: &Event) -> Option<Source<'_>> {
    Some(match event {
        Event::S3(event) => of_bucket(event),
        Event::Sns(event) => Source {
            id: event
                .arn
                .is_none()
                .then(|| naming::topic_id(&event.topic())),
            value: event.arn.as_ref(),
            kind: NodeKind::Queue,
            label: event.topic(),
            note: "SNS topic",
            words: "notifies".to_owned(),
        },
        Event::CognitoUserPool(event) => of_pool(event),
        Event::Sqs(event) => {
            let label = queue_name(&event.arn);
            fetched(Some(&event.arn), NodeKind::Queue, label, "SQS queue")
        }
        Event::Stream(event) => {
            let kind = if event.kind == "dynamodb" {
                NodeKind::Table
            } else {
                NodeKind::Queue
            };
            let label = stream_name(&event.arn);
            fetched(Some(&event.arn), kind, label, stream_words(event))
        }
        Event::Msk(event) => {
            let label = format!("{} of {}", event.topic, cluster_name(&event.arn));
            fetched(None, NodeKind::Queue, label, "Managed Kafka")
        }
        Event::Kafka(event) => fetched(None, NodeKind::Queue, event.topic.clone(), "Kafka"),
        Event::ActiveMq(event) => fetched(None, NodeKind::Queue, event.queue.clone(), "ActiveMQ"),
        Event::RabbitMq(event) => fetched(None, NodeKind::Queue, event.queue.clone(), "RabbitMQ"),
        _ => return None,
    })
}

fn fetched<'e>(
    value: Option<&'e Value>,
    kind: NodeKind,
    label: String,
    note: &'static str,
) -> Source<'e> {
    Source {
        id: value.is_none().then(|| format!("{note}:{label}")),
        value,
        kind,
        label,
        note,
        words: "is read by".to_owned(),
    }
}

fn of_bucket(event: &S3Event) -> Source<'_> {
    let name = event.bucket.as_str().filter(|_| !event.existing);
    Source {
        id: name.map(naming::bucket_id),
        value: Some(&event.bucket),
        kind: NodeKind::Bucket,
        label: bucket(event),
        note: "S3 bucket",
        words: notification(event).to_owned(),
    }
}

fn of_pool(event: &CognitoEvent) -> Source<'_> {
    let id = if event.existing {
        format!("pool:{}", event.pool)
    } else {
        naming::user_pool_id(&event.pool)
    };
    Source {
        id: Some(id),
        value: None,
        kind: NodeKind::Other,
        label: event.pool.clone(),
        note: "User pool",
        words: event.trigger.clone(),
    }
}
