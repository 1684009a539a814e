//! One service with every kind of event: each has words, an arrow into its function, and a line that its resources come from.

use super::*;

const TEXT: &str = "
service: all
provider: {name: aws, runtime: python3.13}
functions:
  http: {handler: a.b, events: [{http: 'get /a'}]}
  httpApi: {handler: a.b, events: [{httpApi: 'GET /a'}]}
  schedule: {handler: a.b, events: [{schedule: rate(1 hour)}]}
  activemq:
    handler: a.b
    events: [{activemq: {arn: 'arn:aws:mq:us-east-1:000000000000:broker:B:b-1', basicAuthArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:S', queue: q}}]
  alb:
    handler: a.b
    events: [{alb: {listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/front/50dc6c495c0c9188/f2f7dc8efc522ab2', priority: 1, conditions: {path: /a}}}]
  alexaSkill: {handler: a.b, events: [{alexaSkill: amzn1.ask.skill.0a}]}
  alexaSmartHome: {handler: a.b, events: [{alexaSmartHome: amzn1.ask.skill.0b}]}
  cloudFront: {handler: a.b, events: [{cloudFront: {eventType: viewer-request, origin: 's3://pictures.s3.amazonaws.com'}}]}
  cloudwatchEvent: {handler: a.b, events: [{cloudwatchEvent: {event: {source: [aws.ec2]}}}]}
  cloudwatchLog: {handler: a.b, events: [{cloudwatchLog: /aws/other}]}
  cognitoUserPool: {handler: a.b, events: [{cognitoUserPool: {pool: people, trigger: PreSignUp}}]}
  eventBridge: {handler: a.b, events: [{eventBridge: {pattern: {source: [shop]}}}]}
  iot: {handler: a.b, events: [{iot: {sql: 'SELECT * FROM things'}}]}
  iotFleetProvisioning:
    handler: a.b
    events: [{iotFleetProvisioning: {templateBody: {}, provisioningRoleArn: 'arn:aws:iam::000000000000:role/r'}}]
  kafka: {handler: a.b, events: [{kafka: {bootstrapServers: ['a.example:9092'], topic: t, accessConfigurations: {vpcSubnet: subnet-1, vpcSecurityGroup: sg-1}}}]}
  msk: {handler: a.b, events: [{msk: {arn: 'arn:aws:kafka:us-east-1:000000000000:cluster/c/7c1a', topic: t}}]}
  rabbitmq:
    handler: a.b
    events: [{rabbitmq: {arn: 'arn:aws:mq:us-east-1:000000000000:broker:B:b-2', basicAuthArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:S', queue: q}}]
  s3: {handler: a.b, events: [{s3: pictures}]}
  sns: {handler: a.b, events: [{sns: news}]}
  sqs: {handler: a.b, events: [{sqs: 'arn:aws:sqs:us-east-1:000000000000:q'}]}
  stream: {handler: a.b, events: [{stream: 'arn:aws:kinesis:us-east-1:000000000000:stream/s'}]}
  websocket: {handler: a.b, events: [{websocket: $connect}]}
";

/// As many as the schema knows; docs/keys.md, which is made from it, has a line for each.
const KEYS: &str = include_str!("../../../../../../docs/keys.md");

#[test]
fn every_kind_of_event_has_words_an_arrow_and_a_place() {
    let all = example(TEXT);
    let origins = all.origins();
    let drawing = drawing::draw(&all.service, &all.template());
    let shown = functions(&all.service, &origins);
    assert_eq!(shown.len(), 22);
    for function in &shown {
        let key = function.key.as_str();
        let [event] = function.events.as_slice() else {
            panic!("{key} has one event: {:?}", function.events);
        };
        assert_eq!(event.kind, key);
        assert!(!event.words.is_empty(), "{key}");
        assert_ne!(event.kind_words, "Event", "{key}");
        let to = format!("function:{key}");
        let arrow = drawing.edges.iter().find(|edge| edge.to == to);
        let arrow = arrow.unwrap_or_else(|| panic!("something leads to {key}"));
        assert!(!arrow.label.is_empty(), "{key}");
        let from = drawing.nodes.iter().find(|node| node.id == arrow.from);
        let from = from.unwrap_or_else(|| panic!("{} is drawn", arrow.from));
        assert!(
            !from.label.is_empty() && !from.note.is_empty(),
            "{key}: {from:?}"
        );
        assert!(
            KEYS.contains(&format!("`functions.*.events.{key}` ")),
            "{key} is in docs/keys.md"
        );
    }
    let kinds: std::collections::BTreeSet<&str> = KEYS
        .lines()
        .filter_map(|line| line.split("`functions.*.events.").nth(1))
        .filter_map(|rest| rest.split(['.', '`', ' ']).next())
        .collect();
    assert_eq!(kinds.len(), shown.len(), "{kinds:?}");
}

#[test]
fn every_resource_of_them_knows_the_line_that_asks_for_it() {
    let all = example(TEXT);
    let origins = all.origins();
    let template = all.template();
    let section = template.section("Resources").expect("resources");
    // What all of a kind share has no line of its own.
    let shared = [
        "Serverless",
        "ApiGateway",
        "Websockets",
        "HttpApi",
        "CloudFrontDistribution",
    ];
    let mut placed = 0;
    for id in section.keys() {
        if origins.of_resource(id).is_some() {
            placed += 1;
        } else {
            assert!(shared.iter().any(|start| id.starts_with(start)), "{id}");
            assert!(
                !id.contains("Lambda") && !id.contains("Integration"),
                "{id}"
            );
        }
    }
    assert!(placed > 22 * 3, "{placed} of {}", section.len());
}
