//! Events that bring messages: what is read, and what is told of those that are wrong.

use serde_json::json;

use super::{HEAD, Options, load_named, service};
use crate::types::{Consumer, Event, Redrive};

fn events(events: &str) -> Vec<Event> {
    let text = format!("{HEAD}functions:\n  hello:\n    handler: h.f\n    events:\n{events}");
    let mut loaded = service(&text);
    assert_eq!(loaded.warnings.0, [], "{text}");
    let function = loaded.service.functions.swap_remove("hello");
    function.expect("hello").events
}

/// What is said of one event: path, message and hint of every finding.
fn said(event: &str) -> Vec<(String, String)> {
    let text = format!("{HEAD}functions: {{hello: {{handler: h.f, events: [{event}]}}}}");
    let found = match load_named("serverless.yml", &text, &Options::default()) {
        Ok(loaded) => loaded.warnings,
        Err(rejected) => rejected.diagnostics,
    };
    let told = found.0.into_iter().map(|found| {
        assert!(found.span.is_some(), "{found:?}");
        assert!(found.hint.is_some() || found.reason.is_some(), "{found:?}");
        (found.path.unwrap_or_default(), found.message)
    });
    told.collect()
}

#[test]
fn messages_are_read_in_every_form() {
    let events = events(
        "      - s3: photos\n      - s3: {bucket: {Ref: B}, existing: true, rules: [{prefix: a/}], forceDeploy: 'true'}\n\
         \x20     - sns: topic\n      - sns: arn:aws:sns:us-east-1:1:named\n\
         \x20     - sns: {topicName: t, redrivePolicy: {deadLetterTargetRef: Q}, filterPolicy: {a: [b]}}\n\
         \x20     - sqs: arn:aws:sqs:us-east-1:1:q\n      - sqs: {arn: {'Fn::GetAtt': [Q, Arn]}, batchSize: '5', enabled: 'false'}\n\
         \x20     - stream: arn:aws:dynamodb:us-east-1:1:table/t/stream/1\n      - stream: {type: kinesis, arn: {Ref: S}, consumer: true}\n\
         \x20     - cognitoUserPool: {pool: My Pool, trigger: PreSignUp}\n",
    );
    let Event::S3(s3) = &events[1] else {
        panic!("{:?}", events[1])
    };
    assert_eq!(s3.bucket, json!({"Ref": "B"}));
    assert_eq!(s3.rules, [("prefix".to_owned(), json!("a/"))]);
    assert!(s3.existing && s3.force_deploy);
    let topics: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            Event::Sns(sns) => Some(sns.topic()),
            _ => None,
        })
        .collect();
    assert_eq!(topics, ["topic", "named", "t"]);
    assert!(matches!(&events[4], Event::Sns(sns) if sns.redrive == Some(Redrive::Ref("Q".into()))));
    assert!(
        matches!(&events[6], Event::Sqs(sqs) if sqs.polling.batch_size == Some(json!(5))
            && sqs.polling.enabled == Some(json!(false)))
    );
    assert!(matches!(&events[7], Event::Stream(stream) if stream.kind == "dynamodb"));
    assert!(matches!(&events[8], Event::Stream(stream) if stream.consumer == Some(Consumer::Made)));
}

/// An event, the place of what is wrong with it, and what is said.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "s3: Bad_Bucket",
        "s3",
        "a bucket cannot be called `Bad_Bucket`",
    ),
    ("s3: 1.2.3.4", "s3", "cannot be called `1.2.3.4`"),
    ("s3: ab", "s3", "`ab` has 2 characters"),
    ("s3: {bucket: {Ref: B}}", "s3", "cannot name a new bucket"),
    (
        "s3: {bucket: b-b, event: Created}",
        "s3.event",
        "must be an event of S3",
    ),
    ("s3: {existing: true}", "s3.bucket", "has no `bucket`"),
    (
        "s3: {bucket: bbb, rules: [{prefix: a, suffix: b}]}",
        "s3.rules.0",
        "is several rules at once",
    ),
    (
        "sns: {displayName: x}",
        "sns",
        "or a mapping with `arn` or `topicName`",
    ),
    ("sns: {arn: {Ref: T}}", "sns", "has no `topicName`"),
    (
        "sns: {topicName: t, redrivePolicy: {}}",
        "sns.redrivePolicy",
        "`deadLetterTargetArn`",
    ),
    (
        "sns: {topicName: t, redrivePolicy: {deadLetterTargetImport: {arn: a}}}",
        "sns.redrivePolicy.deadLetterTargetImport.url",
        "has no `url`",
    ),
    ("sqs: queue", "sqs", "must be an ARN"),
    (
        "sqs: {arn: arn:a, batchSize: 0}",
        "sqs.batchSize",
        "from 1 to 10000",
    ),
    (
        "sqs: {arn: arn:a, maximumConcurrency: 1}",
        "sqs.maximumConcurrency",
        "from 2 to 1000",
    ),
    ("stream: {arn: {Ref: S}}", "stream", "a mapping with `type`"),
    (
        "stream: {arn: arn:aws:kinesis:r:1:stream/s, consumer: true, startingPosition: AT_TIMESTAMP}",
        "stream",
        "has no `startingPositionTimestamp`",
    ),
    (
        "stream: {arn: arn:aws:kinesis:r:1:stream/s, startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 1}",
        "stream",
        "which AWS will refuse",
    ),
    (
        "msk: {arn: arn:aws:kafka:r:1:cluster/c/1}",
        "msk.topic",
        "has no `topic`",
    ),
    (
        "msk: {arn: arn:a, topic: t, startingPosition: AT_TIMESTAMP}",
        "msk",
        "has no `startingPositionTimestamp`",
    ),
    (
        "kafka: {topic: t, bootstrapServers: [a], accessConfigurations: {vpcSubnet: [subnet-1]}}",
        "kafka",
        "has no `vpcSecurityGroup`",
    ),
    (
        "kafka: {topic: t}",
        "kafka.bootstrapServers",
        "has no `bootstrapServers`",
    ),
    (
        "rabbitmq: {arn: 'arn:aws:mq:r:1:broker:b:b-1', queue: q}",
        "rabbitmq.basicAuthArn",
        "has no `basicAuthArn`",
    ),
    (
        "cognitoUserPool: {pool: p, trigger: SignUp}",
        "cognitoUserPool.trigger",
        "one of PreSignUp",
    ),
    (
        "cognitoUserPool: {trigger: PreSignUp}",
        "cognitoUserPool.pool",
        "has no `pool`",
    ),
];

#[test]
fn what_is_wrong_with_an_event_is_told_where_it_stands() {
    for (event, path, message) in WRONG {
        let path = format!("functions.hello.events.0.{path}");
        let found = said(&format!("{{{event}}}"));
        let told = found
            .iter()
            .any(|(at, text)| *at == path && text.contains(message));
        assert!(told, "{event}: {found:#?}");
    }
}

#[test]
fn what_two_events_of_a_function_cannot_be_together_is_told() {
    for (events, message) in [
        (
            "{s3: {bucket: aaa, existing: true}}, {s3: {bucket: bbb, existing: true}}",
            "two existing buckets, `aaa` and `bbb`",
        ),
        (
            "{cognitoUserPool: {pool: p, trigger: PreSignUp, existing: true}}, {cognitoUserPool: {pool: q, trigger: PreSignUp, existing: true}}",
            "two existing user pools, `p` and `q`",
        ),
        (
            "{cognitoUserPool: {pool: p, trigger: CustomEmailSender}}",
            "has no `kmsKeyId`",
        ),
        (
            "{cognitoUserPool: {pool: p, trigger: CustomEmailSender, kmsKeyId: {Ref: A}}}, {cognitoUserPool: {pool: p, trigger: CustomSMSSender, kmsKeyId: {Ref: B}}}",
            "the user pool `p` has two keys",
        ),
    ] {
        let found = said(events);
        let told = found
            .iter()
            .any(|(at, text)| at == "functions.hello.events" && text.contains(message));
        assert!(told, "{events}: {found:#?}");
    }
}
