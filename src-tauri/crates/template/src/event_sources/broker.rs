//! `activemq` and `rabbitmq` events: queues of brokers of Amazon MQ.

use pilothouse_service::types::{BrokerEvent, Event, Function};
use serde_json::{Value, json};

use super::{events, mapping, polled_if_written};
use crate::draft::Draft;
use crate::functions::allow;
use crate::naming;
use crate::target::statement;

/// A kind of broker.
pub(super) struct Kind {
    name: &'static str,
    pick: fn(&Event) -> Option<&BrokerEvent>,
}

pub(super) const ACTIVE: Kind = Kind {
    name: "ActiveMQ",
    pick: |event| match event {
        Event::ActiveMq(event) => Some(event),
        _ => None,
    },
};

pub(super) const RABBIT: Kind = Kind {
    name: "RabbitMQ",
    pick: |event| match event {
        Event::RabbitMq(event) => Some(event),
        _ => None,
    },
};

pub(super) fn add(draft: &mut Draft<'_>, key: &str, function: &Function, kind: &Kind) {
    let (mut brokers, mut secrets) = (Vec::new(), Vec::new());
    for (path, event) in events(key, function, kind.pick) {
        let mut access = vec![json!({ "Type": "BASIC_AUTH", "URI": event.secret })];
        let host = event.virtual_host.as_ref().filter(|host| !host.is_empty());
        access.extend(host.map(|host| json!({ "Type": "VIRTUAL_HOST", "URI": host })));
        let resource = polled_if_written(mapping(draft, key, function), &event.polling)
            .with("EventSourceArn", event.arn.clone())
            .with("Queues", json!([event.queue]))
            .with("SourceAccessConfigurations", access);
        let id = naming::broker_mapping_id(key, kind.name, &event.queue);
        let source = format!("the queue `{}` of {}", event.queue, kind.name);
        draft.replace(id, resource, &source, &path);
        brokers.push(event.arn.clone());
        secrets.push(event.secret.clone());
    }
    if brokers.is_empty() {
        return;
    }
    let statements = [
        statement(&["secretsmanager:GetSecretValue"], secrets),
        statement(&["mq:DescribeBroker"], brokers),
        network_statement(),
    ];
    allow(draft, statements);
}

/// What lets Lambda reach into the network that a broker is in.
pub(super) fn network_statement() -> Value {
    json!({
        "Effect": "Allow",
        "Action": [
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeVpcs",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups"
        ],
        "Resource": "*"
    })
}
