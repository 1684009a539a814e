//! Keys of `sns` events.

use super::{Key, Shape, provider, rule};
use crate::schema::Rule;

static TOPIC: Rule = Rule {
    wants: "at most 256 letters, digits, hyphens and underscores",
    holds: is_topic,
};

fn is_topic(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    !text.is_empty() && text.len() <= 256 && text.chars().all(fits)
}

static TOPIC_OR_ARN: Rule = Rule {
    wants: "the name of a topic, or an ARN",
    holds: |text| text.starts_with("arn:") || is_topic(text),
};

static IMPORT: &[Key] = &[
    Key::new(
        "arn",
        Shape::TextBy(&rule::NOT_EMPTY),
        "The export with the queue's ARN",
    ),
    Key::new(
        "url",
        Shape::TextBy(&rule::NOT_EMPTY),
        "The export with the queue's URL",
    ),
];

static REDRIVE: &[Key] = &[
    Key::new(
        "deadLetterTargetArn",
        Shape::TextBy(&rule::ARN),
        "The queue's ARN",
    ),
    Key::new(
        "deadLetterTargetRef",
        Shape::TextBy(&rule::NOT_EMPTY),
        "The logical id of a queue of `resources`",
    ),
    Key::new(
        "deadLetterTargetImport",
        Shape::Keys(IMPORT, &["arn", "url"]),
        "A queue of another stack, by its exports",
    ),
];

static EVENT: &[Key] = &[
    Key::new("arn", provider::ARN, "A topic that exists"),
    Key::new("topicName", Shape::TextBy(&TOPIC), "The topic's name"),
    Key::new(
        "displayName",
        Shape::TextBy(&rule::NOT_EMPTY),
        "What mails of the topic are from",
    ),
    Key::new(
        "filterPolicy",
        Shape::AnyMapping,
        "Which messages are meant",
    ),
    Key::new(
        "filterPolicyScope",
        Shape::Text,
        "What is filtered: `MessageAttributes` or `MessageBody`",
    ),
    Key::new(
        "redrivePolicy",
        Shape::Keys(REDRIVE, &[]),
        "The queue for messages that cannot be delivered",
    ),
];

/// `sns`.
pub(super) static SNS: Key = Key::new(
    "sns",
    Shape::Either(&[Shape::TextBy(&TOPIC_OR_ARN), Shape::Keys(EVENT, &[])]),
    "Messages of a topic",
);
