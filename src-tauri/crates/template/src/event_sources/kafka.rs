//! `msk` and `kafka` events: topics of Kafka, managed by AWS or by somebody else.

use pilothouse_service::types::{Event, Function, KafkaEvent, MskEvent};
use serde_json::{Map, Value, json};

use super::{events, is_something, mapping, polled_if_written, words_of};
use crate::draft::Draft;
use crate::event_sources::broker::network_statement;
use crate::functions::allow;
use crate::naming;
use crate::target::statement;

/// Adds the topics of managed Kafka.
pub(super) fn add_managed(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let mut clusters = Vec::new();
    for (path, event) in events(key, function, managed) {
        let MskEvent { arn, topic, .. } = event;
        let group = group(event.consumer_group_id.as_ref());
        let secret = event
            .sasl_scram_512
            .as_ref()
            .map(|secret| json!([{ "Type": "SASL_SCRAM_512_AUTH", "URI": secret }]));
        let resource = polled_if_written(mapping(draft, key, function), &event.polling)
            .with("EventSourceArn", arn.clone())
            .with("StartingPosition", event.start.position())
            .with_some("StartingPositionTimestamp", event.start.timestamp.clone())
            .with("Topics", json!([topic]))
            .with_some("AmazonManagedKafkaEventSourceConfig", group)
            .with_some("SourceAccessConfigurations", secret);
        let cluster = cluster_name(arn);
        let id = naming::msk_mapping_id(key, &cluster, topic);
        let source = format!("the topic `{topic}` of `{cluster}`");
        draft.replace(id, resource, &source, &path);
        clusters.push(arn.clone());
    }
    if !clusters.is_empty() {
        let actions = ["kafka:DescribeCluster", "kafka:GetBootstrapBrokers"];
        allow(draft, [statement(&actions, clusters), network_statement()]);
    }
}

/// The cluster's name: of an ARN the part after the first slash.
pub fn cluster_name(arn: &Value) -> String {
    let words = words_of(arn);
    words.split('/').nth(1).unwrap_or(&words).to_owned()
}

fn group(id: Option<&String>) -> Option<Value> {
    let id = id.filter(|id| !id.is_empty())?;
    Some(json!({ "ConsumerGroupId": id }))
}

/// Adds the topics of Kafka that somebody else manages.
pub(super) fn add(draft: &mut Draft<'_>, key: &str, function: &Function) {
    let (mut secrets, mut is_in_network) = (Vec::new(), false);
    for (path, event) in events(key, function, own) {
        let access = access(event, &mut secrets, &mut is_in_network);
        let resource = polled_if_written(mapping(draft, key, function), &event.polling)
            .with("StartingPosition", event.start.position())
            .with_some("StartingPositionTimestamp", event.start.timestamp.clone())
            .with(
                "SelfManagedEventSource",
                json!({ "Endpoints": { "KafkaBootstrapServers": event.servers } }),
            )
            .with("Topics", json!([event.topic]))
            .with("SourceAccessConfigurations", access)
            .with_some(
                "SelfManagedKafkaEventSourceConfig",
                group(event.consumer_group_id.as_ref()),
            );
        let id = naming::kafka_mapping_id(key, &event.topic);
        let source = format!("the topic `{}`", event.topic);
        draft.replace(id, resource, &source, &path);
    }
    if !secrets.is_empty() {
        let action = ["secretsmanager:GetSecretValue"];
        allow(draft, [statement(&action, secrets)]);
    }
    if is_in_network {
        allow(draft, [network_statement()]);
    }
}

/// How the cluster is reached, in the order written.
fn access(event: &KafkaEvent, secrets: &mut Vec<Value>, is_in_network: &mut bool) -> Vec<Value> {
    let mut all = Vec::new();
    for (name, values) in &event.access {
        let (kind, prefix, is_secret) = match name.as_str() {
            "vpcSubnet" => ("VPC_SUBNET", "subnet:", false),
            "vpcSecurityGroup" => ("VPC_SECURITY_GROUP", "security_group:", false),
            "saslPlainAuth" => ("BASIC_AUTH", "", true),
            "saslScram256Auth" => ("SASL_SCRAM_256_AUTH", "", true),
            "saslScram512Auth" => ("SASL_SCRAM_512_AUTH", "", true),
            "clientCertificateTlsAuth" => ("CLIENT_CERTIFICATE_TLS_AUTH", "", true),
            "serverRootCaCertificate" => ("SERVER_ROOT_CA_CERTIFICATE", "", true),
            other => (other, "", false),
        };
        *is_in_network |= !prefix.is_empty();
        for value in values.iter().filter(|value| is_something(value)) {
            let uri = match value {
                Value::String(text) => format!("{prefix}{text}").into(),
                intrinsic if prefix.is_empty() => intrinsic.clone(),
                intrinsic => crate::intrinsics::join("", vec![prefix.into(), intrinsic.clone()]),
            };
            let mut entry = Map::new();
            entry.insert("Type".into(), kind.into());
            entry.insert("URI".into(), uri);
            all.push(entry.into());
            if is_secret {
                secrets.push(value.clone());
            }
        }
    }
    all
}

fn managed(event: &Event) -> Option<&MskEvent> {
    match event {
        Event::Msk(event) => Some(event),
        _ => None,
    }
}

fn own(event: &Event) -> Option<&KafkaEvent> {
    match event {
        Event::Kafka(event) => Some(event),
        _ => None,
    }
}
