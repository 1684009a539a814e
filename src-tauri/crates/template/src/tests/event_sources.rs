//! What events become that Lambda fetches itself.

use pilothouse_service::types::{
    BrokerEvent, Consumer, KafkaEvent, MskEvent, OnFailure, Polling, SqsEvent, Start, StreamEvent,
};
use serde_json::json;

use super::*;

pub(super) fn sqs(arn: Value, change: impl FnOnce(&mut SqsEvent)) -> Event {
    let mut event = SqsEvent {
        arn,
        ..SqsEvent::default()
    };
    change(&mut event);
    Event::Sqs(Box::new(event))
}

pub(super) fn stream(kind: &str, arn: &str, change: impl FnOnce(&mut StreamEvent)) -> Event {
    let mut event = StreamEvent {
        arn: arn.into(),
        kind: kind.into(),
        ..StreamEvent::default()
    };
    change(&mut event);
    Event::Stream(Box::new(event))
}

fn statements(service: &Service) -> Vec<Value> {
    let path = "IamRoleLambdaExecution/Properties/Policies/0/PolicyDocument/Statement";
    let all = resource(service, path);
    all.as_array().cloned().unwrap_or_default()
}

#[test]
fn a_mapping_is_named_after_its_source_however_that_is_written() {
    for (arn, id) in [
        (
            json!("arn:aws:sqs:us-east-1:1:my-queue.fifo"),
            "Myqueuefifo",
        ),
        (json!({ "Fn::GetAtt": ["Jobs", "Arn"] }), "Jobs"),
        (json!({ "Fn::ImportValue": "the-jobs" }), "Thejobs"),
        (
            json!({ "Fn::Join": [":", ["arn", { "Ref": "AWS::Region" }, "jobs"]] }),
            "Jobs",
        ),
        (json!({ "Ref": "JobsArn" }), "JobsArn"),
        (
            json!({ "Fn::Sub": "arn:aws:sqs:${AWS::Region}:1:jobs" }),
            "Jobs",
        ),
        (
            json!({ "Fn::ImportValue": { "Fn::Sub": "x-${Stage}" } }),
            "XStage",
        ),
    ] {
        let service = shop(&[("a", &[sqs(arn.clone(), |_| {})])]);
        let mapping = resource(&service, &format!("AEventSourceMappingSQS{id}/Properties"));
        assert_eq!(mapping["EventSourceArn"], arn, "{id}");
        assert_eq!(mapping["BatchSize"], 10);
        assert_eq!(mapping["Enabled"], true);
    }
}

#[test]
fn queues_of_all_functions_are_in_one_statement_and_a_role_of_the_users_gets_none() {
    let queue = |name: &str| sqs(format!("arn:aws:sqs:us-east-1:1:{name}").into(), |_| {});
    let mut service = shop(&[("a", &[queue("x")]), ("b", &[queue("y")])]);
    let last = statements(&service).pop().expect("a statement");
    assert_eq!(last["Action"][0], "sqs:ReceiveMessage");
    assert_eq!(last["Resource"].as_array().map(Vec::len), Some(2));
    service.provider.iam_role = Some("MyRole".into());
    let mapping = resource(&service, "AEventSourceMappingSQSX/DependsOn");
    assert_eq!(mapping, json!(["MyRole"]));
    service.provider.iam_role = Some("arn:aws:iam::1:role/r".into());
    let mapping = resource(&service, "AEventSourceMappingSQSX/DependsOn");
    assert_eq!(mapping, Value::Null);
}

#[test]
fn statements_are_added_to_a_role_that_has_none_yet() {
    let mut service = shop(&[("a", &[sqs("arn:aws:sqs:us-east-1:1:q".into(), |_| {})])]);
    service.functions["a"].disable_logs = true;
    assert_eq!(statements(&service).len(), 1);
}

#[test]
fn a_second_event_of_a_queue_is_laid_over_the_first_and_told() {
    let arn = || Value::from("arn:aws:sqs:us-east-1:1:q");
    let first = sqs(arn(), |event| {
        event.polling.filters = Some(vec![json!({ "a": [1.0] })]);
    });
    let second = sqs(arn(), |event| event.polling.batch_size = Some(3.into()));
    let service = shop(&[("a", &[first, second])]);
    let mapping = resource(&service, "AEventSourceMappingSQSQ/Properties");
    assert_eq!(mapping["BatchSize"], 3);
    assert_eq!(
        mapping["FilterCriteria"]["Filters"][0]["Pattern"],
        r#"{"a":[1]}"#
    );
    let warnings = compiled(&service).warnings;
    assert_eq!(warnings.0.len(), 1, "{warnings:?}");
}

#[test]
fn a_consumer_is_made_or_known_and_is_what_is_read() {
    let made = |event: &mut StreamEvent| event.consumer = Some(Consumer::Made);
    let known = |event: &mut StreamEvent| {
        event.consumer = Some(Consumer::Known("arn:consumer".into()));
        event.start = Start {
            position: Some("AT_TIMESTAMP".into()),
            timestamp: Some(5.into()),
        };
    };
    let mut service = shop(&[(
        "a",
        &[
            stream("kinesis", "arn:aws:kinesis:us-east-1:1:stream/s-1", made),
            stream("kinesis", "arn:aws:kinesis:us-east-1:1:stream/s2", known),
        ],
    )]);
    let first = resource(&service, "AEventSourceMappingKinesisS1");
    assert_eq!(
        first["Properties"]["EventSourceArn"],
        json!({ "Ref": "AsDash1ConsumerStreamConsumer" })
    );
    let second = resource(&service, "AEventSourceMappingKinesisS2/Properties");
    assert_eq!(second["EventSourceArn"], "arn:consumer");
    assert_eq!(second["StartingPositionTimestamp"], 5);
    service.provider.names_consumers_by_service = true;
    let name = resource(
        &service,
        "AsDash1shopdevConsumerStreamConsumer/Properties/ConsumerName",
    );
    assert_eq!(name, "as-1shopdevConsumer");
}

#[test]
fn streams_ask_for_what_their_kind_and_their_failures_need() {
    let to = |arn: &str, is_topic: bool| {
        let arn = Value::from(arn);
        move |event: &mut StreamEvent| event.on_failure = Some(OnFailure { arn, is_topic })
    };
    let service = shop(&[(
        "a",
        &[
            stream(
                "dynamodb",
                "arn:aws:dynamodb:us-east-1:1:table/t/stream/1",
                to("arn:t", true),
            ),
            stream(
                "kinesis",
                "arn:aws:kinesis:us-east-1:1:stream/s",
                to("arn:q", false),
            ),
        ],
    )]);
    let actions: Vec<Value> = statements(&service)
        .iter()
        .skip(2)
        .map(|statement| statement["Action"][0].clone())
        .collect();
    assert_eq!(
        actions,
        [
            "dynamodb:GetRecords",
            "kinesis:GetRecords",
            "sns:Publish",
            "sqs:ListQueues"
        ]
    );
    let table = resource(&service, "AEventSourceMappingDynamodbT/Properties");
    assert_eq!(
        table["DestinationConfig"]["OnFailure"]["Destination"],
        "arn:t"
    );
}

#[test]
fn brokers_leave_to_aws_what_is_not_written() {
    let arn = "arn:aws:kafka:us-east-1:1:cluster/Main/1";
    let managed = Event::Msk(Box::new(MskEvent {
        arn: arn.into(),
        topic: "my.topic".into(),
        ..MskEvent::default()
    }));
    let own = Event::Kafka(Box::new(KafkaEvent {
        topic: "t".into(),
        servers: vec!["a:9092".into()],
        access: [
            ("vpcSubnet".to_owned(), vec!["subnet-1".into()]),
            ("saslPlainAuth".to_owned(), vec!["arn:secret".into()]),
        ]
        .into_iter()
        .collect(),
        ..KafkaEvent::default()
    }));
    let broker = BrokerEvent {
        arn: "arn:broker".into(),
        secret: "arn:secret".into(),
        queue: "q".into(),
        virtual_host: Some("/".into()),
        polling: Polling {
            window: Some(0.into()),
            ..Polling::default()
        },
    };
    let rabbit = Event::RabbitMq(Box::new(broker));
    let service = shop(&[("a", &[managed, own, rabbit])]);
    let mapping = resource(&service, "AEventSourceMappingMSKMainMytopic/Properties");
    assert_eq!(mapping["StartingPosition"], "TRIM_HORIZON");
    assert_eq!(mapping["Enabled"], Value::Null);
    assert_eq!(
        resource(
            &service,
            "AEventSourceMappingKafkaT/Properties/SourceAccessConfigurations"
        ),
        json!([
            { "Type": "VPC_SUBNET", "URI": "subnet:subnet-1" },
            { "Type": "BASIC_AUTH", "URI": "arn:secret" }
        ])
    );
    let mapping = resource(&service, "AEventSourceMappingRabbitMQQ/Properties");
    assert_eq!(mapping["MaximumBatchingWindowInSeconds"], Value::Null);
    assert_eq!(
        mapping["SourceAccessConfigurations"][1]["Type"],
        "VIRTUAL_HOST"
    );
}
