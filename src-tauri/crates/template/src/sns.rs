//! `sns` events: topics that are made or exist, subscriptions, and queues for what could not be delivered.

use pilothouse_service::types::{Event, Redrive, SnsEvent};
use serde_json::{Map, Value, json};

use crate::draft::{Draft, Resource};
use crate::intrinsics::{attribute, join, reference};
use crate::naming;
use crate::scalars::compact_json;
use crate::target::Target;

/// Adds the subscriptions of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    for (key, function) in &draft.service.functions {
        for (at, event) in function.events.iter().enumerate() {
            if let Event::Sns(event) = event {
                let path = format!("functions.{key}.events.{at}.sns");
                subscribe(draft, key, event, &path);
            }
        }
    }
}

fn subscribe(draft: &mut Draft<'_>, key: &str, event: &SnsEvent, path: &str) {
    let target = Target::of(draft, key);
    let (topic, region) = (event.topic(), region(draft, event));
    let thing = match event.arn.as_ref().map(compact_json) {
        Some(arn) => format!("the topic {arn}"),
        None => format!("the topic `{topic}`"),
    };
    let redrive = event
        .redrive
        .as_ref()
        .map(|queue| dead_letters(draft, key, event, &topic, queue, path));
    let source = match &event.arn {
        Some(arn) => {
            let subscription = Resource::new("AWS::SNS::Subscription")
                .with("TopicArn", arn.clone())
                .with("Protocol", "lambda")
                .with("Endpoint", target.arn.clone())
                .with_some("FilterPolicy", event.filter_policy.clone())
                .with_some("FilterPolicyScope", event.filter_policy_scope.as_deref())
                .with_some("RedrivePolicy", redrive)
                .with_some("Region", region)
                .depends_on(target.alias.clone());
            let id = naming::subscription_id(key, &topic);
            draft.merge(id, subscription, &thing, path);
            arn.clone()
        }
        None => {
            make(draft, &target, &topic, event, path);
            listen(draft, key, &target, &topic, event, redrive, path);
            arn_of(&topic)
        }
    };
    let permission = target.permission("sns.amazonaws.com", source);
    let id = naming::topic_permission_id(key, &topic);
    draft.merge(id, permission, &thing, path);
}

/// The topic's Region, when that may be another than the stack's.
fn region(draft: &Draft<'_>, event: &SnsEvent) -> Option<String> {
    let arn = event.arn.as_ref().filter(|_| event.is_mapping)?.as_str()?;
    let region = arn.split(':').nth(3)?;
    (region != draft.service.region).then(|| region.to_owned())
}

fn arn_of(topic: &str) -> Value {
    let parts = vec![
        "arn:".into(),
        reference("AWS::Partition"),
        ":sns:".into(),
        reference("AWS::Region"),
        ":".into(),
        reference("AWS::AccountId"),
        ":".into(),
        topic.into(),
    ];
    join("", parts)
}

/// Makes the topic, unless another event has; the first one's display name counts.
fn make(draft: &mut Draft<'_>, target: &Target, topic: &str, event: &SnsEvent, path: &str) {
    let id = naming::topic_id(topic);
    let resource = if draft.has(&id) {
        // Nothing is added to it, and a different topic of the same id is told.
        Resource::new("AWS::SNS::Topic")
    } else {
        Resource::new("AWS::SNS::Topic")
            .with("TopicName", topic)
            .with_some("DisplayName", event.display_name.as_deref())
            .depends_on(target.alias.clone())
    };
    draft.merge(id, resource, &format!("the topic `{topic}`"), path);
}

/// Subscribes to a topic of this stack: within the topic itself, or beside it where a subscription has more to say.
fn listen(
    draft: &mut Draft<'_>,
    key: &str,
    target: &Target,
    topic: &str,
    event: &SnsEvent,
    redrive: Option<Value>,
    path: &str,
) {
    let topic_id = naming::topic_id(topic);
    if event.filter_policy.is_some() || redrive.is_some() {
        let subscription = Resource::new("AWS::SNS::Subscription")
            .with("Endpoint", target.arn.clone())
            .with("Protocol", "lambda")
            .with("TopicArn", reference(&topic_id))
            .with_some("FilterPolicy", event.filter_policy.clone())
            .with_some("FilterPolicyScope", event.filter_policy_scope.as_deref())
            .with_some("RedrivePolicy", redrive);
        let id = naming::subscription_id(key, topic);
        draft.merge(id, subscription, &format!("the topic `{topic}`"), path);
        return;
    }
    let properties = draft
        .template
        .section_mut("Resources")
        .get_mut(&topic_id)
        .and_then(|topic| topic.get_mut("Properties")?.as_object_mut());
    let listed = properties.and_then(|properties| {
        properties
            .entry("Subscription")
            .or_insert_with(|| json!([]))
            .as_array_mut()
    });
    if let Some(listed) = listed {
        listed.push(json!({ "Endpoint": target.arn, "Protocol": "lambda" }));
    }
}

/// The policy of a subscription for what could not be delivered; the topic is allowed to put it into the queue.
fn dead_letters(
    draft: &mut Draft<'_>,
    key: &str,
    event: &SnsEvent,
    topic: &str,
    queue: &Redrive,
    path: &str,
) -> Value {
    let (arn, url) = match queue {
        Redrive::Arn(arn) => (arn.clone().into(), url_of(arn)),
        Redrive::Ref(id) => (attribute(id, "Arn"), reference(id)),
        Redrive::Import { arn, url } => (
            json!({ "Fn::ImportValue": arn }),
            json!({ "Fn::ImportValue": url }),
        ),
    };
    let id = naming::dead_letter_policy_id(key, topic);
    // As with Serverless, a topic of this stack is not named here: its ARN is not at hand yet.
    let mut source = Map::new();
    source.extend(
        event
            .arn
            .as_ref()
            .map(|arn| ("aws:SourceArn".to_owned(), arn.clone())),
    );
    let policy = Resource::new("AWS::SQS::QueuePolicy")
        .with(
            "PolicyDocument",
            json!({
                "Version": "2012-10-17",
                "Id": id,
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": { "Service": "sns.amazonaws.com" },
                    "Action": "sqs:SendMessage",
                    "Resource": arn,
                    "Condition": { "ArnEquals": source }
                }]
            }),
        )
        .with("Queues", json!([url]));
    draft.replace(
        id,
        policy,
        &format!("the queue of the topic `{topic}`"),
        path,
    );
    json!({ "deadLetterTargetArn": arn })
}

/// The URL of a queue, from its ARN.
fn url_of(arn: &str) -> Value {
    let mut parts = arn.rsplit(':');
    let mut part = || parts.next().unwrap_or_default();
    let (name, account, region) = (part(), part(), part());
    let parts = vec![
        format!("https://sqs.{region}.").into(),
        reference("AWS::URLSuffix"),
        format!("/{account}/{name}").into(),
    ];
    join("", parts)
}
